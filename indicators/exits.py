"""Exits from unemployment of the target group, by month.

Belongs here: the exits of each month, what became of those to a job, young people's exits to education and how long spells
were, as counts over one block. Not here: the rules that end a spell (`spells`), rates and sums (`exits_figures`).

An exit belongs to the month of its week and to T by that month's last day, with the categories of that day.
"""

from __future__ import annotations

import numpy as np

from indicators import weeks
from indicators.calendar import completed_years, last_day, reference_week, weeks_of_month
from indicators.categories import DESTINATIONS
from indicators.people import breakdowns
from indicators.spells import JOB_WEEKS, Exits, find_exits
from indicators.study import Study
from indicators.tally import Counts, Series, Tally
from indicators.weeks import WorkWeeks

SUSTAINED = {3: 13, 6: 26, 12: 52}
"""Months from the exit to the report's month, and weeks from the exit to the week that is looked at."""
YOUNG = (16, 29)
"""The ages of young people, both counted."""


def count_exits(study: Study) -> Counts:
    """Counts of T, narrow and wide: `exits` by destination; `exits_job`; `exits_young` to education; of the exits to a job
    those with a job again k months later, `sustained_k`; `unemployed` at the month's end; and the histogram `length` of
    (month, destination, weeks) of spells that are not left-censored. All stand on the month of the exit.

    A month is not counted when its weeks and the three after are not all delivered with wages; nor are `sustained_k` when
    the weeks they look at are not, nor `unemployed` when its week is not delivered.
    """
    tally = Tally(study.span, {**study.rules.categories(), "destination": DESTINATIONS})
    decided = [month for month in study.span if is_decided(study.target, month)]
    tally.was_counted("length", decided)
    for variant in weeks.VARIANTS:
        exits = find_exits(study, variant)
        exit_month = study.target.months[exits.week]
        for month in decided:
            _count_month(study, tally, month, variant, exits.only(exit_month == month))
        for month in study.span:
            _count_unemployed(study, tally, month, variant)
    return tally.counts()


def is_decided(work: WorkWeeks, month: int) -> bool:
    """Whether every week of the month, and the three that follow its last, is delivered with wages."""
    of_month = weeks_of_month(month)
    return all(work.is_known(week) for week in range(of_month.start, of_month.stop + JOB_WEEKS - 1))


def _count_unemployed(study: Study, tally: Tally, month: int, variant: str) -> None:
    week = reference_week(last_day(month))
    if study.target.is_delivered(week):
        at = week - study.target.first_week
        flags = {("unemployed", variant): study.unemployed(variant)[at, study.target_at(month)]}
        tally.count(month, "T", study.members(month, "T"), flags, breakdowns("T"))


def _count_month(study: Study, tally: Tally, month: int, variant: str, exits: Exits) -> None:
    place = np.full(len(study.candidates), -1, dtype=np.int32)
    of_target = study.target_at(month)
    place[of_target] = np.arange(len(of_target))
    exits = exits.only(place[exits.person] >= 0)
    leaving = study.members(month, "T").of(place[exits.person])

    by_destination = np.bincount(exits.destination, minlength=len(DESTINATIONS))
    tally.add(month, Series("exits", variant, "T", "destination"), by_destination)
    tally.add(month, Series("exits", variant, "T"), by_destination.sum())
    timed = ~exits.left_censored
    rows = np.column_stack([np.full(len(timed), month), exits.destination, exits.length])
    tally.spread(Series("length", variant, "T"), rows[timed].astype(np.int64))

    to_job = exits.destination == DESTINATIONS.index("job")
    age = completed_years(study.block.people.birth[leaving.at], last_day(month))
    is_young = (age >= YOUNG[0]) & (age <= YOUNG[1])
    to_education = exits.destination == DESTINATIONS.index("education")
    flags = {("exits_job", variant): to_job, ("exits_young", variant): to_education & is_young}
    of_month = weeks_of_month(month)
    for after, ahead in SUSTAINED.items():
        if all(study.target.is_known(week + ahead) for week in of_month):
            for kind in weeks.JOB_KINDS:
                later = np.zeros(len(to_job), dtype=bool)
                later[to_job] = study.jobs(kind)[exits.week[to_job] + ahead, exits.person[to_job]]
                flags[f"sustained_{after}", f"{variant}|{kind}"] = later
    tally.count(month, "T", leaving, flags, breakdowns("T"))
