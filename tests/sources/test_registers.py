"""The kept registers: a table a sheet, rows about nobody, sheets that may be empty or absent."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from expectations.contract import load
from sources.judging import Judgement

from .making import number
from .sheets import Sheets, as_delivery, judge_sheets

ACTIVITIES = "plan;aktivitet_id;status;statusdato;kommentar"
SURVEYS = "undersoegelse;aar;spoergsmaal;n_inviteret;n_svar;andel_positiv_pct"
EMPTY = {
    table.name: [";".join(column.name for column in table.columns)]
    for table in load("registers").tables
}


def activity(which: int, *cells: str) -> str:
    """An activity's row; the cells stand for status, date and comment."""
    given = [*cells, "i gang", "2020-05-01", ""][:3] if not cells else [*cells, "", ""][:3]
    return ";".join(["bi05", f"a{which}", *given])


def activities(count: int) -> list[str]:
    """The sheet of activities with so many rows."""
    return [ACTIVITIES, *(activity(which) for which in range(count))]


def failed(found: Judgement) -> set[str]:
    """The checks that did not pass."""
    return {check["name"] for check in found.checks if not check["passed"]}


def test_every_sheet_is_a_table(tmp_path: Path) -> None:
    sheets = {**EMPTY, "activities": activities(3), "tenders": ["udbud_id;dato", "u1;2020-02-01"]}
    found = judge_sheets(tmp_path / "w", sheets)
    assert (found.verdict, found.rows_in, found.used) == ("accepted", 4, 4)
    assert found.tables.keys() == EMPTY.keys()
    assert (found.period_from, found.period_to) == ("2020-05-01", "2020-05-01")
    stored = pq.read_table(tmp_path / "w" / "tenders.parquet")
    assert list(stored.column_names) == ["udbud_id", "dato", "adgangskrav"]
    assert found.facts["tables"]["activities"] == {
        "rows_in": 3,
        "used": 3,
        "quarantined": 0,
        "duplicates": 0,
    }
    assert found.cpr_classes == {}


def test_an_absent_sheet_is_a_warning_and_an_empty_one_is_none(tmp_path: Path) -> None:
    sheets = {name: lines for name, lines in EMPTY.items() if name != "surveys"}
    found = judge_sheets(tmp_path / "w", {**sheets, "activities": activities(1)})
    assert (found.verdict, failed(found)) == ("warned", {"all_tables_delivered"})
    assert "Undersøgelser" in found.sentence


def test_a_workbook_without_rows_is_refused(tmp_path: Path) -> None:
    found = judge_sheets(tmp_path / "w", EMPTY)
    assert (found.verdict, found.code, found.tables) == ("rejected", "empty_file", {})


@pytest.mark.parametrize(
    ("sheet", "row", "rule"),
    [
        ("activities", activity(1, "udgået"), ""),
        ("activities", activity(1, "Igangværende"), ""),
        ("activities", activity(1, "", ""), ""),
        ("activities", activity(1, "næsten"), "code_unknown"),
        ("activities", activity(1, "", "31-02-2020"), "date_form"),
        ("activities", activity(1, "", "", f"talt med {number(0)}"), "text_cpr"),
        (
            "activities",
            activity(1, "", "", f"talt med {number(0)[:6]}-{number(0)[6:]}"),
            "text_cpr",
        ),
        ("activities", "bi05;;;;", "blank"),
        ("surveys", "KL;2024;1;10;10;100", ""),
        ("surveys", "KL;2024;1;10;11;50", "n_svar_within_n_inviteret"),
        ("surveys", "KL;2024;1;;11;50", ""),
        ("surveys", "KL;2024;1;10;10;100,5", "out_of_range"),
        ("surveys", "KL;24;1;10;10;10", "out_of_range"),
        ("contracts", "k1;2020-01-01;2019-12-31", "slut_not_before_start"),
        ("budgets", "bi05;l1;2024;1.300", "number_ambiguous"),
        ("budgets", "bi05;l1;2024;1300,5", ""),
        ("consultants", "Centrum;0,5;nøgleperson;2020-02-01;2020-01-31", "til_not_before_fra"),
    ],
)
def test_rows(tmp_path: Path, sheet: str, row: str, rule: str) -> None:
    headers = {
        "activities": ACTIVITIES,
        "surveys": SURVEYS,
        "contracts": "kontrakt_id;start;slut",
        "budgets": "plan;linje_id;aar;beloeb_1000kr",
        "consultants": "jobcenter;aarsvaerk;rolle;fra;til",
    }
    sheets = {**EMPTY, "tenders": ["udbud_id", "u1"], sheet: [headers[sheet], row]}
    found = judge_sheets(tmp_path / "w", sheets)
    assert (found.verdict, found.quarantined) == (("warned", 1) if rule else ("accepted", 0))
    if rule:
        listed = (tmp_path / "w" / "quarantine.csv").read_text("utf-8-sig").splitlines()[1]
        assert listed.split(";")[0] == f"registers.xlsx · {sheet}"
        assert listed.split(";")[3] == rule
        assert number(0)[6:] not in listed


