"""Is every hidden small count still wide enough for a reader who solves all relations at once?

Belongs here: what wide enough means, and the search that clears most cells with few programs and convicts the rest by exact
ones. Not here: single intervals (`intervals`), the programs (`programs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from disclosure.audit.insiders import insider_breaches
from disclosure.audit.programs import Room, extreme
from disclosure.audit.search import clear
from disclosure.audit.unknowns import Unknowns, unknowns_of
from disclosure.audit.view import TOLERANCE, Bools, Ints, View

Kind = Literal["small", "exact", "upper", "lower", "insider"]


@dataclass(frozen=True, eq=False)
class Needs:
    """What must hold: no count of 1 to `threshold` - 1 is seen or bounded below `threshold`.

    `sensitive`: bool[n], the cells that must be wide; by default the hidden ones that are small or, where a true value is
    not known, every hidden one. `insiders`: ask also what the one person in a hidden count of 1 can compute. `whole`: the
    hidden values are whole numbers and readers use it.
    """

    threshold: float
    sensitive: Bools | None = None
    insiders: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Breach:
    """One cell that is not wide enough: it is seen (`small`), has one possible value (`exact`), cannot be as large as the
    threshold (`upper`), cannot be smaller than it is (`lower`), or is computed by the one person in `insider`.

    `low`, `high`: limits of what a reader has to believe possible; the true limits are no wider.
    """

    cell: int
    kind: Kind
    low: float
    high: float
    insider: int | None = None


@dataclass(frozen=True)
class Audit:
    """Every breach, in the order of cells, and how many hidden cells were asked about."""

    breaches: tuple[Breach, ...]
    checked: int

    @property
    def safe(self) -> bool:
        """Whether nothing was found."""
        return not self.breaches


def audit(view: View, needs: Needs) -> Audit:
    """Every breach of `needs` in the view.

    A sensitive hidden cell must reach `threshold` upwards and, when it is more than 1, one less than its value downwards.
    Each is cleared by a point that fits every relation, or convicted by a linear program over everything it is bound to.
    Raises Contradiction where the figures do not add up.
    """
    unknowns = unknowns_of(view, whole=needs.whole)
    with np.errstate(invalid="ignore"):
        small = (view.value > TOLERANCE) & (view.value < needs.threshold - TOLERANCE)
    if needs.sensitive is None:
        seen, asked = small & ~view.hidden, view.hidden & (small | np.isnan(view.value))
    else:
        seen, asked = needs.sensitive & small & ~view.hidden, needs.sensitive & view.hidden
    breaches = [
        Breach(int(c), "small", float(view.value[c]), float(view.value[c]))
        for c in np.flatnonzero(seen)
    ]
    breaches += _given_away(view, unknowns, asked, needs)
    given = np.zeros(len(view.value), dtype=np.bool_)
    given[[breach.cell for breach in breaches]] = True
    at = np.flatnonzero((asked & ~given)[unknowns.cells])
    room = Room.around(unknowns)
    breaches += _too_narrow(room, at, needs)
    if needs.insiders:
        breaches += [
            Breach(int(unknowns.cells[cell]), "insider", value, value, int(unknowns.cells[insider]))
            for cell, insider, value in insider_breaches(room, at)
        ]
    return Audit(tuple(sorted(breaches, key=lambda b: (b.cell, b.kind))), int(asked.sum()))


def _given_away(view: View, unknowns: Unknowns, asked: Bools, needs: Needs) -> list[Breach]:
    """What single relations and equations alone already give away."""
    least, largest = unknowns.least, unknowns.largest
    found = []
    for cell in np.flatnonzero(asked & (largest < needs.threshold - TOLERANCE)):
        low, high = float(least[cell]), float(largest[cell])
        if high <= TOLERANCE:
            continue  # Nobody: a zero may be known.
        kind: Kind = "exact" if high - low <= TOLERANCE else "upper"
        found.append(Breach(int(cell), kind, low, high))
    return found


def _too_narrow(room: Room, at: Ints, needs: Needs) -> list[Breach]:
    """Breaches among the unknowns `at`, upwards first."""
    unknowns = room.unknowns
    up = needs.threshold - room.point[at]
    rising = up > TOLERANCE
    stuck = clear(room, at[rising], up[rising])
    with np.errstate(invalid="ignore"):
        falling = unknowns.truth[at] > 1 + TOLERANCE
    falls = clear(room, at[falling], np.full(int(falling.sum()), -1.0))
    breaches = []
    for cell in stuck:
        low, high = extreme(unknowns, int(cell), -1.0), extreme(unknowns, int(cell), 1.0)
        if high > TOLERANCE:
            kind: Kind = "exact" if high - low <= 1e3 * TOLERANCE else "upper"
            breaches.append(Breach(int(unknowns.cells[cell]), kind, low, high))
    for cell in np.setdiff1d(falls, stuck):
        low, high = extreme(unknowns, int(cell), -1.0), float(unknowns.upper[cell])
        breaches.append(Breach(int(unknowns.cells[cell]), "lower", low, high))
    return breaches
