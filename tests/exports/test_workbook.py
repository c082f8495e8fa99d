"""What the workbook says, and that the same report gives the same bytes."""

from __future__ import annotations

import dataclasses
import re
import time
import zipfile
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from openpyxl import load_workbook

from exports.cpr_pattern import contains_cpr
from exports.report import Report, SourceStatus
from exports.workbook.book import write_workbook
from exports.workbook.cells import clean
from exports.workbook.figures import Figures, Mark, Point
from exports.workbook.outline import Paragraph
from exports.workbook.series import Content
from exports.workbook.sheets import disclosure, overview
from exports.workbook.table import Column, Table
from indicators.codes import code_table
from tests.exports.archive import Book
from tests.exports.rules_of_sheets import there_is_no_formula


def _words(path: Path, sheet: str) -> list[str]:
    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if cell is not None]


def test_same_report_gives_same_bytes_whatever_the_row_order_and_clock(
    report: Report, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    shuffled = dataclasses.replace(report, table=report.table.sample(frac=1, random_state=7))
    again = tmp_path / "again.xlsx"
    started = time.monotonic()
    write_workbook(shuffled, again)
    assert time.monotonic() - started < 10
    monkeypatch.undo()
    time.tzset()
    assert again.read_bytes() == workbook.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == ["again.xlsx"]


def test_an_unofficial_report_is_marked_on_every_sheet_and_in_print(
    builder: ModuleType, report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "whatif.xlsx"
    write_workbook(dataclasses.replace(report, official=False), path)
    for sheet in load_workbook(path):
        assert any(str(cell.value).startswith("IKKE OFFICIEL") for cell in sheet["A"][:4])
        assert "IKKE OFFICIEL" in str(sheet.oddHeader.center.text)


def test_overblik_tells_goals_that_are_hidden_from_those_that_have_not_moved(
    builder: ModuleType, report: Report
) -> None:
    def told(table: pd.DataFrame) -> str:
        return overview.summary(Content(builder.report(table), Figures(table)))

    table = report.table.copy()
    assert "kan vises" not in told(table)
    numbers = ["numerator", "denominator", "value", "low", "high"]
    now = (table["indicator"] == "ltu_80") & (table["period"] == report.month)
    table.loc[now, numbers], table.loc[now, "flag"] = float("nan"), "suppressed"
    hidden = "For 1 af dem, der ikke kan vurderes, er det, fordi tallene ikke kan vises."
    assert hidden in told(table)


@pytest.mark.parametrize(("doubted", "said"), [(0, 0), (3, 1)])
def test_what_was_shown_before_and_is_hidden_now_is_told(
    report: Report, doubted: int, said: int
) -> None:
    content = Content(
        dataclasses.replace(report, hidden_after_shown=doubted), Figures(report.table)
    )
    words = [
        block.words for block in disclosure.outline(content).blocks if isinstance(block, Paragraph)
    ]
    assert sum(text.startswith("3 tal, der er vist i et tidligere sæt") for text in words) == said


def test_an_official_report_is_not_marked(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        assert not any(
            "IKKE OFFICIEL" in archive.read(name).decode() for name in archive.namelist()
        )


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "#N/A", "\t=1", "\r=1"]
)
def test_text_from_data_never_becomes_a_formula(report: Report, tmp_path: Path, text: str) -> None:
    source = SourceStatus(text, text, text, text, 1, 1, 0, 0, text, 1, text, (text,), text)
    path = tmp_path / "book.xlsx"
    write_workbook(
        dataclasses.replace(
            report, sources=(source,), reasons=(("exits", text, text),), news=(text,)
        ),
        path,
    )
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in sheets:
            assert not re.search(r"<f[ >/]|t=\"e\"", archive.read(name).decode())
    assert text.strip() in [word.strip() for word in _words(path, "Datakvalitet")]


def test_a_cpr_number_in_a_text_from_outside_is_masked() -> None:
    assert not contains_cpr(clean("levering 311299-9990.csv"))


def test_long_and_unprintable_texts_are_cut_where_seen() -> None:
    assert clean("a\x00b\x0bc") == "abc"
    assert len(clean("x" * 40_000)) == 32_767
    assert clean("x" * 40_000).endswith("…")


def test_front_says_what_when_for_whom_and_how_old(workbook: Path) -> None:
    words = " ".join(_words(workbook, "Forside"))
    for expected in (
        "30. juni 2020",
        "Beskæftigelses- og Integrationsudvalget",
        "registered-impairment v1",
        "første udgave",
        "uge 26, 2020",
        "den forrige er i kraft",
    ):
        assert expected in words


def test_a_few_persons_nobody_knows_are_told_as_few(report: Report, tmp_path: Path) -> None:
    strangers = (("Forløb", None), ("Fleksjob", 0), ("Fælles borgere", 17))
    path = tmp_path / "book.xlsx"
    write_workbook(dataclasses.replace(report, unknown_persons=strangers), path)
    rows = [
        [cell.value for cell in row]
        for row in load_workbook(path)["Datakvalitet"].iter_rows(max_col=2)
    ]
    assert ["Forløb", "under 5"] in rows
    assert ["Fleksjob", 0] in rows
    assert ["Fælles borgere", 17] in rows


def test_overview_has_a_row_a_goal_with_word_symbol_and_reason(
    report: Report, workbook: Path
) -> None:
    words = _words(workbook, "Overblik")
    for one in report.goals:
        assert one.goal.title in words
        assert one.reason in words
    assert any(
        re.fullmatch(r"[●▲▼○] (opfyldt|på vej|bagud|kan ikke vurderes)", word) for word in words
    )
    assert words.count("ikke oplyst") >= len(report.goals)
    for objective in report.plan.objectives():
        assert f"{objective.id} {objective.title}" in words


def test_contents_links_lead_to_sheets_of_this_file(workbook: Path) -> None:
    book = load_workbook(workbook)
    links = [
        cell.hyperlink for row in book["Indhold"].iter_rows() for cell in row if cell.hyperlink
    ]
    assert {link.location for link in links} == {f"'{title}'!A1" for title in book.sheetnames[2:]}


def test_a_report_without_any_figure_is_written_all_the_same(
    report: Report, tmp_path: Path
) -> None:
    empty = dataclasses.replace(
        report, table=report.table.iloc[:0], goals=(), sources=(), reasons=(), unknown_codes=()
    )
    path = tmp_path / "empty.xlsx"
    write_workbook(empty, path)
    assert "·" in _words(path, "Fleksjob")


@pytest.mark.parametrize(
    ("point", "kind", "expected"),
    [
        (Point(value=0.6123, flag=""), "pct", 61.2),
        (Point(value=0.0, flag=""), "pct", 0.0),
        (Point(value=1234.0, flag=""), "count", 1234),
        (Point(value=21.35, flag=""), "point", 21.4),
        (Point(flag="suppressed"), "count", Mark.HIDDEN),
        (Point(flag="not_computed"), "count", Mark.NOT_COMPUTED),
        (Point(flag="missing"), "pct", Mark.NOT_COMPUTED),
    ],
)
def test_what_a_cell_shows(point: Point, kind: str, expected: object) -> None:
    assert point.shown(kind) == expected  # type: ignore[arg-type]


def test_two_way_rows_are_left_out(builder: ModuleType) -> None:
    table = builder.protected_table().iloc[:1].copy()
    crossed = table.assign(dim1="sex", value1="M", dim2="age_group", value2="16–24")
    assert Figures(crossed).periods == ()


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("T1", ("A", "B")),
        ("Tab1", ("A", "B")),
        ("Tabel_Å_1", ("A", "B")),
        ("Tabel_1", ("A", "a")),
        ("Tabel_1", ("A", "")),
    ],
)
def test_a_table_refuses_names_and_headers_that_excel_repairs(
    name: str, headers: tuple[str, ...]
) -> None:
    columns = tuple(Column(header, "text") for header in headers)
    with pytest.raises(ValueError, match=re.escape(name)):
        Table(name, "t", "u", "s", columns, [("x", "y")])


