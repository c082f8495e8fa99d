"""Cases of the employment administration: impairments, and compensation.

Here belongs: the sources `target_group` and `compensation`. Here does not belong: fleksjob cases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from synthetic.people import NEVER, Bools, Floats, People, cpr_text
from synthetic.profiles import State
from synthetic.timeline import Days, Ints, Timeline
from synthetic.weeks import States, trend
from synthetic.writing import coded

IMPAIRMENTS = (
    "fysisk", "psykisk", "kognitiv", "udviklingsforstyrrelse", "udviklingshæmning", "hjerneskade",
    "hjernerystelse", "syn", "hørelse", "andet",
)  # fmt: skip
IMPAIRMENT_SHARE = (0.27, 0.33, 0.06, 0.10, 0.05, 0.05, 0.04, 0.03, 0.04, 0.03)
VISIBLE_SHARE = (0.65, 0.05, 0.1, 0.1, 0.5, 0.3, 0.05, 0.7, 0.3, 0.3)
JOB_CENTRES = (
    "Jobcenter Musvågevej",
    "Jobcenter Lærkevej",
    "Jobcenter Skelbækgade",
    "Jobcenter Ottiliavej",
)
CENTRE_OF_DISTRICT = (2, 0, 1, 2, 3, 3, 0, 1, 2, 3, 0)
YES_NO = ("ja", "nej")
TARGET_SHARE = 0.120

SCHEMES = (
    "personlig assistance", "hjælpemidler", "fortrinsadgang", "isbryder", "mentor",
    "opkvalificering",
)  # fmt: skip
SCHEME_SHARE = (0.42, 0.36, 0.04, 0.03, 0.09, 0.06)
ASSISTANCE, AIDS, PRIORITY, ICEBREAKER, MENTOR, TRAINING = range(6)
KINDS = ("erhverv", "videreuddannelse", "engangsbevilling", "løbende")
LEGAL_BASIS = (
    "LBK 108/2020 § 4", "LBK 108/2020 § 14", "LBK 108/2020 § 2", "LBK 108/2020 § 15", "LAB § 167",
    "LAB § 91", "LBK 727/2009 § 4", "LBK 727/2009 § 2", "LAB § 100", "LAB § 67",
)  # fmt: skip
BASIS_NOW = (0, 1, 2, 3, 4, 5)
BASIS_BEFORE = (6, 8, 7, 9, 4, 5)
LEGAL_BREAK = np.datetime64("2020-01-01")
OUTCOMES = ("bevilget", "afslag", "frafaldet")
SUPPORT = (
    "beskæftiget", "selvforsørgende", "SU", "dagpenge", "kontanthjælp", "sygedagpenge", "fleksjob",
    "ledighedsydelse", "førtidspension", "ressourceforløb", "andet",
)  # fmt: skip
SUPPORT_OF_STATE = {
    State.JOB: 0, State.JOB_HOLIDAY: 0, State.SELF: 1, State.STUDY: 2, State.DAGPENGE: 3,
    State.IDLE_HOLIDAY: 3, State.READY: 4, State.ACTIVE: 4, State.SICK: 5, State.FLEKSJOB: 6,
    State.WAITING: 7, State.PENSION: 8, State.RESOURCE: 9,
}  # fmt: skip
APPLICATIONS_A_YEAR = 0.026
CASE_YEARS_BEFORE = 4


@dataclass(frozen=True)
class CompensationRows:
    """Compensation cases as arrays; text columns are indices, -1 a blank, NaT an open date."""

    sag_id: Ints
    cpr: Ints
    scheme: Ints
    kind: Ints
    applied: Days
    decided: Days
    outcome: Ints
    granted_from: Days
    granted_to: Days
    hours: Floats
    amount: Floats
    centre: Ints
    support: Ints
    self_employed: Ints
    basis: Ints

    def table(self) -> pa.Table:
        """The rows as the source's columns."""
        return pa.table(
            {
                "sag_id": pa.array([f"K{number:09d}" for number in self.sag_id], pa.string()),
                "cpr": cpr_text(self.cpr),
                "ordning": coded(self.scheme, SCHEMES),
                "type": coded(self.kind, KINDS),
                "ansoegt": pa.array(self.applied.astype("datetime64[D]")),
                "afgjort": pa.array(self.decided.astype("datetime64[D]")),
                "afgoerelse": coded(self.outcome, OUTCOMES),
                "bevilget_fra": pa.array(self.granted_from.astype("datetime64[D]")),
                "bevilget_til": pa.array(self.granted_to.astype("datetime64[D]")),
                "timer_pr_uge": pa.array(self.hours, mask=np.isnan(self.hours)),
                "beloeb_kr": pa.array(self.amount, mask=np.isnan(self.amount)),
                "jobcenter": coded(self.centre, JOB_CENTRES),
                "forsoergelse": coded(self.support, SUPPORT),
                "selvstaendig": coded(self.self_employed, YES_NO),
                "lovgrundlag": coded(self.basis, LEGAL_BASIS),
            }
        )


