"""Who belongs: P, T and R at a day, and the category of each member in every breakdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .active_grants import is_active
from .dates import age, covers, last_day, reference_week
from .model import UNKNOWN, Data, Impairment, Month, Person, Residence
from .week_states import benefit_group, is_delivered

AGE_GROUPS = {
    "16–24": (16, 24),
    "25–29": (25, 29),
    "30–39": (30, 39),
    "40–49": (40, 49),
    "50–59": (50, 59),
    "60–64": (60, 64),
}

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


@dataclass(frozen=True)
class Member:
    """A person of a group at the end of a month, with the category in each breakdown.

    `benefit_group` is left out of `categories` where the reference week is not delivered.
    """

    person: Person
    categories: dict[str, str]


def residence_at(person: Person, day: date) -> Residence | None:
    """Of the spells that cover the day the one that began last."""
    covering = [home for home in person.residences if covers(home.since, home.until, day)]
    return max(covering, key=lambda home: home.since, default=None)


def in_population(data: Data, person: Person, day: date) -> bool:
    """P(d): lives in the municipality, is alive, and of working age on the day."""
    home = residence_at(person, day)
    if home is None or home.municipality != data.municipality:
        return False
    if person.death is not None and person.death <= day:
        return False
    return data.youngest <= age(person.birth, day) <= data.oldest


def registrations_at(person: Person, day: date) -> list[Impairment]:
    """The impairment registrations that cover the day."""
    return [one for one in person.impairments if covers(one.since, one.until, day)]


def in_target_group(data: Data, person: Person, day: date) -> bool:
    """T(d), by the rule of the data."""
    registered = len(registrations_at(person, day)) > 0
    granted = any(is_active(case, day) for case in person.cases)
    belongs = {
        "registered-impairment v1": registered,
        "granted-compensation v1": granted,
        "either v1": registered or granted,
    }
    return in_population(data, person, day) and belongs[data.target_group_rule]


def primary_at(person: Person, day: date) -> Impairment | None:
    """The primary registration: the marked, else all; earliest start, then the list's order."""
    covering = registrations_at(person, day)
    marked = [one for one in covering if one.primary]
    return min(
        marked or covering,
        key=lambda one: (one.since, IMPAIRMENTS.index(one.kind)),
        default=None,
    )


def age_group(birth: date, day: date) -> str:
    """The age group of the completed age."""
    years = age(birth, day)
    for name, (youngest, oldest) in AGE_GROUPS.items():
        if youngest <= years <= oldest:
            return name
    return UNKNOWN


def categories(data: Data, person: Person, day: date) -> dict[str, str]:
    """The person's category in every breakdown on the day."""
    home = residence_at(person, day)
    first = primary_at(person, day)
    found = {
        "sex": person.sex or UNKNOWN,
        "age_group": age_group(person.birth, day),
        "district": (home.district if home else None) or UNKNOWN,
        "job_centre": (first.job_centre if first else None) or UNKNOWN,
        "impairment": first.kind if first else UNKNOWN,
        "visibility": UNKNOWN,
    }
    if first is not None and first.visible is not None:
        found["visibility"] = "synlig" if first.visible else "usynlig"
    if is_delivered(data, reference_week(day)):
        found["benefit_group"] = benefit_group(data, person, reference_week(day))
    return found


def members(data: Data, month: Month, group: str) -> list[Member]:
    """The members of group P, T or R on the month's last day."""
    day = last_day(month)
    chosen = [person for person in data.people if in_population(data, person, day)]
    if group == "T":
        chosen = [person for person in chosen if in_target_group(data, person, day)]
    if group == "R":
        chosen = [person for person in chosen if not in_target_group(data, person, day)]
    return [Member(person, categories(data, person, day)) for person in chosen]
