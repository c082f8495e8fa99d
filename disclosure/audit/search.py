"""Clearing many cells with few linear programs.

Belongs here: the order in which neighbourhoods are tried, from small ones to everything a cell is bound to. Not here: the
programs (`programs`), what must be cleared (`audit`, `insiders`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

import numpy as np

from disclosure.audit.programs import Room
from disclosure.audit.view import Floats, Ints

# How many unknowns are moved at once, the rest held still: most cells have room close by.
NEIGHBOURHOODS = (400, 3_000)
# So much of a step may be missing by rounding.
SHORT = 1e-4


def clear(
    room: Room,
    cells: Ints,
    steps: Floats,
    still: Ints | None = None,
    *,
    thorough: bool = True,
    sizes: tuple[int, ...] = NEIGHBOURHOODS,
    seen: Callable[[Ints, Floats], None] | None = None,
) -> Ints:
    """The unknowns of `cells` that cannot be moved by their step (signed) from the room's point, sorted.

    `still` are unknowns that may not move. Every cell that is not returned has a point that shows it; every cell returned
    was tried alone over its whole component, or, when not `thorough`, over neighbourhoods of the `sizes`. `seen` is told
    each point found, as the unknowns moved and how far.
    """
    left = dict(zip(cells.tolist(), steps.tolist(), strict=True))
    tries = [_nearby(room, left, still, sizes)]
    if thorough:
        tries.append(_far(room, left, still))
    for within, moved in chain.from_iterable(tries):
        if seen is not None:
            seen(within, moved)
        for at, cell in enumerate(within.tolist()):
            if cell in left and moved[at] / left[cell] >= 1 - SHORT:
                del left[cell]
    return np.array(sorted(left), dtype=np.int64)


def _nearby(
    room: Room, left: dict[int, float], still: Ints | None, sizes: tuple[int, ...]
) -> Iterator[tuple[Ints, Floats]]:
    """Programs over neighbourhoods while cells are left, each as the unknowns moved and how far."""
    for size in sizes:
        for seed in list(left):
            if seed in left:
                within = room.neighbourhood(seed, size)
                yield from _together_then_alone(room, within, seed, left, still)


def _far(room: Room, left: dict[int, float], still: Ints | None) -> Iterator[tuple[Ints, Floats]]:
    """Programs over whole components while cells are left."""
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
