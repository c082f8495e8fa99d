"""The published figures on a real PostgreSQL server: readers see whole sets, writers take turns."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from exports.database import INDICATORS, SETS, DatabaseFault, Overtaken, write_set
from tests.exports.published_sets import small_set
from tests.postgres.conftest import PASSWORD, Server

pytestmark = [pytest.mark.program("postgres"), pytest.mark.package("psycopg2")]


def test_eight_writers_and_a_reader_never_see_a_mixed_set(tmp_path: Path, database: str) -> None:
    sets = [small_set(tmp_path / f"v{version:03d}", version, rows=400) for version in range(1, 10)]
    write_set(database, sets[0], 1)
    seen: list[tuple[int, set[float | None], int]] = []
    done = threading.Event()

    def read() -> None:
        engine = sa.create_engine(database, isolation_level="REPEATABLE READ")
        while not done.is_set():
            with engine.begin() as connection:
                version = connection.execute(sa.select(SETS.c.version)).scalar_one()
                values = connection.execute(sa.select(INDICATORS.c.numerator)).scalars().all()
            seen.append((version, {value for value in values if value is not None}, len(values)))
        engine.dispose()

    def write(sequence: int) -> str:
        try:
            write_set(database, sets[sequence - 1], sequence)
        except Overtaken:
            return "overtaken"
        return "written"

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(8) as writers:
        ended = list(writers.map(write, range(2, 10)))
    done.set()
    reader.join()
    assert ended[-1] == "written"
    assert set(ended) <= {"written", "overtaken"}
    assert seen
    assert all(values == {float(version)} and rows == 400 for version, values, rows in seen)
    engine = sa.create_engine(database)
    with engine.connect() as connection:
        assert connection.execute(sa.select(SETS.c.version)).scalars().all() == [9]
    engine.dispose()


def test_a_restart_is_a_fault_that_a_second_try_mends(
    tmp_path: Path, database: str, server: Server
) -> None:
    published = small_set(tmp_path / "v001", rows=20)
    write_set(database, published, 1)
    engine = sa.create_engine(database)
    with engine.connect() as holding:
        holding.execute(sa.text("SELECT * FROM midtvejs_sets FOR UPDATE"))
        told: list[str] = []

        def write() -> None:
            try:
                write_set(database, published, 2)
            except DatabaseFault as fault:
                told.append(str(fault))

        writer = threading.Thread(target=write)
        writer.start()
        writer.join(0.5)
        assert writer.is_alive(), "the writer waits in the middle of its transaction"
        server.restart()
        holding.invalidate()
    writer.join(30)
    assert told == ["Databasen tog ikke imod tallene (OperationalError)."]
    assert write_set(database, published, 3) == 20
    engine.dispose()


def test_the_password_may_come_from_the_environment(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = database.replace(f":{PASSWORD}@", "@")
    monkeypatch.setenv("PGPASSWORD", "wrong")
    with pytest.raises(DatabaseFault):
        write_set(without, small_set(tmp_path / "v001"), 1)
    monkeypatch.setenv("MIDTVEJS_DATABASE_PASSWORD", PASSWORD)
    assert write_set(without, small_set(tmp_path / "v002"), 1) == 3
