"""DREAM read by the positions of its cells, and cell by cell: the same for every file that can be drawn.

The file is cut into very small stretches and pieces, so that every border falls everywhere.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from expectations.contract import load
from sources.cpr import Pseudonyms
from sources.dream import cells as dream_cells
from sources.dream import spill
from sources.files import sha256_of
from sources.loaded import Source
from sources.loading import load_table
from sources.raw import RawBatch
from sources.rejection import Rejection
from sources.text import files as text_files
from sources.text import form as text_form
from sources.text.files import TextTable, open_text

from .making import KEY, number

HEADER = ("PNR", "y_1952", "y_2001", "y_2002", "branche_2019_12", "branche_2020_01", "grad_2019_12")
PEOPLE = [number(which) for which in range(6)] + [number(1, "670290"), number(1, "010203")]

codes = st.sampled_from(
    ["", "111", "998", "121", ".", " ", " 111", "111 ", "000", "11", "1111", "abc", "1 1", "１１１",
     "111\u00a0", "12345678", "123456789", "æøå", "-11", "1e2", "'11"]
)  # fmt: skip
industries = st.sampled_from(
    ["", "651200", ".", " ", " .", "x", "a.", "?", "\u00a0", "é", "012345678901", ". .", "-"]
)
grads = st.sampled_from(
    ["", "0", "1", "0,5", "0.5", "37,5", "100", "100,5", "99.99", ".", " 12", "12 ", "-1", "1.000",
     "1e2", "0,123456", "0,1234567", "0,12345678", ",5", "5,", "1,0", "00", "x"]
)  # fmt: skip
whole = st.sampled_from(["", "0", "1", "0,5", "0.25", "37", "100"])
people = st.sampled_from(
    [*PEOPLE, "", " ", PEOPLE[0][:6] + "-" + PEOPLE[0][6:], PEOPLE[-1][1:], "9999999999", "12", "."]
)
plain_row = st.tuples(
    st.sampled_from(PEOPLE), *[st.sampled_from(["", "111", "998"])] * 3,
    *[st.sampled_from(["", "651200"])] * 2, whole,
)  # fmt: skip
any_row = st.tuples(people, codes, codes, codes, industries, industries, grads)
odd_row = st.lists(st.sampled_from(["", "1", "0101900000"]), min_size=0, max_size=9).map(tuple)
rows = st.lists(st.one_of(plain_row, plain_row, plain_row, any_row, odd_row), max_size=12)


class Careful:
    """A text table that does not offer its lines unread."""

    def __init__(self, table: TextTable) -> None:
        self._table = table
        self.header, self.encoding = table.header, table.encoding
        self.delimiter, self.left_out = table.delimiter, table.left_out
        self.header_row = table.header_row

    def batches(self, wanted: Sequence[int]) -> Iterator[RawBatch]:
        """The rows."""
        return self._table.batches(wanted)


def outcome(content: bytes, folder: Path, *, careful: bool) -> tuple[Any, ...]:
    """Everything that reading a file comes to."""
    path = folder / "dream.csv"
    path.write_bytes(content)
    work = folder / ("careful" if careful else "located")
    work.mkdir()
    table = load("dream").table
    try:
        text = open_text(path, table)
        raw = Careful(text) if careful else text
        loaded = load_table(
            table, [Source("dream.csv", raw)], Pseudonyms(KEY, "dream"), work, lambda _: None
        )
    except Rejection as refusal:
        return refusal.code, refusal.cause
    survey = loaded.facts_found
    assert survey is not None
    return (
        loaded.rows_in, loaded.used, loaded.duplicates, loaded.conflicts,
        {name: count for name, count in loaded.counts.items() if count},
        loaded.facts, loaded.extra_columns, loaded.lengths, loaded.quarantine.lines(), survey.code_counts,
        [frame.to_dict("list") for frame in survey.frames()], sha256_of(loaded.stored),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches of about two rows."""
    monkeypatch.setattr(text_form, "_CHUNK", 150)
    monkeypatch.setattr(text_files, "_STRETCH", 150)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=rows,
    order=st.permutations(range(len(HEADER))),
    extra=st.sampled_from([(), ("kommune",)]),
    delimiter=st.sampled_from(";,\t"),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    trailing=st.booleans(),
    finished=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    odd=st.sampled_from(["", "", "", '"', "\r", "\n", "\r\n"]),
)
@example([], range(7), (), ";", "\n", False, True, "utf-8", "")
def test_both_ways_give_the_same(
    rows: list[tuple[str, ...]], order: Sequence[int], extra: tuple[str, ...], delimiter: str,
    newline: str, trailing: bool, finished: bool, encoding: str, odd: str,
) -> None:  # fmt: skip
    def line(cells: Sequence[str], more: Sequence[str]) -> str:
        turned = [cells[at] for at in order] if len(cells) == len(order) else list(cells)
        return delimiter.join([*turned, *more]) + (delimiter if trailing else "")

    lines = [line(HEADER, extra), *(line(cells, ["101"] * len(extra)) for cells in rows)]
    text = newline.join(lines) + (newline if finished else "")
    middle = len(text) * 2 // 3
    text = text[:middle] + odd + text[middle:]
    content = text.encode(encoding, errors="replace")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        assert outcome(content, folder, careful=False) == outcome(content, folder, careful=True)


