"""Cells that equations alone give away, found in exact arithmetic.

Belongs here: Gauss-Jordan elimination over whole numbers. Not here: what limits and inequalities add (`programs`).
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd

import numpy as np

from disclosure.audit.view import Floats, Ints, Matrix

# Above so many unknowns in one component exact numbers grow too long; the linear programs see those cells as well.
LARGEST_COMPONENT = 700

Row = dict[int, int]


def determined(matrix: Matrix, right: Floats, part: Ints) -> dict[int, float]:
    """The cells (columns) that have one value only under `matrix @ x = right`, with that value.

    `part` is each column's component; components of more than `LARGEST_COMPONENT` columns are left alone, and so are
    equations whose coefficients are not whole numbers.
    """
    sizes = np.bincount(part) if len(part) else np.zeros(0, dtype=np.int64)
    by_component: dict[int, list[tuple[Row, Fraction]]] = {}
    for index in range(matrix.shape[0]):
        start, stop = matrix.indptr[index], matrix.indptr[index + 1]
        columns, factors = matrix.indices[start:stop], matrix.data[start:stop]
        if not len(columns) or (factors != np.rint(factors)).any():
            continue
        component = int(part[columns[0]])
        if sizes[component] > LARGEST_COMPONENT:
            continue
        row = {int(c): int(f) for c, f in zip(columns, factors, strict=True)}
        by_component.setdefault(component, []).append((row, Fraction(float(right[index]))))
    found: dict[int, float] = {}
    for equations in by_component.values():
        found |= _solve(equations)
    return found


def _solve(equations: list[tuple[Row, Fraction]]) -> dict[int, float]:
    """Reduce to echelon form, shortest equations first, and read off the rows with one unknown."""
    pivots: dict[int, tuple[Row, Fraction]] = {}
    holders: dict[int, set[int]] = {}
    for row, right in sorted(equations, key=lambda one: (len(one[0]), sorted(one[0]))):
        row = dict(row)
        for column in [c for c in row if c in pivots]:
            row, right = _subtract(row, right, column, *pivots[column])
        if not row:
            continue
        pivot = min(
            row, key=lambda column: (abs(row[column]), len(holders.get(column, ())), column)
        )
        for other in list(holders.get(pivot, ())):
            before = set(pivots[other][0])
            pivots[other] = _subtract(*pivots[other], pivot, row, right)
            after = set(pivots[other][0])
            for column in before - after:
                holders[column].discard(other)
            for column in after - before:
                holders.setdefault(column, set()).add(other)
        pivots[pivot] = (row, right)
        for column in row:
            if column != pivot:
                holders.setdefault(column, set()).add(pivot)
    return {
        column: float(right / row[column])
        for column, (row, right) in pivots.items()
        if len(row) == 1
    }


def _subtract(
    row: Row, right: Fraction, column: int, pivot_row: Row, pivot_right: Fraction
) -> tuple[Row, Fraction]:
    """The row with the column eliminated by the pivot's row, divided by what all its factors share."""
    own, its = row[column], pivot_row[column]
    combined = {c: its * f for c, f in row.items()}
    for c, f in pivot_row.items():
        combined[c] = combined.get(c, 0) - own * f
    combined = {c: f for c, f in combined.items() if f}
    total = its * right - own * pivot_right
    shared = gcd(*combined.values()) if combined else 1
    return {c: f // shared for c, f in combined.items()}, total / shared
