"""What the office keeps in its workbook: surveys, training, consultants, sites, plans' progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from .dates import covers, last_day, last_twelve
from .intervals import wilson
from .measures import ratio, value
from .model import Figure, Month, Row
from .programmes import is_within, windows
from .tables import TOTAL, Cell, Rows, World, count, put, put_not_computed, share

ROLES = ("handicapkonsulent", "virksomhedskonsulent", "peer-mentor", "nøgleperson")
STATUSES = (
    "ikke startet",
    "i gang",
    "gennemført",
    "forsinket",
    "afventer midler",
    "afventer beslutning",
    "ikke finansieret",
    "udgået",
    "ikke oplyst",
)
NAMES = (
    *(("survey_positive", ""), ("survey_response", ""), ("training_coverage", "")),
    *(("training_coverage", "courses"), ("consultant_coverage", ""), ("fte_filled", "filled")),
    *(("deliverables_done", ""), ("sites_accessible", ""), ("sites_accessible", "closed")),
    *(("tenders_with_access", "12m"), ("tenders_with_access", "year"), ("activity_status", "")),
    *(("milestones_met", ""), ("anchoring_coverage", "")),
)


def is_by(day: date | None, last: date) -> bool:
    """Whether a day is stated, and not after the last."""
    return day is not None and day <= last


def each_and_all(rows: Sequence[Row], dimension: str, column: str) -> dict[Cell, list[Row]]:
    """The rows of the total and of each value of a column."""
    values = sorted({row[column] for row in rows})
    return {TOTAL: list(rows)} | {
        (dimension, each): [row for row in rows if row[column] == each] for each in values
    }


def share_of(rows: Sequence[Row], counts: Callable[[Row], bool]) -> Figure:
    """How many of the rows count."""
    return share(sum(1 for row in rows if counts(row)), len(rows))


def positive(row: Row) -> Figure:
    """The share who answered positively, with the interval of the number that makes."""
    number, percent = row["n_svar"], row["andel_positiv_pct"]
    if percent is None or number == 0:
        return Figure(None, number, None, None, None, "missing")
    exact = Fraction(repr(percent)) / 100
    if number is None:
        return value(exact)
    positives = round(number * exact)  # a Fraction rounds a half to the even number
    low, high = wilson(positives, number)
    return Figure(positives, number, float(exact), low, high, "")


def response(row: Row) -> Figure:
    """The share of the invited who answered."""
    answered, invited = row["n_svar"], row["n_inviteret"]
    if answered is None or invited is None:
        return Figure(answered, invited, None, None, None, "missing")
    return share(answered, invited)


def surveys(world: World, month: Month, kept: dict[str, list[Row]], rows: Rows) -> None:
    """`survey_positive` and `survey_response` by question and year."""
    for row in kept["surveys"]:
        if row["aar"] > month[0]:
            continue
        question = f"{row['undersoegelse']}: {row['spoergsmaal']}"
        cell = ("survey", question, "year", str(row["aar"]))
        put(rows, ("survey_positive", ""), month, "", [(cell, positive(row))])
        put(rows, ("survey_response", ""), month, "", [(cell, response(row))])


def training(world: World, month: Month, kept: dict[str, list[Row]], rows: Rows) -> None:
    """`training_coverage`: participants of the year against the staff, and the number of courses."""
    year = last_twelve(month)
    for cell, everything in each_and_all(kept["training"], "job_centre", "jobcenter").items():
        courses = [row for row in everything if is_within(row["dato"], year)]
        took_part = sum(row["deltagere"] or 0 for row in courses)
        staff = 0
        for centre in {row["jobcenter"] for row in courses}:
            newest = max(
                (row for row in courses if row["jobcenter"] == centre), key=lambda row: row["dato"]
            )
            staff = staff + (newest["ansatte_i_alt"] or 0)
        put(rows, ("training_coverage", ""), month, "", [(cell, ratio(took_part, staff))])
        put(rows, ("training_coverage", "courses"), month, "", [(cell, count(len(courses)))])


def consultants(world: World, month: Month, kept: dict[str, list[Row]], rows: Rows) -> None:
    """`consultant_coverage` of the job centres, and `fte_filled` by role."""
    everybody, day = kept["consultants"], last_day(month)
    active = [row for row in everybody if covers(row["fra"], row["til"], day)]
    centres = {row["jobcenter"] for row in everybody} | world.data.job_centres
    covered = {row["jobcenter"] for row in active if row["rolle"] == "handicapkonsulent"}
    figure = share(len(covered), len(centres))
    put(rows, ("consultant_coverage", ""), month, "", [(TOTAL, figure)])
    cells: list[Cell] = [TOTAL, *(("role", role) for role in ROLES)]
    for cell in cells:
        filled = [row["aarsvaerk"] for row in active if cell in (TOTAL, ("role", row["rolle"]))]
        total = sum((Fraction(repr(each or 0)) for each in filled), start=Fraction(0))
        put(rows, ("fte_filled", "filled"), month, "", [(cell, value(total))])


def sites(world: World, month: Month, kept: dict[str, list[Row]], rows: Rows) -> None:
    """`sites_accessible`: demands fulfilled of those assessed, recommendations closed of those made."""
    day = last_day(month)
    for cell, everything in each_and_all(kept["sites"], "site", "lokation_id").items():
        assessed = [row for row in everything if is_by(row["vurderet"], day)]
        advised = [row for row in everything if row["anbefaling"] is not None]
        fulfilled = share_of(assessed, lambda row: row["opfyldt"] is True)
        closed = share_of(advised, lambda row: is_by(row["lukket"], day))
        put(rows, ("sites_accessible", ""), month, "", [(cell, fulfilled)])
        put(rows, ("sites_accessible", "closed"), month, "", [(cell, closed)])


def tenders(world: World, month: Month, kept: dict[str, list[Row]], rows: Rows) -> None:
    """`tenders_with_access` in the last twelve months and in the calendar year."""
    for window in ("12m", "year"):
        months = windows(month)[window]
        held = [row for row in kept["tenders"] if is_within(row["dato"], months)]
        figure = share_of(held, lambda row: row["adgangskrav"] is True)
        put(rows, ("tenders_with_access", window), month, "", [(TOTAL, figure)])


def status_at(row: Row, day: date) -> str:
    """The status as it is known on the day."""
    known = row["statusdato"] is None or row["statusdato"] <= day
    return (row["status"] if known else None) or "ikke oplyst"


def progress(world: World, month: Month, kept: dict[str, list[Row]], rows: Rows) -> None:
    """`activity_status`, `deliverables_done`, `milestones_met` and `anchoring_coverage` by plan."""
    day = last_day(month)
    anchored = {
        (row["plan"], row["aktivitet_id"])
        for row in kept["anchoring"]
        if row["aar"] is not None and row["aar"] <= month[0]
    }
    for cell, activities in each_and_all(kept["activities"], "plan", "plan").items():
        for status in STATUSES if cell != TOTAL else ():
            number = sum(1 for row in activities if status_at(row, day) == status)
            place = (*cell, "status", status)
            put(rows, ("activity_status", ""), month, "", [(place, count(number))])
        figure = share_of(activities, lambda row: (row["plan"], row["aktivitet_id"]) in anchored)
        put(rows, ("anchoring_coverage", ""), month, "", [(cell, figure)])
    for cell, deliverables in each_and_all(kept["deliverables"], "plan", "plan").items():
        done = share_of(
            deliverables,
            lambda row: (
                row["status"] == "gennemført" and (row["dato"] is None or row["dato"] <= day)
            ),
        )
        put(rows, ("deliverables_done", ""), month, "", [(cell, done)])
    for cell, milestones in each_and_all(kept["milestones"], "plan", "plan").items():
        due = [row for row in milestones if is_by(row["planlagt"], day)]
        met = share_of(due, lambda row: is_by(row["faktisk"], row["planlagt"]))
        put(rows, ("milestones_met", ""), month, "", [(cell, met)])


def kept_registers(world: World, month: Month, rows: Rows) -> None:
    """All figures from the office's workbook but staff targets, contracts and budgets."""
    kept = world.data.kept
    if kept is None:
        for name in NAMES:
            put_not_computed(rows, name, month, "")
        return
    for chapter in (surveys, training, consultants, sites, tenders, progress):
        chapter(world, month, kept, rows)
