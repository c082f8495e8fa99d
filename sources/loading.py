"""A table loaded from its pieces: all good rows stored, all others accounted for.

Belongs here: going through the batches, repeating the pass when the table as a whole turned
out to be written otherwise than assumed, and removing repeated keys. Does not belong here:
verdicts.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from expectations.contract import Table, stored_columns
from sources.cpr import Pseudonyms
from sources.duplicates import Duplicates, find, hash_rows
from sources.file_form import FileForm, Seen, corrected
from sources.garbled import refuse_garbled
from sources.headers import fold_header, refuse_cpr_values
from sources.loaded import Loaded, Progress, Source, lengths
from sources.quarantine import FaultyRow, Quarantine
from sources.rejection import ReadingFault, Rejection
from sources.stored import TableWriter
from sources.tables import NamedParser

_Number = TypeVar("_Number", bound=np.integer[Any])


@dataclass
class _Pass:
    """One pass over the pieces: what was stored, and what was met. `ends[i]`: how many rows were
    stored when piece i had been read. `counts[i]`: how many rows piece i has.
    """

    rows_in: int
    used: int
    ends: list[int]
    counts: list[int]
    keys: npt.NDArray[np.uint64]
    contents: npt.NDArray[np.uint64]
    numbers: npt.NDArray[np.int32]
    quarantine: Quarantine
    seen: Seen


def load_table(
    table: Table, pieces: Sequence[Source], pseudonyms: Pseudonyms, work: Path, progress: Progress
) -> Loaded:
    """Store the good rows of the pieces, in order, as `work/<table>.parquet`.

    Rejection when the table is unfit as a whole; ReadingFault when the rows do not add up.
    """
    _refuse_differing(table, pieces)
    for piece in pieces:
        refuse_garbled(piece.raw.header)
    load = _load_wide if table.wide else _load_named
    loaded = load(table, pieces, pseudonyms, work, progress)
    if loaded.rows_in != loaded.used + loaded.quarantine.count + loaded.duplicates:
        raise ReadingFault(f"{table.name}: rows in are not used + quarantined + duplicates")
    return loaded


def _load_wide(
    table: Table, pieces: Sequence[Source], pseudonyms: Pseudonyms, work: Path, progress: Progress
) -> Loaded:
    # numba takes a third of a second to import, and other tables do not need it.
    from sources.dream.loading import load_wide

    return load_wide(table, pieces, pseudonyms, work, progress)


def _load_named(
    table: Table, pieces: Sequence[Source], pseudonyms: Pseudonyms, work: Path, progress: Progress
) -> Loaded:
    parsers = [NamedParser(table, piece.raw.header) for piece in pieces]
    form: FileForm | None = FileForm()
    rows = work / f"{table.name}.rows.parquet"
    while form is not None:
        done = _go_through(table, pieces, parsers, form, pseudonyms, rows, progress)
        form = corrected(form, done.seen)
    pseudonyms.verify()
    twice = _repeated(table, done, rows)
    for place in twice.conflicting.tolist():
        row = FaultyRow(int(done.numbers[place]), parsers[0].key_name, "key_conflict", "")
        done.quarantine.add([row], bisect.bisect_right(done.ends, place))
    stored = work / f"{table.name}.parquet"
    if len(twice.extra) or len(twice.conflicting):
        _rewrite(rows, stored, parsers[0], twice, done.used)
        rows.unlink()
    else:
        rows.rename(stored)
    facts = dict(parsers[0].facts)
    if blank := done.seen.counts.get("blank_rows", 0):
        facts["blank_rows"] = blank
    return Loaded(
        table,
        stored,
        done.rows_in,
        pq.read_metadata(stored).num_rows,
        len(twice.extra),
        len(twice.conflicting),
        done.quarantine,
        done.seen.counts,
        facts,
        tuple(parsers[0].extra[index] for index in sorted(parsers[0].extra)),
        lengths(pieces, done.counts),
    )


def _refuse_differing(table: Table, pieces: Sequence[Source]) -> None:
    """Reject pieces of one table that do not have the same columns, in whatever order."""
    headers = [{name for name in map(fold_header, piece.raw.header) if name} for piece in pieces]
    for piece, header in zip(pieces[1:], headers[1:], strict=True):
        if header != headers[0]:
            raise Rejection(
                "parts_differ",
                f"Delene har ikke de samme kolonner: ”{piece.place}” afviger fra den første del.",
                "Levér alle dele igen med de samme kolonner.",
            )


def _go_through(
    table: Table,
    pieces: Sequence[Source],
    parsers: Sequence[NamedParser],
    form: FileForm,
    pseudonyms: Pseudonyms,
    path: Path,
    progress: Progress,
) -> _Pass:
    seen, quarantine = Seen(), Quarantine(table, [piece.place for piece in pieces])
    keys: list[npt.NDArray[np.uint64]] = []
    contents: list[npt.NDArray[np.uint64]] = []
    numbers: list[npt.NDArray[np.int32]] = []
    ends: list[int] = []
    counts: list[int] = []
    rows_in = 0
    writer = TableWriter(path, parsers[0].schema)
    try:
        for number, (piece, parser) in enumerate(zip(pieces, parsers, strict=True)):
            for batch in piece.raw.batches(parser.wanted):
                for index, name in parser.extra.items():
                    refuse_cpr_values(name, batch.cells[index])
                parsed = parser.parse(batch, form, seen, pseudonyms)
                writer.add(parsed.stored)
                rows_in += parsed.rows_in
                quarantine.add(parsed.faulty, number)
                keys.append(parsed.keys)
                contents.append(parsed.contents)
                numbers.append(parsed.rows.astype(np.int32))
                progress(f"{rows_in} rækker læst: {table.name}")
            ends.append(writer.rows)
            counts.append(rows_in - sum(counts))
    finally:
        writer.close()
    return _Pass(
        rows_in,
        writer.rows,
        ends,
        counts,
        _joined(keys, np.uint64),
        _joined(contents, np.uint64),
        _joined(numbers, np.int32),
        quarantine,
        seen,
    )


def _repeated(table: Table, done: _Pass, rows: Path) -> Duplicates:
    """Rows that repeat or contradict a key, or a value that may not stand in two rows that differ."""
    twice = find(done.keys, done.contents)
    conflicting = twice.conflicting
    for column in stored_columns(table):
        if column.unique:
            values = pq.read_table(rows, columns=[column.name]).column(0).combine_chunks()
            again = find(hash_rows([values]), done.contents)
            conflicting = np.union1d(conflicting, again.conflicting)
    return Duplicates(np.setdiff1d(twice.extra, conflicting), conflicting)


def _joined(parts: list[npt.NDArray[_Number]], kind: type[_Number]) -> npt.NDArray[_Number]:
    """The parts as one array; they are let go at once, since sixteen million rows hold many."""
    whole = np.concatenate(parts) if parts else np.zeros(0, kind)
    parts.clear()
    return whole


def _rewrite(rows: Path, table: Path, parser: NamedParser, twice: Duplicates, count: int) -> None:
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
