"""The chapters on long-term unemployment and on exits."""

from __future__ import annotations

from collections import Counter

from .dates import last_day, last_twelve, month_of, months_later, reference_week, weeks_later
from .dates import weeks_of as weeks_of_month
from .exits import DESTINATIONS, Spell, spells
from .groups import Member
from .model import Data, Figure, Month, Person, Week
from .tables import (
    T_BREAKDOWNS,
    TOTAL,
    Cell,
    Rows,
    World,
    cells,
    crossed,
    crossed_cells,
    put,
    put_counts,
    put_not_computed,
    put_shares,
    tally,
)
from .week_states import is_delivered, is_unemployed, wage_is_known

DEFINITIONS = ("narrow", "wide")
HEADLINE = "narrow"
YEAR_OF_WEEKS = 52
LONG_WEEKS = 42


def unemployed(world: World, month: Month, definition: str) -> list[Member]:
    """The members of T unemployed in W(d) of the month."""
    week = reference_week(last_day(month))
    return [
        member
        for member in world.members(month, "T")
        if is_unemployed(world.data, member.person, week, definition)
    ]


def is_long(data: Data, person: Person, week: Week, definition: str) -> bool:
    """Unemployed in at least 80 pct. (42) of the 52 weeks that end with the week."""
    year = [weeks_later(week, -back) for back in range(YEAR_OF_WEEKS)]
    return sum(is_unemployed(data, person, each, definition) for each in year) >= LONG_WEEKS


def unemployed_and_long(world: World, month: Month, rows: Rows) -> None:
    """`unemployed`, `ltu_80` and `ltu_80_share` of T."""
    data = world.data
    week = reference_week(last_day(month))
    table = cells(data, T_BREAKDOWNS)
    for definition in DEFINITIONS:
        if not is_delivered(data, week):
            for indicator in ("unemployed", "ltu_80", "ltu_80_share"):
                put_not_computed(rows, (indicator, definition), month, "T")
            continue
        without_work = unemployed(world, month, definition)
        counts = tally(without_work, T_BREAKDOWNS)
        put_counts(rows, ("unemployed", definition), month, "T", table, counts)
        pairs = crossed_cells(data, "T") if definition == HEADLINE else []
        in_pairs = crossed(without_work, "T")
        put_counts(rows, ("unemployed", definition), month, "T", pairs, in_pairs)
        if not is_delivered(data, weeks_later(week, 1 - YEAR_OF_WEEKS)):
            for indicator in ("ltu_80", "ltu_80_share"):
                put_not_computed(rows, (indicator, definition), month, "T")
            continue
        found = [one for one in without_work if is_long(data, one.person, week, definition)]
        long = tally(found, T_BREAKDOWNS)
        put_counts(rows, ("ltu_80", definition), month, "T", pairs, crossed(found, "T"))
        put_counts(rows, ("ltu_80", definition), month, "T", table, long)
        put_shares(rows, ("ltu_80_share", definition), month, "T", table, long, counts)


class Exits:
    """The ends of the spells of all who may ever be in T, found once for the whole register."""

    def __init__(self, data: Data, definition: str) -> None:
        self.definition = definition
        self._spells = {
            id(person): spells(data, person, definition)
            for person in data.people
            if person.impairments or person.cases
        }

    def of(self, person: Person, month: Month) -> list[Spell]:
        """The person's spells with `w` in the month, censored ones left out."""
        return [
            spell
            for spell in self._spells[id(person)]
            if spell.destination in DESTINATIONS
            and spell.end is not None
            and month_of(spell.end) == month
        ]


def exits_are_known(data: Data, month: Month) -> bool:
    """All weeks of the month and the three after them are delivered, and so are their wages."""
    own = weeks_of_month(month)
    needed = [*own, *(weeks_later(own[-1], ahead) for ahead in (1, 2, 3))]
    return all(is_delivered(data, week) and wage_is_known(data, week) for week in needed)


def rate_is_known(data: Data, month: Month) -> bool:
    """The month's exits are known, and W(e) of the month before is delivered."""
    before = reference_week(last_day(months_later(month, -1)))
    return exits_are_known(data, month) and is_delivered(data, before)


def to_job(world: World, exits: Exits, month: Month) -> list[Member]:
    """The members of T at the month's end, one for each spell that ended to a job in it."""
    return [
        member
        for member in world.members(month, "T")
        for spell in exits.of(member.person, month)
        if spell.destination == "job"
    ]


def exits_in_month(world: World, exits: Exits, month: Month, rows: Rows) -> None:
    """`exits` by destination, `exits_job` and the month's `exit_rate_job`."""
    data, definition = world.data, exits.definition
    table = cells(data, T_BREAKDOWNS)
    if not exits_are_known(data, month):
        for indicator in ("exits", "exits_job", "exit_rate_job"):
            put_not_computed(rows, (indicator, definition), month, "T")
        return
    ends: Counter[Cell] = Counter()
    for member in world.members(month, "T"):
        for spell in exits.of(member.person, month):
            ends[TOTAL] += 1
            ends[("destination", spell.destination)] += 1
    destinations = [TOTAL, *(("destination", name) for name in DESTINATIONS)]
    put_counts(rows, ("exits", definition), month, "T", destinations, ends)
    jobs = tally(to_job(world, exits, month), T_BREAKDOWNS)
    put_counts(rows, ("exits_job", definition), month, "T", table, jobs)
    if not rate_is_known(data, month):
        put_not_computed(rows, ("exit_rate_job", definition), month, "T")
        return
    before = tally(unemployed(world, months_later(month, -1), definition), T_BREAKDOWNS)
    put_shares(rows, ("exit_rate_job", definition), month, "T", table, jobs, before)


def exits_in_year(world: World, exits: Exits, month: Month, rows: Rows) -> None:
    """`exits_job_12m`, and its rate over the mean of the twelve monthly denominators."""
    data, definition = world.data, exits.definition
    year = last_twelve(month)
    table = cells(data, T_BREAKDOWNS)
    number, rate = ("exits_job_12m", f"{definition}|12m"), ("exit_rate_job", f"{definition}|12m")
    jobs: Counter[Cell] = Counter()
    before: Counter[Cell] = Counter()
    if all(exits_are_known(data, each) for each in year):
        for each in year:
            jobs.update(tally(to_job(world, exits, each), T_BREAKDOWNS))
        put_counts(rows, number, month, "T", table, jobs)
    else:
        put_not_computed(rows, number, month, "T")
    if all(rate_is_known(data, each) for each in year):
        for each in year:
            members = unemployed(world, months_later(each, -1), definition)
            before.update(tally(members, T_BREAKDOWNS))
        put(rows, rate, month, "T", [(cell, of_mean(jobs[cell], before[cell])) for cell in table])
    else:
        put_not_computed(rows, rate, month, "T")


def of_mean(number: int, total: int) -> Figure:
    """A year's exits over the mean of twelve denominators that sum to `total`."""
    if total == 0:
        return Figure(number, 0.0, None, None, None, "missing")
    return Figure(number, total / 12, 12 * number / total, None, None, "")
