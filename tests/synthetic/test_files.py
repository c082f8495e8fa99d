"""The files: same bytes, names, companions, parts, and the same rows in every format."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from synthetic import spreadsheets
from synthetic.generator import SOURCES, generate
from synthetic.registers import SHEETS
from tests.synthetic.conftest import read
from tests.synthetic.reference import parse

SMALL = 1_500
TABLES = tuple(source for source in SOURCES if source != "registers")
TYPED = (
    "loentimer", "loen_kr", "timer_pr_uge", "til", "slut", "grad_2020_05", "y_2010", "afgoerelse",
    "undergruppe", "beloeb_kr", "antal", "dato", "resultat", "bevilling", "kommunekode",
)  # fmt: skip


def _bytes(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _make(folder: Path, seed: int, formats: Sequence[str]) -> dict[str, bytes]:
    generate(folder, SMALL, "2020-03", "2020-12", seed, formats, by_lobenr=True)
    return _bytes(folder)


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "parquet", "xlsx"])
def test_same_arguments_give_the_same_bytes(tmp_path: Path, kind: str) -> None:
    first = _make(tmp_path / "a", 1, (kind,))
    assert first == _make(tmp_path / "b", 1, (kind,))
    other = _make(tmp_path / "c", 2, (kind,))
    assert first.keys() == other.keys()
    written = [name for name in first if not name.endswith(".done")]
    assert len(written) == len(SOURCES) + 1
    assert all(first[name] != other[name] for name in written)


def test_names_and_companions(tmp_path: Path) -> None:
    files = _make(tmp_path, 1, ("csv", "parquet"))
    kinds = {
        source: "csv" if turn % 2 == 0 else "parquet"
        for turn, source in enumerate((*SOURCES, "dream_key"))
    }
    kinds["registers"] = "xlsx"
    names = {f"{source}/{source}_202012.{kind}" for source, kind in kinds.items()}
    assert files.keys() == names | {f"{name}.done" for name in names}
    assert all(files[f"{name}.done"] == b"" for name in names)


@pytest.mark.parametrize("kind", ["csv.gz", "parquet", "xlsx"])
def test_every_format_tells_the_same(tmp_path: Path, kind: str) -> None:
    as_csv = generate(tmp_path / "c", SMALL, "2020-03", "2020-12", 1)
    other = generate(tmp_path / "o", SMALL, "2020-03", "2020-12", 1, (kind,))
    assert as_csv.rows == other.rows
    for source in TABLES:
        text = read(as_csv.files[source])
        header, columns = _columns(other.files[source], source)
        assert header == list(text[0])
        assert len(text) == as_csv.rows[source]
        for name in {"cpr", "PNR", *TYPED} & set(header):
            if kind == "csv.gz" or name in ("cpr", "PNR", "bevilling"):
                assert [row[name] or None for row in text] == columns[name]
            else:
                assert [_typed(row[name]) for row in text] == columns[name]


def _columns(path: Path, source: str) -> tuple[list[str], dict[str, list[object]]]:
    """The header and the columns of a file, read with somebody else's reader."""
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        return table.column_names, table.to_pydict()
    if path.suffix != ".xlsx":
        reader = gzip.open if path.suffix == ".gz" else open
        with reader(path, "rt", encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, delimiter=";")
    else:
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == [source]
        header, *rows = book[source].iter_rows(values_only=True)
    cells = [[value or None if value == "" else value for value in row] for row in rows]
    return list(header), {
        name: [value.date() if isinstance(value, datetime) else value for value in column]
        for name, column in zip(
            header, zip(*cells, strict=True) if cells else [()] * len(header), strict=True
        )
    }


def _typed(text: str) -> object:
    if text == "":
        return None
    if "-" in text:
        return parse(text)
    if "," in text:
        return float(text.replace(",", "."))
    return int(text) if text.isdigit() else text


