"""Weeks of a life: a semi-Markov chain of states, and the benefit codes they are written as.

Here belongs: states week by week, their codes, the `y_` columns. Here does not belong: wages.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from synthetic.people import Bools, Floats, People
from synthetic.profiles import CHAIN, Profiles, State
from synthetic.timeline import Days, Ints, Timeline

States = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint16]

ACTIVITIES = 16
PASSIVE, SUBSIDY_PRIVATE, SUBSIDY_PUBLIC = 0, 5, 6
ACTIVITY_SHARE = {0: 0.60, 3: 0.15, 4: 0.05, 5: 0.02, 6: 0.035, 7: 0.06, 8: 0.055, 9: 0.03}
ACTIVITY_WEEKS = 13
WITH_ACTIVITY = {
    State.DAGPENGE: (111, 210),
    State.READY: (130, 130),
    State.ACTIVE: (730, 730),
    State.SICK: (890, 890),
    State.WAITING: (740, 740),
    State.RESOURCE: (810, 810),
    State.CLARIFY: (870, 870),
    State.REHAB: (760, 760),
    State.INTEGRATION: (700, 700),
}
NO_UTILITY_JOB = (
    State.DAGPENGE,
    State.WAITING,
    State.RESOURCE,
    State.CLARIFY,
    State.REHAB,
)
NO_SUBSIDY = (State.CLARIFY, State.RESOURCE, State.SICK, State.WAITING)
SINGLE_CODE = {
    State.STUDY: 651,
    State.FLEKSJOB: 771,
    State.PENSION: 783,
    State.PARENT: 881,
    State.EARLY: 621,
    State.SHELTERED: 781,
    State.OLD: 998,
    State.ABROAD: 997,
    State.DEAD: 999,
    State.JOB_HOLIDAY: 121,
    State.IDLE_HOLIDAY: 124,
}
YOUNG_HELP = {State.READY: 10, State.ACTIVE: -10}
SUBSIDISED = (State.DAGPENGE, State.READY, State.ACTIVE, State.INTEGRATION, State.REHAB)
UNEMPLOYED = (State.DAGPENGE, State.READY, State.ACTIVE)
PENSION_AGE = 66.0
ADULT_AGE = 16.0
TREND_START, TREND_YEARS = np.datetime64("2015-01-01"), 10.0


def code_table() -> Codes:
    """Codes by (under 30, state, activity); 0 is a blank."""
    table = np.zeros((2, len(State), ACTIVITIES), np.uint16)
    for state, code in SINGLE_CODE.items():
        table[:, state, :] = code
    table[:, State.FLEKSJOB, 9] = 774
    for state, (passive, active) in WITH_ACTIVITY.items():
        for activity in range(ACTIVITIES):
            step = 8 if activity == 9 and state in NO_UTILITY_JOB else activity
            code = passive if activity == PASSIVE else active + step
            if state in NO_SUBSIDY and step in (SUBSIDY_PRIVATE, SUBSIDY_PUBLIC):
                code = active + 3
            table[:, state, activity] = code
    for state, shift in YOUNG_HELP.items():
        table[1, state] = (table[1, state].astype(int) + shift).astype(np.uint16)
    return table


def make_states(
    rng: np.random.Generator,
    people: People,
    in_target: Bools,
    profiles: Profiles,
    line: Timeline,
) -> States:
    """States, (people, weeks): the chain with breaks and holidays; childhood, old age, death."""
    states = _chain(rng, people.birth, in_target, profiles, line)
    _strew(rng, states, UNEMPLOYED, 0.009, 4, State.SELF)
    _strew(rng, states, (State.JOB,), 0.002, 3, State.JOB_HOLIDAY)
    _strew(rng, states, (State.DAGPENGE,), 0.008, 2, State.IDLE_HOLIDAY)
    weeks = states.shape[1]
    adult = _week_after(people.birth + np.timedelta64(round(ADULT_AGE * 365.25), "D"), line)
    pension = _week_after(people.birth + np.timedelta64(round(PENSION_AGE * 365.25), "D"), line)
    fresh = _fill(states, np.zeros(len(people), np.int64), adult, State.CHILD)
    fresh = _fill(fresh, pension, np.full(len(people), weeks), State.OLD)
    left = np.where(people.abroad, _week_after(people.left, line), weeks)
    fresh = _fill(fresh, left, np.full(len(people), weeks), State.ABROAD)
    return _fill(fresh, _week_after(people.died, line), np.full(len(people), weeks), State.DEAD)


def make_activities(rng: np.random.Generator, people: int, line: Timeline) -> States:
    """The activity of each week, (people, weeks), changing every thirteenth week."""
    share = np.zeros(ACTIVITIES)
    share[list(ACTIVITY_SHARE)] = list(ACTIVITY_SHARE.values())
    weeks = len(line.mondays)
    blocks = weeks // ACTIVITY_WEEKS + 2
    drawn = np.searchsorted(np.cumsum(share), rng.random((people, blocks)) * share.sum(), "right")
    offset = rng.integers(0, ACTIVITY_WEEKS, people, np.int16)
    block = (np.arange(weeks, dtype=np.int16)[None, :] + offset[:, None]) // ACTIVITY_WEEKS
    return np.take_along_axis(drawn.astype(np.uint8), block.astype(np.int64), axis=1)


def make_codes(states: States, activities: States, young: Bools) -> Codes:
    """Benefit codes, (people, weeks); `young` persons get the benefit for those under 30."""
    table = code_table().reshape(-1)
    index = states.astype(np.uint16) * ACTIVITIES + activities
    index[young] += len(State) * ACTIVITIES
    return np.asarray(table[index], np.uint16)


def trend(day: Days) -> Floats:
    """How far the slow change has come, 0 in 2015 to 1 in 2025."""
    years = (day - TREND_START).astype(np.int64) / 365.25
    return np.clip(years / TREND_YEARS, 0.0, 1.0)


def _chain(
    rng: np.random.Generator, birth: Days, in_target: Bools, profiles: Profiles, line: Timeline
) -> States:
    weeks = len(line.mondays)
    person = np.arange(len(birth))
    clock = np.zeros(len(birth), np.int64)
    state = np.zeros(len(birth), np.int64)
    spells: list[tuple[Ints, Ints, Ints]] = []
    while len(person):
        day = line.start + 7 * clock
        era = (rng.random(len(person)) < trend(day)).astype(np.int64)
        age = (day - birth[person]).astype(np.int64) / 365.25
        group = np.digitize(age, (25.0, 55.0)) * 2 + in_target[person]
        opening = not spells
        table = profiles.first[era, group] if opening else profiles.following[era, group, state]
        draw = rng.random((len(person), 1)) * table[:, -1:]
        state = np.minimum((table <= draw).sum(axis=1), CHAIN - 1)
        spread = profiles.spread[state]
        log = profiles.mean_log[era, state] + spread * rng.standard_normal(len(person))
        if opening:
            # A spell met in its middle: length-biased, and a uniform part of it is left.
            log = log + spread**2 + np.log1p(-rng.random(len(person)))
        length = np.clip(np.rint(np.exp(np.minimum(log, 9.0))), 1, weeks).astype(np.int64)
        length = np.minimum(length, weeks - clock)
        spells.append((person, state, length))
        clock = clock + length
        going = clock < weeks
        person, clock, state = person[going], clock[going], state[going]
    who, what, long = (np.concatenate(part) for part in zip(*spells, strict=True))
    order = np.argsort(who, kind="stable")
    flat = np.repeat(what[order].astype(np.uint8), long[order])
    return flat.reshape(len(birth), weeks)


def _strew(
    rng: np.random.Generator,
    states: States,
    within: tuple[State, ...],
    rate: float,
    longest: int,
    put: State,
) -> None:
    """Lay short stretches of `put` into weeks of `within`, starting with probability `rate`."""
    weeks = states.shape[1]
    member = np.zeros(len(State), bool)
    member[list(within)] = True
    cells = np.flatnonzero(member[states].reshape(-1))
    starts = cells[rng.random(len(cells)) < rate]
    length = rng.integers(1, longest + 1, len(starts))
    flat = states.reshape(-1)
    for step in range(longest):
        spot = starts[(length > step) & (starts % weeks + step < weeks)] + step
        flat[spot[member[flat[spot]]]] = put


def _week_after(day: Days, line: Timeline) -> Ints:
    """The first whole week on or after `day`; the number of weeks where `day` is NaT."""
    count = len(line.mondays)
    missing = np.isnat(day)
    gap = (np.where(missing, line.start, day) - line.start).astype(np.int64)
    return np.where(missing, count, np.clip(-(-gap // 7), 0, count))


def _fill(states: States, first: Ints, stop: Ints, put: State) -> States:
    rows = np.flatnonzero(first < stop)
    week = np.arange(states.shape[1])
    inside = (week >= first[rows, None]) & (week < stop[rows, None])
    part = states[rows]
    part[inside] = put
    states[rows] = part
    return states
