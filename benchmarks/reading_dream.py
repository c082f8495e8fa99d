"""A wide DREAM file to person blocks, beside pandas, polars and DuckDB merely reading the same file.

Belongs here: making the file, running each reader in a fresh process in turn, the table. Not here: seconds and memory of
processes (`measuring`).

    .venv/bin/python benchmarks/reading_dream.py --work /tmp/midtvejs-reading

Ours is all that a night does with the file: private copy and checksum, encoding, every cell judged, pseudonyms, quarantine,
repeated keys, validation by GX, the stored table, and the register in blocks on disk. Theirs is a frame in memory. The clock
of every reader starts when its libraries are imported, GX included, and stops when it has its result.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from measuring import Watch, machine, markdown

from synthetic import cases, people, profiles, timeline, weeks, work, writing

PERSONS, WEEKS, MONTHS = 450_000, 260, 60
FIRST, LAST = "2016-10", "2020-06"
"""Gives 262 weeks and 61 months, of which the last 260 and 60 are written."""
SEED = 2018
TURNS = 3
KEY = b"a key of the benchmark"
SHARES = (0.25, 0.5, 1.0, 2.0)
OURS = "midtvejs, from the file to person blocks"


def main() -> int:
    """Make the files, let every reader have its turns, print and write the tables."""
    options = _parser().parse_args()
    if options.reader:
        print(READERS[options.reader](options.file))
        return 0
    options.work.mkdir(parents=True, exist_ok=True)
    parts = [machine()]
    file = _dream(options.work, options.persons)
    parts.append(f"{file.name}: {file.stat().st_size / 1e6:,.0f} MB.\n")
    parts.append(_side_by_side(file, options.turns))
    if options.growth:
        parts.append(_growth(options.work, options.persons, options.turns))
    text = "\n".join(parts)
    print(text)
    (options.work / "reading_dream.md").write_text(text, "utf-8")
    return 0


def _dream(folder: Path, persons: int) -> Path:
    """The wide file, made once: a header, then a row a person, blanks where nothing is known."""
    file = folder / f"dream_{persons}.csv"
    if file.exists():
        return file
    line = timeline.make_timeline(FIRST, LAST)
    tables, employers = profiles.make_profiles(), work.make_employers(SEED)
    drawn = []
    wanted = [
        "PNR",
        *line.week_names()[-WEEKS:],
        *line.month_names("branche")[-MONTHS:],
        *line.month_names("grad")[-MONTHS:],
    ]
    making = folder / "making"
    shutil.rmtree(making, ignore_errors=True)
    written = writing.open_file(making / "dream.csv", "dream", danish_dates=False)
    for chunk in range(-(-persons // people.CHUNK)):
        count = min(people.CHUNK, persons - chunk * people.CHUNK)
        dream, population = _chunk(chunk, count, tables, employers, line)
        written.write(dream.select(wanted))
        drawn.append(population)
    written.close()
    pq.write_table(pa.concat_tables(drawn), _population(file))
    (making / "dream.csv").rename(file)
    shutil.rmtree(making)
    return file


def _chunk(
    chunk: int,
    count: int,
    tables: profiles.Profiles,
    employers: work.Employers,
    line: timeline.Timeline,
) -> tuple[pa.Table, pa.Table]:
    """DREAM and the population of one chunk of people, drawn as `midtvejs generate` draws them."""
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([SEED, chunk])))
    crowd = people.make_people(rng, count, chunk, line)
    in_target = cases.choose_target(rng, crowd, line)
    states = weeks.make_states(rng, crowd, in_target, tables, line)
    activities = weeks.make_activities(rng, count, line)
    young = (line.mondays[len(line.mondays) // 2] - crowd.birth).astype("int64") < 30 * 365.25
    codes = weeks.make_codes(states, activities, young)
    jobs = work.make_work(rng, states, activities, line)
    industry = employers.industry[jobs.employer]
    dream = work.dream_table(crowd.cpr_column(), codes, jobs.degree(), industry, line)
    return dream, people.population_table(rng, crowd, line)


def _population(file: Path) -> Path:
    """Where the population of a file's people lies; the register is cut by its size."""
    return file.with_name(file.name.replace("dream", "population")).with_suffix(".parquet")


