"""Hypothesis strategies: small data sets of one to eight people, drawn piece by piece.

What is drawn are parsed rows as `inbox.make_rows` makes them, so `inbox.write_inbox` can write
them. Days, cases and courses are drawn in `drawn_cases`.
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
from .histories import CODES, CVR, Month, Row, WageColumns, Week, dream_row, history, months_of
from .inbox import Rows
from .office import contact_rows, kept_rows, staff_rows
from .registers import DISTRICTS, HOME, IMPAIRMENTS, NEIGHBOUR

BIRTHS = (
    date(1952, 2, 29),
    date(1954, 12, 31),
    date(1960, 2, 29),
    date(1970, 1, 31),
    date(1988, 2, 29),
    date(1990, 6, 30),
    date(1994, 11, 1),
    # 18 on 1 March 2018, on 31 August 2019 (half a year before 29 February), 15 March 2020.
    date(2000, 2, 29),
    date(2001, 8, 31),
    date(2002, 3, 15),
    date(2004, 2, 29),
    date(2004, 6, 15),
)


@st.composite
def week_codes(draw: st.DrawFn, number: int) -> list[str | None]:
    """The code of each week, made of pieces of one kind of life each."""
    found: list[str | None] = []
    lengths = st.one_of(st.integers(1, 7), st.integers(8, 52), st.sampled_from((25, 26, 41, 42)))
    while len(found) < number:
        # Unemployment, jobs and blanks more often than the rest: the exits lie between them.
        often = ("unemployed", "unemployed", "unemployed", "job", "blank", "blank")
        kind = draw(st.sampled_from((*often, *CODES)))
        code = draw(st.sampled_from(CODES[kind])) if CODES[kind] else None
        found.extend([code] * draw(lengths))
    return found[:number]


@st.composite
def wage_values(draw: st.DrawFn, columns: Sequence[str]) -> Row:
    """A value or a blank for each wage column, in runs, so that jobs last."""
    row: Row = {}
    working = False
    steady = draw(st.sampled_from((2, 5, 100)))
    for column in columns:
        if draw(st.integers(0, steady)) == 1:
            working = not working
        if column.startswith("grad"):
            degrees = (100.0, 6.0, 6.25) if working else (None, None, 0.0)
            row[column] = draw(st.sampled_from(degrees))
        else:
            row[column] = "862100" if working else None
    return row


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


@st.composite
def drawn_life(draw: st.DrawFn, cpr: str, weeks: Sequence[Week], columns: Sequence[str]) -> Row:
    """A `dream` row whose codes and wages know nothing of each other: any nonsense may come."""
    names = [f"y_{year % 100:02d}{week:02d}" for year, week in weeks]
    codes = dict(zip(names, draw(week_codes(len(weeks))), strict=True))
    return {"cpr": cpr} | codes | draw(wage_values(columns))


@st.composite
def scripted_life(draw: st.DrawFn, cpr: str, weeks: Sequence[Week], columns: Sequence[str]) -> Row:
    """A `dream` row after a script of `histories`, where wages follow jobs: exits do happen."""
    random = Random(draw(st.integers(0, 10_000)))
    degree, industry = (
        tuple((int(name[-7:-3]), int(name[-2:])) for name in columns if name.startswith(kind))
        for kind in ("grad", "branche")
    )
    lived = history(random, len(weeks))
    return dream_row(random, cpr, weeks, lived, WageColumns(degree, industry))[0]


@st.composite
def long_unemployed(
    draw: st.DrawFn, cpr: str, weeks: Sequence[Week], columns: Sequence[str]
) -> Row:
    """A `dream` row of those alike: one code until some week, then a job."""
    names = [f"y_{year % 100:02d}{week:02d}" for year, week in weeks]
    until = draw(st.integers(0, len(names)))
    codes: Row = {name: "111" if place < until else None for place, name in enumerate(names)}
    return {"cpr": cpr} | codes | {column: draw_wage(column) for column in columns}


def draw_wage(column: str) -> float | str:
    """Full wages, in either kind of column."""
    return 100.0 if column.startswith("grad") else "862100"


LIVES = (drawn_life, scripted_life)


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
    # Half of the time they are of one age, sex and kind of life: then some can be compared.
    alike = draw(st.booleans())
    for place in range(draw(st.integers(1, most))):
        birth, sex = draw(st.sampled_from(BIRTHS)), draw(st.sampled_from("MK"))
        if alike:
            birth, sex = BIRTHS[5], "K"
        cpr = cpr_number(birth, sex, 500 * place + 17)
        known = place == 0 or draw(st.integers(0, 9)) > 0
        if known:
            rows["population"] += draw(homes(cpr, birth, sex, months))
        if place == 0 or draw(st.integers(0, 9)) > 0:
            lives = (long_unemployed,) if alike else LIVES
            rows["dream"].append(draw(st.one_of(*(made(cpr, weeks, columns) for made in lives))))
        rows["target_group"] += draw(registrations(cpr, months))
        optional["courses"] += draw(courses(cpr, months))
        optional["shared_cases"] += draw(known_elsewhere(cpr, months))
        optional["income"] += draw(wages_of(cpr, months))
        optional["compensation"] += draw(applications(cpr, months))
        optional["fleksjob"] += draw(fleksjob_cases(cpr, months))
    if not rows["target_group"]:
        rows["target_group"].append(
            {
                "cpr": rows["population"][0]["cpr"],
                "funktionsnedsaettelse": "andet",
                "primaer": True,
                "fra": date(2012, 6, 1),
                "til": None,
                "jobcenter": None,
                "synlig": None,
            }
        )
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
