"""About a made person, beside the weeks: birth, homes, impairments, grants.

Each function takes a seeded `Random` and returns parsed rows in the columns of the interface
page. The oddities are planted on purpose and named where they stand.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from .dates import day_between

Row = dict[str, Any]
Spell = tuple[int, str | None, date, date | None]

DISTRICTS = (
    "Indre By",
    "Østerbro",
    "Nørrebro",
    "Vesterbro/Kgs. Enghave",
    "Valby",
    "Vanløse",
    "Brønshøj-Husum",
    "Bispebjerg",
    "Amager Øst",
    "Amager Vest",
    "Udenbys",
)
IMPAIRMENTS = (
    "fysisk",
    "psykisk",
    "kognitiv",
    "udviklingsforstyrrelse",
    "udviklingshæmning",
    "hjerneskade",
    "hjernerystelse",
    "syn",
    "hørelse",
    "andet",
)
SCHEMES = (
    "personlig assistance",
    "hjælpemidler",
    "fortrinsadgang",
    "isbryder",
    "mentor",
    "opkvalificering",
)
HOME, NEIGHBOUR = 101, 147
CENTRES = ("Jobcenter Lærkevej", "Jobcenter Musvågevej", "Jobcenter Skelbækgade", None)
CENTRES_SHARES = (40, 30, 26, 4)
CLOSED_CENTRE = "Jobcenter Gammel Køge"
CASE_CENTRE = "Center for Kompenserende Ordninger"
LEAP_DAYS = (1952, 1956, 1960, 1968, 1980, 1988, 1996, 2000, 2004)


def centre(random: Random) -> str | None:
    """A job centre, now and then none."""
    return random.choices(CENTRES, CENTRES_SHARES)[0]


def birth_date(random: Random, first: date, last: date) -> date:
    """A birth date; some on 29 February, some that cross 16, 18 or 65 while the register runs."""
    draw = random.random()
    if draw < 0.05:
        return date(random.choice(LEAP_DAYS), 2, 29)
    if draw < 0.12:
        # Half a year after 31 August is the end of February.
        born = day_between(random, date(first.year - 18, 2, 1), date(last.year - 18, 12, 31))
        born = random.choice((born, born, born, date(last.year - 20, 8, 31)))
    elif draw < 0.2:
        edge = random.choice((16, 18, 25, 30, 40, 50, 60, 65))
        born = day_between(random, date(first.year - edge, 2, 1), date(last.year - edge, 12, 31))
    else:
        born = day_between(random, date(first.year - 66, 1, 2), date(last.year - 15, 12, 31))
    return born + timedelta(days=1) if (born.month, born.day) == (1, 1) else born


def population_rows(
    random: Random, cpr: str, birth: date, sex: str, first: date, last: date
) -> list[Row]:
    """Residence spells: staying, moving between districts, in, out, out and back, overlapping."""
    since = day_between(random, date(2005, 2, 1), first)
    early, late = sorted(day_between(random, first, last) for _ in range(2))
    early = max(early, since + timedelta(days=1))
    late = max(late, early + timedelta(days=1))
    here, there = random.sample(DISTRICTS[:10], 2)
    day = timedelta(days=1)
    patterns: tuple[tuple[int, list[Spell]], ...] = (
        (60, [(HOME, here, since, None)]),
        (12, [(HOME, here, since, early - day), (HOME, there, early, None)]),
        (5, [(NEIGHBOUR, None, since, early - day), (HOME, here, early, None)]),
        (5, [(HOME, here, since, early - day), (NEIGHBOUR, "Udenbys", early, None)]),
        (5, [(HOME, here, since, early - day), (HOME, there, late, None)]),
        # The spells overlap: the later start decides while both cover the day.
        (3, [(HOME, here, since, late), (HOME, there, early, None)]),
        (2, [(HOME, here, since, None), (NEIGHBOUR, None, early, late)]),
        (2, [(HOME, None, since, None)]),
        (2, [(HOME, "Udenbys", since, None)]),
        (4, [(NEIGHBOUR, None, since, None)]),
    )
    weights = [weight for weight, _ in patterns]
    spells = random.choices([pattern for _, pattern in patterns], weights)[0]
    death = None
    if random.random() < 0.03:
        death = day_between(random, first, last)
        # A register may close the last spell at the death, or leave it open.
        if random.random() < 0.5:
            spells = [(at, part, fra, til or max(fra, death)) for at, part, fra, til in spells]
    return [
        {
            "cpr": cpr,
            "foedselsdato": birth,
            "koen": sex,
            "kommunekode": at,
            "bydel": part,
            "fra": fra,
            "til": til,
            "doedsdato": death,
        }
        for at, part, fra, til in spells
    ]


def target_group_rows(random: Random, cpr: str, first: date, last: date) -> list[Row]:
    """One to three registrations of different types; one, none or two marked primary."""
    kinds = random.sample(IMPAIRMENTS, random.choice((1, 1, 1, 2, 3)))
    same_start = day_between(random, date(2012, 2, 1), last)
    marked = random.choice((1, 1, 1, 1, 0, 2))
    rows = []
    for place, kind in enumerate(kinds):
        fra = day_between(random, date(2010, 2, 1), first) if random.random() < 0.6 else same_start
        til = None
        if random.random() < 0.2:
            til = day_between(random, fra, max(fra, last))
            til = max(til, fra)
        old = til is not None and til < first
        rows.append(
            {
                "cpr": cpr,
                "funktionsnedsaettelse": kind,
                "primaer": place < marked,
                "fra": fra,
                "til": til,
                # A centre that closed: it stands on ended registrations only.
                "jobcenter": CLOSED_CENTRE if old else centre(random),
                "synlig": random.choice((True, False, False, None)),
            }
        )
    return rows


def turns_18(birth: date, first: date, last: date) -> bool:
    """Whether somebody completes 18 years while the register runs, or in the year before."""
    return first.year - 19 <= birth.year <= last.year - 18


def young_registration(random: Random, cpr: str) -> Row:
    """A registration of udviklingshæmning, primary or beside the others."""
    return {
        "cpr": cpr,
        "funktionsnedsaettelse": "udviklingshæmning",
        "primaer": random.random() < 0.5,
        "fra": date(2012, 2, 1),
        "til": random.choice((None, None, None, date(2019, 6, 30))),
        "jobcenter": centre(random),
        "synlig": False,
    }


def compensation_rows(random: Random, cpr: str, first: date, last: date) -> list[Row]:
    """One to three cases: granted (overlapping at will), refused, withdrawn, open."""
    return [compensation_row(random, cpr, first, last) for _ in range(random.choice((1, 1, 2, 3)))]


def compensation_row(random: Random, cpr: str, first: date, last: date) -> Row:
    """One case; the case number is given later. One-off grants of 29 February are planted."""
    applied = day_between(random, first - timedelta(days=500), last - timedelta(days=20))
    decided: date | None = applied + timedelta(days=random.choice((0, 1, 14, 30, 31, 60, 61, 200)))
    outcome = random.choices(("bevilget", "afslag", "frafaldet", None), (70, 15, 5, 10))[0]
    if decided is not None and decided > last:
        outcome = None
    scheme = random.choices(SCHEMES, (40, 30, 5, 5, 12, 8))[0]
    fra = til = hours = amount = None
    if outcome is None:
        decided = None
    elif outcome == "bevilget":
        assert decided is not None
        fra = decided + timedelta(days=random.choice((0, 0, 1, 30)))
        if scheme == "hjælpemidler" and random.random() < 0.25:
            applied, decided, fra = date(2020, 2, 3), date(2020, 2, 24), date(2020, 2, 29)
        if random.random() < (0.2 if scheme == "hjælpemidler" else 0.6):
            til = fra + timedelta(days=random.choice((0, 30, 90, 182, 364, 729)))
        if scheme in ("personlig assistance", "mentor"):
            hours = random.choice((0.5, 5.0, 12.1, 12.25, 18.5, 20.0, 37.0, None))
        amount = random.choice((None, 950.0, 12500.5, 1234567.25))
    return {
        "cpr": cpr,
        "ordning": scheme,
        "type": random.choice(("ny", "forlængelse", None)),
        "ansoegt": applied,
        "afgjort": decided,
        "afgoerelse": outcome,
        "bevilget_fra": fra,
        "bevilget_til": til,
        "timer_pr_uge": hours,
        "beloeb_kr": amount,
        "jobcenter": CASE_CENTRE if random.random() < 0.1 else centre(random),
        "forsoergelse": random.choice(("dagpenge", "kontanthjælp", "lønmodtager", None)),
        "selvstaendig": random.choices((True, False, None), (10, 80, 10))[0],
        "lovgrundlag": "kompensationsloven" if applied.year >= 2020 else "LAB",
    }