@pytest.mark.parametrize("cell", ["", "111", ".", "  111", "000", "0000000111", "1"])
def test_a_cell_in_the_middle_of_many(tmp_path: Path, cell: str) -> None:
    row = ";".join([PEOPLE[0], "111", cell, "998", "651200", "", "37,5"])
    others = [";".join([number(which), "121", "", "", "", "1", "50"]) for which in range(1, 60)]
    content = "\n".join([";".join(HEADER), *others[:30], row, *others[30:], ""]).encode()
    assert outcome(content, tmp_path, careful=False) == outcome(content, tmp_path, careful=True)


def test_a_shifted_row_says_nothing_of_the_scale(tmp_path: Path) -> None:
    """100 in a row that is kept out for its length does not make shares percentages."""
    good = [";".join([number(which), "", "", "", "", "", "0,5"]) + ";" for which in range(5)]
    shifted = ";".join([number(9), "", "", "", "", "", "100", "x"])
    content = "\n".join([";".join(HEADER) + ";", *good, shifted, ""]).encode()
    found = outcome(content, tmp_path, careful=False)
    assert found == outcome(content, tmp_path, careful=True)
    assert found[1] == 5


@pytest.mark.parametrize(("known", "slots"), [(3, 1 << 17), (20, 32), (4, 4), (1, 1)])
def test_a_memory_that_is_full_or_crowded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: int, slots: int
) -> None:
    """Cells that find no place in the memory are read with care."""
    monkeypatch.setattr(dream_cells, "_MOST_KNOWN", known)
    monkeypatch.setattr(dream_cells, "_SLOTS", slots)
    cells = ["111", "998", "abc", "121", ".", "12345", "1111111", "", " 111", "  998  "]
    degrees = ["37,5", "0,25", "99,99", "100", "x", "1", "0,125", "12,75", "100,5", ""]
    rows = [
        ";".join([number(which), cell, cells[which - 1], "", cell, "", degree])
        for which, (cell, degree) in enumerate(zip(cells, degrees, strict=True))
    ]
    content = "\n".join([";".join(HEADER), *rows, ""]).encode()
    assert outcome(content, tmp_path, careful=False) == outcome(content, tmp_path, careful=True)


def test_records_beyond_what_memory_holds_go_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [";".join([number(which), "111", "", "998", "", "x", "50"]) for which in range(40)]
    content = "\n".join(
        [";".join(HEADER), *rows, rows[3], rows[5].replace("111", "121"), ""]
    ).encode()
    in_memory = outcome(content, tmp_path, careful=True)
    monkeypatch.setattr(spill, "_MOST_HELD", 200)
    assert outcome(content, tmp_path, careful=False) == in_memory
    assert in_memory[:4] == (42, 39, 1, 2)