def test_registers_are_one_workbook_of_sixteen_sheets(tmp_path: Path) -> None:
    truth = generate(tmp_path, 0, "2020-03", "2020-12", 1)
    book = openpyxl.load_workbook(truth.files["registers"])
    assert tuple(book.sheetnames) == SHEETS
    training = list(book["training"].iter_rows(values_only=True))
    assert training[0] == ("kursus_id", "dato", "jobcenter", "emne", "deltagere", "ansatte_i_alt")
    assert isinstance(training[1][1], datetime)
    assert date(2020, 3, 1) <= training[1][1].date() <= date(2020, 12, 31)
    assert sum(book[name].max_row - 1 for name in SHEETS) == truth.rows["registers"]


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_parts_are_the_whole_table_in_order(tmp_path: Path, kind: str) -> None:
    whole = generate(tmp_path / "w", SMALL, "2020-03", "2020-12", 1, (kind,))
    cut = generate(tmp_path / "p", SMALL, "2020-03", "2020-12", 1, (kind,), parts=3)
    names = [path.name for path in cut.parts["dream"]]
    assert names == [f"dream_202012_part{number}of3.{kind}" for number in (1, 2, 3)]
    header, columns = _columns(whole.files["dream"], "dream")
    pieces = [_columns(path, "dream") for path in cut.parts["dream"]]
    assert all(piece[0] == header for piece in pieces)
    numbers = [piece[1]["PNR"] for piece in pieces]
    assert [number for part in numbers for number in part] == columns["PNR"]
    assert max(map(len, numbers)) - min(map(len, numbers)) <= 1
    assert cut.rows == whole.rows


@pytest.mark.parametrize(
    ("persons", "first", "last", "formats", "parts"),
    [
        (-1, "2020-01", "2020-06", ("csv",), 1),
        (10**8, "2020-01", "2020-06", ("csv",), 1),
        (1, "2020-07", "2020-06", ("csv",), 1),
        (1, "1992-01", "2020-06", ("csv",), 1),
        (1, "2020-01", "2058-06", ("csv",), 1),
        (1, "2020-01", "2020-06", (), 1),
        (1, "2020-01", "2020-06", ("xls",), 1),
        (1, "2020-01", "2020-06", ("csv",), 0),
        (1, "2020-01", "2020-06", ("csv",), 100),
        (1_048_576, "2020-01", "2020-06", ("xlsx",), 1),
    ],
)
def test_what_cannot_be_served_is_refused(
    tmp_path: Path, persons: int, first: str, last: str, formats: Sequence[str], parts: int
) -> None:
    with pytest.raises(ValueError, match=r"skal være|ligger efter|ville begynde|ikke kan|kan ikke"):
        generate(tmp_path, persons, first, last, 1, formats, parts=parts)
    assert not list(tmp_path.rglob("*"))


def test_rows_that_no_sheet_can_hold_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2_000)
    with pytest.raises(ValueError, match="income har flere"):
        generate(tmp_path, SMALL, "2020-03", "2020-12", 1, ("xlsx",))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_column_letters(number: int, letters: str) -> None:
    assert spreadsheets.column_letters(number) == letters


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "parquet", "xlsx"])
def test_without_people_every_file_has_its_columns(tmp_path: Path, kind: str) -> None:
    truth = generate(tmp_path, 0, "2020-06", "2020-06", 1, (kind,))
    assert truth.rows["courses"] == 0
    for source in TABLES:
        header, _ = _columns(truth.files[source], source)
        assert len(header) > 3
        assert header[0] != ""


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    generate(tmp_path, 10, "2020-06", "2020-06", 1, progress=told.append)
    assert told == ["Bid 1 af 1 er skrevet."]


def test_running_numbers_lead_back_to_the_people(tmp_path: Path) -> None:
    plain = generate(tmp_path / "p", SMALL, "2020-03", "2020-12", 1)
    keyed = generate(tmp_path / "k", SMALL, "2020-03", "2020-12", 1, by_lobenr=True)
    key = {row["lobenr"]: row["cpr"] for row in read(keyed.files["dream_key"])}
    rows = read(keyed.files["dream"])
    assert len(key) == len(set(key.values())) == len(rows)
    led_back = [{"PNR": key[row.pop("lobenr")], **row} for row in rows]
    assert led_back == read(plain.files["dream"])
    assert list(key) != [row["lobenr"] for row in read(keyed.files["dream"])]
    assert "dream_key" not in plain.files
