"""Those who took part against alike people who did not: exact cells, weighted to the participants.

The difference is a comparison and no estimate of an effect.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import sqrt

from .dates import last_day, reference_week, week_of, weeks_later
from .groups import Member
from .intervals import Z
from .model import Course, Data, Figure, Month, Person, Week
from .programmes import (
    PROGRAMMES,
    WEEKS_AFTER,
    is_within,
    months_of_end,
    outcomes_are_known,
)
from .tables import TOTAL, Rows, World, put, put_not_computed
from .unemployment import DEFINITIONS
from .week_states import has_any_job, is_delivered, is_unemployed

Match = tuple[Month, str, str, str, str]
"""Month of the end, sex, age group, benefit group, band of weeks unemployed."""

Unemployed = dict[Month, list[tuple[Member, Match]]]
"""The unemployed members of T at the end of each month, each with the cell."""

BANDS = {"0–12": 12, "13–25": 25, "26–51": 51}


def unbroken_weeks(data: Data, person: Person, week: Week, definition: str) -> int:
    """Unemployed weeks in a row that end with the week."""
    number = 0
    while is_delivered(data, week) and is_unemployed(data, person, week, definition):
        number = number + 1
        week = weeks_later(week, -1)
    return number


def band(weeks: int) -> str:
    """The band of a number of weeks."""
    for name, most in BANDS.items():
        if weeks <= most:
            return name
    return "52+"


def unemployed_members(world: World, month: Month, definition: str) -> list[tuple[Member, Match]]:
    """The members of T unemployed in the month's reference week, each with the cell."""
    week = reference_week(last_day(month))
    found = []
    for member in world.members(month, "T"):
        if not is_unemployed(world.data, member.person, week, definition):
            continue
        of = member.categories
        weeks = unbroken_weeks(world.data, member.person, week, definition)
        cell = (month, of["sex"], of["age_group"], of["benefit_group"], band(weeks))
        found.append((member, cell))
    return found


def compare(data: Data, unemployed: Unemployed, weeks: int, programme: str) -> Figure:
    """The difference for a programme, or for all where `programme` is blank."""
    mine = [one for one in data.courses or () if programme in ("", one.programme)]
    took_part = {id(one.person) for one in mine}
    jobs: dict[Match, list[bool]] = {}
    pool: dict[Match, list[bool]] = {}
    for month, members in unemployed.items():
        later = weeks_later(reference_week(last_day(month)), weeks)
        for member, cell in members:
            if id(member.person) not in took_part:
                pool.setdefault(cell, []).append(has_any_job(data, member.person, later))
            for one in ended_in(mine, member.person, month):
                assert one.end is not None
                then = weeks_later(week_of(one.end), weeks)
                jobs.setdefault(cell, []).append(has_any_job(data, member.person, then))
    kept = {cell: had for cell, had in jobs.items() if cell in pool}
    return difference(kept, pool)


def ended_in(courses: list[Course], person: Person, month: Month) -> list[Course]:
    """The person's courses that ended in the month."""
    return [one for one in courses if one.person is person and is_within(one.end, [month])]


def difference(kept: dict[Match, list[bool]], pool: dict[Match, list[bool]]) -> Figure:
    """Percentage points between the participants' share with a job and their cells' shares."""
    sizes = Counter({cell: len(had) for cell, had in kept.items()})
    n = sizes.total()
    if n == 0:
        return Figure(None, 0, None, None, None, "missing")
    p1 = Fraction(sum(sum(had) for had in kept.values()), n)
    variance = p1 * (1 - p1) / n
    p0 = Fraction(0)
    for cell, size in sizes.items():
        of = len(pool[cell])
        rate, weight = Fraction(sum(pool[cell]), of), Fraction(size, n)
        p0 = p0 + weight * rate
        variance = variance + weight**2 * rate * (1 - rate) / of
    points, half = float(100 * (p1 - p0)), 100 * Z * sqrt(variance)
    return Figure(None, n, points, points - half, points + half, "")


def matched(world: World, month: Month, rows: Rows) -> None:
    """`course_outcome_26` and `_52` `any|matched`, in all and by programme."""
    data = world.data
    for weeks in WEEKS_AFTER:
        months = months_of_end(month, weeks)
        known = outcomes_are_known(data, months, weeks) and all(
            is_delivered(data, reference_week(last_day(each))) for each in months
        )
        for definition in DEFINITIONS:
            name = (f"course_outcome_{weeks}", f"{definition}|any|matched")
            if data.courses is None or not known:
                put_not_computed(rows, name, month, "")
                continue
            unemployed = {each: unemployed_members(world, each, definition) for each in months}
            put(rows, name, month, "", [(TOTAL, compare(data, unemployed, weeks, ""))])
            for programme in PROGRAMMES:
                figure = compare(data, unemployed, weeks, programme)
                put(rows, name, month, "", [(("programme", programme), figure)])
