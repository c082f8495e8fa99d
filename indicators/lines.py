"""Rows of the tidy table one at a time, for what is counted from small tables without people.

Belongs here: what a count, a share, a ratio or an amount looks like as a row. Not here: counts over blocks of people
(`figures`), what is counted (the area modules).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from indicators.calendar import month_name
from indicators.catalogue import catalogue
from indicators.figures import COLUMNS, MISSING, NOT_COMPUTED, tidy
from indicators.uncertainty import wilson

Number = int | Decimal | Fraction
Row = dict[str, Any]
Dims = tuple[tuple[str, str], ...]
"""The breakdowns of a row and its category in each; none for a total."""


@dataclass(frozen=True)
class Figure:
    """One figure, exact until it is written. A value of None is missing. `has_interval`: numerator and denominator get a
    Wilson interval. `mark` goes to the column `break`."""

    value: Number | None
    numerator: Number | None = None
    denominator: Number | None = None
    has_interval: bool = False
    mark: str = ""


def count(n: Number | None, mark: str = "") -> Figure:
    """A count, None where there is none to tell."""
    return Figure(n, n, mark=mark)


def amount(value: Number | None, mark: str = "") -> Figure:
    """A value that is no count of anything."""
    return Figure(value, mark=mark)


def ratio(part: Number | None, whole: Number | None, mark: str = "") -> Figure:
    """One number over another, which it need not be a part of; missing where either is, or the other is 0."""
    known = part is not None and whole is not None and whole != 0
    value = Fraction(part) / Fraction(whole) if known and part is not None and whole else None
    return Figure(value, part, whole, mark=mark)


def share(part: int | None, whole: int | None) -> Figure:
    """A share with its interval; missing where either number is, or there is nothing to share."""
    found = ratio(part, whole)
    return Figure(found.value, part, whole, has_interval=True)


def as_written(number: float | None) -> Decimal | None:
    """The decimal number that was delivered: the shortest text that reads back to the stored one."""
    return None if number is None else Decimal(repr(number))


def rows_of(table: pa.Table) -> list[Row]:
    """The table's rows by column."""
    found: list[Row] = table.to_pylist()
    return found


def month_of(when: Any) -> int:
    """The month a date lies in."""
    return int(when.year) * 12 + int(when.month) - 1


class Lines:
    """Rows of the tidy table for some months, growing one by one."""

    def __init__(self, months: Sequence[int]) -> None:
        self.months = list(months)
        self._rows: list[tuple[str, str, int, Dims, Figure | None]] = []

    def write(
        self, indicator: str, variant: str, month: int, figure: Figure, dims: Dims = ()
    ) -> None:
        """One figure of one month."""
        self._rows.append((indicator, variant, month, dims, figure))

    def not_computed(self, indicator: str, variants: Iterable[str]) -> None:
        """One row a variant and month of what could not be computed at all."""
        for variant in variants:
            for month in self.months:
                self._rows.append((indicator, variant, month, (), None))

    def table(self) -> pd.DataFrame:
        """The rows in the order of their identity."""
        rows = [self._row(*row) for row in self._rows]
        table = pd.DataFrame(rows, columns=[*COLUMNS, "has_interval"])
        numbers = ["numerator", "denominator", "value", "low", "high"]
        table[numbers] = table[numbers].astype(np.float64)
        with_interval = table.pop("has_interval").to_numpy(dtype=bool)
        n, of = (table[name].to_numpy()[with_interval] for name in ("numerator", "denominator"))
        with np.errstate(invalid="ignore"):
            low, high = wilson(n, of)
        table.loc[with_interval, "low"] = low
        table.loc[with_interval, "high"] = high
        return tidy([table])

    @staticmethod
    def _row(
        indicator: str, variant: str, month: int, dims: Dims, figure: Figure | None
    ) -> tuple[Any, ...]:
        (dim1, value1), (dim2, value2) = (*dims, ("", ""), ("", ""))[:2]
        unit = catalogue()[indicator].unit_of(variant)
        found = figure or Figure(None)
        flag = NOT_COMPUTED if figure is None else MISSING if figure.value is None else ""
        numbers = (
            None if number is None else float(number)
            for number in (found.numerator, found.denominator, found.value)
        )
        named = (indicator, variant, month_name(month), "", dim1, value1, dim2, value2)
        told = (*numbers, None, None, unit, flag, found.mark)
        return (*named, *told, found.has_interval and flag == "")
