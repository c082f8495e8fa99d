"""The work chapter: employment rate, the gap between R and T, states, and jobs a year on."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from .dates import last_day, reference_week, weeks_later
from .groups import Member
from .model import Data, Figure, Month, Week
from .tables import (
    TOTAL,
    Cell,
    Rows,
    World,
    breakdowns_of,
    cells,
    crossed,
    crossed_cells,
    is_in,
    put,
    put_counts,
    put_not_computed,
    put_shares,
    tally,
)
from .week_states import STATES, has_any_job, has_ordinary_job, is_delivered, state, wage_is_known

GAP_BREAKDOWNS = ("sex", "age_group", "district")
KINDS_OF_JOB = ("any", "ordinary")
HEADLINE = "any"
YEAR_OF_WEEKS = 52


def job_week(data: Data, month: Month) -> Week | None:
    """W(d) if it is delivered and its month's wages are; otherwise nothing can be said of jobs."""
    week = reference_week(last_day(month))
    return week if jobs_are_known(data, week) else None


def jobs_are_known(data: Data, week: Week) -> bool:
    """Whether the week and its month's wages are delivered."""
    return is_delivered(data, week) and wage_is_known(data, week)


def working(data: Data, members: list[Member], week: Week, kind: str) -> list[Member]:
    """Those who have a job (`any` or `ordinary`) in the week."""
    has_job = has_any_job if kind == "any" else has_ordinary_job
    return [member for member in members if has_job(data, member.person, week)]


def employment_rate(world: World, month: Month, rows: Rows) -> None:
    """Persons with a job in W(d) / persons in the group, for T and for R."""
    week = job_week(world.data, month)
    for kind in KINDS_OF_JOB:
        for group in ("T", "R"):
            name = ("employment_rate", kind)
            if week is None:
                put_not_computed(rows, name, month, group)
                continue
            everybody = world.members(month, group)
            at_work = working(world.data, everybody, week, kind)
            breakdowns = breakdowns_of(group, with_benefits=True)
            put_shares(
                rows,
                name,
                month,
                group,
                cells(world.data, breakdowns),
                tally(at_work, breakdowns),
                tally(everybody, breakdowns),
            )
            if kind == HEADLINE:
                pairs = crossed_cells(world.data, group)
                of = crossed(everybody, group)
                put_shares(rows, name, month, group, pairs, crossed(at_work, group), of)


def retention(world: World, month: Month, rows: Rows) -> None:
    """Of the members with any job 52 weeks before W(d) those with one in W(d), for T and R."""
    data, week, name = world.data, reference_week(last_day(month)), ("retention", "any")
    before = weeks_later(week, -YEAR_OF_WEEKS)
    for group in ("T", "R"):
        if not jobs_are_known(data, week) or not jobs_are_known(data, before):
            put_not_computed(rows, name, month, group)
            continue
        had = working(data, world.members(month, group), before, "any")
        have = working(data, had, week, "any")
        breakdowns = breakdowns_of(group, with_benefits=True)
        table = cells(data, breakdowns)
        counts, of = tally(have, breakdowns), tally(had, breakdowns)
        put_shares(rows, name, month, group, table, counts, of)


def benefit_state(world: World, month: Month, rows: Rows) -> None:
    """Persons by labour-market state in W(d), for T and for R; the total is the group."""
    week = job_week(world.data, month)
    for group in ("T", "R"):
        name = ("benefit_state", "")
        if week is None:
            put_not_computed(rows, name, month, group)
            continue
        counts: Counter[Cell] = Counter()
        for member in world.members(month, group):
            counts[TOTAL] += 1
            counts[("state", state(world.data, member.person, week))] += 1
        table = [TOTAL, *(("state", name_of_state) for name_of_state in STATES)]
        put_counts(rows, name, month, group, table, counts)


def points(rate_r: Fraction | None, rate_t: Fraction | None) -> Figure:
    """R's rate minus T's in percentage points; missing where either cannot be taken."""
    if rate_r is None or rate_t is None:
        return Figure(None, None, None, None, None, "missing")
    return Figure(None, None, float(100 * (rate_r - rate_t)), None, None, "")


def rate(data: Data, members: list[Member], week: Week, kind: str) -> Fraction | None:
    """The exact share with a job; None of nobody."""
    if not members:
        return None
    return Fraction(len(working(data, members, week, kind)), len(members))


def standardised_rate(
    data: Data, members_t: list[Member], members_r: list[Member], week: Week, kind: str
) -> Fraction | None:
    """R's rates weighted with T's sex x age-group mix; None where T has a cell R is not in."""
    if not members_t:
        return None
    total = Fraction(0)
    for cell in {sex_and_age(member) for member in members_t}:
        in_t = [member for member in members_t if sex_and_age(member) == cell]
        in_r = [member for member in members_r if sex_and_age(member) == cell]
        rate_r = rate(data, in_r, week, kind)
        if rate_r is None:
            return None
        total = total + Fraction(len(in_t), len(members_t)) * rate_r
    return total


def sex_and_age(member: Member) -> tuple[str, str]:
    """The cell of the standardisation a member is in."""
    return (member.categories["sex"], member.categories["age_group"])


def employment_gap(world: World, month: Month, rows: Rows) -> None:
    """rate(R) - rate(T) in percentage points, plain and directly standardised to T's mix."""
    data = world.data
    week = job_week(data, month)
    for kind in KINDS_OF_JOB:
        plain, standardised = ("employment_gap", kind), ("employment_gap", f"{kind}|standardised")
        if week is None:
            put_not_computed(rows, plain, month, "T")
            put_not_computed(rows, standardised, month, "T")
            continue
        for cell in cells(data, GAP_BREAKDOWNS):
            in_t = [member for member in world.members(month, "T") if is_in(member, cell)]
            in_r = [member for member in world.members(month, "R") if is_in(member, cell)]
            rate_t = rate(data, in_t, week, kind)
            rate_r = rate(data, in_r, week, kind)
            mixed_r = standardised_rate(data, in_t, in_r, week, kind)
            put(rows, plain, month, "T", [(cell, points(rate_r, rate_t))])
            put(rows, standardised, month, "T", [(cell, points(mixed_r, rate_t))])
