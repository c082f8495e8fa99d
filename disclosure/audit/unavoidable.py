"""What no hiding can keep: zeros are shown, so every reader knows which counts hold somebody at all.

Belongs here: what follows when everything but the zeros is hidden. Not here: what follows from what is shown (`unknowns`).

A part of the relations is less than a reader has, so what it forces is certain: as a neighbourhood that holds the rest still
can show that a cell is wide, one that lets the rest go can show that it cannot be.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csc_array, csr_array

from disclosure.audit.programs import extreme, forced
from disclosure.audit.unknowns import unknowns_of
from disclosure.audit.view import TOLERANCE, Floats, Ints, Matrix, View

# How many unknowns a part of the relations binds, before all of them are asked.
_PARTS = (100, 400, 3_000, 10_000)


class Floor:
    """How few each cell of a view can be when everything but the zeros is hidden: a sum of two counts of somebody is two."""

    def __init__(self, view: View) -> None:
        with np.errstate(invalid="ignore"):
            nobody = np.abs(view.value) <= TOLERANCE
        # A visible count's own lower limit is what a hidden one's would be.
        lower = np.where(view.hidden, view.lower, np.minimum(1.0, view.value))
        self._unknowns = unknowns_of(replace(view, hidden=~nobody, lower=lower))
        self._place = {int(cell): at for at, cell in enumerate(self._unknowns.cells)}

    @property
    def simple(self) -> Floats:
        """What each relation alone forces every cell to be at least, float64[n]."""
        return self._unknowns.least

    def plainly_forces(self, cell: int, number: float) -> bool:
        """Whether it is plain from the relations near the cell that it cannot be less than the number."""
        at = self._place.get(cell)
        if at is None or self.simple[cell] >= number - TOLERANCE:
            return bool(self.simple[cell] >= number - TOLERANCE)
        return any(forced(self._unknowns, at, size) >= number - TOLERANCE for size in _PARTS)

    def forces(self, cell: int, number: float) -> bool:
        """Whether the cell cannot be less than the number, by all relations."""
        if self.plainly_forces(cell, number):
            return True
        at = self._place.get(cell)
        return at is not None and extreme(self._unknowns, at, -1.0) >= number - TOLERANCE


class Containing:
    """Which counts of 1 are one person: a count of 1 that holds another holds nobody else."""

    def __init__(self, view: View) -> None:
        one = np.abs(view.value - 1) <= TOLERANCE
        equations = np.flatnonzero(view.low == view.high)
        matrix = csr_array(view.matrix[equations, :])
        terms = matrix.tocoo()
        with np.errstate(invalid="ignore"):
            somebody = ~(np.abs(view.value) <= TOLERANCE)
        kept = somebody[terms.col]
        # Of each relation the cells that are not zero; those with just two, both 1, hold one person.
        row, column = terms.row[kept], terms.col[kept]
        count = np.bincount(row, minlength=len(equations))
        ones = np.bincount(row, weights=one[column], minlength=len(equations))
        pairs = np.flatnonzero((count == 2) & (ones == 2))
        self._rows: Matrix = csr_array((np.ones(len(row)), (row, column)), shape=matrix.shape)[
            pairs, :
        ]
        self._columns = csc_array(self._rows)

    def same_person(self, cell: int) -> Ints:
        """The cells that hold the one person of `cell` and nobody else, itself included, sorted."""
        found, edge = {cell}, [cell]
        while edge:
            column = edge.pop()
            for row in self._columns.indices[
                self._columns.indptr[column] : self._columns.indptr[column + 1]
            ]:
                start, stop = self._rows.indptr[row], self._rows.indptr[row + 1]
                new = set(self._rows.indices[start:stop].tolist()) - found
                found |= new
                edge += list(new)
        return np.array(sorted(found), dtype=np.int64)
