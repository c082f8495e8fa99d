"""Looking figures up in the protected tidy table.

Belongs here: one look-up from key to figure, and what a cell of the workbook shows of it. Not here:
which figures a sheet shows (`sheets`), what is hidden (`disclosure`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

from exports.workbook.labels import order
from exports.workbook.theme import Kind

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str, str, str, str, str]
"""(indicator, variant, period, group, breakdown, category)"""
Part = Literal["value", "numerator", "denominator", "low", "high"]


class Mark(Enum):
    """What stands in a number's place."""

    HIDDEN = ".."
    NOT_COMPUTED = "·"


@dataclass(frozen=True)
class Origin:
    """Which figure a number shows: the key of its row in the tidy table, and the column it is read from.

    `compared_with` is the period of the same figure that has been subtracted, where a change is shown.
    """

    indicator: str
    variant: str
    period: str
    group: str
    dim1: str = ""
    value1: str = ""
    dim2: str = ""
    value2: str = ""
    part: Part = "value"
    compared_with: str = ""


@dataclass(frozen=True)
class Reading:
    """What a cell shows of a figure, and which figure that is."""

    shown: float | Mark
    origin: Origin


@dataclass(frozen=True)
class Point:
    """One row of the tidy table; a number is None where the table's cell is blank."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    flag: str = "not_computed"
    broken: str = ""
    key: Key = ("", "", "", "", "", "")

    def shown(self, kind: Kind, part: Part = "value") -> float | Mark:
        """The number as it is read in a column of the kind, rounded, or the mark in its place."""
        number: float | None = getattr(self, part)
        if number is None:
            return Mark.HIDDEN if self.flag == "suppressed" else Mark.NOT_COMPUTED
        return rounded(number, kind)

    def read(self, kind: Kind, part: Part = "value") -> Reading:
        """What `shown` gives, with the figure it comes from."""
        return Reading(self.shown(kind, part), Origin(*self.key, part=part))

    def drawn(self, kind: Kind, part: Part = "value") -> Reading | None:
        """The number as a chart draws it: None is a gap."""
        reading = self.read(kind, part)
        return None if isinstance(reading.shown, Mark) else reading


def rounded(number: float, kind: Kind) -> float:
    """A figure of the tidy table as printed: shares (0-1) in pct., one decimal; counts and kroner whole."""
    if kind in ("count", "amount"):
        return round(number)
    return round(100 * number if kind == "pct" else number, 2 if kind == "score" else 1)


class Figures:
    """The figures of a report by (indicator, variant, period, group, breakdown, category)."""

    def __init__(self, table: pd.DataFrame) -> None:
        one_way = table[table["dim2"] == ""]
        names = ("indicator", "variant", "period", "group", "dim1", "value1")
        keys = zip(*(one_way[name].tolist() for name in names), strict=True)
        numbers = ("value", "numerator", "denominator", "low", "high")
        columns = ([_number(cell) for cell in one_way[name].tolist()] for name in numbers)
        flags = one_way["flag"].astype(str).tolist()
        breaks = one_way["break"].astype(str).tolist()
        self._points: dict[Key, Point] = {
            key: Point(value, numerator, denominator, low, high, flag, broken, key)
            for key, value, numerator, denominator, low, high, flag, broken in zip(
                keys, *columns, flags, breaks, strict=True
            )
        }
        self.periods: tuple[str, ...] = tuple(sorted(set(one_way["period"].tolist())))
        self._categories: dict[Key, list[str]] = {}
        for key in self._points:
            self._categories.setdefault((*key[:5], ""), []).append(key[5])

    def get(
        self,
        indicator: str,
        variant: str,
        period: str,
        group: str,
        dimension: str = "",
        category: str = "",
    ) -> Point:
        """The figure, or one that was not computed where the table has no such row."""
        key = (indicator, variant, period, group, dimension, category)
        return self._points.get(key) or Point(key=key)

    def categories(
        self, indicator: str, variant: str, period: str, group: str, dimension: str
    ) -> tuple[str, ...]:
        """The categories a figure is broken down by, in the order they are shown; empty if none."""
        found = self._categories.get((indicator, variant, period, group, dimension, ""), [])
        return tuple(sorted(found, key=lambda code: order(dimension, code)))

    def breaks(self, indicators: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Each break of the indicators' series: its period and what it is, in order of period."""
        wanted = set(indicators)
        found = {
            (key[2], point.broken)
            for key, point in self._points.items()
            if point.broken and key[0] in wanted
        }
        return tuple(sorted(found))


def months_before(period: str, count: int) -> str:
    """`2020-06`, 6 -> `2019-12`."""
    year, month = (int(part) for part in period.split("-"))
    index = 12 * year + month - 1 - count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _number(cell: Any) -> float | None:
    if cell is None or cell != cell:
        return None
    number = float(cell)
    return number if math.isfinite(number) else None
