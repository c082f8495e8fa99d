"""Work histories, week by week, and the `dream` and `income` rows they leave.

A history is a list of pieces (a kind of life, a number of weeks). The scripts are chosen to stand
on the edges of the rules: breaks of one to six weeks, with no, few and many hours of work, exits
of every kind, three job weeks and four, 25 blank weeks and 26, holidays, 41 and 42 unemployed
weeks (or weeks of ledighedsydelse) of 52, unknown codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
Week = tuple[int, int]
Month = tuple[int, int]
Piece = tuple[str, int, int]

CODES: dict[str, tuple[str, ...]] = {
    "unemployed": ("111", "112", "124", "130", "131", "135", "137", "140", "151", "211", "215"),
    "wide": ("700", "705", "720", "730", "736", "740", "743", "748"),
    "holiday": ("121", "122", "123"),
    "education": ("651", "652", "661", "521"),
    "supported": ("771", "774", "781", "511", "522"),
    "other": ("783", "785", "881", "890", "899", "810", "815", "870", "750", "766", "621", "412"),
    "unknown": ("555", "333", "901", "742", "749"),
    "ledighedsydelse": ("740", "741", "743", "744", "748"),
    "beside": ("739", "750"),
    "abroad": ("997",),
    "pension": ("998",),
    "dead": ("999",),
    "job": (),
    "hours": (),
    "blank": (),
}

SCRIPTS: tuple[tuple[Piece, ...], ...] = (
    (("unemployed", 4, 20), ("blank", 1, 6)),
    (("unemployed", 4, 20), ("job", 1, 6)),
    (("unemployed", 6, 30), ("job", 4, 40)),
    (("unemployed", 2, 12), ("job", 3, 3), ("unemployed", 1, 9), ("job", 4, 4)),
    (("unemployed", 3, 15), ("blank", 1, 5), ("job", 3, 9)),
    (("unemployed", 3, 15), ("job", 1, 3), ("holiday", 1, 3), ("job", 1, 6)),
    (("unemployed", 3, 15), ("holiday", 1, 5), ("blank", 0, 3)),
    (("unemployed", 5, 25), ("blank", 0, 3), ("education", 5, 30)),
    (("unemployed", 5, 25), ("job", 0, 3), ("supported", 3, 40)),
    (("unemployed", 5, 25), ("other", 1, 20), ("blank", 1, 6)),
    (("unemployed", 2, 9), ("unknown", 1, 3), ("unemployed", 2, 9), ("unknown", 1, 9)),
    (("unemployed", 5, 30), ("abroad", 2, 20), ("wide", 0, 9)),
    (("unemployed", 2, 20), ("blank", 24, 28)),
    (("unemployed", 2, 20), ("blank", 30, 60)),
    (("unemployed", 60, 150),),
    (("unemployed", 41, 43), ("other", 9, 11)),
    (("unemployed", 20, 22), ("job", 9, 11), ("unemployed", 20, 21)),
    (("unemployed", 2, 12), ("wide", 1, 12), ("blank", 0, 2)),
    (("wide", 10, 60), ("job", 2, 8)),
    (("wide", 5, 30), ("supported", 4, 30), ("wide", 2, 12)),
    (("unemployed", 8, 30), ("hours", 1, 5)),
    (("unemployed", 8, 30), ("hours", 1, 3), ("other", 0, 2)),
    (("unemployed", 20, 60), ("blank", 1, 2), ("unemployed", 1, 3), ("hours", 2, 4)),
    (("unemployed", 2, 8), ("education", 4, 12)),
    (("ledighedsydelse", 41, 43), ("job", 9, 11)),
    (("ledighedsydelse", 30, 60), ("beside", 0, 12), ("supported", 0, 4)),
    (("job", 20, 150),),
    (("job", 10, 60), ("holiday", 1, 4)),
    (("blank", 10, 90),),
    (("supported", 20, 150),),
    (("other", 20, 150),),
)

LAST_PIECES = ("pension", "dead", "abroad")
JOBS = ("job", "holiday", "supported")
FEW_HOURS: tuple[tuple[float | None, ...], ...] = (
    *((10.0,), (10.01,), (9.99,), (None,), (0.0,), (37.25,)),
    # Ten and a hundredth more, in two and three pieces: tenths that floats only nearly hold.
    *((4.1, 5.9), (4.1, 5.91), (9.7, 0.2, 0.1), (9.7, 0.2, 0.11), (None, 10.0), (None, 10.25)),
)
CVR = ("10000009", "20000007", "30000005", "40000003")


def weeks_between(first: Week, last: Week) -> list[Week]:
    """The ISO weeks from the first to the last, week 53 where the year has one."""
    day = date.fromisocalendar(*first, 4)
    found = []
    while (day.isocalendar().year, day.isocalendar().week) <= last:
        found.append((day.isocalendar().year, day.isocalendar().week))
        day = day + timedelta(weeks=1)
    return found


def month_of(week: Week) -> Month:
    """The month of the week's Thursday."""
    day = date.fromisocalendar(*week, 4)
    return (day.year, day.month)


def months_of(weeks: Sequence[Week]) -> list[Month]:
    """The months the weeks belong to, oldest first."""
    return sorted({month_of(week) for week in weeks})


@dataclass(frozen=True)
class WageColumns:
    """The months with a `grad_` and with a `branche_` column."""

    degree: tuple[Month, ...]
    industry: tuple[Month, ...]


