"""Which label of a dimension is the sum of the others: a sum taken for one more part would give away what is hidden in it.

Belongs here: finding the label. Not here: sums of some of the labels, and what each sum is made of (`nested`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from disclosure.patterns.cells import Floats, Ints

Totals = Mapping[str, str | None]
"""The label of the sum in each dimension; None where no row is one."""

USUAL = frozenset(
    {"i alt", "ialt", "alt", "alle", "total", "totalt", "samlet", "sum", "hele", "all"}
)
"""What the sum is usually called, in small letters."""


def totals_of(places: pd.DataFrame, values: Floats, named: str | None = None) -> Totals:
    """The label of the sum in each column of `places`, a row a cell, texts; `values`, float64[rows], are the counts.

    `named` is the label, where it is one of the column's. Else it is the one with a usual name, or the one whose every
    count is the sum of the others'. Raises ValueError where `named` is nowhere, and where several labels could be it.
    """
    if named is not None and not (places == named).to_numpy().any():
        raise ValueError(f"{named} står ikke i nogen af dimensionerne")
    return {dim: _total(places, dim, values, named) for dim in places.columns}


def _total(places: pd.DataFrame, dim: str, values: Floats, named: str | None) -> str | None:
    labels = sorted(places[dim].unique())
    if named in labels:
        return named
    usual = [label for label in labels if label.strip().casefold() in USUAL]
    found = usual or _sums(places, dim, values)
    if len(found) > 1:
        raise ValueError(
            f"i kolonnen {dim} kan summen være flere: {', '.join(found)}; sig med --total, hvad den hedder, "
            "eller med --no-totals, at ingen række er en sum"
        )
    return found[0] if found else None


def lines(places: pd.DataFrame, dim: str) -> Ints:
    """A number for each cell, int64[rows]: those that differ in the column `dim` alone have the same."""
    others = [name for name in places.columns if name != dim]
    if not others:
        return np.zeros(len(places), dtype=np.int64)
    return np.asarray(places.groupby(others, sort=False).ngroup(), dtype=np.int64)


def _sums(places: pd.DataFrame, dim: str, values: Floats) -> list[str]:
    """The labels of which each count is the sum of those that differ from it in this column alone."""
    counts = pd.Series(values, places.index).groupby(lines(places, dim))
    rest = counts.transform("sum") - values
    beside = places.assign(adds_up=rest == values, some=values > 0)[counts.transform("size") > 1]
    return [
        str(label)
        for label, own in beside.groupby(dim, sort=True)
        if own["adds_up"].all() and own["some"].any()
    ]
