"""People with an active grant under the compensation Act, and the hours of personal assistance they have.

Belongs here: `with_grant` of P and T by scheme, and the hours of active assistance, as counts over one block. Not here: the
cases, which count whoever they are about (`cases`), money (`spending`), rates and means (`compensation_figures`).

Definitions: the specification's "Compensation Act"; lov om kompensation til handicappede i erhverv.
"""

from __future__ import annotations

import numpy as np

from indicators.calendar import Int32s, last_day
from indicators.categories import SCHEMES
from indicators.grants import is_of_people, last_active_days
from indicators.people import breakdowns
from indicators.study import Study
from indicators.tally import Counts, Series, Tally

ASSISTANCE = "personlig assistance"
ALL = "all"
GROUPS = ("P", "T")
HOURS_DIMS = {
    "P": ("sex", "age_group", "district"),
    "T": ("sex", "age_group", "district", "impairment"),
}


def count_grants(study: Study) -> Counts:
    """Counts `with_grant` by scheme and `all`, of P and T, and `members` of T; and the histograms `hours` of (month,
    category, hours) of active personal assistance, the hours as the bits of their float64 so that none is rounded.

    A person with two schemes counts once in `all`.
    """
    grants = study.block.grants
    tally = Tally(study.span, study.rules.categories())
    if grants is None:
        return tally.counts()
    last = last_active_days(grants)
    scheme = grants.scheme.places([*SCHEMES, ""])
    of_people = is_of_people(grants)
    tally.was_counted("hours", study.months)
    for month in study.months:
        day = last_day(month)
        active = np.flatnonzero(of_people & (grants.first <= day) & (last >= day)).astype(np.int32)
        has_scheme = np.zeros((len(SCHEMES) + 1, len(study.block.people.person)), dtype=bool)
        has_scheme[scheme[active], grants.person[active]] = True
        for group in GROUPS:
            at = study.members(month, group).at
            flags = {
                ("with_grant", name): has_scheme[place, at] for place, name in enumerate(SCHEMES)
            }
            flags["with_grant", ALL] = np.logical_or.reduce(list(flags.values()))
            if group == "T":
                flags["members", ""] = np.ones(len(at), dtype=bool)
            tally.count(month, group, study.members(month, group), flags, breakdowns(group))
        _count_hours(study, tally, month, active[grants.scheme.among(ASSISTANCE)[active]])
    return tally.counts()


def _count_hours(study: Study, tally: Tally, month: int, active: Int32s) -> None:
    grants = study.block.grants
    assert grants is not None
    active = active[~np.isnan(grants.hours[active])]
    place = np.full(len(study.block.people.person), -1, dtype=np.int32)
    for group in GROUPS:
        members = study.members(month, group)
        place[:] = -1
        place[members.at] = np.arange(len(members.at))
        of_grant = place[grants.person[active]]
        helped = members.of(of_grant[of_grant >= 0])
        bits = grants.hours[active[of_grant >= 0]].view(np.int64)
        for dim in ("", *HOURS_DIMS[group]):
            category = helped.categories[dim] if dim else np.zeros(len(bits), dtype=np.int64)
            rows = np.column_stack([np.full(len(bits), month), category, bits])
            tally.spread(Series("hours", "", group, dim), rows.astype(np.int64))
