"""Many primary cells hidden by one move: the first pass over a large system.

Belongs here: programs that ask for as many cells at once as can be had, month by month. Not here: the search for one cell
at a time (`fast`), which is asked for what these leave over and hides fewer cells, at a hundred times the price.

One move in which a thousand cells are each believable proves all thousand. The fewer are asked of one move, the fewer
further cells it takes; the later ones find most of what they need hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from disclosure.patterns import solver
from disclosure.patterns.cells import Bools, CellSystem, Floats, Ints, spans
from disclosure.patterns.moves import DOWN, UP
from disclosure.patterns.near import Part, Surroundings, within
from disclosure.watching import Watch, unwatched

SHARES = 6
"""Among how many moves the primary cells of a block are shared."""

ROUNDS_OF_ALL = 4
"""How often at most those that the blocks leave over are asked of all cells."""

ALL_CELLS = 12_000
"""More cells than so many that hang together are asked once."""

MANY_CELLS, STEPS = 4_000, 2
"""More cells than so many are asked along the edges of what is possible for only so many steps a relation, and from its
middle once that was not enough. What the blocks of thirty months leave takes 0.8 steps a relation; a month of 9,400 cells (a
city of 450,000) was not done after 48 seconds, and takes three from the middle. What begins in the middle can end along the
edges all the same, one such month for five minutes: the steps are counted there too."""

KNOWERS = 6
"""How many times half of the counts of 1 are held still, each time other ones."""

BLOCK_CELLS = 6_000
"""Cells that hang together are asked in one program up to so many, and by their blocks beyond."""

WHOLE_CELLS = 20_000
"""Up to so many that hang together, three months of 5,000 people, are asked in shares as a whole before a total is hidden,
and when totals may be: a program over all of thirty months takes five seconds, and six of them save few totals."""

_WORTH = 1e6
"""What it is worth to prove a cell: more than hiding anything costs that may be hidden."""
_FAR, _MOVED, _ENOUGH = 1e6, 1e-6, 1e-6
_ZERO, _SMALLEST = 1000.0, 0.01


@dataclass(frozen=True, eq=False)
class Covered:
    """What is hidden, bool[n]; the needs proved (cell and direction); and the pairs, int64[k, 2], of a primary cell and a
    count of 1 that no move yet tells apart."""

    hidden: Bools
    proved: frozenset[tuple[int, int]]
    pairs: Ints


class Together:
    """A pattern in the making: `hidden` bool[n]."""

    def __init__(
        self, system: CellSystem, needs: Mapping[tuple[int, int], float], person: Ints
    ) -> None:
        n = len(system.value)
        self._system = system
        self._surroundings = Surroundings(system.matrix)
        self._room = system.value - system.lower
        self._need = {UP: np.zeros(n), DOWN: np.zeros(n)}
        for (cell, direction), size in needs.items():
            self._need[direction][cell] = size
        self._left = {way: size > 0 for way, size in self._need.items()}
        self._pairs = _knowing_pairs(system, person)
        self._untold = np.ones(len(self._pairs), dtype=np.bool_)
        self._first_pair = np.searchsorted(self._pairs[:, 0], np.arange(n + 1))
        single = system.sensitive & (system.value == 1)
        # Which counts of 1 are held still, each time other ones.
        self._still = [single & ((np.arange(n) >> turn) % 2 == turn % 2) for turn in range(KNOWERS)]
        values = np.abs(system.value)
        self._price = system.weight * (1 + _SMALLEST * values / np.max(values, initial=1.0))
        self._price[system.published & (system.value == 0)] *= _ZERO
        self.hidden = np.zeros(n, dtype=np.bool_)
        # Totals that may not be hidden yet.
        self._spared = system.last.copy()
        self._along_edges = True
        # Which cells a move takes along, and left as found.
        self._moved = np.zeros(n, dtype=np.bool_)
        self._hide(np.flatnonzero(system.sensitive | ~system.published))

    def _hide(self, cells: Ints) -> None:
        self.hidden[cells] = True
        self._spared[cells] = False
        self._price[cells] = 0.0

    def cover(self, watch: Watch = unwatched) -> Covered:
        """Hide what most needs take: without totals first, then with those beside what needs them, then with any. The last
        step is what remains for the search for one cell at a time."""
        blocks, wholes, parts = (
            list(_blocks(self._system, largest))
            for largest in (BLOCK_CELLS, WHOLE_CELLS, len(self.hidden))
        )
        small = [part for part in parts if len(part) <= WHOLE_CELLS]
        step, steps = count(1), sum(map(len, (blocks, small, wholes, parts))) + 1

        def each(cells: list[Ints]) -> Iterator[Ints]:
            for some in cells:
                watch(next(step), steps)
                yield some

        for block in each(blocks):
            self._ask_shared(block, SHARES)
            self._tell_apart(block)
        for part in each(small):
            self._ask_shared(part, SHARES)
        self._spared &= ~within(self._system.matrix, self._left[UP], 1)
        for whole in each(wholes):
            self._ask_shared(whole, SHARES)
        self._spared[:] = False
        # What the blocks cannot give alone is asked of everything that hangs together.
        for part in each(parts):
            for _ in range(1 if len(part) > ALL_CELLS else ROUNDS_OF_ALL):
                left = self._left[UP][part].sum()
                self._ask_shared(part, 1, last=len(part) > ALL_CELLS)
                if self._left[UP][part].sum() == left:
                    break
        watch(steps, steps)
        proved = frozenset(
            (int(cell), way)
            for way, size in self._need.items()
            for cell in np.flatnonzero((size > 0) & ~self._left[way])
        )
        return Covered(self.hidden, proved, self._pairs[self._untold])

    def _ask_shared(self, block: Ints, shares: int, last: bool = False) -> None:
        part = self._part(block)
        self._along_edges = True
        for share in range(shares):
            asked = block[self._left[UP][block]][:: shares - share]
            self._ask(part, asked, self._need[UP][asked], last)

    def _tell_apart(self, block: Ints) -> None:
        """Whoever is a count of 1 knows it: moves that leave half of those alone."""
        for still in self._still:
            cells = block[~still[block]]
            pairs = self._pairs[self._untold_of(cells)]
            asked = np.unique(pairs[still[pairs[:, 1]], 0])
            if not self._ask(self._part(cells), asked, np.ones(len(asked))):
                # The others would not be found either; they are asked for one by one.
                return

    def _part(self, cells: Ints) -> Part:
        """Those of some cells that may be hidden, and what binds them."""
        may_move = np.isfinite(self._price[cells]) & ~self._spared[cells]
        return self._surroundings.part(cells[may_move])

    def _ask(self, part: Part, asked: Ints, size: Floats, last: bool = False) -> bool:
        """Take the cheapest move of a part in which as many of the `asked` as possible rise by their `size`. False where
        none is found in so many steps, which nobody counts when they are asked for the `last` time."""
        can = np.isin(asked, part.cells)
        asked, size = np.searchsorted(part.cells, asked[can]), size[can]
        if not len(asked):
            return True
        change = self._cheapest(part, asked, size, last)
        if change is not None:
            self._take(part.cells, change)
        return change is not None

    def _cheapest(self, part: Part, asked: Ints, size: Floats, last: bool) -> Floats | None:
        """The change of each cell of the part; `asked` are positions among them, of hidden cells."""
        k, paid = len(part.cells), np.flatnonzero(~self.hidden[part.cells])
        room, price = self._room[part.cells], self._price[part.cells]
        # What each cell changes by, or rises by where it must be paid for; what those fall by; what of the rise counts.
        columns = part.columns.with_more(paid, -1.0).with_more(asked, 1.0)
        cost = np.concatenate([price, price[paid], -_WORTH / size])
        least = np.concatenate([-room, np.zeros(len(paid) + len(asked))])
        most = np.concatenate([np.full(k, _FAR), room[paid], size])
        # What must be paid for falls in its own column, and what is asked for does not.
        least[paid] = least[asked] = 0.0
        found = self._solved(k, columns, cost, least, most, last)
        if found is None:
            return None
        change, fallen, counted = np.split(found, [k, k + len(paid)])
        change[paid] -= fallen
        change[asked] += counted
        return change

    def _solved(
        self,
        cells: int,
        columns: solver.Columns,
        cost: Floats,
        least: Floats,
        most: Floats,
        last: bool,
    ) -> Floats | None:
        if cells <= MANY_CELLS:
            return solver.cheapest_together(columns, cost, least, most)
        steps = STEPS * columns.height
        if self._along_edges:
            found = solver.cheapest_along_edges(columns, cost, least, most, steps)
            if found is not None:
                return found
            # The programs of one block are alike.
            self._along_edges = False
        steps = solver.ENDLESS if last else steps
        return solver.cheapest_of_many(columns, cost, least, most, steps)

    def _take(self, cells: Ints, change: Floats) -> None:
        moved = np.abs(change) > _MOVED
        self._hide(cells[moved & ~self.hidden[cells]])
        for way, size in self._need.items():
            self._left[way][cells] &= way * change < size[cells] - _ENOUGH
        self._moved[cells] = moved
        pairs = self._untold_of(cells[moved])
        self._untold[pairs] = self._moved[self._pairs[pairs, 1]]
        self._moved[cells] = False

    def _untold_of(self, cells: Ints) -> Ints:
        """The positions of the pairs of some cells that no move yet tells apart."""
        pairs = spans(self._first_pair, cells)[0]
        return pairs[self._untold[pairs]]


def _knowing_pairs(system: CellSystem, person: Ints) -> Ints:
    """Each primary cell with each count of 1 that stands with it in a relation and is another person, int64[k, 2], by
    cell."""
    sensitive = np.flatnonzero(system.sensitive)
    single = sensitive[system.value[sensitive] == 1]
    there = abs(system.matrix.tocsc())
    both = coo_array(there[:, sensitive].T @ there[:, single])
    pairs = np.column_stack([sensitive[both.row], single[both.col]])
    others: Ints = pairs[person[pairs[:, 0]] != person[pairs[:, 1]]]
    return others[np.lexsort((others[:, 1], others[:, 0]))]


def _blocks(system: CellSystem, largest: int) -> Iterator[Ints]:
    """Cells that hang together and hold a primary one; by their blocks where they are more than `largest`."""
    entries = system.matrix.tocoo()
    n, m = len(system.value), system.matrix.shape[0]
    edges = coo_array((np.ones(len(entries.data)), (entries.col, entries.row + n)), (n + m, n + m))
    label = connected_components(edges, directed=False)[1][:n]
    many = np.bincount(label)[label] > largest
    key = np.column_stack([label, np.where(many, system.block, -1)])
    _, of = np.unique(key, axis=0, return_inverse=True)
    order = np.argsort(of.ravel(), kind="stable")
    starts = np.flatnonzero(np.diff(of.ravel()[order], prepend=-1))
    for block in np.split(order, starts[1:]):
        if system.sensitive[block].any():
            yield block
