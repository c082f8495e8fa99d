"""The files of one delivery of every source: names, formats that take turns, parts.

Here belongs: where each source's rows go, and clearing up when something stops half-way. Here does
not belong: the formats themselves (`writing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyarrow as pa

from synthetic.spreadsheets import MOST_ROWS, TooManyRows
from synthetic.writing import FORMATS, PartedFile, TableFile, open_file, write_sheets

MOST_PARTS = 99
REGISTERS = "registers"
DANISH_DATES = ("target_group", "compensation", "courses", "spending")
ONE_ROW_A_PERSON = ("dream", "population", "dream_key")


class InboxFiles:
    """Open files by source. Used as a context: finished at its end, removed if it ends in an error."""

    def __init__(
        self,
        out: Path,
        stamp: str,
        sources: Sequence[str],
        formats: Sequence[str],
        parts: int,
        dream_rows: int,
    ) -> None:
        """`dream_rows` is the number of rows `dream` will have; ValueError if it cannot be served."""
        if not formats or set(formats) - set(FORMATS):
            raise ValueError(f"Formatet skal være et eller flere af {', '.join(FORMATS)}.")
        if not 1 <= parts <= min(MOST_PARTS, max(dream_rows, 1)):
            raise ValueError(
                f"Antallet af dele skal være fra 1 til {MOST_PARTS} og højst en del pr. række."
            )
        kinds = {source: formats[turn % len(formats)] for turn, source in enumerate(sources)}
        kinds[REGISTERS] = "xlsx"
        self.paths: dict[str, tuple[Path, ...]] = {}
        for source in sources:
            count = parts if source == "dream" else 1
            cut = (
                [f"_part{number}of{count}" for number in range(1, count + 1)] if count > 1 else [""]
            )
            self.paths[source] = tuple(
                out / source / f"{source}_{stamp}{suffix}.{kinds[source]}" for suffix in cut
            )
            if (
                source in ONE_ROW_A_PERSON
                and kinds[source] == "xlsx"
                and dream_rows // count > MOST_ROWS
            ):
                raise ValueError(_too_long(source))
        self.rows = dict.fromkeys(sources, 0)
        self._files = {
            source: self._opened(source, dream_rows) for source in sources if source != REGISTERS
        }

    def write(self, source: str, table: pa.Table) -> None:
        """Append rows to a source; ValueError where its format cannot hold them."""
        try:
            self._files[source].write(table)
        except TooManyRows:
            raise ValueError(_too_long(source)) from None
        self.rows[source] += table.num_rows

    def write_sheets(self, source: str, sheets: dict[str, pa.Table]) -> None:
        """Write a source that is one workbook of several tables."""
        self.rows[source] = write_sheets(self.paths[source][0], sheets)

    def __enter__(self) -> InboxFiles:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()
        if kind is not None:
            for path in (path for paths in self.paths.values() for path in paths):
                path.unlink(missing_ok=True)
                path.with_name(path.name + ".done").unlink(missing_ok=True)

    def _opened(self, source: str, dream_rows: int) -> TableFile:
        files = [open_file(path, source, source in DANISH_DATES) for path in self.paths[source]]
        return files[0] if len(files) == 1 else PartedFile(files, dream_rows)


def _too_long(source: str) -> str:
    return f"{source} har flere end {MOST_ROWS} rækker, som et XLSX-ark ikke kan rumme; vælg et andet format."
