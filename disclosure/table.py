"""A tidy table made fit to leave.

Belongs here: from unprotected rows to the same rows with hidden figures, and how many were hidden.
Not here: how cells are found (`system`) and chosen (`patterns`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from disclosure.patterns.cells import (
    PRIMARY,
    SECONDARY,
    VISIBLE,
    CellSystem,
    Ints,
    ProtectionError,
    Statuses,
)
from disclosure.patterns.choice import protect
from disclosure.patterns.earlier import protect_again
from disclosure.patterns.moves import Moves
from disclosure.patterns.near import within
from disclosure.quantities import VOCABULARY
from disclosure.reduction import NOTHING, reduce
from disclosure.republished import NUMBERS, PublishedBefore, beside, hidden_from
from disclosure.system import build
from disclosure.vocabulary import Vocabulary
from disclosure.watching import Watch, unwatched

_TRIES, _NEAR = 3, 6
"""How often zeros are taken among what may be hidden, and so many relations further each time."""


@dataclass(frozen=True)
class Hidden:
    """Hidden figures: `primary` show a small count themselves, `secondary` would give one away."""

    primary: int
    secondary: int


@dataclass(frozen=True)
class Summary:
    """How many figures are hidden, in all and by indicator (those with none are left out); `doubted`: how many of their
    counts were shown in a table before and have not changed, for want of any other; `apart`: the positions of the hidden
    rows that are not supposed to be what they were in tables before (`patterns.earlier`)."""

    threshold: int
    primary: int
    secondary: int
    by_indicator: Mapping[str, Hidden]
    doubted: int = 0
    apart: tuple[int, ...] = ()


def protect_table(
    table: pd.DataFrame,
    threshold: int,
    vocabulary: Vocabulary = VOCABULARY,
    before: Sequence[PublishedBefore] = (),
    watch: Watch = unwatched,
) -> tuple[pd.DataFrame, Summary]:
    """The table with every figure hidden that shows, or gives away, a count below `threshold`.

    Columns, rows, order and index are kept; a hidden row has blank numbers and the flag
    `suppressed`, the same for small and for secondary ones. `threshold` is the smallest count that
    may be shown besides zero. `before`: tables already published, the oldest first; nothing that
    they or this one hide follows from all of them. `watch` is told how far it has come. Raises
    ValueError for a table that cannot be read as people counted (`system.build`), ProtectionError
    where hiding does not suffice.
    """
    if threshold < 1:
        raise ValueError("the threshold must be at least 1")
    built = build(table, vocabulary, threshold)
    shown = table[NUMBERS].notna().any(axis=1).to_numpy(np.bool_)
    figure, earlier = beside(built, table, before, vocabulary, threshold)
    again = protect_again(built.system, figure, earlier, partial(_hidden, watch=watch))
    status = np.where(shown, built.figures.status(again.status), VISIBLE)
    status[built.unfounded] = PRIMARY
    away = status != VISIBLE
    protected = hidden_from(table, away)
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
        doubted=len(again.doubted),
        apart=tuple(np.flatnonzero(away & built.figures.using(again.apart)).tolist()),
    )


def _hidden(system: CellSystem, watch: Watch) -> Statuses:
    """The statuses of a table's cells, where less is asked of means that what was published before keeps small: that eleven
    of the twelve months are of nobody says so, whatever is hidden now."""
    try:
        return _wide(system, watch)
    except ProtectionError as problem:
        kept = _kept_small(system, problem.cells)
        if not len(kept):
            raise
    return _wide(system.asking_less(kept), watch)


def _kept_small(system: CellSystem, cells: Ints) -> Ints:
    """Those of the cells of which less is enough, and which cannot be as large as asked though everything were hidden but
    what was shown before: not those of which the search has merely not found how."""
    moves, free = Moves(system), np.isfinite(system.weight)
    asked = system.reach - system.value
    means = cells[system.enough[cells] < system.reach[cells]]
    most = [moves.most(cell, free) for cell in means.tolist()]
    proved = [one is not None and one < asked[cell] for cell, one in zip(means, most, strict=True)]
    return means[np.array(proved, dtype=np.bool_)]


def _wide(system: CellSystem, watch: Watch) -> Statuses:
    """The statuses of a table's cells. Zeros are shown, and hidden only beside what cannot be made safe otherwise."""
    reduction, opened = reduce(system), np.zeros(len(system.value), dtype=np.bool_)
    known = system.sensitive & (reduction.cell == NOTHING)
    for _ in range(_TRIES):
        if known.any():
            opened = within(system.matrix, opened | known, _NEAR)
            reduction = reduce(system, opened)
        protection = protect(reduction.system, watch)
        known = np.isin(reduction.cell, protection.unsafe)
        known |= system.sensitive & (reduction.cell == NOTHING)
        if not known.any():
            return reduction.status_of(protection.hidden, system)
    raise ProtectionError(np.flatnonzero(known))
