"""People with a job and people by labour-market state, by month, for the target group and everybody else.

Belongs here: `members`, `employed` (any and ordinary), the states, and those who had a job a year before, as counts over
one block. Not here: rates, gaps and the standardisation (`employment_figures`), what makes a week a job (`weeks`).

Definitions: the specification's "Work" and "Time, people, groups".
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from indicators import codes
from indicators.calendar import last_day, reference_week
from indicators.people import Members, breakdowns, crossings
from indicators.study import Study
from indicators.tally import Counts, Series, Tally
from indicators.unemployment import WINDOW
from indicators.weeks import JOB_KINDS

CELL_DIM = "sex|age_group|district"
"""The crossing the standardised gap is made of: counted, never a row of its own."""
GROUPS = ("T", "R")


def count_employment(study: Study) -> Counts:
    """Counts of T and R: `members`, `employed` (`any`, `ordinary`), `benefit_state` by state, and of those with any job 52
    weeks earlier (`had_job`) who `kept_job`; the first two also by the crossing that standardisation needs.

    A month whose reference week is not delivered, or whose wages are not, is not counted; of the retained, nor is one
    without them 52 weeks earlier.
    """
    categories = study.rules.categories()
    crossed = CELL_DIM.split("|")
    cells = tuple("|".join(names) for names in product(*(categories[dim] for dim in crossed)))
    tally = Tally(study.span, {**categories, "state": codes.states(), CELL_DIM: cells})
    sizes = [len(categories[dim]) for dim in crossed]
    work = study.everybody
    for month in study.months:
        week = reference_week(last_day(month))
        if not work.is_known(week):
            continue
        state = work.state(week)
        jobs = {kind: work.job(week, kind) for kind in JOB_KINDS}
        earlier = work.any_job(week - WINDOW) if work.is_known(week - WINDOW) else None
        for group in GROUPS:
            members = _with_cell(study.members(month, group), crossed, sizes)
            at = members.at
            flags = {("members", ""): np.ones(len(at), dtype=bool)}
            flags |= {("employed", kind): job[at] for kind, job in jobs.items()}
            tally.count(month, group, members, flags, [*breakdowns(group), CELL_DIM])
            flags.pop(("employed", "ordinary"))
            tally.count(month, group, members, flags, pairs=crossings(group), total=False)
            of_group = np.bincount(state[at], minlength=len(codes.states()))
            tally.add(month, Series("benefit_state", "", group, "state"), of_group)
            tally.add(month, Series("benefit_state", "", group), of_group.sum())
            if earlier is not None:
                had = earlier[at]
                kept = {("had_job", "any"): had, ("kept_job", "any"): had & jobs["any"][at]}
                tally.count(month, group, members, kept, breakdowns(group))
    return tally.counts()


def _with_cell(members: Members, crossed: list[str], sizes: list[int]) -> Members:
    cell = np.ravel_multi_index([members.categories[dim] for dim in crossed], sizes)
    return replace(members, categories={**members.categories, CELL_DIM: cell.astype(np.int16)})
