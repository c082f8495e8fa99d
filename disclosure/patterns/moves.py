"""What a reader cannot tell apart: the true table and one moved away from it.

Belongs here: moves (changes of unknown cells that every relation allows) and the linear program for
the cheapest one of a cell, over the cells near it. Not here: which cells are near (`near`), how a
program is solved (`solver`), which cells are hidden because of a move (`fast`, `exact`).

A move over a few cells is a move of the whole system: all others stay as they are. So a program
over a neighbourhood can find no move where there is one, but never one where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from disclosure.patterns import solver
from disclosure.patterns.cells import Bools, CellSystem, Floats, Ints
from disclosure.patterns.near import Part, Surroundings

UP, DOWN = 1, -1
SMALLEST_PROGRAM, LARGEST_PROGRAM = 150, 10_000
"""Cells of the first neighbourhood that is tried and of the last; each try is four times the one before."""

_TOLERANCE = 1e-7
_FAR = 1e6


@dataclass(frozen=True, eq=False)
class Move:
    """Cells, int64[k], and by how much each is changed, float64[k], never 0."""

    cells: Ints
    change: Floats

    def turned(self, room: Floats) -> Move | None:
        """The same cells moved the other way, no further than each has `room` (float64[n]) to fall; None for nowhere."""
        rises = self.change > 0
        limit = np.min(room[self.cells[rises]] / self.change[rises], initial=1.0)
        return Move(self.cells, -self.change * limit) if limit > _TOLERANCE else None


class Moves:
    """The moves of a system's cells."""

    def __init__(self, system: CellSystem) -> None:
        self.room = system.value - system.lower
        self._surroundings = Surroundings(system.matrix)

    def binds(self, move: Move) -> bool:
        """Whether the change is a move: every relation still holds and no cell falls by more than its room."""
        if (move.change < -self.room[move.cells] - _TOLERANCE).any():
            return False
        off = self._surroundings.sums(move.cells, move.change)
        return bool((np.abs(off) < _TOLERANCE).all())

    def are_bound(self, cell: int, other: int) -> bool:
        """Whether the two stand in one relation."""
        return self._surroundings.are_bound(cell, other)

    def cheapest(
        self, cell: int, change: float, cost: Floats, allowed: Bools, largest: int = LARGEST_PROGRAM
    ) -> Move | None:
        """The cheapest move that changes `cell` by `change`: the sum of `cost` (float64[n]) a unit, over `allowed` cells.

        None where no neighbourhood of `largest` cells holds one.
        """
        size = SMALLEST_PROGRAM
        while True:
            cells, whole = self._surroundings.around(cell, allowed, size)
            move = self.cheapest_in(self._surroundings.part(cells), cell, change, cost)
            if move is not None or whole or size >= largest:
                return move
            size *= 4

    def nearest(self, cell: int, allowed: Bools) -> Part:
        """The first neighbourhood of a cell that is tried, and its relations."""
        return self._surroundings.part(
            self._surroundings.around(cell, allowed, SMALLEST_PROGRAM)[0]
        )

    def everything_around(self, cell: int, allowed: Bools) -> Part:
        """All allowed cells that hang together with a cell that is not allowed, and their relations."""
        cells, _ = self._surroundings.around(cell, allowed, len(self.room))
        return self._surroundings.part(cells[cells != cell])

    def most(self, cell: int, allowed: Bools) -> float | None:
        """By how much a cell can rise when none but the allowed ones change, whatever it costs; None where that is not found
        out."""
        cells, _ = self._surroundings.around(cell, allowed, len(self.room))
        part = self._surroundings.part(cells)
        at = np.searchsorted(part.cells, cell)
        if at == len(part.cells) or part.cells[at] != cell:
            return 0.0
        n = len(part.cells)
        asked = np.zeros(n)
        asked[at] = -1.0
        x = solver.cheapest(part.columns, asked, -self.room[part.cells], np.full(n, _FAR))
        return None if x is None else float(x[at])

    def cheapest_in(
        self, part: Part, cell: int, change: float, cost: Floats, still: int | None = None
    ) -> Move | None:
        """As `cheapest`, over the cells of a part, without the one that stands `still`; None where there is none."""
        cells, n = part.cells, len(part.cells)
        at = int(np.searchsorted(cells, cell))
        if at == n or cells[at] != cell:
            return None
        # What a cell rises by, then what it falls by.
        least = np.zeros(2 * n)
        most = np.concatenate([np.full(n, _FAR), self.room[cells]])
        most[np.tile(cells == still, 2)] = 0.0
        rise, fall = (change, 0.0) if change > 0 else (0.0, -change)
        least[[at, n + at]] = most[[at, n + at]] = rise, fall
        x = solver.cheapest(part.both_ways, np.tile(cost[cells], 2), least, most)
        if x is None:
            return None
        moved = x[:n] - x[n:]
        used = np.abs(moved) > _TOLERANCE
        return Move(cells[used], moved[used])
