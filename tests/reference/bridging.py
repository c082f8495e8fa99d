"""Unemployed for a year with short breaks bridged (`ltu_52`), one person and week at a time."""

from __future__ import annotations

from .dates import last_day, month_of, reference_week, weeks_later
from .model import Data, Month, Person, Week
from .tables import T_BREAKDOWNS, Rows, World, cells, put_counts, put_not_computed, tally
from .unemployment import DEFINITIONS, unemployed
from .week_states import is_delivered, is_unemployed

YEAR_OF_WEEKS = 52
LONGEST_BREAK = 4
MOST_HOURS = 10
HIGHEST_DEGREE = 6


def hardly_works(data: Data, person: Person, month: Month) -> bool:
    """At most ten ordinary hours in the month; without an income row a degree of at most six.

    Where no degree was delivered for the month, an industry says that there was work.
    """
    if person.wage_kinds.get(month):
        return person.ordinary_hours.get(month, 0) <= MOST_HOURS
    if month in data.degree_months:
        return person.degree.get(month, 0.0) <= HIGHEST_DEGREE
    return month not in person.industry


def is_bridged(data: Data, person: Person, pause: list[Week]) -> bool:
    """Whether a break of these weeks, with an unemployed week on each side, is looked past."""
    return len(pause) <= LONGEST_BREAK and all(
        hardly_works(data, person, month_of(week)) for week in pause
    )


def run_length(data: Data, person: Person, week: Week, definition: str) -> int:
    """Weeks from the first week of the bridged run to an unemployed week, both counted."""
    first = week
    pause: list[Week] = []
    asked = weeks_later(week, -1)
    while is_delivered(data, asked):
        if not is_unemployed(data, person, asked, definition):
            pause.append(asked)
        elif is_bridged(data, person, pause):
            first = asked
            pause = []
        else:
            break
        asked = weeks_later(asked, -1)
    length = 1
    while first != week:
        first = weeks_later(first, 1)
        length = length + 1
    return length


def bridged_unemployment(world: World, month: Month, rows: Rows) -> None:
    """`ltu_52` of T, narrow and wide."""
    data, week = world.data, reference_week(last_day(month))
    for definition in DEFINITIONS:
        name = ("ltu_52", definition)
        if not all(is_delivered(data, weeks_later(week, -back)) for back in (0, YEAR_OF_WEEKS - 1)):
            put_not_computed(rows, name, month, "T")
            continue
        long = [
            member
            for member in unemployed(world, month, definition)
            if run_length(data, member.person, week, definition) >= YEAR_OF_WEEKS
        ]
        table = cells(data, T_BREAKDOWNS)
        put_counts(rows, name, month, "T", table, tally(long, T_BREAKDOWNS))
