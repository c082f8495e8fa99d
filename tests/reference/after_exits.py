"""What becomes of exits: jobs that last, the young who study, and how long the spells were."""

from __future__ import annotations

from collections import Counter

from .dates import age, last_day, last_twelve, months_later, weeks_later, weeks_of
from .exits import DESTINATIONS, Spell
from .groups import Member
from .measures import median_figure, percentile_figure
from .model import Data, Month
from .tables import (
    T_BREAKDOWNS,
    TOTAL,
    Cell,
    Rows,
    World,
    cells,
    put,
    put_counts,
    put_not_computed,
    put_shares,
    tally,
)
from .unemployment import Exits, exits_are_known
from .week_states import has_any_job, has_ordinary_job, is_delivered, wage_is_known

WEEKS_AFTER = {3: 13, 6: 26, 12: 52}
KINDS_OF_JOB = ("any", "ordinary")
YOUNGEST, OLDEST = 16, 29


def ended(world: World, exits: Exits, month: Month) -> list[tuple[Member, Spell]]:
    """The spells of members of T (at the month's end) with an exit in the month."""
    return [
        (member, spell)
        for member in world.members(month, "T")
        for spell in exits.of(member.person, month)
    ]


def later_is_known(data: Data, month: Month, weeks: int) -> bool:
    """So many weeks after each week of the month are delivered, with their wages."""
    later = [weeks_later(week, weeks) for week in weeks_of(month)]
    return all(is_delivered(data, week) and wage_is_known(data, week) for week in later)


def sustained(world: World, exits: Exits, month: Month, rows: Rows) -> None:
    """`sustained_3`, `_6`, `_12`: of exits to job 3, 6, 12 months ago those with a job since."""
    data = world.data
    for months, weeks in WEEKS_AFTER.items():
        then = months_later(month, -months)
        for kind in KINDS_OF_JOB:
            name = (f"sustained_{months}", f"{exits.definition}|{kind}")
            if not exits_are_known(data, then) or not later_is_known(data, then, weeks):
                put_not_computed(rows, name, month, "T")
                continue
            has_job = has_any_job if kind == "any" else has_ordinary_job
            to_job: list[Member] = []
            still: list[Member] = []
            for member, spell in ended(world, exits, then):
                if spell.destination != "job" or spell.end is None:
                    continue
                to_job.append(member)
                if has_job(data, member.person, weeks_later(spell.end, weeks)):
                    still.append(member)
            put_shares(
                rows,
                name,
                month,
                "T",
                cells(data, T_BREAKDOWNS),
                tally(still, T_BREAKDOWNS),
                tally(to_job, T_BREAKDOWNS),
            )


def young_to_education(world: World, exits: Exits, month: Month, rows: Rows) -> None:
    """`exits_education_young`: exits to education of those aged 16-29 at the month's end."""
    name = ("exits_education_young", exits.definition)
    if not exits_are_known(world.data, month):
        put_not_computed(rows, name, month, "T")
        return
    students = [
        member
        for member, spell in ended(world, exits, month)
        if spell.destination == "education"
        and YOUNGEST <= age(member.person.birth, last_day(month)) <= OLDEST
    ]
    table = cells(world.data, T_BREAKDOWNS)
    put_counts(rows, name, month, "T", table, tally(students, T_BREAKDOWNS))


def spell_lengths(world: World, exits: Exits, month: Month, rows: Rows) -> None:
    """`spell_length`: median and quartiles of the spells that ended in the last twelve months."""
    year = last_twelve(month)
    known = all(exits_are_known(world.data, each) for each in year)
    lengths: Counter[tuple[Cell, int]] = Counter()
    for each in year if known else ():
        for _, spell in ended(world, exits, each):
            if not spell.left_censored:
                lengths[(TOTAL, spell.length)] += 1
                lengths[(("destination", spell.destination), spell.length)] += 1
    for measure in ("median", "p25", "p75"):
        name = ("spell_length", f"{exits.definition}|{measure}")
        if not known:
            put_not_computed(rows, name, month, "T")
            continue
        for cell in (TOTAL, *(("destination", destination) for destination in DESTINATIONS)):
            weeks = [
                length
                for (of, length), times in lengths.items()
                for _ in range(times)
                if of == cell
            ]
            figure = (
                median_figure(weeks)
                if measure == "median"
                else percentile_figure(weeks, int(measure[1:]))
            )
            put(rows, name, month, "T", [(cell, figure)])


def after_exits(world: World, exits: Exits, month: Month, rows: Rows) -> None:
    """All that follows on exits, for one definition of unemployment."""
    sustained(world, exits, month, rows)
    young_to_education(world, exits, month, rows)
    spell_lengths(world, exits, month, rows)
