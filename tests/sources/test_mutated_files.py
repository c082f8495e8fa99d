"""Valid files with bytes changed, cut and put in: they are read or refused, and nothing else happens."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.contract import load
from sources.opening import open_tables
from sources.rejection import Rejection

from .making import POPULATION, number, residents
from .xlsx_making import Shared, Sheet, Shown, archive, book, table

BYTES = (
    b"\x00",
    b"\xff",
    b"\xff\xff\xff\x7f",
    b"\x80\x00\x00\x00",
    b"<",
    b">",
    b'"',
    b"&#x0;",
    b"-1",
    b"9" * 30,
)
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.one_of(st.sampled_from(BYTES), st.binary(max_size=8)),
    ),
    min_size=1,
    max_size=6,
)


def mutated(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The content with pieces replaced: where (a share of the length), how many bytes, by what."""
    for share, length, put in changes:
        at = int(share * len(content))
        content = content[:at] + put + content[at + length :]
    return content


def read_or_refused(content: bytes, ending: str) -> str:
    """The code of the refusal, blank when the file was read; anything else passes through."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(content)
        try:
            raw = open_tables(path, ending, load("population"))["population"]
            for _ in raw.batches(range(len(raw.header))):
                pass
        except Rejection as answer:
            return answer.code
    return ""


ROWS = table(POPULATION, residents(3))
ROWS[1][3], ROWS[2][5] = Shown(101, "0.00"), date(2010, 1, 1)
ROWS[3][4] = Shared(runs=("Val", "by"), guide="x")
GOOD = book({"population": Sheet(ROWS, merged=["J1:K1"])})
with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
    PARTS = {name: packed.read(name) for name in packed.namelist()}


@given(st.sampled_from(sorted(PARTS)), CHANGES)
@settings(max_examples=300, deadline=None)
def test_parts_of_a_workbook(part: str, changes: list[tuple[float, int, bytes]]) -> None:
    read_or_refused(archive({**PARTS, part: mutated(PARTS[part], changes)}), ".xlsx")


@given(CHANGES)
@settings(max_examples=150, deadline=None)
def test_bytes_of_a_workbook(changes: list[tuple[float, int, bytes]]) -> None:
    read_or_refused(mutated(GOOD, changes), ".xlsx")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A valid file of each statistical format."""
    folder = tmp_path_factory.mktemp("valid")
    frame = pd.DataFrame(
        {"cpr": [number(at) for at in range(9)], "fra": [date(2010, 1, 1)] * 9, "til": [1.5] * 9}
    )
    made = {}
    for ending, write in (
        (".sav", pyreadstat.write_sav),
        (".dta", pyreadstat.write_dta),
        (".xpt", pyreadstat.write_xport),
    ):
        write(frame, folder / f"a{ending}")
        made[ending] = (folder / f"a{ending}").read_bytes()
    return made


@given(ending=st.sampled_from([".sav", ".dta", ".xpt"]), changes=CHANGES)
@settings(max_examples=25, deadline=None)
def test_statistical_files(
    files: dict[str, bytes], ending: str, changes: list[tuple[float, int, bytes]]
) -> None:
    read_or_refused(mutated(files[ending], changes), ending)
