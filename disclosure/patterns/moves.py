"""What a reader cannot tell apart: the true table and one moved away from it.

Belongs here: moves (changes of unknown cells that every relation allows) and the linear program for
the cheapest one of a cell, over the cells near it. Not here: which cells are hidden because of it
(`fast`, `exact`). HiGHS solves the programs through scipy, with one thread and a fixed seed.

A move over a few cells is a move of the whole system: all others stay as they are. So a program
over a neighbourhood can find no move where there is one, but never one where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array, hstack

from disclosure.patterns.cells import Bools, CellSystem, Floats, Ints

UP, DOWN = 1, -1
SMALLEST_PROGRAM, LARGEST_PROGRAM = 150, 10_000
"""Cells of the first neighbourhood that is tried and of the last; each try is four times the one before."""

# scipy's stubs have a signature for each method, none of which takes limits put together as an array.
_linprog: Any = linprog

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
    """The moves of a system's cells, or of some of them (`cells`), the others staying as they are."""

    def __init__(self, system: CellSystem) -> None:
        self.room = system.value - system.lower
        self._rows = system.matrix.tocsr()
        self._columns = system.matrix.tocsc()
        self._size = len(system.value)

    def binds(self, move: Move) -> bool:
        """Whether the change is a move: every relation still holds and no cell falls by more than its room."""
        if (move.change < -self.room[move.cells] - _TOLERANCE).any():
            return False
        starts, ends = self._columns.indptr[move.cells], self._columns.indptr[move.cells + 1]
        entries = np.concatenate(
            [np.arange(start, end) for start, end in zip(starts, ends, strict=True)]
        )
        rows, at = np.unique(self._columns.indices[entries], return_inverse=True)
        moved = self._columns.data[entries] * np.repeat(move.change, ends - starts)
        left = np.bincount(at, weights=moved, minlength=len(rows))
        return bool((np.abs(left) < _TOLERANCE).all())

    def are_bound(self, cell: int, other: int) -> bool:
        """Whether the two stand in one relation."""
        starts = self._columns.indptr
        rows = (self._columns.indices[starts[at] : starts[at + 1]] for at in (cell, other))
        return not set(next(rows).tolist()).isdisjoint(next(rows).tolist())

    def cheapest(
        self, cell: int, change: float, cost: Floats, allowed: Bools, largest: int = LARGEST_PROGRAM
    ) -> Move | None:
        """The cheapest move that changes `cell` by `change`: the sum of `cost` (float64[n]) a unit, over `allowed` cells.

        None where no neighbourhood of `largest` cells holds one.
        """
        size = SMALLEST_PROGRAM
        while True:
            cells, whole = self._near(cell, allowed, size)
            move = self._solve(cells, cell, change, cost)
            if move is not None or whole or size >= largest:
                return move
            size *= 4

    def _near(self, cell: int, allowed: Bools, size: int) -> tuple[Ints, bool]:
        """Allowed cells around a cell, relation by relation, until there are `size`; and whether that is all of them.

        All cells of the relations of `cell` itself are among them.
        """
        seen, passed = {cell}, set[int]()
        front, first = [cell], True
        while front:
            found: list[int] = []
            for at in front:
                if len(seen) >= size and not first:
                    return np.array(sorted(seen), dtype=np.int64), False
                for row in self._columns.indices[
                    self._columns.indptr[at] : self._columns.indptr[at + 1]
                ].tolist():
                    if row in passed:
                        continue
                    passed.add(row)
                    members = self._rows.indices[
                        self._rows.indptr[row] : self._rows.indptr[row + 1]
                    ]
                    fresh = [m for m in members[allowed[members]].tolist() if m not in seen]
                    seen.update(fresh)
                    found += fresh
            front, first = found, False
        return np.array(sorted(seen), dtype=np.int64), True

    def _solve(self, cells: Ints, cell: int, change: float, cost: Floats) -> Move | None:
        rows = self._columns[:, cells].tocsr()
        bound = rows[np.flatnonzero(np.diff(rows.indptr))].tocsc()
        n, at = len(cells), int(np.searchsorted(cells, cell))
        least = np.zeros(2 * n)
        most = np.concatenate([np.full(n, _FAR), self.room[cells]])
        rise, fall = (change, 0.0) if change > 0 else (0.0, -change)
        least[[at, n + at]] = most[[at, n + at]] = rise, fall
        found = _linprog(
            np.tile(cost[cells], 2),
            A_eq=csc_array(hstack([bound, -bound])),
            b_eq=np.zeros(bound.shape[0]),
            bounds=np.stack([least, most], axis=1),
            method="highs-ds",
            options={"presolve": False},
        )
        if found.status != 0:
            return None
        moved = found.x[:n] - found.x[n:]
        used = np.abs(moved) > _TOLERANCE
        return Move(cells[used], moved[used])
