"""The statistics stage against people and against weeks: every statistic and breakdown; seconds, memory, fitted exponents.

Belongs here: registers of any size made of a home's own, one pass over them in a process that is watched, the table. Not
here: one size measured closely (`every_statistic`), other engines (`statistics_stage`).

    .venv/bin/python benchmarks/growth.py --home /tmp/midtvejs-benchmark/home-50000

Deliveries of 3.3 million people would take longer to make than to count, so the registers are made straight: block after
block holds the home's people again under other pseudonyms, their weeks and wage months repeated backwards until the
register is as long as wanted. The months asked for grow with the weeks, twelve a year. Cases and courses are as in the home.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from measuring import Watch, machine, markdown, spent_here

from assets.laying_out import in_force, week_axis
from assets.recipes import AREAS, THINGS
from assets.resources import House
from blocks.engines import LocalEngine
from blocks.layout import PERSON, bits_for
from blocks.store import BlockStore, write_table
from indicators import areas, passes
from indicators.block import WeekAxis
from indicators.calendar import months_of_weeks
from indicators.people import Rules

AGAINST_PEOPLE = ("50000x260", "100000x260", "200000x260", "450000x260", "900000x260")
AGAINST_WEEKS = ("450000x130", "450000x260", "450000x520", "450000x780")
LARGEST = "3300000x780"
OF_PEOPLE = [name for name, area in AREAS.items() if area.base]
WEEKS, AXIS = "weeks", "axis.json"
MATRICES = {"weeks": np.uint16, "grad": np.float32, "branche": np.uint8}


@dataclass(frozen=True)
class Source:
    """A home's registers of people, whole, and what its weekly register covers."""

    tables: Mapping[str, pa.Table]
    axis: WeekAxis

    @classmethod
    def of(cls, home: Path) -> Source:
        """The registers in force of a home that a night left behind."""
        house = House(home=str(home))
        found = {name: in_force(house, name) for name in THINGS if THINGS[name].of_people}
        registers = {name: register for name, register in found.items() if register}
        tables = {
            name: pa.concat_tables(
                [register.store.read(block) for block in range(1 << register.store.bits)]
            )
            for name, register in registers.items()
        }
        return cls(tables, week_axis(house, registers[WEEKS]))


@dataclass(frozen=True)
class Measured:
    """One size: people and weeks as they came out, months asked for, rows of figures, seconds, CPU seconds, highest MB."""

    people: int
    weeks: int
    months: int
    rows: int
    seconds: float
    cpu: float
    peak_mb: float


def main() -> int:
    """Make each size, measure it, take it away; print and write the tables."""
    options = _parser().parse_args()
    if options.count_here:
        return _count_here(options.count_here, options.processes)
    source, before = Source.of(options.home), machine()
    found: dict[str, Measured] = {}
    for size in dict.fromkeys(options.sizes):
        people, weeks = map(int, size.split("x"))
        folder = options.work / size
        shutil.rmtree(folder, ignore_errors=True)
        n = _lay_out(source, folder, people, weeks)
        found[size] = _measure(folder, n, options.processes)
        shutil.rmtree(folder)
        print(f"{size}: {found[size]}", file=sys.stderr)
        options.out.write_text(f"{before}\n\n{_tables(found)}", "utf-8")
    print(options.out.read_text("utf-8"))
    return 0


def _lay_out(source: Source, folder: Path, people: int, weeks: int) -> int:
    """Registers of so many people and weeks; returns how many people there came to be."""
    axis = _longer(source.axis, weeks)
    bits = bits_for(people)
    whole = _lengthened(source, axis)
    own = len(pc.unique(whole["people"][PERSON]))
    share = people / (1 << bits) / own
    upto = np.uint64(min(share, 1.0) * float(2**64 - 2**11))
    n = 0
    for name, table in whole.items():
        pseudonyms = table[PERSON].to_numpy()
        block = table.filter(pa.array(pseudonyms <= upto))
        if name == "people":
            n = len(pc.unique(block[PERSON])) << bits
        into = folder / name
        into.mkdir(parents=True)
        shifted = block[PERSON].to_numpy() >> np.uint64(bits)
        place = block.column_names.index(PERSON)
        for number in range(1 << bits):
            named = shifted | np.uint64(number << (64 - bits)) if bits else shifted
            write_table(
                block.set_column(place, table.schema.field(PERSON), pa.array(named)),
                BlockStore.file(into, number),
            )
        BlockStore.describe(into, bits, [len(block)] * (1 << bits))
    (folder / AXIS).write_text(json.dumps(asdict(axis)), "utf-8")
    return n


def _longer(axis: WeekAxis, weeks: int) -> WeekAxis:
    """So many weeks that end where the register's own do, with as large a part of their months delivered."""
    first = axis.last_week - weeks + 1
    months = sorted(set(months_of_weeks(np.arange(first, axis.last_week + 1)).tolist()))

    def last(of: tuple[int, ...]) -> tuple[int, ...]:
        n = min(len(months), round(len(of) * weeks / axis.weeks))
        return tuple(range(of[-1] - n + 1, of[-1] + 1)) if of else ()

    return WeekAxis(first, weeks, last(axis.grad_months), last(axis.branche_months))


