"""The four statistics by the program's blocks.

Belongs here: the same counting the program does, for the four statistics alone, and the program's own passes. Not here:
the question and the clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from question import ALL_SEXES, LONG_TERM, WINDOW, Answer, Question, key_of

from assets.laying_out import in_force, laid_out
from assets.resources import House
from blocks.engines import LocalEngine
from blocks.store import BlockStore
from indicators import codes, passes, weeks
from indicators.block import assemble
from indicators.people import Register
from indicators.tally import joined
from indicators.weeks import WorkWeeks

THINGS = ("people", "impairments", "weeks")
FLAGS = ("unemployed", "ltu_80", "employed")
Counts = npt.NDArray[np.int64]


def laid_out_already(asked: Question, processes: int) -> Answer:
    """From the registers the job laid out."""
    return _answer(asked, _stores(asked.home), LocalEngine(processes))


def from_tables(asked: Question, processes: int) -> Answer:
    """From the deliveries' tables: the three registers the question needs are laid out first, as the job does it."""
    with TemporaryDirectory(dir=asked.home.parent) as nowhere:
        fresh = Path(nowhere)
        (fresh / "deliveries").symlink_to(asked.home / "deliveries")
        house = House(home=str(fresh))
        found = {thing: laid_out(house, thing) for thing in THINGS}
        stores = {thing: register.store for thing, register in found.items() if register}
        return _answer(asked, stores, LocalEngine(processes))


def one_block(asked: Question, block: int) -> Answer:
    """Of the people in one block: what an engine that cannot hold everybody is compared with."""
    tables = {thing: store.read(block) for thing, store in _stores(asked.home).items()}
    return _named(asked, count_four(asked, tables))


def own_passes(asked: Question, processes: int) -> Answer:
    """The program's own passes for these areas, with everything they count besides: T and R, narrow and wide, ordinary jobs,
    every breakdown, wages by form of employment. Only what has a counterpart among the four is handed back."""
    rules = asked.rules
    question = passes.Question(list(asked.months), rules, asked.axis)
    engine = LocalEngine(processes)
    base = _stores(asked.home)
    with_income = {**base, "income": _store(asked.home, "income")}
    counts = joined(
        [
            *engine.map(partial(passes.unemployment_pass, question), base),
            *engine.map(partial(passes.employment_pass, question), with_income),
        ]
    )
    by_sex = counts[
        (counts["dim1"] == "sex") & counts["variant"].isin(["narrow", "any"]) & (counts["n"] > 0)
    ]
    return {
        key_of(row.quantity, "", row.month, row.group, row.value1): int(row.n)
        for row in by_sex.itertuples()
        if row.group in asked.groups and row.quantity in FLAGS
    }


def count_four(asked: Question, tables: Mapping[str, pa.Table]) -> Counts:
    """Counts of a block: (month, group, sex, flag or state)."""
    block = assemble(tables, asked.axis)
    register, work = Register(block, asked.rules), WorkWeeks(block)
    state = weeks.unemployed(block.weeks.codes, "narrow")
    until = np.cumsum(state, axis=0, dtype=np.int16)
    n_states = len(codes.states())
    counts = np.zeros(
        (len(asked.months), len(asked.groups), len(ALL_SEXES), len(FLAGS) + n_states), np.int64
    )
    for place, month in enumerate(asked.months):
        members = register.members(month)
        at = asked.weeks[place]
        week = asked.axis.first_week + at
        for number, group in enumerate(asked.groups):
            inside = members.of(group)
            who, sex = members.at[inside], members.categories["sex"][inside]
            now = state[at, who]
            spent = until[at, who] - until[at - WINDOW, who]
            flags = (now, now & (spent >= LONG_TERM), work.any_job(week)[who])
            for column, flag in enumerate(flags):
                counts[place, number, :, column] = np.bincount(sex[flag], minlength=len(ALL_SEXES))
            cell = sex * n_states + work.state(week)[who]
            by_state = np.bincount(cell, minlength=len(ALL_SEXES) * n_states)
            counts[place, number, :, len(FLAGS) :] = by_state.reshape(len(ALL_SEXES), n_states)
    return counts


def _answer(asked: Question, stores: Mapping[str, BlockStore], engine: LocalEngine) -> Answer:
    return _named(asked, sum(engine.map(partial(count_four, asked), stores), start=np.int64(0)))


def _named(asked: Question, counts: Counts) -> Answer:
    names: Sequence[tuple[str, str]] = [
        *((flag, "") for flag in FLAGS),
        *(("benefit_state", state) for state in codes.states()),
    ]
    return {
        key_of(*names[column], asked.months[month], asked.groups[group], ALL_SEXES[sex]): int(n)
        for (month, group, sex, column), n in np.ndenumerate(counts)
        if n
    }


def _stores(home: Path) -> dict[str, BlockStore]:
    return {thing: _store(home, thing) for thing in THINGS}


def _store(home: Path, thing: str) -> BlockStore:
    register = in_force(House(home=str(home)), thing)
    assert register is not None
    return register.store
