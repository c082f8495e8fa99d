"""`midtvejs trace`: each requirement of the founding documents and what answers it.

Belongs here: which requirements are asked for, what is printed, the exit code. Not here: the places
(`exports.workbook.places`).
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from indicators.catalogue import catalogue
from pipelines import outcome
from plans.loading import load_plan, plan_ids
from plans.requirements import requirements

if TYPE_CHECKING:
    from exports.workbook.places import Place

UNANSWERED = 1
INDICATOR = "indikator"


def trace(arguments: argparse.Namespace) -> int:
    """Print a line a place, by requirement; UNANSWERED when a requirement has none."""
    # The sheets load openpyxl, which no other command should wait for.
    from exports.workbook.places import places

    chosen = arguments.plan or plan_ids()
    found = [place for plan in chosen for place in places(load_plan(plan), catalogue())]
    lines, lacking = told(asked(chosen), found)
    for line in lines:
        print(line)
    for id_ in lacking:
        print(f"{id_}: intet sted besvarer det.", file=sys.stderr)
    return UNANSWERED if lacking else outcome.DONE


def asked(plans: Sequence[str]) -> list[str]:
    """The ids of the requirements in the papers of these plans, and of any that the plans themselves say they answer."""
    own = {id_ for plan in plans for id_ in load_plan(plan).requirement_ids()}
    return [row.id for row in requirements() if row.plan in plans or row.id in own]


def told(ids: Iterable[str], found: Iterable[Place]) -> tuple[list[str], list[str]]:
    """A line a place for each of the ids, and the ids that have none.

    An indicator stands in the workbook of every plan; it is told once, after the plans' own parts.
    """
    by_id: dict[str, dict[str, None]] = defaultdict(dict)
    for place in sorted(found, key=lambda one: one.kind == INDICATOR):
        whose = "alle planer" if place.kind == INDICATOR else place.plan
        words = f"{place.kind} {place.id}"
        by_id[place.requirement][f"{whose} · {words} · {place.sheet}: {place.text}"] = None
    ids = list(ids)
    lines = [f"{id_} · {line}" for id_ in ids for line in by_id.get(id_, ())]
    return lines, [id_ for id_ in ids if id_ not in by_id]
