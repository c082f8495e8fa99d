"""A system without what a reader knows anyway, so that a pattern is looked for among fewer unknowns.

Belongs here: cells that shown zeros make zero, cells that relations make one and the same, and the way back. Not here: what
is hidden (`patterns`), tables (`system`).

Of the tidy table of a small place nine cells in ten go: most counts are zero, and where only one category of a breakdown has
people in it, the category is the total.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from disclosure.patterns.cells import VISIBLE, Bools, CellSystem, Ints, Statuses

NOTHING = -1


@dataclass(frozen=True, eq=False)
class Reduction:
    """`system`: the unknowns that are left; `cell`: int64[n], which of them each cell is, `NOTHING` for a known zero."""

    system: CellSystem
    cell: Ints

    def status_of(self, status: Statuses, of: CellSystem) -> Statuses:
        """The statuses of all cells of the system `of` that was reduced, from those of the unknowns left; an unpublished
        one that needs no protection has none."""
        known = self.cell != NOTHING
        every = np.full(len(self.cell), VISIBLE, dtype=np.int8)
        every[known] = status[self.cell[known]]
        every[~of.published & ~of.sensitive] = VISIBLE
        return every


def reduce(system: CellSystem, open_zeros: Bools | None = None) -> Reduction:
    """The system with known zeros left out and equal cells made one.

    Published zeros count as known, for they are shown, but for those of `open_zeros`, bool[n], which may be hidden.
    The unknown made of several cells is published, or a total, if one of them is, costs what all of them cost, and must be
    protected as the one most in need.
    """
    known = system.published & (system.value == 0) & ~system.sensitive
    if open_zeros is not None:
        known &= ~open_zeros
    label = np.arange(len(system.value))
    while True:
        matrix = _without(system.matrix, label, known)
        size = np.diff(matrix.indptr)
        # A sum of one cell is zero, and a sum of two with opposite signs says that they are equal.
        zeros = matrix.indices[matrix.indptr[:-1][size == 1]]
        first = matrix.indptr[:-1][size == 2]
        first = first[matrix.data[first] == -matrix.data[first + 1]]
        if not len(zeros) and not len(first):
            break
        known[zeros] = True
        label = _merged(label, matrix.indices[first], matrix.indices[first + 1])
        known = _of_any(label, known)
    left = np.unique(label[~known])
    at = np.full(len(label), NOTHING, dtype=np.int64)
    at[left] = np.arange(len(left))
    return Reduction(_made(system, at[label], matrix[size > 0][:, left]), at[label])


def _without(matrix: csr_array, label: Ints, known: Bools) -> csr_array:
    """The relations between the labels that are not known."""
    entries = matrix.tocoo()
    cells = label[entries.col]
    kept = ~known[cells]
    left = coo_array(
        (entries.data[kept], (entries.row[kept], cells[kept])), shape=matrix.shape
    ).tocsr()
    left.eliminate_zeros()
    return left


def _merged(label: Ints, one: Ints, other: Ints) -> Ints:
    """The labels where those of `one` and `other` have become the same: the smallest of them."""
    n = len(label)
    pairs = coo_array((np.ones(len(one)), (one, other)), shape=(n, n))
    count, group = connected_components(pairs, directed=False)
    smallest = np.full(count, n)
    np.minimum.at(smallest, group, np.arange(n))
    merged: Ints = smallest[group][label]
    return merged


def _of_any(label: Ints, marked: Bools) -> Bools:
    """Which cells have a label that one of the marked has."""
    found = np.zeros(len(label), dtype=np.bool_)
    np.logical_or.at(found, label, marked)
    by_label: Bools = found[label]
    return by_label


def _made(system: CellSystem, cell: Ints, matrix: csr_array) -> CellSystem:
    """The system of the unknowns: `cell` says which of them each cell is."""
    there = np.flatnonzero(cell != NOTHING)
    at, size = cell[there], matrix.shape[1]

    def every(start: float, ufunc: np.ufunc, values: np.ndarray) -> np.ndarray:
        made = np.full(size, start)
        ufunc.at(made, at, values[there])
        return made

    first = np.full(size, len(cell))
    np.minimum.at(first, at, there)

    def of_any(marked: Bools) -> Bools:
        made = np.zeros(size, dtype=np.bool_)
        made[at[marked[there]]] = True
        return made

    published = of_any(system.published)
    weight = every(0.0, np.add, np.where(system.published, system.weight, 0.0))
    before = np.full(size, -1, dtype=np.int64)
    earlier = there[system.before[there] >= 0]
    before[cell[earlier]] = cell[system.before[earlier]]
    return CellSystem(
        value=system.value[first],
        lower=every(-np.inf, np.maximum, system.lower),
        reach=every(np.nan, np.fmax, system.reach),
        fall=every(np.nan, np.fmin, system.fall),
        enough=every(np.nan, np.fmax, system.enough),
        weight=np.where(published, weight, 1.0),
        published=published,
        last=of_any(system.last),
        block=system.block[first],
        before=before,
        matrix=matrix,
    )
