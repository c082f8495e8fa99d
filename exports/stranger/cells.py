"""The unknowns behind the published rows: each count of people once, wherever it stands.

Belongs here: from rows to cells, and what a stranger sees of each. Not here: how cells are bound (`sums`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from disclosure.audit.view import Bools, Floats, Ints
from exports.stranger.counted import COUNT_UNITS, counted
from exports.stranger.definitions import OF_EVERYBODY, TWELVE_MONTH_MEANS
from exports.stranger.keys import Coder, Fields, unpack
from exports.stranger.tidy_file import month_of

_BETWEEN = "\x1f"


@dataclass(frozen=True, eq=False)
class Cells:
    """n counts of people. `key`: int64[n], sorted, each once. `value`: float64[n], nan where no row shows it. `least`:
    float64[n], what a stranger knows it is at least.
    """

    coder: Coder
    key: Ints
    value: Floats
    least: Floats

    def __len__(self) -> int:
        return len(self.key)

    @property
    def means(self) -> Bools:
        """Which are means over twelve months, bool[n]."""
        return _means(self.coder, self.key)

    def find(self, keys: Ints) -> Ints:
        """The position of each key, -1 where there is no such cell."""
        at = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return np.where(self.key[at] == keys, at, -1)

    def with_unpublished(self, keys: Ints) -> Cells:
        """With cells more (keys not among these) that no row shows but sums give."""
        more = np.unique(keys)
        order = np.argsort(np.concatenate([self.key, more]), kind="stable")
        return Cells(
            self.coder,
            np.concatenate([self.key, more])[order],
            np.concatenate([self.value, np.full(len(more), np.nan)])[order],
            np.concatenate([self.least, np.zeros(len(more))])[order],
        )


@dataclass(frozen=True, eq=False)
class Reading:
    """Every number of people in the rows.

    `cell`: int64[k], its key. `row`: int64[k], where it stands. `value`: float64[k], nan where hidden. `alone`: bool[k], the
    row is the count itself. `pairs`: int64[p, 2], the keys of numerators that are some of a denominator's people, and of
    those denominators.
    """

    cells: Cells
    cell: Ints
    row: Ints
    value: Floats
    alone: Bools
    pairs: Ints


@dataclass(frozen=True, eq=False)
class _Entries:
    key: Ints
    row: Ints
    value: Floats
    alone: Bools
    below: Bools


def read_cells(rows: pd.DataFrame, coder: Coder | None = None) -> Reading:
    """The cells of the rows (`tidy_file`), keyed by `coder` where keys are to be those of another reading; raises
    UnknownFigure
    for a figure nobody has described.
    """
    coder = coder or Coder()
    base = Fields(
        quantity=np.zeros(len(rows), dtype=np.int64),
        month=rows["month"].to_numpy(np.int64),
        group=coder.groups.numbers(rows["group"]),
        dim1=coder.dimensions.numbers(rows["dim1"]),
        value1=coder.values.numbers(rows["value1"]),
        dim2=coder.dimensions.numbers(rows["dim2"]),
        value2=coder.values.numbers(rows["value2"]),
    )
    found, pairs = [], []
    for entries, within in _entries(rows, base, coder):
        found += entries
        if within:
            pairs.append(np.column_stack([entries[0].key, entries[1].key]))
    key = np.concatenate([one.key for one in found])
    row = np.concatenate([one.row for one in found])
    value = np.concatenate([one.value for one in found])
    alone = np.concatenate([one.alone for one in found])
    below = np.concatenate([one.below for one in found])
    hidden = (rows["flag"] == "suppressed").to_numpy()[row]
    kept = ~np.isnan(value) | hidden
    key, row, value, alone, below = key[kept], row[kept], value[kept], alone[kept], below[kept]
    distinct, at = np.unique(key, return_inverse=True)
    shown = ~np.isnan(value)
    seen = np.full(len(distinct), np.nan)
    seen[at[shown]] = value[shown]
    # Zeros are shown: a count's own row is hidden for people in it, and no share of nobody is hidden. Of a mean it is known
    # that somebody was there in one of the months.
    least = np.zeros(len(distinct))
    least[at[~shown & (alone | below)]] = 1.0
    least[_means(coder, distinct)] /= 12
    cells = Cells(coder, distinct, seen, least)
    every = np.unique(np.concatenate(pairs), axis=0) if pairs else np.zeros((0, 2), dtype=np.int64)
    both = (cells.find(every[:, 0]) >= 0) & (cells.find(every[:, 1]) >= 0)
    return Reading(cells, key, row, value, alone, every[both])


def _means(coder: Coder, keys: Ints) -> Bools:
    known = [coder.quantities.known(name) for name in TWELVE_MONTH_MEANS]
    return np.isin(unpack(keys).quantity, [one for one in known if one is not None])


def _entries(
    rows: pd.DataFrame, base: Fields, coder: Coder
) -> Iterator[tuple[list[_Entries], bool]]:
    """The numbers of people of each figure's rows: its numerators, then its denominators, and whether those are some
    of these.
    """
    counts = rows["unit"].isin(COUNT_UNITS).to_numpy()
    tops = rows["numerator"].to_numpy(np.float64)
    bottoms = rows["denominator"].to_numpy(np.float64)
    figure, distinct = pd.factorize(rows["indicator"] + _BETWEEN + rows["variant"])
    order = np.argsort(figure, kind="stable")
    ends = np.cumsum(np.bincount(figure, minlength=len(distinct)))
    for name, at in zip(distinct, np.split(order, ends[:-1]), strict=True):
        people = counted(*str(name).split(_BETWEEN))
        keys, nothing = base.at(at), np.zeros(len(at), dtype=np.bool_)
        entries = []
        if people.numerator:
            key = keys.of(coder.quantities.number(people.numerator)).pack()
            if people.apart_without:
                other = keys.of(coder.quantities.number(f"{people.numerator} apart")).pack()
                key = np.where(_outside(rows, base, at, people.apart_without), other, key)
            entries.append(_Entries(key, at, tops[at], counts[at], nothing))
        if people.denominator:
            of = keys.of(coder.quantities.number(people.denominator), people.denominator_back)
            if people.denominator_at:
                of = replace(of, month=np.full_like(of.month, month_of(people.denominator_at)))
            key = _of_everybody(of, people.denominator, coder).pack()
            entries.append(_Entries(key, at, bottoms[at], nothing, ~nothing))
        yield entries, people.within


def _outside(rows: pd.DataFrame, base: Fields, at: Ints, variant: str) -> Bools:
    """Which of the rows `at`, of one indicator, are categories for which the variant's row has no number."""
    beside = rows["indicator"] == rows["indicator"].iloc[at[0]]
    bare = beside & (rows["variant"] == variant) & rows["value"].isna() & (rows["dim1"] != "")
    keys = base.of(0).pack()
    return np.isin(keys[at], keys[bare.to_numpy()])


def _of_everybody(keys: Fields, quantity: str, coder: Coder) -> Fields:
    """Denominators that leave a breakdown out stand for everybody in it."""
    left_out = coder.dimensions.known(OF_EVERYBODY.get(quantity, ""))
    if not left_out:
        return keys
    second = keys.dim2 == left_out
    first = keys.dim1 == left_out
    return replace(
        keys,
        dim1=np.where(first, keys.dim2, keys.dim1),
        value1=np.where(first, keys.value2, keys.value1),
        dim2=np.where(first | second, 0, keys.dim2),
        value2=np.where(first | second, 0, keys.value2),
    )
