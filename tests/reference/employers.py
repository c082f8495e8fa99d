"""Employers reached, openings, hires by kind, and citizens another administration knows too."""

from __future__ import annotations

from collections.abc import Sequence

from .dates import covers, last_day, last_twelve
from .groups import in_target_group
from .model import Data, Month, Person, Row
from .programmes import is_within, windows
from .tables import TOTAL, Cell, Rows, World, count, put, put_not_computed
from .unemployment import Exits, exits_are_known, to_job

KINDS = ("all", "virksomhed", "uddannelsesinstitution")
TOPICS = ("information", "rådgivning", "rekruttering", "fleksjobåbning", "erfaringsudveksling")
OPENINGS: dict[str, tuple[str | None, ...]] = {
    "found": ("formidlet", "besat", "ingen", None),
    "passed_on": ("formidlet", "besat"),
    "filled": ("besat",),
}
ADMINISTRATIONS = ("SOF", "SUF", "BUF")


def joined(*qualifiers: str) -> str:
    """The qualifiers of a variant, blank ones left out."""
    return "|".join(qualifier for qualifier in qualifiers if qualifier)


def contacts(world: World, month: Month, rows: Rows) -> None:
    """`employers_reached`, `fleksjob_openings` and `partnership_hires`."""
    everything = world.data.contacts
    for window, months in windows(month).items():
        here = [row for row in everything or () if is_within(row["dato"], months)]
        for kind in KINDS:
            name = ("employers_reached", joined(kind, window))
            if everything is None:
                put_not_computed(rows, name, month, "")
                continue
            of_kind = [row for row in here if kind in ("all", row["art"])]
            put(rows, name, month, "", [(TOTAL, count(companies(of_kind)))])
            for topic in TOPICS:
                number = companies([row for row in of_kind if row["emne"] == topic])
                put(rows, name, month, "", [(("subgroup", topic), count(number))])
        for measure, results in OPENINGS.items():
            openings = [
                row
                for row in here
                if row["emne"] == "fleksjobåbning" and row["resultat"] in results
            ]
            name = ("fleksjob_openings", joined(measure, window))
            put_total(rows, name, month, None if everything is None else len(openings))
        hires = [row for row in here if row["partnerskab"] is True and row["resultat"] == "besat"]
        name = ("partnership_hires", window)
        put_total(rows, name, month, None if everything is None else len(hires))


def companies(rows: Sequence[Row]) -> int:
    """How many companies the contacts are with."""
    return len({row["cvr"] for row in rows})


def put_total(
    rows: Rows, name: tuple[str, str], month: Month, number: int | None, group: str = ""
) -> None:
    """A count that has no breakdown; not computed where there is no number."""
    if number is None:
        put_not_computed(rows, name, month, group)
    else:
        put(rows, name, month, group, [(TOTAL, count(number))])


def hires(world: World, exits: Exits, month: Month, rows: Rows) -> None:
    """`hires_by_kind` of T: exits to job, and fleksjob employments that began in the window."""
    if exits.definition != "narrow":
        return
    data = world.data
    for window, months in {"": [month], "12m": last_twelve(month)}.items():
        known = all(exits_are_known(data, each) for each in months)
        ordinary = sum(len(to_job(world, exits, each)) for each in months) if known else None
        name = ("hires_by_kind", joined("ordinær", window))
        put_total(rows, name, month, ordinary, "T")
        for kind in ("fleksjob", "fastholdelsesfleksjob", "via_klausul"):
            number = sum(began(data, person, months, kind) for person in data.people)
            name = ("hires_by_kind", joined(kind, window))
            put_total(rows, name, month, None if data.fleksjob is None else number, "T")


def began(data: Data, person: Person, months: Sequence[Month], kind: str) -> int:
    """Employments of the kind that began while the person was in T at that month's end."""
    return sum(
        1
        for case in person.fleksjob
        if case.hired_from is not None
        and is_within(case.hired_from, months)
        and (case.via_clause if kind == "via_klausul" else case.scheme == kind)
        and in_target_group(data, person, last_day((case.hired_from.year, case.hired_from.month)))
    )


def shared_citizens(world: World, month: Month, rows: Rows) -> None:
    """`shared_citizens` of T and P: persons another administration knows on the last day."""
    day, name = last_day(month), ("shared_citizens", "")
    for group in ("T", "P"):
        if not world.data.has_shared:
            put_not_computed(rows, name, month, group)
            continue
        cells: list[Cell] = [TOTAL, *(("administration", each) for each in ADMINISTRATIONS)]
        for cell in cells:
            known = [
                member
                for member in world.members(month, group)
                if any(
                    cell in (TOTAL, ("administration", spell.administration))
                    and covers(spell.since, spell.until, day)
                    for spell in member.person.shared
                )
            ]
            put(rows, name, month, group, [(cell, count(len(known)))])
