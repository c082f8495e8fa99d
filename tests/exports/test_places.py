"""Every requirement of the founding documents is found in a workbook that was written and opened again."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from expectations.contract import load
from exports.workbook.book import write_workbook
from exports.workbook.cell_map import PlacedTable, entries
from exports.workbook.places import places
from indicators.catalogue import catalogue
from plans.loading import load_plan, plan_ids
from plans.requirements import requirements

Cells = dict[str, list[str]]
Placed = dict[str, tuple[PlacedTable, ...]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workbooks are."""
    return tmp_path_factory.mktemp("workbooks")


@pytest.fixture(scope="module")
def placed(builder: ModuleType, folder: Path) -> Placed:
    """Each plan's workbook, written: where its tables stand."""
    return {
        plan: write_workbook(builder.report(plan_id=plan), folder / f"{plan}.xlsx")
        for plan in plan_ids()
    }


@pytest.fixture(scope="module")
def written(placed: Placed, folder: Path) -> dict[str, Cells]:
    """The texts on every sheet of the workbook of each plan."""
    texts = {}
    for plan in placed:
        path = folder / f"{plan}.xlsx"
        texts[plan] = {
            sheet.title: [
                cell
                for row in sheet.iter_rows(values_only=True)
                for cell in row
                if isinstance(cell, str)
            ]
            for sheet in openpyxl.load_workbook(path, read_only=True)
        }
    return texts


@pytest.mark.parametrize("plan", plan_ids())
def test_every_place_is_on_its_sheet(plan: str, written: dict[str, Cells]) -> None:
    found = places(load_plan(plan), catalogue())
    lost = [
        (place.requirement, place.id, place.sheet, place.text)
        for place in found
        if not any(place.text in cell for cell in written[plan].get(place.sheet, ()))
    ]
    assert lost == []
    assert found


@pytest.mark.parametrize("plan", plan_ids())
def test_what_a_plan_leaves_open_is_said_in_words(plan: str, written: dict[str, Cells]) -> None:
    # A note below a table goes on in the next cell where it is long.
    said = [" ".join(cells) for cells in written[plan].values()]
    silent = [
        part.id
        for part in load_plan(plan).parts()
        if part.note and not any(part.note in cell for cell in said)
    ]
    assert silent == []


@pytest.mark.parametrize("plan", plan_ids())
def test_an_indicator_that_answers_has_figures_in_the_workbook(plan: str, placed: Placed) -> None:
    shown = {entry.indicator for entry in entries(placed[plan])}
    answering = {one.id for one in places(load_plan(plan), catalogue()) if one.kind == "indikator"}
    assert answering - shown == set()


def test_no_requirement_is_without_a_place_in_the_plan_of_its_paper() -> None:
    answered = {
        plan: {place.requirement for place in places(load_plan(plan), catalogue())}
        for plan in plan_ids()
    }
    assert len(requirements()) == 145
    assert [row.id for row in requirements() if row.id not in answered[row.plan]] == []


def test_nothing_but_a_part_an_indicator_or_a_register_answers(written: dict[str, Cells]) -> None:
    for plan in plan_ids():
        kinds = {place.kind for place in places(load_plan(plan), catalogue())}
        assert "andet" not in kinds
        assert {"indikator", "aktivitet", "mål", "register"} <= kinds


@pytest.mark.parametrize("plan", plan_ids())
def test_every_register_of_the_contract_is_told_of(plan: str, written: dict[str, Cells]) -> None:
    told = written[plan]["Registre"]
    for table in load("registers").tables:
        assert any(cell.startswith(f"{table.title}: ") for cell in told), table.name


def test_amounts_stand_in_the_workbook_with_their_price_level(written: dict[str, Cells]) -> None:
    money = written["bi05-2024-2027"]["Økonomi"]
    assert any("1.000 kr., 2024 p/l" in cell for cell in money)
    assert any("1.000 kr., løbende p/l" in cell for cell in money)
    old = written["handicappolitik-2009-2012"]["Økonomi"]
    assert any("prisniveau ikke oplyst" in cell for cell in old)
    ambiguous = [cell for cell in old if "2,7 mill. kr. i 2010-2012" in cell]
    assert ambiguous
    assert all("ikke oplyst" in cell for cell in ambiguous)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("handicappolitik-2009-2012", "Planperioden 2009–2012 er forbi; status er pr. 30.06.2020."),
        ("bi05-2024-2027", "Planperioden 2024–2027 er ikke begyndt pr. 30.06.2020."),
    ],
)
def test_the_front_says_when_the_month_is_outside_the_plan(
    plan: str, words: str, written: dict[str, Cells]
) -> None:
    assert words in written[plan]["Forside"]
    assert not any("Planperioden" in cell for cell in written["indsatsplan-2018-2022"]["Forside"])
