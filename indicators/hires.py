"""Hires of the target group to fleksjob, by kind and via clause.

Belongs here: fleksjob cases by the month employment begins, as counts over one block, and the figures of `hires_by_kind`.
Not here: ordinary jobs, which are the exits to a job (`exits`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.block import UNKNOWN_PERSON
from indicators.calendar import months_of
from indicators.categories import FLEKSJOB_KINDS
from indicators.figures import Rows
from indicators.fleksjob import BY_CLAUSE
from indicators.study import Study
from indicators.tally import Counts, Series, Tally

ORDINARY = "ordinær"
YEAR = 12


def count_hires(study: Study) -> Counts:
    """`hires` of T by kind, and via clause whatever the kind: cases whose employment begins in the month, of those in T on
    its last day."""
    tally = Tally(study.span, {})
    cases = study.block.fleksjob
    if cases is None:
        return tally.counts()
    begins = np.where(cases.person != UNKNOWN_PERSON, months_of(cases.employed_first), -1)
    kinds = {kind: cases.kind.among(kind) for kind in FLEKSJOB_KINDS} | {BY_CLAUSE: cases.by_clause}
    for month in study.span:
        rows = np.flatnonzero(begins == month)
        hired = rows[np.isin(cases.person[rows], study.members(month, "T").at)]
        for kind, of_kind in kinds.items():
            tally.add(month, Series("hires", kind, "T"), of_kind[hired].sum())
    return tally.counts()


def hires_figures(exits: Counts, hires: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`hires_by_kind` of T in the month and in twelve; ordinary hires are the narrow exits to a job."""
    rows = Rows(months, exits)
    counted = {ORDINARY: exits.of("exits_job", "narrow", "T")}
    counted |= {kind: hires.of("hires", kind, "T") for kind in (*FLEKSJOB_KINDS, BY_CLAUSE)}
    for kind, cubes in counted.items():
        total = {dims: cube for dims, cube in cubes.items() if not any(dims)}
        rows.count("hires_by_kind", kind, "T", total)
        of_year = {dims: cube.over(YEAR) for dims, cube in total.items()}
        rows.count("hires_by_kind", f"{kind}|12m", "T", of_year)
    return rows.table()
