"""What the office itself keeps of the people who do the work: courses, consultants, and what surveys answered.

Belongs here: training, consultants and surveys, from the sheets of the registers in force. Not here: activities and sites
(`kept_registers`).

Definition: the specification's "Kept registers".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from indicators.calendar import date_of, last_day
from indicators.categories import NOT_STATED, ROLES
from indicators.kept_registers import YEAR, Sheet, by_day
from indicators.lines import (
    Dims,
    Figure,
    Lines,
    Row,
    amount,
    as_written,
    count,
    month_of,
    ratio,
    share,
)

CONSULTANT = "handicapkonsulent"
PER_CENT = 100
VARIANTS: Mapping[str, Sequence[str]] = {
    "survey_positive": ("",),
    "survey_response": ("",),
    "training_coverage": ("", "courses"),
    "consultant_coverage": ("",),
    "fte_filled": ("filled",),
}


def write_staff_registers(
    lines: Lines, sheets: Mapping[str, Sheet], job_centres: Iterable[str]
) -> None:
    """Every indicator of VARIANTS. `sheets` by name; one that is not there is empty. `job_centres` are those of the target
    group, which may lack a consultant."""
    consultants = sheets.get("consultants", ())
    centres = {*job_centres, *(row["jobcenter"] for row in consultants)}
    for month in lines.months:
        _surveys(lines, month, sheets.get("surveys", ()))
        _training(lines, month, sheets.get("training", ()))
        _consultants(lines, month, date_of(last_day(month)), consultants, centres)


def _surveys(lines: Lines, month: int, surveys: Sheet) -> None:
    """Each question of each year's survey, of the year and earlier ones."""
    for row in surveys:
        if row["aar"] > month // YEAR:
            continue
        named = ("survey", f"{row['undersoegelse']}: {row['spoergsmaal']}")
        dims = (named, ("year", str(row["aar"])))
        lines.write("survey_positive", "", month, _positive(row), dims)
        response = share(row["n_svar"], row["n_inviteret"])
        lines.write("survey_response", "", month, response, dims)


def _positive(row: Row) -> Figure:
    """The share as told; its interval stands on the answers it must be of, half an answer rounded to the even number."""
    percent, answers = as_written(row["andel_positiv_pct"]), row["n_svar"]
    if percent is None or answers == 0:
        return Figure(None, None, answers)
    value = Fraction(percent) / PER_CENT
    positive = None if answers is None else round(answers * value)
    return Figure(value, positive, answers, has_interval=answers is not None)


def _training(lines: Lines, month: int, training: Sheet) -> None:
    """Participants of twelve months over the staff as last told, by job centre and in all; and the number of courses."""
    held: dict[str, list[Row]] = {row["jobcenter"] or NOT_STATED: [] for row in training}
    for row in training:
        if row["dato"] and month - YEAR < month_of(row["dato"]) <= month:
            held[row["jobcenter"] or NOT_STATED].append(row)
    participants = {
        centre: sum(row["deltagere"] or 0 for row in rows) for centre, rows in held.items()
    }
    staff = {centre: _latest_staff(rows) for centre, rows in held.items()}
    lines.write(
        "training_coverage", "", month, ratio(sum(participants.values()), sum(staff.values()))
    )
    lines.write("training_coverage", "courses", month, count(sum(map(len, held.values()))))
    for centre, rows in held.items():
        dims: Dims = (("job_centre", centre),)
        figure = ratio(participants[centre], staff[centre])
        lines.write("training_coverage", "", month, figure, dims)
        lines.write("training_coverage", "courses", month, count(len(rows)), dims)


def _latest_staff(rows: Sequence[Row]) -> int:
    told = [
        (row["dato"], row["kursus_id"], row["ansatte_i_alt"])
        for row in rows
        if row["ansatte_i_alt"] is not None
    ]
    return int(max(told)[-1]) if told else 0


def _consultants(
    lines: Lines, month: int, day: date, consultants: Sheet, centres: set[str]
) -> None:
    active = [
        row
        for row in consultants
        if by_day(row["fra"], day) and (row["til"] is None or row["til"] >= day)
    ]
    covered = {row["jobcenter"] for row in active if row["rolle"] == CONSULTANT}
    lines.write("consultant_coverage", "", month, share(len(covered), len(centres)))
    lines.write("fte_filled", "filled", month, amount(_posts(active)))
    for role in ROLES:
        of_role = [row for row in active if row["rolle"] == role]
        lines.write("fte_filled", "filled", month, amount(_posts(of_role)), (("role", role),))


def _posts(rows: Sheet) -> Decimal:
    """Full-time equivalents; a post of which none is told is none."""
    return sum((as_written(row["aarsvaerk"]) or Decimal(0) for row in rows), Decimal(0))