def test_thousands_of_kroner_may_have_a_point(tmp_path: Path) -> None:
    header = "plan;linje_id;aar;beloeb_1000kr"
    sheets = {**EMPTY, "budgets": [header, "bi05;l1;2024;1.300", "bi05;l2;2024;2.600,5"]}
    judge_sheets(tmp_path / "w", sheets)
    stored = pq.read_table(tmp_path / "w" / "budgets.parquet")
    assert stored["beloeb_1000kr"].to_pylist() == [1300.0, 2600.5]


def test_the_tolerance_is_over_the_whole_workbook(tmp_path: Path) -> None:
    bad = [activity(which, "næsten") for which in range(6)]
    tenders = ["udbud_id;dato", *(f"u{which};i går" for which in range(5))]
    sheets: dict[str, list[str]] = {**EMPTY, "activities": [ACTIVITIES, activity(9), *bad]}
    within = judge_sheets(tmp_path / "a", {**sheets, "tenders": tenders[:5]})
    assert (within.verdict, within.quarantined) == ("warned", 10)
    over = judge_sheets(tmp_path / "b", {**sheets, "tenders": tenders})
    assert (over.verdict, over.code, over.quarantined) == ("rejected", "over_tolerance", 11)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [(10, 8, "accepted"), (10, 7, "suspect"), (9, 0, "accepted"), (10, None, "suspect")],
)
def test_each_sheet_is_held_against_itself(
    tmp_path: Path,
    before: int,
    after: int | None,
    verdict: str,
) -> None:
    # A sheet that grows does not hide one that shrinks.
    first: Sheets = {**EMPTY, "activities": activities(before), "tenders": ["udbud_id", "u1"]}
    many = ["udbud_id", *(f"u{which}" for which in range(20))]
    second = {**EMPTY, "tenders": many}
    if after is None:
        del second["activities"]
    else:
        second["activities"] = activities(after)
    previous = as_delivery(judge_sheets(tmp_path / "a", first))
    found = judge_sheets(tmp_path / "b", second, previous)
    assert found.verdict == verdict
    if verdict == "suspect":
        assert "volume" in failed(found)


def test_an_old_copy_of_the_workbook_is_suspect(tmp_path: Path) -> None:
    previous = as_delivery(judge_sheets(tmp_path / "a", {**EMPTY, "activities": activities(3)}))
    older = [ACTIVITIES, *(activity(which, "i gang", "2020-04-30") for which in range(3))]
    found = judge_sheets(tmp_path / "b", {**EMPTY, "activities": older}, previous)
    assert (found.verdict, found.code) == ("suspect", "suspect_period")


def test_a_key_may_have_blank_parts(tmp_path: Path) -> None:
    header = "plan;emne_id;instans;dato;udfald"
    rows = ["p;e1;BIU;;afventer", "p;e1;BIU;;godkendt", "p;e1;LBR;;afventer", "p;e2;;;"]
    found = judge_sheets(tmp_path / "w", {**EMPTY, "decisions": [header, *rows]})
    assert (found.used, found.quarantined) == (2, 2)
