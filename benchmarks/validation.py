"""How long the judgement of a stored table takes: the contract's checks on 450,000 rows of every source.

Belongs here: frames made from the contract alone, and the clock around `expectations.validation`. Not here: reading files
and making tables, which `whole_job` measures.

    .venv/bin/python benchmarks/validation.py [--rows 450000] [--repeats 3]
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from measuring import machine, markdown

from expectations.checks import table_checks
from expectations.contract import PERSON, SOURCES, Column, Table, load
from expectations.validation import validate

FIRST_DAY = np.datetime64("2015-01-01")
BLANK = 0.3
"""Share of blank cells in columns that may be blank."""


def main() -> None:
    """Measure and print a Markdown table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=450_000)
    arguments.add_argument("--repeats", type=int, default=3)
    chosen = arguments.parse_args()
    print(machine())
    started = time.perf_counter()
    import great_expectations  # noqa: F401 - its import is what is timed

    print(f"\nImport of Great Expectations: {time.perf_counter() - started:.1f} s\n")
    # The first suite of a process pays for what the library sets up once.
    started = time.perf_counter()
    validate(load("dream").table, [frame(load("dream").table, 1)])
    print(f"First suite of the process, one row: {time.perf_counter() - started:.2f} s\n")
    rows = []
    for table in (table for source in SOURCES for table in load(source).tables):
        whole = frame(table, chosen.rows)
        seconds, spent, unevaluated = [], [], 0
        for _ in range(chosen.repeats):
            started, before = time.perf_counter(), time.process_time()
            results = validate(table, [whole])
            seconds.append(time.perf_counter() - started)
            spent.append(time.process_time() - before)
            unevaluated = sum(not item.evaluated for item in results)
        if unevaluated:
            raise SystemExit(f"{table.name}: {unevaluated} checks were not evaluated")
        shown = " / ".join(f"{second:.2f}" for second in seconds)
        checks = str(len(table_checks(table)))
        rows.append([table.name, checks, f"{min(seconds):.2f}", shown, f"{min(spent):.2f}"])
    heads = ["source", "checks", "seconds, shortest", "each repeat", "CPU seconds, least"]
    print(markdown(heads, rows))


def frame(table: Table, rows: int) -> pd.DataFrame:
    """A frame as `sources.survey` hands it out, of values that keep each column's own rules.

    Columns know nothing of each other, so the checks of order find very many rows: their slowest case.
    """
    draw = np.random.default_rng(1)
    if table.wide:
        return pd.DataFrame(
            {
                PERSON: np.arange(rows, dtype=np.uint64),
                "weeks_with_code": draw.integers(0, 200, rows),
                "wage_months": draw.integers(0, 60, rows),
            }
        )
    columns = {}
    for column in table.columns:
        name = PERSON if column.kind == "cpr" else column.name
        columns[name] = _column(column, rows, draw)
    return pa.table(columns).to_pandas(date_as_object=False)


def _column(column: Column, rows: int, draw: np.random.Generator) -> pa.Array:
    blank: npt.NDArray[np.bool_] | None = None if column.required else draw.random(rows) < BLANK
    if column.kind == "cpr":
        return pa.array(draw.permutation(rows).astype(np.uint64))
    if column.kind == "date":
        days = FIRST_DAY + draw.integers(0, 2000, rows).astype("timedelta64[D]")
        return pa.array(days, type=pa.date32(), mask=blank)
    if column.kind == "month":
        return pa.array((2015 * 12 + draw.integers(0, 60, rows)).astype(np.int32), mask=blank)
    if column.kind in ("number", "integer"):
        low = column.minimum if isinstance(column.minimum, int | float) else 0
        numbers = low + draw.integers(1, 30, rows)
        type_ = pa.int64() if column.kind == "integer" else pa.float64()
        return pa.array(numbers, type=type_, mask=blank)
    if column.kind == "yes_no":
        return pa.array(draw.random(rows) < 0.5, mask=blank)
    if column.values:
        codes = draw.integers(0, len(column.values), rows).astype(np.int32)
        return pa.DictionaryArray.from_arrays(
            pa.array(codes, mask=blank), pa.array(list(column.values))
        ).cast(pa.string())
    return pa.array([f"{column.name}-{number}" for number in draw.permutation(rows)], mask=blank)


if __name__ == "__main__":
    main()
