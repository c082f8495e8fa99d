"""Where in a plan's workbook each requirement of the founding documents is answered.

Belongs here: which sheet a part of a plan or an indicator stands on, and the text to find there. Not here: which part
answers which requirement (the plans' files and the catalogue say so), the sheets themselves (`sheets`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.workbook.sheets.themes import tab
from exports.workbook.sheets.whereabouts import STANDS, THEMES
from indicators.catalogue import Indicator
from plans.activities import Activity, Objective, Theme
from plans.budget import BudgetLine, BudgetTable, ControlTotal
from plans.goals import Goal
from plans.grounds import (
    Finding,
    Geography,
    LegalBreak,
    Request,
    Scope,
    SourceRecord,
    Wording,
)
from plans.national import national_figure
from plans.parts import Part
from plans.promises import AnchorDocument, Deliverable, KeptFact, Milestone, ProcessStep
from plans.schema import Plan

DEFINITIONS, GOALS, REGISTERS = "Definitioner", "Overblik", "Registre"
MONEY, REFERENCE = "Økonomi", "Reference"

_KINDS: Mapping[type[Part], tuple[str, str]] = {
    Plan: ("plan", DEFINITIONS),
    Wording: ("målgruppe", DEFINITIONS),
    Scope: ("afgrænsning", DEFINITIONS),
    Request: ("budgetønske", DEFINITIONS),
    Geography: ("geografi", DEFINITIONS),
    LegalBreak: ("databrud", DEFINITIONS),
    Goal: ("mål", GOALS),
    Milestone: ("milepæl", REGISTERS),
    ProcessStep: ("procesled", REGISTERS),
    Deliverable: ("leverance", REGISTERS),
    AnchorDocument: ("forankring", REGISTERS),
    BudgetTable: ("budgettabel", MONEY),
    BudgetLine: ("budgetlinje", MONEY),
    ControlTotal: ("kontrolsum", MONEY),
    SourceRecord: ("kildepapir", REFERENCE),
    Finding: ("udsagn", REFERENCE),
}
"""By kind of part: its Danish name and its sheet. Themes have a sheet each, and registers stand where their rows do."""


@dataclass(frozen=True)
class Place:
    """What answers a requirement: a part of `plan` or an indicator, with the `sheet` of the plan's workbook and a `text`
    that a cell there holds."""

    requirement: str
    plan: str
    kind: str
    id: str
    sheet: str
    text: str


def places(plan: Plan, indicators: Mapping[str, Indicator]) -> tuple[Place, ...]:
    """Every place in the plan's workbook that answers a requirement, by requirement, the plan's own parts first."""
    found = [*_of_parts(plan), *_of_indicators(plan, indicators)]
    return tuple(sorted(found, key=lambda place: place.requirement))


def _of_parts(plan: Plan) -> Iterator[Place]:
    themed = {}
    for theme in plan.themes:
        for objective in theme.objectives:
            for part in (theme, objective, *objective.activities):
                themed[type(part), part.id] = tab(theme)
    for part in plan.parts():
        if isinstance(part, KeptFact):
            continue
        if isinstance(part, Theme | Objective | Activity):
            kind = {Theme: "tema", Objective: "målsætning", Activity: "aktivitet"}[type(part)]
            sheet = themed[type(part), part.id]
        else:
            kind, sheet = _KINDS[type(part)]
        for requirement in part.requirements:
            yield Place(requirement, plan.id, kind, part.id, sheet, part.title)
    for fact in plan.kept:
        named = f"{fact.kept_in}: {', '.join(fact.columns)}"
        stand = STANDS[fact.kept_in]
        sheets = [tab(theme) for theme in plan.themes] if stand.sheet == THEMES else [stand.sheet]
        for requirement in fact.requirements:
            for sheet in sheets:
                yield Place(requirement, plan.id, "register", named, sheet, stand.heading)
    for one in plan.references:
        measure = national_figure(one.figure, one.year).measure
        for requirement in one.requirements:
            id_ = f"{one.figure} {one.year}"
            yield Place(requirement, plan.id, "landstal", id_, REFERENCE, measure)


def _of_indicators(plan: Plan, indicators: Mapping[str, Indicator]) -> Iterator[Place]:
    for entry in indicators.values():
        for requirement in entry.requirements:
            yield Place(requirement, plan.id, "indikator", entry.id, DEFINITIONS, entry.title_da)
