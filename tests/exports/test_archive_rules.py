"""The rules of "The workbook", checked on the archive itself and not through the library that wrote it."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from exports.report import Report
from exports.workbook.book import write_workbook
from tests.exports import test_pdf, test_web
from tests.exports.archive import Book
from tests.exports.rule_parts import Rule
from tests.exports.seeded_faults import FAULTS, Fault
from tests.exports.workbook_rules import RULES

AREAS = [
    *("Beskæftigelse", "Langtidsledighed", "Afgang til job", "Kompenserende ordninger"),
    *("Sagsbehandlingstid", "Fleksjob", "Forløb", "Virksomheder", "Særlige vilkår", "Økonomi"),
    *("Registre", "Figurdata", "Reference", "Revisioner", "Definitioner", "Datakvalitet"),
    "Diskretion",
]


@pytest.fixture(scope="module")
def book(workbook: Path) -> Book:
    """The written workbook."""
    return Book.open(workbook)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule(book: Book, rule: Rule) -> None:
    assert list(rule(book)) == []


@pytest.mark.parametrize("plan", ["bi05-2024-2027", "handicappolitik-2009-2012"])
def test_every_rule_holds_for_the_other_plans_too(
    builder: ModuleType, plan: str, tmp_path: Path
) -> None:
    """Their sheets hold other words: themes, money, registers, references."""
    path = tmp_path / "book.xlsx"
    write_workbook(builder.report(plan_id=plan), path)
    book = Book.open(path)
    assert {rule.__name__: found for rule in RULES if (found := list(rule(book)))} == {}


def test_sheets_are_there_in_the_readers_order(book: Book, report: Report) -> None:
    """What is decided first, then a sheet a theme, then the areas, then what is looked up."""
    names = [sheet.name for sheet in book.sheets]
    themes = report.plan.themes
    assert names[:3] == ["Forside", "Indhold", "Overblik"]
    assert names[3 + len(themes) :] == AREAS
    for name, theme in zip(names[3:], themes, strict=False):
        assert name.startswith(f"Tema {theme.id}")
        assert len(name) > len(f"Tema {theme.id}")


def test_there_is_much_to_check(book: Book) -> None:
    """Rules over nothing hold: there are tables, charts, marks, zeros and gaps."""
    tables = [table for sheet in book.sheets for table in sheet.tables]
    values = [cell.value for sheet in book.sheets for cell in sheet.cells.values()]
    gaps = [
        place
        for table in book.sheet("Figurdata").tables
        for place in table.body()
        if place not in book.sheet("Figurdata").cells
    ]
    assert len(tables) > 40
    assert sum(len(sheet.frames) for sheet in book.sheets) >= 12
    assert min(values.count(".."), values.count("·"), values.count(0.0), len(gaps)) > 10


def test_archive_has_fixed_times_and_sorted_parts(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(2000, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    assert [entry.filename for entry in entries[1:]] == sorted(
        entry.filename for entry in entries[1:]
    )


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_a_seeded_fault_is_found(book: Book, fault: Fault) -> None:
    """Were a rule blind, the good workbook would tell nothing."""
    assert list(fault.rule(Book(fault.put(book.parts))))


def test_every_rule_of_appearance_has_a_fault_it_found() -> None:
    assert len(FAULTS) >= 20
    assert {fault.rule for fault in FAULTS} == set(RULES)


@pytest.mark.program("ooxml-validator")
def test_the_open_xml_sdk_finds_the_archive_valid(
    workbook: Path, tmp_path: Path, program: Callable[[str], str]
) -> None:
    """Microsoft's own validator, against the schemas of Office; it finds a part that is not as they say."""
    spoiled = tmp_path / "spoiled.xlsx"
    with zipfile.ZipFile(workbook) as good, zipfile.ZipFile(spoiled, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"<sheetData>", b"<sheetDate/><sheetData>"))
    for path, valid in ((workbook, True), (spoiled, False)):
        done = subprocess.run(
            [program("ooxml-validator"), str(path)], capture_output=True, text=True, timeout=120
        )
        assert json.loads(done.stdout)["ok"] is valid, done.stdout[:2000]


def test_the_page_on_accessibility_names_every_rule_and_no_other(book: Book) -> None:
    page = (Path(__file__).parents[2] / "docs" / "accessibility.md").read_text("utf-8")
    named = set(re.findall(r"`((?:\w+_){2,}\w+)`", page))
    tests = {name for module in (test_web, test_pdf) for name in vars(module)}
    assert {rule.__name__ for rule in RULES} <= named
    assert named <= {rule.__name__ for rule in RULES} | tests | set(globals())
