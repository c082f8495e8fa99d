"""From the registers' tables of one block to the block.

Belongs here: Arrow columns turned into arrays in person order, missing ends into FOREVER and NEVER, and each register's
order of precedence. Not here: the shape of a block (`block`), reading the tables (`blocks.store`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from indicators.block import (
    NEVER,
    UNKNOWN_PERSON,
    Block,
    Bools,
    Coded,
    Courses,
    FleksjobCases,
    Floats,
    Grants,
    Income,
    People,
    Registrations,
    Residence,
    SharedCases,
    WeekAxis,
)
from indicators.calendar import FOREVER, Int32s
from indicators.categories import IMPAIRMENTS, SUBGROUP_MARK
from indicators.person_times import NO_ROW, PersonTimes, WageMonths, Weeks


def assemble(tables: Mapping[str, pa.Table], axis: WeekAxis) -> Block:
    """Build a block from the registers' tables of one block.

    `tables` is keyed by register: `people`, `impairments` and `weeks` are needed; the others may be
    absent. Columns are those of the delivered tables (see the contracts), with `person` as pseudonym; `income` has
    a row a person and month. No figure depends on the order of a table's rows.
    """
    people, residence = _people(tables["people"])
    weeks = tables["weeks"]
    row_of = _row_of(people.positions(_uint64(weeks["person"])), people)
    income = _income(tables["income"], people) if "income" in tables else None
    ordinary = _bools(tables["income"]["ordinaer"]) if "income" in tables else None
    return Block(
        people=people,
        residence=residence,
        registrations=_registrations(tables["impairments"], people),
        weeks=Weeks(axis.first_week, _person_times(weeks, "weeks", row_of, axis.weeks, np.uint16)),
        wages=_wages(weeks, row_of, people, axis, income, ordinary),
        income=income,
        grants=_grants(tables["compensation"], people) if "compensation" in tables else None,
        fleksjob=_fleksjob(tables["fleksjob"], people) if "fleksjob" in tables else None,
        courses=_courses(tables["courses"], people) if "courses" in tables else None,
        shared_cases=_shared(tables["shared_cases"], people) if "shared_cases" in tables else None,
    )


def _people(table: pa.Table) -> tuple[People, Residence]:
    person = _uint64(table["person"])
    first = _days(table["fra"], NEVER)
    order = _in_order(person, first)
    person, first = person[order], first[order]
    # The latest spell's row says who the person is, should the rows disagree.
    is_latest = np.append(person[1:] != person[:-1], True) if len(person) else np.zeros(0, bool)
    positions = (np.cumsum(is_latest) - is_latest).astype(np.int32)
    death = np.full(int(is_latest.sum()), FOREVER, dtype=np.int32)
    if "doedsdato" in table.column_names:
        np.minimum.at(death, positions, _days(table["doedsdato"], FOREVER)[order])
    people = People(
        person=person[is_latest],
        birth=_days(table["foedselsdato"], FOREVER)[order][is_latest],
        sex=_coded(table["koen"]).rows(order[is_latest]),
        death=death,
    )
    residence = Residence(
        person=positions,
        municipality=_integers(table["kommunekode"])[order],
        district=_coded(table["bydel"]).rows(order),
        first=first,
        last=_days(table["til"], FOREVER)[order],
    )
    return people, residence


def _in_order(person: npt.NDArray[np.uint64], first: Int32s) -> npt.NDArray[np.int64]:
    """The order of person and first day; rows that are laid out stand in it already."""
    follows = (person[1:] > person[:-1]) | ((person[1:] == person[:-1]) & (first[1:] >= first[:-1]))
    return np.arange(len(person)) if follows.all() else np.lexsort((first, person))


def _registrations(table: pa.Table, people: People) -> Registrations:
    person = people.positions(_uint64(table["person"]))
    first = _days(table["fra"], NEVER)
    impairment = _coded(table["funktionsnedsaettelse"])
    primary = _bools(table["primaer"])
    rank = impairment.places([*IMPAIRMENTS, ""])
    order = np.lexsort((-rank, -first, primary, person))
    order = order[person[order] != UNKNOWN_PERSON]
    visible = np.full(len(person), -1, dtype=np.int8)
    if "synlig" in table.column_names:
        visible = _tristate(table["synlig"])
    return Registrations(
        person=person[order],
        impairment=impairment.rows(order),
        visible=visible[order],
        job_centre=_coded(table["jobcenter"]).rows(order),
        first=first[order],
        last=_days(table["til"], FOREVER)[order],
    )


def _wages(
    weeks: pa.Table,
    row_of: Int32s | None,
    people: People,
    axis: WeekAxis,
    income: Income | None,
    is_ordinary: Bools | None,
) -> WageMonths:
    months = axis.wage_months
    place = {month: place for place, month in enumerate(months)}
    other = np.zeros(0, dtype=np.int64)
    line = person = np.zeros(0, dtype=np.int32)
    if income is not None and is_ordinary is not None:
        other = np.flatnonzero(~is_ordinary)
        known = [place.get(month, -1) for month in income.month[other].tolist()]
        line, person = np.array(known, dtype=np.int32), income.person[other]
    usable = (person != UNKNOWN_PERSON) & (line >= 0)
    degrees, industries = len(axis.grad_months), len(axis.branche_months)
    return WageMonths(
        months=np.array(months, dtype=np.int32),
        degree_months=axis.grad_months,
        degree=_person_times(weeks, "grad", row_of, degrees, np.float32),
        industry_months=axis.branche_months,
        industry=_person_times(weeks, "branche", row_of, industries, np.uint8),
        other_month=line[usable],
        other_person=person[usable],
        people=len(people.person),
    )


def _row_of(at: Int32s, people: People) -> Int32s | None:
    """Each person's row in the weekly table, None when the table has a row for each in their order."""
    n = len(people.person)
    if len(at) == n and np.array_equal(at, np.arange(n, dtype=np.int32)):
        return None
    known = np.flatnonzero(at != UNKNOWN_PERSON)
    row_of = np.full(n, NO_ROW, dtype=np.int32)
    row_of[at[known]] = known
    return row_of


