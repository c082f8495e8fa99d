"""People with a job and people by labour-market state, by month, for the target group and everybody else.

Belongs here: `members`, `employed` (any and ordinary) and the states, as counts over one block. Not here: rates, gaps and
the standardisation (`figures`), what makes a week a job (`weeks`).

Definitions: the specification's "Work" and "Time, people, groups".
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np
import pandas as pd

from indicators import codes
from indicators.block import Block
from indicators.calendar import last_day, reference_week
from indicators.people import Register, Rules
from indicators.tally import Tally, breakdowns
from indicators.weeks import WorkWeeks

CELL_DIM = "sex|age_group|district"
"""The crossing the standardised gap is made of: counted, never published."""


def count_employment(block: Block, months: Iterable[int], rules: Rules) -> pd.DataFrame:
    """Counts `members`, `employed` (`any`, `ordinary`) and `benefit_state` by state, of T and R, in the long form of
    `tally`; `members` and `employed` also by the crossing of sex and age that standardisation needs.

    A month whose reference week is not delivered, or whose wages are not, gives no rows.
    """
    register = Register(block, rules)
    work = WorkWeeks(block)
    categories = rules.categories()
    crossed = CELL_DIM.split("|")
    cells = tuple("|".join(names) for names in product(*(categories[dim] for dim in crossed)))
    tally = Tally({**categories, CELL_DIM: cells})
    for month in months:
        week = reference_week(last_day(month))
        if not work.is_known(week):
            continue
        members = register.members(month)
        places = [members.categories[dim] for dim in crossed]
        sizes = [len(categories[dim]) for dim in crossed]
        members.categories[CELL_DIM] = np.ravel_multi_index(places, sizes).astype(np.int32)
        state = work.state(week)[members.at]
        flags = {
            ("members", ""): np.ones(len(members.at), dtype=bool),
            ("employed", "any"): work.any_job(week)[members.at],
            ("employed", "ordinary"): work.ordinary_job(week)[members.at],
        }
        for group in ("T", "R"):
            tally.count(month, group, members, flags, dims=[*breakdowns(group), CELL_DIM])
            of_group = np.bincount(state[members.of(group)], minlength=len(codes.states()))
            quantity = [("benefit_state", "")]
            tally.add(month, group, "state", codes.states(), quantity, of_group)
            tally.add(month, group, "", [""], quantity, of_group.sum(keepdims=True))
    return tally.table()
