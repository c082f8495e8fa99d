"""Additive partial results: how many members of each group and category bear each trait, month by month.

Belongs here: counting flags over categories, histograms, and adding the results of blocks together. Not here: which flags
there are (the area modules), what becomes of the counts (`figures`).

Counts of categories are cubes of whole numbers (months x categories x categories), histograms are rows of keys with how
often each occurs. Both are added by key, so the sum is the same whatever the blocks are and in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indicators.block import Bools
from indicators.people import Members

Ints = npt.NDArray[np.int64]
Dims = tuple[str, str]
Flags = tuple[tuple[str, str], ...]


class Series(NamedTuple):
    """What is counted, of whom, and by what: blank dimensions are the total, two of them a crossing."""

    quantity: str
    variant: str
    group: str
    dim1: str = ""
    dim2: str = ""


@dataclass(frozen=True)
class Cube:
    """`n[month, category1, category2]`, with one category where there is no dimension; `counted[month]` tells which months
    were counted at all."""

    n: Ints
    counted: Bools

    def __add__(self, other: Cube) -> Cube:
        """The counts of both."""
        return Cube(self.n + other.n, self.counted | other.counted)

    def over(self, months: int) -> Cube:
        """Sums of each month and those before it, `months` in all; counted where all of them are."""
        return Cube(
            _rolled(self.n, months), _rolled(self.counted.astype(np.int64), months) == months
        )

    def later(self, months: int) -> Cube:
        """The same counts moved to so many months later."""
        n, counted = np.zeros_like(self.n), np.zeros_like(self.counted)
        if months < len(n):
            n[months:], counted[months:] = (
                self.n[: len(n) - months],
                self.counted[: len(n) - months],
            )
        return Cube(n, counted)


@dataclass(frozen=True)
class Counts:
    """What one or more blocks counted, over the months of `span`, by breakdowns whose `categories` are named.

    `cubes` by series; `histograms` by series, rows of (month, keys..., n) with each key once; `counted` tells for the
    quantities of histograms which months were counted.
    """

    span: range
    categories: Mapping[str, Sequence[str]]
    cubes: Mapping[Series, Cube] = field(default_factory=dict)
    histograms: Mapping[Series, Ints] = field(default_factory=dict)
    counted: Mapping[str, Bools] = field(default_factory=dict)

    def of(self, quantity: str, variant: str, group: str) -> dict[tuple[str, str], Cube]:
        """The cubes of a quantity by dimensions; none when it was not counted."""
        return {
            (series.dim1, series.dim2): cube
            for series, cube in self.cubes.items()
            if series[:3] == (quantity, variant, group)
        }

    def was_counted(self, quantity: str) -> Bools:
        """Which months of the span a quantity of histograms was counted in."""
        return self.counted.get(quantity, np.zeros(len(self.span), dtype=bool))


class Tally:
    """Counts of a block, growing month by month. `categories` names every breakdown's categories; zeros are kept."""

    def __init__(self, span: range, categories: Mapping[str, Sequence[str]]) -> None:
        self.span = span
        self._categories = dict(categories)
        self._sizes = {"": 1, **{dim: len(names) for dim, names in categories.items()}}
        self._cubes: dict[Series, Cube] = {}
        self._packed: dict[tuple[str, Dims, Flags], Cube] = {}
        self._rows: dict[Series, list[Ints]] = {}
        self._counted: dict[str, Bools] = {}

    def count(
        self,
        month: int,
        group: str,
        members: Members,
        flags: Mapping[tuple[str, str], Bools],
        dims: Iterable[str] = (),
        pairs: Iterable[tuple[str, str]] = (),
        total: bool = True,
    ) -> None:
        """Count the members with each flag, by (quantity, variant), in total and by every breakdown named that is known of
        them. A flag is a mask over `members`; there may be eight at a time."""
        # Each member's flags are the bits of one number, and members with equal numbers in a category are counted at once.
        packed = np.zeros(len(members.at), dtype=np.uint8)
        for bit, flag in enumerate(flags.values()):
            packed |= flag.view(np.uint8) << np.uint8(bit)
        width, names = 1 << len(flags), tuple(flags)
        # Members with none of the traits stand in no count.
        bearing = np.flatnonzero(packed)
        whole = packed[bearing].astype(np.int64)
        scaled: dict[str, Ints] = {}
        for dim in members.categories:
            scaled[dim] = members.categories[dim][bearing] * np.int64(width)
        totals = [("", "")] if total else []
        for dim1, dim2 in [*totals, *((dim, "") for dim in dims), *pairs]:
            if any(dim and dim not in scaled for dim in (dim1, dim2)):
                continue
            cell = whole
            if dim1:
                cell = cell + scaled[dim1]
            if dim2:
                cell = cell + scaled[dim2] * self._sizes[dim1]
            cube = self._packed_cube(group, (dim1, dim2), names)
            at = month - self.span.start
            cube.n[at] += np.bincount(cell, minlength=cube.n.shape[1])
            cube.counted[at] = True

    def size(self, dim: str) -> int:
        """How many categories a breakdown has; one for the total."""
        return self._sizes[dim]

    def add(self, month: int, series: Series, counts: npt.NDArray[np.integer]) -> None:
        """Add a month's counts, one a category or (categories x categories)."""
        cube = self._cube(series)
        at = month - self.span.start
        cube.n[at] += np.asarray(counts).reshape(cube.n.shape[1:])
        cube.counted[at] = True

    def add_all(self, series: Series, counts: Ints) -> None:
        """Add the counts of every month of the span, (months x categories)."""
        cube = self._cube(series)
        cube.n[:] += counts.reshape(cube.n.shape)
        cube.counted[:] = True

    def spread(self, series: Series, rows: Ints) -> None:
        """Add to a histogram: rows of (month, keys...), each once more than before."""
        if len(rows):
            self._rows.setdefault(series, []).append(rows)

    def was_counted(self, quantity: str, months: Iterable[int]) -> None:
        """Say that a quantity of histograms was counted in these months, also where it found nothing."""
        counted = self._counted.setdefault(quantity, np.zeros(len(self.span), dtype=bool))
        counted[[month - self.span.start for month in months if month in self.span]] = True

    def counts(self) -> Counts:
        """What was counted."""
        self._unpack()
        histograms = {
            series: _gathered([_with_n(rows) for rows in parts])
            for series, parts in self._rows.items()
        }
        return Counts(self.span, self._categories, self._cubes, histograms, self._counted)

    def _unpack(self) -> None:
        """From how many members have each set of flags to how many have each flag."""
        for (group, (dim1, dim2), names), packed in self._packed.items():
            width = 1 << len(names)
            shape = (len(self.span), self._sizes[dim2], self._sizes[dim1], width)
            sets = packed.n.reshape(shape)[packed.counted]
            for bit, (quantity, variant) in enumerate(names):
                cube = self._cube(Series(quantity, variant, group, dim1, dim2))
                having = np.flatnonzero(np.arange(width) >> bit & 1)
                n = sets[..., having].sum(axis=-1)
                cube.n[packed.counted] += np.swapaxes(n, 1, 2)
                cube.counted[packed.counted] = True
        self._packed = {}

    def _packed_cube(self, group: str, dims: Dims, names: Flags) -> Cube:
        key = (group, dims, names)
        if key not in self._packed:
            width = (1 << len(names)) * self._sizes[dims[0]] * self._sizes[dims[1]]
            n = np.zeros((len(self.span), width), dtype=np.int64)
            self._packed[key] = Cube(n, np.zeros(len(self.span), dtype=bool))
        return self._packed[key]

    def _cube(self, series: Series) -> Cube:
        if series not in self._cubes:
            shape = (len(self.span), self._sizes[series.dim1], self._sizes[series.dim2])
            self._cubes[series] = Cube(
                np.zeros(shape, dtype=np.int64), np.zeros(len(self.span), dtype=bool)
            )
        return self._cubes[series]


