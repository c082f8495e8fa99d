"""What a plan file holds: themes, objectives, activities, goals, milestones and references.

Belongs here: the shape of a plan and what can be read off it alone. Not here: reading files and
checking them against the catalogue (`loading`), judging a goal by figures (`assessment`), what the
office recorded about an activity (the registers).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

NOT_STATED = "ikke oplyst"
"""Shown where the plan's own paper gives no value; never replaced by a guess."""

Text = Annotated[str, Field(min_length=1)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Moment = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A date as exactly as the paper gives it: `2022`, `2019-12` or `2018-06-30`."""

Requirements = tuple[Annotated[str, Field(pattern=r"^[A-E]\d{2}$")], ...]


def last_day(moment: str) -> date:
    """The last day a `Moment` can mean: `2022` -> 31 December 2022, `2019-09` -> 30 September 2019.

    Raises ValueError for a day the calendar does not have.
    """
    parts = [int(part) for part in moment.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return date(year, month, day)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Part(_Model):
    """A part of a plan; `requirements` are the ids of the founding documents' rows it answers."""

    requirements: Requirements = ()


class Decision(_Model):
    """A decision somebody else has yet to take: who, on what, and when it is expected."""

    body: Text
    subject: Text
    expected: Moment | None = None
    raw: Text


class Period(_Model):
    """When an activity runs, as the plan says it.

    `raw` is the wording shown; the other fields hold what it settles, and are blank where it
    settles nothing. `option_until` is an end that applies if an option to extend is used;
    `contingent_on` is what the activity waits for; `external_plan` is the paper in which the start
    is set.
    """

    raw: Text
    start: Moment | None = None
    end: Moment | None = None
    ongoing: bool = False
    open_ended: bool = False
    option_until: Moment | None = None
    contingent_on: str | None = None
    external_plan: str | None = None
    decision: Decision | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Period:
        if self.open_ended and self.end is not None:
            raise ValueError("perioden har både en slutdato og ingen slutdato")
        moments = [last_day(m) for m in (self.start, self.end, self.option_until) if m is not None]
        if moments != sorted(moments):
            raise ValueError("perioden slutter, før den begynder")
        return self

    def is_past_end(self, day: date, *, option_used: bool = False) -> bool:
        """Whether the period has run out at `day`; one without an end never has."""
        end = self.option_until if option_used and self.option_until else self.end
        return end is not None and last_day(end) < day


class Result(_Model):
    """Something countable an activity shall bring about: between `low` and `high` of it."""

    title: Text
    low: int = Field(ge=0)
    high: int = Field(ge=0)


class Activity(_Part):
    """One line of the plan's tables; `parent` names the activity that a sub-activity is part of.

    `named` lists what the plan names under it (groups, audiences, schemes, partners); `approvals`
    the bodies that must approve; an empty `purposes` means that the plan states none.
    """

    id: Text
    title: Text
    period: Period
    purposes: tuple[Text, ...] = ()
    named: tuple[Text, ...] = ()
    results: tuple[Result, ...] = ()
    approvals: tuple[Text, ...] = ()
    funder: str | None = None
    parent: str | None = None


class Objective(_Part):
    """One objective with its activities in the plan's order; `purposes` belong to all of them."""

    id: Text
    title: Text
    activities: tuple[Activity, ...]
    purposes: tuple[Text, ...] = ()


class Theme(_Part):
    """One theme with its objectives, in the plan's order."""

    id: Text
    title: Text
    objectives: tuple[Objective, ...]


class Goal(_Part):
    """An objective made into one figure: the row of the tidy table it is judged by, and which way.

    The row has no breakdown. `target` is in the table's own unit (shares 0-1) and is blank where
    the plan states none; `deadline` is the month the target is due; `minimum_change` is the
    smallest change since `baseline` that counts, in the same unit.
    """

    id: Text
    objective: Text
    title: Text
    indicator: Text
    variant: str = ""
    group: Literal["T", "R", "P", ""] = ""
    direction: Literal["up", "down"]
    baseline: Month
    target: float | None = None
    deadline: Month | None = None
    minimum_change: float | None = Field(default=None, gt=0)

    @property
    def target_label(self) -> str | None:
        """`ikke oplyst` where the plan states no target; None where there is a figure to show."""
        return NOT_STATED if self.target is None else None


class Milestone(_Part):
    """A dated promise: a paper to hand in, a decision to take. `raw` is the plan's own date."""

    id: Text
    title: Text
    due: Moment
    raw: Text
    body: str | None = None


class Reference(_Part):
    """A public figure to hold the plan's figures against, shown clearly apart from them."""

    id: Text
    title: Text
    value: float
    unit: Text
    period: Text
    source: Text


class Plan(_Part):
    """A whole plan. `dated` is the paper's date; `target_group` its words for whom it is about."""

    id: Text
    title: Text
    short_title: Text
    owner: Text
    committee: Text
    start: Moment
    end: Moment
    dated: Moment
    target_group: Text
    themes: tuple[Theme, ...]
    goals: tuple[Goal, ...]
    milestones: tuple[Milestone, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def period_label(self) -> str:
        """`2018-2022`, with the en dash of Danish periods."""
        return f"{self.start[:4]}–{self.end[:4]}"

    def objectives(self) -> Iterator[Objective]:
        """Every objective, in the plan's order."""
        return chain.from_iterable(theme.objectives for theme in self.themes)

    def activities(self) -> Iterator[Activity]:
        """Every activity and sub-activity, in the plan's order."""
        return chain.from_iterable(objective.activities for objective in self.objectives())

    def goals_of(self, objective_id: str) -> tuple[Goal, ...]:
        """The goals of one objective, in the plan's order."""
        return tuple(goal for goal in self.goals if goal.objective == objective_id)

    def requirement_ids(self) -> frozenset[str]:
        """Every requirement of the founding documents that some part of the plan answers."""
        parts: list[_Part] = [self, *self.themes, *self.objectives(), *self.activities()]
        parts += [*self.goals, *self.milestones, *self.references]
        return frozenset(chain.from_iterable(part.requirements for part in parts))
