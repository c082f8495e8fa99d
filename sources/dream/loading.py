"""The wide register loaded from its pieces: read by several threads, put aside, stored in order.

Belongs here: handing parts out to threads and adding up what they met, in the order of the file.
Does not belong here: reading a part (`dream.reader`), the stored file (`dream.storing`), verdicts.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from expectations.contract import Table
from sources.cpr import Pseudonyms
from sources.dream.parser import DreamParser
from sources.dream.reader import DreamReader
from sources.dream.rows import PIECE
from sources.dream.spill import Spill
from sources.dream.storing import store
from sources.file_form import FileForm, Seen, corrected
from sources.loaded import Loaded, Progress, Source, lengths
from sources.quarantine import FaultyRow, Quarantine
from sources.raw import RawBatch
from sources.text.files import Stretch, TextTable

_WAITING_EACH = 2
"""Parts read ahead for each thread; they are what memory holds."""


@dataclass
class _Pass:
    """One pass over the pieces: what was met, the good rows being put aside. `counts[i]`: how many
    rows piece i has.
    """

    quarantine: Quarantine
    rows_in: int = 0
    counts: list[int] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)


def load_wide(
    table: Table, pieces: Sequence[Source], pseudonyms: Pseudonyms, work: Path, progress: Progress
) -> Loaded:
    """Store the good rows of the pieces as `work/<table>.parquet`, a row a person.

    Rejection when the table is unfit as a whole.
    """
    parsers = [DreamParser(table, piece.raw.header) for piece in pieces]
    threads = os.cpu_count() or 1
    stored = work / f"{table.name}.parquet"
    with ThreadPoolExecutor(threads) as workers:
        form: FileForm | None = FileForm()
        while form is not None:
            spill = Spill(work, parsers[0].record)
            try:
                readers = [DreamReader(parser, form, pseudonyms) for parser in parsers]
                done = _Pass(Quarantine(table, [piece.place for piece in pieces]))
                for number, (piece, reader) in enumerate(zip(pieces, readers, strict=True)):
                    read = _Reading(reader, spill, number)
                    _go_through(read, piece, workers, threads * _WAITING_EACH, done, progress)
                form = corrected(form, done.seen)
                if form is None:
                    pseudonyms.verify()
                    kept = store(spill, table, stored, workers)
            finally:
                spill.close()
    for piece_number, row in kept.conflicting:
        faulty = FaultyRow(row, parsers[0].key_name, "key_conflict", "")
        done.quarantine.add([faulty], piece_number)
    facts = dict(parsers[0].facts)
    if blank := done.seen.counts.get("blank_rows", 0):
        facts["blank_rows"] = blank
    return Loaded(
        table,
        stored,
        done.rows_in,
        kept.used,
        kept.extra,
        len(kept.conflicting),
        done.quarantine,
        done.seen.counts,
        facts,
        tuple(parsers[0].extra[index] for index in sorted(parsers[0].extra)),
        lengths(pieces, done.counts),
        kept.survey,
    )


@dataclass(frozen=True)
class _Reading:
    """What a thread does with a part of one piece."""

    reader: DreamReader
    spill: Spill
    piece: int

    def __call__(self, part: Stretch | RawBatch) -> tuple[Sequence[FaultyRow], int, Seen]:
        rows, seen = self.reader.read(part)
        rows.records[PIECE] = self.piece
        self.spill.add(rows.records)
        return rows.faulty, rows.rows_in, seen


def _go_through(
    read: _Reading,
    piece: Source,
    workers: ThreadPoolExecutor,
    most_waiting: int,
    done: _Pass,
    progress: Progress,
) -> None:
    """Read one piece by several threads, and add up what they met in its order."""
    waiting: deque[Future[tuple[Sequence[FaultyRow], int, Seen]]] = deque()

    def settle() -> None:
        faulty, rows_in, seen = waiting.popleft().result()
        done.quarantine.add(faulty, read.piece)
        done.rows_in += rows_in
        done.seen.add(seen)
        progress(f"{done.rows_in} rækker læst")

    for part in _parts(piece, read.reader.parser):
        if len(waiting) == most_waiting:
            settle()
        waiting.append(workers.submit(read, part))
    while waiting:
        settle()
    done.counts.append(done.rows_in - sum(done.counts))
    done.seen.add(read.reader.seen)


def _parts(piece: Source, parser: DreamParser) -> Iterator[Stretch | RawBatch]:
    if isinstance(piece.raw, TextTable):
        return piece.raw.stretches(parser.wanted)
    return piece.raw.batches(parser.wanted)