def _side_by_side(file: Path, turns: int) -> str:
    """Every reader in turn, `turns` times; the shortest counts."""
    runs: dict[str, list[Run]] = {name: [] for name in READERS}
    for _ in range(turns):
        for name in READERS:
            runs[name].append(_run(name, file))
    best = {name: min(run.seconds for run in taken) for name, taken in runs.items()}
    fastest = min(seconds for name, seconds in best.items() if name != OURS)
    rows = [
        [
            name,
            f"**{best[name]:.2f}**",
            " / ".join(f"{run.seconds:.2f}" for run in taken),
            f"{min(run.cpu for run in taken):.2f}",
            f"{best[name] / fastest:.2f} x",
            f"{max(run.peak_mb for run in taken):,.0f}",
        ]
        for name, taken in runs.items()
    ]
    heads = [
        "reader",
        "seconds, shortest",
        "each turn",
        "CPU seconds, least",
        "against the fastest",
    ]
    return markdown([*heads, "peak MB"], rows)


def _growth(folder: Path, persons: int, turns: int) -> str:
    """Ours with a quarter, half, once and twice the rows."""
    rows = []
    for share in SHARES:
        count = int(persons * share)
        file = _dream(folder, count)
        taken = [_run(OURS, file) for _ in range(turns)]
        seconds = min(run.seconds for run in taken)
        rows.append(
            [
                f"{count:,}",
                f"{seconds:.2f}",
                f"{1e6 * seconds / count:.1f}",
                f"{min(run.cpu for run in taken):.2f}",
                f"{max(run.peak_mb for run in taken):,.0f}",
            ]
        )
    return markdown(["rows", "seconds", "seconds a million rows", "CPU seconds", "peak MB"], rows)


@dataclass(frozen=True)
class Run:
    """One turn of a reader: seconds and CPU seconds from its imports to its result, peak of its process tree."""

    seconds: float
    cpu: float
    peak_mb: float


def _run(name: str, file: Path) -> Run:
    """A turn in a fresh process; it tells seconds and CPU seconds itself, its memory is watched from here."""
    order = [sys.executable, __file__, "--reader", name, "--file", str(file)]
    process = subprocess.Popen(order, stdout=subprocess.PIPE, text=True)
    watch = Watch()
    watch.start(process)
    told = process.stdout.read() if process.stdout is not None else ""
    watch.finish(process)
    if process.returncode:
        raise SystemExit(f"{name} ended with {process.returncode}")
    seconds, cpu = (float(word) for word in told.split()[-2:])
    return Run(seconds, cpu, watch.peak_mb)


def _clocked(work: Callable[[], object]) -> str:
    begun, spent = time.perf_counter(), time.process_time()
    result = work()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - spent
    del result
    return f"{seconds} {cpu}"


def _pandas(file: Path) -> str:
    import pandas as pd

    return _clocked(lambda: pd.read_csv(file, sep=";"))


def _pandas_pyarrow(file: Path) -> str:
    import pandas as pd

    return _clocked(lambda: pd.read_csv(file, sep=";", engine="pyarrow"))


def _polars(file: Path) -> str:
    import polars as pl

    return _clocked(lambda: pl.read_csv(file, separator=";"))


def _duckdb(file: Path) -> str:
    import duckdb

    query = f"SELECT * FROM read_csv('{file}', delim=';', header=true)"
    return _clocked(lambda: duckdb.connect().sql(query).to_arrow_table())


def _ours(file: Path) -> str:
    """Intake of the file into an empty home that knows the population, and the register laid out."""
    import great_expectations  # noqa: F401

    from assets.laying_out import laid_out
    from assets.resources import House
    from expectations.contract import load
    from sources.inbox import Rest
    from sources.intake import Installation, take_in

    with tempfile.TemporaryDirectory(dir=file.parent) as place:
        house = House(home=str(Path(place) / "home"), inbox=str(Path(place) / "inbox"))
        at_once = Installation(Rest(seconds=0))

        def taken(source: str, delivered: Path) -> None:
            folder = house.inbox_path() / source
            folder.mkdir(parents=True)
            (folder / delivered.name).hardlink_to(delivered)
            (folder / f"{delivered.name}.done").touch()
            contract, now = load(source), datetime.now(UTC)
            take_in(contract, house.inbox_path(), house.path, KEY, at_once, now)

        def both() -> int:
            taken("dream", file)
            register = laid_out(house, "weeks")
            assert register is not None
            return sum(register.store.rows)

        taken("population", _population(file))
        return _clocked(both)


READERS: dict[str, Callable[[Path], str]] = {
    "pandas.read_csv": _pandas,
    "pandas.read_csv, pyarrow engine": _pandas_pyarrow,
    "polars.read_csv": _polars,
    "DuckDB read_csv, to Arrow": _duckdb,
    OURS: _ours,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--work", type=Path, default=Path("/tmp/midtvejs-reading"))
    parser.add_argument("--persons", type=int, default=PERSONS)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--growth", action="store_true", help="also a quarter, half and twice")
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
