"""A hidden figure shown after all is caught every time, in the table, in the workbook and on the page."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from exports.release_gate import inspect
from exports.report import Report
from exports.set_files import write_set
from exports.stranger.inspection import Known, hidden_seal
from exports.stranger.page_file import read_page
from exports.stranger.showing import cell_findings, page_findings
from exports.stranger.tidy_file import read_rows
from exports.stranger.workbook_file import read_workbook

CELLS = 200
SEAL_BROKEN = "de celler, der skulle være skjult"
TRUE = 17  # Whatever stood there: a count no rule finds small.


@pytest.fixture(scope="module")
def folder(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a set."""
    path = tmp_path_factory.mktemp("set") / "v001"
    path.mkdir()
    write_set(report, path)
    return path


@pytest.fixture(scope="module")
def rows(folder: Path) -> pd.DataFrame:
    return read_rows(folder / "data" / "indicators.csv")


def _drawn(count: int) -> list[int]:
    """Positions of `CELLS` of so many, by chance, all of them where there are fewer."""
    return np.random.default_rng(11).permutation(count)[:CELLS].tolist()


def test_in_the_table(rows: pd.DataFrame) -> None:
    """The seal is another one, whichever row is shown."""
    hidden = rows[rows["flag"] == "suppressed"].head(2 * CELLS).reset_index(drop=True)
    sealed = hidden_seal(hidden)
    assert sealed.count == len(hidden) > CELLS
    for at in _drawn(len(hidden)):
        shown = hidden.copy()
        shown.loc[at, ["numerator", "value", "flag"]] = [TRUE, TRUE, ""]
        assert hidden_seal(shown) != sealed


def test_the_gate_reads_the_seal_from_the_file(
    folder: Path, rows: pd.DataFrame, tmp_path: Path
) -> None:
    copied = tmp_path / "set"
    shutil.copytree(folder, copied)
    known = Known(hidden_seal(rows))
    assert not [one for one in inspect(copied, 5, known) if SEAL_BROKEN in one.what]
    path = copied / "data" / "indicators.csv"
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r",,,,,,(\w*),suppressed,", rf",{TRUE},,{TRUE},,,\1,,", text, count=1), "utf-8"
    )
    assert path.read_text("utf-8") != text
    assert [one for one in inspect(copied, 5, known) if SEAL_BROKEN in one.what]


def test_in_the_workbook(folder: Path, rows: pd.DataFrame) -> None:
    cells = read_workbook(next(folder.glob("*.xlsx")))
    with (folder / "data" / "cells.csv").open(encoding="utf-8", newline="") as stream:
        entries = list(csv.DictReader(stream))
    assert list(cell_findings("w", cells, entries, rows)) == []
    hidden = [
        place
        for one in entries
        if cells.get(place := (one["sheet"], one["cell"])) == ".." and one["indicator"]
    ]
    assert len(hidden) > 20
    by_place = {(one["sheet"], one["cell"]): one for one in entries}
    for at in _drawn(len(hidden)):
        entry = by_place[hidden[at]]
        its = rows[(rows["indicator"] == entry["indicator"]) & (rows["period"] == entry["period"])]
        found = list(cell_findings("w", {hidden[at]: float(TRUE)}, [entry], its))
        assert [one.file for one in found] == [f"w ({hidden[at][0]}!{hidden[at][1]})"]


def test_a_number_nobody_accounts_for(folder: Path, rows: pd.DataFrame) -> None:
    """Written beside a table."""
    cells = read_workbook(next(folder.glob("*.xlsx")))
    with (folder / "data" / "cells.csv").open(encoding="utf-8", newline="") as stream:
        entries = list(csv.DictReader(stream))
    beside = (entries[0]["sheet"], "ZZ99")
    assert len(list(cell_findings("w", {**cells, beside: 3.0}, entries, rows))) == 1


def test_on_the_page(folder: Path, rows: pd.DataFrame, tmp_path: Path) -> None:
    page = (folder / "index.html").read_text("utf-8")
    assert list(page_findings(folder, rows)) == []
    marks = list(re.finditer(r"data-figure=\"[^\"]+\"[^>]*><abbr[^>]*>(\.\.)</abbr>", page))
    assert len(marks) > 5
    assert len(read_page(folder / "index.html")) > len(marks)
    for at in _drawn(len(marks))[:5]:
        start, end = marks[at].span(1)
        (tmp_path / "index.html").write_text(page[:start] + str(TRUE) + page[end:], "utf-8")
        assert list(page_findings(tmp_path, rows))
