"""The fast method: for each primary cell the cheapest move that hides it, one after the other.

Belongs here: the search for a pattern in a system of any size. Not here: the linear program (`moves`), making the pattern
smaller (`exchange`), the optimum in small systems (`exact`), which of them is used (`choice`).

A move whose cells are all hidden proves that its cells are wide enough by what it changes: a
witness. A cell stays hidden only where a witness needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from disclosure.patterns.cells import Bools, CellSystem, Floats, Ints
from disclosure.patterns.moves import DOWN, LARGEST_PROGRAM, SMALLEST_PROGRAM, UP, Move, Moves
from disclosure.patterns.near import Part
from disclosure.patterns.proofs import ENOUGH, Need
from disclosure.patterns.together import Covered

HIDDEN, SINGLE, _ZERO, _KEPT = 0.02, 0.03, 1000.0, 0.6
"""Cost of moving a cell by one, against its weight: hidden; hidden and 1, whose person knows it; zero; hidden last month."""
NEAR = 4 * SMALLEST_PROGRAM
"""In so large a neighbourhood at most smaller values are looked for in a large system."""
_SMALLEST = 0.01
"""How much more the largest cell costs than the smallest of the same weight."""


@dataclass(frozen=True)
class Found:
    """What a search has come to: cells hidden and cells to be kept so, needs with their witnesses, and the moves that
    somebody who is a count of 1 cannot rule out."""

    hidden: Ints
    kept: Ints
    witness: Mapping[Need, Move]
    for_insiders: Sequence[Move]


class Search:
    """A pattern in the making: `hidden` bool[n] holds it, `unproved` the needs no witness proves yet."""

    def __init__(self, system: CellSystem, hidden: Bools | None = None) -> None:
        self._system = system
        self._moves = Moves(system)
        self.sensitive = system.sensitive
        self._single = self.sensitive & (system.value == 1)
        self._price = prices(system)
        self._after = np.full(len(system.value), -1, dtype=np.int64)
        later = np.flatnonzero(system.before >= 0)
        self._after[system.before[later]] = later
        self._usual = np.isfinite(system.weight) & (system.value > 0)
        self.hidden = np.zeros(len(system.value), dtype=np.bool_)
        self._hide(np.flatnonzero(self.sensitive | ~system.published))
        self._kept = self.hidden.copy()
        if hidden is not None:
            self._hide(np.flatnonzero(hidden))
        self._needs = needs(system)
        self.unproved = dict.fromkeys(self._needs)
        self._witness: dict[Need, Move] = {}
        self._person = persons(system)
        # For each primary cell the counts of 1 that every known move of it takes along.
        self._singles: dict[int, frozenset[int]] = {}
        self._for_insiders: list[Move] = []
        # In a large system smaller values are looked for near a cell only: many that are left nothing proves, and to find
        # that out takes programs over everything.
        self._near_only = False
        # Primary cells and counts of 1 that a first pass over many did not tell apart.
        self._untold: Ints = np.zeros((0, 2), dtype=np.int64)

    def _hide(self, cells: Ints) -> None:
        """Hide cells: moving them costs next to nothing from now on, and hiding them a month later a little less."""
        after = self._after[cells]
        after = after[(after >= 0) & ~self.hidden[cells]]
        self._price[after] *= _KEPT
        self.hidden[cells] = True
        self._usual[cells] = True
        self._price[cells] = np.where(self._single[cells], SINGLE, HIDDEN)

    def cover(self) -> None:
        """Hide what the unproved needs take, the smallest values first; what cannot be had stays unproved."""
        value = self._system.value
        for need in sorted(self.unproved, key=lambda need: (value[need[0]], need[0], -need[1])):
            if need in self.unproved and not self._carry_over(need):
                self._prove(need)

    def _carry_over(self, need: Need) -> bool:
        """Prove a need by what proved it a month ago, moved on by a month, where that still is a move."""
        cell, direction = need
        earlier = (int(self._system.before[cell]), direction)
        witness = self._witness.get(earlier)
        if witness is None:
            return False
        cells = self._after[witness.cells]
        if (cells < 0).any() or not self._usual[cells].all():
            return False
        move = Move(cells, witness.change * (self._needs[need] / self._needs[earlier]))
        if not self._moves.binds(move):
            return False
        self._hide(cells)
        self._record(move)
        return need not in self.unproved

    def _prove(self, need: Need) -> None:
        cell, direction = need
        change = direction * self._needs[need]
        if direction == DOWN and self._near_only:
            move = self._moves.cheapest(cell, change, self._price, self._usual, NEAR)
            if move is not None:
                self._hide(move.cells)
                self._record(move)
            return
        if len(self.hidden) > LARGEST_PROGRAM:
            move = self._moves.cheapest(cell, change, self._price, self.hidden, SMALLEST_PROGRAM)
            if move is not None:
                self._record(move)
                return
        move = self._moves.cheapest(cell, change, self._price, self._usual)
        if move is None and direction == UP:
            zeros_too = self.hidden | np.isfinite(self._system.weight)
            move = self._moves.cheapest(cell, change, self._price, zeros_too)
        if move is not None:
            self._hide(move.cells)
            self._record(move)

    def _record(self, move: Move) -> None:
        """Take what the move, and the move turned, prove of the cells in it."""
        for witness in (move, move.turned(self._moves.room)):
            if witness is None:
                continue
            self._count_singles(witness)
            for cell, change in zip(witness.cells.tolist(), witness.change.tolist(), strict=True):
                if not self.sensitive[cell]:
                    continue
                need = (cell, UP if change > 0 else DOWN)
                if need in self.unproved and abs(change) >= self._needs[need] - ENOUGH:
                    del self.unproved[need]
                    self._witness[need] = witness

    def found(self) -> Found:
        """What the search has come to."""
        hidden, kept = np.flatnonzero(self.hidden), np.flatnonzero(self._kept)
        return Found(hidden, kept, self._witness, self._for_insiders)

    def go_on(self, found: Found) -> None:
        """Take over what a search of other cells of the same system has found."""
        self._hide(found.hidden)
        self._kept[found.kept] = True
        for need, witness in found.witness.items():
            if need in self.unproved:
                del self.unproved[need]
                self._witness[need] = witness
        self._for_insiders += found.for_insiders
        for move in dict.fromkeys((*found.witness.values(), *found.for_insiders)):
            self._count_singles(move)

    def take_over(self, covered: Covered) -> None:
        """Take over what many needs together have taken; nothing of it is taken back, and what it left is proved."""
        taken = np.flatnonzero(covered.hidden)
        self._hide(taken)
        self._kept[taken] = True
        for need in covered.proved:
            self.unproved.pop(need, None)
        self._near_only = True
        self._untold = covered.pairs

    def _count_singles(self, move: Move) -> None:
        singles = frozenset(move.cells[self._single[move.cells]].tolist())
        for cell in move.cells[self.sensitive[move.cells]].tolist():
            self._singles[cell] = singles & self._singles.get(cell, singles)

    def cover_insiders(self) -> None:
        """Hide what it takes that nobody who is a count of 1 can compute another primary cell by knowing their own.

        In a large system that is asked of cells that stand with the count of 1 in one relation, in a small one of all.
        """
        near_too = len(self.hidden) <= LARGEST_PROGRAM
        for cell, pairs in groupby(self._untold.tolist(), itemgetter(0)):
            part = None if near_too else self._moves.nearest(cell, self._usual)
            if part is None or cell in part.cells:
                for _, single in pairs:
                    # A move found since may tell them apart.
                    if cell not in self._singles or single in self._singles[cell]:
                        self._prove_without(cell, single, part)
        if self._near_only and not near_too:
            # Those that stand in one relation are the pairs above.
            return
        for cell in np.flatnonzero(self.sensitive).tolist():
            part = None if near_too else self._moves.nearest(cell, self._usual)
            for single in sorted(self._singles.get(cell, frozenset())):
                if (
                    single in self._singles[cell]
                    and self._person[single] != self._person[cell]
                    and (near_too or self._moves.are_bound(cell, single))
                ):
                    self._prove_without(cell, single, part)

    def _prove_without(self, cell: int, single: int, part: Part | None) -> None:
        """By the cheapest move, in the part where there is one, that leaves the count of 1 alone."""
        both = (1.0, -1.0) if self._moves.room[cell] >= 1 else (1.0,)
        if part is None:
            allowed = self._usual.copy()
            allowed[single] = False
            tried = (self._moves.cheapest(cell, one, self._price, allowed) for one in both)
        else:
            tried = (self._moves.cheapest_in(part, cell, one, self._price, single) for one in both)
        move = next((move for move in tried if move is not None), None)
        if move is not None:
            self._hide(move.cells)
            self._for_insiders.append(move)
            self._record(move)

    def show_unused(self) -> None:
        """Show again what no witness needs."""
        used = self._kept.copy()
        for move in (*self._witness.values(), *self._for_insiders):
            used[move.cells] = True
        self.hidden &= used
        # A move over cells that are shown again is none any more.
        self._singles.clear()
        for move in dict.fromkeys((*self._witness.values(), *self._for_insiders)):
            self._count_singles(move)


def weights(system: CellSystem) -> Floats:
    """What hiding each cell costs, float64[n]; a zero a thousand times its weight."""
    weight: Floats = system.weight * np.where(system.value == 0, _ZERO, 1.0)
    return weight


def prices(system: CellSystem) -> Floats:
    """What moving each cell by one costs while it is shown, float64[n]: of cells of one weight the smaller are cheaper."""
    values = np.abs(system.value)
    price: Floats = weights(system) * (1.0 + _SMALLEST * values / np.max(values, initial=1.0))
    return price


def needs(system: CellSystem) -> dict[Need, float]:
    """How far each primary cell must be believable to be from the truth, by cell and direction, where it can be so.

    A total of 2 of which both parts are known to be at least 1 cannot be believed to be 1, whatever is hidden. Where nothing
    but a smaller value is asked for, it is asked for all the same.
    """
    rises = np.flatnonzero(~np.isnan(system.reach))
    possible = (system.fall >= least_possible(system) - ENOUGH) | np.isnan(system.reach)
    falls = np.flatnonzero(~np.isnan(system.fall) & possible)
    return {
        **{(int(at), UP): float(system.reach[at] - system.value[at]) for at in rises},
        **{(int(at), DOWN): float(system.value[at] - system.fall[at]) for at in falls},
    }


def least_possible(system: CellSystem) -> Floats:
    """The least each cell can be when only the lower bounds and the zeros are known: a total is no less than its parts
    together, and the only part of a total that is not zero no less than the total."""
    least = system.lower.copy()
    matrix = system.matrix.tocoo()
    row, column, entry = matrix.row, matrix.col, matrix.data
    relations = matrix.shape[0]
    total = entry == -1.0
    part = entry > 0
    part &= (system.value[column] > 0) | ~system.published[column]
    plain = np.bincount(row[entry < 0], minlength=relations) == 1
    alone = plain & (np.bincount(row[part], minlength=relations) == 1)
    total, only = total & plain[row], part & alone[row]
    for _ in range(8):
        parts = np.bincount(row[part], (entry * least[column])[part], minlength=relations)
        totals = np.zeros(relations)
        totals[row[total]] = least[column[total]]
        raised = least.copy()
        np.maximum.at(raised, column[total], parts[row[total]])
        np.maximum.at(raised, column[only], totals[row[only]] / entry[only])
        if (raised == least).all():
            break
        least = raised
    return least


def persons(system: CellSystem) -> Ints:
    """Which cells are one person under several names, int64[n]: a count of 1 and the 1 among its parts have one label."""
    n = len(system.value)
    matrix = system.matrix.tocoo()
    single = system.value[matrix.col] == 1
    total = single & (matrix.data == -1)
    rows = np.zeros(matrix.shape[0], dtype=np.bool_)
    rows[matrix.row[total]] = True
    used = single & rows[matrix.row] & (np.abs(matrix.data) == 1)
    of = coo_array(
        (np.ones(int(used.sum())), (matrix.row[used], matrix.col[used])), shape=matrix.shape
    )
    label = connected_components(of.T @ of, directed=False)[1] if n else np.zeros(0)
    return np.asarray(label, dtype=np.int64)
