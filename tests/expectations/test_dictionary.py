"""The data dictionary says what the contracts say, and the committed pages are up to date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from expectations.contract import SOURCES, load
from expectations.dictionary import main, page, pages

COMMITTED = Path(__file__).parents[2] / "docs" / "sources"


def test_committed_pages_are_those_of_the_contracts() -> None:
    committed = {path.name: path.read_text("utf-8") for path in COMMITTED.glob("*.md")}
    assert committed == pages(), "run 'make dictionary'"


def test_every_source_has_a_page_that_the_index_links_to() -> None:
    made = pages()
    assert made.keys() == {"README.md", *(f"{source}.md" for source in SOURCES)}
    assert all(f"({source}.md)" in made["README.md"] for source in SOURCES)


def test_a_page_names_every_column_and_whom_to_ask() -> None:
    for source in SOURCES:
        contract, text = load(source), page(load(source))
        assert contract.supplier in text
        for table in contract.tables:
            assert all(f"| `{column.name}` |" in text for column in table.columns)
            assert all(rule.description in text for rule in table.row_rules)


def test_a_page_says_what_a_supplier_must_know() -> None:
    text = page(load("compensation"))
    for said in (
        "Hver leverance lægges til de tidligere",
        "1 pct. af rækkerne, dog mindst 10",
        "- Nøgle: `sag_id`.",
        "Større end 0 og højst 37.",
        "`bevilget`, `afslag`, `frafaldet`.",
        "Under 0 giver en advarsel.",
        "Rækken bruges ikke, når dette gælder: Sagen er afgjort, før den er ansøgt.",
    ):
        assert said in text
    assert "10.000.000 og højst 99.999.999" in page(load("income"))
    assert "Også `1` for `M`, `2` for `K`." in page(load("population"))
    assert "Hver værdi i `lobenr` og `cpr` må kun høre til én række." in page(load("dream_key"))
    assert "Arket må være tomt." in page(load("registers"))


def test_a_page_follows_the_contract() -> None:
    contract = load("staff")
    assert page(contract) != page(replace(contract, tolerance=0.025))
    assert "2,5 pct." in page(replace(contract, tolerance=0.025))


def test_writing_removes_the_page_of_a_source_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("# Gone\n", "utf-8")
    assert main([str(tmp_path)]) == 0
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == pages()


def test_without_a_folder_it_says_how_it_is_used() -> None:
    assert main([]) == 2
