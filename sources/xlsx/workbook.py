"""What the sheets of a workbook share: their names, the epoch, number formats and shared strings.

Belongs here: the parts beside the sheets. Does not belong here: rows (`xlsx.sheet`), which sheet
is the table (`xlsx.files`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from sources.cells import clean
from sources.xlsx.answers import unreadable
from sources.xlsx.archive import Archive

_DOCUMENT = "/officeDocument"
_STRINGS_A_CHUNK = 65_536
_LONGEST_TEXT = 1 << 20
_MOST_FORMATS = 100_000

# ECMA-376 part 1, 18.8.30: the numbers of built-in formats that show a date or a time of day;
# 27-36 and 50-58 are dates in East Asian editions.
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_BUILT_IN_PERCENT = frozenset({9, 10})
_BUILT_IN_ELAPSED = 46
_SPOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

NUMBER, DATE, PERCENT, ELAPSED_TIME = "n", "d", "p", "h"
"""What a number in a cell is shown as."""


class Sheet(NamedTuple):
    """A worksheet: its name as shown on the tab, and its part in the archive."""

    name: str
    part: str


class Workbook:
    """The parts beside the sheets. `formats`: what each cell style shows a number as."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        main = _related(archive, "").get(_DOCUMENT, [("", "")])[0][1]
        if main not in archive.names:
            raise unreadable()
        related = _related(archive, main)
        self.epoch_1904 = False
        self.sheets: tuple[Sheet, ...] = self._sheets(main, related.get("/worksheet", []))
        styles = related.get("/styles", [])
        self.formats: tuple[str, ...] = _formats(archive, styles[0][1]) if styles else ()
        texts = related.get("/sharedStrings", [])
        self.strings: pa.ChunkedArray = (
            _strings(archive, texts[0][1]) if texts else pa.chunked_array([], pa.string())
        )
        blank = (
            pc.indices_nonzero(pc.equal(self.strings, "")) if len(self.strings) else pa.array([])
        )
        self.blank_strings: frozenset[str] = frozenset(map(str, blank.to_pylist()))

    def _sheets(self, main: str, targets: list[tuple[str, str]]) -> tuple[Sheet, ...]:
        parts = dict(targets)
        found: list[Sheet] = []

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name.endswith("}sheet"):
                tied = next((v for k, v in attributes.items() if k.endswith("}id")), "")
                # Chart and dialogue sheets hold no cells.
                if tied in parts:
                    found.append(Sheet(attributes.get("name", ""), parts[tied]))
            elif name.endswith("}workbookPr"):
                self.epoch_1904 = attributes.get("date1904", "0") in ("1", "true")

        for _ in self.archive.parse(main, start):
            pass
        if any(sheet.part not in self.archive.names for sheet in found):
            raise unreadable()
        return tuple(found)


def plain_text(text: str) -> str:
    """Text as it was typed: `_x000D_` and the like stand for characters XML cannot hold."""
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _related(archive: Archive, part: str) -> dict[str, list[tuple[str, str]]]:
    """Relationships of a part: last word of the kind to (id, part), in order."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, list[tuple[str, str]]] = {}
    if rels not in archive.names:
        return found

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if element.endswith("}Relationship") and "TargetMode" not in attributes:
            kind = "/" + attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.setdefault(kind, []).append((attributes.get("Id", ""), path))

    for _ in archive.parse(rels, start):
        pass
    return found


def _formats(archive: Archive, part: str) -> tuple[str, ...]:
    custom: dict[str, str] = {}
    styles: list[str] = []
    inside: list[bool] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith("}numFmt"):
            custom[attributes.get("numFmtId", "")] = _shown(attributes.get("formatCode", ""))
        elif name.endswith("}cellXfs"):
            inside.append(True)
        elif inside and name.endswith("}xf"):
            number = attributes.get("numFmtId", "0")
            styles.append(custom.get(number) or _built_in(number))
            if len(styles) > _MOST_FORMATS:
                raise unreadable()

    def end(name: str) -> None:
        if name.endswith("}cellXfs"):
            inside.clear()

    for _ in archive.parse(part, start, end):
        pass
    return tuple(styles)


def _built_in(number: str) -> str:
    which = int(number) if number.isascii() and number.isdigit() else 0
    if which == _BUILT_IN_ELAPSED:
        return ELAPSED_TIME
    if which in _BUILT_IN_DATES:
        return DATE
    return PERCENT if which in _BUILT_IN_PERCENT else NUMBER


def _shown(code: str) -> str:
    """What a number format of the user's own shows: a date when day, month, year or hour occur."""
    bare = _SPOKEN.sub("", code.split(";")[0])
    if _ELAPSED.search(bare):
        return ELAPSED_TIME
    if re.search("[dmyhs]", _BRACKETS.sub("", bare).casefold()):
        return DATE
    return PERCENT if "%" in bare else NUMBER


def _strings(archive: Archive, part: str) -> pa.ChunkedArray:
    """The shared strings, runs of rich text joined, phonetic guides left out, cleaned."""
    chunks: list[pa.Array] = []
    texts: list[str] = []
    parts: list[str] = []
    collect: list[bool] = []
    guides: list[bool] = []

    def start(name: str, _: Mapping[str, str]) -> None:
        if name.endswith("}t") and not guides:
            collect.append(True)
        elif name.endswith("}si"):
            parts.clear()
        elif name.endswith("}rPh"):
            guides.append(True)

    def end(name: str) -> None:
        if name.endswith("}t"):
            collect.clear()
        elif name.endswith("}rPh"):
            guides.clear()
        elif name.endswith("}si"):
            texts.append(plain_text("".join(parts)))

    def text(piece: str) -> None:
        if collect:
            parts.append(piece)
            if len(parts) * len(piece) > _LONGEST_TEXT:
                raise unreadable()

    for _ in archive.parse(part, start, end, text):
        if len(texts) >= _STRINGS_A_CHUNK:
            chunks.append(clean(pa.array(texts, pa.string())))
            texts.clear()
    chunks.append(clean(pa.array(texts, pa.string())))
    return pa.chunked_array(chunks, pa.string())
