"""Hand-made lives turned into rows of the six sources, and what is true of them.

Here belongs: resolving anchors, making the tables, collecting the facts. Here does not belong: who
the people are (`synthetic.planted_people`), or computing an indicator.

Facts of a person in a month (d is its last day, W its reference week); only listed facts are known:

- `in_P`, `in_T`: member of the population 16-64, of the target group (registered impairment);
- `unemployed|narrow`, `unemployed|wide`, `ltu_80|narrow`, `ltu_80|wide`, `ltu_52|narrow`,
  `job|any`, `job|ordinary`, `ledighedsydelse_long`: of the person's weeks, whether or not in P;
- `state`: labour-market state in W;
- `exit|narrow`: destination of a spell whose `w` lies in the month, None where there is none;
- `comp`: sorted schemes with an active grant at d;
- `fleksjob_referred`, `fleksjob_employed`: at d;
- `primary`, `district`, `age_group`: the person's group at d.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from synthetic import cases, people
from synthetic.fleksjob import FleksjobRows
from synthetic.people import NEVER, OWN_MUNICIPALITY
from synthetic.planted_people import LIVES, NOTHING, Anchor, Day, Facts, Life, Pay, leap_lives
from synthetic.timeline import Days, Ints, Timeline, first_day, last_day
from synthetic.work import FORMS, FULL_TIME_HOURS, Employers, dream_table, income_columns
from synthetic.writing import coded

NEIGHBOUR = 157
HOURLY_PAY = 180
USUAL_AGE = 40
YES, NO = 0, 1


@dataclass(frozen=True)
class Plants:
    """The planted people: tables by source, facts by label and month, reasons, CPR numbers."""

    tables: dict[str, pa.Table]
    facts: dict[str, dict[str, Facts]]
    reasons: dict[str, str]
    cpr: dict[str, str]


def plant(line: Timeline, employers: Employers) -> Plants:
    """The planted people of a range; those whose facts begin before it are left out."""
    months = int((line.to_month - line.from_month).astype(int)) + 1
    known = LIVES + leap_lives(line.to_month, months)
    lives = [life for life in known if max(life.facts) < months]
    births = np.array([_birth(life, number, line) for number, life in enumerate(lives)])
    man = np.arange(len(lives)) % 2 == 1
    cpr = people.make_cpr(births, man, np.arange(len(lives)) % people.SLOTS)
    tables = {
        "dream": _dream(lives, cpr, employers, line),
        "population": _population(lives, cpr, births, man, line),
        "income": _income(lives, cpr, employers, line),
        "target_group": _target_group(lives, cpr, line),
        "compensation": _compensation(lives, cpr, line),
        "fleksjob": _fleksjob(lives, cpr, line).table(employers),
    }
    facts = {
        life.label: {str(line.to_month - ago): _facts(life, ago) for ago in sorted(life.facts)}
        for life in lives
    }
    numbers = people.cpr_text(cpr).to_pylist()
    return Plants(
        tables,
        facts,
        {life.label: life.why for life in lives},
        {life.label: number for life, number in zip(lives, numbers, strict=True)},
    )


def _facts(life: Life, ago: int) -> Facts:
    return deepcopy({**NOTHING, **life.facts[0]} if ago == 0 else life.facts[ago])


def _week(anchor: Anchor, line: Timeline) -> int:
    kind, ago, weeks = anchor
    if kind == "start":
        return 0
    if kind == "end":
        return len(line.mondays)
    if kind == "ref":
        return line.reference_week(line.to_month) + weeks
    month = int((line.to_month - ago - line.months[0]).astype(int))
    return int(line.month_starts[month]) + weeks


def _day(day: Day | None, line: Timeline) -> np.datetime64:
    if day is None:
        return NEVER
    month = line.to_month - day[0]
    return min(first_day(month) + np.timedelta64(day[1] - 1, "D"), last_day(month))


def _days(days: list[Day | None], line: Timeline) -> Days:
    return np.array([_day(day, line) for day in days], "datetime64[D]")


def _birth(life: Life, number: int, line: Timeline) -> np.datetime64:
    years, ago, day = life.born or (USUAL_AGE, number % 12, 2 + number % 26)
    return _day((years * 12 + ago, day), line)


def _pay_months(pay: Pay, line: Timeline) -> Ints:
    return np.unique(line.week_month[_week(pay.first, line) : _week(pay.stop, line)])


def _dream(lives: list[Life], cpr: Ints, employers: Employers, line: Timeline) -> pa.Table:
    codes = np.zeros((len(lives), len(line.mondays)), np.uint16)
    degree = np.zeros((len(lives), len(line.months)), np.uint8)
    for row, life in enumerate(lives):
        for first, stop, code in life.weeks:
            codes[row, _week(first, line) : _week(stop, line)] = code
        for pay in life.pay:
            degree[row, _pay_months(pay, line)] = pay.degree
    listed = np.array([life.in_dream for life in lives])
    industry = np.broadcast_to(employers.industry[: len(lives), None], degree.shape)
    return dream_table(
        people.cpr_text(cpr[listed]), codes[listed], degree[listed], industry[listed], line
    )


def _income(lives: list[Life], cpr: Ints, employers: Employers, line: Timeline) -> pa.Table:
    rows = [
        (
            number,
            int(month),
            (number + turn) % len(employers.cvr),
            pay.form,
            pay.degree / pay.employers,
        )
        for number, life in enumerate(lives)
        for pay in life.pay
        for month in _pay_months(pay, line)
        for turn in range(pay.employers)
    ]
    number = np.array([row[0] for row in rows], np.int64)
    hours = np.round(np.array([row[4] for row in rows]) * FULL_TIME_HOURS / 100, 2)
    return income_columns(
        pa.DictionaryArray.from_arrays(pa.array(number.astype(np.int32)), people.cpr_text(cpr)),
        np.array([row[1] for row in rows], np.int64),
        coded(np.array([row[2] for row in rows], np.int64), employers.cvr_labels()),
        hours,
        np.rint(hours * HOURLY_PAY).astype(np.int64),
        np.array([FORMS.index(row[3]) for row in rows], np.int64),
        line,
    )


def _population(
    lives: list[Life], cpr: Ints, births: Days, man: people.Bools, line: Timeline
) -> pa.Table:
    owner = np.repeat(np.arange(len(lives)), [len(life.homes) for life in lives])
    homes = [home for life in lives for home in life.homes]
    names = [home.district for home in homes]
    district = np.array([-1 if name is None else people.DISTRICTS.index(name) for name in names])
    return people.population_columns(
        cpr[owner],
        births[owner],
        man[owner],
        np.where(district == people.ELSEWHERE, NEIGHBOUR, OWN_MUNICIPALITY),
        district,
        (
            np.maximum(_days([home.fra for home in homes], line), births[owner]),
            _days([home.til for home in homes], line),
            _days([lives[number].died for number in owner], line),
        ),
    )


def _target_group(lives: list[Life], cpr: Ints, line: Timeline) -> pa.Table:
    owner = np.repeat(np.arange(len(lives)), [len(life.impairments) for life in lives])
    rows = [impairment for life in lives for impairment in life.impairments]
    return cases.target_columns(
        cpr[owner],
        np.array([cases.IMPAIRMENTS.index(row.kind) for row in rows], np.int64),
        np.array([YES if row.primary else NO for row in rows], np.int64),
        (_days([row.fra for row in rows], line), _days([row.til for row in rows], line)),
        owner % len(cases.JOB_CENTRES),
        np.full(len(rows), -1),
    )


def _compensation(lives: list[Life], cpr: Ints, line: Timeline) -> pa.Table:
    owner = np.repeat(np.arange(len(lives)), [len(life.cases) for life in lives])
    rows = [case for life in lives for case in life.cases]
    count = len(rows)
    scheme = np.array([cases.SCHEMES.index(row.scheme) for row in rows], np.int64)
    outcomes = [-1 if row.outcome is None else cases.OUTCOMES.index(row.outcome) for row in rows]
    outcome = np.array(outcomes, np.int64)
    with_hours = (outcome == 0) & np.isin(scheme, (cases.ASSISTANCE, cases.MENTOR))
    applied = _days([row.applied for row in rows], line)
    before = applied < cases.LEGAL_BREAK
    return cases.CompensationRows(
        sag_id=np.arange(count),
        cpr=cpr[owner],
        scheme=scheme,
        kind=np.where(scheme == cases.AIDS, cases.KINDS.index("engangsbevilling"), 0),
        applied=applied,
        decided=_days([row.decided for row in rows], line),
        outcome=outcome,
        granted_from=_days([row.fra for row in rows], line),
        granted_to=_days([row.til for row in rows], line),
        hours=np.where(with_hours, 10.0, np.nan),
        amount=np.where(outcome == 0, 12_000.0, np.nan),
        centre=owner % len(cases.JOB_CENTRES),
        support=np.full(count, cases.SUPPORT.index("andet")),
        self_employed=np.full(count, NO),
        basis=np.where(
            before, np.array(cases.BASIS_BEFORE)[scheme], np.array(cases.BASIS_NOW)[scheme]
        ),
    ).table()


def _fleksjob(lives: list[Life], cpr: Ints, line: Timeline) -> FleksjobRows:
    owner = np.repeat(np.arange(len(lives)), [len(life.fleksjob) for life in lives])
    rows = [case for life in lives for case in life.fleksjob]
    count = len(rows)
    hired = _days([row.hired for row in rows], line)
    working = ~np.isnat(hired)
    return FleksjobRows(
        sag_id=np.arange(count),
        cpr=cpr[owner],
        decision=np.zeros(count, np.int64),
        decided=_days([(45, 2)] * count, line),
        entitled_from=_days([(45, 6)] * count, line),
        entitled_to=np.full(count, NEVER),
        hired_from=hired,
        hired_to=np.full(count, NEVER),
        kind=np.where(working, 0, -1),
        employer=np.where(working, owner, -1),
        by_clause=np.where(working, NO, -1),
    )
