"""The plain objects the slow reference counts on: a person with everything known about them.

Here belong the dataclasses and nothing that computes. How they are filled from delivered rows is
in `deliveries`; what is counted on them is in the modules named after the parts of the indicator
page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

Week = tuple[int, int]
"""ISO year and ISO week number."""

Month = tuple[int, int]
"""Year and month number 1-12."""

UNKNOWN = "uoplyst"

Row = Mapping[str, Any]
"""A row as it was delivered, by its column names; None is blank."""


class Key(NamedTuple):
    """What identifies one row of the indicator table; blank dims and values are the total."""

    indicator: str
    variant: str
    period: str
    group: str
    dim1: str
    value1: str
    dim2: str = ""
    value2: str = ""


@dataclass(frozen=True)
class Figure:
    """One row's figures. `flag` is blank, `missing` or `not_computed`, `mark` the note on a break."""

    numerator: int | float | None
    denominator: int | float | None
    value: int | float | None
    low: float | None
    high: float | None
    flag: str
    mark: str = ""


@dataclass(frozen=True)
class Code:
    """One row of the benefit code table; `activity` is blank where the code tells of none."""

    benefit_group: str
    state: str
    activity: str


@dataclass(frozen=True)
class Residence:
    """A residence spell, both days included; `until` is None while it lasts."""

    municipality: int
    district: str | None
    since: date
    until: date | None


@dataclass(frozen=True)
class Impairment:
    """One registration of the target group; `visible` is None where it is not told."""

    kind: str
    primary: bool
    since: date
    until: date | None
    job_centre: str | None
    visible: bool | None


@dataclass(frozen=True)
class Case:
    """An application under the compensation Act; `outcome` is None while it is open.

    `birth` is the applicant's in the population register, None of somebody it does not know.
    """

    scheme: str
    applied: date | None
    decided: date | None
    outcome: str | None
    granted_from: date | None
    granted_until: date | None
    job_centre: str | None
    hours: Fraction | None = None
    benefit: str | None = None
    self_employed: bool | None = None
    birth: date | None = None


@dataclass(frozen=True)
class FleksjobCase:
    """A row of the fleksjob source: a referral, an employment spell, or both."""

    case_id: str
    outcome: str | None
    decided: date | None
    referred_from: date | None
    referred_until: date | None
    hired_from: date | None
    hired_until: date | None
    scheme: str | None
    via_clause: bool


@dataclass(frozen=True)
class SharedCase:
    """A spell in which another administration knows the person too."""

    administration: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Booking:
    """A line of the ledger; `income` where the money came in."""

    month: Month
    purpose: str
    kroner: Fraction
    income: bool


@dataclass
class Person:
    """A person of the population register, with what the other sources tell of them.

    `codes` holds the weeks with a benefit code only, `degree` and `industry` the months with a
    value only, `wage_kinds` the kinds of employment with income rows in a month,
    `ordinary_hours` the paid hours of the rows among them that are `ordinær`, blank as nought.
    """

    birth: date
    sex: str | None
    death: date | None = None
    residences: list[Residence] = field(default_factory=list)
    codes: dict[Week, str] = field(default_factory=dict)
    degree: dict[Month, float] = field(default_factory=dict)
    industry: set[Month] = field(default_factory=set)
    wage_kinds: dict[Month, list[str]] = field(default_factory=dict)
    ordinary_hours: dict[Month, Fraction] = field(default_factory=dict)
    impairments: list[Impairment] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    fleksjob: list[FleksjobCase] = field(default_factory=list)
    shared: list[SharedCase] = field(default_factory=list)


@dataclass(frozen=True)
class Course:
    """One course of somebody, known to the population register (`person`) or not."""

    name: str
    person: Person | None
    programme: str
    subgroup: str | None
    start: date
    end: date | None
    completed: bool


@dataclass
class Data:
    """All that was delivered.

    `weeks` are the delivered weeks, oldest first and consecutive; `degree_months` and
    `industry_months` the months whose `grad_` and `branche_` columns were delivered. `cases` are
    all compensation cases, also those of people the population register does not know, `fleksjob`
    likewise, `ledger` the lines of `spending`, `courses` those of everybody; `contacts` and `staff`
    are rows as delivered, `kept` the rows of the kept registers by sheet. Each is None where the
    source was never delivered; `has_shared` says it of the shared cases.
    `target_group_rule` is the name of the rule T is made by.
    `deadlines` are the days a scheme's cases may take, empty until the office fills them in.
    """

    people: list[Person]
    table: dict[str, Code]
    weeks: list[Week]
    degree_months: set[Month]
    industry_months: set[Month]
    job_centres: set[str]
    cases: list[Case] | None
    fleksjob: list[FleksjobCase] | None
    ledger: list[Booking] | None = None
    courses: list[Course] | None = None
    contacts: list[Row] | None = None
    staff: list[Row] | None = None
    kept: dict[str, list[Row]] | None = None
    has_shared: bool = False
    deadlines: dict[str, int] = field(default_factory=dict)
    target_group_rule: str = "registered-impairment v1"
    municipality: int = 101
    youngest: int = 16
    oldest: int = 64
