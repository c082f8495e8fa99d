"""What cells of a sheet say: dates by format, numbers, texts, errors."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from .making import INCOME, POPULATION, number, quarantined, read
from .xlsx_making import Fault, Raw, Shared, Shown, book, serial

WANTED = date(2010, 1, 1)


def population(tmp_path: Path, cell: Any, column: str = "fra", **how: Any) -> tuple[Any, str]:
    """The stored value of one cell in an otherwise faultless row, and the fault's code."""
    names = POPULATION.split(";")
    row: dict[str, Any] = dict.fromkeys(names)
    row |= {"cpr": number(0), "foedselsdato": "1990-02-07", "koen": "K", "kommunekode": 101}
    row |= {"bydel": "Valby", "fra": WANTED, column: cell}
    if how.get("epoch_1904"):
        row["fra"] = cell
    content = book({"Ark1": [names, list(row.values())]}, **how)
    loaded, rows = read("population", tmp_path, content, "a.xlsx")
    listed = quarantined(loaded, tmp_path)
    return (rows[0][column], "") if rows else (None, listed[0][2])


def income(tmp_path: Path, cell: Any, column: str = "loen_kr") -> tuple[Any, str]:
    """The same for a wage row."""
    row: dict[str, Any] = dict(zip(INCOME.split(";"), [number(0)] + [None] * 5, strict=True))
    row |= {"maaned": "2020-06", "cvr": 10000001, "loentimer": 1, "loen_kr": 2}
    row |= {"ansaettelsesform": "ordinær", column: cell}
    loaded, rows = read("income", tmp_path, book({"x": [list(row), list(row.values())]}), "a.xlsx")
    listed = quarantined(loaded, tmp_path)
    return (rows[0][column], "") if rows else (None, listed[0][2])


@pytest.mark.parametrize(
    "form",
    [
        *(14, 15, 17, 22, 27, 57),
        "yyyy-mm-dd",
        "dd/mm/yyyy;@",
        "[$-406]d. mmmm yyyy",
        "[Red]yyyy\\-mm",
        'dd"."mm"."yyyy" kl." hh:mm',
    ],
)
def test_a_number_shown_as_a_date_is_a_date(tmp_path: Path, form: int | str) -> None:
    assert population(tmp_path, Shown(serial(WANTED), form)) == (WANTED, "")


@pytest.mark.parametrize(
    "form", [0, 1, 4, 9, 37, 46, 49, "0.00", '0 "dage"', "[h]:mm", "[Magenta]0"]
)
def test_a_number_shown_otherwise_is_no_date(tmp_path: Path, form: int | str) -> None:
    assert population(tmp_path, Shown(serial(WANTED), form)) == (None, "date_form")


@pytest.mark.parametrize(
    ("number_", "expected"),
    [
        (serial(date(1960, 1, 1)), (date(1960, 1, 1), "")),
        ("40179.000000001", (date(2010, 1, 1), "")),
        ("40178.999999999", (date(2010, 1, 1), "")),
        (serial(datetime(2010, 1, 1, 13, 45)), (None, "date_form")),
        (60, (None, "date_form")),
        (0.5, (None, "date_form")),
        (-1, (None, "date_form")),
        (2_958_466, (None, "date_form")),
        ("1E+300", (None, "date_form")),
        ("NaN", (None, "date_form")),
        (59, (date(1900, 2, 28), "")),
        (61, (date(1900, 3, 1), "")),
    ],
)
def test_the_bounds_of_a_date(tmp_path: Path, number_: float | str, expected: Any) -> None:
    assert population(tmp_path, Shown(number_, 14)) == expected


def test_the_epoch_of_1904(tmp_path: Path) -> None:
    assert population(tmp_path / "a", WANTED, epoch_1904=True) == (WANTED, "")
    value, _ = population(tmp_path / "b", Shown(serial(WANTED), 14), epoch_1904=True)
    assert value == date(2014, 1, 2)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2010-01-01", WANTED),
        ("01.01.2010", WANTED),
        (Shared("01-01-2010"), WANTED),
        (Shared(runs=("01-01", "-2010"), guide="nej"), WANTED),
        (Raw('<c r="{r}" t="d"><v>2010-01-01</v></c>'), WANTED),
        (Raw('<c r="{r}" t="str"><v>2010-01-01</v></c>'), WANTED),
        (
            Raw('<c r="{r}" t="inlineStr"><is><r><t>2010</t></r><r><t>-01-01</t></r></is></c>'),
            WANTED,
        ),
        (Raw('<c t="inlineStr"><is><t>2010-01-01</t><rPh><t>x</t></rPh></is></c>'), WANTED),
    ],
)
def test_texts_are_read_whatever_way_they_are_stored(
    tmp_path: Path, cell: Any, expected: date
) -> None:
    assert population(tmp_path, cell) == (expected, "")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (1234.5, 1234.5),
        (1.234, 1.234),
        ("1.234", "number_ambiguous"),
        ("1.234,50", 1234.5),
        (Raw('<c r="{r}"><v>1.2345E+3</v></c>'), 1234.5),
        (Shown(1234.5, '#,##0.00\\ "kr."'), 1234.5),
        (Raw('<c r="{r}"><v>INF</v></c>'), "number_form"),
        (Raw('<c r="{r}"><v>NaN</v></c>'), "number_form"),
        (Shown(0.37, 9), "number_form"),
        (Shown(1.5, "[h]:mm"), "number_form"),
        (True, "number_form"),
        (date(2020, 1, 1), "number_form"),
        (Fault(), "error_cell"),
        (Fault("#DIV/0!"), "error_cell"),
    ],
)
def test_numbers(tmp_path: Path, cell: Any, expected: float | str) -> None:
    value, fault = income(tmp_path, cell)
    assert expected == (fault or value)


