"""Moves known in a system, and what those of them prove whose cells are all hidden.

Belongs here: keeping count of it while single cells are hidden and shown. Not here: finding moves (`moves`), choosing what
is shown (`exchange`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from disclosure.patterns.cells import Bools, CellSystem, Ints
from disclosure.patterns.moves import DOWN, UP, Move

Need = tuple[int, int]
"""A primary cell and the direction in which a reader must be able to believe it to be off."""

ENOUGH = 1e-6
"""By how much a move may miss what is needed: the solver's tolerance."""


class Proofs:
    """What moves prove, as long as nothing but `hidden` (bool[n]) is hidden. `person`: int64[n], whose a count of 1 is."""

    def __init__(
        self, system: CellSystem, needs: Mapping[Need, float], person: Ints, hidden: Bools
    ) -> None:
        self.hidden = hidden.copy()
        self._sensitive = system.sensitive
        self._single = self._sensitive & (system.value == 1)
        self._room = system.value - system.lower
        self._needs = needs
        self._person = person
        self._of_cell: list[list[int]] = [[] for _ in range(len(system.value))]
        self._of_need: dict[Need, list[int]] = {need: [] for need in needs}
        # Of each move: how many of its cells are shown, the needs it proves, its primary cells and its counts of 1.
        self._shown: list[int] = []
        self._proves: list[list[Need]] = []
        self._primary: list[list[int]] = []
        self._singles: list[frozenset[int]] = []

    def add(self, move: Move) -> None:
        """Learn of a move, and of the move turned."""
        for way in (move, move.turned(self._room)):
            if way is not None:
                self._add(way)

    def _add(self, move: Move) -> None:
        number = len(self._shown)
        primary = self._sensitive[move.cells]
        proves = []
        for cell, change in zip(
            move.cells[primary].tolist(), move.change[primary].tolist(), strict=True
        ):
            need = (cell, UP if change > 0 else DOWN)
            if need in self._needs and abs(change) >= self._needs[need] - ENOUGH:
                proves.append(need)
                self._of_need[need].append(number)
        for cell in move.cells.tolist():
            self._of_cell[cell].append(number)
        self._shown.append(int((~self.hidden[move.cells]).sum()))
        self._proves.append(proves)
        self._primary.append(move.cells[primary].tolist())
        self._singles.append(frozenset(move.cells[self._single[move.cells]].tolist()))

    def hide(self, cells: Iterable[int]) -> None:
        """Hide cells that are shown."""
        for cell in cells:
            self.hidden[cell] = True
            for move in self._of_cell[cell]:
                self._shown[move] -= 1

    def show(self, cells: Iterable[int]) -> None:
        """Show cells that are hidden."""
        for cell in cells:
            self.hidden[cell] = False
            for move in self._of_cell[cell]:
                self._shown[move] += 1

    def prove(self, need: Need) -> bool:
        """Whether a move over hidden cells takes the cell as far as it must be believable."""
        return any(not self._shown[move] for move in self._of_need[need])

    def told_by(self, cell: int) -> frozenset[int]:
        """The counts of 1 of other persons that every move of the cell over hidden cells takes along."""
        moves = [move for move in self._of_cell[cell] if not self._shown[move]]
        common = (
            frozenset[int].intersection(*(self._singles[move] for move in moves)) if moves else ()
        )
        return frozenset(one for one in common if self._person[one] != self._person[cell])

    def touched_by(self, cell: int) -> tuple[list[Need], list[int]]:
        """What moves with this cell prove and no other move over hidden cells does; and the primary cells in them."""
        moves = self._of_cell[cell]
        needs = {need for move in moves for need in self._proves[move]}
        primary = {other for move in moves for other in self._primary[move]}
        return [need for need in needs if not self.prove(need)], sorted(primary)

    def rest_on(self, cell: int) -> int:
        """How many needs nothing would prove any more if the hidden cell were shown."""
        self.show([cell])
        needs, _ = self.touched_by(cell)
        self.hide([cell])
        return len(needs)
