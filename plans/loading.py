"""Plans read from their YAML files and checked.

Belongs here: finding and reading plan files, and a fault of their shape told in words. A plan is its file: dropped into
the installation's folder of plans it has its report, with no code. Not here: the shape itself (`schema`), other faults
(`faults`), the judgement of goals (`assessment`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from indicators.catalogue import Indicator, catalogue
from plans.faults import faults
from plans.schema import Plan

FOLDER_VARIABLE = "MIDTVEJS_PLANS_DIR"
"""Names a folder of further plans. A variable, for the plans' assets are made before anybody has said which home."""

_SUFFIX = ".yaml"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Texts(yaml.SafeLoader):
    """YAML whose dates stay as they are written: a moment may be a year, a month or a day."""


_Texts.yaml_implicit_resolvers = {
    letter: [(tag, found) for tag, found in known if tag != "tag:yaml.org,2002:timestamp"]
    for letter, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class PlanError(ValueError):
    """A plan file that cannot be used: one Danish sentence naming the file and the place."""


def plan_ids() -> tuple[str, ...]:
    """The ids of every plan, those that ship and the installation's own, in alphabetical order. Raises PlanError."""
    return tuple(sorted(_plan_files()))


def load_plan(plan_id: str) -> Plan:
    """The plan of that id, checked against the catalogue. Raises PlanError."""
    found = _plan_files()
    if plan_id not in found:
        raise PlanError(f"Der er ingen plan {plan_id}; planerne er {', '.join(sorted(found))}.")
    return _checked(found[plan_id])


@cache
def _checked(file: Path) -> Plan:
    return read_plan(file, catalogue())


def _plan_files() -> dict[str, Path]:
    """The file of each plan by id: those of this package, and those in the folder that FOLDER_VARIABLE names."""
    with as_file(files("plans")) as shipped:
        found = {file.stem: file for file in shipped.glob(f"*{_SUFFIX}")}
    named = os.environ.get(FOLDER_VARIABLE, "")
    if not named:
        return found
    folder = Path(named)
    if not folder.is_dir():
        raise PlanError(f"{FOLDER_VARIABLE} peger på {folder}, som ikke er en mappe.")
    for file in sorted(folder.glob(f"*{_SUFFIX}")):
        id_ = file.stem
        if not _ID.fullmatch(id_):
            raise PlanError(f"{file}: navnet må kun have små bogstaver a-z, tal og bindestreger.")
        if id_ in found:
            raise PlanError(f"{file}: planen {id_} følger med programmet og kan ikke erstattes.")
        found[id_] = file
    return found


def read_plan(file: Path, indicators: Mapping[str, Indicator]) -> Plan:
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
