"""When an activity runs, as the plan says it.

Belongs here: the period and the decision it waits for. Not here: whether an activity is late (`lateness`).
"""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from plans.parts import Model, Moment, Text, last_day


class Decision(Model):
    """A decision somebody else has yet to take: who, on what, and when it is expected."""

    body: Text
    subject: Text
    expected: Moment | None = None
    raw: Text


class Period(Model):
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
