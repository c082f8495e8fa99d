"""Disclosure control of any additive table on its own: a row a cell, some of them sums of others.

Belongs here: from rows to cells and relations, and the same rows with a status, hidden or rounded. Not here: which cells
are hidden (`patterns`), how figures are rounded (`rounding`), which rows are sums (`totals`), reading and writing files (the
command), our own tidy table (`system`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from disclosure.nested import Sums, sums_of, told
from disclosure.patterns.cells import PRIMARY, SECONDARY, VISIBLE, CellSystem, Floats, Ints
from disclosure.patterns.choice import protect
from disclosure.patterns.groups import with_groups
from disclosure.rounding import round_all, round_small
from disclosure.totals import Totals, lines, totals_of

STATUS, HIDDEN, ROUNDED = "status", "skjult", "afrundet"

SMALL_GROUP = 2
"""A group of up to so many thresholds of people is small: that all of them are alike says something of each."""


class NotAdditive(ValueError):  # noqa: N818
    """A table whose parts do not add up to its totals, or with a place twice."""


@dataclass(frozen=True)
class ProtectedTable:
    """`table`: the rows given, hidden counts blank, with a column `STATUS`, `skjult` there: one mark, as a reader who knew
    which are the small ones would know more. How many cells are hidden for being small, how many zeros so that it is not
    known of a small group that all or none are alike, how many so that neither can be worked out, and how many cannot be
    protected by hiding. `sums`: what was taken for them.
    """

    table: pd.DataFrame
    primary: int
    alike: int
    secondary: int
    unsafe: int
    sums: Sums

    def log(self, threshold: int) -> tuple[str, ...]:
        """What was done, in Danish; never which value."""
        lines = [
            f"{len(self.table)} celler, heraf skjult {self.primary + self.alike + self.secondary}.",
            f"{self.primary} er skjult, fordi antallet er under {threshold} (primær).",
            f"{self.secondary} er skjult, fordi de små ellers kunne regnes ud eller snævres ind (sekundær).",
        ]
        if self.alike:
            lines.append(
                f"{self.alike} er skjulte nuller, der ellers sagde noget om alle i en lille gruppe."
            )
        if self.unsafe:
            lines.append(
                f"{self.unsafe} små celler kan ikke beskyttes ved at skjule; tabellen må ikke udgives."
            )
        return (*lines, *told(self.sums))


def protect_rows(
    table: pd.DataFrame,
    dims: Sequence[str],
    count: str,
    threshold: int = 5,
    *,
    total: str | None = None,
    no_totals: bool = False,
    zeros_shown: bool = True,
    weight: str | None = None,
    trait: str | None = None,
    keep: Sequence[str] = (),
) -> ProtectedTable:
    """The table with every count hidden that is small or gives a small one away: where it belongs, the count, the status.

    `dims`: the columns that say where a count belongs; in each the label `total` marks the sum over it, or what `totals_of`
    finds where that is none of its labels; levels between are as `sums_of` reads them; with `no_totals` no row is a sum.
    `count`: the column of whole numbers of people. A margin that is not among the rows is taken not to be published.
    `weight`: a column of what hiding a cell costs; else each costs one. `trait`: the one of `dims` that says of people what
    must not be known of all of a group, nor that none has it; groups of up to `SMALL_GROUP` thresholds, each with its sum.
    `keep`: further columns that are handed out; any other is left out, as a share gives away the count it stands beside.
    Raises NotAdditive, ValueError for a column that is not there, no count, no price or a group without its sum, and what
    `totals_of` raises.
    """
    places, values = _cells(table, dims, count, also=[*([weight] if weight else []), *keep])
    totals, sums = _read_sums(places, values, total, no_totals)
    relations = _relations(places, values, sums)
    if trait is not None and trait not in dims:
        raise ValueError(f"egenskaben {trait} er ikke en af dimensionerne")
    system = CellSystem.counts(
        values,
        relations,
        threshold,
        zeros_shown=zeros_shown,
        weight=1.0 if weight is None else _prices(table, weight),
    )
    if trait is not None:
        groups = _groups(places, trait, totals[trait])
        system = with_groups(system, groups, SMALL_GROUP * threshold)
    protection = protect(system)
    status = protection.hidden[: len(table)]
    hidden = status != VISIBLE
    shown = _handed_out(table, dims, count, keep)
    shown[count] = pd.Series(values, table.index).astype("Int64").mask(hidden)
    shown[STATUS] = np.where(hidden, HIDDEN, "")
    return ProtectedTable(
        table=shown,
        primary=int((status == PRIMARY)[values > 0].sum()),
        alike=int((status == PRIMARY)[values == 0].sum()),
        secondary=int((status == SECONDARY).sum()),
        unsafe=len(protection.unsafe),
        sums=sums,
    )


@dataclass(frozen=True)
class RoundedTable:
    """`table`: the rows given with rounded counts, and a column `status`, `afrundet` in every row: which of them were
    multiples before is not said. How many were changed, the most one was changed by, and how many by the base or more.
    `sums`: what was taken for them.
    """

    table: pd.DataFrame
    changed: int
    farthest: int
    beyond: int
    sums: Sums

    def log(self, base: int, *, only_small: bool) -> tuple[str, ...]:
        """What was done, in Danish; never which value."""
        how = (
            f"så intet antal er fra 1 til {base - 1}"
            if only_small
            else f"til hele multipla af {base}"
        )
        lines = [
            f"{len(self.table)} celler afrundet, {how}; delene giver stadig summerne.",
            f"{self.changed} antal er ændret, højst med {self.farthest}.",
        ]
        if self.beyond:
            lines.append(f"{self.beyond} antal måtte ændres med {base} eller mere.")
        return (*lines, *told(self.sums))


def round_rows(
    table: pd.DataFrame,
    dims: Sequence[str],
    count: str,
    base: int = 5,
    *,
    total: str | None = None,
    no_totals: bool = False,
    only_small: bool = False,
    keep: Sequence[str] = (),
) -> RoundedTable:
    """The table with every count rounded so that the parts still give the sums, as near the truth as can be.

    To multiples of `base`; with `only_small` no further than that no count is from 1 to `base` - 1. The columns are as in
    `protect_rows`, and so is what is raised; NotRounded where no rounding adds up.
    """
    places, values = _cells(table, dims, count, also=keep)
    _, sums = _read_sums(places, values, total, no_totals)
    relations = _relations(places, values, sums)
    if only_small:
        done = round_small(values, relations, base, np.ones(len(values), dtype=np.bool_))
    else:
        done = round_all(values, relations, base)
    change = np.abs(done.value - values)
    shown = _handed_out(table, dims, count, keep)
    shown[count] = done.value.astype(np.int64)
    shown[STATUS] = ROUNDED
    return RoundedTable(
        table=shown,
        changed=int((change > 0).sum()),
        farthest=int(change.max(initial=0)),
        beyond=len(done.beyond),
        sums=sums,
    )


def _cells(
    table: pd.DataFrame, dims: Sequence[str], count: str, also: Sequence[str] = ()
) -> tuple[pd.DataFrame, Floats]:
    """Where each count belongs, texts, and the counts, float64[rows]; the columns `also` are to be there too."""
    missing = {*dims, count, *also} - {*table.columns}
    if missing or not dims:
        raise ValueError(f"kolonnen findes ikke: {', '.join(sorted(missing)) or 'dims'}")
    if table.empty:
        raise ValueError("tabellen har ingen rækker")
    if STATUS in (*dims, count, *also):
        raise ValueError(
            f"kolonnen {STATUS} er den, der siger, hvad der er gjort; kald den noget andet"
        )
    values = pd.to_numeric(table[count], errors="coerce").to_numpy(np.float64)
    if np.isnan(values).any() or (values < 0).any() or (values != np.rint(values)).any():
        raise ValueError(f"{count} skal være hele, ikke-negative tal")
    places = table[list(dims)].astype(str).reset_index(drop=True)
    if places.duplicated().any():
        raise NotAdditive("et sted står to gange i tabellen")
    return places, values


def _handed_out(
    table: pd.DataFrame, dims: Sequence[str], count: str, keep: Sequence[str]
) -> pd.DataFrame:
    return table[[name for name in table.columns if name in {*dims, count, *keep}]].copy()


def _prices(table: pd.DataFrame, weight: str) -> Floats:
    """What hiding each cell costs, float64[rows]."""
    prices = pd.to_numeric(table[weight], errors="coerce").to_numpy(np.float64)
    if not (prices >= 0).all():
        raise ValueError(f"{weight} skal være tal, nul eller derover")
    return prices


def _read_sums(
    places: pd.DataFrame, values: Floats, total: str | None, no_totals: bool
) -> tuple[Totals, Sums]:
    if no_totals:
        return dict.fromkeys(places.columns), dict.fromkeys(places.columns, ())
    totals = totals_of(places, values, total)
    return totals, sums_of(places, values, totals)


def _groups(places: pd.DataFrame, trait: str, total: str | None) -> list[tuple[int, int]]:
    """Each group's cell (`total` in the column `trait`) with each cell of those in it who have one trait. Raises ValueError
    for a group whose cell is not there: who adds up its parts knows it all the same."""
    line = lines(places, trait)
    is_whole = np.asarray(places[trait] == total)
    whole_of = dict(zip(line[is_whole].tolist(), np.flatnonzero(is_whole).tolist(), strict=True))
    if not whole_of.keys() >= {*line.tolist()}:
        raise ValueError(f"i kolonnen {trait} skal hver gruppe have en række med sin sum")
    return [(whole_of[line[part]], part) for part in np.flatnonzero(~is_whole).tolist()]


def _relations(places: pd.DataFrame, values: Floats, sums: Sums) -> csr_array:
    """A relation for each sum given: a cell with its label in one column, and those with its parts' that differ from it
    there alone."""
    rows: list[tuple[int, Ints]] = []
    by_name = places.sort_values([*places.columns]).index.to_numpy(np.int64)
    for dim, of_dim in sums.items():
        line, label = lines(places, dim), places[dim]
        for one in of_dim:
            parts = np.flatnonzero(label.isin(one.parts))
            for whole in by_name[label[by_name] == one.label].tolist():
                beside = parts[line[parts] == line[whole]]
                if len(beside):
                    rows.append((whole, beside))
    for margin, parts in rows:
        if values[margin] != values[parts].sum():
            place = ", ".join(places.iloc[margin])
            raise NotAdditive(f"delene giver ikke summen ved {place}")
    number = np.concatenate(
        [np.full(len(parts) + 1, at) for at, (_, parts) in enumerate(rows)] or [np.zeros(0)]
    )
    column = np.concatenate([np.append(parts, margin) for margin, parts in rows] or [np.zeros(0)])
    entry = np.concatenate(
        [np.append(np.ones(len(parts)), -1.0) for _, parts in rows] or [np.zeros(0)]
    )
    shape = (len(rows), len(places))
    return coo_array((entry, (number.astype(int), column.astype(int))), shape=shape).tocsr()
