"""One pass over a block: from the registers' tables to the additive counts of every area asked for.

Belongs here: the picklable function engines map over blocks, and which counts each area is made of. Not here: counting (the
area modules), figures (`areas`), the engines (`blocks.engines`).

The block is assembled once however many areas are asked for, and they share what they ask of it (`study`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from indicators.assembly import assemble
from indicators.block import WeekAxis
from indicators.cases import count_cases
from indicators.clarification import count_decisions
from indicators.compensation import count_grants
from indicators.cooperation import count_shared
from indicators.course_outcomes import count_outcomes
from indicators.employment import count_employment
from indicators.exits import count_exits
from indicators.fleksjob import count_fleksjob
from indicators.hires import count_hires
from indicators.matched import count_matched
from indicators.people import Rules
from indicators.programmes import count_courses
from indicators.study import Study
from indicators.tally import Counts
from indicators.unemployment import count_unemployment
from indicators.waiting import count_waiting


@dataclass(frozen=True)
class Question:
    """What a pass is asked: the months, in order, the rules, and what the weekly register covers."""

    months: Sequence[int]
    rules: Rules
    axis: WeekAxis


Tables = Mapping[str, pa.Table]

PARTS: dict[str, tuple[Callable[[Study], Counts], ...]] = {
    "employment": (count_employment,),
    "unemployment": (count_unemployment,),
    "exits": (count_exits,),
    "compensation": (count_grants, count_cases),
    "fleksjob": (count_fleksjob, count_waiting, count_decisions),
    "programmes": (count_courses, count_outcomes, count_matched),
    "hires": (count_exits, count_hires),
    "cooperation": (count_shared,),
}
"""The counts that each area which asks the blocks is made of."""


def answer(
    question: Question, areas: Sequence[str], tables: Tables
) -> dict[str, tuple[Counts, ...]]:
    """The counts of each area asked for, over one block; what two areas are made of is counted once.

    An area counts only what its own registers hold, whatever other tables are handed along.
    """
    study = Study(assemble(tables, question.axis), question.rules, question.months)
    parts = dict.fromkeys(part for area in areas for part in PARTS[area])
    counts = {part: part(study) for part in parts}
    return {area: tuple(counts[part] for part in PARTS[area]) for area in areas}
