"""Every way of writing a value that the interface page names, and the ways it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from expectations.contract import Column, load
from sources.cells import distinct
from sources.faults import CODES
from sources.file_form import FileForm, Seen
from sources.values import parse

from .making import INCOME, lines, number, quarantined, read

FRA = load("target_group").table.column("fra")
MAANED = load("income").table.column("maaned")
LOEN = load("income").table.column("loen_kr")
CVR = load("income").table.column("cvr")
TIMER = load("compensation").table.column("timer_pr_uge")
PRIMAER = load("target_group").table.column("primaer")
BYDEL = load("population").table.column("bydel")
KOEN = load("population").table.column("koen")
TYPE = load("compensation").table.column("type")
SAG = load("compensation").table.column("sag_id")
GRAD = load("dream").table.column("grad_YYYY_MM")


def one(column: Column, text: Any, form: FileForm | None = None) -> Any:
    """The value of one cell, or the code of its fault."""
    cells = distinct(pa.array([text]))
    parsed = parse(column, cells, form or FileForm(), Seen())
    place = int(cells.index[0])
    return CODES[parsed.fault[place]] or parsed.values[place].as_py()


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        (FRA, "2020-06-30", date(2020, 6, 30)),
        (FRA, "30-06-2020", date(2020, 6, 30)),
        (FRA, "30.06.2020", date(2020, 6, 30)),
        (FRA, "30/06/2020", date(2020, 6, 30)),
        (FRA, "03-04-2025", date(2025, 4, 3)),
        (FRA, " 2020-06-30\u00a0", date(2020, 6, 30)),
        (FRA, date(2020, 6, 30), date(2020, 6, 30)),
        (FRA, "29-02-2020", date(2020, 2, 29)),
        (FRA, "29-02-2021", "date_form"),
        (FRA, "31-02-2020", "date_form"),
        (FRA, "20250403", "date_form"),
        (FRA, "43831", "date_form"),
        (FRA, "06/30/2020", "date_form"),
        (FRA, "30-06.2020", "date_form"),
        (FRA, "30-06-20", "date_form"),
        (FRA, "1025-01-01", "out_of_range"),
        (FRA, "9999-12-31", "out_of_range"),
        (FRA, "1900-01-01", date(1900, 1, 1)),
        (FRA, "\uff12\uff10\uff12\uff10-06-30", "date_form"),
        (FRA, "", "blank"),
        (MAANED, "2020-06", 2020 * 12 + 5),
        (MAANED, "202006", 2020 * 12 + 5),
        (MAANED, "06-2020", 2020 * 12 + 5),
        (MAANED, 202006, 2020 * 12 + 5),
        (MAANED, 202006.0, 2020 * 12 + 5),
        (MAANED, "2020-13", "month_form"),
        (MAANED, "2020-6", "month_form"),
        (MAANED, "juni 2020", "month_form"),
        (LOEN, "1.234,50", 1234.5),
        (LOEN, "1234.50", 1234.5),
        (LOEN, "1234,5", 1234.5),
        (LOEN, "1.234.567", 1234567.0),
        (LOEN, "0.234", 0.234),
        (LOEN, "12", 12.0),
        (LOEN, "-12,5", -12.5),
        (LOEN, 1.234, 1.234),
        (LOEN, 1e20, 1e20),
        (LOEN, float("nan"), None),
        (LOEN, float("inf"), "number_form"),
        (LOEN, "1,234.50", "number_form"),
        (LOEN, "1 234", "number_form"),
        (LOEN, "1234,5-", "number_form"),
        (LOEN, "(12)", "number_form"),
        (LOEN, "1e3", "number_form"),
        (LOEN, "inf", "number_form"),
        (LOEN, "nan", "number_form"),
        (LOEN, "9" * 400, "number_form"),
        (LOEN, ".", None),
        (LOEN, "  ", None),
        (TIMER, "37", 37.0),
        (TIMER, "37,01", "out_of_range"),
        (TIMER, "0", "out_of_range"),
        (TIMER, "0,5", 0.5),
        (GRAD, "37.500", 37.5),
        (GRAD, "100,1", "out_of_range"),
        (CVR, "10000001", 10000001),
        (CVR, 10000001.0, 10000001),
        (CVR, "1000000", "out_of_range"),
        (CVR, "10 00 00 01", "integer_form"),
        (PRIMAER, "Ja", True),
        (PRIMAER, "n", False),
        (PRIMAER, "1", True),
        (PRIMAER, "FALSE", False),
        (PRIMAER, True, True),
        (PRIMAER, "måske", "yes_no_form"),
        (PRIMAER, "", None),
        (BYDEL, "nørrebro", "Nørrebro"),
        (BYDEL, "NOERREBRO", "Nørrebro"),
        (BYDEL, "Vanl\u00f8se\u200b", "Vanløse"),
        (BYDEL, "Brønshøj - Husum", "Brønshøj-Husum"),
        (BYDEL, "Vesterbro/Kgs.Enghave", "Vesterbro/Kgs. Enghave"),
        (BYDEL, "Roskilde", "code_unknown"),
        (BYDEL, ".", None),
        (KOEN, "1", "M"),
        (KOEN, 2, "K"),
        (KOEN, "k", "K"),
        (KOEN, "3", "code_unknown"),
        (TYPE, "høreapparat ", "høreapparat"),
        (TYPE, "a\u030a", "å"),
        (TYPE, "x" * 500, "x" * 500),
        (TYPE, "x" * 501, "text_long"),
        (TYPE, "a\x07b", "text_control"),
        (TYPE, "=cmd|x", "=cmd|x"),
        (TYPE, "se 070290-0100", "text_cpr"),
        (TYPE, "se 0702900100", "text_cpr"),
        (TYPE, "se 070290 0100", "text_cpr"),
        (TYPE, "se 070290\u20130100", "text_cpr"),
        (TYPE, "sag 20070290-0100", "sag 20070290-0100"),
        (TYPE, "konto 9902900100", "konto 9902900100"),
        (SAG, "0702900100", "0702900100"),
        (SAG, "070290-0100", "text_cpr"),
        (SAG, "070290 0100", "070290 0100"),
    ],
)
def test_a_cell_is_read_as_the_interface_page_says(
    column: Column, text: Any, expected: Any
) -> None:
    assert one(column, text) == expected


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ("10,5", 1234.0),  # the file uses decimal comma elsewhere: the point is for thousands
        ("1.000,25", 1234.0),
        ("10.5", None),  # nothing says what the point is: the row is kept out
        ("12", None),
    ],
)
def test_ambiguous_point_is_settled_by_the_rest_of_the_file(
    tmp_path: Path, other: str, outcome: float | None
) -> None:
    row = "{};2020-06;10000001;{};{};ordinær"
    text = lines(INCOME, [row.format(number(0), "7", "1.234"), row.format(number(1), other, "1")])
    loaded, rows = read("income", tmp_path, text)
    if outcome is None:
        assert quarantined(loaded, tmp_path) == [["2", "loen_kr", "number_ambiguous", "1.234"]]
        assert len(rows) == 1
    else:
        assert [r["loen_kr"] for r in rows] == [outcome, 1.0]
