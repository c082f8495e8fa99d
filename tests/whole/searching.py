"""Finding personal numbers, and the name nobody agreed on, in whatever a home holds, however it is packed.

Belongs here: opening archives, compressed files, Parquet, SQLite and PDF, and the forms a number is looked for in. Not here:
making the home (`conftest`, `bad_night`).
"""

from __future__ import annotations

import gzip
import io
import re
import sqlite3
import subprocess
import zipfile
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq

from tests.canaries import NAME_FORMS, forms

_ALONE = re.compile(rb"(?<![0-9])([0-9]{6})-?([0-9]{4})(?![0-9])")
_NEAR = 12


def everything(root: Path, *left_out: Path) -> Iterator[tuple[str, bytes]]:
    """Every name and file below `root` but those below `left_out`, and what is packed in them."""
    for path in sorted(root.rglob("*")):
        if any(path.is_relative_to(place) for place in left_out):
            continue
        yield "name", bytes(path.relative_to(root))
        if path.is_symlink():
            yield f"{path} (link)", bytes(path.readlink())
        elif path.is_file():
            yield from _opened(str(path), path.read_bytes())


def found(
    contents: Iterator[tuple[str, bytes]], canaries: Collection[str], people: Collection[str]
) -> list[tuple[str, str]]:
    """Where something is shown: place, and the date of the number. A canary in any of its forms, also cut out of
    longer digits, or in two pieces close to each other; of other people the number standing alone. The name of
    nobody is told as `navn`.
    """
    wanted = {number: forms(number) for number in canaries}
    pieces = {
        number: re.compile(
            b"%b.{0,%d}%b" % (number[:6].encode(), _NEAR, number[6:].encode()), re.DOTALL
        )
        for number in canaries
    }
    others = {number.encode() for number in people}
    shown = []
    for place, content in contents:
        for number in canaries:
            if any(form in content for form in wanted[number]) or pieces[number].search(content):
                shown.append((place, number[:6]))
        if any(form in content for form in NAME_FORMS):
            shown.append((place, "navn"))
        met = {b"".join(parts) for parts in _ALONE.findall(content)}
        shown += [(place, number[:6].decode()) for number in sorted(met & others)]
    return shown


def _opened(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield place, content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield f"{place} (names)", part.encode()
                yield from _opened(f"{place}!{part}", archive.read(part))
    elif content.startswith(b"\x1f\x8b"):
        yield from _opened(f"{place} (unpacked)", gzip.decompress(content))
    elif content.startswith(b"PAR1"):
        yield f"{place} (columns)", _decoded(content)
    elif content.startswith(b"SQLite format 3"):
        yield f"{place} (rows)", _dumped(Path(place))
    elif content.startswith(b"%PDF"):
        yield f"{place} (pages)", _read(content)


def _decoded(content: bytes) -> bytes:
    """The values of every column, which are compressed in the file, and its metadata."""
    table = pq.read_table(io.BytesIO(content))
    columns = [repr(column.to_pylist()) for column in table.columns]
    return "\n".join([str(table.schema), *columns]).encode("utf-8", "surrogateescape")


def _dumped(path: Path) -> bytes:
    """Every row of a database: a long text lies in pieces in the file."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        tables = [
            name
            for (name,) in database.execute("select name from sqlite_master where type = 'table'")
        ]
        rows = [row for name in tables for row in database.execute(f'select * from "{name}"')]
    return "\n".join(map(repr, rows)).encode("utf-8", "surrogateescape")


def _read(content: bytes) -> bytes:
    """The text of every page, which the file holds as places in its fonts, and what it says of itself."""
    said = [
        subprocess.run(command, input=content, capture_output=True, check=True).stdout
        for command in (["pdftotext", "-", "-"], ["pdfinfo", "-"])
    ]
    return b"\n".join(said)
