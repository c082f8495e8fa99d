"""When grants under the compensation Act are in force.

Belongs here: the first and last day of a grant, and the grants of people. Not here: how many have one (`compensation`), the
cases and how long they took (`cases`).

Definition: the specification's "Compensation Act"; lov om kompensation til handicappede i erhverv.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.block import UNKNOWN_PERSON, Bools, Grants
from indicators.calendar import FOREVER, Int32s, a_year_later_minus_a_day

GRANTED, REJECTED = "bevilget", "afslag"
ONE_OFF_SCHEME = "hjælpemidler"


@dataclass(frozen=True)
class GrantSpells:
    """From when to when people of the block had a grant, both days counted; a person may have several."""

    person: Int32s
    first: Int32s
    last: Int32s

    @classmethod
    def of(cls, grants: Grants | None) -> GrantSpells:
        """The spells of the people the population register knows; none where no case was ever delivered."""
        if grants is None:
            none = np.zeros(0, dtype=np.int32)
            return cls(none, none, none)
        own = np.flatnonzero(is_of_people(grants))
        return cls(grants.person[own], grants.first[own], last_active_days(grants)[own])


def is_of_people(grants: Grants) -> Bools:
    """Which cases ended with a grant to somebody the population register knows."""
    granted: Bools = grants.outcome.among(GRANTED) & (grants.person != UNKNOWN_PERSON)
    return granted


def last_active_days(grants: Grants) -> Int32s:
    """Each grant's last day; a one-off grant is active until the day before the same date a year later."""
    one_off: Bools = grants.scheme.among(ONE_OFF_SCHEME) & (grants.last == FOREVER)
    one_off &= grants.first != FOREVER
    last = grants.last.copy()
    last[one_off] = a_year_later_minus_a_day(grants.first[one_off])
    return last
