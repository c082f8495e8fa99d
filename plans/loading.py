"""Plans read from their YAML files and checked: shape, ids, and that every goal can be computed.

Belongs here: finding, reading and checking plan files. Not here: the shape itself (`schema`), the
judgement of goals (`assessment`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from indicators.catalogue import Indicator, catalogue
from plans.schema import Goal, Plan

_SUFFIX = ".yaml"


class PlanError(ValueError):
    """A plan file that cannot be used: one Danish sentence naming the file and the place."""


def plan_ids() -> tuple[str, ...]:
    """The ids of the plans that ship, in alphabetical order."""
    names = (entry.name for entry in files("plans").iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


@cache
def load_plan(plan_id: str) -> Plan:
    """The plan of that id, checked against the catalogue. Raises PlanError."""
    if plan_id not in plan_ids():
        raise PlanError(f"Der er ingen plan {plan_id}; planerne er {', '.join(plan_ids())}.")
    return read_plan(files("plans") / f"{plan_id}{_SUFFIX}", catalogue())


def read_plan(file: Traversable | Path, indicators: Mapping[str, Indicator]) -> Plan:
    """One plan file, checked for shape, unique ids and goals that `indicators` can answer.

    The plan's id is the file's name without its ending. Raises PlanError at the first fault.
    """
    try:
        document = yaml.safe_load(file.read_text("utf-8"))
    except OSError as error:
        raise PlanError(f"{file.name} kan ikke læses: {error.strerror}.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise PlanError(f"{file.name}, linje {line}: filen er ikke gyldig YAML.") from error
    try:
        plan = Plan.model_validate(document)
    except ValidationError as error:
        raise PlanError(f"{file.name}, {_shape_fault(error.errors()[0])}.") from error
    fault = next(_faults(plan, file.name.removesuffix(_SUFFIX), indicators), None)
    if fault:
        raise PlanError(f"{file.name}, {fault}.")
    return plan


def _shape_fault(error: ErrorDetails) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in error["loc"])
    place = "".join(steps).removeprefix(".") or "filen"
    match error["type"]:
        case "missing":
            return f"{place}: feltet mangler"
        case "extra_forbidden":
            return f"{place}: ukendt felt"
        case "value_error":
            return f"{place}: {error['ctx']['error']}"
        case _:
            return f"{place}: ugyldig værdi"


def _faults(plan: Plan, name: str, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    if plan.id != name:
        yield f"id: {plan.id} er ikke filens navn"
    for kind, ids in (
        ("themes", [theme.id for theme in plan.themes]),
        ("objectives", [objective.id for objective in plan.objectives()]),
        ("activities", [activity.id for activity in plan.activities()]),
        ("goals", [goal.id for goal in plan.goals]),
        ("milestones", [milestone.id for milestone in plan.milestones]),
        ("references", [reference.id for reference in plan.references]),
    ):
        for double in (key for key, count in Counter(ids).items() if count > 1):
            yield f"{kind}: {double} står to gange"
    for objective in plan.objectives():
        siblings = {activity.id for activity in objective.activities if activity.parent is None}
        for activity in objective.activities:
            if activity.parent is not None and activity.parent not in siblings:
                yield f"activities {activity.id}: målsætningen har ingen {activity.parent}"
    objectives = {objective.id for objective in plan.objectives()}
    for goal in plan.goals:
        if goal.objective not in objectives:
            yield f"goals {goal.id}: der er ingen målsætning {goal.objective}"
        yield from _goal_faults(goal, indicators)


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
