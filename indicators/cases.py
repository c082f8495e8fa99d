"""Cases under the compensation Act: applied for, decided, open, and how long they took.

Belongs here: the counts of cases over one block. All cases of the municipality count, not only those of people in P. Not
here: people with a grant (`compensation`), rates and percentiles (`cases_figures`).

Definitions: the specification's "Compensation Act"; retssikkerhedsloven § 3, stk. 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indicators.block import UNKNOWN_PERSON, Bools, Grants
from indicators.calendar import FOREVER, Int32s, completed_years, last_day, months_of
from indicators.categories import NOT_STATED, SCHEMES
from indicators.grants import GRANTED, REJECTED
from indicators.people import Rules
from indicators.study import Study
from indicators.tally import Counts, Series, Tally

YES_NO = ("nej", "ja")
CASE_DIMS = ("job_centre", "benefit_group", "age_group", "self_employed")
SCHEME = len(SCHEMES)
"""The place of a scheme that is not among SCHEMES: counted in all, under no scheme."""


def case_categories(rules: Rules) -> dict[str, Sequence[str]]:
    """The breakdowns of cases with their categories, `uoplyst` last; benefits are those named at the grant."""
    return {
        "job_centre": (*rules.case_job_centres, NOT_STATED),
        "benefit_group": (*rules.case_benefits, NOT_STATED),
        "age_group": (*rules.age_groups, NOT_STATED),
        "self_employed": (*YES_NO, NOT_STATED),
    }


def count_cases(study: Study) -> Counts:
    """Counts `applications`, `grants` and `rejections` by scheme and month; the histogram `days` of (month, scheme, job
    centre, days) of the cases granted or rejected in the month; and `open` of (month, scheme, job centre, days since the
    application) of those open at the month's end. Schemes and centres are places in their lists.

    Each case stands once, in the month of its event; sums over twelve months are made of twelve of these.
    """
    grants = study.block.grants
    categories = case_categories(study.rules)
    tally = Tally(study.span, categories)
    if grants is None:
        return tally.counts()
    scheme = grants.scheme.places([*SCHEMES, ""])
    places = {
        "job_centre": grants.job_centre.places(categories["job_centre"]),
        "benefit_group": grants.benefit.places(categories["benefit_group"]),
        "self_employed": np.where(grants.self_employed < 0, len(YES_NO), grants.self_employed),
    }
    events = {
        "applications": (grants.applied, np.ones(len(scheme), dtype=bool)),
        "grants": (grants.decided, grants.outcome.among(GRANTED)),
        "rejections": (grants.decided, grants.outcome.among(REJECTED)),
    }
    for quantity, (day, chosen) in events.items():
        own = {**places, "age_group": _age_group(study, grants, day)}
        _count_events(tally, quantity, day, chosen & (day != FOREVER), scheme, own)
    tally.was_counted("days", study.span)
    tally.was_counted("open", study.months)
    decided = grants.outcome.among(GRANTED, REJECTED) & (grants.decided != FOREVER)
    timed = np.flatnonzero(decided & (grants.applied != FOREVER))
    _spread(
        tally,
        "days",
        months_of(grants.decided[timed]),
        scheme[timed],
        places["job_centre"][timed],
        (grants.decided - grants.applied)[timed],
    )
    undecided = (grants.decided == FOREVER) & (grants.outcome.index < 0)
    for month in study.months:
        today = last_day(month)
        later = (grants.decided != FOREVER) & (grants.decided > today)
        at = np.flatnonzero((grants.applied <= today) & (undecided | later))
        _spread(
            tally,
            "open",
            np.full(len(at), month),
            scheme[at],
            places["job_centre"][at],
            today - grants.applied[at],
        )
    return tally.counts()


def _count_events(
    tally: Tally,
    quantity: str,
    day: Int32s,
    chosen: Bools,
    scheme: Int32s,
    places: Mapping[str, Int32s],
) -> None:
    at = np.flatnonzero(chosen)
    month = months_of(day[at]) - tally.span.start
    within = (month >= 0) & (month < len(tally.span))
    at, month = at[within], month[within]
    for dim in ("", *CASE_DIMS):
        names = tally.size(dim)
        place = places[dim][at] if dim else np.zeros(len(at), dtype=np.int32)
        packed = (scheme[at].astype(np.int64) * len(tally.span) + month) * names + place
        shape = (SCHEME + 1, len(tally.span), names)
        counts = np.bincount(packed, minlength=int(np.prod(shape))).reshape(shape)
        for number, name in enumerate(SCHEMES):
            tally.add_all(Series(quantity, name, "", dim), counts[number])
        tally.add_all(Series(quantity, "all", "", dim), counts.sum(axis=0))


def _age_group(study: Study, grants: Grants, day: Int32s) -> Int32s:
    """Age group at the day, by the population register; `uoplyst` for a person it does not know and outside the groups."""
    births = np.append(study.block.people.birth, np.int32(FOREVER))
    group = study.rules.age_group_places(completed_years(births[grants.person], day))
    outside = len(study.rules.age_groups)
    return np.where(grants.person == UNKNOWN_PERSON, outside, group).astype(np.int32)


def _spread(
    tally: Tally, quantity: str, month: Int32s, scheme: Int32s, centre: Int32s, days: Int32s
) -> None:
    rows = np.column_stack([month, scheme, centre, days]).astype(np.int64)
    within = (month >= tally.span.start) & (month < tally.span.stop)
    tally.spread(Series(quantity, "", ""), rows[within])
