"""Makes a whole inbox as different houses would deliver it, and says what stands in it.

`make_rows` makes the parsed rows of twelve sources for a seed; `write_inbox` writes any such rows;
`make_inbox` does both. Written after the interface page alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from .clarification import fleksjob_rows, young_rows
from .cpr import cpr_number
from .histories import (
    Month,
    Row,
    WageColumns,
    Week,
    dream_row,
    income_rows,
    life,
    months_of,
    weeks_between,
)
from .ledger import spending_rows
from .office import SHEETS, contact_rows, kept_rows, staff_rows
from .programmes import ALIKE, alike_life, course_rows, shared_rows
from .registers import (
    birth_date,
    compensation_rows,
    population_rows,
    target_group_rows,
    turns_18,
    young_registration,
)
from .writing import STYLES, Style, shuffled, write, write_workbook

Rows = dict[str, list[Row]]

FIRST_WEEK, LAST_WEEK = (2017, 40), (2021, 8)

COLUMNS: dict[str, tuple[str, ...]] = {
    "population": (
        *("cpr", "foedselsdato", "koen", "kommunekode", "bydel", "fra", "til", "doedsdato"),
    ),
    "income": ("cpr", "maaned", "cvr", "loentimer", "loen_kr", "ansaettelsesform"),
    "target_group": (
        *("cpr", "funktionsnedsaettelse", "primaer", "fra", "til", "jobcenter", "synlig"),
    ),
    "compensation": (
        *("sag_id", "cpr", "ordning", "type", "ansoegt", "afgjort", "afgoerelse"),
        *("bevilget_fra", "bevilget_til", "timer_pr_uge", "beloeb_kr", "jobcenter"),
        *("forsoergelse", "selvstaendig", "lovgrundlag"),
    ),
    "fleksjob": (
        *("sag_id", "cpr", "afgoerelse", "afgjort", "visiteret_fra", "visiteret_til"),
        *("ansat_fra", "ansat_til", "ansaettelsestype", "cvr", "via_klausul"),
    ),
    "spending": (
        *("maaned", "konto", "formaal", "styringsomraade", "bevilling", "beloeb_kr"),
        "indtaegt_udgift",
    ),
    "courses": (
        *("forloeb_id", "cpr", "indsats", "undergruppe", "start", "slut", "gennemfoert"),
        *("leverandoer", "timer"),
    ),
    "shared_cases": ("cpr", "forvaltning", "fra", "til"),
    "employer_contacts": (
        *("kontakt_id", "dato", "cvr", "art", "emne", "resultat", "partnerskab"),
    ),
    "staff": ("maaned", "forvaltning", "ordning", "antal"),
}

FILE_NAMES = {
    "population": "Befolkning_udtraek.csv",
    "income": "loen-og-timer.csv",
    "target_group": "Jobcentrene samlet.csv",
    "compensation": "KO_sager.csv",
    "fleksjob": "fleks.csv",
    "spending": "Bogføring.csv",
    "courses": "forløb.csv",
    "shared_cases": "fælles-borgere.csv",
    "employer_contacts": "kontakter.csv",
    "staff": "saerlige vilkaar.csv",
}


def wage_columns(variant: int, months: Sequence[Month]) -> WageColumns:
    """Degree and industry all through; industry alone; or industry first, then degree, then none.

    In the last variant the wages lag two months behind the weeks, as they do in life.
    """
    if variant == 0:
        return WageColumns(tuple(months), tuple(months))
    if variant == 1:
        return WageColumns((), tuple(months))
    half = len(months) // 2
    return WageColumns(tuple(months[half:-2]), tuple(months[: half + 3]))


def new_person(
    random: Random, taken: set[str], first: date, last: date, alike: bool
) -> tuple[str, date, str]:
    """CPR, birth date and sex of somebody who is not made yet; people alike are men of one age."""
    while True:
        birth = (
            ALIKE + timedelta(days=random.randint(0, 9))
            if alike
            else birth_date(random, first, last)
        )
        sex = "M" if alike else random.choice("MK")
        cpr = cpr_number(birth, sex, random.randrange(10_000))
        if cpr not in taken:
            taken.add(cpr)
            return cpr, birth, sex


def make_rows(seed: int, persons: int, first: Week = FIRST_WEEK, last: Week = LAST_WEEK) -> Rows:
    """The parsed rows of `persons` people (and a few whom the population register lacks).

    The seed also decides the variant: seed % 3 the wage columns, seed % 4 == 3 leaves the
    optional `synlig` out. Every sixth person is one of those alike, unemployed for long.
    """
    random = Random(seed)
    weeks = weeks_between(first, last)
    columns = wage_columns(seed % 3, months_of(weeks))
    begin, end = date.fromisocalendar(*first, 1), date.fromisocalendar(*last, 7)
    rows: Rows = {"dream": [], **{source: [] for source in COLUMNS}}
    taken: set[str] = set()
    for place in range(persons + persons // 50 + 1):
        known, alike = place < persons, place % 6 == 3
        cpr, birth, sex = new_person(random, taken, begin, end, alike)
        if known:
            rows["population"] += population_rows(random, cpr, birth, sex, begin, end)
        if place == 0 or random.random() < 0.94:
            lived = (
                alike_life(random, weeks)
                if alike
                else life(random, len(weeks), turns_18(birth, begin, end))
            )
            row, waged = dream_row(random, cpr, weeks, lived, columns)
            rows["dream"].append(row)
            if random.random() < 0.75:
                rows["income"] += income_rows(random, cpr, waged)
        if known and turns_18(birth, begin, end) and random.random() < 0.6:
            rows["target_group"].append(young_registration(random, cpr))
            rows["fleksjob"] += young_rows(random, cpr, birth)
        elif alike or random.random() < 0.5:
            rows["target_group"] += target_group_rows(random, cpr, begin, end)
        if not known or random.random() < 0.3:
            rows["compensation"] += compensation_rows(random, cpr, begin, end)
        if not known or random.random() < 0.15:
            rows["fleksjob"] += fleksjob_rows(random, cpr, begin, end)
        if random.random() < 0.35:
            rows["courses"] += course_rows(random, cpr, begin, end)
        if random.random() < 0.1:
            rows["shared_cases"] += shared_rows(random, cpr, begin, end)
    rows["employer_contacts"] = contact_rows(random, begin, end)
    rows["staff"] = staff_rows(random, months_of(weeks))
    rows |= kept_rows(random, months_of(weeks))
    rows["spending"] = spending_rows(random, months_of(weeks))
    for source, column, letters in (
        ("compensation", "sag_id", "K"),
        ("fleksjob", "sag_id", "F"),
        ("courses", "forloeb_id", "C"),
    ):
        shuffled_rows = shuffled(random, rows[source])
        rows[source] = [
            {column: f"{letters}-{100_000 + place}", **row}
            for place, row in enumerate(shuffled_rows)
        ]
    if seed % 4 == 3:
        for row in rows["target_group"]:
            del row["synlig"]
    return rows


def report_months(rows: Mapping[str, Sequence[Row]]) -> list[Month]:
    """Every month worth asking for: those of the delivered weeks, and one to each side."""
    columns = [name for name in columns_of("dream", rows["dream"]) if name.startswith("y_")]
    weeks = [(2000 + int(name[2:4]), int(name[4:6])) for name in columns]
    months = months_of(weeks)
    (year, month), (next_year, next_month) = months[0], months[-1]
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    after = (next_year, next_month + 1) if next_month < 12 else (next_year + 1, 1)
    return [before, *months, after]


def columns_of(source: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns of a source that its rows have, in the page's order (`dream`: as they come)."""
    if source == "dream":
        return list(dict.fromkeys(column for row in rows for column in row))
    optional = [name for name in ("synlig", "doedsdato") if any(name in row for row in rows)]
    return [
        name for name in COLUMNS[source] if name not in ("synlig", "doedsdato") or name in optional
    ]


