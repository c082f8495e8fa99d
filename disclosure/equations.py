"""The sums a reader knows to hold between the counts of a tidy table.

Belongs here: finding, among cells with their keys, which add up to which, checked against the
counts. Not here: making cells out of rows (`system`), whom a figure counts (`quantities`).

Every sum is a total, the parts the table shows, and the rest: an unpublished cell that a reader can
compute by subtraction (those who are not long-term unemployed, the rest of the population, months
before the table begins).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from disclosure.cells import Bools, CellSystem, Ints
from disclosure.quantities import WINDOW, Vocabulary

KEY = ["quantity", "variant", "month", "group", "dim1", "value1"]
_BUT_MONTH = [name for name in KEY if name != "month"]
_BUT_VARIANT = [name for name in KEY if name != "variant"]
_BUT_GROUP = [name for name in KEY if name != "group"]
_TABLE = ["quantity", "variant", "month", "group"]


class Equations:
    """A growing system: published cells in the order of their keys, then unpublished ones."""

    def __init__(self, count: Ints, weight: Ints, scale: Ints) -> None:
        self._count, self._weight, self._scale = count, weight, scale
        self._published = len(count)
        self._rows: list[tuple[Ints, Ints, Ints]] = []
        self._relations = 0

    def add(
        self, totals: Ints, of: Ints, parts: Ints, *, complete: bool | Bools
    ) -> tuple[Ints, Bools]:
        """Relation i: `totals[i]` is the sum of the `parts` whose `of` is i, and a rest.

        The rest becomes an unpublished cell, returned by relation (-1 where there is none). A
        relation is dropped where its parts exceed the total (they do not add up, a person counts in
        several), or come to the total by chance: `complete` says that a reader knows that there is
        no rest. Also returned: which relations were kept, bool[len(totals)].
        """
        size = len(totals)
        known = np.bincount(of, weights=self._count[parts], minlength=size).astype(np.int64)
        rest = self._count[totals] - known
        kept = (np.bincount(of, minlength=size) > 0) & ((rest > 0) | ((rest == 0) & complete))
        with_rest = np.flatnonzero(kept & (rest > 0))
        rests = np.full(size, -1, dtype=np.int64)
        rests[with_rest] = self.unpublished(rest[with_rest], self._scale[totals[with_rest]])
        number = self._relations - 1 + np.cumsum(kept)
        self._relations += int(kept.sum())
        at, used = np.flatnonzero(kept), kept[of]
        self._rows += [
            (number[at], np.zeros(len(at), dtype=np.int64), totals[at]),
            (number[of[used]], np.ones(int(used.sum()), dtype=np.int64), parts[used]),
            (number[with_rest], np.full(len(with_rest), 2), rests[with_rest]),
        ]
        return rests, kept

    def unpublished(self, count: Ints, scale: Ints) -> Ints:
        """New cells that stand in no table, and their positions."""
        start = len(self._count)
        self._count = np.concatenate([self._count, count])
        self._scale = np.concatenate([self._scale, scale])
        self._weight = np.concatenate([self._weight, np.ones(len(count), dtype=np.int64)])
        return np.arange(start, start + len(count))

    def count_of(self, cells: Ints) -> Ints:
        """The counts of some cells."""
        return self._count[cells]

    def scale_of(self, cells: Ints) -> Ints:
        """The scales of some cells."""
        return self._scale[cells]

    def system(self) -> CellSystem:
        """The finished system."""
        nothing = np.zeros(0, dtype=np.int64)
        of, role, member = (
            np.concatenate([nothing, *column]) for column in zip(*self._rows, strict=True)
        )
        order = np.lexsort((member, role, of))
        lengths = np.bincount(of, minlength=self._relations)
        return CellSystem(
            count=self._count,
            weight=self._weight,
            scale=self._scale,
            published=np.arange(len(self._count)) < self._published,
            starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            members=member[order],
        )


def add_breakdowns(equations: Equations, places: pd.DataFrame) -> None:
    """The categories of each breakdown sum to the total. `places`: KEY and `cell`, one a place."""
    whole = places.loc[places["dim1"] == "", [*_TABLE, "cell"]]
    parts = places[places["dim1"] != ""].merge(whole, on=_TABLE, suffixes=("", "_total"))
    _add_groups(equations, parts, [*_TABLE, "dim1"], complete=True)


def add_complements(equations: Equations, numerator: Ints, denominator: Ints) -> Ints:
    """Those of each denominator who are not in the numerator; their cells, -1 where there are none.

    A rate over months added up (`scale`) has no such people.
    """
    pairs = np.unique(np.stack([denominator, numerator]), axis=1)
    totals, parts = pairs[0], pairs[1]
    usable = (equations.scale_of(totals) == 1) & (totals != parts)
    totals, parts = totals[usable], parts[usable]
    rests, _ = equations.add(totals, np.arange(len(totals)), parts, complete=False)
    found = pd.Series(rests, index=pd.MultiIndex.from_arrays([totals, parts]))
    asked = pd.MultiIndex.from_arrays([denominator, numerator])
    return np.asarray(found.reindex(asked, fill_value=-1), dtype=np.int64)


def add_nested(equations: Equations, cells: pd.DataFrame, vocabulary: Vocabulary) -> None:
    """A variant within another: outer = inner + the difference, published or not."""
    for nest in vocabulary.nested:
        own = cells[cells["quantity"] == nest.quantity]
        outer, inner, difference = (
            own.loc[own["variant"] == variant, [*_BUT_VARIANT, "cell"]]
            for variant in (nest.outer, nest.inner, nest.difference)
        )
        _add_joined(equations, outer, inner, difference, _BUT_VARIANT)


def add_groups(equations: Equations, cells: pd.DataFrame) -> None:
    """T + R = P where both T and P are published; R is published or the rest."""
    people, target, others = (
        cells.loc[cells["group"] == group, [*_BUT_GROUP, "cell"]] for group in ("P", "T", "R")
    )
    _add_joined(equations, people, target, others, _BUT_GROUP)


def add_summed_variants(equations: Equations, cells: pd.DataFrame, vocabulary: Vocabulary) -> None:
    """`all` is the sum of the schemes where nobody has two."""
    own = cells[cells["quantity"].isin(vocabulary.summed)]
    whole = own.loc[own["variant"] == "all", [*_BUT_VARIANT, "cell"]]
    parts = own[own["variant"] != "all"].merge(whole, on=_BUT_VARIANT, suffixes=("", "_total"))
    # Schemes that come to less than `all` say that a scheme is not shown: left to the rest.
    _add_groups(equations, parts, _BUT_VARIANT, complete=True)


def add_twelve_months(equations: Equations, cells: pd.DataFrame) -> None:
    """A twelve-month sum is its months; two neighbours share eleven of them.

    The neighbours' common eleven months are an unpublished cell in two sums, so that a month that
    enters cannot be had from one that leaves.
    """
    windowed = cells["variant"].map(lambda variant: WINDOW in variant.split("|")).astype(bool)
    sums = cells.loc[windowed, [*KEY, "cell"]].reset_index(drop=True)
    sums["variant"] = sums["variant"].map(_without_window)
    single = cells.loc[~windowed, [*KEY, "cell"]]
    shifted = [single.assign(month=single["month"] + ahead, ahead=ahead) for ahead in range(12)]
    months = pd.concat(shifted).merge(sums, on=KEY, suffixes=("", "_total"))
    if not len(months):
        return
    _add_groups(
        equations, months, KEY, complete=months.groupby(KEY)["cell"].transform("size") == 12
    )
    before = sums.assign(month=sums["month"] + 1)
    pairs = sums.merge(before, on=KEY, suffixes=("", "_before")).merge(
        single.rename(columns={"cell": "cell_enters"}), on=KEY
    )
    last, first = _ints(pairs["cell"]), _ints(pairs["cell_before"])
    enters = _ints(pairs["cell_enters"])
    leaves = pairs[_BUT_MONTH].assign(month=pairs["month"] - 12).merge(single, on=KEY, how="left")
    core = equations.count_of(last) - equations.count_of(enters)
    fits = (core >= 0) & (equations.count_of(first) >= core)
    last, first, enters = last[fits], first[fits], enters[fits]
    left = leaves["cell"].fillna(-1).to_numpy(np.int64)[fits]
    shared = equations.unpublished(core[fits], equations.scale_of(last))
    each = np.arange(len(last))
    equations.add(last, np.tile(each, 2), np.concatenate([enters, shared]), complete=True)
    shown = left >= 0
    equations.add(
        first,
        np.concatenate([each, each[shown]]),
        np.concatenate([shared, left[shown]]),
        complete=shown,
    )


def _add_joined(
    equations: Equations,
    totals: pd.DataFrame,
    parts: pd.DataFrame,
    others: pd.DataFrame,
    on: list[str],
) -> None:
    """total = part + other, where total and part are published; complete where the other is."""
    joined = totals.merge(parts, on=on, suffixes=("_total", "_part"))
    joined = joined.merge(others, on=on, how="left").sort_values(on, kind="stable")
    other = joined["cell"].fillna(-1).to_numpy(np.int64)
    each, shown = np.arange(len(joined)), other >= 0
    equations.add(
        _ints(joined["cell_total"]),
        np.concatenate([each, each[shown]]),
        np.concatenate([_ints(joined["cell_part"]), other[shown]]),
        complete=shown,
    )


def _add_groups(
    equations: Equations, parts: pd.DataFrame, by: list[str], *, complete: bool | pd.Series
) -> None:
    """One relation a group of `parts`, whose total is column `cell_total`."""
    groups = parts.groupby(by, sort=True)
    first = groups["cell_total"].first()
    flags = (
        complete
        if isinstance(complete, bool)
        else complete.groupby(groups.ngroup()).first().to_numpy(np.bool_)
    )
    equations.add(_ints(first), _ints(groups.ngroup()), _ints(parts["cell"]), complete=flags)


def _without_window(variant: str) -> str:
    return "|".join(part for part in variant.split("|") if part != WINDOW)


def _ints(column: pd.Series) -> Ints:
    return column.to_numpy(np.int64)