def joined(parts: Sequence[Counts]) -> Counts:
    """The counts of several blocks added up; there must be one at least."""
    cubes: dict[Series, Cube] = {}
    rows: dict[Series, list[Ints]] = {}
    counted: dict[str, Bools] = {}
    for part in parts:
        for series, cube in part.cubes.items():
            cubes[series] = cubes[series] + cube if series in cubes else cube
        for series, histogram in part.histograms.items():
            rows.setdefault(series, []).append(histogram)
        for quantity, months in part.counted.items():
            counted[quantity] = counted.get(quantity, np.zeros_like(months)) | months
    histograms = {series: _gathered(found) for series, found in rows.items()}
    return replace(parts[0], cubes=cubes, histograms=histograms, counted=counted)


def _with_n(rows: Ints) -> Ints:
    return np.column_stack([rows, np.ones(len(rows), dtype=np.int64)])


def _gathered(parts: Sequence[Ints]) -> Ints:
    """Rows of (keys..., n) with equal keys added up, in the order of the keys."""
    rows = np.concatenate(parts)
    rows = rows[np.lexsort(rows[:, -2::-1].T)]
    begins = np.flatnonzero(np.append(True, (rows[1:, :-1] != rows[:-1, :-1]).any(axis=1)))
    return np.column_stack([rows[begins, :-1], np.add.reduceat(rows[:, -1], begins)])


def _rolled(n: Ints, months: int) -> Ints:
    upto = np.cumsum(n, axis=0)
    upto[months:] -= upto[:-months].copy()
    return upto
