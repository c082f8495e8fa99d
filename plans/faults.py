"""What is wrong with a plan whose shape is right: ids that stand twice or lead nowhere, goals nothing can answer.

Belongs here: one Danish sentence a fault. Not here: reading files (`loading`), the shape itself (`schema`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from expectations.contract import load
from indicators.catalogue import Indicator
from plans.goals import Goal
from plans.national import national_figures
from plans.parts import Part
from plans.schema import Plan


def faults(plan: Plan, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """Every fault of a plan, held against the catalogue, the registers' contract and the public figures."""
    yield from _doubles(plan)
    yield from _loose_ends(plan)
    for goal in plan.goals:
        yield from _goal_faults(goal, indicators)
    named = [(f"activities {one.id}", one.indicators) for one in plan.activities()]
    named += [(f"findings {one.id}", one.indicators) for one in plan.findings]
    for place, ids in named:
        for id_ in ids:
            if id_ not in indicators:
                yield f"{place}: kataloget har ingen indikator {id_}"
    broken = {one.month for entry in indicators.values() for one in entry.breaks}
    for change in plan.legal_breaks:
        if change.month is not None and change.month not in broken:
            yield f"legal_breaks {change.id}: kataloget har intet databrud i {change.month}"
    known = {(figure.id, figure.year) for figure in national_figures()}
    for reference in plan.references:
        if (reference.figure, reference.year) not in known:
            yield f"references: der er intet {reference.figure} for {reference.year}"
    columns = {table.name: {c.name for c in table.columns} for table in load("registers").tables}
    for kept in plan.kept:
        for column in kept.columns:
            if column not in columns.get(kept.kept_in, ()):
                yield f"kept {kept.id}: registret {kept.kept_in} har ingen kolonne {column}"


def _doubles(plan: Plan) -> Iterator[str]:
    kinds: Mapping[str, Iterator[Part] | tuple[Part, ...]] = {
        "target_groups": plan.target_groups,
        "themes": plan.themes,
        "objectives": chain(plan.objectives()),
        "activities": chain(plan.activities()),
        "goals": plan.goals,
        "milestones": (*plan.milestones, *plan.process),
        "deliverables": plan.deliverables,
        "anchoring": plan.anchoring,
        "budget": plan.budget,
        "lines": chain.from_iterable(table.lines for table in plan.budget),
        "controls": chain.from_iterable(table.controls for table in plan.budget),
        "legal_breaks": plan.legal_breaks,
        "sources": plan.sources,
        "findings": plan.findings,
        "kept": plan.kept,
    }
    for kind, parts in kinds.items():
        for double in (key for key, n in Counter(part.id for part in parts).items() if n > 1):
            yield f"{kind}: {double} står to gange"
    for reference, n in Counter((one.figure, one.year) for one in plan.references).items():
        if n > 1:
            yield f"references: {reference[0]} for {reference[1]} står to gange"


def _loose_ends(plan: Plan) -> Iterator[str]:
    for objective in plan.objectives():
        siblings = {activity.id for activity in objective.activities if activity.parent is None}
        for activity in objective.activities:
            if activity.parent is not None and activity.parent not in siblings:
                yield f"activities {activity.id}: målsætningen har ingen {activity.parent}"
    activities = {activity.id for activity in plan.activities()}
    lines = {line.id for _, line in plan.budget_lines()}
    for activity in plan.activities():
        for id_ in activity.continues:
            if id_ not in activities:
                yield f"activities {activity.id}: der er ingen aktivitet {id_}"
        for id_ in activity.budget_lines:
            if id_ not in lines:
                yield f"activities {activity.id}: der er ingen budgetlinje {id_}"
    objectives = {objective.id for objective in plan.objectives()}
    for goal in plan.goals:
        if goal.objective not in objectives:
            yield f"goals {goal.id}: der er ingen målsætning {goal.objective}"
    deliverables = {one.id for one in plan.deliverables}
    for one in plan.deliverables:
        if one.same_as is not None and one.same_as not in deliverables - {one.id}:
            yield f"deliverables {one.id}: der er ingen leverance {one.same_as}"


def _goal_faults(goal: Goal, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    indicator = indicators.get(goal.indicator)
    if indicator is None:
        yield f"goals {goal.id}: kataloget har ingen indikator {goal.indicator}"
        return
    for qualifier in filter(None, goal.variant.split("|")):
        if qualifier not in indicator.variants:
            yield f"goals {goal.id}: {goal.indicator} har ingen variant {qualifier}"
    if indicator.good not in ("none", goal.direction):
        yield f"goals {goal.id}: {goal.indicator} skal efter kataloget den anden vej"
    if goal.deadline is not None and goal.deadline <= goal.baseline:
        yield f"goals {goal.id}: fristen ligger ikke efter udgangspunktet"
