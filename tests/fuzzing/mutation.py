"""Spoiling files: bytes flipped, cut, put in, doubled; and the XML inside a workbook, packed again.

Belongs here: one spoiling at a time, decided by a `Random`. Not here: how many, and what is done with them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from random import Random

_PLAIN = "1e400 nan -inf 1.234 9999-12-31 120475-1235 1204751235 y_2053 y_1204751235 grad_2020_13 cpr PNR lobenr"
SIGNS = (
    *(sign.encode() for sign in "\";,\t\n\r\0'=-. \ufeff\u200b\u00a0æå\u0301"),
    *(word.encode() for word in (*_PLAIN.split(), "\r\n", "Ã¦", "9" * 400, "0" * 20)),
    *(b"\xe6", b"\xff\xfe", b"\xfe\xff", b"\x81", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
)
"""What does harm in a text."""

_NUMBERS = "0 -1 1 1e400 -1e400 nan inf 1_0 \u0661 0x10 60 -0.0 2958465 2958466 44000.999999999"
_PLACES = "A1 A0 XFD1 XFE1 A1048577 a1 $A$1:$B$9 A1:A1204751 120475-1235 rId1 rId2 ../../x /xl/workbook.xml"
_WORDS = "s str inlineStr b e d n External true _x0000_ _xD800_ _x000D_ yyyy-mm-dd [h]:mm 0%"
VALUES = (
    *(*_NUMBERS.split(), *_PLACES.split(), *_WORDS.split()),
    *("", " 7 ", "9" * 30, "9" * 5_000, "Z" * 2_000 + "1"),
)
"""What does harm in an attribute or between two tags."""

_NAMES = ("c", "v", "t", "is", "r", "rPh", "f", "row", "si", "mergeCell", "sheet", "xf", "cellXfs")
_ATTRIBUTE = re.compile(rb'="([^"]*)"')
_BETWEEN = re.compile(rb">([^<]*)<")
_TAG = re.compile(rb"</?(?:\w+:)?(\w+)")
_ELEMENT = re.compile(rb"<(\w+)\b[^>]*?(?:/>|>(?:[^<]*</\1>)?)")


def spoiled(content: bytes, random: Random) -> bytes:
    """The bytes with one thing wrong."""
    return random.choice(_SPOILINGS)(content, random)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of an archive; none when it cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except Exception:
        return {}


def repacked(parts: Mapping[str, bytes]) -> bytes:
    """An archive of parts, stored as they are."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def spoiled_workbook(content: bytes, random: Random) -> bytes:
    """A workbook with one thing wrong in one of its parts; the archive around it is whole."""
    parts = unpacked(content)
    if not parts:
        return spoiled(content, random)
    name = random.choice(list(parts))
    if random.random() < 0.03:
        del parts[name]
    else:
        parts[name] = spoiled_xml(parts[name], random)
    return repacked(parts)


def spoiled_xml(part: bytes, random: Random) -> bytes:
    """XML with one thing wrong, most often in a way that leaves it well-formed."""
    kind = random.random()
    if kind < 0.1:
        return spoiled(part, random)
    if kind < 0.6:
        found = list(random.choice((_ATTRIBUTE, _BETWEEN)).finditer(part))
        if not found:
            return spoiled(part, random)
        into, other = random.choice(found), random.choice(found)
        value = random.choice((other[1], random.choice(VALUES).encode()))
        return part[: into.start(1)] + value + part[into.end(1) :]
    if kind < 0.8:
        found = list(_ELEMENT.finditer(part))
        if not found:
            return part
        into, other = random.choice(found), random.choice(found)
        return (
            part[: into.start()] + random.choice((b"", into[0] * 2, other[0])) + part[into.end() :]
        )
    old = {found[1] for found in _TAG.finditer(part)} or {b"c"}
    renamed = random.choice(sorted(old)), random.choice(_NAMES).encode()
    return re.sub(rb"(</?(?:\w+:)?)" + renamed[0] + rb"\b", rb"\1" + renamed[1], part)


def _place(content: bytes, random: Random) -> int:
    return random.randint(0, len(content))


def _flipped(content: bytes, random: Random) -> bytes:
    if not content:
        return content
    at = random.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :]


def _cut(content: bytes, random: Random) -> bytes:
    return content[: _place(content, random)]


def _put_in(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(SIGNS) + content[at:]


def _put_over(content: bytes, random: Random) -> bytes:
    at, sign = _place(content, random), random.choice(SIGNS)
    return content[:at] + sign + content[at + len(sign) :]


def _taken_out(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + content[at + random.choice((1, 2, 8, 80)) :]


def _doubled(content: bytes, random: Random) -> bytes:
    at, to = _place(content, random), _place(content, random)
    length = random.choice((1, 8, 80, 800))
    return content[:to] + content[at : at + length] + content[to:]


def _encoded_otherwise(content: bytes, random: Random) -> bytes:
    """Part of the text in another encoding."""
    at = _place(content, random)
    rest = content[at:].decode("utf-8", "replace")
    return content[:at] + rest.encode(
        random.choice(("utf-8", "cp1252", "utf-16-le", "latin-1")), "replace"
    )


_SPOILINGS: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flipped, _cut, _put_in, _put_over, _taken_out, _doubled, _encoded_otherwise),
)
