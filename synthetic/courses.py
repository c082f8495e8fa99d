"""Programmes that citizens take part in, placed where the weeks make them likely.

Here belongs: the source `courses`. Here does not belong: the weeks themselves, which are only read:
whoever completed is more often in work half a year later, because completing is drawn by that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from synthetic.people import NEVER, Bools, People, cpr_text
from synthetic.profiles import State
from synthetic.timeline import Ints, Timeline
from synthetic.weeks import States
from synthetic.writing import coded

YES_NO = ("ja", "nej")
IDLE = (State.DAGPENGE, State.READY, State.ACTIVE, State.IDLE_HOLIDAY)
UNCLEAR = (*IDLE, State.SICK, State.RESOURCE, State.CLARIFY)
GOOD_END = (State.JOB, State.JOB_HOLIDAY, State.STUDY, State.FLEKSJOB)
TRIES_A_YEAR = 0.6
OUTSIDERS = 0.03
LOOK_AHEAD_WEEKS = 26


@dataclass(frozen=True)
class Programme:
    """One `indsats`: its share of all tries, who may take part, how long and how much.

    `weeks` is the shortest and longest course, `hours` the hours a week, `ages` completed years.
    """

    name: str
    share: float
    states: tuple[State, ...]
    weeks: tuple[int, int]
    hours: tuple[int, int]
    suppliers: tuple[str, ...]
    subgroups: tuple[str, ...] = ()
    ages: tuple[int, int] = (18, 64)


# fmt: off
PROGRAMMES = (
    Programme("afklaring", 22, UNCLEAR, (6, 16), (5, 15), ("Eget center", "Kompasgården"),
              ("psykiske", "fysiske", "kognitive")),
    Programme("specialiseret afklaring", 14, UNCLEAR, (13, 26), (6, 18), ("Kompasgården", "Sporskiftet"),
              ("kognitive", "opmærksomhed og udvikling", "tidlig hjerneskade", "senfølger")),
    Programme("peer-mentor", 12, UNCLEAR, (10, 30), (1, 4), ("Eget center",)),
    Programme("peer-mentor efterværn", 10, (State.JOB, State.FLEKSJOB), (8, 26), (1, 3), ("Eget center",)),
    Programme("ips", 9, UNCLEAR, (26, 60), (2, 5), ("Eget center", "Psykiatrien")),
    Programme("mentor sof", 8, (*UNCLEAR, State.SELF), (13, 40), (1, 4), ("Socialforvaltningen",),
              ages=(18, 29)),
    Programme("afklaring sof", 6, (*UNCLEAR, State.SELF), (13, 30), (6, 20), ("Socialforvaltningen",),
              ("café", "netværkstilbud"), (18, 34)),
    Programme("brobygning hf", 5, (State.ACTIVE, State.READY, State.STUDY), (20, 40), (15, 28),
              ("HF-centret",), ages=(18, 29)),
    Programme("specialiserede uddannelsesveje", 6, (*IDLE, State.STUDY), (26, 60), (12, 25),
              ("Uddannelsesværket",), ages=(18, 34)),
    Programme("stu-prototype", 3, (State.ACTIVE, State.STUDY), (40, 100), (15, 30), ("Uddannelsesværket",),
              ages=(16, 29)),
    Programme("rygcenter", 8, (State.SICK, State.CLARIFY), (4, 13), (2, 6), ("Rygcentret",),
              ("fast track", "henvist")),
    Programme("jobklub", 14, (State.WAITING, State.READY, State.DAGPENGE), (4, 13), (4, 12), ("Eget center",)),
)
# fmt: on
SUBGROUPS = tuple(sorted({name for one in PROGRAMMES for name in one.subgroups}))
SUPPLIERS = tuple(sorted({name for one in PROGRAMMES for name in one.suppliers}))


def courses_table(
    rng: np.random.Generator,
    people: People,
    in_target: Bools,
    states: States,
    line: Timeline,
    chunk: int,
) -> pa.Table:
    """Courses begun within the range; one that runs past the last day is open and has no end yet."""
    weeks = states.shape[1]
    tries = np.where(in_target, TRIES_A_YEAR, TRIES_A_YEAR * OUTSIDERS) * line.years
    person = np.repeat(np.arange(len(people)), rng.poisson(tries))
    count = len(person)
    cumulative = np.cumsum([one.share for one in PROGRAMMES])
    kind = np.searchsorted(cumulative, rng.random(count) * cumulative[-1], "right")
    first = rng.integers(0, weeks, count)
    day = line.mondays[first] + rng.integers(0, 5, count)
    age = (day - people.birth[person]).astype(np.int64) / 365.25
    youngest, oldest = np.array([one.ages for one in PROGRAMMES]).T
    kept = _allowed()[kind, states[person, first]]
    kept &= (age >= youngest[kind]) & (age < oldest[kind] + 1) & (people.arrived[person] <= day)
    person, kind, first, day = person[kept], kind[kept], first[kept], day[kept]
    completed, stop = _ends(rng, states, person, kind, first)
    last = day + 7 * stop - 3
    is_open = last > line.end
    lived = np.where(is_open, (line.end - day).astype(np.int64) // 7 + 1, stop)
    low, high = np.array([one.hours for one in PROGRAMMES]).T
    hours = np.round(lived * rng.uniform(low[kind], high[kind] + 1) * 2) / 2
    return pa.table(
        {
            "forloeb_id": pa.array(
                [f"L{(chunk + 1) * 1_000_000 + number:09d}" for number in range(len(person))],
                pa.string(),
            ),
            "cpr": cpr_text(people.cpr[person]),
            "indsats": coded(kind, [one.name for one in PROGRAMMES]),
            "undergruppe": coded(_pick(rng, kind, SUBGROUPS, "subgroups"), SUBGROUPS),
            "start": pa.array(day.astype("datetime64[D]")),
            "slut": pa.array(np.where(is_open, NEVER, last).astype("datetime64[D]")),
            "gennemfoert": coded(np.where(is_open, -1, np.where(completed, 0, 1)), YES_NO),
            "leverandoer": coded(_pick(rng, kind, SUPPLIERS, "suppliers"), SUPPLIERS),
            "timer": pa.array(hours),
        }
    )


def _allowed() -> Bools:
    """(programme, state): who may begin."""
    allowed = np.zeros((len(PROGRAMMES), len(State)), bool)
    for number, one in enumerate(PROGRAMMES):
        allowed[number, list(one.states)] = True
    return allowed


def _ends(
    rng: np.random.Generator, states: States, person: Ints, kind: Ints, first: Ints
) -> tuple[Bools, Ints]:
    """Whether completed, and the weeks it came to."""
    shortest, longest = np.array([one.weeks for one in PROGRAMMES]).T
    planned = rng.integers(shortest[kind], longest[kind] + 1)
    later = np.minimum(first + planned + LOOK_AHEAD_WEEKS, states.shape[1] - 1)
    good = np.isin(states[person, later], GOOD_END)
    completed = rng.random(len(person)) < np.where(good, 0.82, 0.6)
    dropped = np.maximum(np.floor(planned * rng.random(len(person))), 1).astype(np.int64)
    return completed, np.where(completed, planned, dropped)


def _pick(rng: np.random.Generator, kind: Ints, labels: tuple[str, ...], field: str) -> Ints:
    """An index into `labels` for each course, one of its programme's own; -1 where it has none."""
    draw = rng.random(len(kind))
    picked = np.full(len(kind), -1)
    for number, one in enumerate(PROGRAMMES):
        own = np.array([labels.index(name) for name in getattr(one, field)], np.int64)
        rows = np.flatnonzero(kind == number)
        if len(own):
            picked[rows] = own[np.floor(draw[rows] * len(own)).astype(np.int64)]
    return picked
