"""Courses: how many take part, and what became of those who ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .dates import last_day, last_twelve, months_later, week_of, weeks_later
from .model import Course, Data, Month, Person, Week
from .tables import TOTAL, Cell, Rows, World, count, put, put_not_computed, share
from .unemployment import DEFINITIONS
from .week_states import has_any_job, is_delivered, is_unemployed, state, wage_is_known

PROGRAMMES = (
    "afklaring",
    "specialiseret afklaring",
    "peer-mentor",
    "peer-mentor efterværn",
    "ips",
    "mentor sof",
    "afklaring sof",
    "brobygning hf",
    "specialiserede uddannelsesveje",
    "stu-prototype",
    "rygcenter",
    "jobklub",
)
OUTCOMES = ("fleksjob", "job", "education", "unemployed", "other")
WEEKS_AFTER = (26, 52)


def windows(month: Month) -> dict[str, list[Month]]:
    """The month, the last twelve, and the calendar year so far, by their qualifier."""
    year = [(month[0], number) for number in range(1, month[1] + 1)]
    return {"": [month], "12m": last_twelve(month), "year": year}


def is_within(day: date | None, months: Iterable[Month]) -> bool:
    """Whether a day lies in one of the months."""
    return day is not None and (day.year, day.month) in months


def is_counted(course: Course, indicator: str, months: list[Month]) -> bool:
    """Whether a course starts, runs, or is completed in the months."""
    if indicator == "course_starts":
        return is_within(course.start, months)
    if indicator == "course_completed":
        return course.completed and is_within(course.end, months)
    first = date(*months[0], 1)
    return course.start <= last_day(months[-1]) and (course.end is None or course.end >= first)


def cell_of_subgroup(course: Course) -> Cell:
    """The cell of the course's subgroup, which is named with its programme."""
    return ("subgroup", f"{course.programme}: {course.subgroup}")


def participants(world: World, month: Month, rows: Rows) -> None:
    """`course_starts`, `course_active`, `course_completed`: distinct persons, known or not."""
    courses = world.data.courses
    for indicator in ("course_starts", "course_active", "course_completed"):
        for window, months in windows(month).items():
            name = (indicator, window)
            if courses is None:
                put_not_computed(rows, name, month, "")
                continue
            table: list[Cell] = [TOTAL, *(("programme", programme) for programme in PROGRAMMES)]
            table += sorted({cell_of_subgroup(one) for one in courses if one.subgroup is not None})
            for cell in table:
                persons = {
                    one.name
                    for one in courses
                    if cell in (TOTAL, ("programme", one.programme), cell_of_subgroup(one))
                    and is_counted(one, indicator, months)
                }
                put(rows, name, month, "", [(cell, count(len(persons)))])


def months_of_end(month: Month, weeks: int) -> list[Month]:
    """The twelve months whose courses are followed: up to half a year ago, or up to a year."""
    ago = 6 if weeks == 26 else 12
    return last_twelve(months_later(month, -ago))


def outcomes_are_known(data: Data, months: list[Month], weeks: int) -> bool:
    """The weeks of all days of the months, so many weeks on, are delivered with their wages."""
    asked = week_of(date(*months[0], 1))
    while asked <= week_of(last_day(months[-1])):
        later = weeks_later(asked, weeks)
        if not is_delivered(data, later) or not wage_is_known(data, later):
            return False
        asked = weeks_later(asked, 1)
    return True


def outcome(data: Data, person: Person, week: Week, definition: str) -> str:
    """What somebody does in a week; the first of the outcomes that fits."""
    found = state(data, person, week)
    if found == "fleksjob":
        return "fleksjob"
    if has_any_job(data, person, week):
        return "job"
    if found == "education":
        return "education"
    return "unemployed" if is_unemployed(data, person, week, definition) else "other"


def outcomes(world: World, month: Month, rows: Rows) -> None:
    """`course_outcome_26` and `_52`: what those do who ended a course, in all and by programme."""
    data = world.data
    for weeks in WEEKS_AFTER:
        months = months_of_end(month, weeks)
        for definition in DEFINITIONS:
            name = (f"course_outcome_{weeks}", definition)
            if data.courses is None or not outcomes_are_known(data, months, weeks):
                put_not_computed(rows, name, month, "")
                continue
            ended: list[tuple[str, str]] = []
            for one in data.courses:
                if one.person is None or one.end is None or not is_within(one.end, months):
                    continue
                then = weeks_later(week_of(one.end), weeks)
                ended.append((one.programme, outcome(data, one.person, then, definition)))
            for found in OUTCOMES:
                number = sum(1 for _, became in ended if became == found)
                figure = share(number, len(ended))
                put(rows, name, month, "", [(("destination", found), figure)])
                for programme in PROGRAMMES:
                    became = [each for of, each in ended if of == programme]
                    cell = ("programme", programme, "destination", found)
                    figure = share(became.count(found), len(became))
                    put(rows, name, month, "", [(cell, figure)])