def test_a_stored_number_says_nothing_about_how_texts_are_written(tmp_path: Path) -> None:
    rows: list[list[Any]] = [INCOME.split(";")]
    cells: tuple[Any, ...] = (1.234, "1.234", "12,5")
    rows += [[number(at), "2020-06", 10000001, 1, cell, "ordinær"] for at, cell in enumerate(cells)]
    _, stored = read("income", tmp_path, book({"x": rows}), "a.xlsx")
    assert [row["loen_kr"] for row in stored] == [1.234, 1234.0, 12.5]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2020, 6, 1), ""),
        (Shown(serial(date(2020, 6, 1)), 17), ""),
        (202006, ""),
        ("06-2020", ""),
        (date(2020, 6, 2), "month_form"),
        (Fault(), "error_cell"),
    ],
)
def test_a_month_may_be_the_date_excel_makes_of_it(
    tmp_path: Path, cell: Any, expected: str
) -> None:
    value, fault = income(tmp_path, cell, "maaned")
    assert (value, fault) == ((None, expected) if expected else (2020 * 12 + 5, ""))


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (702900100, ""),
        ("070290-0100", ""),
        (7029001000, ""),
        (70290010, "cpr_form"),
        (0.5, "cpr_form"),
        (Fault(), "error_cell"),
        (date(2020, 1, 1), "cpr_form"),
    ],
)
def test_personal_numbers(tmp_path: Path, cell: Any, fault: str) -> None:
    rows = [POPULATION.split(";"), [cell, "1990-02-07", "K", 101, "Valby", WANTED, None]]
    loaded, _ = read("population", tmp_path, book({"x": rows}), "a.xlsx")
    found = [row[2] for row in quarantined(loaded, tmp_path)]
    if cell == 7029001000:
        assert found == ["cpr_date"]
    else:
        assert found == ([fault] if fault else [])


def test_nine_digits_are_padded_in_a_number_cell_whatever_stands_beside_it(tmp_path: Path) -> None:
    def row(cell: Any) -> list[Any]:
        return [cell, "1990-02-07", "K", 101, "Valby", WANTED, None]

    rows = [POPULATION.split(";"), row(int(number(0))), row(number(1)), row(number(2)[1:])]
    loaded, stored = read("population", tmp_path, book({"x": rows}), "a.xlsx")
    assert (len(stored), loaded.counts["cpr_padded"]) == (2, 1)
    assert [r[:3] for r in quarantined(loaded, tmp_path)] == [["4", "cpr", "cpr_form"]]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  Valby\u00a0", "Valby"),
        (Shared("Va_x006C_by"), "Valby"),
        (Shared("Valby_x000D_"), "Valby"),
    ],
)
def test_blanks_and_escapes_in_texts(tmp_path: Path, cell: Any, expected: str) -> None:
    assert population(tmp_path, cell, "bydel") == (expected, "")


def test_an_escaped_half_of_a_character_is_no_crash(tmp_path: Path) -> None:
    assert population(tmp_path, Shared("Valby_xD800_"), "bydel") == (None, "code_unknown")


def test_booleans_and_yes_no(tmp_path: Path) -> None:
    header = ["cpr", "funktionsnedsaettelse", "primaer", "fra", "til", "jobcenter", "synlig"]
    values: list[Any] = [True, False, 1, "nej", Fault()]
    rows = [[number(at), "fysisk", v, WANTED, None, "x", None] for at, v in enumerate(values)]
    loaded, stored = read("target_group", tmp_path, book({"x": [header, *rows]}), "a.xlsx")
    assert [row["primaer"] for row in stored] == [True, False, True, False]
    assert loaded.quarantine.by_code == {"error_cell": 1}


def test_an_error_among_the_weeks_or_the_wages_of_dream_is_a_faulty_row(tmp_path: Path) -> None:
    header = ["PNR", "y_2001", "grad_2020_01", "branche_2020_01"]
    rows: list[list[Any]] = [header, [number(0), Shown(111, 0), 0.5, 851000]]
    rows += [[number(1), Fault()], [number(2), None, Fault()], [number(3), None, None, Fault()]]
    loaded, stored = read("dream", tmp_path, book({"x": rows}), "a.xlsx")
    assert len(stored) == 1
    assert [row[1:3] for row in quarantined(loaded, tmp_path)] == [
        ["y_2001", "week_code_form"],
        ["grad_2020_01", "error_cell"],
        ["branche_2020_01", "error_cell"],
    ]
