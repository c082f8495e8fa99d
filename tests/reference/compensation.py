"""The chapter on the compensation Act: who has a grant, and how long cases took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .active_grants import is_active
from .dates import last_day, last_twelve, reference_week
from .groups import Member
from .measures import mean_figure, median_figure, percentile_figure
from .model import UNKNOWN, Case, Figure, Month
from .tables import (
    TOTAL,
    Cell,
    Rows,
    World,
    breakdowns_of,
    cells,
    per_thousand,
    put,
    put_counts,
    put_not_computed,
    share,
    tally,
)
from .week_states import is_delivered

SCHEMES = (
    "personlig assistance",
    "hjælpemidler",
    "fortrinsadgang",
    "isbryder",
    "mentor",
    "opkvalificering",
)
ALL = "all"
MEASURES = ("median", "mean", "p90")


def is_of(case: Case, scheme: str) -> bool:
    """Whether a case is of the scheme; every case is of `all`."""
    return scheme in (ALL, case.scheme)


def granted(members: Sequence[Member], scheme: str, day: date) -> list[Member]:
    """Those with an active grant of the scheme on the day, each once."""
    return [
        member
        for member in members
        if any(is_of(case, scheme) and is_active(case, day) for case in member.person.cases)
    ]


def persons_and_uptake(world: World, month: Month, rows: Rows) -> None:
    """`comp_persons` of P and `comp_uptake` of T per 1,000, by scheme and in all."""
    data, day = world.data, last_day(month)
    with_benefits = is_delivered(data, reference_week(day))
    for scheme in (*SCHEMES, ALL):
        persons, uptake = ("comp_persons", scheme), ("comp_uptake", scheme)
        if data.cases is None:
            put_not_computed(rows, persons, month, "P")
            put_not_computed(rows, uptake, month, "T")
            continue
        of_p = breakdowns_of("P", with_benefits)
        counts = tally(granted(world.members(month, "P"), scheme, day), of_p)
        put_counts(rows, persons, month, "P", cells(data, of_p), counts)
        of_t = breakdowns_of("T", with_benefits)
        counts = tally(granted(world.members(month, "T"), scheme, day), of_t)
        everybody = tally(world.members(month, "T"), of_t)
        rates = [(cell, per_thousand(counts[cell], everybody[cell])) for cell in cells(data, of_t)]
        put(rows, uptake, month, "T", rates)


def days_taken(cases: Sequence[Case], scheme: str, month: Month) -> list[tuple[Case, int]]:
    """Granted and refused cases decided in the last twelve months, with their calendar days."""
    year = last_twelve(month)
    return [
        (case, (case.decided - case.applied).days)
        for case in cases
        if is_of(case, scheme)
        and case.outcome in ("bevilget", "afslag")
        and case.applied is not None
        and case.decided is not None
        and (case.decided.year, case.decided.month) in year
    ]


def measured(days: Sequence[int], measure: str) -> Figure:
    """Median, mean or nearest-rank 90th percentile of the days; missing of no cases."""
    if measure == "mean":
        return mean_figure(days)
    return median_figure(days) if measure == "median" else percentile_figure(days, 90)


def case_days(world: World, month: Month, rows: Rows) -> None:
    """`comp_case_days` of all cases, by scheme and by the case's own job centre."""
    cases = world.data.cases
    for scheme in (*SCHEMES, ALL):
        within_deadline(world, month, rows, scheme)
        for measure in MEASURES:
            name = ("comp_case_days", f"{scheme}|{measure}")
            if cases is None:
                put_not_computed(rows, name, month, "")
                continue
            decided = days_taken(cases, scheme, month)
            put(
                rows,
                name,
                month,
                "",
                [
                    (cell, measured([days for case, days in decided if is_at(case, cell)], measure))
                    for cell in [TOTAL, *centres(cases)]
                ],
            )


def within_deadline(world: World, month: Month, rows: Rows, scheme: str) -> None:
    """The share of cases decided within their scheme's deadline; `all` of schemes that have one."""
    cases, deadlines = world.data.cases, world.data.deadlines
    name = ("comp_case_days", f"{scheme}|within_deadline")
    if cases is None or not any(scheme in (ALL, each) for each in deadlines):
        put_not_computed(rows, name, month, "")
        return
    decided = [one for one in days_taken(cases, scheme, month) if one[0].scheme in deadlines]
    for cell in [TOTAL, *centres(cases)]:
        here = [(case, days) for case, days in decided if is_at(case, cell)]
        in_time = sum(1 for case, days in here if days <= deadlines[case.scheme])
        put(rows, name, month, "", [(cell, share(in_time, len(here)))])


def centres(cases: Sequence[Case]) -> list[Cell]:
    """Every job centre that a case names, and `uoplyst`."""
    names = sorted({case.job_centre for case in cases if case.job_centre is not None})
    return [("job_centre", name) for name in [*names, UNKNOWN]]


def is_at(case: Case, cell: Cell) -> bool:
    """Whether a case belongs to the cell of a job centre; every case belongs to the total."""
    return cell == TOTAL or (case.job_centre or UNKNOWN) == cell[1]


def compensation(world: World, month: Month, rows: Rows) -> None:
    """All of the chapter that the reference knows."""
    persons_and_uptake(world, month, rows)
    case_days(world, month, rows)
