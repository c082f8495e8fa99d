"""From a number of the workbook back to its figure, its deliveries and its run; and what was changed afterwards is seen."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exports.explanation import EXAMPLE, Unexplained, explain
from exports.ledger import append, ledger_path
from exports.publication import publish
from exports.published_sets import Input, Origin, manifest_hash
from exports.report import Report
from exports.set_files import workbook_name, write_set
from exports.verification import check
from pipelines.cli import main
from pipelines.published import told
from tests.exports.archive import Book, letters

NOW = datetime(2020, 7, 6, 4, 30, tzinfo=UTC)
ORIGIN = Origin(
    (
        Input("dream", "dream-0007", "ab" * 32, 452_113, 452_101, 12),
        Input("population", "population-0007", "cd" * 32, 604_220, 604_190, 10),
        Input("fleksjob", "fleksjob-0006", "ef" * 32, 7_300, 7_298, 2),
        Input("courses", "courses-0003", "09" * 32, 40, 40, 0),
    ),
    "1a2b3c",
    {"municipality": 101, "target_group_rule": "registered-impairment v1"},
    5,
)


@pytest.fixture(scope="module")
def home(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one published set and its line in the ledger."""
    home = tmp_path_factory.mktemp("home")
    plan, month = report.plan.id, report.month
    made = publish(home, plan, month, ORIGIN, lambda folder, _: write_set(report, folder), 1)
    facts = {
        "plan": plan,
        "month": month,
        "version": 1,
        "manifest": manifest_hash(made.path),
        "run": "r-1",
    }
    append(home, "publication", facts, NOW)
    return home


@pytest.fixture(scope="module")
def published(home: Path, report: Report) -> Path:
    """The published set."""
    return home / "published" / report.plan.id / report.month / "v001"


@pytest.fixture(scope="module")
def workbook_file(published: Path, report: Report) -> Path:
    """Its workbook."""
    return published / workbook_name(report.plan.id, report.month)


