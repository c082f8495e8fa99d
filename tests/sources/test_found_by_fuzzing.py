"""What fuzzing found, each made by hand: none of these may end otherwise again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sources.files import shown_text
from sources.rejection import Rejection
from tests.canaries import CANARIES
from tests.sources.making import POPULATION, lines, read, refusal, residents
from tests.sources.xlsx_making import HEAD, book, table

ROWS = residents(12)
COLUMNS = POPULATION.split(";")
GOOD = book({"population": table(POPULATION, ROWS)})
_OFFSET_OF_DIRECTORY = 16


def parquet() -> bytes:
    """Twelve residents in two row groups, pages as plain as they can be."""
    cells = zip(*(row.split(";") for row in ROWS), strict=True)
    columns = dict(zip(COLUMNS, map(list, cells), strict=True))
    stream = io.BytesIO()
    pq.write_table(
        pa.table(columns), stream, row_group_size=6, compression="none", use_dictionary=False
    )
    return stream.getvalue()


def packed_by(method: int) -> bytes:
    """The workbook, its parts packed in another way."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return stream.getvalue()


def directory_moved() -> bytes:
    """The archive's last record says its directory lies far beyond the end, so members begin before the file."""
    end = GOOD.rindex(b"PK\x05\x06") + _OFFSET_OF_DIRECTORY
    return GOOD[:end] + (len(GOOD) * 2).to_bytes(4, "little") + GOOD[end + 4 :]


def test_the_files_before_they_are_spoiled_are_read(tmp_path: Path) -> None:
    assert refusal("population", tmp_path / "a", parquet(), "a.parquet") == ""
    assert refusal("population", tmp_path / "b", GOOD, "a.xlsx") == ""


def test_a_parquet_page_of_an_unknown_type_loses_no_row(tmp_path: Path) -> None:
    # The library passes over such a page and gives the rows of the other group.
    content = bytearray(parquet())
    last = pq.read_metadata(io.BytesIO(content)).row_group(1)
    for at in range(last.num_columns):
        # A page begins with the tag of its type, then the type.
        content[last.column(at).data_page_offset + 1] = 0x7E
    batches = pq.ParquetFile(io.BytesIO(content)).iter_batches()
    assert sum(batch.num_rows for batch in batches) == 6
    assert refusal("population", tmp_path, bytes(content), "a.parquet") == "truncated"


def test_parquet_texts_that_are_no_utf8(tmp_path: Path) -> None:
    content = parquet().replace(b"Valby", b"V\xfflby")
    assert refusal("population", tmp_path, content, "a.parquet") == "truncated"


def test_a_part_in_an_encoding_nobody_knows(tmp_path: Path) -> None:
    strange = HEAD.replace("UTF-8", "rId2") + "<sst/>"
    content = book({"population": table(POPULATION, ROWS)}, parts={"xl/sharedStrings.xml": strange})
    assert refusal("population", tmp_path, content, "a.xlsx") == "unreadable"


def test_members_said_to_lie_outside_the_archive(tmp_path: Path) -> None:
    assert refusal("population", tmp_path, directory_moved(), "a.xlsx") == "truncated"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_as_no_spreadsheet_program_packs_them(tmp_path: Path, method: int) -> None:
    assert refusal("population", tmp_path, packed_by(method), "a.xlsx") == "unreadable"


@pytest.mark.parametrize(
    "between", ["", "-", " ", " - ", "\u200b", "\u2013", "\u00a0", "_", ".", "U", "nr "]
)
def test_a_number_in_a_name_is_masked_whatever_stands_in_it(between: str) -> None:
    name = f"note {CANARIES[0][:6]}{between}{CANARIES[0][6:]}"
    assert shown_text(name) == "note ******-****"


def test_a_number_in_the_name_of_a_week_is_masked(tmp_path: Path) -> None:
    content = lines(f"PNR;y_2001;y_{CANARIES[0]};branche_2020_01", [f"{CANARIES[1]};111;;"])
    with pytest.raises(Rejection) as answer:
        read("dream", tmp_path, content)
    assert answer.value.code == "dream_week"
    assert "y_******-****" in answer.value.cause


@pytest.mark.parametrize("between", [" ", "\u2013", " - ", "\u2212"])
def test_a_number_in_free_text_is_known_whatever_stands_in_it(tmp_path: Path, between: str) -> None:
    text = f"se {CANARIES[1][:6]}{between}{CANARIES[1][6:]}"
    rows = [f"{row};{text}" for row in ROWS]
    assert refusal("population", tmp_path, lines(f"{POPULATION};note", rows)) == "personal_column"
