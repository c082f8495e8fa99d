"""After nights that met every kind of fault, no personal number is anywhere but in the inbox and the raw store."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from matplotlib.figure import Figure

from sources.record import DeliveryRecord
from tests.bad_files.catalogue import CASES
from tests.canaries import CANARIES
from tests.sources.making import number
from tests.whole import bad_night
from tests.whole.bad_night import SAID, BadNight
from tests.whole.searching import everything, found
from tests.whole.strange_files import strange_files

CANARY, _, WITH_ZERO = CANARIES
SOMEBODY = number(0)
LEFT_OUT = frozenset({"format_limit", "not_at_rest"})
"""Answers to a file of a million rows, and to one that changes meanwhile."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BadNight]:
    """The nights, made once."""
    with pytest.MonkeyPatch.context() as patch:
        yield bad_night.make(tmp_path_factory.mktemp("bad"), patch)


def answers(night: BadNight) -> set[str]:
    """The codes given."""
    record = DeliveryRecord(night.home)
    folders = [path.name for path in (night.home / "deliveries").iterdir() if path.is_dir()]
    return {entry.code for source in folders for entry in record.all(source)}


def test_no_number_is_anywhere(night: BadNight) -> None:
    searched = everything(night.root, night.inbox, night.raw)
    assert found(searched, CANARIES, night.people) == []


def test_the_nights_met_every_answer(night: BadNight) -> None:
    wanted = {case.code for case in CASES if case.verdict not in ("", "waiting", "suspect")}
    assert wanted - answers(night) <= LEFT_OUT
    assert "accepted_by_name" in answers(night), "what was suspect was accepted"


def test_every_command_said_something(night: BadNight) -> None:
    said = (night.root / SAID).read_text("utf-8")
    words = (
        "******-****",
        "Godkendt af Ane",
        "findes ikke.",
        "ingen kilde",
        "midlertidig fil",
        '"sha256"',
    )
    assert [word for word in words if word not in said] == []


def test_nothing_is_left_in_the_temporary_folder(night: BadNight) -> None:
    assert list(night.temporary.iterdir()) == []


def test_the_search_finds_what_was_delivered(tmp_path: Path) -> None:
    blind = []
    for place, (_, name, content) in enumerate(strange_files()):
        folder = tmp_path / f"{place}"
        folder.mkdir()
        (folder / "file").write_bytes(content)
        if not found(everything(folder), CANARIES, ()):
            blind.append(name.partition("_")[2])
    assert blind == ["part1of2.csv"], "it holds a header alone; the number is in its name"


def as_zip(path: Path, content: bytes) -> None:
    """A file in an archive in an archive."""
    for _ in range(2):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("part.xml", content)
        content = stream.getvalue()
    path.write_bytes(content)


def as_row(path: Path, content: bytes) -> None:
    """A text of many pages in a database whose changes are not yet in its file."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table told (text)")
        database.execute("insert into told values (?)", ["x" * 10_000 + content.decode()])
        database.commit()


def as_column(path: Path, content: bytes) -> None:
    """A compressed column."""
    pq.write_table(pa.table({"a": [content.decode()] * 100}), path)


def as_figures(path: Path, _: bytes) -> None:
    """A compressed column of integers."""
    pq.write_table(pa.table({"a": [int(CANARY)] * 100}), path)


def as_page(path: Path, content: bytes) -> None:
    """A page of a PDF, whose text lies packed."""
    page = Figure()
    page.text(0.1, 0.5, content.decode())
    page.savefig(path, format="pdf")


def as_name(path: Path, content: bytes) -> None:
    """A folder whose name it is."""
    path.with_name(content.decode()).mkdir()


def as_link(path: Path, content: bytes) -> None:
    """A link to nowhere."""
    path.symlink_to(content.decode())


@pytest.mark.parametrize(
    ("put", "content"),
    [
        (Path.write_bytes, f"x{CANARY}x".encode()),
        (Path.write_bytes, f"x{CANARY[:6]}-{CANARY[6:]}x".encode()),
        (Path.write_bytes, f"{CANARY[:6]}-**** ({CANARY[6:]})".encode()),
        (Path.write_bytes, CANARY.encode("utf-16-le")),
        (Path.write_bytes, CANARY.encode("utf-16-be")),
        (Path.write_bytes, WITH_ZERO[1:].encode()),
        (Path.write_bytes, int(CANARY).to_bytes(8, "little")),
        (Path.write_bytes, gzip.compress(CANARY.encode(), mtime=0)),
        (Path.write_bytes, f"x{SOMEBODY}x".encode()),
        (as_zip, CANARY.encode()),
        (as_row, CANARY.encode()),
        (as_column, SOMEBODY.encode()),
        (as_figures, b""),
        pytest.param(as_page, CANARY.encode(), marks=pytest.mark.program("pdftotext")),
        (as_name, SOMEBODY.encode()),
        (as_link, CANARY.encode()),
    ],
)
def test_the_search_finds_a_planted_number(
    tmp_path: Path, put: Callable[[Path, bytes], object], content: bytes
) -> None:
    (tmp_path / "innocent").write_bytes(f"{CANARY[:6]}-**** 1{SOMEBODY}".encode())
    assert found(everything(tmp_path), CANARIES, [SOMEBODY]) == []
    put(tmp_path / "a file", content)
    assert found(everything(tmp_path), CANARIES, [SOMEBODY]) != []
