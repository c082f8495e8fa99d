"""What each sum of a dimension is made of: all other labels, or in a table of several levels those of the level below.

Belongs here: reading the levels out of the order of the rows and the counts. Not here: which label is the sum of all
(`totals`), the relations it comes to (`additive`).

A part of town that stands among its own districts as if it were one more would give away what is hidden in it. A level that
is found by chance is still true of the counts: all it costs is that more is hidden.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.patterns.cells import Bools, Floats
from disclosure.totals import Totals, lines

CERTAIN = 10.0
"""How many bits of counts must agree, besides those it takes to say which labels, where no sum of all can be held against
the levels: once in a thousand such a sum would be chance."""


@dataclass(frozen=True)
class Sum:
    """A label whose counts are those of its `parts` together; `of_all`: it is the sum of the whole dimension."""

    label: str
    parts: tuple[str, ...]
    of_all: bool = False


Sums = Mapping[str, tuple[Sum, ...]]
"""The sums of each dimension, that of all first."""


def sums_of(places: pd.DataFrame, values: Floats, totals: Totals) -> Sums:
    """The sums of each column of `places`, a row a cell, texts; `values`, float64[rows], are the counts.

    `totals` names the label of the sum of all, whose parts are all others where they add up to it. Where they do not, or
    where there is no such label, a label that the next ones together make up, or those before it, is their sum. Labels
    that are left make up the sum of all; where they do not, it is said to be made of all others, which it is not.
    """
    return {dim: _sums(_Dimension.of(places, dim, values, totals)) for dim in places.columns}


@dataclass(frozen=True, eq=False)
class _Dimension:
    """The counts of each label but the sum of all, float64[labels, keys], where one is given, bool alike, and the sum's
    own; `telling`, bool[keys]: which keys are no sums themselves."""

    labels: tuple[str, ...]
    counts: Floats
    there: Bools
    telling: Bools
    total: str | None
    of_all: Floats
    total_there: Bools

    @classmethod
    def of(cls, places: pd.DataFrame, dim: str, values: Floats, totals: Totals) -> _Dimension:
        others = [name for name in places.columns if name != dim]
        key = lines(places, dim)
        label, names = pd.factorize(places[dim])
        counts = np.full((len(names), int(key.max()) + 1), np.nan)
        counts[label, key] = values
        is_sum = np.zeros(counts.shape[1], dtype=np.bool_)
        for name in others:
            is_sum[key[np.asarray(places[name] == totals[name])]] = True
        there = ~np.isnan(counts)
        counts = np.nan_to_num(counts)
        total = totals[dim]
        usual = np.asarray(names != total)
        return cls(
            tuple(names[usual].tolist()),
            counts[usual],
            there[usual],
            ~is_sum,
            total,
            counts[~usual].sum(axis=0),
            there[~usual].any(axis=0),
        )

    def adds_up(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether a label is the sum of some others wherever it stands."""
        at = self.there[whole]
        return bool((self.counts[list(parts)].sum(axis=0) == self.counts[whole])[at].all())

    def is_all(self, parts: Sequence[int]) -> bool:
        """Whether some labels make up the sum of all wherever that stands."""
        off = self.counts[list(parts)].sum(axis=0) != self.of_all
        return not (off & self.total_there).any()

    def is_certain(self, whole: int) -> bool:
        """Whether so many counts agree only where the one label is made of the others."""
        bits = np.log2(1.0 + self.counts[whole, self.telling]).sum()
        return bool(bits >= CERTAIN + np.log2(len(self.labels)))


def _sums(dimension: _Dimension) -> tuple[Sum, ...]:
    every = range(len(dimension.labels))
    labels = dimension.labels
    if dimension.total is None:
        read = [_levels(dimension, order) for order in (every[::-1], every)]
        at_the_top = {left[0] for _, left in read if len(left) == 1}
        return _named(labels, {one for found, _ in read for one in found}, at_the_top)
    if not dimension.is_all(every):
        for order in (every[::-1], every):
            found, left = _levels(dimension, order)
            if found and dimension.is_all(left):
                whole = Sum(dimension.total, tuple(labels[at] for at in sorted(left)), of_all=True)
                return (whole, *_named(labels, found, ()))
    return (Sum(dimension.total, labels, of_all=True),)


_Found = tuple[int, tuple[int, ...]]


def _levels(dimension: _Dimension, order: Sequence[int]) -> tuple[list[_Found], list[int]]:
    """The labels that are sums, with their parts, and those that are part of none. `order`: each comes after its parts."""
    found: list[_Found] = []
    left: list[int] = []
    for label in order:
        parts = _parts(dimension, label, left)
        if parts:
            found.append((label, parts))
            del left[-len(parts) :]
        left.append(label)
    return found, left


def _parts(dimension: _Dimension, label: int, left: Sequence[int]) -> tuple[int, ...]:
    """The last ones of those `left` that make up a label; none where there are no such."""
    if not dimension.counts[label].any():
        return ()
    certain = dimension.is_certain(label)
    if dimension.total is None and not certain:
        return ()
    # That one count is another's says nothing, unless there are many of them. Nobodies beside the parts are parts too.
    for many in range(len(left), 0 if certain else 1, -1):
        parts = tuple(sorted(left[-many:]))
        if dimension.adds_up(label, parts):
            return parts
    return ()


def _named(
    labels: Sequence[str], found: Iterable[_Found], of_all: Container[int]
) -> tuple[Sum, ...]:
    """What was found, by name, in the order of the rows but that of all first."""
    return tuple(
        Sum(labels[label], tuple(labels[at] for at in parts), label in of_all)
        for label, parts in sorted(found, key=lambda one: (one[0] not in of_all, one))
    )


def told(sums: Sums) -> Iterable[str]:
    """What was taken for sums, in Danish, a line each."""
    for dim, found in sums.items():
        if not any(one.of_all for one in found):
            yield f"{dim}: ingen række er summen af de andre; den må ikke udgives noget andet sted."
        for one in found:
            yield (
                f"{dim}: summen er »{one.label}«."
                if one.of_all and len(found) == 1
                else f"{dim}: »{one.label}« er summen af {', '.join(one.parts)}."
            )
