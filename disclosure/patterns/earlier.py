"""Cells some of which were published before: what was shown is known for good, what was hidden must not follow from both.

Belongs here: taking earlier publications into a system, so that what is hidden now and what was hidden then hold together.
Not here: the choice (`choice`), which figures of two sets are the same (the caller says), the proof (`disclosure.audit`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from disclosure.patterns.cells import (
    PRIMARY,
    SECONDARY,
    Bools,
    CellSystem,
    Floats,
    Ints,
    ProtectionError,
    Statuses,
)
from disclosure.patterns.choice import Protection, protect

_HELD, _DEAR = 0.6, 1000.0
"""What hiding a cell costs that was hidden before, so that the pattern stays where it is enough, and one that was shown."""


Choose = Callable[[CellSystem], Statuses]
"""Which cells of a system are hidden; raises ProtectionError where none will do."""

_NOBODY, _NOTHING = np.zeros(0, dtype=np.int64), np.zeros(0)


@dataclass(frozen=True, eq=False)
class Earlier:
    """A publication made before: its system, what it hid (bool[m], unpublished cells included), and the number of the figure
    each cell is (int64[m], -1 for none), the same in every publication."""

    system: CellSystem
    hidden: Bools
    figure: Ints


def with_fixed(system: CellSystem, shown: Bools, hidden: Bools) -> CellSystem:
    """The system where some cells were shown and others hidden for good, bool[n] each.

    What was shown is known whatever is done now, so it neither hides nor needs hiding; what was hidden no reader sees.
    """
    return replace(
        system,
        reach=np.where(shown, np.nan, system.reach),
        fall=np.where(shown, np.nan, system.fall),
        weight=np.where(shown, np.inf, system.weight),
        published=(system.published | shown) & ~hidden,
    )


def protect_after(system: CellSystem, shown: Bools, hidden: Bools) -> Protection:
    """Protect what is new beside cells published before with a status that stays.

    Cells of `hidden` stay hidden. One of `shown` that is small now is hidden in what is published now, though it is known.
    """
    done = protect(with_fixed(system, shown, hidden))
    status = done.hidden.copy()
    status[hidden & (status != PRIMARY)] = SECONDARY
    status[shown & system.sensitive] = PRIMARY
    return replace(done, hidden=status)


def protect_again(
    system: CellSystem, figure: Ints, earlier: Sequence[Earlier], choose: Choose
) -> tuple[Statuses, Ints]:
    """The statuses of a system of which earlier publications are in readers' hands; `figure` is as in `Earlier`.

    A figure whose value is what it was in another publication is one unknown in both, known if either shows it; a reader may
    suppose so of every figure they have not seen change. One that was corrected is another unknown than the one before.
    Afterwards nothing sensitive now or then is nearer than it may be for a reader of all.

    Where that cannot be had, because what was shown leaves too little room, figures shown before are hidden now, the last of
    all: their positions are returned beside the statuses, int64[k]. A reader who supposes them unchanged all the same
    can come nearer than they should; that they are hidden says that something has changed. Raises what `choose` raises.
    """
    n = len(system.value)
    known, shown_before = with_earlier(system, figure, earlier)
    try:
        status, doubted = choose(known)[:n].copy(), np.zeros(0, dtype=np.int64)
    except ProtectionError:
        doubting, _ = with_earlier(
            replace(system, weight=np.where(shown_before, _DEAR, 1.0) * system.weight),
            np.where(shown_before, -1, figure),
            earlier,
        )
        status = choose(doubting)[:n].copy()
        doubted = np.flatnonzero(shown_before & (status == SECONDARY))
    status[system.sensitive] = PRIMARY
    return status, doubted


def with_earlier(
    system: CellSystem, figure: Ints, earlier: Sequence[Earlier]
) -> tuple[CellSystem, Bools]:
    """Everything a reader has as one system, this one's cells first; and which of these were shown before, bool[n].

    `figure` and `earlier` are as in `protect_again`.
    """
    n = len(system.value)
    shown = np.zeros(n, dtype=np.bool_)
    places = _Places()
    places.put(figure, system.value, np.arange(n))
    for publication in earlier:
        then, size = publication.system, len(system.value)
        place = places.of(publication.figure, then.value, size)
        place = _same_rests(system, then, publication.figure < 0, place)
        places.put(publication.figure, then.value, place)
        seen = place[~publication.hidden & then.published]
        shown[seen[seen < n]] = True
        system = _joined(system, publication, place)
    return system, shown


class _Places:
    """Where each figure stands by its value: one with the value it has in another publication is the same unknown."""

    def __init__(self) -> None:
        self._known = pd.Series(np.zeros(0, dtype=np.int64), index=_named(_NOBODY, _NOTHING))

    def of(self, figure: Ints, value: Floats, size: int) -> Ints:
        """The position of each cell, int64[m]: that of the same figure with the same value, or a new one from `size` on."""
        place = self._known.reindex(_named(figure, value), fill_value=-1).to_numpy(np.int64)
        own = (place < 0) | (figure < 0)
        return np.where(own, size + np.cumsum(own) - 1, place)

    def put(self, figure: Ints, value: Floats, place: Ints) -> None:
        """Remember where the figures of a publication stand."""
        named = figure >= 0
        more = pd.Series(place[named], index=_named(figure[named], value[named]))
        both = pd.concat([self._known, more])
        self._known = both[~both.index.duplicated()]


def _named(figure: Ints, value: Floats) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([figure, value])


def _same_rests(system: CellSystem, then: CellSystem, nameless: Bools, place: Ints) -> Ints:
    """The places where a nameless unpublished cell is the one that stands in the same relation now: what is left of the same
    figures is the same people."""
    size = len(system.value)
    if not (nameless & ~then.published).any():
        return place
    known = dict(_rests(system.matrix, ~system.published))
    moved = np.where(nameless & ~then.published, -1, place)
    found = place.copy()
    for name, cell in _rests(csr_array(then.matrix), moved < 0, moved):
        found[cell] = known.get(name, found[cell])
    # Those that are new follow one another.
    own = found >= size
    found[own] = size + np.arange(int(own.sum()))
    return found


def _rests(
    matrix: csr_array, rest: Bools, place: Ints | None = None
) -> Iterator[tuple[bytes, int]]:
    """Each relation with just one rest: the others, at their places, as one name, and the rest."""
    starts, of = matrix.indptr, matrix.indices
    ones = csr_array((np.ones(len(of)), of, starts), shape=matrix.shape)
    number = ones @ rest.astype(np.float64)
    at = of if place is None else place[of]
    for row in np.flatnonzero(number == 1).tolist():
        part = slice(starts[row], starts[row + 1])
        mine = rest[of[part]]
        order = np.argsort(at[part][~mine], kind="stable")
        terms = matrix.data[part]
        name = at[part][~mine][order].astype(np.int64).tobytes()
        name += terms[~mine][order].tobytes() + terms[mine].tobytes()
        yield name, int(of[part][mine][0])


def _joined(system: CellSystem, before: Earlier, place: Ints) -> CellSystem:
    """Both as one system, the earlier one's cells at `place`."""
    then, size = before.system, len(system.value)
    own = np.flatnonzero(place >= size)
    both = np.flatnonzero(place < size)
    total = size + len(own)
    shown = np.zeros(total, dtype=np.bool_)
    shown[place[~before.hidden & then.published]] = True
    # What was hidden and is no figure of today is seen in nothing that is published now.
    gone = np.zeros(total, dtype=np.bool_)
    gone[place[own][before.hidden[own]]] = True
    held = place[both][before.hidden[both]]
    weight = system.weight.copy()
    weight[held] *= _HELD
    lower = np.concatenate([system.lower, then.lower[own]])
    lower[place[both]] = np.maximum(lower[place[both]], then.lower[both])
    old = then.matrix.tocoo()
    joined = replace(
        system,
        value=np.concatenate([system.value, then.value[own]]),
        lower=lower,
        reach=np.concatenate([system.reach, then.reach[own]]),
        fall=np.concatenate([system.fall, then.fall[own]]),
        weight=np.concatenate([weight, then.weight[own]]),
        published=np.concatenate([system.published, then.published[own]]),
        block=np.concatenate([system.block, then.block[own]]),
        before=np.concatenate([system.before, np.full(len(own), -1, dtype=np.int64)]),
        matrix=_distinct(
            [
                csr_array(
                    (system.matrix.data, system.matrix.indices, system.matrix.indptr),
                    shape=(system.matrix.shape[0], total),
                ),
                csr_array((old.data, (old.row, place[old.col])), shape=(old.shape[0], total)),
            ]
        ),
    )
    return with_fixed(joined, shown, gone)


def _distinct(matrices: list[csr_array]) -> csr_array:
    """All relations, each once."""
    matrix = csr_array(vstack(matrices))
    matrix.sort_indices()
    first: dict[bytes, int] = {}
    for row in range(matrix.shape[0]):
        start, stop = matrix.indptr[row], matrix.indptr[row + 1]
        terms = matrix.indices[start:stop].tobytes() + matrix.data[start:stop].tobytes()
        first.setdefault(terms, row)
    return csr_array(matrix[list(first.values())])
