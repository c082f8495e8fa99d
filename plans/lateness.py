"""Whether an activity is late on a day, by its own period.

Belongs here: overdue, begun too late, and where the plan's words or the registers do not settle it. Not here: the period
itself (`schema`), the office's status (`following`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from plans.parts import last_day
from plans.periods import Period

Timing = Literal["in_time", "overdue", "not_begun", "not_settled"]
TIMINGS: tuple[Timing, ...] = get_args(Timing)


@dataclass(frozen=True)
class Lateness:
    """`timing` and one Danish sentence that says why; blank when nothing is late.

    overdue: the end has passed and it is neither done nor dropped. not_begun: the start has passed and it is still
    planned. not_settled: the end has passed, and whether that matters is not recorded.
    """

    timing: Timing
    reason: str = ""

    @property
    def is_overdue(self) -> bool | None:
        """Whether it is overdue; None where it is not settled."""
        return None if self.timing == "not_settled" else self.timing == "overdue"

    @property
    def word(self) -> str:
        """The timing in Danish; blank when nothing is late."""
        return {
            "in_time": "",
            "overdue": "forfalden",
            "not_begun": "ikke begyndt til tiden",
            "not_settled": "ikke oplyst",
        }[self.timing]


def lateness(
    period: Period,
    day: date,
    *,
    is_over: bool,
    is_begun: bool | None,
    option_used: bool | None = None,
) -> Lateness:
    """Whether an activity of that period is late on the day.

    `is_over`: done or dropped; `is_begun`: None where no status is recorded; `option_used`: whether an option to extend
    was used, None where that is not recorded. A period without an end is never overdue.
    """
    if is_over:
        return Lateness("in_time")
    if period.end is not None and last_day(period.end) < day:
        return _past_end(period, day, is_begun, option_used)
    if period.start is not None and last_day(period.start) < day and is_begun is False:
        return Lateness("not_begun", f"Skulle efter planen begynde senest {_words(period.start)}.")
    return Lateness("in_time")


def _past_end(
    period: Period, day: date, is_begun: bool | None, option_used: bool | None
) -> Lateness:
    assert period.end is not None
    end = period.end
    if period.option_until is not None and last_day(period.option_until) >= day:
        if option_used:
            return Lateness("in_time")
        if option_used is None:
            option = f"om optionen til {_words(period.option_until)} er brugt, er ikke oplyst"
            return Lateness("not_settled", f"Perioden løb ud {_words(end)}; {option}.")
    elif period.option_until is not None and option_used is not False:
        end = period.option_until
    if is_begun is None:
        return Lateness("not_settled", f"Perioden løb ud {_words(end)}, og status er ikke oplyst.")
    return Lateness("overdue", f"Skulle efter planen være slut {_words(end)}.")


def _words(moment: str) -> str:
    """The last day a moment can mean, as `31.12.2019`."""
    return f"{last_day(moment):%d.%m.%Y}"
