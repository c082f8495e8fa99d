"""Dated promises and what the office shall keep account of: milestones, the process, deliverables, anchoring, registers.

Belongs here: what a plan says of each. Not here: what became of it (`following`).
"""

from __future__ import annotations

from pydantic import Field

from plans.parts import Moment, Part, Text


class Milestone(Part):
    """A dated promise: a paper to hand in, a decision to take. `raw` is the plan's own date."""

    due: Moment
    raw: Text
    body: str | None = None


class ProcessStep(Part):
    """A step of how the plan came about: a day, the body and the paper it had before it."""

    when: Moment
    body: Text
    document: str = ""


class Deliverable(Part):
    """Something to be made: for whom, when it is due, who shall take part, and the deliverable it repeats."""

    audiences: tuple[Text, ...] = ()
    due: Moment | None = None
    involves: tuple[Text, ...] = ()
    same_as: str | None = None


class AnchorDocument(Part):
    """A kind of yearly document the activities shall be written into; `by_centre` where each centre has its own."""

    years: tuple[int, ...] = Field(min_length=1)
    by_centre: bool = False


class KeptFact(Part):
    """Something no system holds: the kept register and the columns of it in which the office keeps it for the plan."""

    kept_in: Text
    columns: tuple[Text, ...] = Field(min_length=1)
