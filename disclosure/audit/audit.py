"""Is every hidden small count still wide enough for a reader who solves all relations at once?

Belongs here: what wide enough means, and who is convicted. Not here: the order of the search (`search`), single intervals
(`intervals`), the programs (`programs`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from disclosure.audit.insiders import insider_breaches
from disclosure.audit.programs import Room, extreme
from disclosure.audit.search import clear
from disclosure.audit.unavoidable import Floor
from disclosure.audit.unknowns import Unknowns, unknowns_of
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
    ask also how small a cell can be, where hiding more could let it be less. `enough`: the search may end after so many
    breaches of a kind.
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
    stuck = _cannot_be_large(room, left, reach[unknowns.cells], needs.enough)
    breaches += [_upper(unknowns, int(at)) for at in stuck]
    if needs.downwards and (needs.enough is None or len(stuck) < needs.enough):
        others = np.setdiff1d(left, stuck)
        breaches += _cannot_be_small(view, room, others, fall[unknowns.cells], needs)
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


def _upper(unknowns: Unknowns, at: int) -> Breach:
    low, high = extreme(unknowns, at, -1.0), extreme(unknowns, at, 1.0)
    return Breach(
        int(unknowns.cells[at]), "exact" if high - low <= _ONE_VALUE else "upper", low, high
    )


def _cannot_be_small(
    view: View, room: Room, at: Ints, fall: Floats, needs: Needs
) -> Iterator[Breach]:
    """Of the unknowns `at` those that cannot be as small as they must, though more hiding would let them."""
    unknowns, point = room.unknowns, room.point
    with np.errstate(invalid="ignore"):
        at = at[(fall[at] < point[at] - TOLERANCE) & ~np.isnan(unknowns.truth[at])]
    if not len(at):
        return
    floor = Floor(view)

    def spared(one: int, everywhere: bool) -> bool:
        cell = int(unknowns.cells[one])
        if not everywhere:
            return floor.plainly_forces(cell, point[one])
        return floor.forces(cell, extreme(unknowns, one, -1.0) - _ONE_VALUE)

    # Less than a relation alone forces need not be looked for.
    wanted = np.maximum(fall[at], floor.simple[unknowns.cells[at]])
    possible = wanted < point[at] - TOLERANCE
    at, steps = at[possible], (wanted - point[at])[possible]
    for one in clear(room, at, steps, enough=needs.enough, spared=spared).tolist():
        low, high = extreme(unknowns, one, -1.0), float(unknowns.upper[one])
        yield Breach(int(unknowns.cells[one]), "lower", low, high)


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
