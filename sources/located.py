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
Lengths = npt.NDArray[np.uint16]
Text = npt.NDArray[np.uint8]

_FEED, _RETURN = ord("\n"), ord("\r")
_SIGN = np.uint16(1)
_LONGEST_LINE = 65_535
_PIECE = 1 << 19
"""Bytes gone over at once: the positions of their cells stay in the processor's cache, and what is
let go after one piece is given out for the next instead of going back to the system.
"""


@dataclass(frozen=True)
class Located:
    """Some lines of `text`. `ends` (rows x width): where each cell ends, that is where its delimiter
    or line end stands. `spans`: bytes of each cell and the sign that ends it.
    """

    text: Text
    ends: Positions
    spans: Lengths

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
        spans = self.spans[:, chosen]
        held = spans > 1
        return np.flatnonzero(held), self.ends[:, chosen][held], spans[held] - _SIGN

    def cells(self, place: int) -> pa.Array:
        """The cells of one column as texts."""
        lengths = self.spans[:, place].astype(np.int64) - 1
        return _texts(self.text, self.ends[:, place] - lengths, lengths)


class IrregularError(Exception):
    """A line has more or fewer cells than it should, or is very long."""


def locate(text: bytes, size: int, delimiter: str, width: int) -> Iterator[Located]:
    """The cells of the whole lines in the first `size` bytes, piece by piece; IrregularError at a line
    without `width` cells.
    """
    whole = np.frombuffer(text, np.uint8, size)
    first = 0
    while first < size:
        end = text.find(b"\n", min(first + _PIECE, size) - 1) + 1
        yield _located(whole[first:end], ord(delimiter), width)
        first = end


def _located(text: Text, delimiter: int, width: int) -> Located:
    feeds = text == _FEED
    lines = int(np.count_nonzero(feeds))
    marks = text == delimiter
    marks |= feeds
    ends = np.flatnonzero(marks)
    if len(ends) != lines * width:
        raise IrregularError
    grid = ends.reshape(lines, width)
    last = grid[:, -1]
    if not (text[last] == _FEED).all() or np.diff(last, prepend=-1).max() > _LONGEST_LINE:
        raise IrregularError
    spans = np.empty(len(ends), np.uint16)
    spans[0] = ends[0] + 1
    np.subtract(ends[1:], ends[:-1], out=spans[1:], casting="unsafe")
    sizes = spans.reshape(lines, width)
    returns = (sizes[:, -1] > 1) & (text[last - 1] == _RETURN)
    last -= returns
    sizes[:, -1] -= returns
    return Located(text, grid, sizes)


def _texts(text: Text, first: Positions, lengths: Positions) -> pa.Array:
    offsets = np.zeros(len(first) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    at = np.repeat(first - offsets[:-1], lengths) + np.arange(offsets[-1])
    values = pa.py_buffer(text[at])
    return pa.StringArray.from_buffers(len(first), pa.py_buffer(offsets), values)
