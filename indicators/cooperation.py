"""Citizens whom another administration has a case with too.

Belongs here: persons of P and T with a shared case at the month's last day, as counts over one block, and their figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.block import UNKNOWN_PERSON
from indicators.calendar import last_day
from indicators.categories import SHARING_ADMINISTRATIONS
from indicators.figures import Rows
from indicators.study import Study
from indicators.tally import Counts, Series, Tally

GROUPS = ("P", "T")


def count_shared(study: Study) -> Counts:
    """`shared` of P and T: members with a spell covering the day, by administration and in all, each person once."""
    tally = Tally(study.span, {"administration": SHARING_ADMINISTRATIONS})
    cases = study.block.shared_cases
    if cases is None:
        return tally.counts()
    known = cases.person != UNKNOWN_PERSON
    place = cases.administration.places((*SHARING_ADMINISTRATIONS, ""))
    size = len(SHARING_ADMINISTRATIONS)
    for month in study.months:
        day = last_day(month)
        rows = np.flatnonzero(known & (cases.first <= day) & (cases.last >= day))
        shared = np.zeros((len(study.block.people.person), size + 1), dtype=bool)
        shared[cases.person[rows], place[rows]] = True
        for group in GROUPS:
            of_members = shared[study.members(month, group).at]
            by_administration = of_members[:, :size].sum(axis=0)
            tally.add(month, Series("shared", "", group, "administration"), by_administration)
            tally.add(month, Series("shared", "", group), of_members.any(axis=1).sum())
    return tally.counts()


def cooperation_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`shared_citizens` of P and T."""
    rows = Rows(months, counts)
    for group in GROUPS:
        rows.count("shared_citizens", "", group, counts.of("shared", "", group))
    return rows.table()
