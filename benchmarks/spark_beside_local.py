"""The night's statistics by the engine `spark` beside the engine `local`, on one machine, with equal results.

Belongs here: taking all statistics of a month anew from registers that are laid out, once an engine and turn, each in a
process of its own. Not here: clusters of more machines, the other engines (`statistics_stage`).

    .venv/bin/python benchmarks/spark_beside_local.py --home /tmp/midtvejs-benchmark/home-50000

The home is one that `whole_job` left behind. Imports are outside the clock; what an engine starts (processes, Java) is
inside it. Needs `make spark`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from measuring import Watch, machine, markdown

from assets.computing import compute, figures_of
from assets.recipes import AREAS
from assets.resources import House
from indicators.calendar import parse_month

ENGINES = {
    "local, 1 process": ("local", "1"),
    "local, 2 processes": ("local", "2"),
    "spark, local[2]": ("spark", "2"),
}


def main() -> int:
    """Every engine in turn, `--repeats` times; the shortest counts. Prints a table."""
    options = _parser().parse_args()
    if options.engine:
        return _one(options)
    title = machine()
    seconds: dict[str, list[float]] = {name: [] for name in ENGINES}
    cpu: dict[str, list[float]] = {name: [] for name in ENGINES}
    peaks: dict[str, list[float]] = {name: [] for name in ENGINES}
    digests = set()
    for _ in range(options.repeats):
        for name in ENGINES:
            order = [sys.executable, __file__, "--home", options.home, "--engine", name]
            process = subprocess.Popen(
                [*order, "--month", options.month, "--from-month", options.from_month],
                stdout=subprocess.PIPE,
                text=True,
            )
            watch = Watch()
            watch.start(process)
            assert process.stdout is not None
            told = json.loads(process.stdout.read())
            watch.finish(process)
            seconds[name].append(told["seconds"])
            cpu[name].append(watch.cpu[-1])
            peaks[name].append(watch.peak_mb)
            digests.add(told["digest"])
    assert len(digests) == 1, "the engines disagree"
    rows = [
        [
            name,
            f"**{min(seconds[name]):.1f}**",
            " / ".join(f"{one:.1f}" for one in seconds[name]),
            f"{min(cpu[name]):.1f}",
            f"{max(peaks[name]):,.0f}",
        ]
        for name in ENGINES
    ]
    heads = [
        "engine",
        "seconds, shortest",
        "each repeat",
        "CPU seconds, imports included",
        "peak MB",
    ]
    print(f"{title}\n\n{markdown(heads, rows)}")
    return 0


def _one(options: argparse.Namespace) -> int:
    """One engine's statistics, in a home of its own that shares deliveries and registers."""
    engine, processes = ENGINES[options.engine]
    month = parse_month(options.month)
    with TemporaryDirectory(dir=options.home.parent) as nowhere:
        for shared in ("deliveries", "registers"):
            (Path(nowhere) / shared).symlink_to(options.home.resolve() / shared)
        os.environ["MIDTVEJS_PROCESSES"] = processes
        house = House(
            home=nowhere,
            from_month=options.from_month,
            engine_name=engine,
            spark_master=f"local[{processes}]",
        )
        begun = time.perf_counter()
        for area in AREAS:
            compute(house, area, [month])
        seconds = time.perf_counter() - begun
        table = pd.concat([figures_of(house, area, month).table for area in AREAS])
    digest = int(pd.util.hash_pandas_object(table.astype(str), index=False).sum())
    print(json.dumps({"seconds": seconds, "digest": digest}))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--month", default="2020-06")
    parser.add_argument("--from-month", default="2018-01")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--engine", choices=list(ENGINES), default="")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
