"""Which sheet is the table, which row its header, and where it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from expectations.contract import load
from sources.opening import open_tables
from sources.rejection import Rejection

from .making import POPULATION, number, quarantined, read, refusal, resident, residents
from .xlsx_making import Formula, Line, Raw, Sheet, Shown, archive, book, table

ROWS = table(POPULATION, residents(4))
HEADER, DATA = ROWS[0], ROWS[1:]
NOTE = [["Bemærkninger"], ["Kilde: CPR"]]
STYLED = Raw('<c r="{r}" s="1"/>')


def loaded(tmp_path: Path, content: bytes) -> int:
    """How many rows came in."""
    return read("population", tmp_path, content, "a.xlsx")[0].rows_in


def answer(tmp_path: Path, content: bytes, source: str = "population") -> Rejection:
    """The refusal of one file."""
    with pytest.raises(Rejection) as refused:
        read(source, tmp_path, content, "a.xlsx")
    return refused.value


@pytest.mark.parametrize(
    ("rows", "length", "why"),
    [
        (ROWS, 5, "a header and four rows"),
        ([["Udtræk"], *ROWS], 6, "a title takes a row of the sheet"),
        ([["Udtræk"], None, *ROWS], 7, "so does an empty row above the header"),
        ([*ROWS, None, *NOTE], 5, "what stands below is not in the table"),
    ],
)
def test_how_long_the_sheet_is(tmp_path: Path, rows: list[Any], length: int, why: str) -> None:
    done = read("population", tmp_path, book({"Ark1": rows}), "a.xlsx")[0]
    assert done.lengths == (length,), why


@pytest.mark.parametrize(
    "sheets",
    [
        {"Ark1": ROWS},
        {"population": ROWS},
        {"Ark1": NOTE, "POPULATION": ROWS},
        {"population": ROWS, "Ark2": table(POPULATION, residents(2))},
        {"Ark1": [], "Ark2": ROWS, "Ark3": [[STYLED]]},
        {"Ark1": Sheet(NOTE, state="hidden"), " Population ": Sheet(ROWS, state="veryHidden")},
        {"Ark1": Sheet(ROWS, state="veryHidden")},
        {"Ark1": Sheet(ROWS, before='<cols><col min="1" max="3" hidden="1"/></cols>')},
        {"Ark1": [HEADER, *(Line(row, 'hidden="1"') for row in DATA)]},
        {"Ark1": Sheet(ROWS, start=5)},
        {"Ark1": [["Udtræk", None, "30-06-2020"], None, ["cpr", "fra", "til"], *ROWS]},
        {"Ark1": [[None, None, *row] for row in ROWS]},
        {"Ark1": [*ROWS, None, *NOTE]},
        {"Ark1": [*ROWS, [STYLED, " ", "\u00a0"], *NOTE]},
        {"Ark1": [*ROWS, [STYLED] * 7, [STYLED]]},
        {"Ark1": [*ROWS, ["I alt", None, None, 4]]},
        {"Ark1": [*ROWS, [None, " TOTAL: ", 4], None, *NOTE]},
        {"Ark1": [*ROWS, None, ["Sum", 1, 2, 3, 4, 5, 6]]},
        {"Ark1": Sheet([["Titel"], *ROWS, ["I alt"]], merged=["A1:G1", "A7:C7"])},
        {"Ark1": Sheet([*ROWS, None, *NOTE], merged=["A7:G8"])},
    ],
)
def test_the_same_table_wherever_it_stands(tmp_path: Path, sheets: dict[str, Any]) -> None:
    assert loaded(tmp_path, book(sheets)) == 4


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"Ark1": ROWS, "Ark2": NOTE}, "sheet_choice"),
        ({"population": ROWS, "POPULATION": ROWS}, "sheet_choice"),
        ({"Ark1": [], "Ark2": [[" "]]}, "empty_file"),
        ({"population": [], "Ark2": ROWS}, "empty_file"),
        ({"Ark1": [HEADER]}, "empty_file"),
        ({"Ark1": NOTE}, "no_header"),
        ({"Ark1": [["Titel"]] * 20 + ROWS}, "no_header"),
        ({"Ark1": [*ROWS, None, *DATA]}, "rows_after_blank"),
        ({"Ark1": [*ROWS, None, *NOTE, None, DATA[0]]}, "rows_after_blank"),
        ({"Ark1": [HEADER, None, *DATA]}, "rows_after_blank"),
        ({"Ark1": Sheet(ROWS, merged=["A1:B1"])}, "merged_cells"),
        ({"Ark1": Sheet(ROWS, merged=["G2:G4"])}, "merged_cells"),
        ({"Ark1": Sheet([["Titel"], *ROWS], merged=["A1:A2"])}, "merged_cells"),
        (
            {"Ark1": Sheet([[*HEADER[:5], "fra", None], *DATA], merged=["F1:G1"])},
            "merged_cells",
        ),
        ({"Ark1": [[*HEADER, "FRA"], *DATA]}, "duplicate_column"),
        ({"Ark1": [[*HEADER, "navn"], *DATA]}, "personal_column"),
    ],
)
def test_what_cannot_be_known_is_refused(tmp_path: Path, sheets: dict[str, Any], code: str) -> None:
    content = book(sheets)
    if code == "empty_file" and sheets == {"Ark1": [HEADER]}:
        assert loaded(tmp_path, content) == 0
        return
    assert refusal("population", tmp_path, content, "a.xlsx") == code


def test_the_twentieth_row_may_be_the_header(tmp_path: Path) -> None:
    assert loaded(tmp_path, book({"Ark1": [["Titel"]] * 19 + ROWS})) == 4


def test_a_renamed_column_is_named_with_its_likely_match(tmp_path: Path) -> None:
    rows = [["Udtræk"], [*HEADER[:4], "bydelen", *HEADER[5:]], *DATA]
    refused = answer(tmp_path, book({"Ark1": rows}))
    assert refused.code == "missing_column"
    assert "”bydelen” kan være ”bydel”" in refused.cause


def test_rows_are_numbered_as_in_the_sheet(tmp_path: Path) -> None:
    wrong = table(POPULATION, [resident(9, fra="2010-02-30")])[1]
    rows = [["Titel"], *ROWS, wrong, HEADER]
    found, _ = read("population", tmp_path, book({"Ark1": Sheet(rows, start=3)}), "a.xlsx")
    listed = quarantined(found, tmp_path)
    assert [row[:3] for row in listed] == [["9", "fra", "date_form"], ["10", "cpr", "cpr_form"]]


def test_a_sum_in_the_middle_is_a_faulty_row(tmp_path: Path) -> None:
    rows = [*ROWS[:3], ["I alt", None, None, "2"], *ROWS[3:]]
    found, stored = read("population", tmp_path, book({"Ark1": rows}), "a.xlsx")
    assert (found.rows_in, found.quarantine.count, len(stored)) == (5, 1, 4)


def test_a_formula_anywhere_in_the_sheet_is_refused_with_its_row(tmp_path: Path) -> None:
    for which, cached in enumerate((None, 3.0)):
        below = [*ROWS, None, [None, Formula("SUM(A1:A3)", cached)]]
        refused = answer(tmp_path / str(which), book({"Ark1": below}))
        assert refused.code == "formula"
        assert "række 7" in refused.cause
    beside = book({"population": ROWS, "Noter": [[Formula("1+1", 2.0)]]})
    assert loaded(tmp_path / "beside", beside) == 4


def test_an_unknown_column_is_named_and_one_without_a_name_left_alone(tmp_path: Path) -> None:
    rows = [[*HEADER, "note", None], *([*row, "x", "y"] for row in DATA)]
    found, _ = read("population", tmp_path, book({"Ark1": rows}), "a.xlsx")
    assert found.extra_columns == ("note",)


def test_an_unknown_column_with_personal_numbers_is_refused(tmp_path: Path) -> None:
    rows = [[*HEADER, "ref"]]
    rows += [[*row, int(number(at, "170290"))] for at, row in enumerate(DATA)]
    assert refusal("population", tmp_path, book({"Ark1": rows}), "a.xlsx") == "personal_column"


def test_the_widest_sheet_can_be_read(tmp_path: Path) -> None:
    spare = 16_384 - len(HEADER)
    rows = [[*HEADER, *(f"x{n}" for n in range(spare))]]
    rows += [[*row, *[Shown(1, 0)] * spare] for row in DATA]
    found, stored = read("population", tmp_path, book({"Ark1": rows}), "a.xlsx")
    assert (len(found.extra_columns), len(stored)) == (spare, 4)


def test_dream_finds_its_header_by_person_and_weeks(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["DREAM", None, "2020"],
        ["PNR", "y_2001", "y_2002", "branche_2020_01"],
        [number(0), 111, "730", None],
        [number(1), None, None, 851000],
    ]
    _, stored = read("dream", tmp_path, book({"Ark1": rows}), "a.xlsx")
    assert [row["weeks"] for row in stored] == [[111, 730], [0, 0]]
    assert [row["branche"] for row in stored] == [[0], [1]]
    split = book({"Ark1": [*rows[:3], None, [number(1)]]})
    assert refusal("dream", tmp_path / "split", split, "a.xlsx") == "rows_after_blank"
    note = book({"Ark1": [*rows[:3], None, ["Kilde: DREAM"]]})
    assert read("dream", tmp_path / "note", note, "a.xlsx")[0].rows_in == 1
    none = book({"Ark1": [["a", "b"], ["1", "2"]]})
    assert refusal("dream", tmp_path / "none", none, "a.xlsx") == "no_header"


def test_a_table_can_be_gone_through_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book({"Ark1": ROWS}))
    opened = open_tables(path, ".xlsx", load("population"))["population"]
    first, second = (
        [batch.cells[0].to_pylist() for batch in opened.batches([0])] for _ in range(2)
    )
    assert first == second != []


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"/>',
        '<row r="1048577"><c r="A1"><v>1</v></c></row>',
        '<row r="x"/>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="q"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="A1"><v>et</v></c></row>',
        "<row",
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, rows: str) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    content = book({"Ark1": []}, parts={"xl/worksheets/sheet1.xml": sheet})
    assert refusal("population", tmp_path, content, "a.xlsx") == "unreadable"


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    content = archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
    assert refusal("population", tmp_path, content, "a.xlsx") == "file_type"
