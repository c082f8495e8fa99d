"""The registers that follow no plan, as they stand on a day: staff targets, contracts, sites, surveys, partners and so on.

Belongs here: joining their rows with the protected figures. Not here: what belongs to a plan (`joining`), money (`money`).

A number of people is never read from a register: it is taken from the protected table, so that what the disclosure control
hides is hidden here too. Suppliers' CVR numbers, turnover and the terms of single posts stay in the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from plans.figures import Figure, figure_at, of_indicator
from plans.kept import Registers, text
from plans.parts import NOT_STATED

HIDDEN_WORD = "kan ikke vises"
_BODIES = (("BIF", "godkendt_bif"), ("ØKF", "godkendt_oekf"), ("BR", "godkendt_br"))


@dataclass(frozen=True)
class StaffTarget:
    """Staff on special terms in one administration and scheme in the report month's year. Figures are None where the
    table has none. `approvals`: each body and the day it approved, None until it has; empty where there is no target."""

    year: int
    administration: str
    scheme: str
    target: Figure | None
    latest: Figure | None
    mean: Figure | None
    fulfilment: Figure | None
    approvals: tuple[tuple[str, date | None], ...]

    @property
    def is_approved(self) -> bool | None:
        """Whether all three bodies have approved it by the day; None where there is no target to approve."""
        return all(when for _, when in self.approvals) if self.approvals else None


@dataclass(frozen=True)
class ContractStatus:
    """A contract begun by the day: what it requires, what is achieved, and what an even run of its term would have given.
    `end` is the option's where it is used. `word`: foran eller på linje, bagud, kan ikke vises or ikke oplyst."""

    contract: str
    start: date
    end: date | None
    option_until: date | None
    option_used: bool | None
    scheme: str
    required: Figure | None
    achieved: Figure | None
    share: Figure | None
    expected: Figure | None
    word: str


@dataclass(frozen=True)
class SiteStatus:
    """One requirement at one site. `word`: opfyldt, ikke opfyldt or ikke vurderet; `advice_word`: åben, lukket or blank
    where nothing was recommended."""

    site: str
    name: str
    requirement: str
    assessed: date | None
    word: str
    advice: str
    closed: date | None
    advice_word: str


@dataclass(frozen=True)
class SurveyAnswer:
    """One question of one year's survey; `score` is the mean on the question's own scale, None where not told or where the
    share is hidden."""

    survey: str
    source: str
    year: int
    question: str
    positive: Figure | None
    response: Figure | None
    score: float | None


@dataclass(frozen=True)
class Partner:
    """An organisation and what is agreed with it; `word`: gælder, ophørt, kommende or ikke oplyst."""

    id: str
    name: str
    kind: str
    agreement: str
    start: date | None
    end: date | None
    word: str


@dataclass(frozen=True)
class Tender:
    """A call for tenders published by the day; `with_access` None where not told."""

    id: str
    when: date | None
    with_access: bool | None


@dataclass(frozen=True)
class Course:
    """A course for staff held by the day; how many took part is in the figures, by job centre."""

    id: str
    when: date | None
    job_centre: str
    subject: str


@dataclass(frozen=True)
class OrganisationYear:
    """How the work is organised in a year; `key_persons` None where not told or too few to be shown."""

    year: int
    management: str
    model: str
    key_persons: int | None
    key_persons_hidden: bool
    comment: str


@dataclass(frozen=True)
class Office:
    """Every register that follows no plan, on the day."""

    staff: tuple[StaffTarget, ...]
    contracts: tuple[ContractStatus, ...]
    sites: tuple[SiteStatus, ...]
    surveys: tuple[SurveyAnswer, ...]
    partners: tuple[Partner, ...]
    tenders: tuple[Tender, ...]
    courses: tuple[Course, ...]
    organisation: tuple[OrganisationYear, ...]


def office(kept: Registers, table: pd.DataFrame, month: str, threshold: int) -> Office:
    """The registers on their day, with the figures of `month` from the protected table."""
    return Office(
        staff=tuple(_staff(kept, table, month)),
        contracts=tuple(_contracts(kept, table, month)),
        sites=tuple(_sites(kept)),
        surveys=tuple(_surveys(kept, table, month)),
        partners=tuple(_partners(kept)),
        tenders=tuple(
            Tender(text(row["udbud_id"]), row["dato"], row["adgangskrav"])
            for row in kept.rows("tenders")
            if row["dato"] is None or row["dato"] <= kept.day
        ),
        courses=tuple(
            Course(text(row["kursus_id"]), row["dato"], text(row["jobcenter"]), text(row["emne"]))
            for row in kept.rows("training")
            if row["dato"] is None or row["dato"] <= kept.day
        ),
        organisation=tuple(_organisation(kept, threshold)),
    )


