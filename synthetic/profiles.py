"""How common each state is, how long it lasts, and what follows it.

Here belongs: tables of plausible shares and the matrices made from them. Here does not belong:
drawing people. The shares are invented to look like a large Danish city; they are not statistics.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class State(IntEnum):
    """What a person lives on in a week; the first seventeen take part in the chain."""

    JOB = 0
    SELF = 1
    STUDY = 2
    DAGPENGE = 3
    READY = 4
    ACTIVE = 5
    SICK = 6
    FLEKSJOB = 7
    WAITING = 8
    PENSION = 9
    RESOURCE = 10
    CLARIFY = 11
    REHAB = 12
    PARENT = 13
    INTEGRATION = 14
    EARLY = 15
    SHELTERED = 16
    CHILD = 17
    OLD = 18
    ABROAD = 19
    DEAD = 20
    JOB_HOLIDAY = 21
    IDLE_HOLIDAY = 22


CHAIN = 17
AGE_CLASSES = 3
SHARES = {
    (0, 0): (58, 7, 29, 1, 2.2, 0.8, 0.7, 0, 0, 0.2, 0.1, 0, 0, 0.7, 0.3, 0, 0),
    (1, 0): (87, 1.9, 3, 2.9, 1.9, 0.9, 1.5, 0.1, 0.03, 0.4, 0.1, 0.2, 0.05, 1.9, 0.5, 0, 0.1),
    (2, 0): (77.5, 4.5, 0.05, 3.2, 1.6, 1.5, 2, 0.5, 0.1, 5, 0.1, 0.2, 0, 0, 0.3, 4.5, 0.1),
    (0, 1): (38, 6, 22, 1.5, 7.5, 12, 1.5, 0.6, 0.2, 5, 3, 0.3, 0.3, 0.5, 0.5, 0, 1),
    (1, 1): (53, 3, 3.5, 4.5, 5.3, 7, 4, 2.5, 0.6, 8, 3, 1.5, 0.8, 1.2, 0.5, 0, 1),
    (2, 1): (43, 5, 0.1, 4.2, 4.7, 6, 4.5, 3.8, 0.9, 20, 2, 1, 0.3, 0, 0.4, 3, 1),
}
WEEKS = (150, 40, 90, 20, 32, 70, 14, 180, 45, 2000, 100, 60, 70, 36, 80, 300, 40)
SPREAD = (1.2, 1.2, 0.8, 1.0, 1.1, 1.0, 1.0, 0.9, 1.0, 0.5, 0.6, 0.6, 0.6, 0.4, 0.8, 0.6, 0.8)
LATE_SHARE = {State.JOB: 1.30, State.DAGPENGE: 0.88, State.READY: 0.85, State.ACTIVE: 0.90}
LATE_WEEKS = {State.DAGPENGE: 0.75, State.READY: 0.65}
LIKELY = (
    (State.JOB, State.JOB, 0.6),
    (State.JOB, State.DAGPENGE, 4),
    (State.JOB, State.SICK, 5),
    (State.JOB, State.PARENT, 6),
    (State.JOB, State.EARLY, 4),
    (State.JOB, State.STUDY, 2),
    (State.PARENT, State.JOB, 10),
    (State.STUDY, State.JOB, 5),
    (State.STUDY, State.DAGPENGE, 3),
    (State.DAGPENGE, State.JOB, 6),
    (State.DAGPENGE, State.READY, 2),
    (State.READY, State.ACTIVE, 3),
    (State.ACTIVE, State.READY, 3),
    (State.ACTIVE, State.RESOURCE, 6),
    (State.SICK, State.JOB, 6),
    (State.SICK, State.CLARIFY, 8),
    (State.CLARIFY, State.FLEKSJOB, 6),
    (State.CLARIFY, State.WAITING, 6),
    (State.CLARIFY, State.PENSION, 5),
    (State.RESOURCE, State.FLEKSJOB, 4),
    (State.RESOURCE, State.WAITING, 6),
    (State.RESOURCE, State.PENSION, 10),
    (State.WAITING, State.FLEKSJOB, 60),
    (State.FLEKSJOB, State.WAITING, 60),
)


@dataclass(frozen=True)
class Profiles:
    """Cumulative probabilities and log-normal durations, by era (0 early, 1 late) and group.

    A group is `age class * 2 + target group`. `first` is (2, 6, 17), `following` (2, 6, 17, 17),
    `mean_log` (2, 17), `spread` (17).
    """

    first: Floats
    following: Floats
    mean_log: Floats
    spread: Floats


def make_profiles() -> Profiles:
    """Matrices whose long-run shares are the table's: each seed is balanced to the same margins."""
    groups = AGE_CLASSES * 2
    spread = np.array(SPREAD)
    first = np.zeros((2, groups, CHAIN))
    following = np.zeros((2, groups, CHAIN, CHAIN))
    mean_log = np.zeros((2, CHAIN))
    seed = np.ones((CHAIN, CHAIN))
    np.fill_diagonal(seed, 0.001)
    for source, target, weight in LIKELY:
        seed[source, target] = weight
    for era in (0, 1):
        weeks = np.array(WEEKS, float)
        if era:
            weeks[list(LATE_WEEKS)] *= list(LATE_WEEKS.values())
        mean_log[era] = np.log(weeks) - spread**2 / 2
        for (age_class, target_group), percent in SHARES.items():
            share = np.maximum(np.array(percent, float), 1e-6)
            if era and target_group:
                share[list(LATE_SHARE)] *= list(LATE_SHARE.values())
            share /= share.sum()
            group = age_class * 2 + target_group
            entries = share / weeks
            first[era, group] = np.cumsum(share)
            following[era, group] = np.cumsum(_balanced(seed, entries / entries.sum()), axis=1)
    return Profiles(first, following, mean_log, spread)


def _balanced(seed: Floats, margin: Floats) -> Floats:
    """Transition probabilities near `seed` whose stationary distribution is `margin`."""
    flow = seed * margin[:, None] * margin[None, :]
    for _ in range(400):
        flow *= (margin / flow.sum(axis=1))[:, None]
        flow *= (margin / flow.sum(axis=0))[None, :]
    return np.asarray(flow / flow.sum(axis=1, keepdims=True))
