"""Weeks, months and ages as the indicator page says them. No data, no groups."""

from __future__ import annotations

from datetime import date, timedelta

from .model import Month, Week


def thursday(week: Week) -> date:
    """The Thursday of an ISO week, which decides its month."""
    return date.fromisocalendar(week[0], week[1], 4)


def week_of(day: date) -> Week:
    """The ISO week a day lies in."""
    iso = day.isocalendar()
    return (iso.year, iso.week)


def month_of(week: Week) -> Month:
    """The month a week belongs to: that of its Thursday."""
    return (thursday(week).year, thursday(week).month)


def weeks_later(week: Week, number: int) -> Week:
    """The week `number` weeks after (or before, when negative) a week."""
    return week_of(thursday(week) + timedelta(weeks=number))


def months_later(month: Month, number: int) -> Month:
    """The month `number` months after (or before, when negative) a month."""
    count = month[0] * 12 + month[1] - 1 + number
    return (count // 12, count % 12 + 1)


def last_day(month: Month) -> date:
    """The last calendar day of a month: the reference date d of a report month."""
    following = months_later(month, 1)
    return date(following[0], following[1], 1) - timedelta(days=1)


def weeks_of(month: Month) -> list[Week]:
    """The weeks that belong to a month, oldest first."""
    days = [date(month[0], month[1], number) for number in range(1, last_day(month).day + 1)]
    return [week_of(day) for day in days if day.isoweekday() == 4]


def reference_week(day: date) -> Week:
    """W(d): the last ISO week whose Sunday is on or before the day."""
    while day.isoweekday() != 7:
        day = day - timedelta(days=1)
    return week_of(day)


def last_twelve(month: Month) -> list[Month]:
    """The months M-11 ... M, oldest first."""
    return [months_later(month, -back) for back in range(11, -1, -1)]


def age(birth: date, day: date) -> int:
    """Completed years; (month, day) are compared, so 29 February is reached on 1 March."""
    years = day.year - birth.year
    if (day.month, day.day) < (birth.month, birth.day):
        years = years - 1
    return years


def covers(since: date | None, until: date | None, day: date) -> bool:
    """Whether a period covers a day, both ends included; without a start it covers nothing."""
    return since is not None and since <= day and (until is None or until >= day)


def period(month: Month) -> str:
    """A month as the table writes it."""
    return f"{month[0]:04d}-{month[1]:02d}"
