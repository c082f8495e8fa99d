"""What a reader does not know outright: the hidden cells that are left when everything simple has been worked out.

Belongs here: moving visible cells to the constants, narrowing each cell's limits relation by relation until nothing
changes, and exact elimination. What is found here is certain, and the rest is smaller. Not here: linear programs
(`programs`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from disclosure.audit.elimination import determined
from disclosure.audit.view import TOLERANCE, Bools, Contradiction, Floats, Ints, Matrix, View

_ROUNDS = 60


@dataclass(frozen=True, eq=False)
class Unknowns:
    """u cells a reader does not know, and the r relations that still say something of them.

    `cells`: int64[u], positions in the view. `truth`, `lower`, `upper`: float64[u]. `matrix`: r x u; `low`, `high`:
    float64[r] with the known cells taken away. `part`: int64[u], which connected component each belongs to.
    `least`, `largest`: float64[n] limits of every cell of the view; equal where it is known.
    """

    cells: Ints
    truth: Floats
    lower: Floats
    upper: Floats
    matrix: Matrix
    low: Floats
    high: Floats
    part: Ints
    least: Floats
    largest: Floats


def unknowns_of(view: View, *, whole: bool = False) -> Unknowns:
    """Work out what is simple. `whole` says that every hidden cell is a whole number and that readers use it.

    Raises Contradiction where no values fit.
    """
    least = np.where(view.hidden, view.lower, view.value)
    largest = np.where(view.hidden, view.upper, view.value)
    keep = np.flatnonzero(_says_something(view))
    rows, low, high = csr_array(view.matrix[keep, :]), view.low[keep], view.high[keep]
    narrow(rows, low, high, least, largest, whole=whole)
    open_cells = _open(least, largest)
    if open_cells.sum():
        _eliminate(rows, low, high, least, largest)
        narrow(rows, low, high, least, largest, whole=whole)
        open_cells = _open(least, largest)
    cells = np.flatnonzero(open_cells)
    known = np.where(open_cells, 0.0, least)
    constant = rows @ known
    left = csr_array(rows[:, cells])
    busy = np.flatnonzero(np.diff(left.indptr) > 0)
    matrix = csr_array(left[busy, :])
    return Unknowns(
        cells=cells,
        truth=view.value[cells],
        lower=least[cells],
        upper=largest[cells],
        matrix=matrix,
        low=low[busy] - constant[busy],
        high=high[busy] - constant[busy],
        part=components(matrix),
        least=least,
        largest=largest,
    )


def components(matrix: Matrix) -> Ints:
    """Which connected component each column belongs to, int64[columns]: columns that share a row are connected."""
    rows, columns = matrix.shape
    coo = matrix.tocoo()
    graph = csr_array(
        (np.ones(len(coo.row)), (coo.row, rows + coo.col)), shape=(rows + columns, rows + columns)
    )
    labels = connected_components(graph, directed=False)[1]
    return np.unique(labels[rows:], return_inverse=True)[1].astype(np.int64)


def narrow(
    matrix: Matrix, low: Floats, high: Floats, least: Floats, largest: Floats, *, whole: bool
) -> None:
    """Narrow `least` and `largest` in place by every relation alone, round after round, until nothing changes.

    A limit that the others of a relation force is a limit whatever else holds, so each is certain.
    """
    coo = matrix.tocoo()
    row, column, factor = coo.row.astype(np.int64), coo.col.astype(np.int64), coo.data
    up = factor > 0
    m = len(low)
    for _ in range(_ROUNDS):
        smallest_part = factor * np.where(up, least[column], largest[column])
        largest_part = factor * np.where(up, largest[column], least[column])
        rest_low = _rest(row, smallest_part, m, -np.inf)
        rest_high = _rest(row, largest_part, m, np.inf)
        one = (high[row] - rest_low) / factor
        other = (low[row] - rest_high) / factor
        new_largest, new_least = largest.copy(), least.copy()
        np.minimum.at(new_largest, column, np.where(up, one, other))
        np.maximum.at(new_least, column, np.where(up, other, one))
        if whole:
            opened = _open(least, largest)
            new_largest = np.where(opened, np.floor(new_largest + TOLERANCE), new_largest)
            new_least = np.where(opened, np.ceil(new_least - TOLERANCE), new_least)
        if (new_least > new_largest + TOLERANCE * (1 + np.abs(new_largest))).any():
            raise Contradiction("no values fit the relations")
        # A limit crossed by rounding alone is one value.
        new_least = np.minimum(new_least, new_largest)
        moved = _moved(new_largest, largest) | _moved(new_least, least)
        least[:], largest[:] = new_least, new_largest
        if not moved.any():
            return


def _rest(row: Ints, parts: Floats, m: int, endless_is: float) -> Floats:
    """For every term the sum of the other terms of its relation; `endless_is` where one of them is infinite."""
    endless = np.isinf(parts)
    finite = np.where(endless, 0.0, parts)
    sums = np.bincount(row, weights=finite, minlength=m)
    how_many = np.bincount(row, weights=endless, minlength=m)
    return np.where(how_many[row] - endless > 0, endless_is, sums[row] - finite)


def _moved(new: Floats, old: Floats) -> Bools:
    with np.errstate(invalid="ignore"):
        near: Bools = np.abs(new - old) <= TOLERANCE * (1 + np.abs(old))
        return np.asarray((new != old) & ~near)


def _open(least: Floats, largest: Floats) -> Bools:
    return largest - least > TOLERANCE * (1 + np.abs(least))


def _says_something(view: View) -> Bools:
    """Relations with a hidden cell in them."""
    terms = view.matrix.tocoo()
    return np.bincount(terms.row[view.hidden[terms.col]], minlength=len(view.low)) > 0


def _eliminate(matrix: Matrix, low: Floats, high: Floats, least: Floats, largest: Floats) -> None:
    """Settle in place the cells that the equations alone give, in exact arithmetic."""
    cells = np.flatnonzero(_open(least, largest))
    equations = np.flatnonzero(low == high)
    known = np.where(_open(least, largest), 0.0, least)
    right = low[equations] - matrix[equations, :] @ known
    left = csr_array(matrix[equations, :][:, cells])
    for cell, value in determined(left, right, components(left)).items():
        least[cells[cell]] = largest[cells[cell]] = value
