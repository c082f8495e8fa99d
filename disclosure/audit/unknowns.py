"""What a reader does not know outright: the hidden cells that are left when everything simple has been worked out.

Belongs here: moving visible cells to the constants, narrowing each cell's limits relation by relation until nothing
changes, and exact elimination. What is found here is certain, and the rest is smaller. Not here: linear programs
(`programs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_array, csr_array
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

    @cached_property
    def columns(self) -> csc_array[np.float64]:
        """The relations by column."""
        return csc_array(self.matrix)


def unknowns_of(view: View, *, whole: bool = False) -> Unknowns:
    """Work out what is simple. `whole` says that every hidden cell is a whole number and that readers use it.

    Raises Contradiction where no values fit.
    """
    least = np.where(view.hidden, view.lower, view.value)
    largest = np.where(view.hidden, view.upper, view.value)
    rows, low, high = _without(view.matrix, view.low, view.high, least, largest)
    narrow(rows, low, high, least, largest, whole=whole)
    rows, low, high = _without(rows, low, high, least, largest)
    if _eliminate(rows, low, high, least, largest):
        narrow(rows, low, high, least, largest, whole=whole)
        rows, low, high = _without(rows, low, high, least, largest)
    cells = np.flatnonzero(_open(least, largest))
    matrix = csr_array(rows[:, cells])
    return Unknowns(
        cells=cells,
        truth=view.value[cells],
        lower=least[cells],
        upper=largest[cells],
        matrix=matrix,
        low=low,
        high=high,
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
        opened = _open(least, largest)
        smallest_part = factor * np.where(up, least[column], largest[column])
        largest_part = factor * np.where(up, largest[column], least[column])
        rest_low = _rest(row, smallest_part, m, -np.inf)
        rest_high = _rest(row, largest_part, m, np.inf)
        one = (high[row] - rest_low) / factor
        other = (low[row] - rest_high) / factor
        new_largest, new_least = largest.copy(), least.copy()
        np.minimum.at(new_largest, column, np.where(up, one, other))
        np.maximum.at(new_least, column, np.where(up, other, one))
        if (new_least > new_largest + _slack(new_largest)).any():
            raise Contradiction("no values fit the relations")
        # What is known stays as it is: rounding must not creep from cell to cell.
        new_largest = np.where(opened, _near_whole(new_largest), largest)
        new_least = np.where(opened, _near_whole(new_least), least)
        if whole:
            new_largest = np.where(opened, np.floor(new_largest), largest)
            new_least = np.where(opened, np.ceil(new_least), least)
            if (new_least > new_largest + _slack(new_largest)).any():
                raise Contradiction("no whole numbers fit the relations")
        new_least = np.minimum(new_least, new_largest)
        moved = _moved(new_largest, largest) | _moved(new_least, least)
        least[:], largest[:] = new_least, new_largest
        if not moved.any():
            return


def _near_whole(numbers: Floats) -> Floats:
    """Numbers that are whole but for rounding, whole."""
    whole = np.rint(numbers)
    with np.errstate(invalid="ignore"):
        near = np.abs(numbers - whole) <= _slack(whole)
    return np.where(near, whole, numbers)


def _slack(numbers: Floats) -> Floats:
    return TOLERANCE * (1 + np.abs(numbers))


def _rest(row: Ints, parts: Floats, m: int, endless_is: float) -> Floats:
    """For every term the sum of the other terms of its relation; `endless_is` where one of them is infinite."""
    endless = np.isinf(parts)
    finite = np.where(endless, 0.0, parts)
    sums = np.bincount(row, weights=finite, minlength=m)
    how_many = np.bincount(row, weights=endless, minlength=m)
    return np.where(how_many[row] - endless > 0, endless_is, sums[row] - finite)


def _moved(new: Floats, old: Floats) -> Bools:
    with np.errstate(invalid="ignore"):
        near: Bools = np.abs(new - old) <= _slack(new)
        return np.asarray((new != old) & ~near)


def _open(least: Floats, largest: Floats) -> Bools:
    return largest - least > _slack(least)


def _without(
    matrix: Matrix, low: Floats, high: Floats, least: Floats, largest: Floats
) -> tuple[Matrix, Floats, Floats]:
    """The relations that still have an unknown in them, what is known moved to their limits."""
    opened = _open(least, largest)
    constant = np.asarray(matrix @ np.where(opened, 0.0, least))
    terms = matrix.tocoo()
    of_unknowns = opened[terms.col]
    row, column, factor = terms.row[of_unknowns], terms.col[of_unknowns], terms.data[of_unknowns]
    busy = np.unique(row)
    left = csr_array(
        (factor, (np.searchsorted(busy, row), column)), shape=(len(busy), matrix.shape[1])
    )
    return left, low[busy] - constant[busy], high[busy] - constant[busy]


def _eliminate(matrix: Matrix, low: Floats, high: Floats, least: Floats, largest: Floats) -> bool:
    """Settle in place the cells that the equations alone give, in exact arithmetic; whether there were any.

    `matrix` has terms of unknowns only (`_without`).
    """
    cells = np.flatnonzero(_open(least, largest))
    equations = np.flatnonzero(low == high)
    left = csr_array(matrix[equations, :][:, cells])
    found = determined(left, low[equations], components(left))
    for cell, value in found.items():
        least[cells[cell]] = largest[cells[cell]] = value
    return bool(found)
