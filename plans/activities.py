"""What a plan does: themes, their objectives, and the activities under them.

Belongs here: the three levels and what one line of a plan's table may say. Not here: when an activity runs (`periods`), the
figures an objective is judged by (`goals`), what the office recorded (`following`).
"""

from __future__ import annotations

from pydantic import Field, model_validator

from plans.parts import Model, Part, Text
from plans.periods import Period


class Result(Model):
    """Something countable an activity shall bring about: between `low` and `high` of it; no `high`: at least `low`."""

    title: Text
    low: int = Field(ge=0)
    high: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Result:
        if self.high is not None and self.high < self.low:
            raise ValueError("resultatets øvre grænse er under den nedre")
        return self


class Staffing(Model):
    """Full-time posts planned for an activity, in a role of the consultants' register."""

    role: Text
    planned: float = Field(gt=0)


class Risk(Model):
    """What the paper says may go wrong, and whether a committee must decide once more before the start."""

    words: Text
    needs_committee: bool


class Activity(Part):
    """One line of the plan's tables; `parent` names the activity that a sub-activity is part of.

    `named` lists what the plan names under it (groups, audiences, schemes, partners); `approvals` the bodies that must
    approve; an empty `purposes` means that the plan states none. `funding` names where the money comes from, and `funded` is
    False where the plan says that none is set aside. `continues` are activities it carries on; `budget_lines` the ids of the
    plan's lines that pay for it; `indicators` ids of the catalogue whose figures stand beside it.
    """

    period: Period
    purposes: tuple[Text, ...] = ()
    named: tuple[Text, ...] = ()
    results: tuple[Result, ...] = ()
    approvals: tuple[Text, ...] = ()
    funding: tuple[Text, ...] = ()
    funded: bool | None = None
    funder: str | None = None
    staffing: tuple[Staffing, ...] = ()
    risk: Risk | None = None
    continues: tuple[Text, ...] = ()
    budget_lines: tuple[Text, ...] = ()
    indicators: tuple[Text, ...] = ()
    parent: str | None = None


class Objective(Part):
    """One objective with its activities in the plan's order; `purposes` belong to all of them."""

    activities: tuple[Activity, ...]
    purposes: tuple[Text, ...] = ()


class Theme(Part):
    """One theme with its objectives, in the plan's order."""

    objectives: tuple[Objective, ...]
