"""The weeks and months a delivery covers.

Here belongs: ISO weeks by the month of their Thursday, reference weeks, the range to generate.
Here does not belong: anything about people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
Ints = npt.NDArray[np.int64]

HISTORY_MONTHS = 14
TAIL_DAYS = 42


@dataclass(frozen=True)
class Timeline:
    """What a delivery covers.

    Attributes:
        mondays: datetime64[D], one a week, consecutive.
        months: datetime64[M], every month that holds the Thursday of a week.
        week_month: index into `months` for each week.
        from_month: first report month.
        to_month: last report month.
    """

    mondays: Days
    months: Days
    week_month: Ints
    from_month: np.datetime64
    to_month: np.datetime64

    @property
    def end(self) -> np.datetime64:
        """The Sunday of the last week: the day the deliveries were drawn."""
        return to_day(self.mondays[-1]) + np.timedelta64(6, "D")

    @property
    def start(self) -> np.datetime64:
        """The Monday of the first week."""
        return to_day(self.mondays[0])

    @property
    def years(self) -> float:
        """Length of the range in years."""
        return len(self.mondays) * 7 / 365.25

    @property
    def month_starts(self) -> Ints:
        """Index of the first week of each month."""
        return np.searchsorted(self.week_month, np.arange(len(self.months))).astype(np.int64)

    @property
    def month_weeks(self) -> Ints:
        """Number of weeks of each month."""
        return np.bincount(self.week_month, minlength=len(self.months)).astype(np.int64)

    def week_of(self, day: np.datetime64) -> int:
        """Index of the week that holds `day` (may lie outside the range)."""
        return int((to_day(day) - self.start).astype(int) // 7)

    def reference_week(self, month: np.datetime64) -> int:
        """Index of the last week whose Sunday is on or before the last day of `month`."""
        return self.week_of(last_day(month) - np.timedelta64(6, "D"))

    def week_names(self) -> list[str]:
        """Column names `y_YYWW`, by ISO year and week."""
        names = []
        for day in self.mondays.astype(object):
            year, week, _ = day.isocalendar()
            names.append(f"y_{year % 100:02d}{week:02d}")
        return names

    def month_names(self, prefix: str) -> list[str]:
        """Column names `<prefix>_YYYY_MM`."""
        return [f"{prefix}_{str(month).replace('-', '_')}" for month in self.months]


def last_day(month: np.datetime64) -> np.datetime64:
    """The last day of a month."""
    return first_day(month + np.timedelta64(1, "M")) - np.timedelta64(1, "D")


def first_day(month: np.datetime64) -> np.datetime64:
    """The first day of a month."""
    return to_day(month.astype("datetime64[M]"))


def to_day(moment: np.datetime64) -> np.datetime64:
    """The moment with the unit of a day."""
    return np.datetime64(str(moment.astype("datetime64[D]")))


def make_timeline(from_month: str, to_month: str) -> Timeline:
    """Lay out the weeks: 14 months of history, and all weeks ending within six weeks of the end.

    Args:
        from_month: first report month, `YYYY-MM`.
        to_month: last report month, `YYYY-MM`.

    Raises:
        ValueError: the months stand in the wrong order, or outside 1992-2057.
    """
    first, last = np.datetime64(from_month, "M"), np.datetime64(to_month, "M")
    if first > last:
        raise ValueError(f"Fra-måneden {from_month} ligger efter til-måneden {to_month}.")
    if first - np.timedelta64(HISTORY_MONTHS, "M") < np.datetime64("1992-01", "M"):
        raise ValueError("Historikken ville begynde før 1992, hvor registret begynder.")
    if last > np.datetime64("2057-06", "M"):
        raise ValueError("Måneder efter 2057-06 kan ikke få cpr-numre.")
    opening = first_day(first - np.timedelta64(HISTORY_MONTHS, "M"))
    weekday = (int(opening.astype(int)) + 3) % 7
    start = opening + np.timedelta64(-weekday if weekday <= 3 else 7 - weekday, "D")
    limit = last_day(last) + np.timedelta64(TAIL_DAYS, "D")
    count = (int((limit - start).astype(int)) + 1) // 7
    mondays = start + 7 * np.arange(count).astype("timedelta64[D]")
    thursday_months = (mondays + np.timedelta64(3, "D")).astype("datetime64[M]")
    months = np.arange(thursday_months[0], thursday_months[-1] + np.timedelta64(1, "M"))
    week_month = (thursday_months - thursday_months[0]).astype(np.int64)
    return Timeline(mondays, months, week_month, first, last)
