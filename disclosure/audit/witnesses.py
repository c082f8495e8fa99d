"""Settling most pairs of an insider and another cell without a program for each.

Belongs here: which pairs are left after points that move many cells at once. Not here: the pairs' own programs (`insiders`).
"""

from __future__ import annotations

from itertools import chain

import numpy as np
from scipy.sparse import csr_array

from disclosure.audit.programs import Room
from disclosure.audit.search import NEIGHBOURHOODS, SHORT, clear
from disclosure.audit.unknowns import components
from disclosure.audit.view import Floats, Ints

_STILL = 1e-7


def pairs_left(room: Room, sensitive: Ints, alone: Ints) -> dict[int, Ints]:
    """For each unknown of `alone`, in order, the `sensitive` others of its component that no point found here moves by
    a person
    while it stays still; those with none are left out.

    All of `alone` with the same binary digit in their number are held still together, digit by digit, so that any two of
    them are parted in some round.
    """
    found = _Found(room, sensitive, alone)
    places = range(len(alone))
    rounds = [(digit, held) for digit in range(len(alone).bit_length()) for held in (0, 1)]
    for still in chain(
        [np.zeros(0, dtype=np.int64)],
        (alone[[at for at in places if at >> digit & 1 == held]] for digit, held in rounds),
    ):
        for sign in (1.0, -1.0):
            cells = np.setdiff1d(found.open(), still)
            steps = np.full(len(cells), sign)
            clear(
                room, cells, steps, still, thorough=False, sizes=NEIGHBOURHOODS[:1], seen=found.add
            )
    return found.pairs()


class _Found:
    """Per sensitive unknown those of `alone` that moved in every piece that moved it; None before there is any."""

    def __init__(self, room: Room, sensitive: Ints, alone: Ints) -> None:
        self._room = room
        self._alone = alone
        self._moved_with: dict[int, frozenset[int] | None] = dict.fromkeys(sensitive.tolist())

    def open(self) -> Ints:
        """The sensitive unknowns that are not settled for everybody of `alone`."""
        left = [cell for cell, ones in self._moved_with.items() if ones is None or ones]
        return np.array(sorted(left), dtype=np.int64)

    def add(self, within: Ints, moved: Floats) -> None:
        """Take note of a point. It falls apart into pieces that share no relation, each a point of its own."""
        busy = np.flatnonzero(np.abs(moved) > _STILL)
        cells = within[busy]
        if not len(cells):
            return
        piece = components(csr_array(self._room.unknowns.columns[:, cells]))
        alone = np.isin(cells, self._alone)
        ones: dict[int, frozenset[int]] = {}
        for at in np.flatnonzero(np.abs(moved[busy]) >= 1 - SHORT):
            cell, its = int(cells[at]), int(piece[at])
            if cell in self._moved_with:
                if its not in ones:
                    ones[its] = frozenset(cells[(piece == its) & alone].tolist())
                before = self._moved_with[cell]
                others = ones[its] - {cell}
                self._moved_with[cell] = others if before is None else before & others

    def pairs(self) -> dict[int, Ints]:
        """What is left, by the one of `alone`."""
        part = self._room.unknowns.part
        left: dict[int, list[int]] = {}
        for cell, ones in self._moved_with.items():
            mine = self._alone[part[self._alone] == part[cell]] if ones is None else sorted(ones)
            for one in mine:
                if int(one) != cell:
                    left.setdefault(int(one), []).append(cell)
        return {one: np.array(sorted(left[one]), dtype=np.int64) for one in sorted(left)}
