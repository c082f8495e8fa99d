"""Spells of unemployment and what they end to, one week at a time.

Belongs here: the nine rules that follow a run of unemployed weeks, and the counts of exits by month. Not here: rates and
twelve-month sums (`figures`), what a job week is (`weeks`).

Definition: the specification's "Exits", after the public DREAM rule of four benefit-free weeks with income.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators import codes, weeks
from indicators.block import Block, Bools
from indicators.calendar import Int32s, last_day, months_of_weeks, reference_week, weeks_of_month
from indicators.categories import DESTINATIONS
from indicators.people import Members, Register, Rules
from indicators.tally import Tally, breakdowns
from indicators.weeks import WorkWeeks

JOB_WEEKS = 4
FREE_WEEKS = 26
GONE_STATES = ("not_resident", "old_age_pension", "dead")
SUPPORTED_STATES = ("fleksjob", "subsidised_job")

Int8s = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Exits:
    """Spells that ended to one of DESTINATIONS: who, the week of the exit, where to (place in DESTINATIONS), and the first
    and last unemployed week of the spell. Weeks are positions in the register. `left_censored` spells were open in its
    first week."""

    person: Int32s
    week: Int32s
    destination: Int8s
    first: Int32s
    last: Int32s
    left_censored: Bools


def find_exits(block: Block, variant: str) -> Exits:
    """Ask the rules week by week for everybody in the block at once.

    A week is decided by the first rule that fits; a week no rule fits is folded into the spell and the next is asked.
    """
    job, free = _work_matrices(block)
    at = np.flatnonzero(weeks.unemployed(block.weeks.codes, variant).any(axis=0)).astype(np.int32)
    code = block.weeks.codes[:, at]
    unemployed = weeks.unemployed(code, variant)
    in_rule = {
        "education": codes.with_state("education")[code],
        "gone": codes.with_state(*GONE_STATES)[code],
        "supported_job": codes.with_state(*SUPPORTED_STATES)[code],
        "no_code": codes.blank_or_holiday()[code],
    }
    job_run, free_run = _run_lengths(job[:, at]), _run_lengths(free[:, at])

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


def count_exits(block: Block, months: Iterable[int], rules: Rules) -> pd.DataFrame:
    """Counts of T, narrow and wide, in the long form of `tally`: `exits` by destination, `exits_job` by every breakdown,
    and `unemployed_before`, those unemployed at the end of the month before, set on the month whose rate they bear.

    An exit belongs to the month of its week and to T by that month's last day. A month is left out of `exits` when its
    weeks and the three after are not all delivered with wages, and of `unemployed_before` when the week is not delivered.
    """
    months = list(months)
    register = Register(block, rules)
    tally = Tally(rules.categories())
    work = WorkWeeks(block)
    members = {month: register.members(month) for month in {m - 1 for m in months} | {*months}}
    for variant in weeks.VARIANTS:
        exits = find_exits(block, variant)
        exit_month = months_of_weeks(exits.week + block.weeks.first_week)
        for month in months:
            if is_decided(work, month):
                _count_month(tally, month, variant, members[month], exits, exit_month == month)
            week = reference_week(last_day(month - 1))
            if block.weeks.first_week <= week <= block.weeks.last_week:
                before = members[month - 1]
                code = block.weeks.codes[week - block.weeks.first_week, before.at]
                flags = {("unemployed_before", variant): weeks.unemployed(code, variant)}
                tally.count(month, "T", before, flags)
    return tally.table()


def is_decided(work: WorkWeeks, month: int) -> bool:
    """Whether every week of the month, and the three that follow its last, is delivered with wages."""
    of_month = weeks_of_month(month)
    return all(work.is_known(week) for week in range(of_month.start, of_month.stop + JOB_WEEKS - 1))


def _count_month(
    tally: Tally, month: int, variant: str, members: Members, exits: Exits, in_month: Bools
) -> None:
    place = np.full(int(max(exits.person.max(initial=-1), members.at.max(initial=-1))) + 1, -1)
    place[members.at] = np.arange(len(members.at))
    member = place[exits.person[in_month]]
    in_population = member >= 0
    member = member[in_population]
    destination = exits.destination[in_month][in_population].astype(np.int64)
    in_target = members.target[member]
    member, destination = member[in_target], destination[in_target]
    by_destination = np.bincount(destination, minlength=len(DESTINATIONS))
    tally.add(month, "T", "destination", DESTINATIONS, [("exits", variant)], by_destination)
    tally.add(month, "T", "", [""], [("exits", variant)], by_destination.sum(keepdims=True))
    to_job = member[destination == DESTINATIONS.index("job")]
    quantity = [("exits_job", variant)]
    tally.add(month, "T", "", [""], quantity, np.array([len(to_job)]))
    for dim in breakdowns("T"):
        if dim in members.categories:
            names = tally.categories[dim]
            counts = np.bincount(members.categories[dim][to_job], minlength=len(names))
            tally.add(month, "T", dim, names, quantity, counts)


def _work_matrices(block: Block) -> tuple[Bools, Bools]:
    """Where each week is an ordinary job, and where it is blank and without any job."""
    work = WorkWeeks(block)
    weeks_delivered = range(block.weeks.first_week, block.weeks.last_week + 1)
    job = np.array([work.ordinary_job(week) for week in weeks_delivered])
    any_job = np.array([work.any_job(week) for week in weeks_delivered])
    return job, (block.weeks.codes == codes.BLANK) & ~any_job


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
