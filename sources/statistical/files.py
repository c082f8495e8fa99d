"""SPSS, Stata and SAS deliveries as raw tables, read by pyreadstat in a process of its own.

Belongs here: telling the types apart, starting the process, and refusing what is cut short. Does
not belong here: the library itself (`statistical.child`), what numbers stand for
(`statistical.cells`).

A transport file of version 5 does not say how many rows it has: cut at an 80-byte border it is a
shorter whole file. Nothing here can see that; the fall in rows makes the delivery suspect.
"""

from __future__ import annotations

import json
import mmap
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa

from expectations.contract import Column, Table
from sources.headers import fold_header
from sources.raw import RawBatch
from sources.rejection import ReadingFault, Rejection
from sources.statistical.cells import Shown, read, shown_as

_CHILD = Path(__file__).with_name("child.py")
_NOT_DECODABLE = 4
_OF_THE_PROGRAM = (1, 2)
"""How Python ends when the script itself could not run."""

_SAS_MAGIC = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
_XPT_MAGIC = (b"HEADER RECORD*******LIBRARY HEADER", b"HEADER RECORD*******LIBV8   HEADER")
_XPT_MEMBERS = (b"HEADER RECORD*******MEMBER  HEADER", b"HEADER RECORD*******MEMBV8  HEADER")
_XPT_ROWS = b"HEADER RECORD*******OBSV8   HEADER RECORD!!!!!!!"
_XPT_RECORD = 80
_CP1252 = "WINDOWS-1252"
_RECORDED = {"": "utf-8", "UTF-8": "utf-8", _CP1252: "windows-1252"}
_NAMES = {".sav": "SPSS", ".dta": "Stata", ".xpt": "SAS-transport", ".sas7bdat": "SAS"}


class StatisticalTable:
    """A file of SPSS, Stata or SAS; row numbers count the header it does not have as row 1."""

    delimiter = ""
    left_out = ()
    header_row = 1

    def __init__(self, path: Path, ending: str, table: Table) -> None:
        self._path = path
        self._ending = ending
        self._described = _describe(path, ending)
        self._chosen: str = self._described["chosen"]
        self._kinds: list[str] = self._described["kinds"]
        self.header: tuple[str, ...] = tuple(self._described["names"])
        recorded = str(self._described["encoding"]).casefold()
        self.encoding = _RECORDED.get(self._chosen or recorded.upper(), recorded)
        agreed = {fold_header(column.name): column for column in table.columns}
        self._columns: list[Column | None] = [agreed.get(fold_header(n)) for n in self.header]
        self._shown: list[Shown] = [shown_as(ending, form) for form in self._described["formats"]]
        self._labels: list[Mapping[float, str]] = [
            {float(number): text for number, text in self._described["labels"].get(name, ())}
            for name in self.header
        ]

    def batches(self, wanted: Sequence[int]) -> Iterator[RawBatch]:
        """The rows in order; Rejection when the file turns out to be unreadable after all."""
        asked = {
            "path": str(self._path),
            "ending": self._ending,
            "encoding": self._chosen,
            "names": [self.header[at] for at in wanted],
            "kinds": [self._kinds[at] for at in wanted],
        }
        first = 2
        for batch in _streamed(asked, self._ending):
            cells = {
                at: read(batch.column(place), self._shown[at], self._labels[at], self._columns[at])
                for place, at in enumerate(wanted)
            }
            yield RawBatch(cells, np.arange(first, first + batch.num_rows))
            first += batch.num_rows


def open_statistical(path: Path, table: Table) -> StatisticalTable:
    """Open a delivery by its ending; Rejection when it is empty, cut short or something else."""
    ending = path.suffix.casefold()
    with path.open("rb") as stream:
        start = stream.read(_XPT_RECORD)
        size = stream.seek(0, os.SEEK_END)
    if not start:
        raise Rejection("empty_file", "Filen er tom (0 byte).", "Levér filen igen.")
    if not _is_what_it_says(start, ending):
        raise Rejection(
            "file_type",
            f"Filen hedder {ending}, men er ikke en {_NAMES[ending]}-fil.",
            "Levér filen igen i den type, dens navn siger.",
        )
    if ending == ".xpt":
        if size % _XPT_RECORD:
            raise _cut(ending)
        _refuse_several_tables(path)
    return StatisticalTable(path, ending, table)


