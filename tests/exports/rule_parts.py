"""What several rules of the workbook look at: its tables and charts, styles and colours.

Belongs here: finding and computing. Not here: what must hold of it (`rules_of_tables`, `rules_of_charts`,
`rules_of_sheets`, `rules_of_looks`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.exports.archive import Book, C, Element, S, SheetPart, TablePart

Rule = Callable[[Book], Iterator[str]]
DATA_SHEET = "Figurdata"
NOTES_HEADINGS = ("Noter", "Noter og tegn")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (`RRGGBB`) as WCAG 2 computes it, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def tables_of(book: Book) -> Iterator[tuple[SheetPart, TablePart]]:
    for sheet in book.sheets:
        for table in sheet.tables:
            yield sheet, table


def charts_of(book: Book) -> Iterator[tuple[SheetPart, str, Element]]:
    for sheet in book.sheets:
        for frame in sheet.frames:
            yield sheet, frame.name, frame.chart


def foot_of(sheet: SheetPart) -> list[str]:
    """The lines below the heading of the notes."""
    rows = [r for (r, c), cell in sheet.cells.items() if c == 1 and cell.value in NOTES_HEADINGS]
    return [
        str(cell.value)
        for (r, c), cell in sorted(sheet.cells.items())
        if rows and r > max(rows) and c == 1
    ]


def place_of(reference: str) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z])(\d+)", reference)
    assert match is not None, reference
    return int(match[2]), ord(match[1]) - 64


def style_of(book: Book, number: int) -> Element:
    styles = book.styles.find(f"{S}cellXfs")
    assert styles is not None
    return styles[number]


def font_of(book: Book, style: int) -> tuple[str, float]:
    """(ink, size) of a style."""
    fonts = book.styles.find(f"{S}fonts")
    assert fonts is not None
    font = fonts[int(style_of(book, style).attrib.get("fontId", "0"))]
    color = font.find(f"{S}color")
    ink = color.attrib.get("rgb", "00000000")[-6:] if color is not None else "000000"
    return ink, float(value_of(font, "sz", S) or 0)


def ground_of(book: Book, style: int) -> str:
    fills = book.styles.find(f"{S}fills")
    assert fills is not None
    fill = fills[int(style_of(book, style).attrib.get("fillId", "0"))]
    pattern = fill.find(f"{S}patternFill")
    if pattern is None or pattern.attrib.get("patternType") != "solid":
        return "FFFFFF"
    color = pattern.find(f"{S}fgColor")
    return color.attrib["rgb"][-6:] if color is not None else "FFFFFF"


def value_of(element: Element | None, name: str, space: str = C) -> str:
    found = element.find(f"{space}{name}") if element is not None else None
    return found.attrib.get("val", "") if found is not None else ""
