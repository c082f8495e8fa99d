"""What became of those whose course ended, half a year and a year after.

Belongs here: the courses that ended in each month by where their person was 26 and 52 weeks later, as counts over one block.
Not here: the courses themselves (`programmes`), the comparison with others (`matched`), shares (`programmes_figures`).

Definition: the specification's `course_outcome_26` and `_52`.
"""

from __future__ import annotations

import numpy as np

from indicators import codes
from indicators.block import UNKNOWN_PERSON, Courses
from indicators.calendar import FOREVER, Int32s, first_day, last_day, months_of, week_of
from indicators.categories import AFTER_COURSE, PROGRAMMES
from indicators.person_times import Uint16s
from indicators.study import Study
from indicators.tally import Counts, Series, Tally
from indicators.weeks import UNEMPLOYED_STATES, VARIANTS, WorkWeeks

LAGS = {26: 6, 52: 12}
"""Weeks after the course's end, and how many months before the report's month the last of the ends lies."""
WINDOW = 12


def span_of_ends(study: Study) -> range:
    """The months in which the courses ended that the months asked for tell of."""
    return range(min(study.months) - max(LAGS.values()) - WINDOW + 1, max(study.months) + 1)


def is_known(work: WorkWeeks, month: int, after: int) -> bool:
    """Whether the weeks some weeks after every week with a day in the month are delivered with wages."""
    weeks = range(week_of(first_day(month)), week_of(last_day(month)) + 1)
    return all(work.is_known(week + after) for week in weeks)


def count_outcomes(study: Study) -> Counts:
    """`outcome_26` and `outcome_52`, narrow and wide: courses that ended in the month, of people the population register
    knows, by AFTER_COURSE in the week so long after that of the end, and by programme and it.

    A month is not counted unless all its days' weeks can be told of.
    """
    span = span_of_ends(study)
    tally = Tally(span, {"programme": PROGRAMMES, "destination": AFTER_COURSE})
    courses = study.block.courses
    if courses is None:
        return tally.counts()
    ended = (courses.person != UNKNOWN_PERSON) & (courses.last < FOREVER)
    who = np.unique(courses.person[ended])
    work = WorkWeeks(study.block.weeks.of(who), study.block.wages.of(who))
    month_of_end = np.where(ended, months_of(courses.last), -1)
    for month in span:
        rows = np.flatnonzero(month_of_end == month)
        for after in LAGS:
            if is_known(work, month, after):
                _count_month(tally, month, after, courses, rows, who, work)
    return tally.counts()


def _count_month(
    tally: Tally,
    month: int,
    after: int,
    courses: Courses,
    rows: np.ndarray[tuple[int], np.dtype[np.intp]],
    who: Int32s,
    work: WorkWeeks,
) -> None:
    person = np.searchsorted(who, courses.person[rows])
    week = week_of_days(courses.last[rows]) + after
    code = work.codes[week - work.first_week, person]
    job = np.zeros(len(rows), dtype=bool)
    for each in np.unique(week).tolist():
        job[week == each] = work.any_job(each)[person[week == each]]
    programme = courses.programme.places((*PROGRAMMES, ""))[rows]
    shape = (len(PROGRAMMES) + 1, len(AFTER_COURSE))
    for variant in VARIANTS:
        place = np.ravel_multi_index((programme, _destinations(code, job, variant)), shape)
        n = np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape)
        series = Series(f"outcome_{after}", variant, "", "programme", "destination")
        tally.add(month, series, n[:-1])
        tally.add(month, series._replace(dim1="destination", dim2=""), n.sum(axis=0))


def week_of_days(days: Int32s) -> Int32s:
    """The ISO week each day lies in."""
    return np.asarray((days + 3) // 7, dtype=np.int32)


def _destinations(code: Uint16s, job: np.ndarray, variant: str) -> Int32s:
    """The first of AFTER_COURSE that fits each."""
    fits = [
        codes.with_state("fleksjob")[code],
        job,
        codes.with_state("education")[code],
        codes.with_state(*UNEMPLOYED_STATES[variant])[code],
        np.ones(len(code), dtype=bool),
    ]
    return np.asarray(np.argmax(fits, axis=0), dtype=np.int32)
