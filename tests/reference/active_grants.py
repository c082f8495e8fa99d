"""Whether a grant under the compensation Act is active on a day."""

from __future__ import annotations

from datetime import date, timedelta

from .dates import covers
from .model import Case


def last_day_of_one_off(granted: date) -> date:
    """The day before the same date a year later; 29 February counts as 28 February."""
    if (granted.month, granted.day) == (2, 29):
        granted = granted - timedelta(days=1)
    return date(granted.year + 1, granted.month, granted.day) - timedelta(days=1)


def is_active(case: Case, day: date) -> bool:
    """Whether a grant is active on the day."""
    if case.outcome != "bevilget" or case.granted_from is None:
        return False
    until = case.granted_until
    if until is None and case.scheme == "hjælpemidler":
        until = last_day_of_one_off(case.granted_from)
    return covers(case.granted_from, until, day)
