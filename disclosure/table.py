"""A tidy table made fit to leave.

Belongs here: from unprotected rows to the same rows with hidden figures, and how many were hidden.
Not here: how cells are found (`system`) and chosen (`suppression`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.cells import PRIMARY, SECONDARY, VISIBLE, Bools
from disclosure.quantities import VOCABULARY, Vocabulary
from disclosure.suppression import protect
from disclosure.system import build

SUPPRESSED = "suppressed"
_NUMBERS = ["numerator", "denominator", "value", "low", "high"]


class ProtectionError(RuntimeError):
    """A table that could not be made safe by hiding figures; nothing of it may leave."""


@dataclass(frozen=True)
class Hidden:
    """Hidden figures: `primary` show a small count themselves, `secondary` would give one away."""

    primary: int
    secondary: int


@dataclass(frozen=True)
class Summary:
    """How many figures are hidden, in all and by indicator (those with none are left out)."""

    threshold: int
    primary: int
    secondary: int
    by_indicator: Mapping[str, Hidden]


def can_be_protected(table: pd.DataFrame, vocabulary: Vocabulary = VOCABULARY) -> Bools:
    """Which rows `protect_table` knows how to protect: bool[len(table)].

    Only an indicator whose people the vocabulary names, in total or by one breakdown. Whatever else a table holds is of
    people nobody has said how to protect, and must not leave with the rest.
    """
    one_way = ~table["dim2"].notna().to_numpy(bool) | (table["dim2"] == "").to_numpy(bool)
    return np.asarray(table["indicator"].isin(list(vocabulary.counted)).to_numpy(bool) & one_way)


def protect_table(
    table: pd.DataFrame, threshold: int, vocabulary: Vocabulary = VOCABULARY
) -> tuple[pd.DataFrame, Summary]:
    """The table with every figure hidden that shows, or gives away, a count below `threshold`.

    Columns, rows, order and index are kept; a hidden row has blank numbers and the flag
    `suppressed`, the same for small and for secondary ones. `threshold` is the smallest count that
    may be shown besides zero. Raises ValueError for a table that cannot be read as people counted
    (`system.build`), ProtectionError where hiding does not suffice.
    """
    if threshold < 1:
        raise ValueError("the threshold must be at least 1")
    built = build(table, vocabulary)
    protection = protect(built.system, threshold)
    if len(protection.unsafe):
        raise ProtectionError(f"{len(protection.unsafe)} sums cannot be made safe by hiding")
    shown = table[_NUMBERS].notna().any(axis=1).to_numpy(np.bool_)
    status = np.where(shown, built.figures.status(protection.hidden), VISIBLE)
    away = status != VISIBLE
    protected = table.copy()
    for name in _NUMBERS:
        protected[name] = protected[name].astype("float64").mask(away)
    protected["flag"] = protected["flag"].mask(away, SUPPRESSED)
    names = table["indicator"].astype(str).to_numpy()
    by_indicator = {
        str(name): Hidden(
            primary=int(((names == name) & (status == PRIMARY)).sum()),
            secondary=int(((names == name) & (status == SECONDARY)).sum()),
        )
        for name in np.unique(names[away])
    }
    return protected, Summary(
        threshold=threshold,
        primary=int((status == PRIMARY).sum()),
        secondary=int((status == SECONDARY).sum()),
        by_indicator=by_indicator,
    )
