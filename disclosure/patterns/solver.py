"""The solver of linear programs: HiGHS behind one function.

Belongs here: how it is started and asked. Not here: what is asked (`moves`). There is one solver a process for each way of
solving, with one thread and a fixed seed; it starts every program anew, so that an answer does not depend on what was asked
before.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import highspy
import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

from disclosure.patterns.cells import Floats, Ints, spans

Indices = npt.NDArray[np.int32]

_BY_COLUMN = int(highspy.MatrixFormat.kColwise)
_SMALLEST = int(highspy.ObjSense.kMinimize)

_CHOSEN, _DEVEX = -1, 1
"""How the simplex method weighs edges: as HiGHS thinks best (the steepest first), or by Devex, which takes half the time
where many columns are asked for at once and hides as little (ADR 0031)."""

ENDLESS = 2**31 - 1
"""Steps along edges that nobody counts."""


@dataclass(frozen=True, eq=False)
class Columns:
    """A matrix of `height` rows by its columns: column i has `entries[starts[i]:starts[i + 1]]` in those `rows`."""

    starts: Indices
    rows: Indices
    entries: Floats
    height: int

    @classmethod
    def of(cls, matrix: csc_array) -> Columns:
        """The columns of a whole matrix."""
        starts, rows = (part.astype(np.int32) for part in (matrix.indptr, matrix.indices))
        return cls(starts, rows, matrix.data, matrix.shape[0])

    def both_ways(self) -> Columns:
        """The columns, and after them the same columns with their signs turned."""
        starts = np.concatenate([self.starts, self.starts[1:] + self.starts[-1]])
        entries = np.concatenate([self.entries, -self.entries])
        return Columns(starts, np.tile(self.rows, 2), entries, self.height)

    def with_more(self, columns: Ints, factor: float) -> Columns:
        """The columns, and after them some of them again, times a factor."""
        at, counts = spans(self.starts, columns)
        ends = self.starts[-1] + np.cumsum(counts)
        return Columns(
            np.concatenate([self.starts, ends], dtype=np.int32),
            np.concatenate([self.rows, self.rows[at]]),
            np.concatenate([self.entries, factor * self.entries[at]]),
            self.height,
        )


class _Silent(highspy.Highs):
    """HiGHS that says nothing: it would write its name on standard output before it can be told not to."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name is the library's
        """Called first by the library when a solver is made."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@cache
def _solver(presolve: str, method: str, edge_weights: int) -> _Silent:
    solver = _Silent()  # type: ignore[no-untyped-call]
    solver.setOptionValue("presolve", presolve)
    solver.setOptionValue("solver", method)
    solver.setOptionValue("simplex_dual_edge_weight_strategy", edge_weights)
    # After the middle the crossover ends in a corner: a move of few cells.
    solver.setOptionValue("run_crossover", "on")
    solver.setOptionValue("threads", 1)
    return solver


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best x, float64[n], its cost, and by how much the cost would change with each row's sum, float64[height]."""

    x: Floats
    cost: float
    prices: Floats


def cheapest(matrix: Columns, cost: Floats, least: Floats, most: Floats) -> Floats | None:
    """The x, float64[n], between `least` and `most` with `matrix @ x == 0` and the smallest `cost @ x`; None for none."""
    found = optimum(matrix, cost, least, most)
    return None if found is None else found.x


def cheapest_together(matrix: Columns, cost: Floats, least: Floats, most: Floats) -> Floats | None:
    """As `cheapest`, for programs that ask for a change of many columns at once."""
    found = optimum(matrix, cost, least, most, _solver("off", "simplex", _DEVEX))
    return None if found is None else found.x


def cheapest_along_edges(
    matrix: Columns, cost: Floats, least: Floats, most: Floats, steps: int
) -> Floats | None:
    """As `cheapest_together`, for programs of many columns, made smaller first; None also where it takes more than so many
    steps."""
    solver = _solver("on", "simplex", _DEVEX)
    solver.setOptionValue("simplex_iteration_limit", steps)
    found = optimum(matrix, cost, least, most, solver)
    return None if found is None else found.x


def cheapest_of_many(
    matrix: Columns, cost: Floats, least: Floats, most: Floats, steps: int = ENDLESS
) -> Floats | None:
    """As `cheapest_along_edges`, but their middle is walked through first, and only what is amiss at its end mended along
    the edges."""
    solver = _solver("on", "ipm", _DEVEX)
    solver.setOptionValue("simplex_iteration_limit", steps)
    found = optimum(matrix, cost, least, most, solver)
    return None if found is None else found.x


def optimum(
    matrix: Columns, cost: Floats, least: Floats, most: Floats, solver: _Silent | None = None
) -> Optimum | None:
    """As `cheapest`, with all that is to be known of the best x."""
    # Presolve costs more than it saves on programs of the usual size (ADR 0031).
    solver = solver or _solver("off", "simplex", _CHOSEN)
    width, nothing = len(cost), np.zeros(matrix.height)
    solver.passModel(
        width,
        matrix.height,
        len(matrix.entries),
        _BY_COLUMN,
        _SMALLEST,
        0.0,
        cost,
        least,
        most,
        nothing,
        nothing,
        matrix.starts,
        matrix.rows,
        matrix.entries,
        np.zeros(width, dtype=np.int32),
    )
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = solver.getSolution()
    x = np.array(solution.col_value)
    return Optimum(x, float(cost @ x), np.array(solution.row_dual))
