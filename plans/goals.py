"""Goals: an objective made into one figure of the tidy table.

Belongs here: which row a goal is judged by, which way, and how the plan means to follow it up. Not here: the judgement
(`assessment`).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from plans.parts import NOT_STATED, Model, Month, Part, Text


class FollowUp(Model):
    """Where the plan will find the figures; `available` False where it says that the source is not there yet."""

    source: Text
    available: bool = True


class Goal(Part):
    """An objective made into one figure: the row of the tidy table it is judged by, and which way.

    `dims` are the row's breakdowns with the category in each, as `{programme: afklaring}`; none for the total. `target` is
    in the table's own unit (shares 0-1) and is blank where the plan states none; `deadline` is the month the target is due;
    `minimum_change` is the smallest change since `baseline` that counts, in the same unit. `audience`, `effort` and
    `follow_up` are the other columns of the plan's table of goals, blank where it has none.
    """

    objective: Text
    indicator: Text
    variant: str = ""
    group: Literal["T", "R", "P", ""] = ""
    dims: dict[Text, Text] = Field(default_factory=dict, max_length=2)
    direction: Literal["up", "down"]
    baseline: Month
    target: float | None = None
    deadline: Month | None = None
    minimum_change: float | None = Field(default=None, gt=0)
    audience: str = ""
    effort: str = ""
    follow_up: FollowUp | None = None

    @property
    def target_label(self) -> str | None:
        """`ikke oplyst` where the plan states no target; None where there is a figure to show."""
        return NOT_STATED if self.target is None else None
