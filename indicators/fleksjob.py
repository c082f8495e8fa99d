"""People referred to fleksjob, those of them who have one, and those long on ledighedsydelse.

Belongs here: `referred` and `referred_employed` of P and T, by kind of fleksjob and via clause; `long_ledighedsydelse`. Not
here: how long people wait (`waiting`), decisions (`clarification`), shares (`fleksjob_figures`).

Definitions: the specification's "Fleksjob and clarification"; lov om en aktiv beskæftigelsesindsats.
"""

from __future__ import annotations

import numpy as np

from indicators.block import UNKNOWN_PERSON, FleksjobCases
from indicators.calendar import Int32s, last_day, reference_week
from indicators.categories import FLEKSJOB_KINDS, NOT_STATED
from indicators.people import breakdowns
from indicators.study import Study
from indicators.tally import Counts, Series, Tally
from indicators.unemployment import LONG_TERM_WEEKS, WINDOW, running, spent

REFERRED = "fleksjob"
BY_CLAUSE = "via_klausul"
GROUPS = ("P", "T")
LEDIGHEDSYDELSE = (740, 748)
"""The first and last code of ledighedsydelse."""
KINDS = (*FLEKSJOB_KINDS, NOT_STATED)


def count_fleksjob(study: Study) -> Counts:
    """Counts of P and T: `referred` and `referred_employed`, in all, by breakdowns and by kind, and those employed via
    clause; `long_ledighedsydelse` in months with all 52 weeks delivered.

    Of several employment spells covering the day the one begun last decides the kind.
    """
    tally = Tally(study.span, {**study.rules.categories(), "scheme": KINDS})
    _count_long(study, tally)
    if study.block.fleksjob is not None:
        cases = study.block.fleksjob
        kinds = cases.kind.places(KINDS)
        for month in study.months:
            _count_month(study, tally, month, cases, kinds)
    return tally.counts()


def _count_month(
    study: Study, tally: Tally, month: int, cases: FleksjobCases, kinds: Int32s
) -> None:
    day, n = last_day(month), len(study.block.people.person)
    known = cases.person != UNKNOWN_PERSON
    in_force = known & (cases.referred_first <= day) & (cases.referred_last >= day)
    referred = np.zeros(n, dtype=bool)
    referred[cases.person[in_force & cases.outcome.among(REFERRED)]] = True
    working = np.flatnonzero(known & (cases.employed_first <= day) & (cases.employed_last >= day))
    job = np.full(n, -1)
    # The cases stand by first day of employment, and numpy keeps the last of repeated assignments.
    job[cases.person[working]] = working
    employed = referred & (job >= 0)
    clause = np.zeros(n, dtype=bool)
    clause[employed] = cases.by_clause[job[employed]]
    for group in GROUPS:
        members = study.members(month, group)
        at = members.at
        flags = {("referred", ""): referred[at], ("referred_employed", ""): employed[at]}
        tally.count(month, group, members, flags, breakdowns(group))
        by_kind = np.bincount(kinds[job[at[employed[at]]]], minlength=len(KINDS))
        tally.add(month, Series("referred_employed", "", group, "scheme"), by_kind)
        tally.add(month, Series("referred_employed", BY_CLAUSE, group), clause[at].sum())


def _count_long(study: Study, tally: Tally) -> None:
    weeks = study.block.weeks
    first, last = LEDIGHEDSYDELSE
    # Codes below the first wrap around to numbers far above, so that one comparison does.
    within = (weeks.by_person.rows - np.uint16(first)) <= last - first
    who = weeks.by_person.who(np.asarray(within.any(axis=1)))
    codes = weeks.of(who).by_person.by_time()
    upto = running((codes >= first) & (codes <= last))
    is_long = np.zeros(len(study.block.people.person), dtype=bool)
    for month in study.months:
        week = reference_week(last_day(month))
        at = week - weeks.first_week
        if weeks.covers(week) and at + 1 >= WINDOW:
            is_long[:] = False
            is_long[who] = spent(upto, at) >= LONG_TERM_WEEKS
            for group in GROUPS:
                members = study.members(month, group)
                flags = {("long_ledighedsydelse", ""): is_long[members.at]}
                tally.count(month, group, members, flags, breakdowns(group))
