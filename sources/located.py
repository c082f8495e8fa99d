"""Where the cells of regular lines stand: found for a whole stretch of text at once.

Belongs here: lines that all have the same number of cells, as positions in the text, and cells taken
out by position. Does not belong here: quotes (a text that has any is not read this way), files, what
the cells mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Positions = npt.NDArray[np.int64]
Lengths = npt.NDArray[np.uint32]
Text = npt.NDArray[np.uint8]

_FEED, _RETURN = ord("\n"), ord("\r")
_PIECE = 1 << 19
"""Bytes gone over at once: the positions of their cells stay in the processor's cache, and what is
let go after one piece is given out for the next instead of going back to the system.
"""


@dataclass(frozen=True)
class Located:
    """Some lines of `text`. `ends` (rows x width): where each cell ends, that is where its delimiter
    or line end stands. `lengths`: bytes of each cell.
    """

    text: Text
    ends: Positions
    lengths: Lengths

    def __len__(self) -> int:
        """Rows."""
        return len(self.ends)

    def filled(self, places: npt.NDArray[np.int64]) -> tuple[Positions, Positions, Lengths]:
        """The cells that are not empty in the columns at `places`, taken in that order: where each
        stands in a matrix of those columns laid flat, where it ends, its length.
        """
        chosen: Any = places
        if (np.diff(places) == 1).all():
            chosen = slice(int(places[0]), int(places[-1]) + 1)
        lengths = self.lengths[:, chosen]
        held = lengths != 0
        return np.flatnonzero(held), self.ends[:, chosen][held], lengths[held]

    def cells(self, place: int) -> pa.Array:
        """The cells of one column as texts."""
        lengths = self.lengths[:, place].astype(np.int64)
        return _texts(self.text, self.ends[:, place] - lengths, lengths)


class IrregularError(Exception):
    """A line has more or fewer cells than it should."""


def locate(lines: bytes, delimiter: str, width: int) -> Iterator[Located]:
    """The cells of whole lines, piece by piece; IrregularError at a line without `width` cells."""
    whole = np.frombuffer(lines, np.uint8)
    for first, end in _pieces(lines):
        yield _located(whole[first:end], ord(delimiter), width)


def _pieces(lines: bytes) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(lines):
        end = lines.find(b"\n", min(first + _PIECE, len(lines)) - 1) + 1
        yield first, end
        first = end


def _located(text: Text, delimiter: int, width: int) -> Located:
    feeds = text == _FEED
    lines = int(np.count_nonzero(feeds))
    marks = text == delimiter
    marks |= feeds
    ends = np.flatnonzero(marks)
    if len(ends) != lines * width:
        raise IrregularError
    lengths = np.empty(len(ends), np.uint32)
    lengths[0] = ends[0]
    np.subtract(ends[1:], ends[:-1], out=lengths[1:], casting="unsafe")
    lengths[1:] -= np.uint32(1)
    grid, sizes = ends.reshape(lines, width), lengths.reshape(lines, width)
    last = grid[:, -1]
    if not (text[last] == _FEED).all():
        raise IrregularError
    returns = (sizes[:, -1] > 0) & (text[last - 1] == _RETURN)
    grid[:, -1] -= returns
    sizes[:, -1] -= returns
    return Located(text, grid, sizes)


def _texts(text: Text, first: Positions, lengths: Positions) -> pa.Array:
    offsets = np.zeros(len(first) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    at = np.repeat(first - offsets[:-1], lengths) + np.arange(offsets[-1])
    values = pa.py_buffer(text[at])
    return pa.StringArray.from_buffers(len(first), pa.py_buffer(offsets), values)
