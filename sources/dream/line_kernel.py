"""The compiled loop over the cells of regular lines: every byte is looked at once, and no cell is an object.

Belongs here: lines that all have the same number of cells, and cells looked up among those already
read. Does not belong here: quotes (a text that has any is not read this way), what a cell means:
nothing here knows what is valid.

"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sources.dream.compiling import compiled

WEEK, DEGREE, INDUSTRY, TEXT, IGNORED, BEYOND = range(6)
"""What is done with the cells of a column: looked up as one of three kinds, handed over as text, left
out; or none of them may hold anything.
"""
KINDS = 3

LONGEST = 8
"""Bytes of a cell that is looked up; a longer one is read with care."""

GOOD, CARE, UNKNOWN = range(3)
"""What a row is found to be: every cell of it is good; it is to be read with care; a cell of it has
not been met before.
"""

IRREGULAR = -1

_FEED, _RETURN = ord("\n"), ord("\r")
_BYTE, _HALF = np.uint64(8), np.uint64(32)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Columns(NamedTuple):
    """The `use` of each column's cells, and its place in the list of that use."""

    use: npt.NDArray[np.uint8]
    place: npt.NDArray[np.int64]


class Memory(NamedTuple):
    """Cells already read, a row for each kind; elements from 1 on. `cells` as numbers, their last byte
    lowest; the `values` read of them; whether each is `good`. `slots`: the element of a cell, found
    from its hash on before the first free slot (0). Their number is a power of two and more than all
    cells.
    """

    slots: npt.NDArray[np.uint16]
    cells: npt.NDArray[np.uint64]
    values: npt.NDArray[np.float32]
    good: npt.NDArray[np.bool_]


class Lines(NamedTuple):
    """Room for some lines; what an empty cell is read as stands in it. `weeks`, `grad`, `branche`: rows x
    places. `first`, `length`: where each cell handed over as text begins, and its bytes (rows x
    places). `state` of each row.
    """

    weeks: npt.NDArray[np.uint16]
    grad: npt.NDArray[np.float32]
    branche: npt.NDArray[np.uint8]
    first: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]
    state: npt.NDArray[np.uint8]


class Unknown(NamedTuple):
    """Cells not met before with the kind of each, as many as there is room for."""

    kind: npt.NDArray[np.uint8]
    cell: npt.NDArray[np.uint64]


@compiled
def slot_of(memory: Memory, kind: int, cell: np.uint64) -> int:
    """The slot that a cell stands in, or the free one where it would."""
    last = memory.slots.shape[1] - 1
    slot: int = np.int64((cell * _SPREAD) >> _HALF) & last
    while True:
        found = memory.slots[kind, slot]
        if found == 0 or memory.cells[kind, found] == cell:
            return slot
        slot = (slot + 1) & last


@compiled
def read_lines(
    text: npt.NDArray[np.uint8],
    delimiter: int,
    columns: Columns,
    memory: Memory,
    lines: Lines,
    unknown: Unknown,
) -> int:
    """Read as many lines of `text` as `lines` has rows; it must hold that many line feeds.

    Returns how many cells stand in `unknown`; IRREGULAR when a line has more or fewer cells than
    there are columns, or something in a column where nothing may stand.
    """
    last = len(columns.use) - 1
    # A cell like the one of its kind before it is not looked up.
    before = np.zeros(KINDS, np.uint64)
    value = np.zeros(KINDS, np.float32)
    at = met = 0
    for row in range(len(lines.state)):
        state = GOOD
        for column in range(last + 1):
            byte = text[at]
            if byte == delimiter and column != last:
                at += 1
                continue
            begin = at
            cell = np.uint64(0)
            while byte != delimiter and byte != _FEED:
                cell = (cell << _BYTE) | np.uint64(byte)
                at += 1
                byte = text[at]
            size = at - begin
            at += 1
            long = size > LONGEST
            if column == last:
                if byte != _FEED:
                    return IRREGULAR
                if size and text[at - 2] == _RETURN:
                    size -= 1
                    cell >>= _BYTE
                if not size:
                    continue
            elif byte == _FEED:
                return IRREGULAR
            use, place = columns.use[column], columns.place[column]
            if use == TEXT:
                lines.first[row, place], lines.length[row, place] = begin, size
                continue
            if use == IGNORED:
                continue
            if use == BEYOND:
                return IRREGULAR
            if long or cell != before[use]:
                found = memory.slots[use, slot_of(memory, use, cell)]
                if long or (found and not memory.good[use, found]):
                    state = max(state, CARE)
                    continue
                if not found:
                    state = UNKNOWN
                    if met < len(unknown.cell):
                        unknown.kind[met], unknown.cell[met] = use, cell
                        met += 1
                    continue
                before[use], value[use] = cell, memory.values[use, found]
            if use == WEEK:
                lines.weeks[row, place] = np.uint16(value[use])
            elif use == DEGREE:
                lines.grad[row, place] = value[use]
            else:
                lines.branche[row, place] = np.uint8(value[use])
        lines.state[row] = state
    return met
