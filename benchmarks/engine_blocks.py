"""The four statistics by the program's blocks.

Belongs here: the same counting the program does, for the four statistics alone, and the program's own passes. Not here:
the question and the clock.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from question import ALL_SEXES, LONG_TERM, WINDOW, Answer, Question, key_of

from assets.laying_out import in_force, laid_out
from assets.resources import House
from blocks.engines import LocalEngine
from blocks.layout import block_of
from blocks.store import BlockStore
from indicators import codes, passes
from indicators.assembly import assemble
from indicators.block import Bools
from indicators.people import Positions
from indicators.study import Study
from indicators.tally import joined
from indicators.unemployment import running, spent
from indicators.weeks import unemployed

THINGS = ("people", "impairments", "weeks")
FLAGS = ("unemployed", "ltu_80", "employed")
Counts = npt.NDArray[np.int64]


def laid_out_already(asked: Question, processes: int) -> Answer:
    """From the registers the job laid out."""
    return _answer(asked, _stores(asked.home), LocalEngine(processes))


def from_tables(asked: Question, processes: int) -> Answer:
    """From the deliveries' tables: the three registers the question needs are laid out first, as the job does it."""
    with TemporaryDirectory(dir=asked.home.parent) as nowhere:
        stores = {thing: _laid_out_anew(asked, Path(nowhere), thing) for thing in THINGS}
        return _answer(asked, stores, LocalEngine(processes))


def in_one_pass(asked: Question) -> Answer:
    """From the deliveries' tables, kept nowhere: people and registrations are cut in memory, and the weeks, which are
    delivered to the program in the order of the pseudonyms, are read block by block."""
    registered = pq.read_table(asked.stored("impairments"))
    people = pq.read_table(asked.stored("people"))
    if asked.groups == ("T",):
        # As the other engines may, this one looks at nobody who was never registered.
        people = people.filter(pc.is_in(people["person"], registered["person"]))
    with TemporaryDirectory(dir=asked.home.parent) as nowhere:
        weeks = _laid_out_anew(asked, Path(nowhere), "weeks")
        cut = {"people": _cut(people, weeks.bits), "impairments": _cut(registered, weeks.bits)}
        blocks = iter(range(1 << weeks.bits))

        def count(tables: Mapping[str, pa.Table]) -> Counts:
            block = next(blocks)
            return count_four(asked, {**tables, **{name: of[block] for name, of in cut.items()}})

        counts = sum(LocalEngine(1).map(count, {"weeks": weeks}), start=np.int64(0))
    return _named(asked, counts)


def _cut(table: pa.Table, bits: int) -> list[pa.Table]:
    person = np.asarray(table["person"].to_numpy(), dtype=np.uint64)
    order = np.argsort(person)
    ends = np.searchsorted(block_of(person[order], bits), np.arange((1 << bits) + 1))
    arranged = table.take(pa.array(order))
    return [arranged.slice(begin, end - begin) for begin, end in itertools.pairwise(ends.tolist())]


def _laid_out_anew(asked: Question, fresh: Path, thing: str) -> BlockStore:
    if not (fresh / "deliveries").exists():
        (fresh / "deliveries").symlink_to(asked.home / "deliveries")
    register = laid_out(House(home=str(fresh)), thing)
    assert register is not None
    return register.store


def one_block(asked: Question, block: int) -> Answer:
    """Of the people in one block: what an engine that cannot hold everybody is compared with."""
    tables = {thing: store.read(block) for thing, store in _stores(asked.home).items()}
    return _named(asked, count_four(asked, tables))


def own_passes(asked: Question, processes: int) -> Answer:
    """The program's own pass for these areas, with everything it counts besides: T and R, narrow and wide, ordinary jobs,
    every breakdown and crossing, wages by form of employment. Only what has a counterpart among the four is handed back."""
    question = passes.Question(list(asked.months), asked.rules, asked.axis)
    areas = ("unemployment", "employment")
    stores = {**_stores(asked.home), "income": _store(asked.home, "income")}
    blocks = list(LocalEngine(processes).map(partial(passes.answer, question, areas), stores))
    answer = {}
    for area in areas:
        counts = joined([found[area][0] for found in blocks])
        for series, cube in counts.cubes.items():
            if series.variant in ("narrow", "any") and (series.dim1, series.dim2) == ("sex", ""):
                for (place, sex, _), n in np.ndenumerate(cube.n):
                    name = key_of(
                        series.quantity, "", counts.span[place], series.group, ALL_SEXES[sex]
                    )
                    if n and series.quantity in FLAGS and series.group in asked.groups:
                        answer[name] = int(n)
    return answer


def count_four(asked: Question, tables: Mapping[str, pa.Table]) -> Counts:
    """Counts of a block: (month, group, sex, flag or state)."""
    study = Study(assemble(tables, asked.axis), asked.rules, asked.months)
    n_states = len(codes.states())
    shape = (len(asked.months), len(asked.groups), len(ALL_SEXES), len(FLAGS) + n_states)
    counts = np.zeros(shape, np.int64)
    upto = running(study.unemployed("narrow"))
    for number, group in enumerate(asked.groups):
        # The target group's weeks are set apart; everybody else's are looked through where they lie.
        work = study.target if group == "T" else study.everybody
        for place, month in enumerate(asked.months):
            at, members = asked.weeks[place], study.members(month, group)
            week = asked.axis.first_week + at
            who = study.target_at(month) if group == "T" else members.at
            sex = members.categories["sex"].astype(np.int64)
            now = unemployed(work.code(week).take(who), "narrow")
            long_term = now.copy()
            if group == "T":
                long_term &= spent(upto, at).take(who) >= LONG_TERM
            else:
                long_term[now] = _is_long_term(study, who[now], at)
            # Each member's flags, state and sex are one number, as the program counts them.
            cell = sex * n_states + work.state(week).take(who)
            for flag in (now, long_term, work.any_job(week).take(who)):
                cell = cell * 2 + flag
            size = (len(ALL_SEXES), n_states, *(2 for _ in FLAGS))
            n = np.bincount(cell, minlength=math.prod(size)).reshape(size)
            for column in range(len(FLAGS)):
                bearing = n.take(1, axis=2 + column)
                counts[place, number, :, column] = bearing.sum(axis=(1, 2, 3))
            counts[place, number, :, len(FLAGS) :] = n.sum(axis=(2, 3, 4))
    return counts


def _is_long_term(study: Study, who: Positions, at: int) -> Bools:
    """Which of some people, all with a row of weeks, were unemployed in 42 of the 52 weeks that end with week `at`."""
    weeks = study.block.weeks.by_person
    rows = who if weeks.row_of is None else weeks.row_of[who]
    window = weeks.rows[rows, at - WINDOW + 1 : at + 1]
    return np.asarray(unemployed(window, "narrow").sum(axis=1) >= LONG_TERM)


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
