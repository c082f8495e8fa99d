"""What must hold of the charts of any workbook of a set, as its archive has them.

Belongs here: axes, titles, texts, what is drawn. Not here: colours (`rules_of_looks`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.exports.archive import A, Book, C, Element
from tests.exports.rule_parts import (
    DATA_SHEET,
    Rule,
    charts_of,
    place_of,
    value_of,
)


def charts_have_axes_titles_and_gaps(book: Book) -> Iterator[str]:
    """A title, two axes that are drawn and titled, named series, blanks as gaps, Danish."""
    for sheet, name, chart in charts_of(book):
        axes = [*chart.iter(f"{C}catAx"), *chart.iter(f"{C}valAx")]
        drawn = [axis for axis in axes if value_of(axis, "delete") in ("0", "false")]
        titled = [axis for axis in axes if _words(axis.find(f"{C}title"))]
        title = _words(chart.find(f"{C}chart/{C}title"))
        series = list(chart.iter(f"{C}ser"))
        named = all(one.find(f"{C}tx/{C}strRef/{C}f") is not None for one in series)
        gaps = value_of(next(chart.iter(f"{C}chart")), "dispBlanksAs") == "gap"
        legend = len(series) < 2 or next(chart.iter(f"{C}legend"), None) is not None
        language = value_of(chart, "lang") == "da-DK"
        good = title and series and named and gaps and legend and language
        if not good or not len(axes) == len(drawn) == len(titled) == 2:
            yield f"{sheet.name}: {name}"


def charts_have_alternative_texts(book: Book) -> Iterator[str]:
    """Each its own name and a text that says what is seen; none is shared."""
    texts = Counter(f.alternative for s in book.sheets for f in s.frames)
    for sheet in book.sheets:
        for frame in sheet.frames:
            generic = re.fullmatch(r"(Chart|Diagram) \d+|", frame.name)
            if (
                generic
                or len(frame.alternative) < 40
                or (texts[frame.alternative] > 1 and not _twice_the_same(book, frame.alternative))
            ):
                yield f"{sheet.name}: {frame.name}"


def charts_read_numbers_or_true_blanks(book: Book) -> Iterator[str]:
    """A text in a charted range would be drawn as zero; the range is on the visible data sheet."""
    cells = book.sheet(DATA_SHEET).cells
    for sheet, name, chart in charts_of(book):
        for reference in chart.iter(f"{C}numRef"):
            where, _, box = (reference.findtext(f"{C}f") or "").replace("$", "").partition("!")
            first, last = (place_of(one) for one in box.split(":"))
            values = [
                cells[row, column].value
                for row in range(first[0], last[0] + 1)
                for column in range(first[1], last[1] + 1)
                if (row, column) in cells
            ]
            if where.strip("'") != DATA_SHEET or any(isinstance(v, str) for v in values):
                yield f"{sheet.name}: {name}"


def charts_cover_no_cell(book: Book) -> Iterator[str]:
    """A frame lies over empty cells alone."""
    for sheet in book.sheets:
        for frame in sheet.frames:
            rows = range(frame.first_row, frame.last_row)
            if any(row in rows for row, _ in sheet.cells):
                yield f"{sheet.name}: {frame.name}"


def a_chart_shown_twice_reads_one_table(book: Book) -> Iterator[str]:
    """Charts that say the same read the same cells, so that the data sheet tells no number twice."""
    read: dict[str, set[str]] = {}
    for sheet in book.sheets:
        for frame in sheet.frames:
            cells = " ".join(one.text or "" for one in frame.chart.iter(f"{C}f"))
            read.setdefault(frame.alternative, set()).add(cells)
    yield from (told for told, places in read.items() if len(places) > 1)


RULES: tuple[Rule, ...] = (
    charts_have_axes_titles_and_gaps,
    charts_have_alternative_texts,
    charts_read_numbers_or_true_blanks,
    charts_cover_no_cell,
    a_chart_shown_twice_reads_one_table,
)


def _words(title: Element | None) -> str:
    return "".join(one.text or "" for one in title.iter(f"{A}t")) if title is not None else ""


def _twice_the_same(book: Book, alternative: str) -> bool:
    """Whether a text that stands twice is of the same chart shown on two sheets."""
    frames = [
        (s.name, f.name) for s in book.sheets for f in s.frames if f.alternative == alternative
    ]
    return len({sheet for sheet, _ in frames}) == len(frames) and len({n for _, n in frames}) == 1
