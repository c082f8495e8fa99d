"""Fleksjob and pension cases, read off the weeks so that the two sources agree.

Here belongs: the source `fleksjob`. Here does not belong: compensation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from synthetic.people import NEVER, Bools, People, cpr_text
from synthetic.profiles import State
from synthetic.timeline import Days, Ints, Timeline
from synthetic.weeks import States
from synthetic.work import Employers, pick_employer
from synthetic.writing import coded

DECISIONS = ("fleksjob", "førtidspension", "ressourceforløb", "afslag")
KINDS = ("fleksjob", "fastholdelsesfleksjob")
YES_NO = ("ja", "nej")
ENTITLED = (State.FLEKSJOB, State.WAITING)


@dataclass(frozen=True)
class FleksjobRows:
    """Fleksjob cases as arrays; text columns are indices, -1 a blank, NaT an open date."""

    sag_id: Ints
    cpr: Ints
    decision: Ints
    decided: Days
    entitled_from: Days
    entitled_to: Days
    hired_from: Days
    hired_to: Days
    kind: Ints
    employer: Ints
    by_clause: Ints

    def table(self, employers: Employers) -> pa.Table:
        """The rows as the source's columns."""
        return pa.table(
            {
                "sag_id": pa.array([f"F{number:09d}" for number in self.sag_id], pa.string()),
                "cpr": cpr_text(self.cpr),
                "afgoerelse": coded(self.decision, DECISIONS),
                "afgjort": pa.array(self.decided.astype("datetime64[D]")),
                "visiteret_fra": pa.array(self.entitled_from.astype("datetime64[D]")),
                "visiteret_til": pa.array(self.entitled_to.astype("datetime64[D]")),
                "ansat_fra": pa.array(self.hired_from.astype("datetime64[D]")),
                "ansat_til": pa.array(self.hired_to.astype("datetime64[D]")),
                "ansaettelsestype": coded(self.kind, KINDS),
                "cvr": coded(self.employer, employers.cvr_labels()),
                "via_klausul": coded(self.by_clause, YES_NO),
            }
        )


def fleksjob_table(
    rng: np.random.Generator,
    people: People,
    states: States,
    employers: Employers,
    line: Timeline,
    chunk: int,
) -> pa.Table:
    """One row an employment of an entitled stretch (or one without), and other decisions."""
    person, since, until, first, hired_week, hired_stop = _employments(states)
    count = len(person)
    day = line.mondays
    ongoing = until == len(day)
    # A stretch that runs from the first week was granted at some time in the eight years before.
    lead = rng.integers(np.where(since == 0, 60, 0), np.where(since == 0, 2900, 120))
    entitled = day[since] - lead
    decided = entitled - rng.integers(0, 20, len(since))
    entitled_to = np.where(ongoing, NEVER, day[np.minimum(until, len(day) - 1)] - 1)
    employed = hired_week >= 0
    started = day[np.maximum(hired_week, 0)]
    already = employed & (hired_week == 0)
    headstart = (lead[first] * rng.random(count)).astype(np.int64)
    started = np.where(already, started - headstart, started)
    stopped = day[np.clip(hired_stop, 0, len(day) - 1)] - 1
    lasting = hired_stop >= len(day)
    other = _other_decisions(rng, people, states, line)
    rows = count + len(other[0])
    blank_days = np.full(len(other[0]), NEVER)
    blanks = np.full(len(other[0]), -1)
    return FleksjobRows(
        sag_id=(chunk + 1) * 1_000_000 + np.arange(rows),
        cpr=people.cpr[np.concatenate([person, other[0]])],
        decision=np.concatenate([np.zeros(count, np.int64), other[1]]),
        decided=np.concatenate([decided[first], other[2]]),
        entitled_from=np.concatenate([entitled[first], blank_days]),
        entitled_to=np.concatenate([entitled_to[first], blank_days]),
        hired_from=np.concatenate([np.where(employed, started, NEVER), blank_days]),
        hired_to=np.concatenate([np.where(employed & ~lasting, stopped, NEVER), blank_days]),
        kind=np.concatenate([np.where(employed, rng.random(count) < 0.12, -1), blanks]),
        employer=np.concatenate([np.where(employed, pick_employer(rng, (count,)), -1), blanks]),
        by_clause=np.concatenate([np.where(employed, rng.random(count) >= 0.03, -1), blanks]),
    ).table(employers)


def runs(member: Bools) -> tuple[Ints, Ints, Ints]:
    """Stretches of true weeks: row, first week, week after the last."""
    padded = np.zeros((len(member), member.shape[1] + 2), np.int8)
    padded[:, 1:-1] = member
    change = np.diff(padded, axis=1)
    row, start = np.nonzero(change == 1)
    stop = np.nonzero(change == -1)[1]
    return row, start, stop


def _employments(states: States) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """Employments within entitled stretches.

    Returns:
        person, then for each stretch its first week and the week after, then for each employment
        the index of its stretch, its first week (-1: none) and the week after.
    """
    rows = np.flatnonzero(np.isin(states, ENTITLED).any(axis=1))
    part = states[rows]
    entitled_row, since, until = runs(np.isin(part, ENTITLED))
    job_row, hired, stop = runs(part == State.FLEKSJOB)
    weeks = states.shape[1]
    stretch = np.searchsorted(entitled_row * weeks + since, job_row * weeks + hired, "right") - 1
    without = np.setdiff1d(np.arange(len(since)), stretch)
    first = np.concatenate([stretch, without])
    order = np.argsort(first, kind="stable")
    first = first[order]
    nothing = np.full(len(without), -1)
    hired = np.concatenate([hired, nothing])[order]
    stop = np.concatenate([stop, nothing])[order]
    return rows[entitled_row[first]], since, until, first, hired, stop


def _other_decisions(
    rng: np.random.Generator, people: People, states: States, line: Timeline
) -> tuple[Ints, Ints, Days]:
    person, decision, decided = [], [], []
    for number, state in ((1, State.PENSION), (2, State.RESOURCE)):
        row, start, _ = runs(states == state)
        row, start = row[start > 0], start[start > 0]
        person.append(row)
        decision.append(np.full(len(row), number))
        decided.append(line.mondays[start] - rng.integers(1, 30, len(row)))
    refused = np.flatnonzero(rng.random(len(people)) < 0.0004 * line.years)
    refused = refused[(line.end - people.birth[refused]).astype(np.int64) > 18 * 366]
    person.append(refused)
    decision.append(np.full(len(refused), 3))
    decided.append(line.end - rng.integers(0, len(line.mondays) * 7, len(refused)))
    return np.concatenate(person), np.concatenate(decision), np.concatenate(decided)
