"""Builds the people of the reference from delivered rows: dicts of already parsed values.

Column names are the canonical ones of the interface page (`cpr`, `foedselsdato`, `y_1740`, ...;
the id column of `dream` is called `cpr` too). Dates are `date`, months (year, month), numbers
`float` or `int`, yes/no `bool`, everything else text; None is blank. Nothing is checked here:
the rows are what is left when a reader has done its work.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from .model import (
    Booking,
    Case,
    Code,
    Course,
    Data,
    FleksjobCase,
    Impairment,
    Month,
    Person,
    Residence,
    Row,
    SharedCase,
    Week,
)

Deliveries = Mapping[str, Sequence[Row]]

SHEETS = (
    *("activities", "milestones", "staff_targets", "budgets", "deliverables", "contracts", "sites"),
    *("surveys", "training", "consultants", "tenders", "anchoring"),
)
"""The kept registers that something is counted from."""

WEEK_COLUMN = re.compile(r"y_(\d\d)(\d\d)")
MONTH_COLUMN = re.compile(r"(grad|branche)_(\d{4})_(\d\d)")


def read_code_table(path: Path) -> dict[str, Code]:
    """The benefit code table `dream_codes.csv` by code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Code(row["benefit_group"], row["labour_market_state"], row["activity"])
            for row in csv.DictReader(file)
        }


def build(deliveries: Deliveries, table: Mapping[str, Code]) -> Data:
    """The people and cases of a set of deliveries.

    `deliveries` holds a list of rows a source; `dream`, `population` and `target_group` must be
    there, a source left out was never delivered.
    """
    people = people_of(deliveries["population"])
    columns = {column for row in deliveries["dream"] for column in row}
    add_dream(people, deliveries["dream"])
    add_income(people, deliveries.get("income", ()))
    add_impairments(people, deliveries["target_group"])
    cases = [case_of(row, people.get(row["cpr"])) for row in deliveries.get("compensation", ())]
    fleksjob = [
        fleksjob_case_of(row, people.get(row["cpr"])) for row in deliveries.get("fleksjob", ())
    ]
    for row in deliveries.get("shared_cases", ()):
        if row["cpr"] in people:
            spell = SharedCase(row["forvaltning"], row["fra"], row["til"])
            people[row["cpr"]].shared.append(spell)
    courses = [course_of(row, people.get(row["cpr"])) for row in deliveries.get("courses", ())]
    ledger = [booking_of(row) for row in deliveries.get("spending", ())]
    return Data(
        people=list(people.values()),
        table=dict(table),
        weeks=sorted(week for column in columns if (week := week_of_column(column))),
        degree_months=months_of_columns(columns, "grad"),
        industry_months=months_of_columns(columns, "branche"),
        job_centres={
            row["jobcenter"] for row in deliveries["target_group"] if row["jobcenter"] is not None
        },
        cases=cases if "compensation" in deliveries else None,
        fleksjob=fleksjob if "fleksjob" in deliveries else None,
        ledger=ledger if "spending" in deliveries else None,
        courses=courses if "courses" in deliveries else None,
        contacts=rows_or_none(deliveries, "employer_contacts"),
        staff=rows_or_none(deliveries, "staff"),
        kept=kept_registers(deliveries),
        has_shared="shared_cases" in deliveries,
    )


def rows_or_none(deliveries: Deliveries, source: str) -> list[Row] | None:
    """The rows of a source as they are, None where it was never delivered."""
    return list(deliveries[source]) if source in deliveries else None


def kept_registers(deliveries: Deliveries) -> dict[str, list[Row]] | None:
    """The rows of each sheet; one workbook holds them all, so one sheet means all were delivered."""
    if not any(sheet in deliveries for sheet in SHEETS):
        return None
    return {sheet: list(deliveries.get(sheet, ())) for sheet in SHEETS}


def week_of_column(column: str) -> Week | None:
    """The week of a `y_YYWW` column; YY from 90 is 19YY, otherwise 20YY."""
    found = WEEK_COLUMN.fullmatch(column)
    if found is None:
        return None
    year, week = int(found[1]), int(found[2])
    return (1900 + year if year >= 90 else 2000 + year, week)


def month_of_column(column: str, kind: str) -> Month | None:
    """The month of a `grad_YYYY_MM` or `branche_YYYY_MM` column."""
    found = MONTH_COLUMN.fullmatch(column)
    if found is None or found[1] != kind:
        return None
    return (int(found[2]), int(found[3]))


