"""A workbook as its archive holds it, read with zip and XML alone.

Belongs here: reading. Not here: what must hold of it (`workbook_rules`), and anything of the library
that wrote the file.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
Parts = dict[str, str]
Element = ElementTree.Element


@dataclass(frozen=True)
class Cell:
    """A cell that holds something: a number or a text, and the number of its style."""

    row: int
    column: int
    value: str | float
    style: int


@dataclass(frozen=True)
class TablePart:
    """A table: where it lies (1-based, header row included) and its XML."""

    root: Element
    text: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def name(self) -> str:
        return self.root.attrib["displayName"]

    def body(self) -> Iterator[tuple[int, int]]:
        """(row, column) of every cell below the header."""
        for row in range(self.top + 1, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


@dataclass(frozen=True)
class Frame:
    """A chart's frame on a sheet: its name and alternative text, the rows it covers (1-based), the chart."""

    name: str
    alternative: str
    first_row: int
    last_row: int
    chart: Element


@dataclass
class SheetPart:
    """One sheet with what hangs on it."""

    name: str
    part: str
    state: str
    root: Element
    cells: dict[tuple[int, int], Cell]
    tables: list[TablePart] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    def text(self, row: int, column: int = 1) -> str:
        """The text of a cell, blank where there is none."""
        cell = self.cells.get((row, column))
        return cell.value if cell is not None and isinstance(cell.value, str) else ""

    def lines(self) -> list[str]:
        """The texts of the first column, outside tables too."""
        return [str(cell.value) for (_, column), cell in sorted(self.cells.items()) if column == 1]


class Book:
    """An archive's parts, understood."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    @classmethod
    def open(cls, path: Path) -> Book:
        """The workbook at the path."""
        with zipfile.ZipFile(path) as archive:
            return cls({name: archive.read(name).decode("utf-8") for name in archive.namelist()})

    def root(self, part: str) -> Element:
        """A part's XML."""
        return ElementTree.fromstring(self.parts[part])

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """(type, part) by id of what a part leads to."""
        folder, name = posixpath.split(part)
        text = self.parts.get(f"{folder}/_rels/{name}.rels")
        if text is None:
            return {}
        return {
            one.attrib["Id"]: (
                one.attrib["Type"].rsplit("/", 1)[1],
                posixpath.normpath(posixpath.join("/", folder, one.attrib["Target"])).lstrip("/"),
            )
            for one in ElementTree.fromstring(text)
        }

    @cached_property
    def workbook(self) -> Element:
        return self.root("xl/workbook.xml")

    @cached_property
    def sheets(self) -> list[SheetPart]:
        relations = self.relations("xl/workbook.xml")
        return [
            self._sheet(
                one.attrib["name"],
                one.attrib.get("state", "visible"),
                relations[one.attrib[f"{R}id"]][1],
            )
            for one in self.workbook.iter(f"{S}sheet")
        ]

    def sheet(self, name: str) -> SheetPart:
        """The sheet of that name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    @cached_property
    def styles(self) -> Element:
        return self.root("xl/styles.xml")

    @cached_property
    def _shared(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.parts:
            return []
        return ["".join(si.itertext()) for si in self.root("xl/sharedStrings.xml").iter(f"{S}si")]

    def _sheet(self, name: str, state: str, part: str) -> SheetPart:
        root = self.root(part)
        sheet = SheetPart(name, part, state, root, {})
        for element in root.iter(f"{S}c"):
            value = self._value(element)
            if value is not None:
                row, column = place(element.attrib["r"])
                sheet.cells[row, column] = Cell(
                    row, column, value, int(element.attrib.get("s", "0"))
                )
        for kind, target in self.relations(part).values():
            if kind == "table":
                table = self.root(target)
                first, last = (place(one) for one in table.attrib["ref"].split(":"))
                sheet.tables.append(
                    TablePart(table, self.parts[target], first[1], first[0], last[1], last[0])
                )
            elif kind == "drawing":
                sheet.frames += self._frames(target)
        sheet.tables.sort(key=lambda one: one.top)
        return sheet

    def _value(self, element: Element) -> str | float | None:
        value, inline = element.find(f"{S}v"), element.find(f"{S}is")
        if inline is not None:
            return "".join(inline.itertext())
        if value is None or value.text is None:
            return None
        if element.attrib.get("t") == "s":
            return self._shared[int(value.text)]
        if element.attrib.get("t") in ("str", "e"):
            return value.text
        return float(value.text)

    def _frames(self, drawing: str) -> Iterator[Frame]:
        relations = self.relations(drawing)
        for anchor in self.root(drawing):
            frame = anchor.find(f"{XDR}graphicFrame")
            if frame is None:
                continue
            properties = frame.find(f"{XDR}nvGraphicFramePr/{XDR}cNvPr")
            reference = next(frame.iter(f"{C}chart")).attrib[f"{R}id"]
            first, last = (
                int(anchor.findtext(f"{XDR}{end}/{XDR}row") or "0") + 1 for end in ("from", "to")
            )
            attributes = properties.attrib if properties is not None else {}
            yield Frame(
                attributes.get("name", ""),
                attributes.get("descr", ""),
                first,
                last,
                self.root(relations[reference][1]),
            )


def place(reference: str) -> tuple[int, int]:
    """`C12` -> (12, 3)."""
    match = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", reference)
    assert match is not None, reference
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column


def letters(column: int) -> str:
    """3 -> `C`."""
    return chr(64 + column)
