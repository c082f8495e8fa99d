"""A workbook with a sheet a table: sheets by name, those missing, empty, doubled or nobody's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from expectations.contract import load
from sources.opening import open_tables
from sources.rejection import Rejection

from .making import NOW
from .xlsx_making import Formula, Sheet, book

DECISIONS: list[list[Any]] = [
    ["plan", "emne_id", "instans", "dato", "udfald", "kommentar"],
    ["handicap-2018", "e1", "BIU", NOW.date(), "godkendt", None],
]
TENDERS: list[list[Any]] = [["udbud_id", "dato", "adgangskrav"], ["u1", NOW.date(), "ja"]]


def opened(folder: Path, sheets: dict[str, Any]) -> dict[str, Any]:
    """The tables found in a workbook."""
    path = folder / "a.xlsx"
    path.write_bytes(book(sheets))
    return dict(open_tables(path, ".xlsx", load("registers")))


def test_sheets_are_found_by_name_whatever_their_order_and_spelling(tmp_path: Path) -> None:
    sheets = {" Tenders": TENDERS, "DECISIONS": Sheet([["Beslutninger"], *DECISIONS])}
    found = opened(tmp_path, sheets)
    assert sorted(found) == ["decisions", "tenders"]
    (batch,) = found["decisions"].batches([1])
    assert (batch.rows.tolist(), batch.cells[1].to_pylist()) == ([3], ["e1"])
    assert found["tenders"].left_out == ()


def test_an_empty_sheet_is_as_none_and_a_header_alone_is_a_table_without_rows(
    tmp_path: Path,
) -> None:
    found = opened(tmp_path, {"decisions": DECISIONS, "tenders": TENDERS[:1], "partners": [[" "]]})
    assert sorted(found) == ["decisions", "tenders"]
    assert sum(len(batch.rows) for batch in found["tenders"].batches([0])) == 0


def test_other_sheets_are_named_unless_the_system_handed_them_out(tmp_path: Path) -> None:
    guides = {"Vejledning": [["Sådan"]], "Lister": [["ja"], ["nej"]]}
    others = {"Egne noter": [["x", Formula("1+1")]], "Tom": []}
    found = opened(tmp_path, {**guides, "tenders": TENDERS, **others})
    assert found["tenders"].left_out == ("Egne noter",)


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"tenders": TENDERS, "TENDERS": TENDERS}, "sheet_choice"),
        ({"Ark1": TENDERS}, "no_header"),
        ({"tenders": []}, "no_header"),
        ({"tenders": [["a", "b"]]}, "no_header"),
    ],
)
def test_workbooks_that_are_not_the_registers_are_refused(
    tmp_path: Path, sheets: dict[str, Any], code: str
) -> None:
    with pytest.raises(Rejection) as refused:
        opened(tmp_path, sheets)
    assert refused.value.code == code


def test_a_header_without_its_only_required_column_is_still_the_header(tmp_path: Path) -> None:
    rows = [["Udbud"], ["udbudid", "dato", "adgangskrav"], ["u1", NOW.date(), "ja"]]
    assert opened(tmp_path, {"tenders": rows})["tenders"].header == tuple(rows[1])


def test_only_a_workbook_holds_the_registers(tmp_path: Path) -> None:
    for ending in (".csv", ".csv.gz", ".parquet", ".sav", ".dta", ".xpt", ".sas7bdat"):
        path = tmp_path / f"a{ending}"
        path.write_bytes(b"plan;emne_id\n")
        with pytest.raises(Rejection) as refused:
            open_tables(path, ending, load("registers"))
        assert (refused.value.code, "projektmappe" in refused.value.cause) == ("file_type", True)
