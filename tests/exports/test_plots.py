"""The picture of the headline trends: a PNG of the figures, gaps where they are hidden, the same for the same table."""

from __future__ import annotations

import struct
import zlib
from types import ModuleType

import pandas as pd
import pytest

from exports.plots import headline_trends


def _ink(picture: bytes) -> int:
    """How many bytes of the drawn rows are not white."""
    at, data = 8, b""
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            data += picture[at + 8 : at + 8 + length]
        at += 12 + length
    return sum(byte not in (0, 255) for byte in zlib.decompress(data))


@pytest.fixture(scope="module")
def table(builder: ModuleType) -> pd.DataFrame:
    """A protected table."""
    made = builder.protected_table()
    assert isinstance(made, pd.DataFrame)
    return made


def test_it_is_a_small_png_and_the_same_again(table: pd.DataFrame) -> None:
    picture = headline_trends(table)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (960, 528)
    assert len(picture) < 150_000
    assert headline_trends(table.sample(frac=1, random_state=3)) == picture


def test_a_hidden_figure_is_a_gap(table: pd.DataFrame) -> None:
    hidden = table.copy()
    hidden.loc[hidden["indicator"] == "employment_rate", "value"] = float("nan")
    assert _ink(headline_trends(hidden)) < _ink(headline_trends(table))


def test_a_table_without_figures_is_drawn_all_the_same(table: pd.DataFrame) -> None:
    assert headline_trends(table.iloc[:0]).startswith(b"\x89PNG")
