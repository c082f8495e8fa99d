"""How long one plan's set of a month takes to write, and what memory: the workbook alone, and every file.

Reads a home that has had a night (`--home`), writes to a folder of its own, changes nothing in the home. A process of
its own a measurement, so that one does not pay for what another loaded.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MEASURES = ("workbook", "set")


def main() -> None:
    """Measure both, a row each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--plan", default="indsatsplan-2018-2022")
    parser.add_argument("--month", default="2020-06")
    parser.add_argument("--only", choices=MEASURES)
    arguments = parser.parse_args()
    if arguments.only:
        measure(arguments)
        return
    print("| what | rows of figures | wall s | CPU s | peak MB, all loaded | of that writing |")
    print("|---|---:|---:|---:|---:|---:|", flush=True)
    for only in MEASURES:
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "--only", only], check=True)


def measure(arguments: argparse.Namespace) -> None:
    """One measurement, printed as a row."""
    from assets.publishing import protected_month
    from assets.report_building import build_report
    from assets.resources import House
    from exports.revisions import Revisions
    from exports.set_files import workbook_name, write_set
    from exports.workbook.book import write_workbook
    from indicators.calendar import parse_month

    house, month = House(home=str(arguments.home)), parse_month(arguments.month)
    figures = protected_month(house, month)
    report = build_report(house, arguments.plan, month, figures, 1, Revisions("", ()))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "v001"
        folder.mkdir()
        before, wall, cpu = _peak(), time.perf_counter(), time.process_time()
        if arguments.only == "set":
            write_set(report, folder)
        else:
            write_workbook(report, folder / workbook_name(arguments.plan, arguments.month))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rows = f"{len(figures.table):,}".replace(",", " ")
    peak = _peak()
    print(
        f"| {arguments.only} | {rows} | {wall:.1f} | {cpu:.1f} | {peak:.0f} | {peak - before:.0f} |",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
