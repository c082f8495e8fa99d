"""How long the figures of a set take to protect and to prove, and what memory, against how many months they are of.

Reads the internal tables of homes that have had a night (`--home`, as often as wanted), cuts them down to their newest
months, and changes nothing in the homes. A process of its own a measurement, so that one does not pay for what another
loaded.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

from measuring import machine

MONTHS = (1, 3, 6, 12, 30)
THRESHOLD = 5


def main() -> None:
    """Measure every table, a row each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, action="append", required=True)
    parser.add_argument("--months", type=int, nargs="+", default=MONTHS)
    parser.add_argument("--month", default="2020-06")
    parser.add_argument("--only", type=int)
    arguments = parser.parse_args()
    if arguments.only:
        measure(arguments.home[0], arguments.month, arguments.only)
        return
    print(machine())
    heads = (
        "home",
        "months",
        "rows",
        "cells",
        "small",
        "hidden",
        "protect s",
        "CPU s",
        "prove s",
        "CPU s",
        "both ways s",
        "CPU s",
        "peak MB",
    )
    print(f"| {' | '.join(heads)} |\n|---|{'---:|' * (len(heads) - 1)}", flush=True)
    for home in arguments.home:
        for months in arguments.months:
            asked = ("--home", home, "--month", arguments.month, "--only", str(months))
            subprocess.run([sys.executable, __file__, *asked], check=True)


def measure(home: Path, month: str, months: int) -> None:
    """One table protected and proved, printed as a row."""
    import pandas as pd

    from disclosure.quantities import VOCABULARY
    from disclosure.system import build
    from disclosure.table import protect_table
    from exports.stranger.proof import worked_out
    from exports.stranger.tidy_file import as_rows
    from exports.tidy import as_published
    from indicators.calendar import month_name, parse_month

    table = pd.read_parquet(home / "internal" / month / "indicators.parquet")
    first = month_name(parse_month(month) - months + 1)
    table = table[table["period"].astype(str) >= first].reset_index(drop=True)
    system = build(table, VOCABULARY, THRESHOLD).system
    begun = _clocks()
    protected, summary = protect_table(table, THRESHOLD)
    protecting = _since(begun)
    published, true = as_rows(as_published(protected)), as_rows(table)
    proving = []
    for downwards in (False, True):
        begun = _clocks()
        found = worked_out(published, THRESHOLD, true, downwards=downwards)
        proving += _since(begun)
        if found:
            raise SystemExit(f"{len(found)} counts are known too well")
    hidden = summary.primary + summary.secondary
    counts = (months, len(table), len(system.value), int(system.sensitive.sum()), hidden)
    numbers = [f"{number:,}" for number in counts]
    seconds = [f"{number:.1f}" for number in (*protecting, *proving)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {' | '.join([home.name, *numbers, *seconds, f'{peak:,.0f}'])} |", flush=True)


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), _spent()


def _since(begun: tuple[float, float]) -> tuple[float, float]:
    return time.perf_counter() - begun[0], _spent() - begun[1]


def _spent() -> float:
    """CPU seconds of this process and of the worker processes that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
