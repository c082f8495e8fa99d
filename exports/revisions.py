"""Figures that were published before and are others now: the vintages of two published tables held together.

Belongs here: finding changed figures between two protected tables, and which delivery can have brought the change. Not
here: which set a report is compared with (`publication`), how a revision is printed (`workbook`).

Only what was published is compared, never what lies behind it: a figure that is hidden in either table shows only that it
is hidden, so that no revision says more than the two sets do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal["shown", "suppressed", "missing", "not_computed", "absent"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Revision:
    """One published figure that changed. `old` and `new` are the values as published, None unless both are shown;
    the states say what each table had. `cause` names in Danish the deliveries that can have brought the change."""

    indicator: str
    variant: str
    period: str
    group: str
    dim1: str
    value1: str
    dim2: str
    value2: str
    unit: str
    old_state: State
    old: float | None
    new_state: State
    new: float | None
    cause: str


@dataclass(frozen=True)
class Revisions:
    """What changed since the set compared with. `since` is its month and version in Danish, blank when there is none, and
    `note` then says why. `first_computed`: published figures of earlier months that were not computed then and are now, by
    indicator; they are new and no revisions."""

    since: str
    figures: tuple[Revision, ...]
    first_computed: tuple[tuple[str, int], ...] = ()
    note: str = ""
