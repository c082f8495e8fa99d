"""What the office itself keeps of activities, milestones, deliverables, anchoring, sites and tenders.

Belongs here: figures of the plans' activities and of accessibility, from the sheets of the registers in force, cut at the
month's last day. Not here: staff, courses and surveys (`kept_staff`), budgets, contracts and targets (their own modules).

Definition: the specification's "Kept registers". Shares are of rows, with Wilson's interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from indicators.calendar import date_of, last_day
from indicators.categories import STATUS_NOT_STATED, STATUSES
from indicators.lines import Dims, Lines, Row, count, month_of, share

DONE = "gennemført"
YEAR = 12
Sheet = Sequence[Row]
Test = Callable[[Row, date], bool]

VARIANTS: Mapping[str, Sequence[str]] = {
    "deliverables_done": ("",),
    "sites_accessible": ("", "closed"),
    "tenders_with_access": ("12m", "year"),
    "activity_status": ("",),
    "milestones_met": ("",),
    "anchoring_coverage": ("",),
}


def write_plan_registers(lines: Lines, sheets: Mapping[str, Sheet]) -> None:
    """Every indicator of VARIANTS. `sheets` by name; one that is not there is empty."""
    for month in lines.months:
        day = date_of(last_day(month))
        deliverables = sheets.get("deliverables", ())
        _shares(lines, "deliverables_done", "", month, "plan", deliverables, _done, _always)
        _shares(
            lines, "milestones_met", "", month, "plan", sheets.get("milestones", ()), _met, _due
        )
        sites = sheets.get("sites", ())
        _shares(lines, "sites_accessible", "", month, "site", sites, _fulfilled, _assessed)
        _shares(lines, "sites_accessible", "closed", month, "site", sites, _closed, _recommended)
        _tenders(lines, month, sheets.get("tenders", ()))
        _statuses(lines, month, day, sheets.get("activities", ()))
        _anchored(lines, month, sheets.get("activities", ()), sheets.get("anchoring", ()))


def _always(row: Row, day: date) -> bool:
    return True


def _done(row: Row, day: date) -> bool:
    return row["status"] == DONE and (row["dato"] is None or row["dato"] <= day)


def _due(row: Row, day: date) -> bool:
    return by_day(row["planlagt"], day)


def _met(row: Row, day: date) -> bool:
    return by_day(row["faktisk"], row["planlagt"])


def _assessed(row: Row, day: date) -> bool:
    return by_day(row["vurderet"], day)


def _fulfilled(row: Row, day: date) -> bool:
    return bool(row["opfyldt"])


def _recommended(row: Row, day: date) -> bool:
    return bool(row["anbefaling"])


def _closed(row: Row, day: date) -> bool:
    return by_day(row["lukket"], day)


def by_day(when: date | None, day: date) -> bool:
    """Whether something has a date and it is no later than the day."""
    return when is not None and when <= day


def _shares(
    lines: Lines,
    indicator: str,
    variant: str,
    month: int,
    dim: str,
    rows: Sheet,
    numerator: Test,
    denominator: Test,
) -> None:
    """Of the rows that stand in the denominator at the month's last day those in the numerator, in all and by plan or
    site; every plan or site of the sheet is written."""
    day = date_of(last_day(month))
    column = {"plan": "plan", "site": "lokation_id"}[dim]
    for dims, own in _parts(rows, dim, column):
        whole = [row for row in own if denominator(row, day)]
        part = [row for row in whole if numerator(row, day)]
        lines.write(indicator, variant, month, share(len(part), len(whole)), dims)


def _parts(rows: Sheet, dim: str, column: str) -> Iterable[tuple[Dims, list[Row]]]:
    """All rows, and those of each category of a column."""
    yield (), list(rows)
    for name in dict.fromkeys(row[column] for row in rows):
        yield ((dim, name),), [row for row in rows if row[column] == name]


def _tenders(lines: Lines, month: int, rows: Sheet) -> None:
    windows = {"12m": month - YEAR + 1, "year": month - month % YEAR}
    for variant, first in windows.items():
        held = [row for row in rows if row["dato"] and first <= month_of(row["dato"]) <= month]
        with_access = [row for row in held if row["adgangskrav"]]
        figure = share(len(with_access), len(held))
        lines.write("tenders_with_access", variant, month, figure)


def _statuses(lines: Lines, month: int, day: date, activities: Sheet) -> None:
    """Activities of a plan by status; one without a status, or with one from after the day, is not stated."""
    for dims, own in _parts(activities, "plan", "plan"):
        if not dims:
            continue
        told = [
            row["status"] or STATUS_NOT_STATED
            if row["statusdato"] is None or row["statusdato"] <= day
            else STATUS_NOT_STATED
            for row in own
        ]
        for status in (*STATUSES, STATUS_NOT_STATED):
            of_status = (*dims, ("status", status))
            lines.write("activity_status", "", month, count(told.count(status)), of_status)


def _anchored(lines: Lines, month: int, activities: Sheet, anchoring: Sheet) -> None:
    """Activities written into some document of the year or of an earlier one."""
    year = month // YEAR
    anchored = {
        (row["plan"], row["aktivitet_id"])
        for row in anchoring
        if row["aar"] is not None and row["aar"] <= year
    }
    for dims, own in _parts(activities, "plan", "plan"):
        known = {(row["plan"], row["aktivitet_id"]) for row in own}
        figure = share(len(known & anchored), len(known))
        lines.write("anchoring_coverage", "", month, figure, dims)
