"""The compensation Act: people with an active grant, and how long decided cases took.

Belongs here: `with_grant` of P and T by scheme, and the histogram of case days. Not here: rates, medians and percentiles
(`figures`).

Definitions: the specification's "Compensation Act"; lov om kompensation til handicappede i erhverv. Case figures count all
cases of the municipality, not only those of people in P.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from indicators.block import UNKNOWN_PERSON, Block, Bools, Grants
from indicators.calendar import (
    FOREVER,
    Int32s,
    a_year_later_minus_a_day,
    first_day,
    last_day,
)
from indicators.categories import NOT_STATED, SCHEMES
from indicators.people import Register, Rules
from indicators.tally import Tally, joined

ONE_OFF_SCHEME = "hjælpemidler"
ALL = "all"
GRANTED, REJECTED = "bevilget", "afslag"
WINDOW_MONTHS = 12


def count_grants(block: Block, months: Iterable[int], rules: Rules) -> pd.DataFrame:
    """Counts `with_grant` by scheme and `all`, of P and T, and `members` of T, in the long form of `tally`.

    A person with two schemes counts once in `all`.
    """
    grants = block.grants
    if grants is None:
        return joined([])
    register = Register(block, rules)
    tally = Tally(rules.categories())
    last = _last_active_day(grants)
    for month in months:
        members = register.members(month)
        active = _active(grants, last, last_day(month))
        flags = {}
        for scheme in SCHEMES:
            has_scheme = np.zeros(len(block.people.person), dtype=bool)
            has_scheme[grants.person[active & (grants.scheme == scheme)]] = True
            flags["with_grant", scheme] = has_scheme[members.at]
        any_scheme = np.logical_or.reduce(list(flags.values()))
        flags["with_grant", ALL] = any_scheme
        tally.count(month, "P", members, flags)
        tally.count(
            month, "T", members, {**flags, ("members", ""): np.ones(len(members.at), dtype=bool)}
        )
    return tally.table()


def count_case_days(block: Block, months: Iterable[int]) -> pd.DataFrame:
    """Histogram of calendar days from application to decision of the cases decided in the twelve months up to each month,
    by scheme and by job centre.

    Returns `month, scheme, job_centre, days, n`; frafaldet cases are left out.
    """
    grants, months = block.grants, list(months)
    columns = ["month", "scheme", "job_centre", "days"]
    if grants is None or not months:
        return pd.DataFrame({column: [] for column in [*columns, "n"]})
    decided = np.isin(grants.outcome.astype(str), [GRANTED, REJECTED]) & (grants.decided != FOREVER)
    cases = pd.DataFrame(
        {
            "decided": grants.decided[decided],
            "scheme": grants.scheme[decided],
            "job_centre": [name or NOT_STATED for name in grants.job_centre[decided]],
            "days": grants.decided[decided] - grants.applied[decided],
        }
    )
    parts = []
    for month in months:
        begin, end = first_day(month - WINDOW_MONTHS + 1), last_day(month)
        within = cases[(cases["decided"] >= begin) & (cases["decided"] <= end)]
        parts.append(within.drop(columns="decided").assign(month=np.int32(month)))
    return pd.concat(parts).groupby(columns, as_index=False).size().rename(columns={"size": "n"})


def _last_active_day(grants: Grants) -> Int32s:
    """The grant's last day; a one-off grant is active until the day before the same date a year later."""
    one_off = (grants.scheme == ONE_OFF_SCHEME) & (grants.last == FOREVER)
    one_off &= grants.first != FOREVER
    last = grants.last.copy()
    last[one_off] = a_year_later_minus_a_day(grants.first[one_off])
    return last


def _active(grants: Grants, last: Int32s, day: int) -> Bools:
    granted = (grants.outcome == GRANTED) & (grants.person != UNKNOWN_PERSON)
    return np.asarray(granted & (grants.first <= day) & (last >= day))
