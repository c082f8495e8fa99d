"""Views put together, as a reader does who keeps what was published before or elsewhere.

Belongs here: two sets as one system, and differences between cells that nobody published. Not here: which cells of two sets
count the same people (the caller says), the audit itself (`audit`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from scipy.sparse import block_diag, csr_array, vstack

from disclosure.audit.view import TOLERANCE, Contradiction, Floats, Ints, Matrix, View


def linked(first: View, second: View, same: Iterable[tuple[int, int]]) -> tuple[View, Ints]:
    """One view of both, and where each cell of the second stands in it: int64[len(second)].

    `same` pairs cells of the first and the second that are one unknown; what either shows is then known. The first's cells
    keep their positions, and a relation of the second that is one of the first is not repeated. Raises Contradiction where
    a pair has two values.
    """
    n = len(first.value)
    pairs = np.array(sorted(same), dtype=np.int64).reshape(-1, 2)
    place = np.full(len(second.value), -1, dtype=np.int64)
    place[pairs[:, 1]] = pairs[:, 0]
    own = np.flatnonzero(place < 0)
    place[own] = n + np.arange(len(own))
    ours, theirs = first.value[pairs[:, 0]], second.value[pairs[:, 1]]
    if (np.abs(ours - theirs) > TOLERANCE).any():
        raise Contradiction("one unknown has two values")
    value = np.concatenate([first.value, second.value[own]])
    hidden = np.concatenate([first.hidden, second.hidden[own]])
    lower = np.concatenate([first.lower, second.lower[own]])
    upper = np.concatenate([first.upper, second.upper[own]])
    hidden[pairs[:, 0]] &= second.hidden[pairs[:, 1]]
    value[pairs[:, 0]] = np.where(np.isnan(ours), theirs, ours)
    lower[pairs[:, 0]] = np.maximum(lower[pairs[:, 0]], second.lower[pairs[:, 1]])
    upper[pairs[:, 0]] = np.minimum(upper[pairs[:, 0]], second.upper[pairs[:, 1]])
    matrix = _at(first.matrix, np.arange(n), len(value))
    more = _at(second.matrix, place, len(value))
    new = _not_among(_names(more, second.low, second.high), _names(matrix, first.low, first.high))
    matrix = csr_array(vstack([matrix, more[new]]))
    low = np.concatenate([first.low, second.low[new]])
    high = np.concatenate([first.high, second.high[new]])
    return View(value, hidden, lower, upper, matrix, low, high), place


def _at(matrix: Matrix, place: Ints, columns: int) -> Matrix:
    """The relations with each cell at its place."""
    entries = matrix.tocoo()
    return csr_array(
        (entries.data, (entries.row, place[entries.col])), shape=(matrix.shape[0], columns)
    )


def _names(matrix: Matrix, low: Floats, high: Floats) -> list[bytes]:
    """Each relation as one name: its cells, their factors and its limits."""
    matrix.sort_indices()
    starts, cells, factors = matrix.indptr, matrix.indices.astype(np.int64), matrix.data
    limits = np.column_stack([low, high])
    return [
        cells[start:stop].tobytes() + factors[start:stop].tobytes() + limits[row].tobytes()
        for row, (start, stop) in enumerate(pairwise(starts.tolist()))
    ]


def _not_among(names: list[bytes], others: list[bytes]) -> Ints:
    """The positions of the names that are not among others."""
    known = set(others)
    return np.array([at for at, name in enumerate(names) if name not in known], dtype=np.int64)


def with_differences(view: View, pairs: Iterable[tuple[int, int]]) -> tuple[View, Ints]:
    """The view with a hidden cell more for each (larger, smaller) of `pairs`, the people in the one and not in the
    other, and the positions of those cells: int64[len(pairs)].
    """
    at = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    n, k = len(view.value), len(at)
    zeros, ones = np.zeros(k), np.ones(k)
    difference: Floats = view.value[at[:, 0]] - view.value[at[:, 1]]
    numbers = np.arange(k)
    rows = csr_array(
        (
            np.concatenate([ones, -ones, -ones]),
            (np.tile(numbers, 3), np.concatenate([at[:, 0], at[:, 1], n + numbers])),
        ),
        shape=(k, n + k),
    )
    wider = View(
        value=np.concatenate([view.value, difference]),
        hidden=np.concatenate([view.hidden, ones > 0]),
        lower=np.concatenate([view.lower, zeros]),
        upper=np.concatenate([view.upper, np.full(k, np.inf)]),
        matrix=csr_array(vstack([block_diag([view.matrix, csr_array((0, k))]), rows])),
        low=np.concatenate([view.low, zeros]),
        high=np.concatenate([view.high, zeros]),
    )
    return wider, n + numbers
