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
from disclosure.patterns.near import within

_HELD, _DEAR = 0.6, 1000.0
"""What hiding a cell costs that was hidden before, so that the pattern stays where it is enough, and one that was shown."""

_NEAR = 4
"""So many relations from what cannot be protected otherwise, a reader may no longer suppose that figures are unchanged."""

_DOUBTED = 2
"""So many relations from one that was shown and corrected, at most: a figure bound to it, and what that one is bound to."""


Choose = Callable[[CellSystem], Statuses]
"""Which cells of a system are hidden; raises ProtectionError where none will do."""

_NOBODY, _NOTHING = np.zeros(0, dtype=np.int64), np.zeros(0)


@dataclass(frozen=True, eq=False)
class Earlier:
    """A publication made before: its system, what it hid (bool[m], unpublished cells included), the number of the figure
    each cell is (int64[m], -1 for none), the same in every publication; and which of the hidden ones are not supposed to be
    what they were in those before it (`apart`, bool[m])."""

    system: CellSystem
    hidden: Bools
    figure: Ints
    apart: Bools

    @property
    def linked(self) -> Ints:
        """The figures' numbers, -1 where nothing is supposed of what the cell was."""
        return np.where(self.hidden & self.apart, -1, self.figure)


@dataclass(frozen=True, eq=False)
class Again:
    """A system protected beside earlier publications: its statuses, int8[n]; the cells of which a reader may no longer
    suppose that they are what they were (`apart`, bool[n]); and the positions of those among them that were shown before and
    are hidden now (`doubted`, int64[k])."""

    status: Statuses
    apart: Bools
    doubted: Ints


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
) -> Again:
    """The statuses of a system of which earlier publications are in readers' hands; `figure` is as in `Earlier`.

    A figure whose value is what it was in another publication is one unknown in both, known if either shows it; a reader may
    suppose so of every figure they have not seen change. One that was corrected is another unknown than the one before.
    Afterwards nothing sensitive now or then is nearer than it may be for a reader of all.

    What was hidden and is not small stays so if a reader can believe in one more of it; where that cannot be had, one less
    will do. Where what is asked cannot be had, because what was shown leaves too little room, figures near what cannot be
    protected stand `apart`, and at last all: what was hidden stays hidden, and what was shown before is hidden now, the last
    of all. A reader who supposes them unchanged all the same can come nearer than they should; that they are hidden says
    that something has changed. Not so the figures of a publication near which it shows none that is another now: nobody has
    a reason to doubt those. Raises what `choose` raises.
    """
    n = len(system.value)
    shown, hidden, held, firm = _before(system, figure, earlier)
    apart, less = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    falls = ~system.sensitive & (system.value >= system.lower + 1)
    while True:
        stays = hidden & (held | apart)
        weight = np.where(apart & shown, _DEAR, 1.0) * system.weight
        own = _staying(replace(system, weight=weight), stays, less)
        joined = with_earlier(own, np.where(apart, -1, figure), earlier)
        try:
            status = choose(joined)[:n].copy()
            break
        except ProtectionError as problem:
            narrow = _among(len(joined.value), problem.cells)[:n] & stays & falls & ~less
            if narrow.any():
                less |= narrow
                continue
            apart = _more_apart(joined, problem.cells, apart, (shown | hidden) & ~firm)
    status[stays] = SECONDARY
    status[system.sensitive] = PRIMARY
    return Again(status, apart, np.flatnonzero(apart & shown & (status == SECONDARY)))


def _more_apart(joined: CellSystem, cells: Ints, apart: Bools, doubtful: Bools) -> Bools:
    """The doubtful figures near the cells; the second time all of them. Raises ProtectionError where all stood apart."""
    n = len(apart)
    if apart[doubtful].all():
        raise ProtectionError(cells)
    unsafe = _among(len(joined.value), cells)
    more: Bools = within(joined.matrix, unsafe, _NEAR)[:n] & doubtful
    return more if more.any() and not apart.any() else doubtful


def _among(n: int, cells: Ints) -> Bools:
    return np.isin(np.arange(n), cells)


def _before(
    system: CellSystem, figure: Ints, earlier: Sequence[Earlier]
) -> tuple[Bools, Bools, Bools, Bools]:
    """Which cells were shown before with the values they have; which were hidden and never shown, and which of these stand
    apart in a publication that hides them; and which are in one that shows nothing near them that was corrected, but do not
    stand apart in it; bool[n] each."""
    shown, hidden, apart, firm = (np.zeros(len(system.value), dtype=np.bool_) for _ in range(4))
    own = np.flatnonzero(figure >= 0)
    numbers = pd.Index(figure[own])
    for one in earlier:
        at = numbers.get_indexer(pd.Index(one.figure))
        both = np.flatnonzero((at >= 0) & (one.figure >= 0) & one.system.published)
        agrees = system.value[own[at[both]]] == one.system.value[both]
        same, corrected = both[agrees], own[at[both[~agrees & ~one.hidden[both]]]]
        cell, unseen, strange = own[at[same]], one.hidden[same], (one.hidden & one.apart)[same]
        shown[cell[~unseen]] = True
        hidden[cell[unseen]] = True
        apart[cell[strange]] = True
        near = within(system.matrix, _among(len(system.value), corrected), _DOUBTED)
        firm[cell[~strange & ~near[cell]]] = True
    return shown, hidden & ~shown, apart & ~shown, firm


def _staying(system: CellSystem, hidden: Bools, less: Bools) -> CellSystem:
    """The system where some cells stay hidden, and cannot be computed, for what was published before: they can be one more,
    or, those of `less`, one less."""
    more = np.where(hidden & ~less, system.value + 1, np.nan)
    fewer = np.where(hidden & less, system.value - 1, np.nan)
    return replace(
        system,
        reach=np.fmax(system.reach, more),
        fall=np.fmin(system.fall, fewer),
        published=system.published & ~hidden,
    )


def with_earlier(system: CellSystem, figure: Ints, earlier: Sequence[Earlier]) -> CellSystem:
    """Everything a reader has as one system, this one's cells first.

    `figure` and `earlier` are as in `protect_again`.
    """
    places = _Places()
    places.put(figure, system.value, np.arange(len(system.value)))
    for publication in earlier:
        then, size = publication.system, len(system.value)
        place = places.of(publication.linked, then.value, size)
        place = _same_rests(system, then, publication.linked < 0, place)
        places.put(publication.linked, then.value, place)
        system = _joined(system, publication, place)
    return system


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
        enough=np.concatenate([system.enough, then.enough[own]]),
        weight=np.concatenate([weight, then.weight[own]]),
        published=np.concatenate([system.published, then.published[own]]),
        last=np.concatenate([system.last, then.last[own]]),
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