def choose_target(rng: np.random.Generator, people: People, line: Timeline) -> Bools:
    """Who is registered with an impairment at some time: about 11 pct. of adults on any day."""
    age = (line.end - people.birth).astype(np.int64) / 365.25
    return np.asarray((rng.random(len(people)) < TARGET_SHARE) & (age >= 16))


def job_centres(people: People) -> Ints:
    """The job centre of each person's first address."""
    return np.asarray(np.array(CENTRE_OF_DISTRICT)[people.districts[0]], np.int64)


def target_table(
    rng: np.random.Generator, people: People, in_target: Bools, line: Timeline
) -> pa.Table:
    """Registrations: one a person, two for about a seventh of them; a few have ended."""
    person = np.flatnonzero(in_target)
    earliest = people.birth[person] + np.timedelta64(round(15.6 * 365.25), "D")
    back = np.maximum((line.start - earliest).astype(np.int64), 1)
    before = line.start - (back * rng.random(len(person)) ** 2).astype(np.int64)
    during = line.start + rng.integers(0, len(line.mondays) * 7, len(person))
    since = np.where(rng.random(len(person)) < 0.035 * line.years, during, before)
    since = np.minimum(np.maximum(since, earliest), line.end)
    ends = since + rng.integers(200, 3000, len(person))
    closed = (rng.random(len(person)) < 0.08) & (ends < line.end)
    until = np.where(closed, ends, NEVER)
    kind = _draw(rng, IMPAIRMENT_SHARE, len(person))
    second = np.flatnonzero(rng.random(len(person)) < 0.15)
    other = (kind[second] + rng.integers(1, len(IMPAIRMENTS), len(second))) % len(IMPAIRMENTS)
    later = np.minimum(since[second] + rng.integers(0, 1500, len(second)), line.end)
    later = np.where(later > until[second], since[second], later)
    rows = np.concatenate([np.arange(len(person)), second])
    all_kinds = np.concatenate([kind, other])
    visible = np.where(rng.random(len(rows)) < np.array(VISIBLE_SHARE)[all_kinds], 0, 1)
    visible = np.where(rng.random(len(rows)) < 0.3, -1, visible)
    primary = np.concatenate([np.zeros(len(person), np.int64), np.ones(len(second), np.int64)])
    order = np.lexsort((primary, rows))
    return target_columns(
        people.cpr[person[rows]][order],
        all_kinds[order],
        primary[order],
        (np.concatenate([since, later])[order], until[rows][order]),
        job_centres(people)[person[rows]][order],
        visible[order],
    )


def target_columns(
    cpr: Ints, kind: Ints, primary: Ints, dates: tuple[Days, Days], centre: Ints, visible: Ints
) -> pa.Table:
    """The target group table; text columns are indices, `dates` are `fra` and `til`."""
    return pa.table(
        {
            "cpr": cpr_text(cpr),
            "funktionsnedsaettelse": coded(kind, IMPAIRMENTS),
            "primaer": coded(primary, YES_NO),
            "fra": pa.array(dates[0].astype("datetime64[D]")),
            "til": pa.array(dates[1].astype("datetime64[D]")),
            "jobcenter": coded(centre, JOB_CENTRES),
            "synlig": coded(visible, YES_NO),
        }
    )


