"""Raw rows made into stored rows: the form both kinds of table share.

Belongs here: what a parser of a source offers and gives. Does not belong here: either parser
(`tables` for named columns, `dream.parser` for the wide register), files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sources.cpr import Pseudonyms
from sources.duplicates import Hashes
from sources.file_form import FileForm, Seen
from sources.quarantine import FaultyRow
from sources.raw import RawBatch


@dataclass(frozen=True)
class ParsedRows:
    """The good rows of a batch in the stored schema, with number, key hash and content hash each;
    the faulty rows; and how many rows of data there were in all (blank rows are not data).
    """

    stored: pa.RecordBatch
    rows: npt.NDArray[np.int64]
    keys: Hashes
    contents: Hashes
    faulty: Sequence[FaultyRow]
    rows_in: int


class Parser(Protocol):
    """Parses one delivery of one source; made from its header."""

    @property
    def schema(self) -> pa.Schema:
        """The schema of the stored table."""

    @property
    def wanted(self) -> tuple[int, ...]:
        """Positions of the columns that are read."""

    @property
    def extra(self) -> dict[int, str]:
        """Columns that are not in the contract, by position."""

    @property
    def key_name(self) -> str:
        """The column that is named when a key stands in several rows."""

    @property
    def facts(self) -> dict[str, object]:
        """What the header says about the delivery as a whole."""

    def parse(
        self, batch: RawBatch, form: FileForm, seen: Seen, pseudonyms: Pseudonyms
    ) -> ParsedRows:
        """Parse one batch."""
