"""Sources whose columns are named one by one: raw cells to typed, pseudonymised rows.

Belongs here: parsing each column after its kind, the row rules, and the first fault of each
faulty row. Does not belong here: the wide register (`dream.parser`), how single values are read
(`values`, `cpr`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from expectations.contract import PERSON, Column, Table, stored_key
from sources.cells import Distinct, distinct
from sources.cpr import Cprs, Pseudonyms, holds_one_of, parse_cprs
from sources.duplicates import hash_rows
from sources.faults import CODES
from sources.file_form import FileForm, Seen
from sources.garbled import refuse_garbled
from sources.headers import match
from sources.parsing import ParsedRows
from sources.quarantine import FaultyRow, shown_value
from sources.raw import RawBatch
from sources.rules import broken
from sources.stored import schema_of
from sources.values import parse

Mask = npt.NDArray[np.bool_]

_MAY_HOLD_A_NUMBER = frozenset({"text", "number", "integer"})
"""Kinds of column where ten digits may be something else than a personal number."""


class NamedParser:
    """Parses tables without pattern columns, about persons or not."""

    def __init__(self, table: Table, header: Sequence[str]) -> None:
        found = match(header, table)
        self._table = table
        self._places = found.columns
        self._key = stored_key(table)
        self.key_name = table.key[0]
        self.extra = found.extra
        self.schema = schema_of(table)
        self.wanted: tuple[int, ...] = tuple(sorted({*found.columns.values(), *found.extra}))
        self.facts: dict[str, object] = {}

    def parse(
        self, batch: RawBatch, form: FileForm, seen: Seen, pseudonyms: Pseudonyms
    ) -> ParsedRows:
        """Parse one batch; a row's first fault in contract order decides its listing."""
        count = len(batch.rows)
        faults = _Faults(count)
        blank = np.ones(count, dtype=bool)
        typed: dict[str, pa.Array] = {}
        raw: dict[str, Distinct] = {}
        people: Cprs | None = None
        for column in self._table.columns:
            place = self._places.get(column.name)
            if place is None:
                typed[column.name] = pa.nulls(count, self.schema.field(column.name).type)
                continue
            cells = raw[column.name] = distinct(batch.cells[place])
            blank &= cells.missing[cells.index]
            if column.kind == "cpr":
                people = parse_cprs(batch.cells[place], form, seen)
                faults.mark(column, people.fault)
            else:
                if column.kind in ("code", "text"):
                    refuse_garbled(cells.texts)
                parsed = parse(column, cells, form, seen)
                typed[column.name] = parsed.values.take(pa.array(cells.index))
                faults.mark(column, parsed.fault[cells.index])
        if people is not None:
            self._mark_numbers(people, raw, faults)
        for rule in self._table.row_rules:
            mask, name = broken(rule, typed)
            faults.mark_rule(self._table.column(name), rule.name, mask)
        good = ~faults.any & ~blank
        kept = pa.array(good)
        columns = {name: values.filter(kept) for name, values in typed.items()}
        for column in self._table.columns:
            if column.kind == "serial":
                serials = columns[column.name].to_numpy(zero_copy_only=False)
                columns[column.name] = pa.array(pseudonyms.of_serials(serials), pa.uint64())
        if people is not None:
            columns[PERSON] = pa.array(pseudonyms.of(people.numbers[good]), pa.uint64())
            _count_people(people, good, typed, seen)
        stored = pa.record_batch([columns[name] for name in self.schema.names], schema=self.schema)
        seen.count("blank_rows", int(blank.sum()))
        faulty = faults.rows(batch.rows, faults.any & ~blank, raw)
        faulty += [FaultyRow(row, "", "row_length", "") for row in batch.ragged]
        return ParsedRows(
            stored,
            batch.rows[good],
            hash_rows([stored.column(name) for name in self._key]),
            hash_rows(stored.columns),
            sorted(faulty),
            int((~blank).sum()) + len(batch.ragged),
        )

    def _mark_numbers(self, people: Cprs, raw: dict[str, Distinct], faults: _Faults) -> None:
        """Mark rows with a number of one of the batch's people where a figure or a text should be."""
        for column in self._table.columns:
            if column.kind in _MAY_HOLD_A_NUMBER and column.name in raw:
                cells = raw[column.name]
                mask = holds_one_of(cells.texts, people.numbers)[cells.index]
                faults.mark_rule(column, "text_cpr", mask)


class _Faults:
    """The first fault of each row of a batch."""

    def __init__(self, count: int) -> None:
        self.any: Mask = np.zeros(count, dtype=bool)
        self._found: list[tuple[Column, str, npt.NDArray[np.int64]]] = []

    def mark(self, column: Column, fault: npt.NDArray[np.uint8]) -> None:
        """Note the faults of one column, numbered as in `faults`."""
        for number in np.unique(fault[fault > 0]).tolist():
            self.mark_rule(column, CODES[number], fault == number)

    def mark_rule(self, column: Column, code: str, mask: Mask) -> None:
        """Note that the rows in `mask` have the fault `code`."""
        new = mask & ~self.any
        if new.any():
            self._found.append((column, code, np.flatnonzero(new)))
            self.any = self.any | new

    def rows(
        self, numbers: npt.NDArray[np.int64], counted: Mask, raw: dict[str, Distinct]
    ) -> list[FaultyRow]:
        """The listing of the faulty rows among `counted`."""
        listed = []
        for column, code, places in self._found:
            cells = raw.get(column.name)
            for place in places[counted[places]].tolist():
                text = "" if cells is None else cells.texts[int(cells.index[place])].as_py()
                shown = shown_value(column, text)
                listed.append(FaultyRow(int(numbers[place]), column.name, code, shown))
        return listed


def count_classes(people: Cprs, good: Mask, seen: Seen) -> None:
    """Count the classes of personal numbers over the good rows."""
    replacement = people.replacement & good
    seen.count("cpr_ordinary", int((good & ~people.replacement).sum()))
    seen.count("cpr_replacement", int(replacement.sum()))
    seen.count("cpr_modulus_11_failed", int((people.modulus_failed & good).sum()))
    seen.count("cpr_padded", int((people.padded & good).sum()))


def _count_people(people: Cprs, good: Mask, typed: dict[str, pa.Array], seen: Seen) -> None:
    count_classes(people, good, seen)
    if "foedselsdato" not in typed or "koen" not in typed:
        return
    comparable = good & ~people.replacement
    born = typed["foedselsdato"].cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
    in_number = people.birth.astype("datetime64[D]").astype(np.int64)
    male = typed["koen"].fill_null("").to_numpy(zero_copy_only=False) == "M"
    seen.count("birth_date_differs", int((comparable & (born != in_number)).sum()))
    seen.count("sex_differs", int((comparable & (male != people.male)).sum()))