def compensation_table(
    rng: np.random.Generator,
    people: People,
    in_target: Bools,
    states: States,
    line: Timeline,
    chunk: int,
) -> pa.Table:
    """Applications from four years before the range to its end; more of them as years go by."""
    opened = line.start - np.timedelta64(CASE_YEARS_BEFORE * 365, "D")
    span = int((line.end - opened).astype(np.int64)) + 1
    age = (line.end - people.birth).astype(np.int64) / 365.25
    members = np.flatnonzero(in_target & (age >= 18) & (age < 70))
    others = np.flatnonzero(~in_target & (age >= 18) & (age < 70))
    expected = APPLICATIONS_A_YEAR * 1.6 * span / 365.25
    person = np.concatenate(
        [_sample(rng, members, expected), _sample(rng, others, expected * 0.008)]
    )
    applied = opened + rng.integers(0, span, len(person))
    kept = rng.random(len(person)) < (0.6 + 0.8 * trend(applied)) / 1.4
    kept &= (applied - people.birth[person]).astype(np.int64) > 18 * 366
    kept &= ~(people.died[person] <= applied) & (applied >= people.arrived[person])
    person, applied = person[kept], applied[kept]
    count = len(person)
    scheme = _draw(rng, SCHEME_SHARE, count)
    year = (applied - np.datetime64("2018-01-01")).astype(np.int64) / 365.25
    median = np.clip(60 - 8 * year, 35, 66)
    wait = np.rint(median * np.exp(0.5 * rng.standard_normal(count))).astype(np.int64)
    decided = applied + np.clip(wait, 1, 400)
    closed = decided <= line.end
    outcome = np.where(closed, _draw(rng, (0.78, 0.15, 0.07), count), -1)
    granted = outcome == 0
    since = np.where(granted, decided + rng.integers(0, 15, count), NEVER)
    one_off = (scheme == AIDS) & (rng.random(count) < 0.75)
    lasting = one_off | (rng.random(count) < np.array([0.3, 0, 0.1, 0, 0, 0])[scheme])
    low, high = np.array([[300, 400, 20, 300, 80, 30], [1200, 1100, 120, 730, 200, 120]])
    until = np.where(lasting, NEVER, since + rng.integers(low[scheme], high[scheme]))
    with_hours = np.isin(scheme, (ASSISTANCE, MENTOR)) & granted
    typical = np.where(scheme == ASSISTANCE, rng.integers(4, 41, count), rng.integers(1, 9, count))
    hours = np.where(with_hours, typical / 2, np.nan)
    price = np.array([52 * 190.5, 0, 0, 0, 52 * 310.25, 0])[scheme]
    fixed = np.round(
        np.array([1, 14e3, 1, 90e3, 1, 22e3])[scheme] * rng.lognormal(0, 0.6, count), 2
    )
    amount = np.where(with_hours, np.round(np.nan_to_num(hours) * price, 2), fixed)
    amount = np.where(granted & (scheme != PRIORITY), amount, np.nan)
    kind = np.where(scheme == AIDS, np.where(one_off, 2, 3), (rng.random(count) < 0.12) * 1)
    before = applied < LEGAL_BREAK
    basis = np.where(before, np.array(BASIS_BEFORE)[scheme], np.array(BASIS_NOW)[scheme])
    week = (np.where(closed, decided, line.end) - line.start).astype(np.int64) // 7
    support = np.full(len(State), SUPPORT.index("andet"))
    support[list(SUPPORT_OF_STATE)] = list(SUPPORT_OF_STATE.values())
    lived_on = support[states[person, np.clip(week, 0, states.shape[1] - 1)]]
    return CompensationRows(
        sag_id=(chunk + 1) * 1_000_000 + np.arange(count),
        cpr=people.cpr[person],
        scheme=scheme,
        kind=kind,
        applied=applied,
        decided=np.where(closed, decided, NEVER),
        outcome=outcome,
        granted_from=since,
        granted_to=until,
        hours=hours,
        amount=amount,
        centre=job_centres(people)[person],
        support=lived_on,
        self_employed=np.where(rng.random(count) < 0.07, 0, 1),
        basis=basis,
    ).table()


def _draw(rng: np.random.Generator, share: tuple[float, ...], count: int) -> Ints:
    cumulative = np.cumsum(share)
    drawn = np.searchsorted(cumulative, rng.random(count) * cumulative[-1], "right")
    return np.asarray(drawn, np.int64)


def _sample(rng: np.random.Generator, members: Ints, expected: float) -> Ints:
    return np.asarray(np.repeat(members, rng.poisson(expected, len(members))), np.int64)
