"""How a linear program is put to HiGHS, and what comes back.

Belongs here: the solver, started once a process, and the two-sided form it takes programs in. Not here: which programs
(`programs`). The suppressor has its own way to the same solver: nothing of it is used here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import highspy
import numpy as np

from disclosure.audit.view import Floats, Ints

# From so many unknowns on it saves time to simplify the program first; in smaller ones that costs more than it saves.
_LARGE = 1_000


@dataclass(frozen=True, eq=False)
class Program:
    """Find x between `lower` and `upper`, float64[n], with `low <= A @ x <= high`, float64[m], and the smallest `cost @ x`.

    A by columns: column i has `factors[starts[i]:starts[i + 1]]` in those `rows`.
    """

    starts: Ints
    rows: Ints
    factors: Floats
    low: Floats
    high: Floats
    cost: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, eq=False)
class Solution:
    """The best x, float64[n]; None where there is none, `endless` where that is because the cost has no lowest value."""

    x: Floats | None
    endless: bool = False


class _Quiet(highspy.Highs):
    """Silenced before the library's own first step, which writes a line on standard output."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name is the library's
        """What the library does first when a solver is made."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@cache
def _highs(presolve: str) -> _Quiet:
    highs = _Quiet()  # type: ignore[no-untyped-call]
    highs.setOptionValue("presolve", presolve)
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("threads", 1)
    return highs


def solve(program: Program) -> Solution:
    """Put a program to the solver. An answer does not depend on what was asked before."""
    n, m = len(program.cost), len(program.low)
    highs = _highs("on" if n > _LARGE else "off")
    highs.passModel(
        n,
        m,
        len(program.factors),
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        program.cost,
        program.lower,
        program.upper,
        program.low,
        program.high,
        program.starts.astype(np.int32),
        program.rows.astype(np.int32),
        program.factors,
        np.zeros(n, dtype=np.int32),
    )
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return Solution(np.array(highs.getSolution().col_value))
    return Solution(None, endless=status == highspy.HighsModelStatus.kUnbounded)
