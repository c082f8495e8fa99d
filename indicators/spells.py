"""Spells of unemployment and what they end to, one week at a time.

Belongs here: the nine rules that follow a run of unemployed weeks. Not here: whose exits count and when (`exits`), what a
job week is (`weeks`).

Definition: the specification's "Exits", after the public DREAM rule of four benefit-free weeks with income.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators import codes
from indicators.block import Bools
from indicators.calendar import Int32s
from indicators.categories import DESTINATIONS
from indicators.study import Study

JOB_WEEKS = 4
FREE_WEEKS = 26
GONE_STATES = ("not_resident", "old_age_pension", "dead")
SUPPORTED_STATES = ("fleksjob", "subsidised_job")

Int8s = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Exits:
    """Spells that ended to one of DESTINATIONS: who (place among the candidates), the week of the exit, where to (place in
    DESTINATIONS), and the first and last unemployed week of the spell. Weeks are places in the register. `left_censored`
    spells were open in its first week."""

    person: Int32s
    week: Int32s
    destination: Int8s
    first: Int32s
    last: Int32s
    left_censored: Bools

    @property
    def length(self) -> Int32s:
        """Weeks from the first to the last unemployed one, folded breaks included."""
        return self.last - self.first + 1

    def to(self, destination: str) -> Exits:
        """Those that ended to one destination."""
        return self.only(self.destination == DESTINATIONS.index(destination))

    def only(self, chosen: Bools) -> Exits:
        """Some of the exits, by a mask over them."""
        return Exits(
            self.person[chosen],
            self.week[chosen],
            self.destination[chosen],
            self.first[chosen],
            self.last[chosen],
            self.left_censored[chosen],
        )


def find_exits(study: Study, variant: str) -> Exits:
    """Ask the rules week by week for all the candidates at once.

    A week is decided by the first rule that fits; a week no rule fits is folded into the spell and the next is asked.
    """
    whole = study.unemployed(variant)
    at = np.flatnonzero(whole.any(axis=0)).astype(np.int32)
    code, unemployed = study.target.codes[:, at], whole[:, at]
    in_rule = {
        "education": codes.with_state("education")[code],
        "gone": codes.with_state(*GONE_STATES)[code],
        "supported_job": codes.with_state(*SUPPORTED_STATES)[code],
        "no_code": codes.blank_or_holiday()[code],
    }
    free = (code == codes.BLANK) & ~study.jobs("any")[:, at]
    job_run, free_run = _run_lengths(study.jobs("ordinary")[:, at]), _run_lengths(free)

    n_weeks = len(code)
    is_open = np.zeros(len(at), dtype=bool)
    first, last = np.zeros(len(at), dtype=np.int32), np.zeros(len(at), dtype=np.int32)
    found: list[tuple[Int32s, int, int, Int32s, Int32s]] = []
    for week in range(n_weeks):
        now = unemployed[week]
        asked = is_open & ~now
        if asked.any():
            weeks_left = n_weeks - week
            no_code = asked & in_rule["no_code"][week]
            to_job = no_code & (job_run[week] >= JOB_WEEKS)
            unsure = no_code & (job_run[week] == weeks_left) & ~to_job
            decided = {
                "education": asked & in_rule["education"][week],
                "supported_job": asked & in_rule["supported_job"][week],
                "job": to_job,
                "self_support": no_code & ~to_job & ~unsure & (free_run[week] >= FREE_WEEKS),
            }
            gone = asked & in_rule["gone"][week]
            decided["other_benefit"] = (
                asked & ~no_code & ~gone & ~decided["education"] & ~decided["supported_job"]
            )
            for destination, ends in decided.items():
                who = np.flatnonzero(ends).astype(np.int32)
                if len(who):
                    place = DESTINATIONS.index(destination)
                    found.append((who, week, place, first[who], last[who]))
                    is_open[who] = False
            is_open &= ~(gone | unsure)
        first[now & ~is_open] = week
        last[now] = week
        is_open |= now
    return _gathered(found, at)


def _run_lengths(weeks_that: Bools) -> npt.NDArray[np.int16]:
    """For each week, how many weeks in a row from it on hold."""
    runs = np.zeros((len(weeks_that) + 1, weeks_that.shape[1]), dtype=np.int16)
    for week in range(len(weeks_that) - 1, -1, -1):
        runs[week] = (runs[week + 1] + 1) * weeks_that[week]
    return runs[:-1]


def _gathered(found: list[tuple[Int32s, int, int, Int32s, Int32s]], at: Int32s) -> Exits:
    sizes = [len(who) for who, *_ in found]
    empty = np.zeros(0, dtype=np.int32)
    first = np.concatenate([empty, *(f for *_, f, _ in found)])
    return Exits(
        person=at[np.concatenate([empty, *(who for who, *_ in found)])],
        week=np.repeat(np.array([week for _, week, *_ in found], np.int32), sizes),
        destination=np.repeat(np.array([to for _, _, to, *_ in found], np.int8), sizes),
        first=first,
        last=np.concatenate([empty, *(ends for *_, ends in found)]),
        left_censored=first == 0,
    )