def history(random: Random, number: int) -> list[tuple[str, str | None]]:
    """(kind, code) of each week; a script repeated, or a new one now and then, or pure chance."""
    found: list[tuple[str, str | None]] = []
    script = random.choice(SCRIPTS)
    found.extend(fill(random, "blank", random.choice((0, 0, 0, 1, 5))))
    while len(found) < number:
        for kind, low, high in script:
            found.extend(fill(random, kind, random.randint(low, high)))
        if random.random() < 0.4:
            script = random.choice(SCRIPTS)
        if random.random() < 0.08:
            for _ in range(random.randint(5, 25)):
                found.extend(fill(random, random.choice(sorted(CODES)), random.randint(1, 4)))
        if random.random() < 0.02:
            found.extend(fill(random, random.choice(LAST_PIECES), number))
    return found[:number]


def life(random: Random, number: int, young: bool) -> list[tuple[str, str | None]]:
    """A history; now and then one long unemployment with a break a year, or years of studies."""
    if young and random.random() < 0.5:
        return repeated(random, number, (("unemployed", 2, 8), ("education", 4, 12)))
    if random.random() < 0.12:
        return repeated(random, number, (("unemployed", 40, 56), ("hours", 1, 5)))
    return history(random, number)


def repeated(
    random: Random, number: int, script: tuple[Piece, ...]
) -> list[tuple[str, str | None]]:
    """One script over and over."""
    found: list[tuple[str, str | None]] = []
    while len(found) < number:
        for kind, low, high in script:
            found.extend(fill(random, kind, random.randint(low, high)))
    return found[:number]


def fill(random: Random, kind: str, number: int) -> list[tuple[str, str | None]]:
    """A piece: one code all through, or a new one each week."""
    codes = CODES[kind]
    if not codes:
        return [(kind, None)] * number
    steady = random.choice(codes)
    changing = random.random() < 0.2
    return [(kind, random.choice(codes) if changing else steady) for _ in range(number)]


def dream_row(
    random: Random,
    cpr: str,
    weeks: Sequence[Week],
    lived: Sequence[tuple[str, str | None]],
    columns: WageColumns,
) -> tuple[Row, dict[Month, list[str]]]:
    """The person's `dream` row, and the kinds of life in the months with wages (for `income`)."""
    row: Row = {"cpr": cpr}
    kinds: dict[Month, list[str]] = {}
    for week, (kind, code) in zip(weeks, lived, strict=True):
        row[f"y_{week[0] % 100:02d}{week[1]:02d}"] = code
        kinds.setdefault(month_of(week), []).append(kind)
    waged: dict[Month, list[str]] = {}
    for month, seen in kinds.items():
        at_work = any(kind in JOBS for kind in seen)
        few = not at_work and "hours" in seen
        has_wage = random.random() < (0.94 if at_work else 0.8 if few else 0.05)
        if has_wage:
            waged[month] = seen
        if month in columns.industry:
            # Now and then an industry without wages, or wages without an industry: where the
            # degree is delivered too, the degree decides.
            shown = has_wage != (random.random() < 0.02)
            row[f"branche_{month[0]}_{month[1]:02d}"] = (
                random.choice(("862100", "471120", "561110")) if shown else None
            )
        if month in columns.degree:
            row[f"grad_{month[0]}_{month[1]:02d}"] = degree(random, has_wage, at_work)
    return row, waged


def degree(random: Random, has_wage: bool, at_work: bool) -> float | None:
    """An employment degree 0-100; without wages blank or nought."""
    if not has_wage:
        return random.choice((None, None, None, 0.0))
    if at_work:
        return random.choice((100.0, 100.0, 80.0, 37.5, 12.5))
    return random.choice((6.0, 6.0, 3.25, 6.25, 10.75))


def income_rows(random: Random, cpr: str, waged: dict[Month, list[str]]) -> list[Row]:
    """Wage rows of most waged months, one key at most once; the kind follows the life roughly."""
    rows: dict[tuple[Month, str, str], Row] = {}
    habit = random.choice(("ordinær", "ordinær", "ordinær", "fleksjob", "løntilskud"))
    for month, seen in waged.items():
        if random.random() < 0.15:
            continue
        if "hours" in seen and not any(kind in JOBS for kind in seen):
            rows |= few_hours(random, cpr, month)
            continue
        usual = "fleksjob" if "supported" in seen else habit
        for kind in random.choice(((usual,), (usual,), (usual, "ordinær"), (usual, "skånejob"))):
            if random.random() < 0.05:
                kind = random.choice(("løntilskud", "skånejob", "isbryder"))
            cvr = random.choice(CVR)
            hours = random.choice((160.33, 120.0, 74.5, 21.25, 8.0, 0.0, None))
            rows[(month, cvr, kind)] = income_row(random, cpr, month, cvr, hours, kind)
    return list(rows.values())


def few_hours(random: Random, cpr: str, month: Month) -> dict[tuple[Month, str, str], Row]:
    """About ten ordinary hours at one to three employers; beside them many of another kind."""
    rows: dict[tuple[Month, str, str], Row] = {}
    pieces = random.choice(FEW_HOURS) if random.random() < 0.9 else ()
    for cvr, hours in zip(CVR, pieces, strict=False):
        rows[(month, cvr, "ordinær")] = income_row(random, cpr, month, cvr, hours, "ordinær")
    if not pieces or random.random() < 0.25:
        other = random.choice(("skånejob", "isbryder"))
        rows[(month, CVR[0], other)] = income_row(random, cpr, month, CVR[0], 120.0, other)
    return rows


def income_row(
    random: Random, cpr: str, month: Month, cvr: str, hours: float | None, kind: str
) -> Row:
    """One wage row; the hours may be blank, the kroner never are."""
    return {
        "cpr": cpr,
        "maaned": month,
        "cvr": cvr,
        "loentimer": hours,
        "loen_kr": round((hours or 0.0) * random.choice((145.5, 180.25, 310.0)), 2),
        "ansaettelsesform": kind,
    }
