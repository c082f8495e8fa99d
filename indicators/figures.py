"""From joined counts to figures: the rows of the tidy table, common to all areas.

Belongs here: the table's columns, and how a count, a share, a rate, a measure or a figure that cannot be computed becomes
rows. Not here: which indicators an area has (the `*_figures` modules), protection (`disclosure`), writing (`exports`).

Definition of the columns: the specification's "indicators.csv". Shares are computed from unrounded counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.block import Bools, Floats
from indicators.calendar import month_name
from indicators.catalogue import catalogue
from indicators.tally import Counts, Cube
from indicators.uncertainty import poisson_per_1000, wilson

COLUMNS = (
    "indicator",
    "variant",
    "period",
    "group",
    "dim1",
    "value1",
    "dim2",
    "value2",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "unit",
    "flag",
    "break",
)
IDENTITY = list(COLUMNS[:8])
DEFINITION = "definition_version"
"""The column every table that is kept carries beside: the target-group rule it was made by."""
SAME = ("indicator", "variant", "group", "dim1", "dim2", "unit")
"""The columns that are the same in all rows written at a time."""
NUMBERS = ("numerator", "denominator", "value", "low", "high")
NOT_COMPUTED, MISSING = "not_computed", "missing"
PER_1000 = 1000

Numbers = Mapping[str, npt.NDArray[Any]]
"""Figures by column, a number a month of the span and category."""
Cubes = Mapping[tuple[str, str], Cube]
Interval = Callable[[Floats, Floats], tuple[Floats, Floats]]
TOTAL = ("", "")


class Rows:
    """Rows of the tidy table for some months, growing indicator by indicator.

    Each method writes one variant of one group: a row a month and category where the total was counted, and one
    `not_computed` row for every month where it was not.
    """

    def __init__(self, months: Sequence[int], counts: Counts) -> None:
        self._months = list(months)
        self._months_of_span = len(counts.span)
        self._at = np.array([month - counts.span.start for month in months], dtype=np.int64)
        self._categories = {"": ("",), **counts.categories}
        self._runs: list[tuple[int, tuple[str, ...]]] = []
        self._columns: dict[str, list[npt.NDArray[Any]]] = {
            name: [] for name in COLUMNS if name not in SAME
        }

    def count(
        self, indicator: str, variant: str, group: str, counted: Cubes, crossed: bool = False
    ) -> None:
        """A count: numerator and value are the count itself, there is no denominator."""
        for dims, cube in _shown(counted, crossed).items():
            n = cube.n.astype(np.float64)
            numbers = {"numerator": n, "value": n}
            self._figures((indicator, variant, group, *dims), cube.counted, numbers)
        self.lacking(indicator, variant, group, self._known(counted))

    def share(
        self,
        indicator: str,
        variant: str,
        group: str,
        some: Cubes,
        of_all: Cubes,
        crossed: bool = False,
    ) -> None:
        """A share with its Wilson interval, 0-1, by the breakdowns both are counted by."""
        self._rates((indicator, variant, group), _shown(some, crossed), of_all, 1, wilson)

    def per_1000(
        self, indicator: str, variant: str, group: str, some: Cubes, of_all: Cubes
    ) -> None:
        """A rate per 1,000 with its exact Poisson interval."""
        shown = _shown(some, crossed=False)
        self._rates((indicator, variant, group), shown, of_all, PER_1000, poisson_per_1000)

    def plain(
        self,
        indicator: str,
        variant: str,
        group: str,
        dims: tuple[str, str],
        counted: Bools,
        numbers: Numbers,
    ) -> None:
        """Figures as they are given: months of the span x categories, by column; a value of NaN is `missing`. Months not
        counted get no row for a breakdown and a `not_computed` one for the total."""
        self._figures((indicator, variant, group, *dims), counted, numbers)
        if dims == TOTAL:
            self.lacking(indicator, variant, group, counted)

    def one(
        self,
        indicator: str,
        variant: str,
        group: str,
        dims: tuple[str, str],
        place: int,
        counted: Bools,
        numbers: Numbers,
    ) -> None:
        """As `plain`, for one category of a breakdown: a number a month of the span."""
        name = self._categories[dims[0]][place]
        self._write((indicator, variant, group, *dims), [name], counted, numbers)

    def lacking(self, indicator: str, variant: str, group: str, counted: Bools) -> None:
        """The one row of each month that was not counted."""
        known = counted[self._at]
        months = [
            month for month, is_known in zip(self._months, known, strict=True) if not is_known
        ]
        blank = np.full(len(months), np.nan)
        texts = {name: np.full(len(months), "", dtype=object) for name in ("value1", "value2")}
        flags = np.full(len(months), NOT_COMPUTED, dtype=object)
        columns = {**texts, **dict.fromkeys(NUMBERS, blank), "flag": flags}
        self._extend((indicator, variant, group, "", ""), months, 1, columns)

    def not_computed(self, indicator: str, variants: Sequence[str], groups: Sequence[str]) -> None:
        """One row a variant, group and month of an indicator that could not be computed at all."""
        for group in groups:
            for variant in variants:
                self.lacking(indicator, variant, group, np.zeros(self._months_of_span, dtype=bool))

    def table(self) -> pd.DataFrame:
        """The rows as they were written; `tidy` puts them in order."""
        sizes = [n for n, _ in self._runs]
        columns: dict[str, npt.NDArray[Any]] = {}
        for place, name in enumerate(SAME):
            values = np.array([of_run[place] for _, of_run in self._runs], dtype=object)
            columns[name] = np.repeat(values, sizes)
        for name, parts in self._columns.items():
            columns[name] = np.concatenate(parts) if parts else np.zeros(0, dtype=object)
        # Said to be objects, texts are taken as they are and not looked through for what they might be.
        return pd.DataFrame(
            {name: pd.Series(columns[name], dtype=columns[name].dtype) for name in COLUMNS}
        )

    def _rates(
        self,
        named: tuple[str, str, str],
        some: Cubes,
        of_all: Cubes,
        scale: int,
        interval: Interval,
    ) -> None:
        known = np.zeros(self._months_of_span, dtype=bool)
        for dims, cube in some.items():
            if dims not in of_all:
                continue
            n, of = cube.n.astype(np.float64), of_all[dims].n.astype(np.float64)
            counted = cube.counted & of_all[dims].counted
            known = counted if dims == TOTAL else known
            low, high = interval(n, of)
            numbers = {"numerator": n, "denominator": of, "value": over(scale * n, of)}
            numbers |= {"low": low, "high": high}
            self._figures((*named, *dims), counted, numbers)
        self.lacking(*named, known)

    def _known(self, cubes: Cubes) -> Bools:
        none = np.zeros(self._months_of_span, dtype=bool)
        return cubes[TOTAL].counted if TOTAL in cubes else none

    def _figures(
        self, series: tuple[str, str, str, str, str], counted: Bools, numbers: Numbers
    ) -> None:
        first, second = (self._categories[dim] for dim in series[3:])
        self._write(series, first, counted, numbers, second)

    def _write(
        self,
        series: tuple[str, str, str, str, str],
        first: Sequence[str],
        counted: Bools,
        numbers: Numbers,
        second: Sequence[str] = ("",),
    ) -> None:
        shown = counted[self._at]
        months = [month for month, is_shown in zip(self._months, shown, strict=True) if is_shown]
        cells = len(first) * len(second)
        texts = {
            "value1": np.tile(np.repeat(np.array(first, dtype=object), len(second)), len(months)),
            "value2": np.tile(np.array(second, dtype=object), len(first) * len(months)),
        }
        values = {
            name: numbers[name].reshape(len(counted), cells)[self._at][shown].ravel()
            if name in numbers
            else np.full(cells * len(months), np.nan)
            for name in NUMBERS
        }
        flags = np.where(np.isnan(values["value"]), MISSING, "").astype(object)
        self._extend(series, months, cells, {**texts, **values, "flag": flags})

    def _extend(
        self,
        series: tuple[str, str, str, str, str],
        months: Sequence[int],
        cells: int,
        columns: Mapping[str, npt.NDArray[Any]],
    ) -> None:
        if not months:
            return
        indicator, variant, group, dim1, dim2 = series
        entry = catalogue()[indicator]
        periods = [month_name(month) for month in months]
        broken = {part.month: part.text for part in entry.breaks if part.covers(variant)}
        same = (indicator, variant, group, dim1, dim2, entry.unit_of(variant))
        self._runs.append((cells * len(months), same))
        breaks = [broken.get(period, "") for period in periods]
        for name, monthly in (("period", periods), ("break", breaks)):
            self._columns[name].append(np.repeat(np.array(monthly, dtype=object), cells))
        for name, column in columns.items():
            self._columns[name].append(column)


def tidy(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Rows of several indicators as one table in the order of its identity."""
    filled = [part for part in parts if len(part)] or [pd.DataFrame(columns=list(COLUMNS))]
    table = pd.concat(filled, ignore_index=True)
    # Texts are ranked once each: comparing numbers is many times faster than comparing texts.
    ranks = [_ranked(table[name].to_numpy(object)) for name in IDENTITY]
    return table.take(np.lexsort(ranks[::-1])).reset_index(drop=True)


def _ranked(texts: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    places, names = pd.factorize(texts)
    rank = np.empty(len(names), dtype=np.int64)
    rank[sorted(range(len(names)), key=lambda place: str(names[place]))] = np.arange(len(names))
    return rank[places]


def over(numerator: Floats, denominator: Floats) -> Floats:
    """One over the other; NaN where the denominator is not above 0."""
    undefined = np.full(numerator.shape, np.nan)
    return np.asarray(np.divide(numerator, denominator, out=undefined, where=denominator > 0))


def _shown(cubes: Cubes, crossed: bool) -> dict[tuple[str, str], Cube]:
    return {dims: cube for dims, cube in cubes.items() if crossed or not dims[1]}