def _map(published: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (published / "data" / "cells.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["sheet"], row["cell"]): row for row in csv.DictReader(stream)}


def test_every_number_of_the_workbook_is_in_the_map_and_is_the_figure_it_says(
    published: Path, workbook_file: Path
) -> None:
    """Cell by cell from the archive: the number is the named figure rounded, or the mark of its flag."""
    cells = _map(published)
    keys = ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2")
    with (published / "data" / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        figures = {tuple(row[key] for key in keys): row for row in csv.DictReader(stream)}
    followed = changes = 0
    for sheet in Book.open(workbook_file).sheets:
        for (row, column), cell in sheet.cells.items():
            if isinstance(cell.value, str):
                continue
            entry = cells[sheet.name, f"{letters(column)}{row}"]
            if not entry["indicator"]:
                assert entry["source"]
                continue
            figure = figures[tuple(entry[key] for key in keys)]
            number = float(figure[entry["part"]])
            share = figure["unit"] == "andel" and entry["part"] in ("value", "low", "high")
            if entry["compared_with"]:
                before = figures[
                    tuple({**entry, "period": entry["compared_with"]}[key] for key in keys)
                ]
                number -= float(before[entry["part"]])
                changes += 1
            assert cell.value == pytest.approx(
                100 * number if share else number, abs=0.1001 if entry["compared_with"] else 0.5
            )
            if not entry["compared_with"]:
                assert cell.value == pytest.approx(
                    round(100 * number if share else number, 1), abs=0.051
                ) or cell.value == round(number)
            followed += 1
    assert followed > 2_000
    assert changes


def test_a_mark_is_that_of_a_hidden_or_missing_figure(published: Path, workbook_file: Path) -> None:
    cells = _map(published)
    marks = {
        (sheet.name, f"{letters(column)}{row}"): cell.value
        for sheet in Book.open(workbook_file).sheets
        for (row, column), cell in sheet.cells.items()
        if cell.value in ("..", "·")
    }
    assert set(marks) <= set(cells)
    assert sum(bool(cells[place]["indicator"]) for place in marks) > 50


def test_a_figure_is_told_with_its_parts_deliveries_and_run(
    published: Path, workbook_file: Path
) -> None:
    place, entry = next(
        (place, entry)
        for place, entry in _map(published).items()
        if entry["indicator"] == "fleksjob_employed_share"
    )
    words = "\n".join(told(explain(workbook_file, f"'{place[0]}'!{place[1].lower()}")))
    for expected in (
        "fleksjob_employed_share",
        "Tæller: ",
        "Nævner: ",
        "fleksjob-0006",
        "ef" * 32,
        "Kørsel: r-1",
        entry["table"],
    ):
        assert expected in words
    assert "courses-0003" not in words, "another indicator's delivery"


def test_a_number_of_no_indicator_is_told_by_its_source(
    workbook_file: Path, published: Path
) -> None:
    place = next(
        place for place, entry in _map(published).items() if entry["table"] == "Tabel_Leverancer_1"
    )
    words = "\n".join(told(explain(workbook_file, f"{place[0]}!{place[1]}")))
    assert "Kilde: Leverancejournalen" in words


@pytest.mark.parametrize(
    ("table", "source", "deliveries"),
    [
        ("Tabel_Reference_1", "Kilde: VIVE", False),
        ("Tabel_Plan_1", "Kilde: Indsatsplan for Handicappolitikken", False),
        ("Tabel_Resultatmaal_1", "ført af kontoret", True),
    ],
)
def test_a_number_of_a_paper_is_of_no_delivery(
    workbook_file: Path, published: Path, table: str, source: str, deliveries: bool
) -> None:
    """A public figure has the source its row names; only what the office keeps came with a delivery."""
    place = next(place for place, entry in _map(published).items() if entry["table"] == table)
    words = "\n".join(told(explain(workbook_file, f"{place[0]}!{place[1]}")))
    assert source in words
    assert ("Leverancer:" in words) == deliveries


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("Overblik", "ikke et sted"),
        ("Overblik!9E", "ikke et sted"),
        ("Findes ikke!A1", "intet ark"),
        ("Overblik!A1", "ikke et tal"),
        ("Overblik!Z999", "ikke et tal"),
    ],
)
def test_what_cannot_be_explained_is_told_in_a_sentence(
    workbook_file: Path, place: str, why: str
) -> None:
    with pytest.raises(Unexplained, match=why):
        explain(workbook_file, place)


def test_the_cell_that_is_named_as_an_example_can_be_explained(workbook_file: Path) -> None:
    assert explain(workbook_file, EXAMPLE).entry.indicator


def test_another_file_of_the_set_is_no_workbook(published: Path) -> None:
    with pytest.raises(Unexplained, match="er ikke et regneark"):
        explain(published / "manifest.json", EXAMPLE)


def test_a_copied_workbook_is_followed_home_and_a_changed_one_is_refused(
    home: Path,
    workbook_file: Path,
    published: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MIDTVEJS_HOME", raising=False)
    place = next(iter(_map(published)))
    copied = tmp_path / "sendt.xlsx"
    shutil.copy(workbook_file, copied)
    assert main(["explain", str(copied), f"{place[0]}!{place[1]}"]) == 2
    assert "--home" in capsys.readouterr().err
    assert main(["explain", str(copied), f"{place[0]}!{place[1]}", "--home", str(home)]) == 0
    assert "Sæt: " in capsys.readouterr().out
    copied.write_bytes(copied.read_bytes() + b" ")
    assert main(["explain", str(copied), f"{place[0]}!{place[1]}", "--home", str(home)]) == 2


def test_a_good_set_and_a_good_home_are_in_order(
    home: Path, published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(published)]) == 0
    assert "Hovedbogen er hel (1 linjer)" in capsys.readouterr().out
    assert check(home).problems == ()
    assert check(home).sets == 1


def test_one_flipped_byte_in_any_file_is_found(home: Path, tmp_path: Path) -> None:
    """Every file of the set, its manifest and the ledger, at the beginning, in the middle and at the end."""
    copied = tmp_path / "home"
    shutil.copytree(home, copied, symlinks=True)
    folder = next((copied / "published").glob("*/*/v001"))
    files = [*(path for path in folder.rglob("*") if path.is_file()), ledger_path(copied)]
    assert len(files) >= 8
    for path in files:
        whole = path.read_bytes()
        for at in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert check(folder).problems, (path.name, at)
        path.write_bytes(whole)
    assert check(folder).problems == ()


@pytest.mark.parametrize("whole_line", [True, False])
def test_a_manifest_written_anew_to_fit_is_found_by_the_ledger(
    home: Path, tmp_path: Path, whole_line: bool
) -> None:
    """Whoever changes a file and its hash in the manifest has the ledger's line of the publication against them."""
    copied = tmp_path / "home"
    shutil.copytree(home, copied, symlinks=True)
    folder = next((copied / "published").glob("*/*/v001"))
    manifest = (folder / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(
        manifest.replace('"threshold": 5', '"threshold": 1'), "utf-8"
    )
    if not whole_line:
        ledger_path(copied).write_bytes(b"")
    assert check(folder).problems == (
        "manifest.json er ikke den, hovedbogen siger blev offentliggjort.",
    )


def test_a_set_away_from_its_home_is_held_against_its_own_manifest(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = tmp_path / "v001"
    shutil.copytree(published, copied)
    assert main(["verify", str(copied)]) == 0
    assert "kun holdt op mod sit eget manifest" in capsys.readouterr().out
    (copied / "data" / "indicators.csv").write_text("x")
    assert main(["verify", str(copied)]) == 30


def test_a_line_of_an_older_program_names_no_manifest_and_vouches_for_the_version_alone(
    home: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "home"
    shutil.copytree(home, copied, symlinks=True)
    folder = next((copied / "published").glob("*/*/v001"))
    ledger_path(copied).unlink()
    facts = {"plan": folder.parent.parent.name, "month": folder.parent.name, "version": 1}
    append(copied, "publication", facts, NOW)
    assert check(folder).problems == ()
    append(copied, "publication", {**facts, "version": 2}, NOW)
    folder.rename(folder.with_name("v003"))
    assert check(folder.with_name("v003")).problems
