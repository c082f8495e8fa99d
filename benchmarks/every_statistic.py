"""The statistics stage alone: every area, every month, over the registers a job left behind; seconds and memory.

Belongs here: one pass of the program's own over all blocks, and its figures, in a process that is watched. Not here: the
rest of the night (`whole_job`), other engines (`statistics_stage`).

    .venv/bin/python benchmarks/every_statistic.py --home /tmp/midtvejs-benchmark/home-450000
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Watch, machine, markdown, spent_here

from assets.computing import compute, figures_of
from assets.laying_out import laid_out
from assets.recipes import AREAS, THINGS
from assets.resources import House
from indicators.calendar import month_name, parse_month


def main() -> int:
    """Measure each number of processes asked for, print and write the table."""
    options = _parser().parse_args()
    if options.processes_here:
        return _compute_here(
            options.home, options.processes_here, options.month, options.from_month
        )
    rows = []
    # Registers laid out by an older program are not current: every area would wait for its own, and ask every block alone.
    for thing in THINGS:
        laid_out(House(home=str(options.home)), thing)
    before = machine()
    for processes in options.processes:
        seconds, cpu, peak, n = [], [], 0.0, 0
        for _ in range(options.repeats):
            order = [sys.executable, __file__, "--home", options.home, "--month", options.month]
            order += ["--from-month", options.from_month, "--processes-here", str(processes)]
            process = subprocess.Popen(order, stdout=subprocess.PIPE, text=True)
            watch = Watch()
            watch.start(process)
            assert process.stdout is not None
            said = json.loads(process.stdout.read())
            watch.finish(process)
            seconds.append(said["seconds"])
            cpu.append(said["cpu"])
            peak, n = max(peak, watch.peak_mb), said["rows"]
            print(f"{processes} processes: {said['seconds']:.1f} s", file=sys.stderr)
        every = " / ".join(f"{each:.1f}" for each in seconds)
        numbers = [f"**{min(seconds):.1f}**", every, f"{min(cpu):.1f}", f"{peak:,.0f}", f"{n:,}"]
        rows.append([str(processes), *numbers])
    heads = [
        "processes",
        "seconds, shortest",
        "each",
        "CPU seconds, least",
        "peak MB",
        "rows",
    ]
    text = f"{before}\n\n{markdown(heads, rows)}"
    print(text)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(text, "utf-8")
    return 0


def _compute_here(home: Path, processes: int, month: str, from_month: str) -> int:
    """Every area on a copy of the home without figures; its registers and deliveries are the home's own."""
    with TemporaryDirectory(dir=home.parent) as nowhere:
        fresh = Path(nowhere)
        for name in ("deliveries", "registers"):
            (fresh / name).symlink_to(home / name)
        (fresh / "midtvejs.toml").write_text(f"processes = {processes}\n", "utf-8")
        house = House(home=str(fresh), from_month=from_month)
        begun, spent = time.perf_counter(), spent_here()
        for name in AREAS:
            compute(house, name, [parse_month(month)])
        seconds, spent = time.perf_counter() - begun, spent_here() - spent
        rows = sum(len(figures_of(house, name, parse_month(month)).table) for name in AREAS)
        shutil.rmtree(fresh / "statistics")
    json.dump({"seconds": seconds, "cpu": spent, "rows": rows}, sys.stdout)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--home", type=Path, default=Path("/tmp/midtvejs-benchmark/home-450000"))
    parser.add_argument("--month", default="2020-06")
    parser.add_argument("--from-month", default=month_name(parse_month("2020-06") - 29))
    parser.add_argument("--processes", type=int, nargs="+", default=[2, 1])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--out", type=Path, default=Path("/tmp/midtvejs-benchmark/every_statistic.md")
    )
    parser.add_argument("--processes-here", type=int, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
