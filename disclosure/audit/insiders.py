"""What the one person in a hidden count of 1 can compute: they know that cell, and subtract it.

Belongs here: pairs of such a cell and another sensitive one. Not here: readers who know nothing beforehand (`audit`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from disclosure.audit.programs import Room
from disclosure.audit.search import clear
from disclosure.audit.view import TOLERANCE, Ints


def insider_breaches(room: Room, sensitive: Ints) -> Iterator[tuple[int, int, float]]:
    """Every (unknown, insider's unknown, value): a sensitive unknown that has one whole value left for the one person in the
    insider's. Nothing where the true values are not known.
    """
    truth = room.unknowns.truth
    with np.errstate(invalid="ignore"):
        alone = np.flatnonzero(np.abs(truth - 1) <= TOLERANCE)
    for insider in alone.tolist():
        others = sensitive[
            (room.unknowns.part[sensitive] == room.unknowns.part[insider]) & (sensitive != insider)
        ]
        still = np.array([insider], dtype=np.int64)
        fixed = clear(room, others, np.ones(len(others)), still)
        fixed = clear(room, fixed, -np.ones(len(fixed)), still)
        yield from ((int(cell), insider, float(truth[cell])) for cell in fixed)
