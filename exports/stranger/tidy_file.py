"""The published tidy file, read as a stranger reads it.

Belongs here: its rows as text and numbers. Not here: what they count (`counted`); nothing of what wrote the file is used.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

TEXTS = ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2")
NUMBERS = ("numerator", "denominator", "value", "low", "high")


def is_tidy(path: Path) -> bool:
    """Whether the file's header has the columns of a tidy table."""
    with path.open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream), [])
    return {*TEXTS, *NUMBERS, "unit", "flag"} <= set(header)


def read_rows(path: Path) -> pd.DataFrame:
    """Every row: `TEXTS`, `unit` and `flag` as text (blank, never missing), `NUMBERS` as float64 (nan where blank),
    and `month`,
    the period as months since year 0.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        return as_rows(pd.read_csv(stream, dtype=str, keep_default_na=False))


def as_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that has the file's columns, of whatever types."""
    texts = {
        name: table[name].astype(object).where(table[name].notna(), "").astype(str)
        for name in (*TEXTS, "unit", "flag")
    }
    numbers = {
        name: pd.to_numeric(table[name].replace("", None)).astype("float64") for name in NUMBERS
    }
    rows = pd.DataFrame({**texts, **numbers})
    months = {period: month_of(period) for period in rows["period"].unique()}
    return rows.assign(month=rows["period"].map(months).astype("int64")).reset_index(drop=True)


def month_of(period: str) -> int:
    """`2020-06` as months since year 0."""
    year, month = period.split("-")
    return int(year) * 12 + int(month) - 1
