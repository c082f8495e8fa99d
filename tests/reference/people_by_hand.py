"""Short ways to write down a hand-made person and register for the tests of the reference.

The register of these tests runs from 2018-W01 to 2019-W26 with a degree column for every month.
Here belong makers only; what is expected of the people stands in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from .dates import month_of, weeks_later
from .deliveries import build
from .model import Code, Data, Figure, Month, Person, Week
from .tables import Rows

Spans = Mapping[tuple[Week, Week], str]

FIRST, LAST = (2018, 1), (2019, 26)

TABLE = {
    "111": Code("dagpenge", "unemployed", ""),
    "121": Code("feriedagpenge_job", "holiday_from_job", ""),
    "124": Code("feriedagpenge_ledig", "unemployed", ""),
    "135": Code("kontanthjaelp_jobparat", "unemployed", "wage_subsidy_private"),
    "521": Code("voksenlaerling", "education", ""),
    "522": Code("jobrotation", "subsidised_job", ""),
    "651": Code("su", "education", ""),
    "730": Code("kontanthjaelp_aktivitetsparat", "unemployed_wide", "passive"),
    "771": Code("fleksjob", "fleksjob", ""),
    "783": Code("foertidspension", "disability_pension", ""),
    "890": Code("sygedagpenge", "sick", "passive"),
    "997": Code("udlandet", "not_resident", ""),
    "998": Code("folkepension", "old_age_pension", ""),
    "999": Code("doed", "dead", ""),
}


def weeks_from(first: Week, last: Week) -> list[Week]:
    """The weeks from the first to the last, both counted."""
    found = [first]
    while found[-1] != last:
        found.append(weeks_later(found[-1], 1))
    return found


REGISTER = weeks_from(FIRST, LAST)
MONTHS: list[Month] = sorted({month_of(week) for week in REGISTER})


def person(
    spans: Spans,
    wages: Iterable[Month] = (),
    kinds: Mapping[Month, list[str]] | None = None,
) -> Person:
    """A person with the given codes, wage months, and kinds of income."""
    made = Person(birth=date(1980, 5, 5), sex="M")
    for (first, last), code in spans.items():
        made.codes.update(dict.fromkeys(weeks_from(first, last), code))
    made.degree = dict.fromkeys(wages, 100.0)
    made.wage_kinds = dict(kinds or {})
    return made


def register(*people: Person) -> Data:
    """The register of these tests, with people in it."""
    return Data(
        people=list(people),
        table=TABLE,
        weeks=list(REGISTER),
        degree_months=set(MONTHS),
        industry_months=set(),
        job_centres=set(),
        cases=None,
        fleksjob=None,
    )


def dream(name: str, spans: Spans, wages: Iterable[Month] = ()) -> dict[str, Any]:
    """A `dream` row with every column of the register."""
    row: dict[str, Any] = {"cpr": name}
    row |= {f"y_{year % 100:02d}{week:02d}": None for year, week in REGISTER}
    row |= {f"grad_{year}_{month:02d}": None for year, month in MONTHS}
    for (first, last), code in spans.items():
        for year, week in weeks_from(first, last):
            row[f"y_{year % 100:02d}{week:02d}"] = code
    for year, month in wages:
        row[f"grad_{year}_{month:02d}"] = 37.5
    return row


def home(name: str, **changes: Any) -> dict[str, Any]:
    """A residence spell of a man of 38 in Valby, in the municipality since 2010."""
    return {
        "cpr": name,
        "foedselsdato": date(1980, 5, 5),
        "koen": "M",
        "kommunekode": 101,
        "bydel": "Valby",
        "fra": date(2010, 1, 1),
        "til": None,
        "doedsdato": None,
    } | changes


def impaired(name: str, **changes: Any) -> dict[str, Any]:
    """A primary registration, visible, since 2015."""
    return {
        "cpr": name,
        "funktionsnedsaettelse": "syn",
        "primaer": True,
        "fra": date(2015, 1, 1),
        "til": None,
        "jobcenter": "Nord",
        "synlig": True,
    } | changes


def case(name: str | None, **changes: Any) -> dict[str, Any]:
    """A grant of personal assistance from 1 February 2019, applied for 31 days before."""
    return {
        "cpr": name,
        "ordning": "personlig assistance",
        "ansoegt": date(2019, 1, 1),
        "afgjort": date(2019, 2, 1),
        "afgoerelse": "bevilget",
        "bevilget_fra": date(2019, 2, 1),
        "bevilget_til": None,
        "jobcenter": "Nord",
    } | changes


def flex(name: str, number: str, **changes: Any) -> dict[str, Any]:
    """A referral to fleksjob since 2018, nobody hired yet."""
    return {
        "cpr": name,
        "sag_id": number,
        "afgoerelse": "fleksjob",
        "visiteret_fra": date(2018, 1, 1),
        "visiteret_til": None,
        "ansat_fra": None,
        "ansat_til": None,
        "ansaettelsestype": None,
        "via_klausul": None,
    } | changes


def delivered(
    population: Sequence[dict[str, Any]],
    target_group: Sequence[dict[str, Any]] = (),
    dream_rows: Sequence[dict[str, Any]] | None = None,
    **others: Sequence[dict[str, Any]],
) -> Data:
    """The data of the given rows; without a dream row given, somebody unknown has the columns."""
    return build(
        {
            "population": population,
            "target_group": target_group,
            "dream": dream_rows or [dream("nobody", {})],
            **others,
        },
        TABLE,
    )


def at(rows: Rows, *key: str) -> Figure:
    """The figure of a key given as its texts; blank dims may be left out."""
    found = {tuple(each): figure for each, figure in rows.items()}
    return found[tuple([*key, "", "", "", ""][:8])]
