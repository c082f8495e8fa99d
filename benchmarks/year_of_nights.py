"""A home with a year of nights: what `midtvejs prune` takes on it, and how long Dagster's pages let wait.

Belongs here: making the year, the clock before and after pruning, the table. Not here: what the pages show (`tests/ui`).

    .venv/bin/python benchmarks/year_of_nights.py --home HOME --work /tmp/midtvejs-year

HOME is one that a whole night ran on. Its newest full run is copied 364 times, a day earlier each time, with every event and
check result it stored: a year in which every night had news of every source, which is more than any year has. It is copied
row by row in Dagster's tables, for to run a year takes hours.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from measuring import machine, markdown

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.free_port import free_port
from tests.ui.browser import Browser, chromium

NIGHTS = 364
PAGES = {
    "delivered_dream": ("/assets/delivered_dream", "DREAM"),
    "delivered_dream, checks": ("/assets/delivered_dream?view=checks", "Checks ("),
    "delivered_dream, events": ("/assets/delivered_dream?view=events", "in run"),
    "report_indicators": ("/assets/report_indicators", "Månedens tal fra alle områder"),
    "report_indicators, partitions": (
        "/assets/report_indicators?view=partitions",
        "Materialized (1)",
    ),
    "the graph": ("/asset-groups", "deliveries"),
    "the runs": ("/runs", "midtvejsstatus"),
}
DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")
TIMES = re.compile(r'("timestamp": )(\d+\.\d+)')
COMMAND = (sys.executable, "-m", "pipelines")


def main() -> int:
    """Make the year, look at the pages, prune, look again; print and write the table."""
    options = _parser().parse_args()
    work: Path = options.work
    home = work / "home"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(options.home, home)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    about = machine()
    make_year(home / "dagster" / "history", NIGHTS)
    parts = [f"{about}\n"]
    pages = {"a year, never pruned": _pages(home, environment, work / "browser-1")}
    sizes = {"a year, never pruned": _megabytes(home / "dagster")}
    begun = time.monotonic()
    subprocess.run([*COMMAND, "prune", "--home", home], env=environment, check=True)
    pruned = time.monotonic() - begun
    pages["pruned to 90 days"] = _pages(home, environment, work / "browser-2")
    sizes["pruned to 90 days"] = _megabytes(home / "dagster")
    heads = ["seconds until the page stands, second visit", *pages]
    rows = [[name, *(f"{told[name]:.2f}" for told in pages.values())] for name in PAGES]
    rows.append(["MB of Dagster's storage", *(f"{size:,.0f}" for size in sizes.values())])
    parts.append(markdown(heads, rows))
    parts.append(f"`midtvejs prune` took {pruned:.1f} s.\n")
    text = "\n".join(parts)
    print(text)
    options.out.write_text(text, "utf-8")
    return 0


def make_year(history: Path, nights: int) -> None:
    """Copy the newest full run `nights` times, each a day before the other; it stays the newest."""
    with (
        closing(sqlite3.connect(history / "runs.db")) as runs,
        closing(sqlite3.connect(history / "runs" / "index.db")) as index,
    ):
        (run,) = index.execute(
            "SELECT run_id FROM asset_check_executions ORDER BY id DESC LIMIT 1"
        ).fetchone()
        tables = [
            *(Rows.taken(runs, name, run) for name in ("runs", "run_tags")),
            *(Rows.taken(index, name, run) for name in ("event_logs", "asset_check_executions")),
        ]
        for night in range(nights, -1, -1):
            copy = str(uuid.uuid4()) if night else run
            for table in tables:
                table.put(run, copy, timedelta(days=night))
            if night:
                shutil.copy(history / "runs" / f"{run}.db", history / "runs" / f"{copy}.db")
        runs.commit()
        index.commit()


@dataclass(frozen=True)
class Rows:
    """The rows of one run in a table of Dagster's, taken out of it to be put back for many runs."""

    database: sqlite3.Connection
    table: str
    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]

    @classmethod
    def taken(cls, database: sqlite3.Connection, table: str, run: str) -> Rows:
        """Take a run's rows out; without their numbers, so that they are put back in the order they come."""
        columns = tuple(row[1] for row in database.execute(f"PRAGMA table_info({table})"))[1:]
        rows = database.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE run_id = ? ORDER BY id", (run,)
        ).fetchall()
        database.execute(f"DELETE FROM {table} WHERE run_id = ?", (run,))
        return cls(database, table, columns, rows)

    def put(self, run: str, copy: str, back: timedelta) -> None:
        """Put them in as another run's, so much earlier."""
        marks = ", ".join("?" * len(self.columns))
        made = [[_earlier(value, run, copy, back) for value in row] for row in self.rows]
        self.database.executemany(
            f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES ({marks})", made
        )


def _earlier(value: object, run: str, copy: str, back: timedelta) -> object:
    if isinstance(value, float):
        return value - back.total_seconds()
    if not isinstance(value, str):
        return value
    if DATE.fullmatch(value):
        return str(datetime.fromisoformat(value) - back)
    seconds, text = back.total_seconds(), value.replace(run, copy)
    return TIMES.sub(lambda match: f"{match[1]}{float(match[2]) - seconds}", text)


def _pages(home: Path, environment: dict[str, str], profile: Path) -> dict[str, float]:
    with _server(home, environment) as address, chromium(_chromium(), profile) as browser:
        return {
            name: _waited(browser, address + path, text) for name, (path, text) in PAGES.items()
        }


def _waited(browser: Browser, url: str, text: str) -> float:
    """Seconds from the address to the text, at the second visit: the first one fetches the program of the pages."""
    waited = 0.0
    for _ in range(2):
        browser.open("about:blank")
        begun = time.monotonic()
        browser.open(url)
        browser.wait_for_text(text, patience=120)
        browser.wait_for('/Loading/.test(document.body.innerText) ? null : "loaded"', patience=120)
        waited = time.monotonic() - begun
    return waited


@contextmanager
def _server(home: Path, environment: dict[str, str]) -> Iterator[str]:
    """The pages alone, as the unit `midtvejs-web` runs them."""
    port = free_port()
    where = {
        "DAGSTER_HOME": str((home / "dagster").resolve()),
        "MIDTVEJS_HOME": str(home.resolve()),
    }
    program = [
        str(Path(sys.executable).with_name("dagster-webserver")),
        "-m",
        "pipelines.definitions",
    ]
    nowhere = subprocess.DEVNULL
    running = subprocess.Popen(
        [*program, "-h", "127.0.0.1", "-p", str(port)],
        env={**environment, **where},
        stdout=nowhere,
        stderr=nowhere,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/server_info", running)
        yield address
    finally:
        running.terminate()
        running.wait(30)


def _wait_for(url: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 90
    while running.poll() is None and time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            json.load(answer)
            return
        time.sleep(0.2)
    raise SystemExit("the pages did not start")


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise SystemExit("chromium is not installed")
    return found


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("/tmp/midtvejs-year"))
    parser.add_argument("--out", type=Path, default=Path("/tmp/midtvejs-year.md"))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