def write_inbox(path: Path, rows: Mapping[str, Sequence[Row]], seed: int) -> None:
    """Write each source in a style of its own; columns and rows in an order of the seed.

    Odd seeds cut `dream` in two parts. One identical row stands twice in `target_group`, and
    `population` has a column nobody asked for; both are allowed and change nothing. The kept
    registers are the sheets of one workbook.
    """
    random = Random(seed)
    styles: list[Style] = shuffled(random, STYLES)
    sources = [source for source in rows if source not in SHEETS]
    if len(sources) < len(rows):
        write_workbook(path / "registers" / "Registre.xlsx", rows, SHEETS)
    for source, style in zip(sources, cycle(styles), strict=False):
        columns = shuffled(random, columns_of(source, rows[source]))
        ordered = shuffled(random, rows[source])
        if source == "dream":
            parts = min(1 + seed % 2, len(ordered))
            write_dream(path, ordered, style, columns, parts)
            continue
        if source == "population":
            columns.insert(len(columns) // 2, "bemaerkning")
        if source == "target_group":
            ordered.extend(ordered[:1])
        write(path / source / FILE_NAMES[source], ordered, style, columns)


def write_dream(
    path: Path, rows: Sequence[Row], style: Style, columns: Sequence[str], parts: int
) -> None:
    """`dream` in one file or cut in parts by rows; its id column is called `PNR`."""
    for part in range(parts):
        suffix = f"_part{part + 1}of{parts}" if parts > 1 else ""
        name = f"dream_20210308{suffix}.csv"
        write(path / "dream" / name, rows[part::parts], style, columns, {"cpr": "PNR"})


def make_inbox(
    path: Path,
    seed: int,
    persons: int,
    first: Week = FIRST_WEEK,
    last: Week = LAST_WEEK,
) -> Rows:
    """Write an inbox of twelve sources under `path` and return the parsed rows by source."""
    rows = make_rows(seed, persons, first, last)
    write_inbox(path, rows, seed)
    return rows
