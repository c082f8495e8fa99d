"""Fewer hidden cells: each one is shown again where the others do, or where what is hidden in its place weighs less.

Belongs here: going through a pattern that holds, cell by cell, and proving anew what a cell proved. Not here: the pattern it
starts from (`fast`), what is proved by known moves (`proofs`).

The search that made the pattern hid for each need what it took then; a need that came later may have hidden what would have
done for both. What was hidden for people who are a count of 1 is tried as everything else. Of cells that weigh the same none
is hidden in another's place.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from disclosure.patterns.cells import Bools, CellSystem
from disclosure.patterns.fast import HIDDEN, SINGLE, Found, needs, persons, prices, weights
from disclosure.patterns.moves import DOWN, UP, Move, Moves
from disclosure.patterns.near import Part
from disclosure.patterns.proofs import Proofs

MOST_PROGRAMS = 2_500
"""After so many programs the pattern is left as it is then: a number, no time, so that the answer is always the same."""

_LESS = 1e-9


class Exchange:
    """A pattern that becomes smaller: what `found` proves stays proved, and what it keeps stays hidden."""

    def __init__(self, system: CellSystem, found: Found) -> None:
        self._system = system
        self._moves = Moves(system)
        self._needs = needs(system)
        self._weight = weights(system)
        hidden = np.zeros(len(system.value), dtype=np.bool_)
        hidden[found.hidden] = True
        self._when_shown = prices(system)
        self._when_hidden = np.where(system.sensitive & (system.value == 1), SINGLE, HIDDEN)
        self._usual = np.isfinite(system.weight) & (system.value > 0)
        self._may_go = hidden.copy()
        self._may_go[found.kept] = False
        self._proofs = Proofs(system, self._needs, persons(system), hidden)
        for move in dict.fromkeys((*found.witness.values(), *found.for_insiders)):
            self._proofs.add(move)
        self._unproved = frozenset(need for need in self._needs if not self._proofs.prove(need))
        # What nobody could tell apart before need not be told apart afterwards.
        self._told = [self._proofs.told_by(cell) for cell in range(len(hidden))]
        self._left = MOST_PROGRAMS

    def fewer(self) -> Bools:
        """What is hidden in the end, bool[n], of no more weight than before.

        The dearest cells are tried first, and of one weight those that the fewest needs rest on: so a third fewer programs
        come to the same as with the largest counts first.
        """
        asked = np.flatnonzero(self._may_go)
        rest_on = np.array([self._proofs.rest_on(cell) for cell in asked.tolist()], dtype=np.int64)
        value, weight = self._system.value[asked], self._weight[asked]
        for cell in asked[np.lexsort((asked, -value, rest_on, -weight))].tolist():
            if self._proofs.hidden[cell] and self._left > 0:
                self._try_without(cell)
        return self._proofs.hidden

    def _try_without(self, cell: int) -> None:
        """Show the cell, and hide others for what it proved; leave all as it was where they cost as much."""
        proofs = self._proofs
        instead: list[int] = []
        proofs.show([cell])
        for move in self._moves_without(cell):
            new = [] if move is None else move.cells[~proofs.hidden[move.cells]].tolist()
            instead += new
            if move is None or self._weight[instead].sum() > self._weight[cell] - _LESS:
                proofs.show(instead[: len(instead) - len(new)])
                proofs.hide([cell])
                return
            proofs.add(move)
            proofs.hide(new)

    def _moves_without(self, cell: int) -> Iterator[Move | None]:
        """Moves that prove anew what only moves with the cell, now shown, did; None for one that is not to be had.

        Each is asked for when those before it are known.
        """
        proofs = self._proofs
        unproved, primary = proofs.touched_by(cell)
        # What weighs as much could not be hidden in its place.
        allowed = proofs.hidden | (self._usual & (self._weight < self._weight[cell]))
        part = self._moves.everything_around(cell, allowed)
        value = self._system.value
        for need in sorted(unproved, key=lambda need: (value[need[0]], need[0], -need[1])):
            if need not in self._unproved and not proofs.prove(need):
                yield self._cheapest(part, need[0], need[1] * self._needs[need])
        for other in primary:
            while told := proofs.told_by(other) - self._told[other]:
                single = min(told)
                move = self._cheapest(part, other, UP, single)
                if move is None and self._moves.room[other] >= 1:
                    move = self._cheapest(part, other, DOWN, single)
                yield move

    def _cheapest(
        self, part: Part, cell: int, change: float, still: int | None = None
    ) -> Move | None:
        self._left -= 1
        price = np.where(self._proofs.hidden, self._when_hidden, self._when_shown)
        return self._moves.cheapest_in(part, cell, change, price, still)
