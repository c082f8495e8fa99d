"""Participants of courses beside people like them who did not take part.

Belongs here: who is compared with whom, as counts over one block by cell: sex, age group, benefit group and how long
unemployed. Not here: the difference and its interval (`matched_figures`). The difference is no estimate of an effect: those
who take part are chosen by what no register holds.

Definition: the specification's "Programmes", the comparison beside `course_outcome_26` and `_52`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.block import UNKNOWN_PERSON, Bools, Courses
from indicators.calendar import FOREVER, Int32s, last_day, months_of, reference_week
from indicators.categories import PROGRAMMES
from indicators.course_outcomes import LAGS, is_known, span_of_ends, week_of_days
from indicators.study import Study
from indicators.tally import Counts, Ints, Series, Tally
from indicators.weeks import VARIANTS

BANDS = (13, 26, 52)
"""Weeks of unemployment where a new band begins; the first band begins at 0."""
CELL_DIMS = ("sex", "age_group", "benefit_group")
ANY_PROGRAMME = len(PROGRAMMES)
"""The place of all programmes taken together."""
EVERYBODY = -1
"""The place of the pool before anybody is taken out of it."""
PARTICIPANTS, POOL, TAKEN_OUT = range(3)


def count_matched(study: Study) -> Counts:
    """Histograms `matched_26` and `matched_52`, narrow and wide, of (month, programme, cell, kind, had a job).

    Kind PARTICIPANTS is the courses that ended in the month, of people of T unemployed in its reference week; POOL is all
    such people; TAKEN_OUT those of the pool with a course of the programme at any time. A month is not counted unless its
    reference week is delivered and the weeks looked at are known.
    """
    span = span_of_ends(study)
    tally = Tally(span, {})
    courses = study.block.courses
    if courses is None:
        return tally.counts()
    taking = _Taking.of(study, courses)
    months = [month for month in span if study.target.is_delivered(reference_week(last_day(month)))]
    for after in LAGS:
        known = [month for month in months if is_known(study.target, month, after)]
        tally.was_counted(f"matched_{after}", known)
    for variant in VARIANTS:
        runs = _runs(study.unemployed(variant))
        for month in months:
            _count_month(study, tally, month, variant, runs, taking)
    return tally.counts()


@dataclass(frozen=True)
class _Taking:
    """The courses of the candidates, each also under ANY_PROGRAMME: whose (place among the candidates), which, its end and
    the month of it (-1 while it runs). `persons` and `programmes`: who ever had which, each pair once."""

    person: Int32s
    programme: Int32s
    last: Int32s
    month: Int32s
    persons: Int32s
    programmes: Int32s

    @classmethod
    def of(cls, study: Study, courses: Courses) -> _Taking:
        known = courses.person != UNKNOWN_PERSON
        rows = np.flatnonzero(known & np.isin(courses.person, study.candidates))
        person = np.searchsorted(study.candidates, courses.person[rows]).astype(np.int32)
        programme = courses.programme.places((*PROGRAMMES, ""))[rows]
        last = courses.last[rows]
        month = np.where(last < FOREVER, months_of(last), -1).astype(np.int32)
        both = np.concatenate([programme, np.full(len(rows), ANY_PROGRAMME, dtype=np.int32)])
        pairs = np.unique(np.column_stack([np.tile(person, 2), both]), axis=0)
        return cls(np.tile(person, 2), both, np.tile(last, 2), np.tile(month, 2), *pairs.T)


def _runs(unemployed: Bools) -> npt.NDArray[np.int32]:
    """For each week, how many weeks in a row up to it are unemployed, it too."""
    runs = np.zeros(unemployed.shape, dtype=np.int32)
    for at, now in enumerate(unemployed):
        runs[at] = (runs[at - 1] + 1) * now if at else now
    return runs


def _count_month(
    study: Study,
    tally: Tally,
    month: int,
    variant: str,
    runs: npt.NDArray[np.int32],
    taking: _Taking,
) -> None:
    week = reference_week(last_day(month)) - study.target.first_week
    members, own = study.members(month, "T"), study.target_at(month)
    length = runs[week, own]
    pool = np.flatnonzero(length > 0)
    place = np.full(len(study.candidates), -1, dtype=np.int32)
    place[own[pool]] = np.arange(len(pool))
    cell = _cells(study, [members.categories[dim][pool] for dim in CELL_DIMS], length[pool])

    ended = np.flatnonzero((taking.month == month) & (place[taking.person] >= 0))
    taken = np.flatnonzero(place[taking.persons] >= 0)
    parts = (
        (PARTICIPANTS, taking.programme[ended], place[taking.person[ended]]),
        (POOL, np.full(len(pool), EVERYBODY), np.arange(len(pool))),
        (TAKEN_OUT, taking.programmes[taken], place[taking.persons[taken]]),
    )
    jobs = study.jobs("any")
    for after in LAGS:
        if not is_known(study.target, month, after):
            continue
        for kind, programme, who in parts:
            then = np.full(len(who), week + after)
            if kind == PARTICIPANTS:
                then = week_of_days(taking.last[ended]) + after - study.target.first_week
            job = jobs[then, own[pool][who]]
            rows: Ints = np.column_stack(
                [np.full(len(who), month), programme, cell[who], np.full(len(who), kind), job]
            ).astype(np.int64)
            tally.spread(Series(f"matched_{after}", variant, ""), rows)


def _cells(study: Study, places: list[npt.NDArray[np.int16]], length: Int32s) -> Ints:
    categories = study.rules.categories()
    shape = (*(len(categories[dim]) for dim in CELL_DIMS), len(BANDS) + 1)
    band = np.searchsorted(BANDS, length, side="right")
    return np.asarray(np.ravel_multi_index((*places, band), shape), dtype=np.int64)
