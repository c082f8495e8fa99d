"""Courses of made people, their cases elsewhere, and people alike enough to be compared.

Each function takes a seeded `Random` and returns parsed rows without the number of the course,
which is given later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from .dates import day_between

Row = dict[str, Any]
Week = tuple[int, int]

PROGRAMMES: dict[str, tuple[str | None, ...]] = {
    "afklaring": ("kort", "lang", None),
    "specialiseret afklaring": (None,),
    "peer-mentor": ("kort", None),
    "peer-mentor efterværn": (None,),
    "ips": ("OPUS", "distrikt"),
    "mentor sof": (None,),
    "jobklub": (None, "syn"),
}
ALIKE = date(1985, 5, 5)


def course_rows(random: Random, cpr: str, first: date, last: date) -> list[Row]:
    """One to three courses: ended, running, begun before the register; the same one twice."""
    rows = []
    for _ in range(random.choice((1, 1, 2, 3))):
        start = day_between(random, first - timedelta(days=60), last)
        end = start + timedelta(days=random.choice((0, 13, 60, 90, 200)))
        rows.append(course_row(random, cpr, start, end if random.random() < 0.85 else None))
    return rows


def course_row(random: Random, cpr: str, start: date, end: date | None) -> Row:
    """One course; whether it was completed is blank while it runs, and now and then after."""
    programme = random.choice(tuple(PROGRAMMES))
    return {
        "cpr": cpr,
        "indsats": programme,
        "undergruppe": random.choice(PROGRAMMES[programme]),
        "start": start,
        "slut": end,
        "gennemfoert": None if end is None else random.choice((True, True, False, None)),
        "leverandoer": random.choice(("Kommunen", "Fonden Broen", None)),
        "timer": random.choice((12.5, 37.0, None)),
    }


def shared_rows(random: Random, cpr: str, first: date, last: date) -> list[Row]:
    """Spells with one or two other administrations, ended or not."""
    rows = []
    for administration in random.sample(("SOF", "SUF", "BUF"), random.choice((1, 1, 2))):
        since = day_between(random, first - timedelta(days=300), last)
        until = day_between(random, since, last + timedelta(days=30))
        ends = random.random() < 0.5
        rows.append(
            {
                "cpr": cpr,
                "forvaltning": administration,
                "fra": since,
                "til": max(since, until) if ends else None,
            }
        )
    return rows


def alike_life(random: Random, weeks: Sequence[Week]) -> list[tuple[str, str | None]]:
    """Unemployed on one and the same code until some week, then mostly in a job."""
    at = random.choice((len(weeks) // 3, len(weeks) // 2, 2 * len(weeks) // 3, len(weeks)))
    later = random.choice(("job", "job", "blank", "sick"))
    code = "890" if later == "sick" else None
    kind = "other" if later == "sick" else later
    return [("unemployed", "111") if place < at else (kind, code) for place in range(len(weeks))]
