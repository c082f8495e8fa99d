"""How much room words take in Arial: the width of a text, its longest word, the lines it is broken into.

Belongs here: arithmetic on letters. Not here: which column or row gets the room (`table`, `page`).

The unit of width is the one of a column's width: the digits of the workbook's normal font. The letters' widths are those
of Arial (and of Liberation Sans, which stands in for it) in thousandths of their height.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_DIGIT = 556
_REGULAR = {
    222: "ijl’‘'",
    278: " !,./:;I[\\]ft·|",
    333: "()-`r“”{}",
    389: '*"°^',
    500: "Jcksvxyz",
    611: "FTZø+<=>~×●○",
    667: "&ABEKPSVXYÅÉÄ",
    722: "CDHNRUwÜ",
    778: "GOQØÖ",
    833: "Mm½",
    889: "%æ",
    944: "W",
    1015: "Æ—…@▲▼",
}
_BOLD = {
    278: " ,./I\\ijl·|'",
    333: "!()-:;[]`ft",
    389: "*r{}°",
    500: 'z“”"',
    611: "?FLTZbdghnopquøüöó+<=>^~×●○",
    667: "EPSVXYÉ",
    722: "&ABCDHKNRUÅÄÜ",
    778: "GOQwØÖ",
    833: "M½",
    889: "%mæ",
    944: "W",
    1015: "Æ—…@▲▼",
}


def _by_letter(table: Mapping[int, str]) -> dict[str, float]:
    return {letter: width / _DIGIT for width, letters in table.items() for letter in letters}


_WIDTHS = {False: _by_letter(_REGULAR), True: _by_letter(_BOLD)}
_PIECE = re.compile(r"(?:[^ \n\-–]|-(?=\d))+[\-–]*|[\-–]+")


def text_width(text: str, bold: bool = False) -> float:
    """The width of a text on one line; a letter that is not in the table is as wide as a digit."""
    widths = _WIDTHS[bold]
    return sum(widths.get(letter, 1.0) for letter in text)


def longest_word(text: str, bold: bool = False) -> float:
    """The width of the widest part of a text that no line is broken within."""
    return max((text_width(piece, bold) for _, piece in _pieces(text)), default=0.0)


def broken(text: str, width: float, bold: bool = False) -> list[str]:
    """The lines of the width that a text is broken into, at least one; a word too wide for any is broken too."""
    return [line for part in text.split("\n") for line in _broken(part, width, bold)]


def _broken(text: str, width: float, bold: bool) -> list[str]:
    lines, used = [""], 0.0
    for spaced, piece in _pieces(text):
        for start, chunk in _chunks(piece, width, bold):
            gap = " " if spaced and start and lines[-1] else ""
            wide = text_width(gap + chunk, bold)
            if lines[-1] and used + wide > width:
                lines.append(chunk)
                used = text_width(chunk, bold)
            else:
                lines[-1] += gap + chunk
                used += wide
    return lines


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of a text that stay whole, each with whether a space stands before it."""
    for match in _PIECE.finditer(text):
        yield match.start() > 0 and text[match.start() - 1] == " ", match.group()


def _chunks(piece: str, width: float, bold: bool) -> Iterator[tuple[bool, str]]:
    """A piece in parts that each fit on a line, with whether the part begins it; nearly always the piece itself."""
    if text_width(piece, bold) <= width:
        yield True, piece
        return
    at, used = 0, 0.0
    for index, letter in enumerate(piece):
        wide = text_width(letter, bold)
        if used + wide > width and index > at:
            yield at == 0, piece[at:index]
            at, used = index, 0.0
        used += wide
    yield at == 0, piece[at:]
