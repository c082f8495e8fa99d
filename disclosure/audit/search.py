"""Clearing many cells with few linear programs.

Belongs here: the order in which neighbourhoods are tried, from small ones to everything a cell is bound to. Not here: the
programs (`programs`), what must be cleared (`audit`, `insiders`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from disclosure.audit.programs import Room
from disclosure.audit.view import Floats, Ints

# How many unknowns are moved at once, the rest held still: most cells have room close by.
NEIGHBOURHOODS = (400, 3_000)
_SHORT = 1e-4


def clear(room: Room, cells: Ints, steps: Floats, still: Ints | None = None) -> Ints:
    """The unknowns of `cells` that cannot be moved by their step (signed) from the room's point, sorted.

    `still` are unknowns that may not move. Every cell that is not returned has a point that shows it; every cell returned
    was tried alone over its whole component.
    """
    left = dict(zip(cells.tolist(), steps.tolist(), strict=True))
    for within, moved in _tries(room, left, still):
        for at, cell in enumerate(within.tolist()):
            if cell in left and moved[at] / left[cell] >= 1 - _SHORT:
                del left[cell]
    return np.array(sorted(left), dtype=np.int64)


def _tries(room: Room, left: dict[int, float], still: Ints | None) -> Iterator[tuple[Ints, Floats]]:
    """Programs worth solving while cells are left, each as the unknowns moved and how far."""
    for size in NEIGHBOURHOODS:
        for seed in list(left):
            if seed in left:
                within = room.neighbourhood(seed, size)
                yield from _together_then_alone(room, within, seed, left, still)
    for component in sorted({int(room.unknowns.part[cell]) for cell in left}):
        within = np.flatnonzero(room.unknowns.part == component)
        before = -1
        while before != len(left):
            before = len(left)
            asked = [cell for cell in within.tolist() if cell in left]
            if len(asked) > 1:
                yield within, _move(room, within, asked, left, still)
        for seed in [cell for cell in within.tolist() if cell in left]:
            if seed in left:
                yield within, _move(room, within, [seed], left, still)


def _together_then_alone(
    room: Room, within: Ints, seed: int, left: dict[int, float], still: Ints | None
) -> Iterator[tuple[Ints, Floats]]:
    asked = [cell for cell in within.tolist() if cell in left]
    yield within, _move(room, within, asked, left, still)
    if seed in left and len(asked) > 1:
        yield within, _move(room, within, [seed], left, still)


def _move(
    room: Room, within: Ints, asked: list[int], left: dict[int, float], still: Ints | None
) -> Floats:
    cells = np.searchsorted(within, np.array(asked, dtype=np.int64))
    steps = np.array([left[cell] for cell in asked])
    held = None if still is None else np.searchsorted(within, still[np.isin(still, within)])
    return room.move(within, cells, steps, held)
