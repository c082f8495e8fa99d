"""One pass over a block for each area: from the registers' tables to additive counts.

Belongs here: the picklable functions engines map over blocks. Not here: counting (the area modules), the engines
(`blocks.engines`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from indicators.block import WeekAxis, assemble
from indicators.compensation import count_case_days, count_grants
from indicators.employment import count_employment
from indicators.exits import count_exits
from indicators.fleksjob import count_fleksjob
from indicators.people import Rules
from indicators.unemployment import count_unemployment

HISTORY_MONTHS = 11
"""How far before the first month asked for a twelve-month sum reaches."""


@dataclass(frozen=True)
class Question:
    """What a pass is asked: the months, in order, the rules, and what the weekly register covers."""

    months: Sequence[int]
    rules: Rules
    axis: WeekAxis


Tables = Mapping[str, pa.Table]


def unemployment_pass(question: Question, tables: Tables) -> pd.DataFrame:
    """Counts of `unemployment_figures`."""
    return count_unemployment(assemble(tables, question.axis), question.months, question.rules)


def employment_pass(question: Question, tables: Tables) -> pd.DataFrame:
    """Counts of `employment_figures`."""
    return count_employment(assemble(tables, question.axis), question.months, question.rules)


def exits_pass(question: Question, tables: Tables) -> pd.DataFrame:
    """Counts of `exits_figures`, beginning eleven months earlier."""
    first = question.months[0] - HISTORY_MONTHS
    months = range(first, question.months[-1] + 1)
    return count_exits(assemble(tables, question.axis), months, question.rules)


def compensation_pass(question: Question, tables: Tables) -> pd.DataFrame:
    """Counts of `compensation_figures`."""
    return count_grants(assemble(tables, question.axis), question.months, question.rules)


def case_days_pass(question: Question, tables: Tables) -> pd.DataFrame:
    """Histogram of case days."""
    return count_case_days(assemble(tables, question.axis), question.months)


def fleksjob_pass(question: Question, tables: Tables) -> pd.DataFrame:
    """Counts of `fleksjob_figures`."""
    return count_fleksjob(assemble(tables, question.axis), question.months, question.rules)
