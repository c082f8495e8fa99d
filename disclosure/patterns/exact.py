"""The exact method: the cheapest pattern there is, by integer programming with a reader's attacks as cuts.

Belongs here: the optimum in systems small enough for it. Not here: larger ones (`fast`).

After Fischetti and Salazar-González (2001): a master program chooses which cells to hide; for each
primary cell a linear program asks how far a reader of that choice could believe it to be from the
truth, and where that is not far enough its dual is an inequality that every good choice satisfies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from disclosure.patterns import solver
from disclosure.patterns.cells import Bools, CellSystem, Floats
from disclosure.patterns.fast import needs
from disclosure.patterns.moves import UP

_TOLERANCE = 1e-6
_ZERO = 1000.0
MOST_ROUNDS = 60
"""Rounds of cuts after which the fast method's pattern is kept: a number, no time, so that the answer is always the same."""


@dataclass(frozen=True, eq=False)
class _Attack:
    """What a reader can believe: the programs of all needs share their relations."""

    relations: csc_array
    columns: solver.Columns
    rise: Floats
    fall: Floats

    def farthest(self, cell: int, direction: int, unknown: Floats) -> tuple[float, Floats]:
        """How far `cell` can be believed to be off (`unknown`: float64[n], 1 where hidden), and what each cell adds."""
        aim = np.zeros(len(self.rise))
        aim[cell] = -direction
        found = solver.optimum(self.columns, aim, -self.fall * unknown, self.rise * unknown)
        if found is None:
            raise AssertionError("that no cell moves is always possible")
        rest = aim - self.relations.T @ found.prices
        gain = np.where(rest < 0, -rest * self.rise, rest * self.fall)
        return -found.cost, gain


def cheapest_pattern(system: CellSystem) -> Bools | None:
    """The cells to hide, bool[n], of least weight in all; None where it is not found in `MOST_ROUNDS` rounds.

    A zero costs a thousand times its weight: it is hidden only where nothing else will do. Needs that no pattern meets are
    left out, as the fast method leaves them.
    """
    n = len(system.value)
    must = system.sensitive | ~system.published
    far = float(np.abs(system.value).sum() + np.nansum(system.reach) + 10)
    relations = system.matrix.tocsc()
    fall = system.value - system.lower
    attack = _Attack(relations, solver.Columns.of(relations), np.full(n, far), fall)
    everything = np.where(must | np.isfinite(system.weight), 1.0, 0.0)
    usual = np.where(system.value == 0, np.where(must, 1.0, 0.0), everything)
    possible = [
        (cell, direction, need)
        for (cell, direction), need in needs(system).items()
        # As in the fast method no zero is hidden so that a cell can be believed to be smaller.
        if attack.farthest(cell, direction, everything if direction == UP else usual)[0]
        >= need - _TOLERANCE
    ]
    weight = np.where(must, 0.0, system.weight * np.where(system.value == 0, _ZERO, 1.0))
    # Of patterns of one weight that of the smallest values; all of them together weigh less than half a cell.
    values = np.abs(system.value)
    smallest = values / max(1.0, 2.0 * values.sum()) * np.min(weight[weight > 0], initial=1.0)
    cost = np.where(np.isfinite(weight) & ~must, weight + smallest, 0.0)
    bounds = Bounds(np.where(must, 1.0, 0.0), everything)
    cuts: list[Floats] = []
    least: list[float] = []
    chosen = np.where(must, 1.0, 0.0)
    for _ in range(MOST_ROUNDS):
        known = len(cuts)
        for cell, direction, need in possible:
            reached, gain = attack.farthest(cell, direction, chosen)
            if reached < need - _TOLERANCE:
                # No cell need give more than the whole need; the cut is divided by it, so that all are of one size.
                cuts.append(np.minimum(gain, need) / need)
                least.append(1.0)
        if len(cuts) == known:
            hidden: Bools = chosen > 0.5
            return hidden
        found = milp(
            cost,
            integrality=np.ones(n, dtype=np.int64),
            bounds=bounds,
            constraints=LinearConstraint(np.array(cuts), np.array(least) - _TOLERANCE, np.inf),
            options={"mip_rel_gap": 0.0, "node_limit": 5000},
        )
        if found.x is None:
            return None
        chosen = np.rint(found.x)
    return None
