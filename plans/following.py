"""What the office has recorded of a plan's own parts, as it stands on a day.

Belongs here: the shape of an activity, objective, milestone, decision, deliverable and result target with its rows of the
kept registers. Not here: joining them (`joining`), money (`money`), registers that follow no plan (`office`), the verdicts
of goals (`assessment`), how it is shown (`exports`).

What the office has not recorded is `ikke oplyst`; nothing is guessed from the plan. What is dated after the day is not
known yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from plans.activities import Activity, Objective, Theme
from plans.assessment import Assessment
from plans.lateness import Lateness
from plans.parts import NOT_STATED
from plans.promises import Milestone, ProcessStep

Stage = Literal["planned", "started", "done", "dropped", "not_stated"]

STAGES: Mapping[str, Stage] = {
    "ikke startet": "planned",
    "afventer midler": "planned",
    "afventer beslutning": "planned",
    "ikke finansieret": "planned",
    "i gang": "started",
    "forsinket": "started",
    "gennemført": "done",
    "udgået": "dropped",
}
"""What each status of the register comes to."""

STAGE_WORDS: Mapping[Stage, str] = {
    "planned": "planlagt",
    "started": "i gang",
    "done": "gennemført",
    "dropped": "udgået",
    "not_stated": NOT_STATED,
}


@dataclass(frozen=True)
class RevisionAnswer:
    """The office's answer to the plan's last question: is a revision needed? None where it has not answered."""

    needed: bool | None
    reason: str = ""

    @property
    def word(self) -> str:
        """The answer in Danish."""
        return NOT_STATED if self.needed is None else "ja" if self.needed else "nej"


@dataclass(frozen=True)
class Approval:
    """What one body has decided on a day: `outcome` is godkendt, afvist, afventer or ikke oplyst; `when` is None until it
    has decided."""

    body: str
    outcome: str
    when: date | None
    comment: str = ""


@dataclass(frozen=True)
class Anchor:
    """A document an activity is written into; `year` None and `centre` blank where not told."""

    document: str
    year: int | None
    centre: str
    journal_number: str


@dataclass(frozen=True)
class ActivityStatus:
    """One activity as it stands on the day.

    `status` is the office's own word or `ikke oplyst`, `status_date` the day it was judged; `comment` may be printed.
    `approvals` holds first the bodies the plan names, then others that have decided on it.
    """

    theme: Theme
    objective: Objective
    activity: Activity
    status: str
    status_date: date | None
    comment: str
    lateness: Lateness
    revision: RevisionAnswer
    approvals: tuple[Approval, ...]
    anchors: tuple[Anchor, ...]

    @property
    def stage(self) -> Stage:
        """How far the status says it is: planned, started, done, dropped or not stated."""
        return STAGES.get(self.status, "not_stated")

    @property
    def stage_word(self) -> str:
        """The stage in Danish."""
        return STAGE_WORDS[self.stage]


@dataclass(frozen=True)
class ObjectiveStatus:
    """One objective: the office's answers over its activities beside what its goals' figures say.

    `revision` is the office's answer for the objective itself where it gave one; else yes where it is yes for an
    activity, no where it is no for all of them, and not stated otherwise.
    """

    theme: Theme
    objective: Objective
    activities: tuple[ActivityStatus, ...]
    goals: tuple[Assessment, ...]
    revision: RevisionAnswer


@dataclass(frozen=True)
class MilestoneStatus:
    """One milestone: `planned` as the register has it, else the last day the plan's date can mean; `actual` None until
    it is reached. `word` is nået til tiden, nået for sent, forfalden, forestår or ikke oplyst."""

    milestone: Milestone
    planned: date
    actual: date | None
    body: str
    journal_number: str
    word: str


@dataclass(frozen=True)
class StepStatus:
    """One step of how the plan came about: `actual` and `journal_number` as the register of milestones has them; `word` as
    for a milestone."""

    step: ProcessStep
    actual: date | None
    journal_number: str
    word: str


@dataclass(frozen=True)
class DecisionStatus:
    """One decision on a subject: an activity, objective, milestone or other part of the plan. `title` is the plan's words
    for it, blank where the plan has no such id."""

    subject: str
    title: str
    approval: Approval


@dataclass(frozen=True)
class DeliverableStatus:
    """One deliverable for one audience, which is blank where the plan names none. `title` is the plan's words and `due` its
    date, blank where it has none or does not know the deliverable; `when` is the day of the status, `is_done` whether it
    is done on the day and `is_late` whether it is not and was due before it."""

    deliverable: str
    title: str
    due: str
    audience: str
    status: str
    when: date | None
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class TargetStatus:
    """A result target the office has entered for a year. `value` None: `ikke oplyst`. Approvals are None until given; a
    target that not all three bodies have approved is `ikke godkendt`."""

    target: str
    title: str
    year: int
    unit: str
    value: float | None
    employment_approved: date | None
    finance_approved: date | None
    council_approved: date | None

    @property
    def is_approved(self) -> bool:
        """Whether all three bodies have approved it by the day."""
        bodies = (self.employment_approved, self.finance_approved, self.council_approved)
        return all(when is not None for when in bodies)


@dataclass(frozen=True)
class UnknownId:
    """A row of a register that names a plan or a part the plan does not have; its content is used nowhere."""

    register: str
    plan: str
    id: str


@dataclass(frozen=True)
class Following:
    """Everything recorded of one plan. `revision` is the office's answer for the plan as a whole."""

    delivered: bool
    activities: tuple[ActivityStatus, ...]
    objectives: tuple[ObjectiveStatus, ...]
    revision: RevisionAnswer
    milestones: tuple[MilestoneStatus, ...]
    process: tuple[StepStatus, ...]
    decisions: tuple[DecisionStatus, ...]
    deliverables: tuple[DeliverableStatus, ...]
    targets: tuple[TargetStatus, ...]
    unknown_ids: tuple[UnknownId, ...]
