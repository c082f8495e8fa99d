"""Runs of unemployed weeks with short breaks bridged, for `ltu_52`.

Belongs here: which months are quiet enough to bridge, and where each run begins. Not here: whose runs count
(`unemployment`).

Definition: Statistics Denmark's rule of a year of unemployment, carried over to weeks; the specification's `ltu_52`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indicators.block import Bools
from indicators.study import Study

LONGEST_BREAK = 4
QUIET_HOURS = 10
QUIET_DEGREE = 6

NO_RUN = -1


def run_starts(study: Study, variant: str, quiet: Bools) -> npt.NDArray[np.int16]:
    """For the candidates, the week (place in the register) their bridged run began, at each week they were unemployed;
    (weeks x candidates), of no meaning in other weeks.

    A break is 1 to 4 weeks between unemployed ones, and is bridged when the month of each of its weeks is `quiet`.
    """
    unemployed = study.unemployed(variant)
    months = study.target.months - study.target.months[0] if len(unemployed) else []
    people = unemployed.shape[1]
    start = np.full(people, NO_RUN, dtype=np.int16)
    last = np.full(people, NO_RUN, dtype=np.int16)
    is_bridge = np.ones(people, dtype=bool)
    starts = np.empty(unemployed.shape, dtype=np.int16)
    for week, now in enumerate(unemployed):
        goes_on = (start != NO_RUN) & is_bridge & (week - last - 1 <= LONGEST_BREAK)
        start = np.where(now & ~goes_on, np.int16(week), start)
        last = np.where(now, np.int16(week), last)
        # A week of unemployment begins the break anew; any other must be quiet itself.
        is_bridge = now | (is_bridge & quiet[months[week]])
        starts[week] = start
    return starts


def quiet_months(study: Study) -> Bools:
    """In which months the candidates had at most QUIET_HOURS of ordinary work: (months from that of the register's first
    week x candidates).

    The wage register decides where it has a row of the person and month; else the degree of employment; else, where no
    degree is delivered, that there is no industry code.
    """
    wages, months = study.target.wages, study.target.months
    if not len(months):
        return np.zeros((0, len(study.candidates)), dtype=bool)
    first, last = int(months[0]), int(months[-1])
    quiet = np.ones((last - first + 1, len(study.candidates)), dtype=bool)
    for at, month in enumerate(wages.industry_months):
        if first <= month <= last:
            quiet[month - first] = wages.industry.at(at) == 0
    for at, month in enumerate(wages.degree_months):
        if first <= month <= last:
            # A blank degree is 0 or NaN, and neither is above the limit.
            quiet[month - first] = ~(wages.degree.at(at) > QUIET_DEGREE)
    income = study.block.income
    if income is not None:
        place = np.full(len(study.block.people.person) + 1, NO_RUN, dtype=np.int32)
        place[study.candidates] = np.arange(len(study.candidates))
        # An unknown person's position, -1, picks the entry put last.
        who = place[income.person]
        told = (who >= 0) & (income.month >= first) & (income.month <= last)
        quiet[income.month[told] - first, who[told]] = income.ordinary_hours[told] <= QUIET_HOURS
    return quiet
