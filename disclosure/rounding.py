"""Rounding a table so that its parts still add up: the other way to keep small counts, for crossings too sparse to hide in.

Belongs here: the integer programs that choose the rounded values. Not here: tables as rows (`disclosure.additive`), hiding
(`disclosure.patterns`).

What a reader can work out of a table whose every figure is a multiple of the base: the printed table adds up itself, and so
does that table with any one inner cell and its totals moved by up to base - 1. So no sum narrows a count to fewer values
than its own printed figure does: 1 to 9 where it says 5, 0 to 4 where it says 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, diags_array, hstack, vstack

from disclosure.patterns.cells import Bools, Floats, Ints

EXACT_CELLS = 600
"""Up to so many cells the rounding nearest the truth is proved to be it; above, one within `GAP` of it will do."""
GAP = 0.02
NODES = 2_000
"""The search's limit is a number of nodes, no time, so that the answer is always the same."""

_WIDER = (0, 1, 2, 4, 8)
"""How many steps of the base beyond its two neighbours a sum may be moved, tried in this order."""


class NotRounded(ValueError):  # noqa: N818
    """No rounding was found whose parts add up."""


@dataclass(frozen=True, eq=False)
class Rounding:
    """`value`, float64[n]: the rounded figures, for which every relation holds; `beyond`, int64[k]: those that could not be
    kept within the base of the truth (never in a table of two dimensions)."""

    value: Floats
    beyond: Ints


def round_all(value: Floats, matrix: csr_array, base: int) -> Rounding:
    """Every figure as a multiple of `base`, each by less than `base`, and the sum of what is added and taken least.

    `value`: float64[n], whole and not negative; `matrix @ value == 0` are the sums. A multiple stays as it is, so a zero
    is a zero. Where that cannot be (in more than two dimensions) some figures are moved further and named in `beyond`.
    Raises NotRounded.
    """
    below = np.floor(value / base)
    left = value - base * below
    for wider in _WIDER:
        steps = _steps(below, left, matrix, base, wider)
        if steps is not None:
            rounded = base * (below + steps)
            return Rounding(rounded, np.flatnonzero(np.abs(rounded - value) >= base))
    raise NotRounded("ingen afrunding blev fundet, hvor delene giver summerne")


def _steps(below: Floats, left: Floats, matrix: csr_array, base: int, wider: int) -> Floats | None:
    """How many multiples above the one below each figure goes, float64[n]; None where no choice adds up."""
    n, moved = len(below), (left > 0) | (wider > 0)
    lowest = np.where(moved, np.maximum(-float(wider), -below), 0.0)
    highest = np.where(moved, 1.0 + wider, 0.0)
    nobody = (below == 0) & (left == 0)
    lowest[nobody] = highest[nobody] = 0.0
    sums = LinearConstraint(matrix, -(matrix @ below), -(matrix @ below))
    if not wider:
        # One up costs what is lacking to the next multiple, less what staying costs.
        return _solved(base - 2 * left, Bounds(lowest, highest), [sums], n)
    # What is added or taken, as a variable of its own: at least the difference either way.
    unit = diags_array(np.ones(n))
    distance = vstack([hstack([base * unit, -unit]), hstack([-base * unit, -unit])])
    apart = LinearConstraint(distance.tocsr(), -np.inf, np.concatenate([left, -left]))
    padded = csr_array(hstack([matrix, csr_array(matrix.shape)]))
    both = [LinearConstraint(padded, sums.lb, sums.ub), apart]
    bounds = Bounds(
        np.concatenate([lowest, np.zeros(n)]), np.concatenate([highest, np.full(n, np.inf)])
    )
    return _solved(np.concatenate([np.zeros(n), np.ones(n)]), bounds, both, n)


def round_small(value: Floats, matrix: csr_array, base: int, published: Bools) -> Rounding:
    """No published figure from 1 to `base` - 1, the others as they are but for what the sums ask.

    The largest change of a published figure is least, then the sum of their changes. `published`: bool[n]; the other cells
    are whole numbers too and stand in no table. A zero stays a zero. Raises NotRounded.
    """
    n = len(value)
    most = np.where(value > 0, value + base * n, 0.0)
    # Columns: the rounded value, whether there is anybody, the change, and at last the largest change.
    figure, somebody, change = (
        hstack([csr_array((n, at * n)), diags_array(np.ones(n)), csr_array((n, (2 - at) * n + 1))])
        for at in range(3)
    )
    largest = csr_array((np.ones(n), (np.arange(n), np.full(n, 3 * n))), shape=(n, 3 * n + 1))
    shown = np.flatnonzero(published)
    rules = [
        LinearConstraint(
            csr_array(hstack([matrix, csr_array((matrix.shape[0], 2 * n + 1))])), 0.0, 0.0
        ),
        LinearConstraint(csr_array(figure - change), -np.inf, value),
        LinearConstraint(csr_array(figure + change), value, np.inf),
        LinearConstraint(csr_array(change - largest)[shown], -np.inf, 0.0),
        LinearConstraint(csr_array(figure - base * somebody)[shown], 0.0, np.inf),
        LinearConstraint(csr_array(figure - diags_array(most) @ somebody)[shown], -np.inf, 0.0),
    ]
    weight = np.where(published, 1.0, 1.0 / (n + 1))
    cost = np.concatenate([np.zeros(2 * n), weight, [2.0 * n]])
    highest = np.concatenate([most, np.ones(n), np.full(n + 1, np.inf)])
    whole = (np.arange(3 * n + 1) < 2 * n).astype(np.int64)
    found = _solved(cost, Bounds(np.zeros(3 * n + 1), highest), rules, n, whole)
    if found is None:
        raise NotRounded("ingen afrunding blev fundet, hvor delene giver summerne")
    return Rounding(found, shown[np.abs(found - value)[shown] >= base])


def _solved(
    cost: Floats,
    bounds: Bounds,
    rules: list[LinearConstraint],
    first: int,
    whole: Ints | None = None,
) -> Floats | None:
    """The first variables of the cheapest whole-number solution; by default those are the whole ones."""
    if whole is None:
        whole = (np.arange(len(cost)) < first).astype(np.int64)
    exact = first <= EXACT_CELLS
    found = milp(
        cost,
        integrality=whole,
        bounds=bounds,
        constraints=[rule for rule in rules if np.size(rule.lb)],
        options={"mip_rel_gap": 0.0 if exact else GAP, "node_limit": NODES},
    )
    return None if found.x is None else np.rint(found.x[:first]) + 0.0  # A zero has no sign.
