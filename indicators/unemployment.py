"""Unemployed people and the long-term unemployed among them, by month.

Belongs here: `unemployed`, `ltu_80` and `ltu_52` as counts over one block. Not here: what makes a week unemployed (`weeks`),
how runs of weeks are bridged (`bridges`), the figures (`unemployment_figures`).

Definitions: jobindsats.dk's langtidsledig, at least 80 pct. of the last 52 weeks; Statistics Denmark's, a year without a
real break; the specification's "Long-term unemployment".
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indicators import weeks
from indicators.block import Bools
from indicators.bridges import quiet_months, run_starts
from indicators.calendar import last_day, reference_week
from indicators.people import breakdowns, crossings
from indicators.study import Study
from indicators.tally import Counts, Tally

Counted = npt.NDArray[np.uint8]

WINDOW = 52
LONG_TERM_WEEKS = 42
"""The least whole number of weeks that is 80 pct. of 52."""


def count_unemployment(study: Study) -> Counts:
    """Counts `unemployed`, `ltu_80` and `ltu_52` of T, narrow and wide; the first two narrow also crossed.

    A month whose reference week is not delivered is not counted; one without all 52 weeks has no `ltu_80` or `ltu_52`.
    """
    tally = Tally(study.span, study.rules.categories())
    upto = {variant: running(study.unemployed(variant)) for variant in weeks.VARIANTS}
    quiet = quiet_months(study)
    starts = {variant: run_starts(study, variant, quiet) for variant in weeks.VARIANTS}
    for month in study.months:
        week = reference_week(last_day(month))
        if not study.target.is_delivered(week):
            continue
        at, who = week - study.target.first_week, study.target_at(month)
        flags, headline = {}, {}
        for variant in weeks.VARIANTS:
            now = study.unemployed(variant)[at, who]
            flags["unemployed", variant] = now
            if at + 1 >= WINDOW:
                flags["ltu_80", variant] = now & (spent(upto[variant], at)[who] >= LONG_TERM_WEEKS)
                flags["ltu_52", variant] = now & (at - starts[variant][at, who] + 1 >= WINDOW)
        members = study.members(month, "T")
        tally.count(month, "T", members, flags, breakdowns("T"))
        headline = {key: flag for key, flag in flags.items() if key in HEADLINE}
        tally.count(month, "T", members, headline, pairs=crossings("T"), total=False)
    return tally.counts()


HEADLINE = (("unemployed", "narrow"), ("ltu_80", "narrow"))
"""The counts that are crossed by two breakdowns at once."""


def running(traits: Bools) -> Counted:
    """How many weeks before each bear the trait, (weeks + 1 x people), counted round past 255: a difference over a window is
    right all the same."""
    counted = np.zeros((len(traits) + 1, traits.shape[1]), dtype=np.uint8)
    # Row by row, which numpy's cumsum is several times slower at.
    for week, bearing in enumerate(traits):
        np.add(counted[week], bearing.view(np.uint8), out=counted[week + 1])
    return counted


def spent(upto: Counted, at: int) -> Counted:
    """How many of the WINDOW weeks that end with week `at` bear the trait; `upto` is of `running`."""
    return np.asarray(upto[at + 1] - upto[at + 1 - WINDOW])
