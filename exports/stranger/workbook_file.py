"""The workbook as a stranger opens it: an archive of parts, and what stands in each cell.

Belongs here: reading the archive itself. Not here: what the cells should say (`showing`); nothing of what wrote it is used.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Place = tuple[str, str]


def read_workbook(path: Path) -> dict[Place, str | float]:
    """What stands in every cell that is not empty, by (sheet, reference): a number, or text as it is read."""
    with zipfile.ZipFile(path) as archive:
        shared = _texts(archive)
        return {
            (sheet, cell): value
            for sheet, part in _sheets(archive)
            for cell, value in _cells(fromstring(archive.read(part)), shared)
        }


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name and the part of each sheet."""
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_RELATION)]
        yield (
            str(sheet.get("name")),
            target.removeprefix("/") if target.startswith("/") else f"xl/{target}",
        )


def _texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    items = fromstring(archive.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in items]


def _cells(sheet: Element, shared: list[str]) -> Iterator[tuple[str, str | float]]:
    for cell in sheet.iter(f"{_MAIN}c"):
        kind, value = cell.get("t", "n"), cell.find(f"{_MAIN}v")
        if kind == "inlineStr":
            yield str(cell.get("r")), "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
        elif value is not None and value.text is not None:
            yield str(cell.get("r")), _read(kind, value.text, shared)


def _read(kind: str, text: str, shared: list[str]) -> str | float:
    if kind == "s":
        return shared[int(text)]
    return float(text) if kind == "n" and re.fullmatch(r"[-+0-9.eE]+", text) else text