def _staff(kept: Registers, table: pd.DataFrame, month: str) -> Iterator[StaffTarget]:
    rows = of_indicator(table, "staff_special_terms")
    rows = rows[rows["period"] == month]
    year = int(month[:4])
    targets = {
        (row["forvaltning"], row["ordning"]): row
        for row in kept.rows("staff_targets")
        if row["aar"] == year
    }
    cells = rows[(rows["dim1"] == "administration") & (rows["dim2"] == "scheme")]
    for place in dict.fromkeys(zip(cells["value1"], cells["value2"], strict=True)):
        dims = (("administration", place[0]), ("scheme", place[1]))
        target = targets.get(place)
        stated = target if target is not None and target["maaltal"] is not None else None
        yield StaffTarget(
            year,
            *place,
            target=figure_at(rows, month, "target", dims),
            latest=figure_at(rows, month, "latest", dims),
            mean=figure_at(rows, month, "mean", dims),
            fulfilment=figure_at(rows, month, "fulfilment", dims),
            approvals=tuple(
                (body, kept.known(stated[column])) for body, column in _BODIES if stated
            ),
        )


def _contracts(kept: Registers, table: pd.DataFrame, month: str) -> Iterator[ContractStatus]:
    rows = of_indicator(table, "clause_fulfilment")
    rows = rows[rows["period"] == month]
    for row in kept.rows("contracts"):
        if kept.known(row["start"]) is None:
            continue
        dims = (("contract", text(row["kontrakt_id"])),)
        achieved, expected = (figure_at(rows, month, of, dims) for of in ("achieved", "expected"))
        yield ContractStatus(
            contract=text(row["kontrakt_id"]),
            start=row["start"],
            end=row["option_til"] if row["option_udnyttet"] else row["slut"],
            option_until=row["option_til"],
            option_used=row["option_udnyttet"],
            scheme=text(row["ordning"]),
            required=figure_at(rows, month, "required", dims),
            achieved=achieved,
            share=figure_at(rows, month, "share", dims),
            expected=expected,
            word=_run_word(achieved, expected),
        )


def _run_word(achieved: Figure | None, expected: Figure | None) -> str:
    figures = [figure for figure in (achieved, expected) if figure is not None]
    if any(figure.is_hidden for figure in figures):
        return HIDDEN_WORD
    told = [figure.value for figure in figures if figure.value is not None]
    if len(told) < 2:
        return NOT_STATED
    return "foran eller på linje" if told[0] >= told[1] else "bagud"


def _sites(kept: Registers) -> Iterator[SiteStatus]:
    for row in kept.rows("sites"):
        assessed, advice = kept.known(row["vurderet"]), text(row["anbefaling"])
        closed = kept.known(row["lukket"])
        met = None if assessed is None else row["opfyldt"]
        yield SiteStatus(
            site=text(row["lokation_id"]),
            name=text(row["navn"]),
            requirement=text(row["krav_id"]),
            assessed=assessed,
            word="ikke vurderet" if met is None else "opfyldt" if met else "ikke opfyldt",
            advice=advice,
            closed=closed,
            advice_word="" if not advice else "lukket" if closed else "åben",
        )


def _surveys(kept: Registers, table: pd.DataFrame, month: str) -> Iterator[SurveyAnswer]:
    positives, responses = (
        of_indicator(table, of) for of in ("survey_positive", "survey_response")
    )
    for row in kept.rows("surveys"):
        if row["aar"] > int(month[:4]):
            continue
        named = ("survey", f"{row['undersoegelse']}: {row['spoergsmaal']}")
        dims = (named, ("year", str(row["aar"])))
        positive = figure_at(positives, month, dims=dims)
        yield SurveyAnswer(
            survey=text(row["undersoegelse"]),
            source=text(row["kilde"]),
            year=row["aar"],
            question=text(row["spoergsmaal"]),
            positive=positive,
            response=figure_at(responses, month, dims=dims),
            score=None if positive is None or positive.is_hidden else row["gennemsnit"],
        )


def _partners(kept: Registers) -> Iterator[Partner]:
    for row in kept.rows("partners"):
        start, end = row["fra"], row["til"]
        if start is None:
            word = NOT_STATED
        elif start > kept.day:
            word = "kommende"
        else:
            word = "ophørt" if end is not None and end < kept.day else "gælder"
        yield Partner(
            text(row["partner_id"]),
            text(row["navn"]),
            text(row["type"]),
            text(row["aftale"]),
            start,
            end,
            word,
        )


def _organisation(kept: Registers, threshold: int) -> Iterator[OrganisationYear]:
    for row in kept.rows("organisation"):
        if row["aar"] > kept.day.year:
            continue
        number = row["antal_noeglepersoner"]
        is_few = number is not None and 0 < number < threshold
        yield OrganisationYear(
            year=row["aar"],
            management=text(row["ledelsestype"]),
            model=text(row["noeglepersonmodel"]),
            key_persons=None if is_few else number,
            key_persons_hidden=is_few,
            comment=text(row["bemaerkning"]),
        )
