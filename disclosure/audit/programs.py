"""Linear programs over a reader's unknowns: how far can cells be moved from a point that fits everything?

Belongs here: one program that moves many cells at once, on all unknowns or on a neighbourhood of them. Not here: which
cells must be movable and how far (`audit`).

A point that fits every relation is a witness: whatever it shows is possible for certain, however it was found. So a
neighbourhood, the rest held still, is enough to clear a cell, but never to convict one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array, diags_array, hstack, vstack

from disclosure.audit.unknowns import Unknowns
from disclosure.audit.view import Contradiction, Floats, Ints, Matrix

# Relative to the relation's own size; the solver's own tolerance is 1e-7.
FITS = 1e-6
_UNBOUNDED = 3

# scipy's stubs name a signature per method, none of which takes the limits as they are put together here.
_linprog: Any = linprog


@dataclass(frozen=True, eq=False)
class Room:
    """The room around a point that fits: the unknowns, that point (float64[u]) and the relations by column."""

    unknowns: Unknowns
    point: Floats
    columns: csc_array[np.float64]

    @classmethod
    def around(cls, unknowns: Unknowns) -> Room:
        """The room around the truth or, in a component where that is not known, around any point that fits, near what
        is known
        of the truth if that fits.
        """
        point = unknowns.truth.copy()
        for component in np.unique(unknowns.part[np.isnan(point)]):
            mine = np.flatnonzero(unknowns.part == component)
            point[mine] = any_point(unknowns, mine)
        return cls(unknowns, point, csc_array(unknowns.matrix))

    def neighbourhood(self, cell: int, size: int) -> Ints:
        """At most `size` unknowns near the cell, itself included, by the relations that bind them; sorted."""
        rows, columns = self.unknowns.matrix, self.columns
        seen = np.zeros(len(self.point), dtype=np.bool_)
        used = np.zeros(rows.shape[0], dtype=np.bool_)
        edge, total = np.array([cell], dtype=np.int64), 1
        seen[cell] = True
        while len(edge) and total < size:
            touched = np.unique(_members(columns.indptr, columns.indices, edge))
            touched = touched[~used[touched]]
            used[touched] = True
            reached = np.unique(_members(rows.indptr, rows.indices, touched))
            edge = reached[~seen[reached]][: size - total]
            seen[edge] = True
            total += len(edge)
        return np.flatnonzero(seen)

    def move(self, within: Ints, cells: Ints, steps: Floats, still: Ints | None = None) -> Floats:
        """How far from the point each of `within` stands when as many as possible of `cells` (positions in `within`) are
        moved by their `steps` (signed, none 0) or part of them, all at once: float64[len(within)].

        `still` are positions in `within` that may not move. What is returned fits every relation and limit; zeros where
        the solver found nothing that does.
        """
        known = self.unknowns
        n, k = len(within), len(cells)
        by_column = csr_array(self.columns[:, within])
        rows = np.flatnonzero(np.diff(by_column.indptr) > 0)
        matrix = csr_array(by_column[rows, :])
        now: Floats = np.asarray(known.matrix[rows, :] @ self.point)
        below = np.minimum(known.low[rows] - now, 0.0)
        above = np.maximum(known.high[rows] - now, 0.0)
        # share_k <= move_k / step_k, and no more than the whole step counts.
        pick = csr_array((-1.0 / steps, (np.arange(k), cells)), shape=(k, n))
        shares = hstack([pick, diags_array(np.ones(k))])
        lower = np.minimum(known.lower[within] - self.point[within], 0.0)
        upper = np.maximum(known.upper[within] - self.point[within], 0.0)
        if still is not None:
            lower[still] = upper[still] = 0.0
        solved = _linprog(
            np.concatenate([np.zeros(n), -np.ones(k)]),
            bounds=np.column_stack(
                [np.concatenate([lower, np.zeros(k)]), np.concatenate([upper, np.ones(k)])]
            ),
            method="highs",
            **_limits(matrix, below, above, shares),
        )
        if solved.x is None:
            return np.zeros(n)
        moved = np.clip(solved.x[:n], lower, upper)
        sums: Floats = matrix @ moved
        slack = FITS * (1 + np.abs(now))
        fits = (sums >= below - slack) & (sums <= above + slack)
        return moved if fits.all() else np.zeros(n)


def extreme(unknowns: Unknowns, cell: int, sign: float, still: Ints | None = None) -> float:
    """The largest (`sign` 1) or smallest (-1) value of an unknown over its whole component; infinite where there is no
    limit. `still` are unknowns held at their true values.
    """
    within = np.flatnonzero(unknowns.part == unknowns.part[cell])
    goal = np.zeros(len(within))
    goal[np.searchsorted(within, cell)] = -sign
    solved = _solve(unknowns, within, goal, still)
    if solved.status == _UNBOUNDED:
        return sign * np.inf
    if solved.x is None:
        raise Contradiction("no values fit the relations")
    return float(solved.x[np.searchsorted(within, cell)])


def any_point(unknowns: Unknowns, within: Ints) -> Floats:
    """Values of the unknowns of a whole component that fit, known true ones kept where they can be; raises
    Contradiction where
    there are none.
    """
    nothing = np.zeros(len(within))
    known = within[~np.isnan(unknowns.truth[within])]
    solved = _solve(unknowns, within, nothing, known)
    if solved.x is None and len(known):
        solved = _solve(unknowns, within, nothing, None)
    if solved.x is None:
        raise Contradiction("no values fit the relations")
    return np.asarray(solved.x, dtype=np.float64)


def _solve(unknowns: Unknowns, within: Ints, goal: Floats, still: Ints | None) -> Any:
    by_column = csr_array(csc_array(unknowns.matrix)[:, within])
    rows = np.flatnonzero(np.diff(by_column.indptr) > 0)
    lower, upper = unknowns.lower[within], unknowns.upper[within]
    if still is not None:
        held = np.searchsorted(within, still[np.isin(still, within)])
        lower[held] = upper[held] = unknowns.truth[within[held]]
    return _linprog(
        goal,
        bounds=np.column_stack([lower, upper]),
        method="highs",
        **_limits(csr_array(by_column[rows, :]), unknowns.low[rows], unknowns.high[rows], None),
    )


def _limits(matrix: Matrix, low: Floats, high: Floats, more: Any) -> dict[str, Any]:
    """Relations as the solver wants them; `more` are rows, with columns of their own at the end, to stay at or below 0."""
    equal, has_high, has_low = low == high, np.isfinite(high), np.isfinite(low)
    tops, bottoms = ~equal & has_high, ~equal & has_low
    one_sided = vstack([matrix[tops, :], -matrix[bottoms, :]], format="csr")
    right = np.concatenate([high[tops], -low[bottoms]])
    equations = csr_array(matrix[equal, :])
    if more is not None:
        extra = more.shape[1] - matrix.shape[1]
        one_sided = vstack([_widened(one_sided, extra), more], format="csr")
        right = np.concatenate([right, np.zeros(more.shape[0])])
        equations = _widened(equations, extra)
    limits: dict[str, Any] = {}
    if one_sided.shape[0]:
        limits |= {"A_ub": one_sided, "b_ub": right}
    if equations.shape[0]:
        limits |= {"A_eq": equations, "b_eq": low[equal]}
    return limits


def _widened(matrix: Any, columns: int) -> Any:
    return csr_array(
        (matrix.data, matrix.indices, matrix.indptr),
        shape=(matrix.shape[0], matrix.shape[1] + columns),
    )


def _members(starts: Any, members: Any, of: Ints) -> Ints:
    """The members of the lists `of` (each `members[starts[i]:starts[i + 1]]`), one after another."""
    first, count = starts[of].astype(np.int64), np.diff(starts)[of].astype(np.int64)
    if not count.sum():
        return np.zeros(0, dtype=np.int64)
    offsets = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.asarray(members[np.repeat(first, count) + offsets], dtype=np.int64)
