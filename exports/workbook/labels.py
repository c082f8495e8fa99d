"""Danish words for codes, and the order categories are shown in.

Belongs here: every label of a code of the tidy table. Not here: titles and definitions of
indicators (`indicators.catalogue`), sentences of a sheet (`sheets`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from indicators import categories
from indicators.codes import code_table

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)

DIMENSIONS = {
    "sex": "Køn",
    "age_group": "Aldersgruppe",
    "district": "Bydel",
    "job_centre": "Jobcenter",
    "impairment": "Funktionsnedsættelse",
    "visibility": "Synlighed",
    "benefit_group": "Ydelse",
    "state": "Arbejdsmarkedstilstand",
    "destination": "Afgang til",
    "administration": "Forvaltning",
    "scheme": "Ordning",
    "year": "År",
    "programme": "Indsats",
    "subgroup": "Undergruppe",
    "self_employed": "Selvstændig",
    "role": "Stilling",
    "contract": "Kontrakt",
    "site": "Lokation",
    "survey": "Undersøgelse",
    "budget_line": "Budgetlinje",
    "plan": "Plan",
    "status": "Status",
}

BY_DIMENSION = {
    "sex": "køn",
    "age_group": "aldersgruppe",
    "district": "bydel",
    "job_centre": "jobcenter",
    "impairment": "funktionsnedsættelse",
    "visibility": "synlighed af funktionsnedsættelsen",
    "benefit_group": "ydelse",
    "subgroup": "undergruppe",
    "programme": "indsats",
    "self_employed": "selvstændig eller lønmodtager",
}

SEXES = {"M": "Mænd", "K": "Kvinder"}

STATES = {
    "employed": "Beskæftiget",
    "self_supporting": "Selvforsørget uden job",
    "unemployed": "Ledig, jobparat",
    "unemployed_wide": "Ledig, aktivitetsparat m.fl.",
    "fleksjob": "Fleksjob",
    "subsidised_job": "Støttet job",
    "rehabilitation": "Revalidering",
    "resource_course": "Ressourceforløb",
    "job_clarification": "Jobafklaringsforløb",
    "sick": "Sygedagpenge",
    "parental_leave": "Barsel",
    "education": "Uddannelse",
    "disability_pension": "Førtidspension",
    "early_retirement": "Efterløn m.m.",
    "old_age_pension": "Folkepension",
    "other_benefit": "Anden ydelse",
    "not_resident": "Bor ikke i Danmark",
    "dead": "Død",
}

DESTINATIONS = {
    "job": "Job",
    "education": "Uddannelse",
    "supported_job": "Støttet job",
    "other_benefit": "Anden ydelse",
    "self_support": "Selvforsørgelse",
}

PROGRAMMES = {
    "ips": "IPS",
    "mentor sof": "Mentor (SOF)",
    "afklaring sof": "Afklaring (SOF)",
    "brobygning hf": "Brobygning til HF",
    "stu-prototype": "STU-prototype",
}
"""Those whose code does not read as it is."""

ADMINISTRATIONS = {
    "BIF": "Beskæftigelses- og Integrationsforvaltningen (BIF)",
    "BUF": "Børne- og Ungdomsforvaltningen (BUF)",
    "KFF": "Kultur- og Fritidsforvaltningen (KFF)",
    "SOF": "Socialforvaltningen (SOF)",
    "SUF": "Sundheds- og Omsorgsforvaltningen (SUF)",
    "TMF": "Teknik- og Miljøforvaltningen (TMF)",
    "ØKF": "Økonomiforvaltningen (ØKF)",
}

OUTCOMES = {
    "job": "Job",
    "fleksjob": "Fleksjob",
    "education": "Uddannelse",
    "unemployed": "Ledig",
    "other": "Andet",
}
"""What became of somebody after a course."""

GROUPS = {
    "T": "målgruppen",
    "R": "øvrige borgere",
    "P": "alle borgere i alderen",
    "": "alle sager",
}

_ORDER: dict[str, tuple[str, ...]] = {
    "sex": categories.SEXES,
    "district": categories.DISTRICTS,
    "impairment": categories.IMPAIRMENTS,
    "visibility": categories.VISIBILITIES,
    "scheme": categories.SCHEMES,
    "subgroup": categories.FLEKSJOB_KINDS,
    "programme": categories.PROGRAMMES,
    "state": tuple(STATES),
    "destination": tuple(DESTINATIONS),
}

_DANISH_LETTERS = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def category(dimension: str, code: str) -> str:
    """The label of a category of a breakdown; a code without one is shown as it is, capitalised."""
    if code == categories.NOT_STATED:
        return "Ingen ydelse eller ukendt kode" if dimension == "benefit_group" else "Uoplyst"
    if dimension == "benefit_group":
        return _benefit_groups().get(code, code[:1].upper() + code[1:])
    if dimension == "subgroup" and categories.SUBGROUP_MARK in code:
        programme, kind = code.split(categories.SUBGROUP_MARK, 1)
        return f"{category('programme', programme)}{categories.SUBGROUP_MARK}{kind}"
    table = {
        "sex": SEXES,
        "state": STATES,
        "destination": {**OUTCOMES, **DESTINATIONS},
        "programme": PROGRAMMES,
        "administration": ADMINISTRATIONS,
    }.get(dimension, {})
    return table.get(code, code[:1].upper() + code[1:])


def order(dimension: str, code: str) -> tuple[int, int, str]:
    """The sort key of a category: the closed list's order, else Danish alphabet; `uoplyst` comes
    last.
    """
    listed = _ORDER.get(dimension, ())
    place = listed.index(code) if code in listed else len(listed)
    alphabetic = category(dimension, code).lower().translate(_DANISH_LETTERS)
    return (int(code == categories.NOT_STATED), place, alphabetic)


@cache
def _benefit_groups() -> dict[str, str]:
    return {row.group: row.group_da for row in code_table()}


def month_name(period: str) -> str:
    """`2020-06` -> `juni 2020`."""
    year, month = period.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def month_short(period: str) -> str:
    """`2020-06` -> `jun. 2020`, narrow enough for an axis; `maj` needs no full stop."""
    year, month = period.split("-")
    name = MONTHS[int(month) - 1]
    return f"{name[:3]}{'.' if len(name) > 3 else ''} {year}"


def long_date(day: date) -> str:
    """`30. juni 2020`."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def moment(text: str) -> str:
    """A day, week, month or year as sources and plans write it, in Danish: `2020-06-30` -> `30.06.2020`, `2020-W32` ->
    `uge 32, 2020`, `2020-06` -> `juni 2020`; anything else as it is."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", text):
        return f"uge {int(week[2])}, {week[1]}"
    return month_name(text) if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text) else text


def in_danish(text: str) -> str:
    """A text with each day, week and month in it as `moment` has them."""
    return re.sub(r"\b\d{4}-(?:W\d\d|\d\d(?:-\d\d)?)\b", lambda found: moment(found[0]), text)


def danish(number: float, decimals: int = 0) -> str:
    """A number in running text: `1.234,5`."""
    plain = f"{number:,.{decimals}f}"
    return plain.replace(",", " ").replace(".", ",").replace(" ", ".")


def counted(number: int, one: str, many: str) -> str:
    """`1 mål`, `2 målsætninger`: a number with the word that agrees with it."""
    return f"{number} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """`a, b og c`."""
    return " og ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
