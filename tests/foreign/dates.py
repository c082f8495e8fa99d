"""Days of made people: drawn with month borders often, since the rules have their edges there."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from random import Random


def a_day(year: int, month: int, day: int) -> date:
    """The day, or the month's last where the month is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def day_between(random: Random, first: date, last: date) -> date:
    """Any day of the period; every fourth time the first or last day of its month."""
    day = first + timedelta(days=random.randint(0, (last - first).days))
    if random.random() < 0.15:
        return day.replace(day=1)
    if random.random() < 0.1:
        return day.replace(day=1) - timedelta(days=1)
    return day
