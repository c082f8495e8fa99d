"""The municipality's own employees on special terms, against the targets of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from .dates import last_day
from .measures import ratio
from .model import Figure, Month, Row
from .tables import TOTAL, Cell, Rows, World, count, put, put_not_computed

ADMINISTRATIONS = ("BIF", "BUF", "KFF", "SOF", "SUF", "TMF", "ØKF")
SCHEMES = ("fleksjob", "løntilskud", "nytteindsats", "virksomhedspraktik")
APPROVALS = ("godkendt_bif", "godkendt_oekf", "godkendt_br")
Place = tuple[str, str]
"""An administration and a scheme."""

MISSING = Figure(None, None, None, None, None, "missing")


def places_of(cell: Cell) -> list[Place]:
    """The places that a cell of the matrix sums."""
    wanted = dict(zip(cell[::2], cell[1::2], strict=True))
    return [
        (administration, scheme)
        for administration in ADMINISTRATIONS
        for scheme in SCHEMES
        if wanted.get("administration", administration) == administration
        and wanted.get("scheme", scheme) == scheme
    ]


def matrix() -> list[Cell]:
    """The total, each administration, each scheme, and each of both."""
    return [
        TOTAL,
        *(("administration", administration) for administration in ADMINISTRATIONS),
        *(("scheme", scheme) for scheme in SCHEMES),
        *(
            ("administration", administration, "scheme", scheme)
            for administration in ADMINISTRATIONS
            for scheme in SCHEMES
        ),
    ]


def is_at(row: Row, place: Place) -> bool:
    """Whether a row is of the place."""
    return (row["forvaltning"], row["ordning"]) == place


def latest(staff: list[Row], place: Place) -> int | None:
    """The number in the latest month of the rows that has the place; None without any."""
    mine = [row for row in staff if is_at(row, place)]
    if not mine:
        return None
    newest = max(row["maaned"] for row in mine)
    return summed([row["antal"] for row in mine if row["maaned"] == newest])


def summed(numbers: list[int | None]) -> int | None:
    """The sum of those that are there; None of none."""
    there = [number for number in numbers if number is not None]
    return sum(there) if there else None


def mean(staff: list[Row], places: list[Place]) -> Figure:
    """The mean over the months that have any row; a month without the place counts nought."""
    months = {row["maaned"] for row in staff}
    number = sum(row["antal"] for row in staff if (row["forvaltning"], row["ordning"]) in places)
    if not months:
        return Figure(0, 0, None, None, None, "missing")
    return Figure(number, len(months), float(Fraction(number, len(months))), None, None, "")


def target(targets: list[Row], places: list[Place]) -> int | None:
    """The sum of the targets, if all places have one."""
    stated = [target_of(targets, place) for place in places]
    if any(number is None for number in stated):
        return None
    return summed(stated)


def target_of(targets: list[Row], place: Place) -> int | None:
    """The target stated for a place."""
    return summed([row["maaltal"] for row in targets if is_at(row, place)])


def is_approved(row: Row, day: date) -> bool:
    """All three bodies have approved by the day."""
    return all(row[body] is not None and row[body] <= day for body in APPROVALS)


def mark(targets: list[Row], places: list[Place], day: date) -> str:
    """What is said of targets of which one lacks an approval."""
    stated = [
        row
        for row in targets
        if (row["forvaltning"], row["ordning"]) in places and row["maaltal"] is not None
    ]
    return "" if all(is_approved(row, day) for row in stated) else "ikke godkendt"


def own_staff(world: World, month: Month, rows: Rows) -> None:
    """`staff_special_terms`: latest month, mean of months, target, and latest of target."""
    kept, day = world.data.kept, last_day(month)
    has_staff, has_targets = world.data.staff is not None, kept is not None
    computed = {
        "latest": has_staff,
        "mean": has_staff,
        "target": has_targets,
        "fulfilment": has_staff and has_targets,
    }
    for variant, known in computed.items():
        if not known:
            put_not_computed(rows, ("staff_special_terms", variant), month, "")
    year = (month[0], 1)
    staff = [row for row in world.data.staff or () if year <= row["maaned"] <= month]
    targets = [row for row in (kept or {}).get("staff_targets", ()) if row["aar"] == month[0]]
    for cell in matrix():
        places = places_of(cell)
        now = summed([latest(staff, place) for place in places])
        goal = target(targets, places)
        said = mark(targets, places, day)
        figures = {
            "latest": MISSING if now is None else count(now),
            "mean": mean(staff, places),
            "target": replace(MISSING if goal is None else count(goal), mark=said),
            "fulfilment": replace(ratio(now, goal), mark=said),
        }
        for variant, figure in figures.items():
            if computed[variant]:
                put(rows, ("staff_special_terms", variant), month, "", [(cell, figure)])
