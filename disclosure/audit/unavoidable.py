"""What no hiding can keep: zeros are shown, so every reader knows which counts hold somebody at all.

Belongs here: what follows when everything but the zeros is hidden. Not here: what follows from what is shown (`unknowns`).
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array, csr_array

from disclosure.audit.unknowns import narrow
from disclosure.audit.view import TOLERANCE, Floats, Ints, Matrix, View


def least_whatever_is_hidden(view: View) -> Floats:
    """The fewest each cell can be when everything but the zeros is hidden, float64[n]: a sum of two counts of somebody
    is two.
    """
    with np.errstate(invalid="ignore"):
        nobody = np.abs(view.value) <= TOLERANCE
    least, largest = np.where(nobody, 0.0, view.lower), np.where(nobody, 0.0, view.upper)
    # A visible count's own lower limit is what a hidden one's would be.
    shown = ~view.hidden & ~nobody
    least[shown] = np.minimum(1.0, view.value[shown])
    narrow(view.matrix, view.low, view.high, least, largest, whole=False)
    return least


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
