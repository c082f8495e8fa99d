"""What a plan stands on as rows of words: whom it is about, its scope, where it applies, the law.

Belongs here: the Danish words of `grounds`. Not here: the parts themselves (`grounds`), how a table looks (`exports`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.grounds import LegalBreak
from plans.parts import NOT_STATED, Part
from plans.schema import Plan


@dataclass(frozen=True)
class Ground:
    """One row: the part it tells of, what the plan says, and what the paper leaves open (blank where nothing)."""

    part: Part
    words: str

    @property
    def title(self) -> str:
        """What the row is about."""
        return self.part.title

    @property
    def note(self) -> str:
        """What the paper leaves open."""
        return self.part.note


def grounds(plan: Plan) -> tuple[Ground, ...]:
    """Everything the plan stands on, in the order a reader asks: what, for whom, how far, where, under which law."""
    return tuple(_grounds(plan))


def _grounds(plan: Plan) -> Iterator[Ground]:
    owners = " og ".join((plan.owner, *plan.partners))
    dated = (
        f"papiret er dateret {plan.dated_label}" if plan.dated else f"papirets dato er {NOT_STATED}"
    )
    yield Ground(plan, f"{owners}; {plan.period_label}; {dated}")
    if plan.request is not None:
        yield Ground(
            plan.request,
            f"{plan.request.id}; kategori {plan.request.category}, én af {len(plan.request.categories)}",
        )
    for wording in plan.target_groups:
        since = f", fra {wording.valid_from}" if wording.valid_from else ""
        yield Ground(wording, f"{wording.words} ({wording.source}, udgave {wording.id}{since})")
    if plan.scope is not None:
        outside = "; ".join(plan.scope.outside) or "intet nævnt"
        yield Ground(plan.scope, f"Med: {'; '.join(plan.scope.inside)}. Ikke med: {outside}")
    if plan.geography is not None:
        where = "Bydækkende" if plan.geography.citywide else "Udvalgte bydele"
        yield Ground(
            plan.geography, f"{where}; papiret nævner {', '.join(plan.geography.districts)}"
        )
    for change in plan.legal_breaks:
        yield Ground(change, _law(change))


def _law(change: LegalBreak) -> str:
    when = f"Fra {change.when}" if change.when else f"Dato {NOT_STATED}"
    told = "; kun varslet" if change.is_expected else f"; mærket som databrud fra {change.month}"
    return f"{when}{told} ({change.source})"
