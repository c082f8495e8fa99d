"""The page as a stranger's browser reads it: every table cell that says which figure it shows.

Belongs here: reading the HTML. Not here: what the cells should say (`showing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path


@dataclass(frozen=True)
class ShownFigure:
    """A cell's text, the figure it names (`indicator;variant;…;part`) and the period it is compared with, if any."""

    figure: str
    compared_with: str
    text: str


def read_page(path: Path) -> list[ShownFigure]:
    """Every element of the page with the attribute `data-figure`, in order."""
    parser = _Parser()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[ShownFigure] = []
        self._open: tuple[str, str, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("data-figure"):
            self._open = (tag, str(named["data-figure"]), named.get("data-compared-with") or "")
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[0]:
            self.found.append(ShownFigure(*self._open[1:], "".join(self._text).strip()))
            self._open = None
