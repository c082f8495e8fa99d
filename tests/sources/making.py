"""Small deliveries for the tests: made-up people, rows, files, and reading them back.

Every number fails modulus 11, so no such number is issued.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from blocks.packing import unpack
from expectations.contract import load
from sources.cpr import Pseudonyms
from sources.inbox import Rest
from sources.intake import Installation
from sources.loaded import Loaded, Source
from sources.loading import load_table
from sources.opening import extension, open_tables
from sources.quarantine import write_list
from sources.rejection import Rejection

KEY = b"a key of the tests only"
NOW = datetime(2020, 7, 1, 4, 30)
AT_ONCE = Installation(Rest(0))
"""An installation where a file is at rest at the second look."""

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

POPULATION = "cpr;foedselsdato;koen;kommunekode;bydel;fra;til"
INCOME = "cpr;maaned;cvr;loentimer;loen_kr;ansaettelsesform"


def number(which: int, date_part: str = "070290") -> str:
    """The `which`-th number of a birth date that fails modulus 11; even ones are women."""
    serials = (
        f"{date_part}{serial:04d}"
        for serial in range(100, 4000)
        if sum(w * int(d) for w, d in zip(WEIGHTS, f"{date_part}{serial:04d}", strict=True)) % 11
    )
    for _ in range(which):
        next(serials)
    return next(serials)


def resident(which: int, **cells: str) -> str:
    """A population row of a made-up person, with some cells replaced."""
    cpr = number(which)
    row = {
        "cpr": cpr,
        "foedselsdato": "1990-02-07",
        "koen": "M" if int(cpr[-1]) % 2 else "K",
        "kommunekode": "101",
        "bydel": "Valby",
        "fra": "2010-01-01",
        "til": "",
    }
    return ";".join({**row, **cells}.values())


def residents(count: int) -> list[str]:
    """`count` faultless population rows."""
    return [resident(which) for which in range(count)]


def lines(header: str, rows: Sequence[str]) -> str:
    """A table as text with line feeds."""
    return "\n".join([header, *rows]) + "\n"


def read(
    source: str, folder: Path, content: str | bytes, name: str = "delivery.csv"
) -> tuple[Loaded, list[dict[str, Any]]]:
    """Load one file; what came of it and its stored rows."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    work = folder / "work"
    work.mkdir()
    contract = load(source)
    raw = open_tables(path, extension(name), contract)[source]
    pseudonyms = Pseudonyms(KEY, source)
    loaded = load_table(contract.table, [Source(name, raw)], pseudonyms, work, _silent)
    return loaded, unpack(pq.read_table(loaded.stored)).to_pylist()


def refusal(source: str, folder: Path, content: str | bytes, name: str = "delivery.csv") -> str:
    """The code with which one file is refused, blank when it is not."""
    try:
        read(source, folder, content, name)
    except Rejection as answer:
        return answer.code
    return ""


def quarantined(loaded: Loaded, folder: Path) -> list[list[str]]:
    """Row number, column, rule and shown value of each row listed in quarantine."""
    path = folder / "quarantine.csv"
    write_list(path, [loaded.quarantine])
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    return [[row[1], row[2], row[3], row[5]] for row in rows[1:]]


def deliver(
    inbox: Path, source: str, name: str, content: str | bytes, *, done: bool = True
) -> Path:
    """Put a file in the inbox, with its companion unless `done` is false."""
    path = inbox / source / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    if done:
        path.with_name(name + ".done").touch()
    return path


def _silent(_: str) -> None:
    """Progress nobody reads."""