def _person_times(
    weeks: pa.Table, name: str, row_of: Int32s | None, width: int, kind: type[np.generic]
) -> PersonTimes:
    """A column of lists; of width 0 where the table has no such column."""
    lists = [chunk.flatten() for chunk in weeks[name].chunks if len(chunk)] if width else []
    parts = [each.to_numpy(zero_copy_only=False).astype(kind, copy=False) for each in lists]
    # A single chunk, as a block is read, is not copied.
    flat = parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, kind), *parts])
    return PersonTimes(flat.reshape(len(weeks), width), row_of)


def _income(table: pa.Table, people: People) -> Income:
    person = _uint64(table["person"])
    # The table stands by person, so that few of its rows begin a new one; were it not, each row would.
    begins = np.flatnonzero(np.append(True, person[1:] != person[:-1]))[: len(person)]
    hours = np.zeros(len(person))
    if "ordinaere_timer" in table.column_names:
        hours = _floats(table["ordinaere_timer"], 0.0)
    lengths = np.diff(np.append(begins, len(person)))
    return Income(
        person=np.repeat(people.positions(person[begins]), lengths),
        month=_integers(table["maaned"]),
        ordinary_hours=hours,
    )


def _grants(table: pa.Table, people: People) -> Grants:
    return Grants(
        person=people.positions(_uint64(table["person"])),
        scheme=_coded(table["ordning"]),
        outcome=_coded(table["afgoerelse"]),
        job_centre=_coded(table["jobcenter"]),
        benefit=_coded(table["forsoergelse"]),
        self_employed=_tristate(table["selvstaendig"]),
        applied=_days(table["ansoegt"], FOREVER),
        decided=_days(table["afgjort"], FOREVER),
        first=_days(table["bevilget_fra"], FOREVER),
        last=_days(table["bevilget_til"], FOREVER),
        hours=_floats(table["timer_pr_uge"], np.nan),
    )


def _fleksjob(table: pa.Table, people: People) -> FleksjobCases:
    person = people.positions(_uint64(table["person"]))
    case = np.asarray(table["sag_id"].cast(pa.string()).to_numpy(zero_copy_only=False))
    employed_first = _days(table["ansat_fra"], FOREVER)
    _, case_rank = np.unique(case.astype(str), return_inverse=True)
    order = np.lexsort((case_rank, employed_first, person))
    return FleksjobCases(
        person=person[order],
        outcome=_coded(table["afgoerelse"]).rows(order),
        decided=_days(table["afgjort"], FOREVER)[order],
        referred_first=_days(table["visiteret_fra"], FOREVER)[order],
        referred_last=_days(table["visiteret_til"], FOREVER)[order],
        employed_first=employed_first[order],
        employed_last=_days(table["ansat_til"], FOREVER)[order],
        kind=_coded(table["ansaettelsestype"]).rows(order),
        by_clause=_bools(table["via_klausul"])[order],
    )


def _courses(table: pa.Table, people: People) -> Courses:
    person = _uint64(table["person"])
    programme, group = (table[name].cast(pa.string()) for name in ("indsats", "undergruppe"))
    _, subject = np.unique(person, return_inverse=True)
    return Courses(
        person=people.positions(person),
        subject=subject.astype(np.int32),
        programme=_coded(programme),
        # A text joined to a blank is blank.
        group=_coded(pc.binary_join_element_wise(programme, group, SUBGROUP_MARK)),
        first=_days(table["start"], FOREVER),
        last=_days(table["slut"], FOREVER),
        completed=_bools(table["gennemfoert"]),
    )


def _shared(table: pa.Table, people: People) -> SharedCases:
    return SharedCases(
        person=people.positions(_uint64(table["person"])),
        administration=_coded(table["forvaltning"]),
        first=_days(table["fra"], FOREVER),
        last=_days(table["til"], FOREVER),
    )


def _uint64(column: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    return np.asarray(column.to_numpy(), dtype=np.uint64)


def _days(column: pa.ChunkedArray, missing: int) -> Int32s:
    return _filled(column.cast(pa.date32()).cast(pa.int32()), missing)


def _integers(column: pa.ChunkedArray) -> Int32s:
    return _filled(column.cast(pa.int32()), -1)


def _floats(column: pa.ChunkedArray, missing: float) -> Floats:
    return _filled(column.cast(pa.float64()), missing)


def _filled(column: pa.ChunkedArray, missing: float) -> npt.NDArray[Any]:
    filled = pc.fill_null(column, missing) if column.null_count else column
    return np.asarray(filled.to_numpy())


def _coded(column: pa.ChunkedArray) -> Coded:
    texts = column if pa.types.is_dictionary(column.type) else column.cast(pa.string())
    coded = pc.dictionary_encode(texts).combine_chunks()
    index = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    return Coded(tuple(coded.dictionary.to_pylist()), np.asarray(index, dtype=np.int32))


def _bools(column: pa.ChunkedArray) -> Bools:
    filled = pc.fill_null(column.cast(pa.bool_()), False)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=bool)


def _tristate(column: pa.ChunkedArray) -> npt.NDArray[np.int8]:
    filled = pc.fill_null(column.cast(pa.bool_()).cast(pa.int8()), -1)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=np.int8)
