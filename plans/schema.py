"""A whole plan, and what can be read off it alone.

Belongs here: putting the rooms together (`activities`, `goals`, `promises`, `budget`, `grounds`). Not here: reading files
(`loading`), holding them against the catalogue (`faults`), judging a goal by figures (`assessment`), what the office kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from pydantic import Field

from plans.activities import Activity, Objective, Theme
from plans.budget import BudgetLine, BudgetTable
from plans.goals import Goal
from plans.grounds import (
    Finding,
    Geography,
    LegalBreak,
    Reference,
    Request,
    Scope,
    SourceRecord,
    Wording,
)
from plans.parts import NOT_STATED, Moment, Part, Text, first_day, last_day
from plans.promises import AnchorDocument, Deliverable, KeptFact, Milestone, ProcessStep


class Plan(Part):
    """A whole plan. `dated` is the paper's date, None where it bears none; `partners` share the plan with its owner;
    `target_groups` are its words for whom it is about, the newest first; `note` what the whole plan leaves open."""

    short_title: Text
    owner: Text
    partners: tuple[Text, ...] = ()
    committee: Text
    start: Moment
    end: Moment
    dated: Moment | None = None
    target_groups: tuple[Wording, ...] = Field(min_length=1)
    scope: Scope | None = None
    request: Request | None = None
    geography: Geography | None = None
    themes: tuple[Theme, ...]
    goals: tuple[Goal, ...]
    milestones: tuple[Milestone, ...] = ()
    process: tuple[ProcessStep, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    anchoring: tuple[AnchorDocument, ...] = ()
    budget: tuple[BudgetTable, ...] = ()
    legal_breaks: tuple[LegalBreak, ...] = ()
    references: tuple[Reference, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    kept: tuple[KeptFact, ...] = ()

    @property
    def target_group(self) -> str:
        """The newest words for whom the plan is about."""
        return self.target_groups[0].words

    @property
    def period_label(self) -> str:
        """`2018-2022`, with the en dash of Danish periods."""
        return f"{self.start[:4]}–{self.end[:4]}"

    @property
    def dated_label(self) -> str:
        """The paper's date as the plan gives it, or `ikke oplyst`."""
        return self.dated or NOT_STATED

    def runs_at(self, day: date) -> bool:
        """Whether the plan's period covers the day."""
        return first_day(self.start) <= day <= last_day(self.end)

    def standing(self, day: date) -> str:
        """A Danish sentence where the day lies outside the plan's period; blank inside it."""
        if day < first_day(self.start):
            return f"Planperioden {self.period_label} er ikke begyndt pr. {day:%d.%m.%Y}."
        if day > last_day(self.end):
            return f"Planperioden {self.period_label} er forbi; status er pr. {day:%d.%m.%Y}."
        return ""

    def objectives(self) -> Iterator[Objective]:
        """Every objective, in the plan's order."""
        return chain.from_iterable(theme.objectives for theme in self.themes)

    def activities(self) -> Iterator[Activity]:
        """Every activity and sub-activity, in the plan's order."""
        return chain.from_iterable(objective.activities for objective in self.objectives())

    def budget_lines(self) -> Iterator[tuple[BudgetTable, BudgetLine]]:
        """Every budget line with the table it stands in, in the plan's order."""
        return ((table, line) for table in self.budget for line in table.lines)

    def goals_of(self, objective_id: str) -> tuple[Goal, ...]:
        """The goals of one objective, in the plan's order."""
        return tuple(goal for goal in self.goals if goal.objective == objective_id)

    def parts(self) -> Iterator[Part]:
        """The plan and every named part of it, in the plan's order."""
        single = (self.scope, self.request, self.geography)
        yield self
        yield from (one for one in single if one is not None)
        yield from chain(self.target_groups, self.themes, self.objectives(), self.activities())
        yield from chain(self.goals, self.milestones, self.process, self.deliverables)
        yield from self.anchoring
        for table in self.budget:
            yield table
            yield from table.parts()
        yield from chain(self.legal_breaks, self.sources, self.findings, self.kept)

    def requirement_ids(self) -> frozenset[str]:
        """Every requirement of the founding documents that some part of the plan answers."""
        answered: list[Part | Reference] = [*self.parts(), *self.references]
        return frozenset(chain.from_iterable(one.requirements for one in answered))
