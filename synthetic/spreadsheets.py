"""Tables to XLSX: the few parts a spreadsheet needs, written as a stream, the same bytes for the same rows.

Here belongs: the parts of the archive and how a cell is spelled. Here does not belong: which tables
there are, or any look beyond the date format. The import walls keep openpyxl out of this package.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MOST_ROWS = 1_048_575
"""Rows a sheet can hold below its header."""

_CELLS_AT_ONCE = 400_000
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_DAYS_BEFORE_1970 = 25_569
_DATE_STYLE = ' s="1"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" xfId="0"/>'
    '<xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class TooManyRows(ValueError):  # noqa: N818 - says what is wrong
    """A sheet cannot hold the rows."""


class Spreadsheet:
    """A workbook being written, its sheets one after the other in the order they were named."""

    def __init__(self, path: Path, sheets: Sequence[str]) -> None:
        self._names = list(sheets)
        self._archive = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6)
        for name, text in _frame(self._names):
            self._archive.writestr(_member(name), _HEAD + text)

    @contextmanager
    def sheet(self, name: str) -> Iterator[Sheet]:
        """Write the sheet called `name`; one at a time."""
        number = self._names.index(name) + 1
        with self._archive.open(
            _member(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True
        ) as part:
            part.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            yield Sheet(part)
            part.write(b"</sheetData></worksheet>")

    def close(self) -> None:
        """Finish the archive."""
        self._archive.close()

    def __enter__(self) -> Spreadsheet:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Sheet:
    """One sheet being written: the header with the first table, then rows. Blank cells are left out."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._header = False
        self.rows = 0

    def write(self, table: pa.Table) -> None:
        """Append the rows of `table`; every call brings the same columns in the same order.

        Raises:
            TooManyRows: the sheet is full.
        """
        if self.rows + table.num_rows > MOST_ROWS:
            raise TooManyRows(f"an XLSX sheet holds at most {MOST_ROWS} rows")
        letters = [column_letters(number) for number in range(table.num_columns)]
        if not self._header:
            header = "".join(
                f'<c r="{letter}1" t="inlineStr"><is><t>{escape(name)}</t></is></c>'
                for letter, name in zip(letters, table.column_names, strict=True)
            )
            self._part.write(f'<row r="1">{header}</row>'.encode())
            self._header = True
        size = max(1, _CELLS_AT_ONCE // max(table.num_columns, 1))
        for batch in table.to_batches(max_chunksize=size):
            first = self.rows + 2
            numbers = pa.array(np.arange(first, first + batch.num_rows)).cast(pa.string())
            cells = [
                _cells(column, letter, numbers)
                for column, letter in zip(batch.columns, letters, strict=True)
            ]
            inside = _joined(*cells, null_handling="replace", null_replacement="")
            lines = _joined('<row r="', numbers, '">', inside, "</row>")
            self._part.write("".join(lines.to_pylist()).encode())
            self.rows += batch.num_rows


def column_letters(number: int) -> str:
    """The name of a column counted from 0: A, B, … Z, AA, …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cells(column: pa.Array, letter: str, rows: pa.Array) -> pa.Array:
    """The XML of each cell of a column; null where there is none."""
    kind = column.type
    before, after, style = "<v>", "</v></c>", ""
    if pa.types.is_dictionary(kind) or pa.types.is_string(kind):
        before, after, style = "<is><t>", "</t></is></c>", ' t="inlineStr"'
        encoded = column if pa.types.is_dictionary(kind) else column.dictionary_encode()
        values = _spelled(encoded, [escape(text) for text in encoded.dictionary.to_pylist()])
    elif pa.types.is_date32(kind):
        style = _DATE_STYLE
        values = pc.add(column.cast(pa.int32()), _DAYS_BEFORE_1970).cast(pa.string())
    elif pa.types.is_floating(kind):
        encoded = column.dictionary_encode()
        values = _spelled(encoded, [repr(value) for value in encoded.dictionary.to_pylist()])
    else:
        values = column.cast(pa.string())
    return _joined(f'<c r="{letter}', rows, f'"{style}>{before}', values, after)


def _spelled(encoded: pa.DictionaryArray, labels: list[str]) -> pa.Array:
    values = pa.array(labels, pa.string())
    return pa.DictionaryArray.from_arrays(encoded.indices, values).cast(pa.string())


def _joined(*parts: pa.Array | str, **options: str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "", **options)


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _FIXED_TIME)
    info.compress_type = ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = 0o600 << 16
    return info


def _frame(sheets: Sequence[str]) -> list[tuple[str, str]]:
    """Every part but the sheets themselves, in the order they are read."""
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    styles = len(sheets) + 1
    return [
        (
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship Id="rId{styles}" '
            f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        ),
        ("xl/styles.xml", _STYLES),
    ]
