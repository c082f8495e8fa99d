"""The wide register: headers of weeks and months, cells, scale of degrees, person-weeks."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sources.files import sha256_of
from sources.survey import last_week

from .making import lines, number, quarantined, read, refusal

HEADER = "PNR;y_1952;y_2001;branche_2019_12;branche_2020_01;grad_2019_12;grad_2020_01"


def row(which: int, *cells: str) -> str:
    """A person with cells."""
    return ";".join([number(which), *cells])


ROWS = [row(0, "111", "", "651200", "", "37,5", ""), row(1, ".", "998", "", "x", "", "100")]


def plain(rows: list[dict[str, Any]]) -> list[list[Any]]:
    """Stored rows without the pseudonym, blanks as None."""
    return [
        [
            [None if isinstance(v, float) and math.isnan(v) else v for v in values]
            for name, values in item.items()
            if name != "person"
        ]
        for item in rows
    ]


def test_lists_run_in_time_order_whatever_the_columns_order(tmp_path: Path) -> None:
    loaded, rows = read("dream", tmp_path / "a", lines(HEADER, ROWS))
    expected = [[[111, 0], [37.5, None], [1, 0]], [[0, 998], [None, 100.0], [0, 1]]]
    assert plain(rows) == expected
    assert list(rows[0]) == ["person", "weeks", "grad", "branche"]
    turned = lines(";".join(HEADER.split(";")[::-1]), [";".join(r.split(";")[::-1]) for r in ROWS])
    again, _ = read("dream", tmp_path / "b", turned)
    assert sha256_of(again.stored) == sha256_of(loaded.stored)
    assert loaded.facts == {
        "identified_by": "PNR",
        "first_week": "2019-W52",
        "weeks": 2,
        "grad_months": ["2019-12", "2020-01"],
        "branche_months": ["2019-12", "2020-01"],
    }


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("PNR;y_2052;y_2053;y_2101;branche_2020_12", ""),  # 2020 has a week 53
        ("pnr;Y 2052;y-2053;Y_2101;Branche 2020-12", ""),
        ("PNR;y_9952;y_0001;branche_2000_01;x", ""),
        ("PNR;y_9132;y_9133;branche_2008_01;x", ""),
        ("PNR;y_9131;y_9132;branche_2008_01;x", "dream_week"),
        ("PNR;y_1952;y_1953;y_2001;branche_2020_01", "dream_week"),  # 2019 has none
        ("PNR;y_1952;y_2002;branche_2020_01;x", "weeks_not_consecutive"),
        ("PNR;y_1952;Y_1952;branche_2020_01;x", "duplicate_column"),
        ("PNR;y_1952;y_2001;branche_2020_13;x", "missing_column"),
        ("PNR;y_1952;y_2001;x;z", "missing_column"),
        ("CPR_X;y_1952;y_2001;branche_2020_01;x", "missing_column"),
        ("PNR;uge_1952;uge_2001;branche_2020_01;x", "missing_column"),
        ("PNR;y_1952;y_2001;grad_2020_01;x", ""),
        ("a;b;c;d;e", "no_header"),
    ],
)
def test_headers(tmp_path: Path, header: str, code: str) -> None:
    assert refusal("dream", tmp_path, lines(header, [row(0, "111", "", "", "")])) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("012", 12),
        (" 111 ", 111),
        ("111\u00a0", 111),
        ("", 0),
        (".", 0),
        ("11", None),
        ("1111", None),
        ("11a", None),
        ("000", None),
        ("\uff11\uff11\uff11", None),
        ("555", 555),
    ],
)
def test_week_cells(tmp_path: Path, cell: str, code: int | None) -> None:
    text = lines("PNR;y_1952;branche_2019_12", [row(0, cell, ""), row(1, "111", "")])
    loaded, rows = read("dream", tmp_path, text)
    if code is None:
        listed = quarantined(loaded, tmp_path)
        assert [entry[:3] for entry in listed] == [["2", "y_1952", "week_code_form"]]
    else:
        assert rows[0]["weeks"] == [code]


@pytest.mark.parametrize(
    ("cells", "degrees"),
    [
        (("0,5", "1"), [50.0, 100.0]),  # no value exceeds 1
        (("0,5", "1,1"), [0.5, pytest.approx(1.1)]),
        (("", "1"), [None, 100.0]),
        (("0", "0"), [0.0, 0.0]),
    ],
)
def test_degrees_as_shares_or_percentages(
    tmp_path: Path, cells: tuple[str, str], degrees: list[Any]
) -> None:
    text = lines("PNR;y_1952;grad_2019_12", [row(w, "", cell) for w, cell in enumerate(cells)])
    _, rows = read("dream", tmp_path, text)
    assert [item[1][0] for item in plain(rows)] == degrees


def test_a_degree_beyond_100_keeps_the_row_out(tmp_path: Path) -> None:
    text = lines("PNR;y_1952;grad_2019_12", [row(0, "", "100,5"), row(1, "", "0,5")])
    loaded, rows = read("dream", tmp_path, text)
    assert quarantined(loaded, tmp_path) == [["2", "grad_2019_12", "out_of_range", "100,5"]]
    assert rows[0]["grad"] == [0.5]


def test_absent_months_leave_no_list(tmp_path: Path) -> None:
    _, rows = read("dream", tmp_path, lines("PNR;y_1952;branche_2019_12", [row(0, "", "1")]))
    assert list(rows[0]) == ["person", "weeks", "branche"]


def test_a_person_twice(tmp_path: Path) -> None:
    rows = [row(0, "111", ""), row(1, "111", ""), row(0, "111", ""), row(1, "112", "")]
    loaded, stored = read("dream", tmp_path, lines("PNR;y_1952;branche_2019_12", rows))
    assert (loaded.used, loaded.duplicates, loaded.conflicts, len(stored)) == (1, 1, 2, 1)


def test_typed_parquet_gives_the_same_table(tmp_path: Path) -> None:
    table = pa.table(
        {
            "PNR": pa.array([int(number(0)), int(number(1))]),
            "y_1952": pa.array([111, None], pa.int16()),
            "y_2001": pa.array([None, 998.0]),
            "branche_2019_12": pa.array([651200, None]),
            "branche_2020_01": pa.array([None, "x"]),
            "grad_2019_12": pa.array([37.5, float("nan")]),
            "grad_2020_01": pa.array([None, 100], pa.int8()),
        }
    )
    pq.write_table(table, tmp_path / "made.parquet")
    content = (tmp_path / "made.parquet").read_bytes()
    typed, _ = read("dream", tmp_path / "a", content, "a.parquet")
    text, _ = read("dream", tmp_path / "b", lines(HEADER, ROWS))
    assert sha256_of(typed.stored) == sha256_of(text.stored)


@pytest.mark.parametrize(
    ("first", "weeks", "last"), [("2020-W52", 3, "2021-W01"), ("2018-W01", 1, "2018-W01")]
)
def test_last_week(first: str, weeks: int, last: str) -> None:
    assert last_week(first, weeks) == last


KEYED = "lobenr;y_1952;branche_2019_12"
SERIALS = ["0017;111;", "18;;651200"]


def test_serial_numbers_stand_in_for_personal_numbers(tmp_path: Path) -> None:
    loaded, rows = read("dream", tmp_path / "a", lines(KEYED, SERIALS))
    _, key = read("dream_key", tmp_path / "b", lines("lobenr;cpr", [f"17;{number(0)}"]))
    by_number = read("dream", tmp_path / "c", lines(HEADER, ROWS))[1]
    assert loaded.facts["identified_by"] == "lobenr"
    assert [row["person"] for row in rows if row["weeks"] == [111]] == [key[0]["lobenr"]]
    assert key[0]["person"] in {row["person"] for row in by_number if row["weeks"] == [111, 0]}
    assert len({row["person"] for row in [*rows, *by_number]}) == 4
    assert "cpr_ordinary" not in loaded.counts


def test_personal_numbers_go_before_serial_numbers(tmp_path: Path) -> None:
    both = [f"{number(0)};17;111;", f"{number(1)};x;;651200"]
    loaded, rows = read("dream", tmp_path / "a", lines("PNR;" + KEYED, both))
    assert loaded.facts["identified_by"] == "PNR"
    assert loaded.extra_columns == ()
    assert [row["person"] for row in rows] == [
        row["person"] for row in read("dream", tmp_path / "b", lines(HEADER, ROWS))[1]
    ]


def test_a_faulty_serial_number_is_not_shown(tmp_path: Path) -> None:
    bad = ["17a;111;", ";111;", f"{number(0)[:6]}-{number(0)[6:]};111;", "17;222;", "17;111;"]
    loaded, _ = read("dream", tmp_path, lines(KEYED, [*SERIALS, *bad]))
    assert quarantined(loaded, tmp_path) == [
        ["2", "lobenr", "key_conflict", ""],
        ["4", "lobenr", "serial_form", "***"],
        ["5", "lobenr", "blank", ""],
        ["6", "lobenr", "serial_form", "***"],
        ["7", "lobenr", "key_conflict", ""],
        ["8", "lobenr", "key_conflict", ""],
    ]
