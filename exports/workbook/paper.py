"""Where a sheet's printed pages begin, decided from the heights of its rows rather than left to the program that prints.

Belongs here: how much a page holds, the breaks between pages, how a long table is shared between them. Not here: what the
rows are (`page`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

_LANDSCAPE, _PORTRAIT = (774.0, 498.0), (527.0, 744.0)
"""Across and down between the margins of A4, in points, with a little to spare."""
_POINTS_PER_UNIT = 5.25
"""A unit of a column's width as Excel prints it; LibreOffice prints it a little wider, and smaller then."""

FEWEST_ROWS = 3
"""Of a long table that begins low on a page, or ends on one with the notes."""


def points(width: float) -> float:
    """A column's width in points."""
    return _POINTS_PER_UNIT * width


@dataclass
class Paper:
    """The pages of a sheet whose columns fit on one. `repeated` is the height of the rows on top of every page but the
    first; `breaks` are the rows that end a page. Heights are in points of the sheet, before it is made to fit.
    """

    capacity: float
    repeated: float = 0.0
    breaks: list[int] = field(default_factory=list)
    _used: float = 0.0

    @classmethod
    def of(cls, widths: Sequence[float], landscape: bool) -> Paper:
        """The paper of a sheet with columns of these widths."""
        across, down = _LANDSCAPE if landscape else _PORTRAIT
        return cls(down * max(1.0, sum(map(points, widths)) / across))

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.capacity - self._used

    @property
    def whole_page(self) -> float:
        """What a page after the first has room for."""
        return self.capacity - self.repeated

    @property
    def is_fresh(self) -> bool:
        """Whether nothing but the repeated rows stands on the page."""
        return self._used <= self.repeated

    def fill(self, row: int, height: float) -> None:
        """Put a row on the page, or on the next one where it does not fit."""
        if height > self.room and not self.is_fresh:
            self.turn(row)
        self._used += height

    def keep(self, row: int, height: float) -> None:
        """Turn the page before the row where a block that begins there would be cut, if a whole page can hold it."""
        if self.room < height <= self.whole_page:
            self.turn(row)

    def turn(self, row: int) -> None:
        """Begin a new page with the row."""
        if not self.is_fresh:
            self.breaks.append(row - 1)
            self._used = self.repeated


def fitting_rows(
    heights: Sequence[float], first: float, after: float, below: float = 0.0
) -> list[int]:
    """How many rows of a table stand on each page: the first has room for `first`, later ones for `after`, and the last
    rows leave `below` for what follows them. A page has at least one row, however high that is."""
    counts: list[int] = []
    left, room = list(heights), first
    while len(left) > 1 and sum(left) + below > room:
        fitting = sum(1 for total in accumulate(left) if total <= room)
        if fitting == len(left):
            # They fit and what follows does not: the last rows go with it, as many as there is room for.
            kept = [n for n in range(1, FEWEST_ROWS + 1) if sum(left[-n:]) + below <= after]
            fitting -= max(kept, default=fitting)
            if fitting < 1:
                break
        elif 1 <= len(left) - FEWEST_ROWS < fitting:
            # Nor does the last page begin with a single row.
            fitting = len(left) - FEWEST_ROWS
        counts.append(max(1, fitting))
        left, room = left[counts[-1] :], after
    return [*counts, len(left)]
