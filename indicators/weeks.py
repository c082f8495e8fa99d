"""What a week is: unemployed, in an ordinary job, in any job; and the states of a week.

Belongs here: the week rules of the specification as arrays over (weeks x people), for whole matrices or for one week. Not
here: windows and spells of such weeks (`unemployment`, `exits`).

Arrays over weeks stand week by week, `array[week - first_week, person]`, so that a week is one contiguous row.
"""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from indicators import codes
from indicators.block import Bools
from indicators.calendar import Int32s, months_of_weeks
from indicators.person_times import WageMonths, Weeks

VARIANTS = ("narrow", "wide")
JOB_KINDS = ("any", "ordinary")
UNEMPLOYED_STATES = {"narrow": ("unemployed",), "wide": ("unemployed", "unemployed_wide")}

States = npt.NDArray[np.uint16]

STATE, PAID, ANY_JOB = 0xFF, 1 << 8, 1 << 9
"""What a week is, as one number: the place of its state below, and the bits of a paid job and of any job."""


def unemployed(code: npt.NDArray[np.uint16], variant: str) -> Bools:
    """Where a code makes its week unemployed: `narrow` is the headline, `wide` adds `unemployed_wide`."""
    return codes.with_state(*UNEMPLOYED_STATES[variant]).take(code)


@cache
def _meanings() -> States:
    """What a week is, by twice its code, and one more when its month has wages."""
    without = codes.state_positions().astype(np.uint16)
    supported = codes.with_state("fleksjob", "subsidised_job") | codes.wage_subsidy()
    without[supported] |= ANY_JOB
    paid = without.copy()
    paid[codes.BLANK] = codes.states().index("employed")
    paid[codes.blank_or_holiday()] |= PAID | ANY_JOB
    return np.column_stack([without, paid]).ravel()


class WorkWeeks:
    """Answers about work, week by week, for some people.

    A week whose month has neither a degree nor an industry column delivered is *not known*: asking `is_known` first is the
    caller's duty, and such a week is neither a job nor free of one.
    """

    def __init__(self, weeks: Weeks, wages: WageMonths) -> None:
        self.first_week = weeks.first_week
        self.wages = wages
        self._weeks = weeks
        numbers = np.arange(weeks.first_week, weeks.last_week + 1, dtype=np.int32)
        self.months = months_of_weeks(numbers)
        self._month_place = _places(self.months, wages)
        self._asked: dict[int, States] = {}

    @cached_property
    def codes(self) -> npt.NDArray[np.uint16]:
        """The code of every week, (weeks x people)."""
        return self._weeks.by_person.by_time()

    def is_delivered(self, week: int) -> bool:
        """Whether the week is delivered."""
        return self._weeks.covers(week)

    def is_known(self, week: int) -> bool:
        """Whether the week is delivered and so are the wages of its month."""
        return self.is_delivered(week) and bool(self._month_place[week - self.first_week] >= 0)

    def code(self, week: int) -> npt.NDArray[np.uint16]:
        """Everybody's code in a week."""
        return self._weeks.at(week)

    def ordinary_job(self, week: int) -> Bools:
        """Blank or holiday pay, in a wage month, unless the wage register knows only other kinds that month."""
        return self._has(week, PAID) & ~self._not_ordinary(week)

    def any_job(self, week: int) -> Bools:
        """An ordinary job, such a month of another kind, a supported job or a wage subsidy."""
        return self._has(week, ANY_JOB)

    def job(self, week: int, kind: str) -> Bools:
        """`any` job or an `ordinary` one."""
        return self.any_job(week) if kind == "any" else self.ordinary_job(week)

    def state(self, week: int) -> States:
        """The place of each person's state in `codes.states()`."""
        return self._meaning(week) & np.uint16(STATE)

    def _has(self, week: int, bit: int) -> Bools:
        return np.asarray(self._meaning(week) & np.uint16(bit), dtype=bool)

    def _meaning(self, week: int) -> States:
        """What the week is to everybody, by its code and the wages in its month; looked up once."""
        if week not in self._asked:
            place = int(self._month_place[week - self.first_week])
            asked = self._weeks.at(week) * np.uint16(2)
            if place >= 0:
                asked += self.wages.wage(place)
            self._asked[week] = _meanings().take(asked)
        return self._asked[week]

    def _not_ordinary(self, week: int) -> Bools:
        # A month whose wages are not known has no ordinary job whatever is said here.
        return self.wages.not_ordinary(int(self._month_place[week - self.first_week]))


def _places(months: Int32s, wages: WageMonths) -> Int32s:
    place = {int(month): place for place, month in enumerate(wages.months)}
    return np.array([place.get(int(month), -1) for month in months], dtype=np.int32)
