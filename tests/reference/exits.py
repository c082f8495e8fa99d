"""Spells of unemployment and how they end: the nine rules of the indicator page, in order.

One person at a time, one week at a time. Which exits are counted for whom is in `unemployment`.
"""

from __future__ import annotations

from dataclasses import dataclass

from .model import Data, Person, Week
from .week_states import (
    has_any_job,
    has_ordinary_job,
    is_blank,
    is_holiday_from_job,
    is_unemployed,
    state,
)

DESTINATIONS = ("job", "supported_job", "education", "other_benefit", "self_support")
CENSORED = "censored"
GOES_ON = "goes on"
FOLDED = "folded"

JOB_WEEKS = 4
SELF_SUPPORT_WEEKS = 26


@dataclass(frozen=True)
class Spell:
    """A spell: first and last unemployed week, and where and in which week `w` it ended.

    `end` is None when the register ran out. `length` counts the weeks from the first to the last
    unemployed one, folded breaks included.
    """

    first: Week
    last: Week
    length: int
    left_censored: bool
    destination: str
    end: Week | None


def answer(data: Data, person: Person, position: int, definition: str) -> str:
    """What rules 1-9 say of the week at a position in the register."""
    if position >= len(data.weeks):
        return CENSORED
    week = data.weeks[position]
    if is_unemployed(data, person, week, definition):
        return GOES_ON
    found = state(data, person, week)
    if found == "education":
        return "education"
    if found in ("not_resident", "old_age_pension", "dead"):
        return CENSORED
    if found in ("fleksjob", "subsidised_job"):
        return "supported_job"
    if not is_blank(person, week) and not is_holiday_from_job(data, person, week):
        return "other_benefit"
    month_ahead = data.weeks[position : position + JOB_WEEKS]
    if all(has_ordinary_job(data, person, each) for each in month_ahead):
        return "job" if len(month_ahead) == JOB_WEEKS else CENSORED
    # Half a year that the register does not hold to its end is not known to be blank.
    half_year = data.weeks[position : position + SELF_SUPPORT_WEEKS]
    if len(half_year) == SELF_SUPPORT_WEEKS and all(
        is_blank(person, each) and not has_any_job(data, person, each) for each in half_year
    ):
        return "self_support"
    return FOLDED


def spells(data: Data, person: Person, definition: str) -> list[Spell]:
    """Every spell of a person, oldest first; `definition` is `narrow` or `wide`."""
    found: list[Spell] = []
    position = 0
    while position < len(data.weeks):
        if not is_unemployed(data, person, data.weeks[position], definition):
            position = position + 1
            continue
        first = last = position
        position = position + 1
        said = answer(data, person, position, definition)
        while said in (GOES_ON, FOLDED):
            if said == GOES_ON:
                last = position
            position = position + 1
            said = answer(data, person, position, definition)
        found.append(
            Spell(
                first=data.weeks[first],
                last=data.weeks[last],
                length=last - first + 1,
                left_censored=first == 0,
                destination=said,
                end=data.weeks[position] if position < len(data.weeks) else None,
            )
        )
    return found
