"""The tidy table as CSV: the same bytes for the same figures, whatever order the rows came in.

Belongs here: the columns, writing and reading back, for the protected and the internal table alike.
Not here: what the figures mean (`indicators.catalogue`) and which of them may be seen
(`disclosure`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.csv import ConvertOptions, ParseOptions, read_csv

from exports.csv_text import csv_bytes, plain_text, safe_text
from exports.target_group import qualified, unqualified

KEYS = ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2")
NUMBERS = ("numerator", "denominator", "value", "low", "high")
DEFINITION = "definition_version"
COLUMNS = (*KEYS, *NUMBERS, "unit", "flag", "break", DEFINITION)

# Units in which the value itself is a count.
COUNT_UNITS = frozenset({"personer", "forløb", "sager"})


def tidy_bytes(table: pd.DataFrame) -> bytes:
    """The table as UTF-8 CSV: comma, decimal point, header, rows sorted by their key.

    Counts are written as integers, everything else as the shortest text that reads back to the same
    number; a missing number is blank. A text that a spreadsheet would run as a formula gets an
    apostrophe in front, taken off again by `read_tidy`. Raises `ValueError` for missing or unknown
    columns, a key that stands twice, or a number that is not finite.
    """
    _require_columns(table)
    columns: list[list[str]] = []
    counts = table["unit"].isin(COUNT_UNITS).tolist()
    for name in COLUMNS:
        cells = _each_variant(table, qualified) if name == "variant" else table[name].tolist()
        if name in ("numerator", "denominator"):
            columns.append([_number(cell, whole=True) for cell in cells])
        elif name == "value":
            columns.append(
                [_number(cell, whole) for cell, whole in zip(cells, counts, strict=True)]
            )
        elif name in NUMBERS:
            columns.append([_number(cell, whole=False) for cell in cells])
        else:
            columns.append([_text(cell) for cell in cells])
    rows = sorted(zip(*columns, strict=True))
    for before, after in itertools.pairwise(rows):
        if before[: len(KEYS)] == after[: len(KEYS)]:
            raise ValueError(f"two rows for {after[: len(KEYS)]}")
    return csv_bytes(COLUMNS, rows)


def write_tidy(table: pd.DataFrame, path: Path) -> None:
    """Write `tidy_bytes` of the table to the path."""
    path.write_bytes(tidy_bytes(table))


def read_tidy(path: Path) -> pd.DataFrame:
    """Read a tidy CSV back: texts as `str` (blank, never missing), numbers as `float64` (NaN where
    blank).
    """
    kinds = {name: pa.float64() if name in NUMBERS else pa.string() for name in COLUMNS}
    table = read_csv(
        path,
        parse_options=ParseOptions(newlines_in_values=True),
        convert_options=ConvertOptions(column_types=kinds, null_values=[""]),
    )
    if tuple(table.column_names) != COLUMNS:
        raise ValueError(f"{path.name} has not the columns of a tidy table")
    data: dict[str, Any] = {}
    for name in COLUMNS:
        cells = table.column(name)
        if name in NUMBERS:
            data[name] = pd.Series(cells.to_numpy(), dtype="float64")
        elif pc.any(pc.starts_with(cells, "'")).as_py():
            data[name] = pd.Series([plain_text(cell) for cell in cells.to_pylist()], dtype="str")
        else:
            data[name] = pd.Series(cells.to_pandas(), dtype="str")
    read = pd.DataFrame(data)
    read["variant"] = pd.Series(_each_variant(read, unqualified), dtype="str")
    return read


def as_published(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its variants as the CSV has them."""
    return table.assign(variant=_each_variant(table, qualified))


def _each_variant(table: pd.DataFrame, written: Callable[[str, str, str], str]) -> list[str]:
    return [
        written(*row)
        for row in zip(*(table[name] for name in ("variant", "group", DEFINITION)), strict=True)
    ]


def _require_columns(table: pd.DataFrame) -> None:
    missing = sorted(set(COLUMNS) - set(table.columns))
    unknown = sorted(set(map(str, table.columns)) - set(COLUMNS))
    if missing or unknown:
        raise ValueError(f"tidy table: missing columns {missing}, unknown columns {unknown}")


def _number(cell: Any, whole: bool) -> str:
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    number = float(cell)
    if not math.isfinite(number):
        raise ValueError("a figure of the tidy table is not finite")
    if whole and number.is_integer():
        return str(int(number))
    return repr(number + 0.0)


def _text(cell: Any) -> str:
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    return safe_text(str(cell))
