"""What kind of text a file is, found in one pass over its bytes before anything is parsed.

Belongs here: unpacking, encoding, NUL bytes, unclosed quotes, and the text again as a stream of
UTF-8. Does not belong here: columns and delimiters (`text.files`).
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from sources.rejection import Rejection

_CHUNK = 4 << 20
_START = 512
_LARGEST_RATIO = 100
_LARGEST_UNPACKED = 64 << 30
_GZIP_MAGIC = b"\x1f\x8b"
_FOREIGN_MAGIC = (b"PK\x03\x04", b"PAR1", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"$FL2")
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*(<!doctype|<html|<\?xml|<table|\{\\rtf)", re.IGNORECASE)
_UNDEFINED_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")

_TRUNCATED = "Filen er skåret over, eller et citationstegn er ikke lukket."
_AGAIN = "Levér hele filen igen."


@dataclass(frozen=True)
class TextForm:
    """`codec`: Python's name of the encoding; `encoding`: its name in the record. `quoted`: the
    file has quotation marks. `ends_with_newline`: the last line was finished.
    """

    codec: str
    encoding: str
    packed: bool
    quoted: bool
    ends_with_newline: bool

    @property
    def mark(self) -> bytes:
        """The byte order mark that the text begins with, in UTF-8."""
        return codecs.BOM_UTF8 if self.codec == "utf-8-sig" else b""


def examine(path: Path, *, packed: bool) -> TextForm:
    """Find the form of a text file; Rejection when it is empty, not text, damaged or cut short."""
    with path.open("rb") as stream:
        start = stream.read(_START)
    if not start:
        raise Rejection("empty_file", "Filen er tom (0 byte).", _AGAIN)
    foreign = start.startswith(_FOREIGN_MAGIC) or _MARKUP.match(start)
    if packed != start.startswith(_GZIP_MAGIC) or (not packed and foreign):
        raise _other_type()
    first = next(_bytes(path, packed), b"")
    if packed and first.startswith(_FOREIGN_MAGIC):
        raise _other_type()
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        form = _examine_utf16(path, packed)
    else:
        form = _examine_bytes(path, packed, first.startswith(codecs.BOM_UTF8))
    return form


def utf8_chunks(path: Path, form: TextForm) -> Iterator[bytes]:
    """The text as UTF-8 without byte order mark, in pieces."""
    if form.codec in ("utf-8", "utf-8-sig"):
        chunks = _bytes(path, form.packed)
        first = next(chunks, b"")
        yield first[len(form.mark) :]
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(form.codec)()
    for chunk in _bytes(path, form.packed):
        yield decoder.decode(chunk).encode("utf-8")
    yield decoder.decode(b"", final=True).encode("utf-8")


def map_utf8(path: Path, form: TextForm) -> mmap.mmap | None:
    """The file in memory as it lies on disk, when that is UTF-8 with a last line that is finished."""
    if form.packed or form.codec not in ("utf-8", "utf-8-sig") or not form.ends_with_newline:
        return None
    with path.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


class ChunkStream(io.RawIOBase):
    """Pieces of bytes as a readable stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill as much of `buffer` as one piece allows; 0 at the end."""
        target = memoryview(cast(bytearray, buffer))
        while not len(self._rest):
            piece = next(self._chunks, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _bytes(path: Path, packed: bool) -> Iterator[bytes]:
    """The unpacked bytes; Rejection when the archive is damaged or unpacks to far too much."""
    if not packed:
        with path.open("rb") as plain:
            while chunk := plain.read(_CHUNK):
                yield chunk
        return
    limit = min(_LARGEST_RATIO * path.stat().st_size, _LARGEST_UNPACKED)
    total = 0
    try:
        with gzip.open(path, "rb") as archive:
            while chunk := cast(BinaryIO, archive).read(_CHUNK):
                total += len(chunk)
                if total > limit:
                    raise Rejection(
                        "archive_bomb",
                        "Arkivet pakker ud til over 100 gange sin størrelse.",
                        "Levér filen upakket.",
                    )
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Rejection(
            "truncated", "Arkivet er ødelagt eller kun halvt overført.", _AGAIN
        ) from None


def _examine_bytes(path: Path, packed: bool, marked: bool) -> TextForm:
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, beyond_ascii, undefined = True, False, False
    quotes, last = 0, b""
    for chunk in _bytes(path, packed):
        if b"\x00" in chunk:
            raise _not_text()
        plain = chunk.isascii()
        if not plain:
            undefined |= bool(_UNDEFINED_CP1252.search(chunk))
        if utf8 and not (plain and not decoder.getstate()[0]):
            try:
                beyond_ascii |= not decoder.decode(chunk).isascii()
            except UnicodeDecodeError:
                utf8 = False
        if b'"' in chunk:
            quotes += chunk.count(b'"')
        last = chunk[-1:]
    if utf8 and decoder.getstate()[0]:
        # The file ends inside a character. That is a cut, unless the only letter beyond ASCII is
        # this last byte: then it is Windows-1252 that happens to end in one.
        if beyond_ascii:
            raise Rejection("truncated", "Filen er skåret over midt i et tegn.", _AGAIN)
        utf8 = False
    if not utf8 and (undefined or marked):
        raise Rejection(
            "encoding",
            "Filens tegnsæt er hverken UTF-8, UTF-16 eller Windows-1252.",
            "Levér filen igen som UTF-8.",
        )
    codec = ("utf-8-sig" if marked else "utf-8") if utf8 else "cp1252"
    shown = {"utf-8-sig": "utf-8-bom", "utf-8": "utf-8", "cp1252": "windows-1252"}[codec]
    form = TextForm(codec, shown, packed, quotes > 0, last in (b"\n", b"\r"))
    if quotes % 2:
        _refuse_unclosed_quote(path, form)
    return form


def _examine_utf16(path: Path, packed: bool) -> TextForm:
    decoder = codecs.getincrementaldecoder("utf-16")()
    quotes, last = 0, ""
    try:
        for chunk in _bytes(path, packed):
            text = decoder.decode(chunk)
            if "\x00" in text:
                raise _not_text()
            quotes += text.count('"')
            last = text[-1:] or last
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Rejection("truncated", "Filen er skåret over midt i et tegn.", _AGAIN) from None
    form = TextForm("utf-16", "utf-16", packed, quotes > 0, last in ("\n", "\r"))
    if quotes % 2:
        _refuse_unclosed_quote(path, form)
    return form


def _refuse_unclosed_quote(path: Path, form: TextForm) -> None:
    """An odd number of quotation marks: harmless inside a field, a cut file when one stays open."""
    text = io.TextIOWrapper(
        io.BufferedReader(ChunkStream(utf8_chunks(path, form))), encoding="utf-8", newline=""
    )
    start = text.readline()
    delimiter = max(";,\t", key=start.count)
    broken = False
    try:
        for _ in csv.reader(_chain(start, text), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        broken = True
    if broken:
        raise Rejection("truncated", _TRUNCATED, _AGAIN)


def _chain(start: str, rest: Iterator[str]) -> Iterator[str]:
    yield start
    yield from rest


def _other_type() -> Rejection:
    return Rejection(
        "file_type",
        "Filens indhold svarer ikke til den type, dens navn siger.",
        "Levér filen igen i den type, dens navn siger.",
    )


def _not_text() -> Rejection:
    return Rejection(
        "nul_bytes",
        "Filen indeholder nul-tegn og er ikke en tekstfil, eller den er ødelagt.",
        "Levér filen igen som CSV.",
    )
