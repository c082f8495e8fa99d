"""How any workbook of a set must look: letters, contrast, and colour that never stands alone.

Belongs here: what is computed from styles and palettes. Not here: words and numbers (`rules_of_tables`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from tests.exports.archive import A, Book, C, Element, S, letters
from tests.exports.rule_parts import (
    Rule,
    charts_of,
    contrast,
    font_of,
    ground_of,
    place_of,
    value_of,
)

_SANS_SERIF = {"Arial"}
_VERDICT = re.compile(r"[●▲▼○] \w+")
_PALE = ("EEF2F6",)
"""The ground of emphasised rows, which says nothing by itself."""


def charts_are_told_apart_without_colour(book: Book) -> Iterator[str]:
    """Lines differ in dash and marker, bars in lightness with an outline; all stand out from white 3:1."""
    for sheet, name, chart in charts_of(book):
        looks = [_look(series) for series in chart.iter(f"{C}ser")]
        lines = chart.find(f".//{C}lineChart") is not None
        if lines and len({look[1:] for look in looks}) < len(looks):
            yield f"{sheet.name}: {name}: two lines have the same dash and marker"
        if lines and any(contrast(look[0], "FFFFFF") < 3 for look in looks):
            yield f"{sheet.name}: {name}: a line is too pale"
        for one, other in itertools.combinations(() if lines else looks, 2):
            if contrast(one[0], other[0]) < 1.4 or "outline" not in one[1]:
                yield f"{sheet.name}: {name}: bars are too alike"


def letters_are_large_plain_and_sans_serif(book: Book) -> Iterator[str]:
    """At least 10 points, a sans-serif by name, nothing raised, lowered or struck out; no raised digit as a sign."""
    fonts = book.styles.find(f"{S}fonts")
    for number, font in enumerate(fonts if fonts is not None else ()):
        name, size = value_of(font, "name", S), float(value_of(font, "sz", S) or 0)
        odd = {"vertAlign", "strike"} & {element.tag.removeprefix(S) for element in font}
        if name not in _SANS_SERIF or size < 10 or odd:
            yield f"font {number}"
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if isinstance(cell.value, str) and re.search("[¹²³⁰-⁹₀-₉]", cell.value):
                yield f"{sheet.name}!{letters(cell.column)}{cell.row}"
    for sheet, name, chart in charts_of(book):
        if any(int(one.attrib["sz"]) < 1000 for one in chart.iter() if "sz" in one.attrib):
            yield f"{sheet.name}: {name}: small letters"


def text_stands_out_from_its_ground(book: Book) -> Iterator[str]:
    """4.5:1 at least, computed for every pair of ink and fill that is in use."""
    used = {cell.style for sheet in book.sheets for cell in sheet.cells.values()}
    for style in sorted(used):
        ink, ground = font_of(book, style)[0], ground_of(book, style)
        if contrast(ink, ground) < 4.5:
            yield f"style {style}: {ink} on {ground}"


def colour_never_stands_alone(book: Book) -> Iterator[str]:
    """A coloured cell has a word; an assessment has a symbol and a word."""
    for sheet in book.sheets:
        headers = {(t.top, c) for t in sheet.tables for c in range(t.left, t.right + 1)}
        grounds: dict[str, set[str]] = {}
        for table in sheet.tables:
            for row, column in table.body():
                judged = sheet.text(table.top, column) == "Vurdering"
                if judged and not _VERDICT.match(sheet.text(row, column)):
                    yield f"{sheet.name}!{letters(column)}{row}: no symbol"
        for place, cell in sheet.cells.items():
            ground = ground_of(book, cell.style)
            if place in headers or ground == "FFFFFF":
                continue
            if isinstance(cell.value, str) and _VERDICT.match(cell.value):
                grounds.setdefault(ground, set()).add(cell.value[0])
            elif isinstance(cell.value, str) and ground not in _PALE:
                yield f"{sheet.name}!{letters(place[1])}{place[0]}"
        for element in sheet.root.iter(f"{S}c"):
            blank = place_of(element.attrib["r"]) not in sheet.cells
            if blank and ground_of(book, int(element.attrib.get("s", "0"))) not in (
                "FFFFFF",
                *_PALE,
            ):
                yield f"{sheet.name}!{element.attrib['r']}"
        yield from (
            f"{sheet.name}: {ground}"
            for ground, s in grounds.items()
            if len(s) > 1 and ground not in _PALE
        )


RULES: tuple[Rule, ...] = (
    charts_are_told_apart_without_colour,
    letters_are_large_plain_and_sans_serif,
    text_stands_out_from_its_ground,
    colour_never_stands_alone,
)


def _look(series: Element) -> tuple[str, str, str]:
    """(colour, dash or outline, marker) of a series."""
    shape = series.find(f"{C}spPr")
    assert shape is not None
    line = shape.find(f"{A}ln")
    fill = shape.find(f"{A}solidFill/{A}srgbClr")
    if fill is not None:
        return fill.attrib["val"], "outline" if line is not None else "", ""
    assert line is not None
    color, dash = line.find(f"{A}solidFill/{A}srgbClr"), line.find(f"{A}prstDash")
    assert color is not None
    symbol = series.find(f"{C}marker/{C}symbol")
    return (
        color.attrib["val"],
        dash.attrib["val"] if dash is not None else "solid",
        symbol.attrib["val"] if symbol is not None else "",
    )
