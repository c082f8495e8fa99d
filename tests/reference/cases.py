"""Cases under the compensation Act, of everybody: how many came, how they were decided, who waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .compensation import ALL, SCHEMES, centres, is_of
from .dates import last_day, last_twelve
from .groups import AGE_GROUPS, age_group
from .measures import median_figure
from .model import UNKNOWN, Case, Month
from .tables import TOTAL, Cell, Rows, World, count, put, put_not_computed, share

COUNTED = {
    "comp_applications": "any",
    "comp_grants": "bevilget",
    "comp_rejections": "afslag",
}


def day_of(case: Case, indicator: str) -> date | None:
    """The day a case is counted by: applied for, or decided."""
    return case.applied if indicator == "comp_applications" else case.decided


def is_counted(case: Case, indicator: str, months: Sequence[Month]) -> bool:
    """Whether a case is one of the indicator's in the months."""
    day, outcome = day_of(case, indicator), COUNTED[indicator]
    if day is None or (day.year, day.month) not in months:
        return False
    return outcome in ("any", case.outcome)


def case_cells(cases: Sequence[Case]) -> list[Cell]:
    """The total, the job centres and benefits that the cases name, age groups, self-employed."""
    benefits = sorted({case.benefit for case in cases if case.benefit is not None})
    return [
        TOTAL,
        *centres(cases),
        *(("benefit_group", benefit) for benefit in [*benefits, UNKNOWN]),
        *(("age_group", name) for name in [*AGE_GROUPS, UNKNOWN]),
        *(("self_employed", name) for name in ("ja", "nej", UNKNOWN)),
    ]


def is_in_cell(case: Case, cell: Cell, day: date | None) -> bool:
    """Whether a case belongs to a cell, the applicant's age taken on the day."""
    dimension, value = cell
    if dimension == "":
        return True
    if dimension == "job_centre":
        return (case.job_centre or UNKNOWN) == value
    if dimension == "benefit_group":
        return (case.benefit or UNKNOWN) == value
    if dimension == "age_group":
        if case.birth is None or day is None:
            return value == UNKNOWN
        return age_group(case.birth, day) == value
    said = UNKNOWN if case.self_employed is None else "ja" if case.self_employed else "nej"
    return said == value


def number_of(cases: Iterable[Case], cell: Cell, indicator: str) -> int:
    """How many of the cases are in the cell."""
    return sum(1 for case in cases if is_in_cell(case, cell, day_of(case, indicator)))


def numbers_of_cases(world: World, month: Month, rows: Rows) -> None:
    """`comp_applications`, `comp_grants`, `comp_rejections` and `comp_rejection_rate`."""
    cases = world.data.cases
    windows: dict[str, list[Month]] = {"": [month], "|12m": last_twelve(month)}
    for scheme in (*SCHEMES, ALL):
        for indicator in COUNTED:
            for window, months in windows.items():
                name = (indicator, f"{scheme}{window}")
                if cases is None:
                    put_not_computed(rows, name, month, "")
                    continue
                found = [
                    case
                    for case in cases
                    if is_of(case, scheme) and is_counted(case, indicator, months)
                ]
                for cell in case_cells(cases):
                    number = number_of(found, cell, indicator)
                    put(rows, name, month, "", [(cell, count(number))])
        put_rejection_rate(world, month, rows, scheme)


def put_rejection_rate(world: World, month: Month, rows: Rows, scheme: str) -> None:
    """Refused of refused and granted in the last twelve months."""
    cases, name = world.data.cases, ("comp_rejection_rate", scheme)
    if cases is None:
        put_not_computed(rows, name, month, "")
        return
    year = last_twelve(month)
    mine = [case for case in cases if is_of(case, scheme)]
    refused = [case for case in mine if is_counted(case, "comp_rejections", year)]
    granted = [case for case in mine if is_counted(case, "comp_grants", year)]
    for cell in case_cells(cases):
        no = number_of(refused, cell, "comp_rejections")
        yes = number_of(granted, cell, "comp_grants")
        put(rows, name, month, "", [(cell, share(no, no + yes))])


def is_open(case: Case, day: date) -> bool:
    """Applied for by the day, and not decided by then."""
    if case.applied is None or case.applied > day:
        return False
    if case.decided is None:
        return case.outcome is None
    return case.decided > day


def open_cases(world: World, month: Month, rows: Rows) -> None:
    """`comp_open_age`: open cases, their median age in days, and those past the deadline."""
    data, day = world.data, last_day(month)
    for scheme in (*SCHEMES, ALL):
        number, middle = ("comp_open_age", scheme), ("comp_open_age", f"{scheme}|median")
        late = ("comp_open_age", f"{scheme}|over_deadline")
        if data.cases is None:
            for name in (number, middle, late):
                put_not_computed(rows, name, month, "")
            continue
        # A scheme without a deadline has no late cases, neither its own nor in `all`.
        has_deadline = bool(data.deadlines) if scheme == ALL else scheme in data.deadlines
        if not has_deadline:
            put_not_computed(rows, late, month, "")
        waiting = [case for case in data.cases if is_of(case, scheme) and is_open(case, day)]
        for cell in [TOTAL, *centres(data.cases)]:
            here = [case for case in waiting if is_in_cell(case, cell, day)]
            ages = [(day - case.applied).days for case in here if case.applied is not None]
            put(rows, number, month, "", [(cell, count(len(here)))])
            put(rows, middle, month, "", [(cell, median_figure(ages))])
            if has_deadline:
                over = sum(
                    1
                    for case, days in zip(here, ages, strict=True)
                    if case.scheme in data.deadlines and days > data.deadlines[case.scheme]
                )
                put(rows, late, month, "", [(cell, count(over))])
