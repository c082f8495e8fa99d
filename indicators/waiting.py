"""How long people wait: from a referral to fleksjob until they have one, and from 18 years until a decision.

Belongs here: the histograms of waits, ended and cut short, and the young people decided in time, as counts over one block.
Not here: who is referred (`fleksjob`), medians (`survival`, `fleksjob_figures`).

Definitions: the specification's "Fleksjob and clarification", `fleksjob_wait` and `transition_18`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.block import UNKNOWN_PERSON, Bools, FleksjobCases
from indicators.calendar import FOREVER, Int32s, birthdays, first_day, last_day, months_later
from indicators.fleksjob import GROUPS, REFERRED
from indicators.people import Population
from indicators.study import Study
from indicators.tally import Counts, Series, Tally

YEAR = 12
REFERRAL_MONTHS = 36
"""How many months' referrals the Kaplan–Meier median is of, the report's month the last."""
ADULT = 18
DECISION_MONTHS = 6
"""How long after the birthday a decision is in time."""
IMPAIRMENT = "udviklingshæmning"
DECISIONS = ("fleksjob", "førtidspension")
CUT_SHORT, ENDED = 0, 1


@dataclass(frozen=True)
class Referrals:
    """Distinct referrals of a person: the first day, the last (FOREVER while open), and the first day from the first on
    that the person has a job in the register (FOREVER when none)."""

    person: Int32s
    first: Int32s
    last: Int32s
    event: Int32s


def count_waiting(study: Study) -> Counts:
    """Histograms of P and T: `wait` of (month, days) of those who began work in the twelve months; `referred_wait` of
    (month, whether it ended, days) of those referred in the 36 months, cut short at the month's end or the referral's; and
    of T `decision_wait` of (month, whether decided, days since the birthday). Counts of T: `turned_18` in the twelve months
    and of them `decided_in_time`."""
    cases = study.block.fleksjob
    tally = Tally(study.span, {})
    if cases is None:
        return tally.counts()
    referrals = find_referrals(cases)
    decided = _first_decisions(cases, len(study.block.people.person))
    for quantity in ("wait", "referred_wait", "decision_wait"):
        tally.was_counted(quantity, study.months)
    for month in study.months:
        population = study.population(month)
        for group in GROUPS:
            inside = np.zeros(len(study.block.people.person), dtype=bool)
            inside[population.group(group).at] = True
            _count_waits(tally, month, group, referrals, inside[referrals.person])
        _count_transitions(study, tally, month, population, decided)
    return tally.counts()


def find_referrals(cases: FleksjobCases) -> Referrals:
    """The distinct (person, first day) of decisions of fleksjob, with the latest end of their rows."""
    known = cases.person != UNKNOWN_PERSON
    chosen = known & cases.outcome.among(REFERRED) & (cases.referred_first != FOREVER)
    order = np.lexsort(
        (cases.referred_last[chosen], cases.referred_first[chosen], cases.person[chosen])
    )
    person, first, last = (
        column[chosen][order]
        for column in (cases.person, cases.referred_first, cases.referred_last)
    )
    differs = (person[1:] != person[:-1]) | (first[1:] != first[:-1])
    is_last = np.append(differs, True) if len(person) else np.zeros(0, dtype=bool)
    person, first, last = person[is_last], first[is_last], last[is_last]

    # Each referral beside each of its person's employment spells; the cases stand by person.
    hired = (
        known & (cases.employed_first != FOREVER) & (cases.employed_last >= cases.employed_first)
    )
    worker = cases.person[hired]
    begin, end = (np.searchsorted(worker, person, side=side) for side in ("left", "right"))
    beside = np.repeat(np.arange(len(person)), end - begin)
    spell = np.arange(len(beside)) - np.repeat(np.cumsum(end - begin) - end, end - begin)
    began, ended = cases.employed_first[hired][spell], cases.employed_last[hired][spell]
    event = np.full(len(person), FOREVER, dtype=np.int32)
    reaches = ended >= first[beside]
    np.minimum.at(event, beside[reaches], np.maximum(began, first[beside])[reaches])
    return Referrals(person, first, last, event)


def _count_waits(tally: Tally, month: int, group: str, referrals: Referrals, inside: Bools) -> None:
    day = last_day(month)
    began = inside & (referrals.event >= first_day(month - YEAR + 1)) & (referrals.event <= day)
    waited = (referrals.event - referrals.first)[began]
    tally.spread(Series("wait", "", group), _rows(month, waited))
    since = first_day(month - REFERRAL_MONTHS + 1)
    referred = inside & (referrals.first >= since) & (referrals.first <= day)
    first, event = referrals.first[referred], referrals.event[referred]
    until = np.minimum(referrals.last[referred], day)
    ended = np.where(event <= until, ENDED, CUT_SHORT)
    days = np.minimum(event, until) - first
    tally.spread(Series("referred_wait", "", group), _rows(month, ended, days))


def _first_decisions(cases: FleksjobCases, people: int) -> Int32s:
    """The day of each person's first decision of fleksjob or førtidspension, FOREVER when none."""
    chosen = (cases.person != UNKNOWN_PERSON) & cases.outcome.among(*DECISIONS)
    decided = np.full(people, FOREVER, dtype=np.int32)
    np.minimum.at(decided, cases.person[chosen], cases.decided[chosen])
    return decided


def _count_transitions(
    study: Study, tally: Tally, month: int, population: Population, decided: Int32s
) -> None:
    day, registrations = last_day(month), study.block.registrations
    covering = (registrations.first <= day) & (registrations.last >= day)
    of_kind = np.zeros(len(decided), dtype=bool)
    of_kind[registrations.person[covering & registrations.impairment.among(IMPAIRMENT)]] = True
    at = population.group("T").at
    at = at[of_kind[at]]
    birthday = birthdays(study.block.people.birth[at], ADULT)
    turned = (birthday >= first_day(month - YEAR + 1)) & (birthday <= day)
    at, birthday = at[turned], birthday[turned]
    is_decided = decided[at] <= day
    in_time = is_decided & (decided[at] <= months_later(birthday, DECISION_MONTHS))
    tally.add(month, Series("turned_18", "", "T"), np.array(len(at)))
    tally.add(month, Series("decided_in_time", "", "T"), in_time.sum())
    days = np.where(is_decided, decided[at], day) - birthday
    ended = np.where(is_decided, ENDED, CUT_SHORT)
    tally.spread(Series("decision_wait", "", "T"), _rows(month, ended, days))


def _rows(month: int, *keys: Int32s) -> np.ndarray:
    return np.column_stack([np.full(len(keys[0]), month), *keys]).astype(np.int64)