def _lengthened(source: Source, axis: WeekAxis) -> dict[str, pa.Table]:
    widths = {
        "weeks": axis.weeks,
        "grad": len(axis.grad_months),
        "branche": len(axis.branche_months),
    }
    tables = dict(source.tables)
    table = tables[WEEKS]
    for name, kind in MATRICES.items():
        if name in table.column_names:
            flat = table[name].combine_chunks().flatten().to_numpy().astype(kind, copy=False)
            own = flat.reshape(len(table), -1)
            times = -(-widths[name] // own.shape[1])
            repeated = np.tile(own, (1, times))[:, own.shape[1] * times - widths[name] :]
            item = pa.field("item", pa.from_numpy_dtype(kind), nullable=False)
            column = pa.FixedSizeListArray.from_arrays(
                pa.array(np.ascontiguousarray(repeated).ravel()),
                type=pa.list_(item, widths[name]),
            )
            place = table.column_names.index(name)
            listed = pa.field(name, column.type, nullable=False)
            table = table.set_column(place, listed, column)
    tables[WEEKS] = table
    if "income" in tables:
        tables["income"] = _longer_income(tables["income"], axis)
    return tables


def _longer_income(table: pa.Table, axis: WeekAxis) -> pa.Table:
    months = table["maaned"].to_numpy()
    length = int(months.max() - months.min()) + 1
    first = int(months_of_weeks(np.array([axis.first_week]))[0])
    place, field = table.column_names.index("maaned"), table.schema.field("maaned")
    copies = []
    for back in range(0, int(months.max()) - first + 1, length):
        moved = months - back
        copy = table.set_column(place, field, pa.array(moved, field.type))
        copies.append(copy.filter(pa.array(moved >= first)))
    return pa.concat_tables(copies).sort_by([(PERSON, "ascending"), ("maaned", "ascending")])


def _measure(folder: Path, people: int, processes: int) -> Measured:
    order = [sys.executable, __file__, "--count-here", folder, "--processes", str(processes)]
    process = subprocess.Popen(order, stdout=subprocess.PIPE, text=True)
    watch = Watch()
    watch.start(process)
    assert process.stdout is not None
    told = process.stdout.read()
    watch.finish(process)
    if process.returncode:
        raise SystemExit(f"{folder.name} ended with {process.returncode}")
    return Measured(people=people, peak_mb=watch.peak_mb, **json.loads(told))


def _count_here(folder: Path, processes: int) -> int:
    """The program's own pass over every block, and the figures of every area of people."""
    axis = WeekAxis(**json.loads((folder / AXIS).read_text("utf-8")))
    axis = WeekAxis(
        axis.first_week, axis.weeks, tuple(axis.grad_months), tuple(axis.branche_months)
    )
    names = [name for name in THINGS if (folder / name).exists()]
    begun, spent = time.perf_counter(), spent_here()
    stores = {name: BlockStore.open(folder / name) for name in names}
    last = int(months_of_weeks(np.array([axis.last_week]))[0])
    months = range(last - round(axis.weeks * 12 / 52) + 1, last + 1)
    rules = Rules(
        job_centres=_named(stores["impairments"], "jobcenter"),
        case_job_centres=_named(stores["compensation"], "jobcenter"),
        case_benefits=_named(stores["compensation"], "forsoergelse"),
    )
    question = passes.Question(months, rules, axis)
    engine = LocalEngine(processes)
    counts = areas.added_up(engine.map(partial(passes.answer, question, OF_PEOPLE), stores))
    rows = sum(len(areas.figures(name, [counts[name]], areas.Asked(months))) for name in OF_PEOPLE)
    told = {
        "weeks": axis.weeks,
        "months": len(months),
        "rows": rows,
        "seconds": time.perf_counter() - begun,
        "cpu": spent_here() - spent,
    }
    json.dump(told, sys.stdout)
    return 0


def _named(store: BlockStore, column: str) -> tuple[str, ...]:
    return tuple(sorted(filter(None, store.read(0, [column])[column].unique().to_pylist())))


def _tables(found: Mapping[str, Measured]) -> str:
    rows = [
        [
            f"{one.people:,} x {one.weeks}",
            str(one.months),
            f"{one.seconds:.1f}",
            f"{one.cpu:.1f}",
            f"{one.peak_mb:,.0f}",
            f"{one.rows:,}",
        ]
        for one in found.values()
    ]
    heads = ["people x weeks", "months", "seconds", "CPU seconds", "peak MB", "rows of figures"]
    parts = [markdown(heads, rows)]
    for title, sizes, name in (
        ("people", AGAINST_PEOPLE, "people"),
        ("weeks", AGAINST_WEEKS, "weeks"),
    ):
        points = [found[size] for size in sizes if size in found]
        if len(points) > 1:
            told = ", ".join(
                f"{what} {_exponent([(getattr(one, name), getattr(one, of)) for one in points]):.2f}"
                for what, of in (("seconds", "seconds"), ("CPU seconds", "cpu"), ("MB", "peak_mb"))
            )
            parts.append(f"Exponent against {title}: {told}.\n")
    return "\n".join(parts)


def _exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the straight line through the logarithms, by least squares."""
    x, y = zip(*((math.log(size), math.log(taken)) for size, taken in points), strict=True)
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - mean_x) ** 2 for a in x)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    every = [*AGAINST_PEOPLE, *AGAINST_WEEKS, LARGEST]
    parser.add_argument("--home", type=Path, default=Path("/tmp/midtvejs-benchmark/home-50000"))
    parser.add_argument("--work", type=Path, default=Path("/tmp/midtvejs-benchmark/growth"))
    parser.add_argument("--sizes", nargs="+", default=every, metavar="PEOPLExWEEKS")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("/tmp/midtvejs-benchmark/growth.md"))
    parser.add_argument("--count-here", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
