"""A block of people as the statistics see it: arrays in person order, built from the registers' tables.

Belongs here: the shape of a block and its assembly from Arrow tables, missing ends turned into `FOREVER`. Not here: which
people fall in which block and where blocks are stored (`blocks`), who counts at a date (`people`).

People stand in order of pseudonym; every other array refers to them by position. A row of a case register about somebody
the population register does not know has position -1: its case counts, its person never does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from indicators.calendar import FOREVER, Int32s
from indicators.categories import IMPAIRMENTS

Strings = npt.NDArray[np.object_]
Bools = npt.NDArray[np.bool_]

UNKNOWN_PERSON = -1
NEVER = -FOREVER


@dataclass(frozen=True)
class People:
    """One row a person: pseudonym, day of birth, sex (`M`, `K`, or None), day of death (FOREVER while alive)."""

    person: npt.NDArray[np.uint64]
    birth: Int32s
    sex: Strings
    death: Int32s

    def positions(self, persons: npt.NDArray[np.uint64]) -> Int32s:
        """Where each pseudonym stands among the people, UNKNOWN_PERSON where it does not."""
        return positions_in(self.person, persons)


@dataclass(frozen=True)
class Residence:
    """Residence spells by person, then first day: of the spells that cover a day the last one decides."""

    person: Int32s
    municipality: Int32s
    district: Strings
    first: Int32s
    last: Int32s


@dataclass(frozen=True)
class Registrations:
    """Impairment registrations in rising order of precedence within a person: of those that cover a day the last is
    primary."""

    person: Int32s
    impairment: Strings
    visible: npt.NDArray[np.int8]
    job_centre: Strings
    first: Int32s
    last: Int32s


@dataclass(frozen=True)
class Weeks:
    """`codes[week - first_week, person]`: the benefit code of each week, 0 where none."""

    first_week: int
    codes: npt.NDArray[np.uint16]

    @property
    def last_week(self) -> int:
        return self.first_week + len(self.codes) - 1


@dataclass(frozen=True)
class WageMonths:
    """`wage[i, person]`: wage income in `months[i]`; `not_ordinary`: the wage register knows that month, and none of it is
    ordinary employment."""

    months: Int32s
    wage: Bools
    not_ordinary: Bools


@dataclass(frozen=True)
class Grants:
    """Cases under the compensation Act; days of what is missing are FOREVER (last, decided) or NEVER (first)."""

    person: Int32s
    scheme: Strings
    outcome: Strings
    job_centre: Strings
    applied: Int32s
    decided: Int32s
    first: Int32s
    last: Int32s


@dataclass(frozen=True)
class FleksjobCases:
    """Cases of the fleksjob register by person, first day of employment and case: the last that covers a day decides the
    kind of employment."""

    person: Int32s
    outcome: Strings
    referred_first: Int32s
    referred_last: Int32s
    employed_first: Int32s
    employed_last: Int32s
    kind: Strings
    by_clause: Bools


@dataclass(frozen=True)
class Block:
    """People and what the registers hold of them. A register that was never delivered is None."""

    people: People
    residence: Residence
    registrations: Registrations
    weeks: Weeks
    wages: WageMonths
    grants: Grants | None
    fleksjob: FleksjobCases | None


def positions_in(sorted_persons: npt.NDArray[np.uint64], persons: npt.NDArray[np.uint64]) -> Int32s:
    """Where each of `persons` stands in `sorted_persons`, UNKNOWN_PERSON where it does not."""
    if not len(sorted_persons):
        return np.full(len(persons), UNKNOWN_PERSON, dtype=np.int32)
    found = np.searchsorted(sorted_persons, persons).clip(max=len(sorted_persons) - 1)
    return np.where(sorted_persons[found] == persons, found, UNKNOWN_PERSON).astype(np.int32)


@dataclass(frozen=True)
class WeekAxis:
    """What the weekly register covers: its first week, and the months it has degree and industry columns for."""

    first_week: int
    weeks: int
    grad_months: tuple[int, ...]
    branche_months: tuple[int, ...]

    @property
    def last_week(self) -> int:
        return self.first_week + self.weeks - 1

    @property
    def wage_months(self) -> tuple[int, ...]:
        """The months whose wage income is known, in order."""
        return tuple(sorted({*self.grad_months, *self.branche_months}))


def assemble(tables: Mapping[str, pa.Table], axis: WeekAxis) -> Block:
    """Build a block from the registers' tables of one block.

    `tables` is keyed by register: `people`, `impairments` and `weeks` are needed; `income`, `compensation` and `fleksjob`
    may be absent. Columns are those of the delivered tables (see the contracts), with `person` as pseudonym.
    """
    people, residence = _people(tables["people"])
    return Block(
        people=people,
        residence=residence,
        registrations=_registrations(tables["impairments"], people),
        weeks=_weeks(tables["weeks"], people, axis),
        wages=_wages(tables["weeks"], tables.get("income"), people, axis),
        grants=_grants(tables["compensation"], people) if "compensation" in tables else None,
        fleksjob=_fleksjob(tables["fleksjob"], people) if "fleksjob" in tables else None,
    )


def _people(table: pa.Table) -> tuple[People, Residence]:
    person = _uint64(table["person"])
    first = _days(table["fra"], NEVER)
    order = np.lexsort((first, person))
    person, first = person[order], first[order]
    # The latest spell's row says who the person is, should the rows disagree.
    is_latest = np.append(person[1:] != person[:-1], True) if len(person) else np.zeros(0, bool)
    deaths = (
        _days(table["doedsdato"], FOREVER)[order] if "doedsdato" in table.column_names else None
    )
    unique = person[is_latest]
    positions = positions_in(unique, person)
    death = np.full(len(unique), FOREVER, dtype=np.int32)
    if deaths is not None:
        np.minimum.at(death, positions, deaths)
    people = People(
        person=unique,
        birth=_days(table["foedselsdato"], FOREVER)[order][is_latest],
        sex=_strings(table["koen"])[order][is_latest],
        death=death,
    )
    residence = Residence(
        person=positions,
        municipality=_integers(table["kommunekode"])[order],
        district=_strings(table["bydel"])[order],
        first=first,
        last=_days(table["til"], FOREVER)[order],
    )
    return people, residence


def _registrations(table: pa.Table, people: People) -> Registrations:
    person = people.positions(_uint64(table["person"]))
    first = _days(table["fra"], NEVER)
    impairment = _strings(table["funktionsnedsaettelse"])
    primary = _bools(table["primaer"])
    place = {name: place for place, name in enumerate(IMPAIRMENTS)}
    rank = np.array([place.get(name, len(place)) for name in impairment], dtype=np.int32)
    order = np.lexsort((-rank, -first, primary, person))
    order = order[person[order] != UNKNOWN_PERSON]
    visible = np.full(len(person), -1, dtype=np.int8)
    if "synlig" in table.column_names:
        visible = _tristate(table["synlig"])
    return Registrations(
        person=person[order],
        impairment=impairment[order],
        visible=visible[order],
        job_centre=_strings(table["jobcenter"])[order],
        first=first[order],
        last=_days(table["til"], FOREVER)[order],
    )


def _weeks(table: pa.Table, people: People, axis: WeekAxis) -> Weeks:
    rows, positions = _rows_of_people(table, people)
    codes = np.zeros((len(people.person), axis.weeks), dtype=np.uint16)
    codes[positions] = _matrix(table["weeks"], axis.weeks)[rows]
    return Weeks(first_week=axis.first_week, codes=np.ascontiguousarray(codes.T))


def _wages(weeks: pa.Table, income: pa.Table | None, people: People, axis: WeekAxis) -> WageMonths:
    rows, positions = _rows_of_people(weeks, people)
    months = axis.wage_months
    place = {month: place for place, month in enumerate(months)}
    wage = np.zeros((len(months), len(people.person)), dtype=bool)
    # A degree says more than an industry code, so where both are delivered for a month the degree decides.
    for column, covered in (("branche", axis.branche_months), ("grad", axis.grad_months)):
        if covered:
            values = _matrix(weeks[column], len(covered))
            for i, month in enumerate(covered):
                wage[place[month], positions] = values[rows, i] > 0
    not_ordinary = np.zeros_like(wage)
    if income is not None and len(months):
        person = people.positions(_uint64(income["person"]))
        distinct, inverse = np.unique(_integers(income["maaned"]), return_inverse=True)
        where = np.array([place.get(month, -1) for month in distinct.tolist()], dtype=np.int64)
        month_place = where[inverse]
        usable = (person != UNKNOWN_PERSON) & (month_place >= 0)
        ordinary = np.zeros_like(wage)
        is_ordinary = _bools(income["ordinaer"])
        not_ordinary[month_place[usable], person[usable]] = True
        both = usable & is_ordinary
        ordinary[month_place[both], person[both]] = True
        not_ordinary &= ~ordinary
    return WageMonths(months=np.array(months, dtype=np.int32), wage=wage, not_ordinary=not_ordinary)


def _grants(table: pa.Table, people: People) -> Grants:
    return Grants(
        person=people.positions(_uint64(table["person"])),
        scheme=_strings(table["ordning"]),
        outcome=_strings(table["afgoerelse"]),
        job_centre=_strings(table["jobcenter"]),
        applied=_days(table["ansoegt"], NEVER),
        decided=_days(table["afgjort"], FOREVER),
        first=_days(table["bevilget_fra"], FOREVER),
        last=_days(table["bevilget_til"], FOREVER),
    )


def _fleksjob(table: pa.Table, people: People) -> FleksjobCases:
    person = people.positions(_uint64(table["person"]))
    case = _strings(table["sag_id"])
    employed_first = _days(table["ansat_fra"], FOREVER)
    _, case_rank = np.unique(case.astype(str), return_inverse=True)
    order = np.lexsort((case_rank, employed_first, person))
    order = order[person[order] != UNKNOWN_PERSON]
    return FleksjobCases(
        person=person[order],
        outcome=_strings(table["afgoerelse"])[order],
        referred_first=_days(table["visiteret_fra"], FOREVER)[order],
        referred_last=_days(table["visiteret_til"], FOREVER)[order],
        employed_first=employed_first[order],
        employed_last=_days(table["ansat_til"], FOREVER)[order],
        kind=_strings(table["ansaettelsestype"])[order],
        by_clause=_bools(table["via_klausul"])[order],
    )


def _rows_of_people(table: pa.Table, people: People) -> tuple[Int32s, Int32s]:
    positions = people.positions(_uint64(table["person"]))
    rows = np.flatnonzero(positions != UNKNOWN_PERSON).astype(np.int32)
    return rows, positions[rows]


def _uint64(column: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    return np.asarray(column.to_numpy(), dtype=np.uint64)


def _days(column: pa.ChunkedArray, missing: int) -> Int32s:
    days = pc.fill_null(column.cast(pa.date32()).cast(pa.int32()), missing)
    return np.asarray(days.to_numpy(), dtype=np.int32)


def _integers(column: pa.ChunkedArray) -> Int32s:
    return np.asarray(pc.fill_null(column.cast(pa.int64()), -1).to_numpy(), dtype=np.int32)


def _strings(column: pa.ChunkedArray) -> Strings:
    return np.asarray(column.cast(pa.string()).to_numpy(zero_copy_only=False), dtype=object)


def _bools(column: pa.ChunkedArray) -> Bools:
    filled = pc.fill_null(column.cast(pa.bool_()), False)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=bool)


def _tristate(column: pa.ChunkedArray) -> npt.NDArray[np.int8]:
    filled = pc.fill_null(column.cast(pa.bool_()).cast(pa.int8()), -1)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=np.int8)


def _matrix(column: pa.ChunkedArray, width: int) -> npt.NDArray[np.generic]:
    flat = (
        pa.concat_arrays([chunk.flatten() for chunk in column.chunks])
        if column.num_chunks
        else None
    )
    if flat is None or not len(flat):
        return np.zeros((len(column), width), dtype=np.uint16)
    return np.asarray(flat.to_numpy(zero_copy_only=False)).reshape(len(column), width)
