"""Is every hidden small count still wide enough for a reader who solves all relations at once?

Belongs here: what wide enough means, and who is convicted. Not here: the order of the search (`search`), single intervals
(`intervals`), the programs (`programs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from disclosure.audit.insiders import insider_breaches
from disclosure.audit.programs import Room, extreme
from disclosure.audit.search import clear
from disclosure.audit.unavoidable import least_whatever_is_hidden
from disclosure.audit.unknowns import unknowns_of
from disclosure.audit.view import TOLERANCE, Bools, Floats, Ints, View

Kind = Literal["small", "exact", "upper", "lower", "insider"]

# Two limits closer than this are one value: the solver's own tolerance, with room to spare.
_ONE_VALUE = 1e-3


@dataclass(frozen=True, eq=False)
class Needs:
    """What must hold: no count of 1 to `threshold` - 1 is seen or bounded below `threshold`.

    `sensitive`: bool[n], the cells that must be wide; by default the hidden ones that are small or, where a true value is
    not known, every hidden one. `reach`, `fall`: float64[n], how large and how small a reader must be able to believe a
    sensitive cell, where that is not the threshold and one less than its value; nan: those. `insiders`: ask also what the
    one person in a hidden count of 1 can compute. `whole`: hidden values are whole numbers, and readers use it. `downwards`:
    ask also how small a cell can be. `enough`: the search may end after so many breaches of a kind.
    """

    threshold: float
    sensitive: Bools | None = None
    reach: Floats | None = None
    fall: Floats | None = None
    insiders: bool = False
    whole: bool = False
    downwards: bool = True
    enough: int | None = None


@dataclass(frozen=True)
class Breach:
    """One cell that is not wide enough: it is seen (`small`), has one possible value (`exact`), cannot be as large as it
    must (`upper`), cannot be as small as it must (`lower`), or is computed by the one person in `insider`.

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
    What no hiding can keep is no breach: that two parts of at least one person are two people, and that somebody who is all
    there is of a larger count knows it. Where the true value is not known, a cell that may be nobody is convicted only when
    a reader is certain that it is not. Raises Contradiction where the figures do not add up.
    """
    unknowns = unknowns_of(view, whole=needs.whole)
    with np.errstate(invalid="ignore"):
        small = (view.value > TOLERANCE) & (view.value < needs.threshold - TOLERANCE)
    if needs.sensitive is None:
        seen, asked = small & ~view.hidden, view.hidden & (small | np.isnan(view.value))
    else:
        seen, asked = needs.sensitive & small & ~view.hidden, needs.sensitive & view.hidden
    reach, fall = _wanted(view, needs)
    breaches = [
        _breach(view.value, view.value, int(cell), "small") for cell in np.flatnonzero(seen)
    ]
    certain = ~np.isnan(view.value) | (unknowns.least > TOLERANCE)
    away = asked & certain & (unknowns.largest < reach - TOLERANCE) & (unknowns.largest > TOLERANCE)
    one_value = unknowns.largest - unknowns.least <= TOLERANCE
    for at in np.flatnonzero(away).tolist():
        kind: Kind = "exact" if one_value[at] else "upper"
        breaches.append(_breach(unknowns.least, unknowns.largest, at, kind))
    room = Room.around(unknowns)
    left = np.flatnonzero((asked & ~away)[unknowns.cells])
    if not needs.downwards:
        fall[:] = np.nan
    breaches += _too_narrow(
        view, room, left, reach[unknowns.cells], fall[unknowns.cells], needs.enough
    )
    if needs.insiders:
        for cell, insider in insider_breaches(view, room, left):
            value = float(view.value[cell])
            breaches.append(Breach(cell, "insider", value, value, insider))
    return Audit(tuple(sorted(breaches, key=lambda b: (b.cell, b.kind))), int(asked.sum()))


def _wanted(view: View, needs: Needs) -> tuple[Floats, Floats]:
    """How large and how small each cell must be able to be; nan where nothing is asked."""
    with np.errstate(invalid="ignore"):
        fall = np.where(view.value > 1 + TOLERANCE, view.value - 1, np.nan)
    reach = np.full(len(view.value), float(needs.threshold))
    if needs.reach is not None:
        reach = np.where(np.isnan(needs.reach), reach, needs.reach)
    if needs.fall is not None:
        fall = np.where(np.isnan(needs.fall), fall, needs.fall)
    return reach, fall


def _breach(low: Floats, high: Floats, cell: int, kind: Kind) -> Breach:
    return Breach(cell, kind, float(low[cell]), float(high[cell]))


def _too_narrow(
    view: View, room: Room, at: Ints, reach: Floats, fall: Floats, enough: int | None
) -> list[Breach]:
    """Breaches among the unknowns `at`: those that cannot be large, then those that cannot be small."""
    unknowns = room.unknowns
    stuck = _cannot_be_large(room, at, reach, enough)
    with np.errstate(invalid="ignore"):
        falling = at[fall[at] < room.point[at] - TOLERANCE]
    falling = falling[~np.isnan(unknowns.truth[falling])]
    least = least_whatever_is_hidden(view)[unknowns.cells]
    # What cannot be less whatever is hidden need not be looked for.
    falling = falling[least[falling] < room.point[falling] - TOLERANCE]
    held = clear(room, falling, fall[falling] - room.point[falling], enough=enough)
    breaches = []
    for cell in stuck:
        low, high = extreme(unknowns, int(cell), -1.0), extreme(unknowns, int(cell), 1.0)
        kind: Kind = "exact" if high - low <= _ONE_VALUE else "upper"
        breaches.append(Breach(int(unknowns.cells[cell]), kind, low, high))
    for cell in np.setdiff1d(held, stuck):
        low = extreme(unknowns, int(cell), -1.0)
        if low > least[cell] + _ONE_VALUE:
            high = float(unknowns.upper[cell])
            breaches.append(Breach(int(unknowns.cells[cell]), "lower", low, high))
    return breaches


def _cannot_be_large(room: Room, at: Ints, reach: Floats, enough: int | None) -> Ints:
    """The unknowns that cannot reach what they must; of those that may be nobody for all the auditor knows, only the
    ones that cannot be nobody either.
    """
    point, unknowns = room.point, room.unknowns
    rising = at[point[at] < reach[at] - TOLERANCE]
    doubtful = np.isnan(unknowns.truth[rising]) & (unknowns.lower[rising] <= TOLERANCE)
    people, maybe = rising[~doubtful], rising[doubtful]
    stuck = clear(room, people, reach[people] - point[people], enough=enough)
    maybe = maybe[point[maybe] > TOLERANCE]
    for thorough in (False, True):
        maybe = clear(room, maybe, reach[maybe] - point[maybe], thorough=thorough)
        maybe = clear(room, maybe, -point[maybe], thorough=thorough)
    return np.union1d(stuck, maybe)
