"""Days, ISO weeks and months as integers, so that the statistics can do arithmetic on whole columns.

Belongs here: the conversions and the two rules about time that every statistic leans on (the month of a week is that of
its Thursday; the reference week is the last one wholly over at the reference date). Not here: what "now" is; no function
in `indicators` asks the clock.

A *day* is days since 1970-01-01 (Arrow's date32). A *week* is a whole number, consecutive across years: week 0 is the one
whose Thursday is 1970-01-01. A *month* is year * 12 + month - 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

Int32s = npt.NDArray[np.int32]

EPOCH = date(1970, 1, 1)
FOREVER = np.iinfo(np.int32).max
"""The end day of what has no end."""


def day_of(when: date) -> int:
    """The day number of a date."""
    return (when - EPOCH).days


def date_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=day)


def parse_month(text: str) -> int:
    """`2020-06` as a month number; raises ValueError for anything else."""
    year, _, month = text.partition("-")
    if len(year) != 4 or len(month) != 2 or not (year + month).isdecimal():
        raise ValueError(f"en måned skrives ÅÅÅÅ-MM, ikke {text!r}")
    if not 1 <= int(month) <= 12:
        raise ValueError(f"der er ingen måned {month} i {text!r}")
    return int(year) * 12 + int(month) - 1


@cache
def month_name(month: int) -> str:
    """A month number as `2020-06`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def months_between(first: int, last: int) -> Iterator[int]:
    """Both ends counted."""
    return iter(range(first, last + 1))


def last_day(month: int) -> int:
    """The day number of a month's last day: the reference date of that month."""
    year, index = divmod(month + 1, 12)
    return day_of(date(year, index + 1, 1)) - 1


def first_day(month: int) -> int:
    """The day number of the first of a month."""
    return last_day(month - 1) + 1


def week_of(day: int) -> int:
    """The ISO week a day lies in."""
    return (day + 3) // 7


def parse_week(text: str) -> int:
    """`2020-W27` as a week number; raises ValueError for a week that year does not have."""
    year, _, week = text.partition("-W")
    return week_of(day_of(date.fromisocalendar(int(year), int(week), 1)))


def week_name(week: int) -> str:
    """A week number as `2020-W27`."""
    iso = date_of(week * 7).isocalendar()
    return f"{iso.year:04d}-W{iso.week:02d}"


def reference_week(day: int) -> int:
    """The last ISO week whose Sunday is on or before `day`."""
    return (day - 3) // 7


def months_of_weeks(weeks: Int32s) -> Int32s:
    """The month each week belongs to: that of its Thursday."""
    thursdays = (weeks.astype(np.int64) * 7).astype("datetime64[D]")
    return (thursdays.astype("datetime64[M]").astype(np.int64) + 1970 * 12).astype(np.int32)


def weeks_of_month(month: int) -> range:
    """The weeks whose Thursday lies in the month."""
    first = -(-first_day(month) // 7)
    return range(first, last_day(month) // 7 + 1)


def dates_of(days: Int32s) -> tuple[Int32s, Int32s, Int32s]:
    """Year, month (1-12) and day of the month of day numbers."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    whole = months.astype(np.int64)
    of_month = days - months.astype("datetime64[D]").astype(np.int64) + 1
    years, month = whole // 12 + 1970, whole % 12 + 1
    return years.astype(np.int32), month.astype(np.int32), of_month.astype(np.int32)


def months_of(days: Int32s) -> Int32s:
    """The month each day lies in."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months + 1970 * 12, dtype=np.int32)


def completed_years(births: Int32s, days: Int32s | int) -> Int32s:
    """Completed years of age at a day, or at a day each, comparing (month, day): 29 February is reached on 1 March in common
    years."""
    at = np.asarray(days, dtype=np.int32).reshape(-1)
    (born, *birthday), (year, *today) = dates_of(births), dates_of(at)
    not_yet = birthday[0] * 100 + birthday[1] > today[0] * 100 + today[1]
    return np.asarray(year - born - not_yet, dtype=np.int32)


def a_year_later_minus_a_day(days: Int32s) -> Int32s:
    """The day before the same date a year later; 29 February counts as 28 February."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    of_month = days - months.astype("datetime64[D]").astype(np.int64)
    is_leap_day = (months.astype(np.int64) % 12 == 1) & (of_month == 28)
    later = (months + 12).astype("datetime64[D]").astype(np.int64) + of_month - is_leap_day
    return np.asarray(later - 1, dtype=np.int32)


def birthdays(births: Int32s, age: int) -> Int32s:
    """The day each becomes `age` years old: 1 March in common years for those born on 29 February."""
    # A day of the month past the month's end runs over into the next, as a 29 February is to do.
    return _same_day(births, 12 * age)


def months_later(days: Int32s, months: int) -> Int32s:
    """The same day of the month some months later, the month's last day where it has no such day."""
    return np.minimum(_same_day(days, months), _last_days(days, months))


def _same_day(days: Int32s, months: int) -> Int32s:
    begun = days.astype("datetime64[D]").astype("datetime64[M]")
    of_month = days - begun.astype("datetime64[D]").astype(np.int64)
    return np.asarray(
        (begun + months).astype("datetime64[D]").astype(np.int64) + of_month, np.int32
    )


def _last_days(days: Int32s, months: int) -> Int32s:
    begun = days.astype("datetime64[D]").astype("datetime64[M]")
    after = (begun + months + 1).astype("datetime64[D]").astype(np.int64)
    return np.asarray(after - 1, dtype=np.int32)
