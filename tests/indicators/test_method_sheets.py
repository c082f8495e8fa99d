"""The method sheets say what the catalogue says, and the committed ones are up to date."""

from __future__ import annotations

from pathlib import Path

from indicators.catalogue import Indicator, SeriesBreak, catalogue
from indicators.method_sheets import main, pages, sheet

COMMITTED = Path(__file__).parents[2] / "docs" / "methods"

MADE_UP = Indicator(
    id="made_up",
    title_da="Opdigtet",
    title_en="Made up",
    area="compensation",
    measure="days",
    unit="dage",
    numerator="Dage",
    denominator="",
    good="down",
    source="Ingen lov",
    requirements=("X01", "X02"),
    variants={"median": "median", "within_deadline": "inden for fristen"},
    method="Tælles på fingre.",
    breaks=(SeriesBreak("2020-01", ("median",), "Ny lov"), SeriesBreak("2024-12", (), "Ny kilde")),
    measure_units={"within_deadline": "andel"},
)


def test_committed_sheets_are_those_of_the_catalogue() -> None:
    committed = {path.name: path.read_text("utf-8") for path in COMMITTED.glob("*.md")}
    assert committed == pages(), "run 'make methods'"


def test_every_indicator_has_a_sheet_that_the_index_links_to() -> None:
    made = pages()
    assert made.keys() == {"README.md", *(f"{name}.md" for name in catalogue())}
    assert all(f"({name}.md)" in made["README.md"] for name in catalogue())


def test_sheet_says_everything_the_catalogue_knows() -> None:
    lines = sheet(MADE_UP).splitlines()
    assert lines[0] == "# Opdigtet"
    for line in (
        "| Nævner | ingen |",
        "| Ønsket retning | lavere er bedre |",
        "| Usikkerhed | Andele: 95 pct.-interval efter Wilson. Ellers intet interval. |",
        "| Krav | X01, X02 |",
        "| `within_deadline` | inden for fristen | andel |",
        "| `median` | median | dage |",
        "| januar 2020 | Ny lov | median |",
        "| december 2024 | Ny kilde | alle |",
        "Tælles på fingre.",
    ):
        assert line in lines


def test_writing_removes_the_sheet_of_an_indicator_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("# Gone\n", "utf-8")
    assert main([str(tmp_path)]) == 0
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == pages()


def test_without_a_folder_it_says_how_it_is_used() -> None:
    assert main([]) == 2
