"""DREAM read by the positions of its cells: the fast way, for text whose lines are regular.

Belongs here: rows in which every cell is good, straight into records. Does not belong here: what a
good cell is (`dream_cells`); every other row is handed to the careful way (`dream`), and a stretch
with an irregular line wholly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from expectations.contract import PERSON
from sources.cells import distinct
from sources.cpr import Pseudonyms
from sources.dream import DreamParser
from sources.dream_cells import BAD_CODE, Answer, CellMemory, degrees, filled, week_codes
from sources.file_form import FileForm, Seen
from sources.headers import refuse_cpr_values
from sources.located import IrregularError, Lengths, Located, Positions, Text
from sources.quarantine import FaultyRow
from sources.raw import RawBatch
from sources.text_files import Stretch
from sources.wide_rows import ROW, Records, WideRows

Mask = npt.NDArray[np.bool_]

_LETTER_OR_DIGIT = np.array([bytes([byte]).isalnum() for byte in range(256)])


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
        self._places = {
            name: np.array([place for _, place in line], dtype=np.int64)
            for name, line in parser.lists.items()
        }
        self._codes = CellMemory(_codes, np.uint16)
        self._degrees = CellMemory(self._percent, np.float32)
        self._filled = CellMemory(_industries, np.uint8)

    def read(self, part: Stretch | RawBatch) -> tuple[WideRows, Seen]:
        """The rows of one part, and what was met in it."""
        seen = Seen()
        if isinstance(part, RawBatch):
            return self._checked(part, seen), seen
        try:
            return self._located(part, seen), seen
        except IrregularError:
            return self._joined([self._checked(batch, seen) for batch in part.batches()]), seen

    def _checked(self, batch: RawBatch, seen: Seen) -> WideRows:
        for index, name in self.parser.extra.items():
            refuse_cpr_values(name, batch.cells[index])
        return self.parser.parse(batch, self._form, seen, self._pseudonyms)

    def _located(self, stretch: Stretch, seen: Seen) -> WideRows:
        parser = self.parser
        texts: dict[int, list[pa.Array]] = {place: [] for place in (parser.person, *parser.extra)}
        records = np.zeros(stretch.rows, dtype=parser.record)
        left = np.zeros(stretch.rows, dtype=bool)
        first = 0
        for piece in stretch.located():
            end = first + len(piece)
            if (piece.spans[:, len(stretch.table.header) :] > 1).any():
                # A row with something beyond its last column is shifted; none of it is to be read.
                raise IrregularError
            self._fill(piece, records[first:end], left[first:end])
            first = end
            for place, cells in texts.items():
                cells.append(piece.cells(place))
        for index, name in parser.extra.items():
            refuse_cpr_values(name, pa.concat_arrays(texts[index]))
        people = parser.people(pa.concat_arrays(texts[parser.person]), self._form, seen)
        left |= people.fault > 0
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

    def _fill(self, piece: Located, records: Records, care: Mask) -> None:
        """Put the lists of each row in its record, and mark the rows to be read with care."""
        text = piece.text
        for name, places in self._places.items():
            if not len(places):
                continue
            at, ends, lengths = piece.filled(places)
            matrix = np.zeros((len(piece), len(places)), dtype=records[name].dtype)
            if name == "weeks":
                values, bad = self._codes.values(text, ends, lengths)
            elif name == "grad":
                matrix[:] = np.nan
                values, bad = self._degrees.values(text, ends, lengths)
            else:
                values, bad = self._presence(text, ends, lengths)
            matrix.ravel()[at] = values
            records[name] = matrix
            if bad is not None:
                care[at[bad] // len(places)] = True

    def _presence(
        self, text: Text, ends: Positions, lengths: Lengths
    ) -> tuple[npt.NDArray[Any], Mask | None]:
        """Whether each cell holds something: one that ends in a letter or a digit does."""
        plain = _LETTER_OR_DIGIT.take(text.take(ends - 1))
        values = plain.astype(np.uint8)
        if plain.all():
            return values, None
        odd = np.flatnonzero(~plain)
        values[odd], bad = self._filled.values(text, ends[odd], lengths[odd])
        if bad is None:
            return values, None
        marked = np.zeros(len(ends), dtype=bool)
        marked[odd[bad]] = True
        return values, marked

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


def _codes(texts: list[str]) -> Answer:
    codes = week_codes(texts)
    return Answer(codes, codes != BAD_CODE)


def _industries(texts: list[str]) -> Answer:
    found = filled(texts)
    return Answer(found, np.ones(len(found), dtype=bool))