def months_of_columns(columns: Iterable[str], kind: str) -> set[Month]:
    """The months that have a delivered column of the kind."""
    return {month for column in columns if (month := month_of_column(column, kind))}


def people_of(rows: Iterable[Row]) -> dict[str, Person]:
    """A person for each CPR of the population register, with the residence spells."""
    people: dict[str, Person] = {}
    for row in rows:
        person = people.setdefault(row["cpr"], Person(row["foedselsdato"], row["koen"]))
        person.death = person.death or row.get("doedsdato")
        person.residences.append(
            Residence(row["kommunekode"], row["bydel"], row["fra"], row["til"])
        )
    return people


def add_dream(people: Mapping[str, Person], rows: Iterable[Row]) -> None:
    """The weeks and months with a value, for the people the population register knows."""
    for row in rows:
        person = people.get(row["cpr"])
        if person is None:
            continue
        for column, value in row.items():
            if value is None:
                continue
            if week := week_of_column(column):
                person.codes[week] = value
            if month := month_of_column(column, "grad"):
                person.degree[month] = value
            if month := month_of_column(column, "branche"):
                person.industry.add(month)


def add_income(people: Mapping[str, Person], rows: Iterable[Row]) -> None:
    """The kinds of employment with income and the ordinary hours, month by month."""
    for row in rows:
        person = people.get(row["cpr"])
        if person is None:
            continue
        month = row["maaned"]
        person.wage_kinds.setdefault(month, []).append(row["ansaettelsesform"])
        hours = as_written(row.get("loentimer") or 0.0)
        if row["ansaettelsesform"] == "ordinær":
            person.ordinary_hours[month] = person.ordinary_hours.get(month, Fraction(0)) + hours


def add_impairments(people: Mapping[str, Person], rows: Iterable[Row]) -> None:
    """The registrations; `synlig` may be missing from the delivery."""
    for row in rows:
        if row["cpr"] in people:
            people[row["cpr"]].impairments.append(
                Impairment(
                    kind=row["funktionsnedsaettelse"],
                    primary=row["primaer"] is True,
                    since=row["fra"],
                    until=row["til"],
                    job_centre=row["jobcenter"],
                    visible=row.get("synlig"),
                )
            )


def as_written(number: float) -> Fraction:
    """The decimal number that was written, exactly: 0.1 is a tenth."""
    return Fraction(Decimal(repr(number)))


def booking_of(row: Row) -> Booking:
    """One line of the ledger."""
    return Booking(
        month=row["maaned"],
        purpose=row["formaal"],
        kroner=as_written(row["beloeb_kr"]),
        income=row["indtaegt_udgift"] == "I",
    )


def course_of(row: Row, person: Person | None) -> Course:
    """One course."""
    return Course(
        name=row["cpr"],
        person=person,
        programme=row["indsats"],
        subgroup=row["undergruppe"],
        start=row["start"],
        end=row["slut"],
        completed=row["gennemfoert"] is True,
    )


def case_of(row: Row, person: Person | None) -> Case:
    """One compensation case, which the person (None where unknown) gets too."""
    hours = row.get("timer_pr_uge")
    case = Case(
        scheme=row["ordning"],
        applied=row["ansoegt"],
        decided=row["afgjort"],
        outcome=row["afgoerelse"],
        granted_from=row["bevilget_fra"],
        granted_until=row["bevilget_til"],
        job_centre=row["jobcenter"],
        hours=None if hours is None else Fraction(hours),
        benefit=row.get("forsoergelse"),
        self_employed=row.get("selvstaendig"),
        birth=None if person is None else person.birth,
    )
    if person is not None:
        person.cases.append(case)
    return case


def fleksjob_case_of(row: Row, person: Person | None) -> FleksjobCase:
    """One row of the fleksjob source, which the person (None where unknown) gets too."""
    case = FleksjobCase(
        case_id=row["sag_id"],
        outcome=row["afgoerelse"],
        decided=row.get("afgjort"),
        referred_from=row["visiteret_fra"],
        referred_until=row["visiteret_til"],
        hired_from=row["ansat_fra"],
        hired_until=row["ansat_til"],
        scheme=row["ansaettelsestype"],
        via_clause=row["via_klausul"] is True,
    )
    if person is not None:
        person.fleksjob.append(case)
    return case
