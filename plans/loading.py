"""Plans read from their YAML files and checked.

Belongs here: finding and reading plan files, and a fault of their shape told in words. Not here: the shape itself
(`schema`), other faults (`faults`), the judgement of goals (`assessment`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from indicators.catalogue import Indicator, catalogue
from plans.faults import faults
from plans.schema import Plan

_SUFFIX = ".yaml"


class _Texts(yaml.SafeLoader):
    """YAML whose dates stay as they are written: a moment may be a year, a month or a day."""


_Texts.yaml_implicit_resolvers = {
    letter: [(tag, found) for tag, found in known if tag != "tag:yaml.org,2002:timestamp"]
    for letter, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


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
        document = yaml.load(file.read_text("utf-8"), _Texts)  # noqa: S506 - a safe loader
    except OSError as error:
        raise PlanError(f"{file.name} kan ikke læses: {error.strerror}.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise PlanError(f"{file.name}, linje {line}: filen er ikke gyldig YAML.") from error
    try:
        plan = Plan.model_validate(document)
    except ValidationError as error:
        raise PlanError(f"{file.name}, {_shape_fault(error.errors()[0])}.") from error
    if plan.id != file.name.removesuffix(_SUFFIX):
        raise PlanError(f"{file.name}, id: {plan.id} er ikke filens navn.")
    fault = next(faults(plan, indicators), None)
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
