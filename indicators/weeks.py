"""What a week is: unemployed, in an ordinary job, in any job; and the states of a week.

Belongs here: the week rules of the specification as arrays over (weeks x people), for whole matrices or for one week. Not
here: windows and spells of such weeks (`unemployment`, `exits`).

All arrays stand week by week, `array[week - first_week, person]`, so that a month's reference week is one contiguous row.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indicators import codes
from indicators.block import Bools, WageMonths, Weeks
from indicators.calendar import Int32s, months_of_weeks

VARIANTS = ("narrow", "wide")
JOB_KINDS = ("any", "ordinary")
UNEMPLOYED_STATES = {"narrow": ("unemployed",), "wide": ("unemployed", "unemployed_wide")}

States = npt.NDArray[np.int16]


def unemployed(code: npt.NDArray[np.uint16], variant: str) -> Bools:
    """Where a code makes its week unemployed: `narrow` is the headline, `wide` adds `unemployed_wide`."""
    return codes.with_state(*UNEMPLOYED_STATES[variant])[code]


class WorkWeeks:
    """Answers about work, week by week, for some people.

    A week whose month has neither a degree nor an industry column delivered is *not known*: asking `is_known` first is the
    caller's duty, and such a week is neither a job nor free of one.
    """

    def __init__(self, weeks: Weeks, wages: WageMonths) -> None:
        self.codes = weeks.codes
        self.first_week = weeks.first_week
        self.wages = wages
        numbers = np.arange(weeks.first_week, weeks.last_week + 1, dtype=np.int32)
        self.months = months_of_weeks(numbers)
        self._month_place = _places(self.months, wages)

    def is_delivered(self, week: int) -> bool:
        """Whether the week is delivered."""
        return 0 <= week - self.first_week < len(self.codes)

    def is_known(self, week: int) -> bool:
        """Whether the week is delivered and so are the wages of its month."""
        return self.is_delivered(week) and bool(self._month_place[week - self.first_week] >= 0)

    def ordinary_job(self, week: int) -> Bools:
        """Blank or holiday pay, in a wage month, unless the wage register knows only other kinds that month."""
        place = self._month_place[week - self.first_week]
        if place < 0:
            return np.zeros(self.codes.shape[1], dtype=bool)
        return np.asarray(self._paid(week) & ~self.wages.not_ordinary[place])

    def any_job(self, week: int) -> Bools:
        """An ordinary job, such a month of another kind, a supported job or a wage subsidy."""
        supported = codes.with_state("fleksjob", "subsidised_job") | codes.wage_subsidy()
        return np.asarray(self._paid(week) | supported[self.codes[week - self.first_week]])

    def job(self, week: int, kind: str) -> Bools:
        """`any` job or an `ordinary` one."""
        return self.any_job(week) if kind == "any" else self.ordinary_job(week)

    def state(self, week: int) -> States:
        """The place of each person's state in `codes.states()`."""
        code = self.codes[week - self.first_week]
        places = codes.state_positions()[code]
        employed = np.int16(codes.states().index("employed"))
        return np.where((code == codes.BLANK) & self._wage(week), employed, places)

    def _paid(self, week: int) -> Bools:
        code = self.codes[week - self.first_week]
        return np.asarray(codes.blank_or_holiday()[code] & self._wage(week))

    def _wage(self, week: int) -> Bools:
        place = self._month_place[week - self.first_week]
        if place < 0:
            return np.zeros(self.codes.shape[1], dtype=bool)
        return np.asarray(self.wages.wage[place])


def _places(months: Int32s, wages: WageMonths) -> Int32s:
    place = {int(month): place for place, month in enumerate(wages.months)}
    return np.array([place.get(int(month), -1) for month in months], dtype=np.int32)
