"""Clearing many cells with few linear programs.

Belongs here: the order in which neighbourhoods are tried, from small ones to everything a cell is bound to. Not here: the
programs (`programs`), what must be cleared (`audit`, `insiders`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from disclosure.audit.programs import Room, neighbourhood
from disclosure.audit.view import Floats, Ints

# How many unknowns are moved at once, the rest held still: most cells have room close by.
NEIGHBOURHOODS = (400, 3_000)
# From so many cells of one component on, all are first asked at once over the whole of it.
MANY = 200
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
    enough: int | None = None,
    spared: Callable[[int, bool], bool] | None = None,
) -> Ints:
    """The unknowns of `cells` that cannot be moved by their step (signed) from the room's point, sorted.

    `still` are unknowns that may not move. Every cell that is not returned has a point that shows it; every cell returned
    was tried alone over its whole component, or, when not `thorough`, over neighbourhoods of the `sizes`. `seen` is told
    each point found, as the unknowns moved and how far. The search ends when `enough` are found that cannot be moved.
    `spared`: whether a cell is left out that its nearest neighbourhood does not move (False) or nothing at all (True).
    """
    left = dict(zip(cells.tolist(), steps.tolist(), strict=True))
    stuck: list[int] = []

    def tried(within: Ints, asked: list[int]) -> int:
        """Move those asked, all at once, and strike off what the point shows; how many that were."""
        before = len(left)
        places = np.searchsorted(within, np.array(asked, dtype=np.int64))
        held = None if still is None else np.searchsorted(within, still[np.isin(still, within)])
        moved = room.move(within, places, np.array([left[cell] for cell in asked]), held)
        if seen is not None:
            seen(within, moved)
        for at in np.flatnonzero(np.abs(moved) > SHORT).tolist():
            cell = int(within[at])
            if cell in left and moved[at] / left[cell] >= 1 - SHORT:
                del left[cell]
        return before - len(left)

    if thorough:
        part = room.unknowns.part
        for number in np.unique(part[cells]):
            within = np.flatnonzero(part == number)
            for every in (2, 1):
                asked = [cell for cell in within.tolist() if cell in left][::every]
                if len(asked) >= MANY:
                    tried(within, asked)
    together = True
    for seed in cells.tolist():
        for turn, size in enumerate((*sizes, len(room.point)) if thorough else sizes):
            if seed not in left:
                break
            if turn == 1 and spared is not None and spared(seed, False):
                del left[seed]
                break
            within = neighbourhood(room.unknowns, seed, size)
            # What rises must be made up for by what falls: every second of the others is left free to move any way.
            others = [cell for cell in within.tolist() if cell in left and cell != seed]
            asked = [seed, *(others[::2] if size in sizes or together else ())]
            moved = tried(within, asked)
            # Over everything at once only for as long as a tenth of them are moved by it.
            together &= size in sizes or 10 * moved >= len(asked)
            whole = len(within) < size or size not in sizes
            last = whole or (size == sizes[-1] and not thorough)
            if seed in left and last and len(asked) > 1:
                tried(within, [seed])
            if whole:
                break  # That was everything the cell is bound to.
        if seed in left:
            del left[seed]
            if spared is None or not spared(seed, True):
                stuck.append(seed)
            if enough is not None and len(stuck) >= enough:
                break
    return np.array(sorted(stuck), dtype=np.int64)
