"""A demonstration home, `midtvejs ui` on it, and a browser: made once for all tests of the UI.

Belongs here: starting and ending processes. Not here: what the pages show (`test_ui`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.free_port import free_port
from tests.ui.browser import Browser, chromium

ROOT = Path(__file__).parents[2]
PERSONS = 800
FROM_MONTH = "2020-03"
"""The first month of the figures: the pages show as many months as there are, and few are protected sooner than many."""
START_SECONDS = 90.0


@dataclass(frozen=True)
class Demo:
    """What `midtvejs demo` made, and the environment that a program on it gets."""

    folder: Path
    environment: Mapping[str, str]

    @property
    def home(self) -> Path:
        """The program's home."""
        return self.folder / "home"

    @property
    def inbox(self) -> Path:
        """The deliveries."""
        return self.folder / "inbox"

    @property
    def dagster(self) -> Path:
        """Dagster's own storage: runs, events, logs."""
        return self.home / "dagster"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A home with a night run for 2020-06."""
    folder = tmp_path_factory.mktemp("ui") / "demo"
    key = folder / "pseudonym.key"
    ours = {
        "MIDTVEJS_HOME": str(folder / "home"),
        "MIDTVEJS_KEY_FILE": str(key),
        "MIDTVEJS_FROM_MONTH": FROM_MONTH,
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MIDTVEJS_", "DAGSTER_"))}
    made = Demo(folder, inherited | ours | {"DAGSTER_DISABLE_TELEMETRY": "yes"})
    command = [
        sys.executable,
        "-m",
        "pipelines",
        "demo",
        "--persons",
        str(PERSONS),
        "--home",
        str(folder),
    ]
    ran = subprocess.run(command, cwd=ROOT, env=made.environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return made


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server and the daemon print."""
    return tmp_path_factory.mktemp("ui-log") / "server.log"


@pytest.fixture(scope="session")
def address(demo: Demo, server_log: Path) -> Iterator[str]:
    """Where `midtvejs ui` answers; it and its children are ended afterwards."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "pipelines",
        "ui",
        "--home",
        str(demo.home),
        "--port",
        str(port),
    ]
    with server_log.open("wb") as log:
        running = subprocess.Popen(
            command,
            cwd=ROOT,
            env=demo.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/server_info", running, server_log)
        yield url
    finally:
        end(running)


@pytest.fixture(scope="session")
def browser(
    address: str, program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A tab past Dagster's one-time welcome."""
    with chromium(program("chromium"), tmp_path_factory.mktemp("chromium")) as tab:
        tab.open(f"{address}/asset-groups")
        tab.wait_for_text("Global asset lineage", "deliveries")
        # The welcome comes a moment after the page, unless the instance says `nux: enabled: false`.
        with suppress(AssertionError):
            tab.click("Skip", within="button", patience=4)
        yield tab


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where photographs go: MIDTVEJS_PICTURES when set, for whoever wants to look at them."""
    stated = os.environ.get("MIDTVEJS_PICTURES")
    if not stated:
        return tmp_path_factory.mktemp("pictures")
    Path(stated).mkdir(parents=True, exist_ok=True)
    return Path(stated)


def wait_for(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while running.poll() is None and time.monotonic() < until:
        with (
            suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(url, timeout=5),
        ):
            return
        time.sleep(0.3)
    raise AssertionError(f"the UI did not start:\n{log.read_text('utf-8')[-3000:]}")


def end(running: subprocess.Popen[bytes]) -> None:
    """End the session the server leads: asked first, then without mercy."""
    for sign, patience in ((signal.SIGINT, 15), (signal.SIGKILL, 5)):
        with suppress(ProcessLookupError):
            os.killpg(running.pid, sign)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            running.poll()
            try:
                os.killpg(running.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
