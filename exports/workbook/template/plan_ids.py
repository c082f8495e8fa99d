"""What the plans know of the registers' rows: the ids a column may hold, and what each stands for.

Belongs here: which part of a plan each id column names. Not here: how the ids are shown or written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from expectations.contract import Table
from plans.parts import Part
from plans.schema import Plan

PLAN = "plan"
"""The column that names the plan."""


@dataclass(frozen=True)
class PlanId:
    """An id of a plan, with the words the plan has for it."""

    plan: str
    id: str
    title: str


def _named(*parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    return ((part.id, part.title) for part in chain(*parts))


_PARTS: Mapping[str, Callable[[Plan], Iterator[tuple[str, str]]]] = {
    "aktivitet_id": lambda plan: _named(plan.activities(), plan.objectives(), [plan]),
    "milepael_id": lambda plan: _named(plan.milestones, plan.process),
    "maal_id": lambda plan: _named(plan.goals),
    "leverance_id": lambda plan: _named(plan.deliverables),
    "linje_id": lambda plan: _named(line for _, line in plan.budget_lines()),
    "emne_id": lambda plan: _named(plan.activities(), plan.milestones, plan.process),
}
"""By id column: the parts of a plan it names, in the plan's order. Whether a revision is needed is answered for objectives
and for the plan as a whole too, so they stand after the activities."""


def ids_of(column: str, plans: Sequence[Plan]) -> tuple[PlanId, ...]:
    """The ids the column may hold in these plans; empty when the plans know nothing of it."""
    if column == PLAN:
        return tuple(PlanId(plan.id, plan.id, plan.title) for plan in plans)
    parts = _PARTS.get(column)
    if parts is None:
        return ()
    return tuple(PlanId(plan.id, id_, title) for plan in plans for id_, title in parts(plan))


def filled_rows(table: Table, plans: Sequence[Plan]) -> list[dict[str, str]]:
    """The rows to hand out filled in: a row an id of the plans, by column name.

    None where the register is not about the plans' parts, or where a row needs more than plan and id:
    a row that the intake would refuse is never handed out.
    """
    names = [column.name for column in table.columns]
    named = [name for name in names if name in _PARTS]
    required = {column.name for column in table.columns if column.required}
    if PLAN not in names or len(named) != 1 or not required <= {PLAN, *named}:
        return []
    return [{PLAN: part.plan, named[0]: part.id} for part in ids_of(named[0], plans)]
