"""DREAM: the wide register, one row a person, to a matrix of weeks and lists of months.

Belongs here: the headers that name weeks and months, and turning their columns into one list a
row, in time order. Does not belong here: what the codes mean, spells of weeks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from expectations.contract import PERSON, Column, Table
from sources.cells import Distinct, distinct, has_forms
from sources.cpr import Cprs, Pseudonym, Pseudonyms, parse_cprs
from sources.dream.cells import BAD_CODE, degrees, filled, week_codes
from sources.dream.rows import ROW, WideRows, lists_of, record_of
from sources.faults import CODES, NUMBER
from sources.file_form import FileForm, Seen
from sources.files import shown_text
from sources.headers import (
    fold_header,
    refuse_doubled,
    refuse_missing,
    refuse_no_header,
    refuse_personal,
)
from sources.quarantine import FaultyRow, shown_value
from sources.raw import RawBatch
from sources.rejection import Rejection
from sources.tables import count_classes
from sources.values import parse

_FIRST_WEEK = date.fromisocalendar(1991, 32, 1)
_SERIAL = "lobenr"
_IDENTIFIERS = ("PNR", _SERIAL)
_TIMELIKE = re.compile(r"(y|grad|branche)_\d[\d_]*")


class Serials(NamedTuple):
    """The serial numbers of a batch, as `Cprs` has the personal numbers."""

    numbers: npt.NDArray[np.int64]
    fault: npt.NDArray[np.uint8]
    missing: npt.NDArray[np.bool_]


def identified_by(header: Sequence[str]) -> str:
    """The column of DREAM that says who a row is about, PNR before lobenr; blank without either."""
    folded = {fold_header(name) for name in header}
    return next((name for name in _IDENTIFIERS if fold_header(name) in folded), "")


class DreamParser:
    """Parses DREAM deliveries: `weeks` codes (0 = none), `grad` 0-100 (NaN = none), `branche` (1 =
    wage).
    """

    def __init__(self, table: Table, header: Sequence[str]) -> None:
        folded = [fold_header(name) for name in header]
        patterns = {c.kind: re.compile(c.pattern) for c in table.columns if c.pattern}
        self.columns = {c.kind: c for c in table.columns}
        self.key_name = identified_by(header) or "PNR"
        self._by_serial = self.key_name == _SERIAL
        person = [i for i, name in enumerate(folded) if name == fold_header(self.key_name)]
        weeks = _timed(folded, patterns["week_code"], _monday)
        grad = _timed(folded, patterns["number"], _month)
        branche = _timed(folded, patterns["presence"], _month)
        refuse_no_header(bool(person or weeks or grad or branche))
        refuse_doubled(folded)
        read = {*person, *(i for _, i in (*weeks, *grad, *branche))}
        known = {fold_header(name) for name in _IDENTIFIERS}
        self.extra = {
            i: name
            for i, name in enumerate(header)
            if i not in read and folded[i] and folded[i] not in known
        }
        missing = [] if person else ["PNR"]
        missing += [] if weeks else ["y_YYWW"]
        missing += [] if grad or branche else ["branche_YYYY_MM"]
        if missing:
            refuse_missing(missing, self.extra.values())
        odd = sorted(folded[i] for i in self.extra if _TIMELIKE.fullmatch(folded[i]))
        _check_weeks([monday for monday, _ in weeks], odd)
        refuse_personal(self.extra.values())
        self.person = person[0]
        self.lists = {"weeks": weeks, "grad": grad, "branche": branche}
        self.record = record_of({name: len(line) for name, line in self.lists.items()})
        self.wanted: tuple[int, ...] = tuple(sorted({*read, *self.extra}))
        year, week, _ = date.fromordinal(weeks[0][0]).isocalendar()
        self.facts: dict[str, object] = {
            "identified_by": self.key_name,
            "first_week": f"{year}-W{week:02d}",
            "weeks": len(weeks),
            "grad_months": [_month_text(number) for number, _ in grad],
            "branche_months": [_month_text(number) for number, _ in branche],
        }

    def people(self, cells: pa.Array, form: FileForm, seen: Seen) -> Cprs | Serials:
        """Who some rows are about, from the cells of the person column."""
        if not self._by_serial:
            return parse_cprs(cells, form, seen)
        found = distinct(cells)
        parsed = parse(self.columns["serial"], found, form, seen)
        parsed.fault[found.missing] = NUMBER["blank"]
        numbers = parsed.values.fill_null(0).to_numpy(zero_copy_only=False)
        at = found.index
        return Serials(numbers[at], parsed.fault[at], found.missing[at])

    def persons(
        self, people: Cprs | Serials, good: npt.NDArray[np.bool_], seen: Seen, made: Pseudonyms
    ) -> Pseudonym:
        """The pseudonyms of the good rows; the classes of their numbers are counted."""
        if isinstance(people, Cprs):
            count_classes(people, good, seen)
        return made.each(people.numbers[good], serials=self._by_serial)

    def parse(
        self, batch: RawBatch, form: FileForm, seen: Seen, pseudonyms: Pseudonyms
    ) -> WideRows:
        """Parse one batch; a row with one bad cell is faulty as a whole."""
        people = self.people(batch.cells[self.person], form, seen)
        weeks, bad_week = self._weeks(batch)
        grad, bad_grad = self._grad(batch, form, seen)
        branche, bad_branche = self._branche(batch)
        matrices: dict[str, npt.NDArray[Any]] = {
            "weeks": weeks,
            "grad": grad,
            "branche": branche,
        }
        empty = ~weeks.any(axis=0) & ~branche.any(axis=0) & ~bad_grad.any(axis=0)
        blank = people.missing & empty & np.isnan(grad).all(axis=0)
        bad = bad_week.any(axis=0) | bad_grad.any(axis=0) | bad_branche.any(axis=0)
        fault = (people.fault > 0) | bad
        good = ~fault & ~blank
        records = np.zeros(int(good.sum()), dtype=self.record)
        records[PERSON] = self.persons(people, good, seen, pseudonyms)
        records[ROW] = batch.rows[good]
        for name in lists_of(self.record):
            records[name] = matrices[name][:, good].T
        seen.count("blank_rows", int(blank.sum()))
        faulty = [FaultyRow(row, "", "row_length", "") for row in batch.ragged]
        for place in np.flatnonzero(fault & ~blank).tolist():
            if people.fault[place]:
                column = self.columns["serial" if self._by_serial else "cpr"]
                at, code = self.person, CODES[people.fault[place]]
            elif bad_week[:, place].any():
                column, code = self.columns["week_code"], "week_code_form"
                at = self.lists["weeks"][int(bad_week[:, place].argmax())][1]
            elif bad_grad[:, place].any():
                first = int((bad_grad[:, place] > 0).argmax())
                column, code = self.columns["number"], CODES[bad_grad[first, place]]
                at = self.lists["grad"][first][1]
            else:
                column, code = self.columns["presence"], "error_cell"
                at = self.lists["branche"][int(bad_branche[:, place].argmax())][1]
            text = _cell(batch.cells[at], place)
            name = self._name(column, at)
            faulty.append(FaultyRow(int(batch.rows[place]), name, code, shown_value(column, text)))
        return WideRows(records, sorted(faulty), int((~blank).sum()) + len(batch.ragged))

    def _weeks(self, batch: RawBatch) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.bool_]]:
        matrix = np.empty((len(self.lists["weeks"]), len(batch.rows)), dtype=np.uint16)
        for line, (_, at) in enumerate(self.lists["weeks"]):
            texts, index = _coded(batch.cells[at])
            np.take(week_codes(texts), index, out=matrix[line])
        return matrix, matrix == BAD_CODE

    def _grad(
        self, batch: RawBatch, form: FileForm, seen: Seen
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
        lines = self.lists["grad"]
        matrix = np.empty((len(lines), len(batch.rows)), dtype=np.float32)
        bad = np.zeros(matrix.shape, dtype=np.uint8)
        for line, (_, at) in enumerate(lines):
            cells: Distinct = distinct(batch.cells[at])
            values, fault = degrees(self.columns["number"], cells, form, seen)
            matrix[line] = values[cells.index]
            bad[line] = fault[cells.index]
        return matrix, bad

    def _branche(self, batch: RawBatch) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
        lines = self.lists["branche"]
        matrix = np.empty((len(lines), len(batch.rows)), dtype=np.uint8)
        bad = np.zeros(matrix.shape, dtype=bool)
        for line, (_, at) in enumerate(lines):
            texts, index = _coded(batch.cells[at])
            np.take(filled(texts), index, out=matrix[line])
            if has_forms(batch.cells[at]):
                # Anything in the cell means wage, so an error there must not.
                found = distinct(batch.cells[at])
                bad[line] = found.errors[found.index]
        return matrix, bad

    def _name(self, column: Column, at: int) -> str:
        for name in ("weeks", "grad", "branche"):
            for number, place in self.lists[name]:
                if place == at and name == "weeks":
                    year, week, _ = date.fromordinal(number).isocalendar()
                    return f"y_{year % 100:02d}{week:02d}"
                if place == at:
                    return f"{name}_{_month_text(number).replace('-', '_')}"
        return column.name


def _coded(cells: pa.Array) -> tuple[list[str | None], npt.NDArray[np.int64]]:
    """The distinct cells as text, and which of them each row holds (the last for null)."""
    if not (pa.types.is_dictionary(cells.type) and pa.types.is_string(cells.type.value_type)):
        found = distinct(cells)
        return found.texts.to_pylist(), found.index
    texts: list[str | None] = cells.dictionary.to_pylist()
    if cells.null_count:
        index = cells.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    else:
        index = cells.indices.to_numpy(zero_copy_only=False)
    return [*texts, None], index


def _cell(cells: pa.Array, place: int) -> str:
    found = distinct(cells.slice(place, 1))
    text: Any = found.texts[int(found.index[0])].as_py()
    return str(text)


def _timed(
    folded: Sequence[str],
    pattern: re.Pattern[str],
    read: Callable[[int, int], int | None],
) -> list[tuple[int, int]]:
    """Headers that fit `pattern` with their time as a number, in time order."""
    found = []
    for index, name in enumerate(folded):
        if (fit := pattern.fullmatch(name)) and (time := read(int(fit[1]), int(fit[2]))):
            found.append((time, index))
    return sorted(found)


def _monday(two_digits: int, week: int) -> int | None:
    """Day number of a week's Monday; None when the ISO year has no such week."""
    year = two_digits + (1900 if two_digits >= 90 else 2000)
    try:
        return date.fromisocalendar(year, week, 1).toordinal()
    except ValueError:
        return None


def _month(year: int, month: int) -> int | None:
    return year * 12 + month - 1 if 1 <= month <= 12 else None


def _month_text(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _check_weeks(mondays: Sequence[int], odd: Sequence[str]) -> None:
    if odd:
        raise Rejection(
            "dream_week",
            f"Kolonnen ”{shown_text(odd[0])}” svarer ikke til en uge eller måned, der findes.",
            "Levér filen igen med rigtige uge- og månedskolonner.",
        )
    if mondays[0] < _FIRST_WEEK.toordinal():
        raise Rejection(
            "dream_week",
            "Filen har uger før registerets første uge (y_9132).",
            "Levér filen igen med uger fra y_9132 og frem.",
        )
    for earlier, later in pairwise(mondays):
        if later - earlier != 7:
            year, week, _ = date.fromordinal(earlier + 7).isocalendar()
            raise Rejection(
                "weeks_not_consecutive",
                f"Ugerne er ikke sammenhængende: y_{year % 100:02d}{week:02d} mangler.",
                "Levér filen igen med alle uger fra den første til den sidste.",
            )
