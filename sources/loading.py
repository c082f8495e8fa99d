"""A raw table loaded: all good rows stored, all others accounted for.

Belongs here: going through a file's batches, repeating the pass when the file as a whole turned
out to be written otherwise than assumed, and removing repeated keys. Does not belong here:
verdicts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from expectations.contract import Contract
from sources.cpr import Pseudonyms
from sources.dream import DreamParser
from sources.duplicates import Duplicates, find
from sources.headers import refuse_cpr_values
from sources.parsing import Parser
from sources.quarantine import FaultyRow, Quarantine
from sources.raw import RawTable
from sources.stored import TableWriter
from sources.tables import NamedParser
from sources.values import FileForm, Seen

Progress = Callable[[str], None]
_Number = TypeVar("_Number", bound=np.integer[Any])


@dataclass(frozen=True)
class Loaded:
    """`table`: the stored rows. `rows_in` = `used` + quarantined + `duplicates`."""

    table: Path
    rows_in: int
    used: int
    duplicates: int
    conflicts: int
    quarantine: Quarantine
    counts: dict[str, int]
    facts: dict[str, object]
    extra_columns: tuple[str, ...]


@dataclass
class _Pass:
    """One pass over a file: what was stored, and what was met."""

    rows_in: int
    used: int
    keys: npt.NDArray[np.uint64]
    contents: npt.NDArray[np.uint64]
    numbers: npt.NDArray[np.int32]
    quarantine: Quarantine
    seen: Seen


def load_table(
    contract: Contract, raw: RawTable, key: bytes, work: Path, progress: Progress
) -> Loaded:
    """Store the good rows of `raw` as `work/table.parquet`; Rejection when the table is unfit as a
    whole.
    """
    parser: Parser = (
        DreamParser(contract, raw.header) if contract.wide else NamedParser(contract, raw.header)
    )
    pseudonyms = Pseudonyms(key, contract.source)
    form: FileForm | None = FileForm()
    rows = work / "rows.parquet"
    while form is not None:
        done = _go_through(raw, parser, form, pseudonyms, rows, progress)
        form = _corrected(form, done.seen)
    pseudonyms.verify()
    twice = find(done.keys, done.contents)
    key_name = contract.key[0]
    done.quarantine.add(
        FaultyRow(int(number), key_name, "key_conflict", "")
        for number in done.numbers[twice.conflicting]
    )
    table = work / "table.parquet"
    if len(twice.extra) or len(twice.conflicting):
        _rewrite(rows, table, parser, twice, done.used)
        rows.unlink()
    else:
        rows.rename(table)
    facts = dict(parser.facts)
    if blank := done.seen.counts.get("blank_rows", 0):
        facts["blank_rows"] = blank
    return Loaded(
        table,
        done.rows_in,
        done.used - len(twice.extra) - len(twice.conflicting),
        len(twice.extra),
        len(twice.conflicting),
        done.quarantine,
        done.seen.counts,
        facts,
        tuple(parser.extra[index] for index in sorted(parser.extra)),
    )


def _go_through(
    raw: RawTable,
    parser: Parser,
    form: FileForm,
    pseudonyms: Pseudonyms,
    path: Path,
    progress: Progress,
) -> _Pass:
    seen, quarantine = Seen(), Quarantine()
    keys: list[npt.NDArray[np.uint64]] = []
    contents: list[npt.NDArray[np.uint64]] = []
    numbers: list[npt.NDArray[np.int32]] = []
    rows_in = 0
    writer = TableWriter(path, parser.schema)
    try:
        for batch in raw.batches(parser.wanted):
            for index, name in parser.extra.items():
                refuse_cpr_values(name, batch.cells[index])
            parsed = parser.parse(batch, form, seen, pseudonyms)
            writer.add(parsed.stored)
            rows_in += parsed.rows_in
            quarantine.add(parsed.faulty)
            keys.append(parsed.keys)
            contents.append(parsed.contents)
            numbers.append(parsed.rows.astype(np.int32))
            progress(f"{rows_in} rækker læst")
    finally:
        writer.close()
    return _Pass(
        rows_in,
        writer.rows,
        _joined(keys, np.uint64),
        _joined(contents, np.uint64),
        _joined(numbers, np.int32),
        quarantine,
        seen,
    )


def _joined(parts: list[npt.NDArray[_Number]], kind: type[_Number]) -> npt.NDArray[_Number]:
    """The parts as one array; they are let go at once, since sixteen million rows hold many."""
    whole = np.concatenate(parts) if parts else np.zeros(0, kind)
    parts.clear()
    return whole


def _corrected(form: FileForm, seen: Seen) -> FileForm | None:
    """The form the file turned out to have, when reading it so would give something else."""
    better = form
    if seen.ambiguous_number and not seen.decimal_comma:
        better = replace(better, decimal_comma=False)
    if seen.cpr_nine_digits and seen.cpr_leading_zero:
        better = replace(better, cpr_number_column=False)
    if 0 < seen.highest_degree <= 1:
        better = replace(better, degree_is_share=True)
    return better if better != form else None


def _rewrite(rows: Path, table: Path, parser: Parser, twice: Duplicates, count: int) -> None:
    """Copy the stored rows without those that repeat or contradict a key."""
    keep = np.ones(count, dtype=bool)
    keep[twice.extra] = False
    keep[twice.conflicting] = False
    writer = TableWriter(table, parser.schema)
    first = 0
    try:
        with pq.ParquetFile(rows) as file:
            for group in range(file.num_row_groups):
                for batch in file.read_row_group(group).to_batches():
                    mask = keep[first : first + batch.num_rows]
                    first += batch.num_rows
                    writer.add(batch.take(np.flatnonzero(mask)).cast(parser.schema))
    finally:
        writer.close()
