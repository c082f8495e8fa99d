"""The set's page as a browser and a screen reader have it: parsed afresh, with nothing of the code that wrote it."""

from __future__ import annotations

import csv
import dataclasses
import itertools
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from exports.report import Report, SourceStatus
from exports.set_files import write_set
from exports.web.page import web_page
from tests.exports.archive import Book
from tests.exports.rule_parts import contrast

VOID = {"meta", "br", "img", "input", "link", "hr"}
KEYS = ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2")


@dataclasses.dataclass
class Node:
    """An element: its tag, attributes, what it holds."""

    tag: str
    attributes: dict[str, str]
    content: list[Node | str]

    def all(self, *tags: str) -> list[Node]:
        """Every element of those tags below, in order."""
        found: list[Node] = []
        for part in self.content:
            if isinstance(part, Node):
                found += [part] if part.tag in tags else []
                found += part.all(*tags)
        return found

    @property
    def words(self) -> str:
        return "".join(part if isinstance(part, str) else part.words for part in self.content)


class Tree(HTMLParser):
    """Reads a page whose tags must nest."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {}, [])
        self._open = [self.root]
        self.feed(page)
        self.close()
        assert len(self._open) == 1, f"{self._open[-1].tag} is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, [])
        self._open[-1].content.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)


@pytest.fixture(scope="module")
def published(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the report's set."""
    folder = tmp_path_factory.mktemp("web") / "v001"
    folder.mkdir()
    write_set(report, folder)
    return folder


@pytest.fixture(scope="module")
def page(published: Path) -> Node:
    """The page, parsed."""
    return Tree((published / "index.html").read_text("utf-8")).root


def test_the_page_says_its_language_and_title_and_has_landmarks(page: Node, report: Report) -> None:
    assert [node.attributes["lang"] for node in page.all("html")] == ["da"]
    assert report.plan.title in page.all("title")[0].words
    assert [len(page.all(tag)) for tag in ("h1", "main", "nav", "header")] == [1, 1, 1, 1]
    assert page.all("a")[0].attributes["href"] == "#indhold", "first of all, a way past the head"


def test_headings_never_skip_a_level(page: Node) -> None:
    levels = [int(node.tag[1]) for node in page.all("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(levels) > 20


def test_nothing_is_run_or_fetched(page: Node, published: Path) -> None:
    text = (published / "index.html").read_text("utf-8")
    assert not page.all("script", "iframe", "object", "embed", "form", "img", "link")
    style = page.all("style")[0].words
    assert not re.search(r"@import|url\(", style)
    for node in page.all(*set(re.findall(r"<([a-z0-9]+)", text))):
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name not in ("href", "src", "style") or not re.match(r"\w+:|//", value)


def test_links_and_references_lead_somewhere(page: Node, published: Path) -> None:
    every = page.all(
        *{node.tag for node in page.all("a")}, "section", "nav", "table", "title", "desc", "svg"
    )
    ids = Counter(node.attributes["id"] for node in every if "id" in node.attributes)
    assert not [name for name, times in ids.items() if times > 1]
    for link in page.all("a"):
        target = link.attributes["href"]
        assert target[1:] in ids if target.startswith("#") else (published / target).is_file()
        assert link.words.strip().lower() not in ("her", "klik her", "link", "læs mere")
    for chart in page.all("svg"):
        assert set(chart.attributes["aria-labelledby"].split()) <= set(ids)


def test_every_sheet_of_the_workbook_is_here_but_the_data_of_the_charts(
    page: Node, published: Path
) -> None:
    book = Book.open(next(published.glob("*.xlsx")))
    headings = [node.words for node in page.all("h2")]
    for sheet in book.sheets:
        if sheet.name not in ("Forside", "Figurdata"):
            assert sheet.text(1) in headings


def test_tables_have_captions_and_header_cells(page: Node) -> None:
    tables = page.all("table")
    assert len(tables) > 80
    for table in tables:
        (caption,) = table.all("caption")
        assert "Enhed: " in caption.words
        assert "Kilde: " in caption.words
        heads = table.all("thead")[0].all("th")
        assert all(head.attributes["scope"] == "col" and head.words for head in heads)
        for row in table.all("tbody")[0].all("tr"):
            cells = row.all("th", "td")
            assert len(cells) == len(heads)
            assert cells[0].attributes.get("scope") == "row"
            assert all(cell.words.strip() for cell in cells)


def test_charts_say_what_they_show(page: Node) -> None:
    charts = page.all("svg")
    assert len(charts) > 12
    for chart in charts:
        assert chart.attributes["role"] == "img"
        assert len(chart.all("desc")[0].words) > 40
        assert chart.all("polyline", "rect")


def test_numbers_are_the_figures_they_say_and_marks_the_same_as_in_the_workbook(
    page: Node, published: Path
) -> None:
    with (published / "data" / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        figures = {tuple(row[key] for key in KEYS): row for row in csv.DictReader(stream)}
    numbers = marks = 0
    # The report's revisions are made up, apart from its figures.
    tables = [one for one in page.all("table") if one.attributes["id"] != "Tabel_Revisioner_1"]
    for cell in [cell for table in tables for cell in table.all("td")]:
        key = cell.attributes.get("data-figure")
        if key is None or "data-compared-with" in cell.attributes:
            continue
        *parts, of = key.split(";")
        figure = figures.get(tuple(parts), {"flag": "not_computed", of: "", "unit": ""})
        if not figure[of]:
            assert cell.words == (".." if figure["flag"] == "suppressed" else "·")
            marks += 1
            continue
        number = float(figure[of])
        if figure["unit"] == "andel" and of in ("value", "low", "high"):
            number *= 100
        shown = 0.0 if cell.words == "–" else float(cell.words.replace(".", "").replace(",", "."))
        assert shown == pytest.approx(number, abs=0.0501 if "," in cell.words else 0.5001)
        numbers += 1
    assert numbers > 1_000
    assert marks > 100


def test_colours_of_the_page_stand_out(published: Path) -> None:
    """Every pair of ink and ground the style names: text 4.5 to 1."""
    style = re.search(
        r"<style>(.*?)</style>", (published / "index.html").read_text("utf-8"), re.DOTALL
    )
    assert style is not None
    for rule in re.findall(r"[^{}]+\{([^{}]*)\}", style[1]):
        ink = re.search(r"(?<![-\w])color: #(\w{6})", rule)
        ground = re.search(r"background: #(\w{6})", rule)
        one, other = ink[1] if ink else "1F2933", ground[1] if ground else "FFFFFF"
        assert contrast(one, other) >= 4.5, rule


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><b>', "&amp;", "=1+1", "😀\x00\x1b"]
)
def test_text_from_files_stays_text(report: Report, text: str) -> None:
    source = SourceStatus(text, text, text, text, 1, 1, 0, 0, text, 1, text, (text,), text)
    root = Tree(web_page(dataclasses.replace(report, sources=(source,)), "a.xlsx")).root
    assert not root.all("script", "b")
    assert text.replace("\x00", "").replace("\x1b", "") in root.words


def test_an_unofficial_report_says_so_and_no_official_one(report: Report, published: Path) -> None:
    assert "IKKE OFFICIEL" in web_page(dataclasses.replace(report, official=False), "a.xlsx")
    assert "IKKE OFFICIEL" not in (published / "index.html").read_text("utf-8")