def _is_what_it_says(start: bytes, ending: str) -> bool:
    if ending == ".sav":
        return start.startswith((b"$FL2", b"$FL3"))
    if ending == ".dta":
        # Up to release 115 the first bytes are the release, the byte order and a one.
        old = len(start) > 2 and 102 <= start[0] <= 115 and start[1] in (1, 2) and start[2] == 1
        return old or start.startswith(b"<stata_dta>")
    if ending == ".xpt":
        return start.startswith(_XPT_MAGIC)
    return start.startswith(_SAS_MAGIC)


def _refuse_several_tables(path: Path) -> None:
    """A transport file may hold several tables; the library would read the first and say nothing."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as all_:
        members = 0
        for magic in _XPT_MEMBERS:
            at = all_.find(magic)
            while at >= 0:
                members += at % _XPT_RECORD == 0
                at = all_.find(magic, at + 1)
    if members > 1:
        raise Rejection(
            "sheet_choice",
            f"Filen indeholder {members} tabeller, og det kan ikke ses, hvilken der er leveret.",
            "Levér hver tabel i sin egen fil.",
        )


def _declared_rows(path: Path) -> int:
    """The number of rows a transport file of version 8 declares; 0 when it does not say."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as all_:
        at = all_.find(_XPT_ROWS)
        if at < 0 or at % _XPT_RECORD:
            return 0
        told = all_[at + len(_XPT_ROWS) : at + _XPT_RECORD].split()
    return int(told[0]) if told and told[0].isdigit() else 0


def _describe(path: Path, ending: str) -> dict[str, Any]:
    own = "UTF-8" if ending in (".dta", ".xpt") else ""
    asked = {"path": str(path), "ending": ending, "encodings": [own, _CP1252]}
    with _started(asked) as child:
        told = cast(Any, child.stdout).read()
    _refuse_failed(child, ending)
    described: dict[str, Any] = json.loads(told)
    declared = _declared_rows(path) if ending == ".xpt" else described["declared_rows"]
    if declared and declared > 0 and declared != described["rows"]:
        raise _cut(ending)
    return described


def _streamed(asked: Mapping[str, Any], ending: str) -> Iterator[pa.RecordBatch]:
    with _started(asked) as child:
        try:
            stream = cast(Any, child.stdout)
            if stream.peek(1):
                yield from pa.ipc.open_stream(stream)
        except (pa.ArrowException, OSError):
            # Cut off in the middle; how the process ended says why.
            child.kill()
    _refuse_failed(child, ending)


@contextmanager
def _started(asked: Mapping[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """The reading process with its question put; ended when the block is left, however that is."""
    kept = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")
    child = subprocess.Popen(  # noqa: S603 - our own script, by its full path
        [sys.executable, "-I", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in kept if name in os.environ},
    )
    whole = False
    try:
        # A process that did not even start is told by how it ended.
        with suppress(BrokenPipeError), cast(Any, child.stdin) as question:
            question.write(json.dumps(asked).encode("utf-8"))
        yield child
        whole = True
    finally:
        if not whole:
            child.kill()
        cast(Any, child.stdout).close()
        child.wait()


def _refuse_failed(child: subprocess.Popen[bytes], ending: str) -> None:
    """Rejection when the file made the process fail, whatever way; never with its message."""
    if child.returncode in _OF_THE_PROGRAM:
        raise ReadingFault("the process that reads statistical files did not run")
    if child.returncode == _NOT_DECODABLE:
        raise Rejection(
            "encoding",
            "Filens tegnsæt er hverken UTF-8 eller Windows-1252.",
            "Levér filen igen som UTF-8.",
        )
    if child.returncode:
        raise _cut(ending)


def _cut(ending: str) -> Rejection:
    return Rejection(
        "truncated",
        f"{_NAMES[ending]}-filen er ødelagt eller kun halvt overført.",
        "Levér hele filen igen.",
    )
