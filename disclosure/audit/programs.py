"""Linear programs over a reader's unknowns: how far can cells be moved from a point that fits everything?

Belongs here: one program that moves many cells at once, on all unknowns or on a neighbourhood of them. Not here: which
cells must be movable and how far (`audit`).

A point that fits every relation is a witness: whatever it shows is possible for certain, however it was found. So a
neighbourhood, the rest held still, is enough to clear a cell, but never to convict one. With the rest let go it is the other
way round: what some of the relations force is certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from disclosure.audit.solver import Program, Solution, solve
from disclosure.audit.unknowns import Unknowns
from disclosure.audit.view import Contradiction, Floats, Ints

# Relative to the relation's own size; the solver's own tolerance is 1e-7.
FITS = 1e-6


@dataclass(frozen=True, eq=False)
class Room:
    """The room around a point that fits: the unknowns, and that point (float64[u])."""

    unknowns: Unknowns
    point: Floats

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
        return cls(unknowns, point)

    def move(self, within: Ints, cells: Ints, steps: Floats, still: Ints | None = None) -> Floats:
        """How far from the point each of `within` stands when `cells` (positions in `within`) are moved by their `steps`
        (signed, none 0) or part of them, all at once: the first as far as can be, then as many others as can be.

        float64[len(within)]. `still` are positions in `within` that may not move. What is returned fits every relation
        and limit; zeros where the solver found nothing that does.
        """
        known, cut = self.unknowns, _Cut.of(self.unknowns, within)
        now: Floats = np.asarray(known.matrix[cut.relations, :] @ self.point)
        below = np.minimum(known.low[cut.relations] - now, 0.0)
        above = np.maximum(known.high[cut.relations] - now, 0.0)
        lower = np.minimum(known.lower[within] - self.point[within], 0.0)
        upper = np.maximum(known.upper[within] - self.point[within], 0.0)
        if still is not None:
            lower[still] = upper[still] = 0.0
        # A cell's step is worth something and what it moves beyond that is not, so it has two columns. It never moves back.
        least, most = lower.copy(), upper.copy()
        least[cells] = np.clip(steps, lower[cells], 0.0)
        most[cells] = np.clip(steps, 0.0, upper[cells])
        beyond_least = np.where(steps < 0, np.minimum(lower[cells] - steps, 0.0), 0.0)
        beyond_most = np.where(steps > 0, np.maximum(upper[cells] - steps, 0.0), 0.0)
        worth = np.zeros(len(within))
        worth[cells] = 1 / steps
        worth[cells[:1]] *= len(cells)
        solution = solve(
            cut.program(
                below,
                above,
                cost=np.concatenate([-worth, np.zeros(len(cells))]),
                lower=np.concatenate([least, beyond_least]),
                upper=np.concatenate([most, beyond_most]),
                again=cells,
            )
        )
        if solution.x is None:
            return np.zeros(len(within))
        moved = solution.x[: len(within)]
        moved[cells] += solution.x[len(within) :]
        moved = np.clip(moved, lower, upper)
        sums, slack = cut.sums(moved), FITS * (1 + np.abs(now))
        fits = (sums >= below - slack) & (sums <= above + slack)
        return moved if fits.all() else np.zeros(len(within))


def extreme(unknowns: Unknowns, cell: int, sign: float, still: Ints | None = None) -> float:
    """The largest (`sign` 1) or smallest (-1) value of an unknown over its whole component; infinite where there is no
    limit. `still` are unknowns held at their true values.
    """
    within = np.flatnonzero(unknowns.part == unknowns.part[cell])
    at = int(np.searchsorted(within, cell))
    goal = np.zeros(len(within))
    goal[at] = -sign
    solution = _solve(unknowns, within, goal, still)
    if solution.endless:
        return sign * np.inf
    if solution.x is None:
        raise Contradiction("no values fit the relations")
    return float(solution.x[at])


def forced(unknowns: Unknowns, cell: int, size: int) -> float:
    """A value the unknown cannot be below: the smallest that the relations of at most `size` unknowns near it allow when
    each of all others can be anything between its own limits.
    """
    within = neighbourhood(unknowns, cell, size)
    cut = _Cut.of(unknowns, within)
    rows = unknowns.matrix[cut.relations, :].tocoo()
    lower, upper = unknowns.lower.copy(), unknowns.upper.copy()
    lower[within] = upper[within] = 0.0
    up = rows.data > 0
    least = rows.data * np.where(up, lower[rows.col], upper[rows.col])
    largest = rows.data * np.where(up, upper[rows.col], lower[rows.col])
    low = unknowns.low[cut.relations] - np.bincount(rows.row, largest, len(cut.relations))
    high = unknowns.high[cut.relations] - np.bincount(rows.row, least, len(cut.relations))
    at = int(np.searchsorted(within, cell))
    goal = np.zeros(len(within))
    goal[at] = 1.0
    program = cut.program(
        low, high, cost=goal, lower=unknowns.lower[within], upper=unknowns.upper[within]
    )
    solution = solve(program)
    return float(unknowns.lower[cell] if solution.x is None else solution.x[at])


def neighbourhood(unknowns: Unknowns, cell: int, size: int) -> Ints:
    """At most `size` unknowns near the cell, itself included, by the relations that bind them; sorted."""
    rows, columns = unknowns.matrix, unknowns.columns
    seen = np.zeros(len(unknowns.cells), dtype=np.bool_)
    used = np.zeros(rows.shape[0], dtype=np.bool_)
    edge, total = np.array([cell], dtype=np.int64), 1
    seen[cell] = True
    found = [edge]
    while len(edge) and total < size:
        touched = np.unique(columns.indices[_entries(columns.indptr, edge)]).astype(np.int64)
        touched = touched[~used[touched]]
        used[touched] = True
        reached = np.unique(rows.indices[_entries(rows.indptr, touched)]).astype(np.int64)
        edge = reached[~seen[reached]][: size - total]
        seen[edge] = True
        found.append(edge)
        total += len(edge)
    return np.sort(np.concatenate(found))


def any_point(unknowns: Unknowns, within: Ints) -> Floats:
    """Values of the unknowns of a whole component that fit, known true ones kept where they can be; raises
    Contradiction where
    there are none.
    """
    nothing = np.zeros(len(within))
    known = within[~np.isnan(unknowns.truth[within])]
    found = _solve(unknowns, within, nothing, known).x
    if found is None and len(known):
        found = _solve(unknowns, within, nothing, None).x
    if found is None:
        raise Contradiction("no values fit the relations")
    return found


def _solve(unknowns: Unknowns, within: Ints, goal: Floats, still: Ints | None) -> Solution:
    lower, upper = unknowns.lower[within], unknowns.upper[within]
    if still is not None:
        held = np.searchsorted(within, still[np.isin(still, within)])
        lower[held] = upper[held] = unknowns.truth[within[held]]
    cut = _Cut.of(unknowns, within)
    low, high = unknowns.low[cut.relations], unknowns.high[cut.relations]
    return solve(cut.program(low, high, cost=goal, lower=lower, upper=upper))


@dataclass(frozen=True, eq=False)
class _Cut:
    """Some unknowns' columns: the `relations` they stand in, int64[r]; column i has `factors[starts[i]:starts[i + 1]]` in
    those `rows`, positions in `relations`.
    """

    relations: Ints
    starts: Ints
    rows: Ints
    factors: Floats

    @classmethod
    def of(cls, unknowns: Unknowns, within: Ints) -> _Cut:
        columns = unknowns.columns
        at = _entries(columns.indptr, within)
        relations, rows = np.unique(columns.indices[at], return_inverse=True)
        counts = columns.indptr[within + 1] - columns.indptr[within]
        starts = np.concatenate([[0], np.cumsum(counts)])
        return cls(relations.astype(np.int64), starts, rows, columns.data[at])

    def program(
        self,
        low: Floats,
        high: Floats,
        *,
        cost: Floats,
        lower: Floats,
        upper: Floats,
        again: Ints | None = None,
    ) -> Program:
        """A program over the columns, and over those of `again` (positions) a second time."""
        starts, rows, factors = self.starts, self.rows, self.factors
        if again is not None:
            at = _entries(starts, again)
            starts = np.concatenate([starts, starts[-1] + np.cumsum(np.diff(starts)[again])])
            rows = np.concatenate([rows, rows[at]])
            factors = np.concatenate([factors, factors[at]])
        return Program(starts, rows, factors, low, high, cost, lower, upper)

    def sums(self, x: Floats) -> Floats:
        """Each relation's sum over the columns, float64[r]."""
        terms = self.factors * np.repeat(x, np.diff(self.starts))
        sums = np.bincount(self.rows, weights=terms, minlength=len(self.relations))
        return np.asarray(sums, dtype=np.float64)


def _entries(starts: Any, of: Ints) -> Ints:
    """The positions `starts[i]` to `starts[i + 1]` of the lists `of`, one list after another."""
    first = starts[of].astype(np.int64)
    count = starts[of + 1] - first
    before = np.cumsum(count) - count
    return np.asarray(np.arange(count.sum()) + np.repeat(first - before, count), dtype=np.int64)
