"""A server of its own, on loopback, in a folder that goes away; a database for each test.

Belongs here: starting, restarting and ending it. Not here: what is kept in it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.free_port import free_port

USER, PASSWORD = "midtvejs", "only-of-this-test"
DEPLOYED = Path(__file__).parents[2] / "deploy" / "dagster" / "dagster.yaml"


class Server:
    """A running server; it is nobody else's, so it may be restarted."""

    def __init__(self, postgres: Path, folder: Path) -> None:
        self._bin, self.port = postgres.parent, free_port()
        self._data, self._log = folder / "data", folder / "log"
        # PostgreSQL refuses to run as root, which CI is.
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as:
            shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
            for above in folder.parents:
                if above.stat().st_uid == os.geteuid() and str(above).startswith("/tmp/"):
                    above.chmod(above.stat().st_mode | 0o011)
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        made = [f"--pgdata={self._data}", f"--username={USER}", "--auth=scram-sha-256"]
        self._run(
            "initdb", *made, f"--pwfile={folder / 'password'}", "--no-sync", "--locale=C.UTF-8"
        )
        self._options = f"-h 127.0.0.1 -p {self.port} -k {folder} -c fsync=off"
        self._control("start")

    @property
    def said(self) -> Path:
        """Its log, where statements that failed stand."""
        return self._log

    def restart(self) -> None:
        """Stop without waiting for anybody, as a crash would, and start again."""
        self._control("restart", "-m", "immediate")

    def end(self) -> None:
        """Stop."""
        self._control("stop", "-m", "fast")

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database, password and all."""
        return f"postgresql+psycopg2://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str) -> str:
        """Make an empty database; returns its URL."""
        engine = sa.create_engine(self.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
        engine.dispose()
        return self.url(name)

    def _control(self, *words: str) -> None:
        self._run(
            "pg_ctl", "-D", str(self._data), "-l", str(self._log), "-w", "-o", self._options, *words
        )

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._bin / program), *arguments]
        done = subprocess.run(
            command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def server(
    program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The server, started once."""
    made = Server(Path(program("postgres")), tmp_path_factory.mktemp("postgres"))
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def database(server: Server, request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database."""
    return server.new_database(request.node.name[:60].lower())


@pytest.fixture
def home(server: Server, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose Dagster keeps its storage on the server, by the settings that are shipped."""
    for name, value in {
        "HOST": "127.0.0.1",
        "PORT": str(server.port),
        "DATABASE": database.rpartition("/")[2],
        "USER": USER,
        "PASSWORD": PASSWORD,
    }.items():
        monkeypatch.setenv(f"MIDTVEJS_PG_{name}", value)
    for name in ("DAGSTER_HOME", "MIDTVEJS_HOME"):
        monkeypatch.setenv(name, "")
    (tmp_path / "home" / "dagster").mkdir(parents=True)
    shutil.copy(DEPLOYED, tmp_path / "home" / "dagster" / "dagster.yaml")
    return tmp_path / "home"
