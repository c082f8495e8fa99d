"""What stands near a cell: the cells its relations bind it to, and the part of the relations that binds them.

Belongs here: going from cell to relation to cell, and cutting out of the matrix. Not here: what is asked of the part
(`moves`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_array, csr_array

from disclosure.patterns.cells import Bools, Floats, Ints, spans
from disclosure.patterns.solver import Columns


def within(matrix: csr_array, cells: Bools, relations: int) -> Bools:
    """These cells, and those that are so many relations away from one of them or fewer, bool[n]."""
    near: Bools = cells.copy()
    for _ in range(relations):
        near[matrix[np.flatnonzero(abs(matrix) @ near.astype(np.float64))].indices] = True
    return near


@dataclass(frozen=True, eq=False)
class Part:
    """Cells, int64[k] in order, and the relations of those that are not held by a relation of their own, by column."""

    cells: Ints
    columns: Columns

    @cached_property
    def both_ways(self) -> Columns:
        """The columns of what each cell rises by, and after them those of what each falls by."""
        return self.columns.both_ways()


@dataclass(frozen=True, eq=False)
class _Lists:
    """The cells of each relation, or the relations of each cell: those of i are `members[starts[i]:starts[i + 1]]`."""

    starts: Ints
    members: Ints
    entries: Floats

    @classmethod
    def of(cls, matrix: csr_array | csc_array) -> _Lists:
        return cls(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data)

    def __getitem__(self, of: Ints | int) -> Ints:
        """The members of one list, or of some one after another."""
        if isinstance(of, int):
            return self.members[self.starts[of] : self.starts[of + 1]]
        return self.members[spans(self.starts, of)[0]]


class Surroundings:
    """The relations of a system, to be walked along."""

    def __init__(self, matrix: csr_array) -> None:
        self._rows, self._columns = _Lists.of(csr_array(matrix)), _Lists.of(matrix.tocsc())
        relations, cells = matrix.shape
        # Kept between questions and left as found, so that a question costs no more than what it touches.
        self._seen = np.zeros(cells, dtype=np.bool_)
        self._passed = np.zeros(relations, dtype=np.bool_)
        self._place = np.zeros(max(matrix.shape), dtype=np.int64)

    def around(self, cell: int, allowed: Bools, size: int) -> tuple[Ints, bool]:
        """Allowed cells around a cell, relation by relation, until there are `size`; and whether that is all of them.

        All cells of the relations of `cell` itself are among them.
        """
        edge = np.array([cell], dtype=np.int64)
        found, passed, total = [edge], [], 1
        self._seen[cell] = True
        while len(edge) and (total < size or len(found) == 1):
            rows = self._columns[edge]
            rows = self._distinct(rows[~self._passed[rows]])
            self._passed[rows] = True
            passed.append(rows)
            reached = self._rows[rows]
            edge = self._distinct(reached[allowed[reached] & ~self._seen[reached]])
            if len(found) > 1:
                edge = edge[: size - total]
            self._seen[edge] = True
            found.append(edge)
            total += len(edge)
        cells = np.sort(np.concatenate(found))
        self._seen[cells] = False
        self._passed[np.concatenate(passed)] = False
        return cells, not len(edge)

    def part(self, cells: Ints) -> Part:
        """The relations of cells of which none is the only one of `cells` in a relation: those cannot change alone."""
        at, counts = spans(self._columns.starts, cells)
        entries = self._columns.entries[at]
        column = np.repeat(np.arange(len(cells)), counts)
        row = self._numbered(self._columns.members[at])
        kept = np.ones(len(cells), dtype=np.bool_)
        while True:
            alone = np.bincount(row)[row] == 1
            if not alone.any():
                break
            kept[column[alone]] = False
            left = kept[column]
            row, column, entries = row[left], column[left], entries[left]
        row = self._numbered(row)
        starts = np.zeros(int(kept.sum()) + 1, dtype=np.int32)
        np.cumsum(np.bincount(column, minlength=len(cells))[kept], out=starts[1:])
        height = int(row.max(initial=-1)) + 1
        return Part(cells[kept], Columns(starts, row.astype(np.int32), entries, height))

    def sums(self, cells: Ints, change: Floats) -> Floats:
        """By how much each relation with one of the cells, int64[k], is off when they are changed, float64[k]."""
        at, counts = spans(self._columns.starts, cells)
        row = self._numbered(self._columns.members[at])
        off = np.bincount(row, weights=self._columns.entries[at] * np.repeat(change, counts))
        return np.asarray(off, dtype=np.float64)

    def are_bound(self, cell: int, other: int) -> bool:
        """Whether the two stand in one relation."""
        one, two = (self._columns[at].tolist() for at in (cell, other))
        return not set(one).isdisjoint(two)

    def _distinct(self, numbers: Ints) -> Ints:
        """Each number once, in the order of its first place."""
        order = np.arange(len(numbers))
        self._place[numbers[::-1]] = order[::-1]
        return np.asarray(numbers[self._place[numbers] == order], dtype=np.int64)

    def _numbered(self, numbers: Ints) -> Ints:
        """The numbers replaced by 0, 1, … in the order of their first places."""
        distinct = self._distinct(numbers)
        self._place[distinct] = np.arange(len(distinct))
        return self._place[numbers]
