"""The unknowns: counts of people as cells, the sums that bind them, and the figures that show them.

Belongs here: the shape a disclosure problem has, whatever table it came from, and the check that it
holds together. Not here: making one out of a tidy table (`system`), choosing what is hidden
(`suppression`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Statuses = npt.NDArray[np.int8]

VISIBLE, PRIMARY, SECONDARY = 0, 1, 2


@dataclass(frozen=True)
class Cell:
    """A number of people. `published=False`: stands in no table, but can be computed from others.

    `weight` is what hiding it costs. `scale` is how many months' people the count adds up where a
    mean of months is what is shown; the mean is then what must not be small.
    """

    id: str
    count: int
    published: bool = True
    weight: int = 1
    scale: int = 1


@dataclass(frozen=True)
class Relation:
    """A sum a reader knows to hold: the total's count is the sum of the parts' counts."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CellSystem:
    """Everything published together, as arrays: n cells and r relations in compressed rows.

    `count`, `weight`, `scale`: int64[n]; `published`: bool[n]; `starts`: int64[r + 1]; `members`:
    cell positions, relation i being `members[starts[i]:starts[i + 1]]` with its total first.
    Raises ValueError when the arrays do not fit together, a count is negative, or a sum is wrong.
    """

    count: Ints
    weight: Ints
    scale: Ints
    published: Bools
    starts: Ints
    members: Ints

    def __post_init__(self) -> None:
        """Check the shapes, the counts and every sum."""
        n = len(self.count)
        if not len(self.weight) == len(self.scale) == len(self.published) == n:
            raise ValueError("the arrays of cells differ in length")
        if (self.count < 0).any() or (self.scale < 1).any():
            raise ValueError("a cell has a negative count or a scale below 1")
        if len(self.starts) == 0 or self.starts[0] != 0 or self.starts[-1] != len(self.members):
            raise ValueError("the relations' starts do not cover their members")
        if (np.diff(self.starts) < 2).any():
            raise ValueError("a relation has no parts")
        if len(self.members) and not 0 <= self.members.min() <= self.members.max() < n:
            raise ValueError("a relation names a cell that is not there")
        sums = np.bincount(
            self.relation_of(), weights=self.count[self.members], minlength=self.relations
        )
        if (sums != 2 * self.count[self.members[self.starts[:-1]]]).any():
            raise ValueError("a relation's parts do not add up to its total")

    @property
    def relations(self) -> int:
        """How many relations there are."""
        return len(self.starts) - 1

    def relation_of(self) -> Ints:
        """The relation each member belongs to, int64[len(members)]."""
        return np.repeat(np.arange(self.relations), np.diff(self.starts))

    @classmethod
    def of(cls, cells: Sequence[Cell], relations: Sequence[Relation]) -> CellSystem:
        """The system of a few cells written out by hand, in the order given."""
        position = {cell.id: at for at, cell in enumerate(cells)}
        if len(position) < len(cells):
            raise ValueError("two cells have one id")
        rows = [[position[name] for name in (rel.total, *rel.parts)] for rel in relations]
        return cls(
            count=np.array([cell.count for cell in cells], dtype=np.int64),
            weight=np.array([cell.weight for cell in cells], dtype=np.int64),
            scale=np.array([cell.scale for cell in cells], dtype=np.int64),
            published=np.array([cell.published for cell in cells], dtype=np.bool_),
            starts=np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64),
            members=np.array([at for row in rows for at in row], dtype=np.int64),
        )


@dataclass(frozen=True, eq=False)
class Figures:
    """Published rows and the cells each of them shows or can be undone into.

    Row `rows[i]` (of `length`) uses cell `cells[i]`; it may be seen only if all it uses may be.
    """

    length: int
    rows: Ints
    cells: Ints

    def status(self, hidden: Statuses) -> Statuses:
        """int8[length]: primary if a cell used is primary, else secondary if one is, else seen."""
        used = hidden[self.cells]
        status = np.full(self.length, VISIBLE, dtype=np.int8)
        status[self.rows[used == SECONDARY]] = SECONDARY
        status[self.rows[used == PRIMARY]] = PRIMARY
        return status
