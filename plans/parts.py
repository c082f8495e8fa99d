"""What every part of a plan is made of: texts, moments, requirement ids.

Belongs here: the smallest pieces, which all rooms of the plan's shape share. Not here: any part itself (`activities`,
`goals`, `budget`, `promises`, `grounds`, `schema`).
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

NOT_STATED = "ikke oplyst"
"""Shown where the plan's own paper gives no value; never replaced by a guess."""

Text = Annotated[str, Field(min_length=1)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


Requirements = tuple[Annotated[str, Field(pattern=r"^[A-E]\d{2}$")], ...]


def first_day(moment: str) -> date:
    """The first day a `Moment` can mean: `2022` -> 1 January 2022, `2018-09` -> 1 September 2018."""
    year, month, day = (int(part) for part in (*moment.split("-"), "1", "1")[:3])
    return date(year, month, day)


def last_day(moment: str) -> date:
    """The last day a `Moment` can mean: `2022` -> 31 December 2022, `2019-09` -> 30 September 2019.

    Raises ValueError for a day the calendar does not have.
    """
    parts = [int(part) for part in moment.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return date(year, month, day)


def _year_as_text(value: object) -> object:
    """YAML reads `2022` as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _in_the_calendar(moment: str) -> str:
    try:
        last_day(moment)
    except ValueError:
        raise ValueError("datoen findes ikke i kalenderen") from None
    return moment


Moment = Annotated[
    str,
    BeforeValidator(_year_as_text),
    Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"),
    AfterValidator(_in_the_calendar),
]
"""A date as exactly as the paper gives it: `2022`, `2019-12` or `2018-06-30`."""


class Model(BaseModel):
    """A piece of a plan: it never changes, and a field it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(Model):
    """A named part of a plan. `id` is unique among its kind, `title` the project's own short Danish words for it;
    `requirements` are the ids of the founding documents' rows it answers. `note` says in Danish what the paper leaves open
    or says in two ways, blank where it does neither."""

    id: Text
    title: Text
    requirements: Requirements = ()
    note: str = ""
