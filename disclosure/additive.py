"""Disclosure control of any additive table on its own: a row a cell, margins marked by a total label.

Belongs here: from rows to cells and relations, and the same rows with a status. Not here: which cells
are hidden (`patterns`), reading and writing files (the command), our own tidy table (`system`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from disclosure.patterns.cells import PRIMARY, SECONDARY, VISIBLE, CellSystem, Floats, Ints
from disclosure.patterns.choice import protect

HIDDEN = "skjult"


class NotAdditive(ValueError):  # noqa: N818
    """A table whose parts do not add up to its totals, or with a place twice."""


@dataclass(frozen=True)
class ProtectedTable:
    """`table`: the rows given, hidden counts blank, with a column `status`, `skjult` there: one mark, as a reader who knew
    which are the small ones would know more. How many cells are hidden for being small, how many so that those cannot be
    worked out, and how many small ones cannot be protected by hiding.
    """

    table: pd.DataFrame
    primary: int
    secondary: int
    unsafe: int

    def log(self, threshold: int) -> tuple[str, ...]:
        """What was done, in Danish; never which value."""
        lines = [
            f"{len(self.table)} celler, heraf skjult {self.primary + self.secondary}.",
            f"{self.primary} er skjult, fordi antallet er under {threshold} (primær).",
            f"{self.secondary} er skjult, fordi de små ellers kunne regnes ud eller snævres ind (sekundær).",
        ]
        if self.unsafe:
            lines.append(
                f"{self.unsafe} små celler kan ikke beskyttes ved at skjule; tabellen må ikke udgives."
            )
        return tuple(lines)


def protect_rows(
    table: pd.DataFrame,
    dims: Sequence[str],
    count: str,
    threshold: int = 5,
    *,
    total: str = "I alt",
    zeros_shown: bool = True,
    weight: str | None = None,
) -> ProtectedTable:
    """The table with every count hidden that is small or gives a small one away.

    `dims`: the columns that say where a count belongs; in each the label `total` marks the sum over it. `count`: the column
    of whole numbers of people. A margin that is not among the rows is taken not to be published. `weight`: a column of what
    hiding a cell costs; else each costs one. Raises NotAdditive, ValueError for a column that is not there or no count.
    """
    missing = {*dims, count, *([weight] if weight else [])} - {*table.columns}
    if missing or not dims:
        raise ValueError(f"kolonnen findes ikke: {', '.join(sorted(missing)) or 'dims'}")
    values = pd.to_numeric(table[count], errors="coerce").to_numpy(np.float64)
    if np.isnan(values).any() or (values < 0).any() or (values != np.rint(values)).any():
        raise ValueError(f"{count} skal være hele, ikke-negative tal")
    places = table[list(dims)].astype(str).reset_index(drop=True)
    if places.duplicated().any():
        raise NotAdditive("et sted står to gange i tabellen")
    system = CellSystem.counts(
        values,
        _margins(places, values, total),
        threshold,
        zeros_shown=zeros_shown,
        weight=1.0 if weight is None else table[weight].to_numpy(np.float64),
    )
    protection = protect(system)
    hidden = protection.hidden != VISIBLE
    shown = table.copy()
    shown[count] = table[count].astype("Int64").mask(hidden)
    shown["status"] = np.where(hidden, HIDDEN, "")
    return ProtectedTable(
        table=shown,
        primary=int((protection.hidden == PRIMARY).sum()),
        secondary=int((protection.hidden == SECONDARY).sum()),
        unsafe=len(protection.unsafe),
    )


def _margins(places: pd.DataFrame, values: Floats, total: str) -> csr_array:
    """A relation for each margin given: a cell with `total` in one column, and those that differ from it there alone."""
    rows: list[tuple[int, Ints]] = []
    for dim in places.columns:
        others = places.drop(columns=dim)
        key = pd.Series(["\x1f".join(place) for place in others.itertuples(index=False)])
        whole = np.asarray(places[dim] == total)
        margin_of = {key[at]: int(at) for at in np.flatnonzero(whole)}
        for name, same in key[~whole].groupby(key[~whole]):
            if name in margin_of:
                rows.append((margin_of[str(name)], same.index.to_numpy(np.int64)))
    for margin, parts in rows:
        if values[margin] != values[parts].sum():
            label = ", ".join(places.iloc[margin])
            raise NotAdditive(f"delene giver ikke summen ved {label}")
    number = np.concatenate(
        [np.full(len(parts) + 1, at) for at, (_, parts) in enumerate(rows)] or [np.zeros(0)]
    )
    column = np.concatenate([np.append(parts, margin) for margin, parts in rows] or [np.zeros(0)])
    entry = np.concatenate(
        [np.append(np.ones(len(parts)), -1.0) for _, parts in rows] or [np.zeros(0)]
    )
    shape = (len(rows), len(places))
    return coo_array((entry, (number.astype(int), column.astype(int))), shape=shape).tocsr()
