"""Reading a sheet of 100,000 rows: our reader beside pandas and the libraries pandas can use.

Belongs here: making the file, reading it once in a process of its own each, and the table of seconds and memory. Not
here: what the cells mean. `python-calamine` is measured where it is installed; the program does not need it.

    .venv/bin/python benchmarks/reading_xlsx.py --work /tmp/midtvejs-benchmark [--rows 100000]
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from measuring import Watch, machine, markdown

COLUMNS = (
    *(
        "sag_id",
        "cpr",
        "ordning",
        "type",
        "ansoegt",
        "afgjort",
        "afgoerelse",
        "bevilget_fra",
        "bevilget_til",
    ),
    *("timer_pr_uge", "beloeb_kr", "jobcenter", "forsoergelse", "selvstaendig", "lovgrundlag"),
)
FIRST = date(2018, 1, 1)


def make(path: Path, rows: int) -> None:
    """A sheet of compensation cases: six texts that repeat, one that does not, numbers and Excel dates."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("compensation")
    sheet.append(COLUMNS)
    for n in range(rows):
        day = FIRST + timedelta(days=n % 900)
        # A serial that fails modulus 11 often enough; nobody reads the numbers here.
        person = f"{1 + n % 28:02d}{1 + n % 12:02d}{60 + n % 30:02d}{n % 10000:04d}"
        sheet.append(
            [
                *(
                    f"K-{n:07d}",
                    person,
                    "personlig assistance",
                    "erhverv",
                    day,
                    day + timedelta(30),
                    "bevilget",
                ),
                *(day + timedelta(31), day + timedelta(400), n % 37 + 0.5, n * 1.25),
                *(f"Jobcenter {n % 7}", "ledig", "nej", "§ 4"),
            ]
        )
    book.save(path)


def with_our_reader(path: Path) -> None:
    """Every cell to Arrow, checks of the archive included."""
    from expectations.contract import load
    from sources.opening import open_tables

    raw = open_tables(path, ".xlsx", load("compensation"))["compensation"]
    for _ in raw.batches(range(len(raw.header))):
        pass


def with_pandas(path: Path) -> None:
    """`pandas.read_excel` as it comes, through openpyxl."""
    import pandas as pd

    pd.read_excel(path, sheet_name="compensation", engine="openpyxl")


def with_openpyxl(path: Path) -> None:
    """openpyxl alone, streaming."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for _ in book["compensation"].iter_rows(values_only=True):
        pass


def with_pandas_and_calamine(path: Path) -> None:
    """`pandas.read_excel` through python-calamine."""
    import pandas as pd

    pd.read_excel(path, sheet_name="compensation", engine="calamine")


READERS: dict[str, Callable[[Path], None]] = {
    "our reader": with_our_reader,
    "pandas.read_excel (openpyxl)": with_pandas,
    "openpyxl, read-only": with_openpyxl,
    "pandas.read_excel (calamine)": with_pandas_and_calamine,
}


def measured(name: str, path: Path) -> list[str]:
    """Seconds and peak memory of one reader in a process of its own, imports included."""
    watch = Watch()
    start = time.perf_counter()
    watch.follow(subprocess.Popen([sys.executable, __file__, "--one", name, str(path)]))
    seconds = time.perf_counter() - start
    return [f"{seconds:.1f}", f"{watch.cpu[-1]:.1f}", f"{watch.peak_mb:,.0f}"]


def main() -> None:
    """Make the files and print the table; `--one` is what each child process runs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, default=Path("/tmp/midtvejs-benchmark"))
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--one", nargs=2, metavar=("READER", "FILE"))
    asked = parser.parse_args()
    if asked.one:
        READERS[asked.one[0]](Path(asked.one[1]))
        return
    asked.work.mkdir(parents=True, exist_ok=True)
    names = [
        n for n in READERS if "calamine" not in n or importlib.util.find_spec("python_calamine")
    ]
    print(machine() + "\n")
    for rows in (asked.rows, 4 * asked.rows):
        path = asked.work / f"sheet-{rows}.xlsx"
        if not path.exists():
            make(path, rows)
        chosen = names if rows == asked.rows else names[:1]
        table = [[f"{name}, {rows:,} rows", *measured(name, path)] for name in chosen]
        print(markdown(["reader", "seconds", "CPU seconds", "peak MB"], table))


if __name__ == "__main__":
    main()
