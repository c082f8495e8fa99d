"""What is known of people week by week and month by month.

Belongs here: matrices with a row a person, the weeks of benefits and the months of wages made of them. Not here: what a week
means (`weeks`), the rest of a block (`block`).

The rows stay as they were read. Everybody is asked about a few times, and some people about all of them: the former picks a
column, the latter some rows, and nobody copies the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from indicators.block import UNKNOWN_PERSON, Bools
from indicators.calendar import Int32s

Uint16s = npt.NDArray[np.uint16]

NO_ROW = -1


@dataclass(frozen=True)
class PersonTimes:
    """Numbers by person and time, 0 for a person without a row. `rows` stands as it was read, a row a person who has one;
    `row_of[person]` is the person's row, NO_ROW where there is none; None when row and person are the same."""

    rows: npt.NDArray[Any]
    row_of: Int32s | None

    def at(self, time: int) -> npt.NDArray[Any]:
        """Everybody's number at a time."""
        if self.row_of is None:
            return np.ascontiguousarray(self.rows[:, time])
        found = np.zeros(len(self.row_of), dtype=self.rows.dtype)
        has_row = self.row_of != NO_ROW
        found[has_row] = self.rows[self.row_of[has_row], time]
        return found

    def of(self, who: Int32s) -> PersonTimes:
        """Of some of the people, in that order, each time's numbers side by side in memory."""
        rows = who if self.row_of is None else self.row_of[who]
        some = np.zeros((len(who), self.rows.shape[1]), dtype=self.rows.dtype)
        some[rows != NO_ROW] = self.rows[rows[rows != NO_ROW]]
        return PersonTimes(np.ascontiguousarray(some.T).T, None)

    def by_time(self) -> npt.NDArray[Any]:
        """All of it, (times x people)."""
        if self.row_of is None:
            return self.rows.T
        return self.of(np.arange(len(self.row_of), dtype=np.int32)).rows.T

    def who(self, rows_that: Bools) -> Int32s:
        """The people whose row is among those chosen by a mask over rows."""
        if self.row_of is None:
            return np.flatnonzero(rows_that).astype(np.int32)
        chosen = np.append(rows_that, False)[self.row_of]
        return np.flatnonzero(chosen & (self.row_of != NO_ROW)).astype(np.int32)


@dataclass(frozen=True)
class Weeks:
    """The benefit code of each week from `first_week` on, 0 where none."""

    first_week: int
    by_person: PersonTimes
    _asked: dict[int, Uint16s] = field(default_factory=dict, repr=False, compare=False)

    @property
    def count(self) -> int:
        """How many weeks are delivered."""
        return int(self.by_person.rows.shape[1])

    @property
    def last_week(self) -> int:
        """The last week delivered."""
        return self.first_week + self.count - 1

    def covers(self, week: int) -> bool:
        """Whether the week is delivered."""
        return self.first_week <= week <= self.last_week

    def at(self, week: int) -> Uint16s:
        """Everybody's code in a week, picked out of the rows once."""
        if week not in self._asked:
            self._asked[week] = self.by_person.at(week - self.first_week)
        return self._asked[week]

    def of(self, who: Int32s) -> Weeks:
        """The weeks of some of the people, in that order."""
        return Weeks(self.first_week, self.by_person.of(who))


@dataclass(frozen=True)
class WageMonths:
    """Wage income in `months`, as the weekly register tells it and as the wage register does.

    `degree` holds the degree of employment in each of `degree_months`, 0 or NaN where none, `industry` whether there is an
    industry code in each of `industry_months`. `other_person` had, in the month of place `other_month`, wages the wage
    register knows and none of them of ordinary employment.
    """

    months: Int32s
    degree_months: tuple[int, ...]
    degree: PersonTimes
    industry_months: tuple[int, ...]
    industry: PersonTimes
    other_month: Int32s
    other_person: Int32s
    people: int

    def wage(self, place: int) -> Bools:
        """Who had wage income in the month of that place. A degree says more than an industry code, so where both are
        delivered for a month the degree decides."""
        month = int(self.months[place])
        if month in self.degree_months:
            return np.asarray(self.degree.at(self.degree_months.index(month)) > 0)
        return np.asarray(self.industry.at(self.industry_months.index(month)) > 0)

    def not_ordinary(self, place: int) -> Bools:
        """Who had wages in the month of that place, none of them of ordinary employment."""
        found = np.zeros(self.people, dtype=bool)
        found[self.other_person[self.other_month == place]] = True
        return found

    def of(self, who: Int32s) -> WageMonths:
        """The months of some of the people, in that order."""
        place = np.full(self.people, UNKNOWN_PERSON, dtype=np.int32)
        place[who] = np.arange(len(who), dtype=np.int32)
        person = place[self.other_person]
        known = person != UNKNOWN_PERSON
        return WageMonths(
            self.months,
            self.degree_months,
            self.degree.of(who),
            self.industry_months,
            self.industry.of(who),
            self.other_month[known],
            person[known],
            len(who),
        )
