"""Unemployed people and the long-term unemployed among them, by month.

Belongs here: `unemployed` and `ltu_80` as counts over one block. Not here: what makes a week unemployed (`weeks`), the
share of one in the other (`figures`).

Definitions: jobindsats.dk's langtidsledig, at least 80 pct. of the last 52 weeks; the specification's "Long-term
unemployment".
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from indicators import weeks
from indicators.block import Block
from indicators.calendar import last_day, reference_week
from indicators.people import Register, Rules
from indicators.tally import Tally

WINDOW = 52
LONG_TERM_WEEKS = 42
"""The least whole number of weeks that is 80 pct. of 52."""


def count_unemployment(block: Block, months: Iterable[int], rules: Rules) -> pd.DataFrame:
    """Counts `unemployed` and `ltu_80` of T, narrow and wide, in the long form of `tally`.

    A month whose reference week is not delivered gives no rows; one without all 52 weeks gives no `ltu_80`.
    """
    register = Register(block, rules)
    tally = Tally(rules.categories())
    first, last = block.weeks.first_week, block.weeks.last_week
    states = {variant: weeks.unemployed(block.weeks.codes, variant) for variant in weeks.VARIANTS}
    until = {
        variant: np.concatenate(
            [np.zeros((1, state.shape[1]), np.int16), np.cumsum(state, axis=0, dtype=np.int16)]
        )
        for variant, state in states.items()
    }
    for month in months:
        week = reference_week(last_day(month))
        if not first <= week <= last:
            continue
        members = register.members(month)
        at = week - first
        flags = {}
        for variant, state in states.items():
            now = state[at, members.at]
            flags["unemployed", variant] = now
            if at + 1 >= WINDOW:
                upto = until[variant]
                spent = upto[at + 1, members.at] - upto[at + 1 - WINDOW, members.at]
                flags["ltu_80", variant] = now & (spent >= LONG_TERM_WEEKS)
        tally.count(month, "T", members, flags)
    return tally.table()
