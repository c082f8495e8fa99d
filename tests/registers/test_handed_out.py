"""What the archive of the handed-out workbook holds, and what it must not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from expectations.contract import Column, Table
from exports.workbook.template.book import write_template
from exports.workbook.template.register import MORE_ROWS
from tests.registers.sheets import ANSWERED, CONTRACT, MAIN, PLANS, Archive, handed_out

COLUMNS = [(table, column) for table in CONTRACT.tables for column in table.columns]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The parts of a handed-out workbook."""
    return Archive(handed_out(tmp_path_factory.mktemp("registre")))


def letter(table: Table, column: Column) -> str:
    """Where a column stands."""
    return get_column_letter(1 + table.columns.index(column))


def test_a_sheet_a_register_between_guide_and_lists(archive: Archive) -> None:
    names = [table.name for table in CONTRACT.tables]
    assert list(archive.sheets) == ["Vejledning", *names, "Lister"]
    assert len(names) == 16
    assert set(archive.states) == {"visible"}
    views = {name: archive.sheet(name).find(f".//{MAIN}sheetView") for name in archive.sheets}
    selected = [
        name for name, view in views.items() if view is not None and view.get("tabSelected")
    ]
    assert selected == ["Vejledning"]


@pytest.mark.parametrize("table", CONTRACT.tables, ids=lambda table: table.name)
def test_the_first_row_is_the_column_names(archive: Archive, table: Table) -> None:
    texts = archive.texts(table.name)
    first = [texts[f"{letter(table, column)}1"] for column in table.columns]
    assert first == [column.name for column in table.columns]
    pane = archive.sheet(table.name).find(f".//{MAIN}pane")
    assert pane is not None
    assert pane.get("topLeftCell") == "A2"


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: part.name)
def test_every_column_says_what_it_takes(archive: Archive, table: Table, column: Column) -> None:
    rule = archive.rules(table.name)[letter(table, column)]
    assert rule.prompt.startswith(column.description.rstrip("."))
    assert rule.prompt.endswith(
        "Skal udfyldes." if column.required else "Må være tom: ikke oplyst."
    )
    last = int(re.sub(r"\D", "", rule.cells.partition(":")[2]))
    assert last > MORE_ROWS
    if column.kind == "code":
        listed = rule.first.strip('"').split(",")
        assert (rule.kind, listed) == ("list", list(column.values))
    elif column.kind == "yes_no":
        assert (rule.kind, rule.first) == ("list", '"ja,nej"')
    elif column.kind == "date":
        assert (rule.kind, rule.first, rule.second) == ("date", "32874", "73050")
        assert "dd-mm-åååå mellem 01-01-1990 og 31-12-2099" in rule.error
    elif column.kind in ("integer", "number"):
        assert rule.kind == {"integer": "whole", "number": "decimal"}[column.kind]
        if column.minimum is not None:
            assert float(rule.first) == column.minimum
        if column.maximum is not None:
            assert float(rule.second) == column.maximum
    else:
        assert rule.kind in ("none", "list")
    assert rule.kind == "none" or rule.error


@pytest.mark.parametrize("table", CONTRACT.tables, ids=lambda table: table.name)
def test_dates_and_texts_are_that_before_anybody_types(archive: Archive, table: Table) -> None:
    styles = archive.xml("xl/styles.xml")
    codes = {node.get("numFmtId"): node.get("formatCode") for node in styles.iter(f"{MAIN}numFmt")}
    formats = [node.get("numFmtId") for node in styles.find(f"{MAIN}cellXfs") or ()]
    given = {
        number: formats[int(node.get("style", "0"))]
        for node in archive.sheet(table.name).iter(f"{MAIN}col")
        for number in range(int(node.get("min", "0")), int(node.get("max", "0")) + 1)
    }
    for number, column in enumerate(table.columns, start=1):
        if column.kind == "date":
            assert codes[given[number]] == "dd\\-mm\\-yyyy"
        elif column.kind in ("text", "code", "yes_no"):
            assert given[number] == "49"  # the built-in format of text


def test_plans_and_ids_are_offered_from_the_visible_sheet(archive: Archive) -> None:
    texts = archive.texts("Lister")
    offered = {}
    for table in CONTRACT.tables:
        for column in table.columns:
            rule = archive.rules(table.name)[letter(table, column)]
            if rule.first.startswith("Lister!"):
                first, last = re.findall(r"\$C\$(\d+)", rule.first)
                rows = range(int(first), int(last) + 1)
                offered[column.name] = [texts[f"C{row}"] for row in rows]
                assert rule.style == "warning"
                assert {texts[f"B{row}"] for row in rows} == {column.name}
    assert offered["plan"] == [plan.id for plan in PLANS]
    assert offered["aktivitet_id"] == list(dict.fromkeys(part for _, part in ANSWERED))
    assert set(offered["maal_id"]) == {goal.id for plan in PLANS for goal in plan.goals}


def test_rows_are_filled_in_with_ids_where_a_row_needs_no_more(archive: Archive) -> None:
    def rows(sheet: str) -> list[tuple[str, str]]:
        texts = archive.texts(sheet)
        return [(texts[f"A{at}"], texts[f"B{at}"]) for at in range(2, 500) if f"A{at}" in texts]

    assert rows("activities") == ANSWERED
    assert rows("milestones") == [
        (p.id, part.id) for p in PLANS for part in (*p.milestones, *p.process)
    ]
    # A target without its year would be refused, so its ids are only offered.
    assert rows("targets") == []


def test_only_the_asked_plan_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "en.xlsx"
    write_template(path, CONTRACT, [], PLANS)
    archive = Archive(path)
    assert "A2" not in archive.texts("activities")
    assert archive.rules("activities")["A"].first.startswith("Lister!")


def test_nothing_is_hidden_calculated_or_fetched(archive: Archive) -> None:
    for name in archive.sheets:
        sheet = archive.sheet(name)
        assert not list(sheet.iter(f"{MAIN}f"))
        assert not list(sheet.iter(f"{MAIN}mergeCell"))
        assert not [node for node in sheet.iter() if node.get("hidden") in ("1", "true")]
    everything = " ".join(archive.parts)
    for unwanted in ("vba", "comment", "externalLink", "macro", "connections"):
        assert unwanted not in everything
    assert not [
        relation.get("Target")
        for part in archive.parts
        if part.endswith(".rels")
        for relation in archive.xml(part)
        if relation.get("TargetMode") == "External"
    ]


def test_tables_are_real_and_named_once(archive: Archive) -> None:
    tables = [archive.xml(part) for part in archive.parts if part.startswith("xl/tables/")]
    names = [node.get("displayName") for node in tables]
    assert len(set(names)) == len(names) == len(CONTRACT.tables) + 4
    assert {f"Register_{table.name}" for table in CONTRACT.tables} <= set(names)


def test_the_guide_names_every_sheet_and_column(archive: Archive) -> None:
    told = set(archive.texts("Vejledning").values())
    for table, column in COLUMNS:
        assert table.description in told
        assert f"{column.label}: {column.description}" in told
    assert {plan.id for plan in PLANS} <= told
    assert any("cpr-numre" in sentence for sentence in told)


def test_the_same_plans_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert handed_out(tmp_path / "a").read_bytes() == handed_out(tmp_path / "b").read_bytes()
    core = Archive(tmp_path / "a" / "registre.xlsx").parts["docProps/core.xml"].decode()
    assert "<dc:language>da-DK" in core
    # The newest plan bears no date of its own, so its first day stands for it.
    assert "2024-01-01T00:00:00Z" in core
