"""What the one person in a hidden count of 1 can compute: they know that cell, and subtract it.

Belongs here: pairs of such a cell and another sensitive one. Not here: readers who know nothing beforehand (`audit`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from disclosure.audit.programs import Room
from disclosure.audit.search import clear
from disclosure.audit.unavoidable import Containing
from disclosure.audit.view import TOLERANCE, Ints, View
from disclosure.audit.witnesses import pairs_left


def insider_breaches(view: View, room: Room, sensitive: Ints) -> Iterator[tuple[int, int]]:
    """Every (cell, insider's cell) of the view: a sensitive cell with one whole value left for the one person in the
    insider's.

    A count of 1 that is that same person is no breach. Nothing where the true values are not known.
    """
    unknowns = room.unknowns
    with np.errstate(invalid="ignore"):
        alone = np.flatnonzero(np.abs(unknowns.truth - 1) <= TOLERANCE)
    containing = Containing(view)
    for insider, others in pairs_left(room, sensitive, alone).items():
        still = np.array([insider], dtype=np.int64)
        fixed = clear(room, others, np.ones(len(others)), still)
        fixed = clear(room, fixed, -np.ones(len(fixed)), still)
        if len(fixed):
            person = containing.same_person(int(unknowns.cells[insider]))
            for cell in unknowns.cells[fixed].tolist():
                if cell not in person:
                    yield cell, int(unknowns.cells[insider])
