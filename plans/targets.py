"""Targets the office has entered for goals whose plan states none.

Belongs here: which entered target a goal takes on a day. Not here: what was entered (`joining`), judging the goal
(`assessment`).

A plan's own target is never replaced. An entered one counts when all three bodies have approved it by the day and its unit
is the figure's; then it is due at the end of its year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from indicators.catalogue import Indicator
from plans.assessment import Assessment, assess
from plans.following import TargetStatus
from plans.goals import Goal
from plans.joining import entered_targets
from plans.kept import Registers
from plans.schema import Plan

PER_CENT = 100
SHARE = "andel"
WRITTEN_AS = {
    SHARE: frozenset({"andel", "pct", "pct.", "procent", "%"}),
    "dage": frozenset({"dage", "dag"}),
    "pr. 1.000": frozenset({"pr. 1.000", "pr. 1000", "promille"}),
    "pct.point": frozenset({"pct.point", "procentpoint"}),
}
"""How the office may write a unit that is not a count; a count may also be written `antal`."""
NUMBER = "antal"
ENTERED = " Måltallet for {year} er ført ind af kontoret og godkendt af alle tre instanser."


def assess_goals(
    plan: Plan,
    kept: Registers,
    table: pd.DataFrame,
    month: str,
    catalogue: Mapping[str, Indicator],
) -> tuple[Assessment, ...]:
    """Every goal of the plan judged at the end of `month`, by its own target or the one the office has entered."""
    entered = tuple(entered_targets(plan, kept))
    found = []
    for goal in plan.goals:
        unit = catalogue[goal.indicator].unit_of(goal.variant)
        aim = with_entered(goal, unit, entered, month)
        found.append(_told(assess(aim, table, month, catalogue), goal))
    return tuple(found)


def with_entered(goal: Goal, unit: str, entered: Sequence[TargetStatus], month: str) -> Goal:
    """The goal with the entered target of the report month's year, else of the nearest year to come, else of the last; as
    it stands where there is none that counts."""
    if goal.target is not None:
        return goal
    own = {one.year: one for one in entered if one.target == goal.id and _counts(goal, unit, one)}
    year = int(month[:4])
    chosen = min((at for at in own if at >= year), default=max(own, default=None))
    if chosen is None:
        return goal
    value = own[chosen].value
    assert value is not None
    if unit == SHARE and own[chosen].unit.casefold() != SHARE:
        value /= PER_CENT
    return goal.model_copy(update={"target": value, "deadline": _due(chosen)})


def _told(assessment: Assessment, goal: Goal) -> Assessment:
    """The assessment with a sentence on where its target is from, when that is not the plan's own `goal`."""
    if assessment.goal.target == goal.target or assessment.goal.deadline is None:
        return assessment
    said = ENTERED.format(year=assessment.goal.deadline[:4])
    return replace(assessment, reason=assessment.reason + said)


def _counts(goal: Goal, unit: str, entered: TargetStatus) -> bool:
    written = entered.unit.casefold()
    fits = written in WRITTEN_AS.get(unit, {unit.casefold(), NUMBER})
    return (
        fits
        and entered.value is not None
        and entered.is_approved
        and _due(entered.year) > goal.baseline
    )


def _due(year: int) -> str:
    return f"{year:04d}-12"
