"""Made-up deliveries for the command line.

Belongs here: `midtvejs generate` and its faults, what `demo` makes, and the plans' ids as synthetic data know them. Not
here: arguments (`cli`), what is made (`synthetic`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines import outcome
from plans.loading import load_plan, plan_ids
from plans.parts import first_day, last_day
from synthetic.fault_planting import FAULTS, LIST, chosen, plant_faults
from synthetic.faults import Fault
from synthetic.generator import Truth
from synthetic.generator import generate as make_deliveries
from synthetic.kept_sheets import PlanIds


class MakingProblem(Exception):  # noqa: N818 - told to the user in words
    """The deliveries cannot be made as asked; the message is one Danish sentence."""


def generate(arguments: argparse.Namespace) -> int:
    """Make deliveries in an inbox, plant the faults asked for, and say what lies there."""
    faults = _faults(arguments.faults)
    formats = [part.strip() for part in arguments.format.split(",")]
    by_lobenr = arguments.dream_by == "lobenr"
    if faults and (formats != ["csv"] or arguments.parts != 1 or by_lobenr):
        raise MakingProblem(
            "Fejl kan kun plantes i hele CSV-filer med cpr-numre: brug --format csv uden --parts og --dream-by."
        )
    truth = make(
        arguments.out,
        arguments.persons,
        (arguments.from_month, arguments.to_month),
        arguments.seed,
        formats=formats,
        parts=arguments.parts,
        by_lobenr=by_lobenr,
    )
    for source, paths in truth.parts.items():
        cut = f" i {len(paths)} dele" if len(paths) > 1 else ""
        print(f"{source}: {truth.rows[source]} rækker{cut} · {paths[0]}")
    if faults:
        try:
            planted = plant_faults(arguments.out, truth.files, faults)
        except ValueError as problem:
            raise MakingProblem(str(problem)) from None
        print(f"{len(planted)} fejl plantet · {arguments.out / LIST}")
    return outcome.DONE


class ListFaults(argparse.Action):
    """`--list-faults`: show every fault that can be planted, and end."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print one line a fault."""
        width = max(map(len, FAULTS))
        for fault in FAULTS.values():
            answer = fault.code or fault.row_code or fault.check or "accepted"
            print(f"{fault.name:{width}}  {fault.words} → {answer}")
        parser.exit()


def _faults(names: str) -> list[Fault]:
    try:
        return chosen([name.strip() for name in names.split(",") if name.strip()])
    except ValueError as problem:
        raise MakingProblem(str(problem)) from None


def make(
    out: Path,
    persons: int,
    months: tuple[str, str],
    seed: int,
    formats: Sequence[str] = ("csv",),
    parts: int = 1,
    by_lobenr: bool = False,
) -> Truth:
    """Deliveries of every source with the ids of every plan that ships; MakingProblem says why not."""
    try:
        return make_deliveries(
            out,
            persons,
            *months,
            seed,
            formats,
            lambda word: print(word, file=sys.stderr),
            parts=parts,
            by_lobenr=by_lobenr,
            plans=[ids_of(plan) for plan in plan_ids()],
        )
    except ValueError as problem:
        raise MakingProblem(str(problem)) from None


def ids_of(plan_id: str) -> PlanIds:
    """What the kept registers say of a plan: its ids, when it begins and its milestones are due, what its goals count."""
    plan = load_plan(plan_id)
    return PlanIds(
        plan.id,
        activities=tuple(activity.id for activity in plan.activities()),
        milestones=tuple((milestone.id, last_day(milestone.due)) for milestone in plan.milestones),
        goals=tuple((goal.id, goal.indicator) for goal in plan.goals),
        deliverables=tuple(
            (one.id, audience) for one in plan.deliverables for audience in one.audiences or ("",)
        ),
        begins=first_day(plan.start),
    )