@pytest.mark.parametrize(
    "text", ["\t=1", "\r=1", "a\x00b\x1bc", "x" * 40_000, "😀 =1", "@x", "-1", "+1"]
)
def test_text_the_office_wrote_is_plain_whole_or_cut_where_it_is_seen(
    builder: ModuleType, report: Report, tmp_path: Path, text: str
) -> None:
    """A comment of a kept register, through workbook and page alike; what a cell cannot hold ends in an ellipsis."""
    first, *others = report.following.activities
    activities = (dataclasses.replace(first, comment=text), *others)
    objectives = tuple(
        dataclasses.replace(
            one,
            activities=tuple(
                next(a for a in activities if a.activity.id == b.activity.id)
                for b in one.activities
            ),
        )
        for one in report.following.objectives
    )
    following = dataclasses.replace(report.following, activities=activities, objectives=objectives)
    path = tmp_path / "book.xlsx"
    write_workbook(dataclasses.replace(report, following=following), path)
    book = Book.open(path)
    assert list(there_is_no_formula(book)) == []
    words = [str(cell.value) for sheet in book.sheets for cell in sheet.cells.values()]
    kept = clean(text).strip()
    assert any(kept[:30_000] in word for word in words)
    assert all(len(word) <= 32_767 for word in words)
    if len(text) > 32_767:
        assert any(word.endswith("…") for word in words)


def test_codes_that_no_public_table_vouches_for_are_shown_as_such(workbook: Path) -> None:
    table = next(
        t
        for t in Book.open(workbook).sheet("Definitioner").tables
        if t.name == "Tabel_Ydelseskoder_1"
    )
    sheet = Book.open(workbook).sheet("Definitioner")
    told = {
        int(sheet.text(row, 2)): sheet.text(row, 5).startswith("offentlig")
        for row in range(table.top + 1, table.bottom + 1)
    }
    assert told == {row.code: row.verified for row in code_table()}
    assert set(told.values()) == {True, False}


def test_overview_says_what_has_to_be_decided_and_ends_with_the_plans_question(
    workbook: Path, report: Report
) -> None:
    """Counts of the office's registers, and a row an objective with the office's answer beside the verdicts."""
    sheet = Book.open(workbook).sheet("Overblik")
    following = report.following
    late = sum(one.lateness.is_overdue is True for one in following.activities)
    said = " ".join(sheet.lines())
    assert (
        f"Til beslutning: forfaldne er {late} af {len(following.activities)} aktiviteter og" in said
    )
    last = sheet.tables[-1]
    assert sheet.text(last.top - 3) == "Er der behov for revision?"
    rows = {sheet.text(row): sheet.text(row, 2) for row in range(last.top + 1, last.bottom + 1)}
    for one in following.objectives:
        assert rows[f"{one.objective.id} {one.objective.title}"].startswith(one.revision.word)
    assert {one.revision.word for one in following.objectives} >= {"ja", "nej"}
