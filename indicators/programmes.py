"""Persons in courses: who started, who was in one, who completed one; by programme and sub-group.

Belongs here: distinct persons by month, in twelve months and in the calendar year, as counts over one block. Not here: what
became of them (`course_outcomes`), those they are compared with (`matched`), the figures (`programmes_figures`).

Definition: the specification's "Programmes". Everybody in the source counts, also those the population register does not
know; a person counts once however many courses there are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indicators.block import Bools
from indicators.calendar import FOREVER, Int32s, months_of
from indicators.categories import PROGRAMMES
from indicators.study import Study
from indicators.tally import Counts, Ints, Series, Tally

YEAR = 12
QUANTITIES = ("course_starts", "course_active", "course_completed")
Window = Callable[[range, Bools], Bools]


def count_courses(study: Study) -> Counts:
    """Distinct persons with each of QUANTITIES in each window of WINDOWS: in all, by programme and by sub-group."""
    subgroups = study.rules.subgroups
    tally = Tally(study.span, {"programme": PROGRAMMES, "subgroup": subgroups})
    courses = study.block.courses
    if courses is None:
        return tally.counts()
    places = {
        "": np.zeros(len(courses.subject), dtype=np.int32),
        # What is in no category has the place past the last.
        "programme": courses.programme.places((*PROGRAMMES, "")),
        "subgroup": courses.group.places((*subgroups, "")),
    }
    started, ended = months_of(courses.first), months_of(courses.last)
    everyone = np.ones(len(started), dtype=bool)
    chosen = {
        "course_starts": (started, started, everyone),
        "course_active": (started, ended, everyone),
        "course_completed": (ended, ended, courses.completed & (courses.last < FOREVER)),
    }
    for quantity, (first, last, rows) in chosen.items():
        for dim, place in places.items():
            size = tally.size(dim)
            some = rows & (place < size)
            person_in_category = courses.subject[some].astype(np.int64) * max(size, 1) + place[some]
            keys, there = _presence(study.span, person_in_category, first[some], last[some])
            for window, widened in WINDOWS.items():
                persons = np.zeros((size, len(study.span)), dtype=np.int64)
                np.add.at(persons, keys % max(size, 1), widened(study.span, there))
                tally.add_all(Series(quantity, window, "", dim), persons.T)
    return tally.counts()


def _presence(span: range, key: Ints, first: Int32s, last: Int32s) -> tuple[Ints, Bools]:
    """Each key once, and the months of the span (keys x months) that any of its rows reaches into."""
    keys, at = np.unique(key, return_inverse=True)
    change = np.zeros((len(keys), len(span) + 1), dtype=np.int32)
    np.add.at(change, (at, (first - span.start).clip(0, len(span))), 1)
    np.add.at(change, (at, (last + 1 - span.start).clip(0, len(span))), -1)
    return keys, np.cumsum(change[:, :-1], axis=1) > 0


def _month(span: range, there: Bools) -> Bools:
    return there


def _twelve_months(span: range, there: Bools) -> Bools:
    upto = np.cumsum(there.astype(np.int64), axis=1)
    upto[:, YEAR:] -= upto[:, :-YEAR].copy()
    return np.asarray(upto > 0)


def _calendar_year(span: range, there: Bools) -> Bools:
    reached = there.copy()
    for at, month in enumerate(span):
        if at and month % YEAR:
            reached[:, at] |= reached[:, at - 1]
    return reached


WINDOWS: dict[str, Window] = {"": _month, "12m": _twelve_months, "year": _calendar_year}
"""The windows that end with a month, by qualifier: the month, it and the eleven before, its year so far."""
