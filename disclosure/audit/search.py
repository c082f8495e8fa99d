"""Clearing many cells with few linear programs.

Belongs here: the order in which neighbourhoods are tried, from small ones to everything a cell is bound to. Not here: the
programs (`programs`), what must be cleared (`audit`, `insiders`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from disclosure.audit.programs import Room
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
) -> Ints:
    """The unknowns of `cells` that cannot be moved by their step (signed) from the room's point, sorted.

    `still` are unknowns that may not move. Every cell that is not returned has a point that shows it; every cell returned
    was tried alone over its whole component, or, when not `thorough`, over neighbourhoods of the `sizes`. `seen` is told
    each point found, as the unknowns moved and how far. The search ends when `enough` are found that cannot be moved.
    """
    left = dict(zip(cells.tolist(), steps.tolist(), strict=True))
    stuck: list[int] = []

    def tried(within: Ints, asked: list[int]) -> None:
        """Move those asked, all at once, and strike off what the point shows."""
        places = np.searchsorted(within, np.array(asked, dtype=np.int64))
        held = None if still is None else np.searchsorted(within, still[np.isin(still, within)])
        moved = room.move(within, places, np.array([left[cell] for cell in asked]), held)
        if seen is not None:
            seen(within, moved)
        for at in np.flatnonzero(np.abs(moved) > SHORT).tolist():
            cell = int(within[at])
            if cell in left and moved[at] / left[cell] >= 1 - SHORT:
                del left[cell]

    if thorough:
        part = room.unknowns.part
        for number in np.unique(part[cells]):
            within = np.flatnonzero(part == number)
            for every in (2, 1):
                asked = [cell for cell in within.tolist() if cell in left][::every]
                if len(asked) >= MANY:
                    tried(within, asked)
    for seed in cells.tolist():
        for size in (*sizes, len(room.point)) if thorough else sizes:
            if seed not in left:
                break
            within = room.neighbourhood(seed, size)
            # What rises must be made up for by what falls: every second of the others is left free to move any way.
            others = [cell for cell in within.tolist() if cell in left and cell != seed]
            if size in sizes:
                tried(within, [seed, *others[::2]])
            whole = len(within) < size or size not in sizes
            if seed in left and (whole or (size == sizes[-1] and not thorough)):
                tried(within, [seed])
            if whole:
                break  # That was everything the cell is bound to.
        if seed in left:
            stuck.append(seed)
            del left[seed]
            if enough is not None and len(stuck) >= enough:
                break
    return np.array(sorted(stuck), dtype=np.int64)
