"""Hypothesis strategies: small data sets of one to eight people, drawn piece by piece.

What is drawn are parsed rows as `inbox.make_rows` makes them, so `inbox.write_inbox` can write
them. Lives are drawn in `drawn_lives`, days, cases and courses in `drawn_cases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from .cpr import cpr_number
from .drawn_cases import (
    CENTRES,
    applications,
    courses,
    days,
    fleksjob_cases,
    known_elsewhere,
    ledgers,
    periods,
)
from .drawn_lives import LIVES, alike_life
from .histories import CVR, Month, Row, Week, months_of
from .inbox import Rows
from .office import contact_rows, kept_rows, staff_rows
from .registers import DISTRICTS, HOME, IMPAIRMENTS, NEIGHBOUR

# 18 on 1 March 2018, on 31 August 2019 (half a year before 29 February), 15 March 2020.
YOUNG = (date(2000, 2, 29), date(2001, 8, 31), date(2002, 3, 15))
BIRTHS = (
    date(1952, 2, 29),
    date(1954, 12, 31),
    date(1960, 2, 29),
    date(1970, 1, 31),
    date(1988, 2, 29),
    date(1990, 6, 30),
    date(1994, 11, 1),
    *YOUNG,
    date(2004, 2, 29),
    date(2004, 6, 15),
)


@st.composite
def wages_of(draw: st.DrawFn, cpr: str, months: Sequence[Month]) -> list[Row]:
    """Wage rows of some months, of one or two kinds of employment."""
    kinds = st.sampled_from(("ordinær", "fleksjob", "løntilskud"))
    return [
        {
            "cpr": cpr,
            "maaned": month,
            "cvr": draw(st.sampled_from(CVR)),
            "loentimer": draw(st.sampled_from((74.5, 10.0, 10.25, 5.0, 0.0, None))),
            "loen_kr": 12345.5,
            "ansaettelsesform": kind,
        }
        for month in draw(st.lists(st.sampled_from(months), unique=True, max_size=4))
        for kind in sorted(draw(st.sets(kinds, min_size=1, max_size=2)))
    ]


@st.composite
def homes(draw: st.DrawFn, cpr: str, birth: date, sex: str, months: Sequence[Month]) -> list[Row]:
    """One to three residence spells with different starts; they may overlap or leave gaps."""
    spells = draw(
        st.lists(periods(months), min_size=1, max_size=3, unique_by=lambda spell: spell[0])
    )
    if draw(st.booleans()):
        spells = [(date(2011, 3, 1), None)]
    death = draw(st.sampled_from((None, None, None, draw(days(months)))))
    return [
        {
            "cpr": cpr,
            "foedselsdato": birth,
            "koen": sex,
            "kommunekode": draw(st.sampled_from((HOME, HOME, HOME, NEIGHBOUR))),
            "bydel": draw(st.sampled_from((*DISTRICTS[:3], None))),
            "fra": fra,
            "til": til,
            "doedsdato": death,
        }
        for fra, til in spells
    ]


@st.composite
def registrations(draw: st.DrawFn, cpr: str, months: Sequence[Month]) -> list[Row]:
    """Up to three registrations of different types, marked primary at will."""
    rows: list[Row] = []
    kinds = ("udviklingshæmning", *IMPAIRMENTS)
    for kind in sorted(draw(st.sets(st.sampled_from(kinds), max_size=3))):
        fra, til = draw(st.one_of(st.just((date(2012, 6, 1), None)), periods(months)))
        rows.append(
            {
                "cpr": cpr,
                "funktionsnedsaettelse": kind,
                "primaer": draw(st.booleans()),
                "fra": fra,
                "til": til,
                "jobcenter": draw(st.sampled_from(CENTRES)),
                "synlig": draw(st.sampled_from((True, False, None))),
            }
        )
    return rows


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Week], list[str]]:
    """Ten to 130 consecutive weeks from the end of 2018 on, and the wage columns with them."""
    begin = draw(st.sampled_from((date(2018, 11, 8), date(2019, 7, 4), date(2020, 1, 2))))
    thursdays = [
        begin + timedelta(weeks=week)
        for week in range(
            draw(st.one_of(st.integers(56, 90), st.integers(10, 90), st.integers(110, 130)))
        )
    ]
    weeks = [(day.isocalendar().year, day.isocalendar().week) for day in thursdays]
    habit = draw(st.sampled_from((("grad", "branche"), ("branche",), ("grad",))))
    columns = [f"{kind}_{year}_{month:02d}" for year, month in months_of(weeks) for kind in habit]
    missing = draw(st.sets(st.sampled_from(columns), max_size=2))
    return weeks, [column for column in columns if column not in missing]


def home(cpr: str, birth: date, sex: str) -> Row:
    """A residence spell that lasts."""
    return {
        "cpr": cpr,
        "foedselsdato": birth,
        "koen": sex,
        "kommunekode": HOME,
        "bydel": None,
        "fra": date(2011, 3, 1),
        "til": None,
        "doedsdato": None,
    }


def registration(cpr: str, kind: str) -> Row:
    """A registration that lasts."""
    return {
        "cpr": cpr,
        "funktionsnedsaettelse": kind,
        "primaer": True,
        "fra": date(2012, 6, 1),
        "til": None,
        "jobcenter": None,
        "synlig": None,
    }


@st.composite
def deliveries(draw: st.DrawFn, most: int = 8) -> Rows:
    """Parsed rows of one to `most` people; a source without rows counts as never delivered.

    `dream`, `population` and `target_group` always have a row.
    """
    weeks, columns = draw(registers())
    months = months_of(weeks)
    rows: Rows = {"dream": [], "population": [], "target_group": []}
    optional: Rows = {
        "income": [],
        "compensation": [],
        "fleksjob": [],
        "courses": [],
        "shared_cases": [],
        "spending": draw(ledgers(months)),
    }
    # Those alike can be compared with each other, the young all have udviklingshæmning.
    kind = draw(st.sampled_from(("any", "any", "alike", "young")))
    births = {"any": BIRTHS, "alike": BIRTHS[5:6], "young": YOUNG}[kind]
    lives = (alike_life,) if kind == "alike" else LIVES
    for place in range(draw(st.integers(1, most))):
        birth = draw(st.sampled_from(births))
        sex = "K" if kind == "alike" else draw(st.sampled_from("MK"))
        cpr = cpr_number(birth, sex, 500 * place + 17)
        known = place == 0 or draw(st.integers(0, 9)) > 0
        if known and kind == "any":
            rows["population"] += draw(homes(cpr, birth, sex, months))
        elif known:
            rows["population"].append(home(cpr, birth, sex))
        if place == 0 or draw(st.integers(0, 9)) > 0:
            rows["dream"].append(draw(st.one_of(*(made(cpr, weeks, columns) for made in lives))))
        if kind == "any":
            rows["target_group"] += draw(registrations(cpr, months))
        else:
            rows["target_group"].append(registration(cpr, "udviklingshæmning"))
        optional["courses"] += draw(courses(cpr, months))
        optional["shared_cases"] += draw(known_elsewhere(cpr, months))
        optional["income"] += draw(wages_of(cpr, months))
        optional["compensation"] += draw(applications(cpr, months))
        optional["fleksjob"] += draw(fleksjob_cases(cpr, months))
    if not rows["target_group"]:
        rows["target_group"].append(registration(rows["population"][0]["cpr"], "andet"))
    for source, column, letter in (
        ("compensation", "sag_id", "K"),
        ("fleksjob", "sag_id", "F"),
        ("courses", "forloeb_id", "C"),
    ):
        for place, row in enumerate(optional[source]):
            row[column] = f"{letter}-{1000 + place}"
    if draw(st.booleans()):
        random = Random(draw(st.integers(0, 10_000)))
        first, last = date(*months[0], 1), date(*months[-1], 28)
        optional["employer_contacts"] = contact_rows(random, first, last)
        optional["staff"] = staff_rows(random, months)
        return (
            rows
            | {source: found for source, found in optional.items() if found}
            | kept_rows(random, months)
        )
    return rows | {source: found for source, found in optional.items() if found}
