"""DREAM read line by line by the compiled loop: the fast way, for text whose lines are regular.

Belongs here: rows in which every cell is good, straight into records. Does not belong here: what a
good cell is (`dream.cells`); every other row is handed to the careful way (`dream.parser`), and a stretch
with an irregular line wholly.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from expectations.contract import PERSON
from sources.cells import distinct
from sources.cpr import Pseudonyms
from sources.dream.cells import BAD_CODE, Answer, CellMemory, degrees, filled, week_codes
from sources.dream.line_kernel import (
    BEYOND,
    DEGREE,
    GOOD,
    IGNORED,
    INDUSTRY,
    IRREGULAR,
    TEXT,
    WEEK,
    Columns,
    Lines,
    Unknown,
    read_lines,
)
from sources.dream.parser import DreamParser
from sources.dream.rows import KINDS, ROW, Records, WideRows, lists_of
from sources.file_form import FileForm, Seen
from sources.headers import refuse_cpr_values
from sources.quarantine import FaultyRow
from sources.raw import RawBatch
from sources.text.files import Stretch

_USES = {"weeks": WEEK, "grad": DEGREE, "branche": INDUSTRY}
_MOST_UNKNOWN = 4_096


class _IrregularError(Exception):
    """A line has more or fewer cells than it should."""


class DreamReader:
    """Reads stretches and batches of one piece in one pass; threads may share it.

    `seen`: what the memory of cells met. A cell read once is not read again, so this is the same
    whichever rows it stood in.
    """

    def __init__(self, parser: DreamParser, form: FileForm, pseudonyms: Pseudonyms) -> None:
        self.parser = parser
        self.seen = Seen()
        self._form = form
        self._pseudonyms = pseudonyms
        self._texts = (parser.person, *parser.extra)
        self._memory = CellMemory([_codes, self._percent, _industries])

    def read(self, part: Stretch | RawBatch) -> tuple[WideRows, Seen]:
        """The rows of one part, and what was met in it."""
        seen = Seen()
        if isinstance(part, RawBatch):
            return self._checked(part, seen), seen
        try:
            return self._compiled(part, seen), seen
        except _IrregularError:
            return self._joined([self._checked(batch, seen) for batch in part.batches()]), seen

    def _checked(self, batch: RawBatch, seen: Seen) -> WideRows:
        for index, name in self.parser.extra.items():
            refuse_cpr_values(name, batch.cells[index])
        return self.parser.parse(batch, self._form, seen, self._pseudonyms)

    def _compiled(self, stretch: Stretch, seen: Seen) -> WideRows:
        parser = self.parser
        records = np.zeros(stretch.rows, dtype=parser.record)
        lines = self._lines(stretch, records)
        texts = {
            place: _cells(stretch.text, lines.first[:, at], lines.length[:, at])
            for at, place in enumerate(self._texts)
        }
        for index, name in parser.extra.items():
            refuse_cpr_values(name, texts[index])
        people = parser.people(texts[parser.person], self._form, seen)
        left = (lines.state != GOOD) | (people.fault > 0)
        records[ROW] = stretch.numbers(np.arange(stretch.rows))
        good = records[~left] if left.any() else records
        good[PERSON] = parser.persons(people, ~left, seen, self._pseudonyms)
        rows = WideRows(good, [], len(good))
        if not left.any():
            return rows
        again = [
            parser.parse(batch, self._form, seen, self._pseudonyms)
            for batch in stretch.picked(np.flatnonzero(left))
        ]
        return self._joined([rows, *again])

    def _lines(self, stretch: Stretch, records: Records) -> Lines:
        """Read the lists of each row into its record, and find the other cells."""
        lists = {name: np.zeros((len(records), 0), kind) for name, kind in KINDS.items()}
        lists |= {name: records[name] for name in lists_of(records.dtype)}
        lists["grad"][:] = np.nan
        found = np.zeros((2, len(records), len(self._texts)), dtype=np.int64)
        state = np.zeros(len(records), dtype=np.uint8)
        lines = Lines(lists["weeks"], lists["grad"], lists["branche"], found[0], found[1], state)
        columns = self._columns(stretch)
        kinds = np.zeros(_MOST_UNKNOWN, dtype=np.uint8)
        unknown = Unknown(kinds, np.zeros(_MOST_UNKNOWN, dtype=np.uint64))
        delimiter = ord(stretch.table.delimiter)
        met = 1
        while met:
            met = read_lines(stretch.text, delimiter, columns, self._memory.held, lines, unknown)
            if met == IRREGULAR:
                raise _IrregularError
            if not self._memory.learn(unknown.kind[:met], unknown.cell[:met]):
                break
        return lines

    def _columns(self, stretch: Stretch) -> Columns:
        """What is done with each column. A row with something beyond the last one is shifted, and
        none of it is to be read.
        """
        width = stretch.table.width
        use = np.full(width, IGNORED, dtype=np.uint8)
        use[len(stretch.table.header) :] = BEYOND
        place = np.zeros(width, dtype=np.int64)
        for name, line in self.parser.lists.items():
            at = [column for _, column in line]
            use[at], place[at] = _USES[name], range(len(at))
        at = list(self._texts)
        use[at], place[at] = TEXT, range(len(at))
        return Columns(use, place)

    def _percent(self, texts: list[str]) -> Answer:
        cells = distinct(pa.array(texts, pa.string()))
        column = self.parser.columns["number"]
        values, fault = degrees(column, cells, self._form, self.seen)
        return Answer(values[cells.index], fault[cells.index] == 0)

    def _joined(self, parts: list[WideRows]) -> WideRows:
        faulty: list[FaultyRow] = sorted(row for part in parts for row in part.faulty)
        empty = np.zeros(0, dtype=self.parser.record)
        records = np.concatenate([empty, *(part.records for part in parts)])
        return WideRows(records, faulty, sum(part.rows_in for part in parts))


def _cells(
    text: npt.NDArray[np.uint8], first: npt.NDArray[np.int64], length: npt.NDArray[np.int64]
) -> pa.Array:
    """Some cells as texts."""
    offsets = np.zeros(len(first) + 1, dtype=np.int32)
    np.cumsum(length, out=offsets[1:])
    at = np.repeat(first - offsets[:-1], length) + np.arange(offsets[-1])
    values = pa.py_buffer(text[at])
    return pa.StringArray.from_buffers(len(first), pa.py_buffer(offsets), values)


def _codes(texts: list[str]) -> Answer:
    codes = week_codes(texts)
    return Answer(codes, codes != BAD_CODE)


def _industries(texts: list[str]) -> Answer:
    found = filled(texts)
    return Answer(found, np.ones(len(found), dtype=bool))
