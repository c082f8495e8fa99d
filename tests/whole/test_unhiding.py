"""A set as a night publishes it: any hidden figure shown after all is caught, in table, workbook and page."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from disclosure.audit.seal import seal
from exports.release_gate import inspect
from exports.stranger.inspection import Known, hidden_seal
from exports.stranger.showing import cell_findings, page_findings
from exports.stranger.tidy_file import NUMBERS, TEXTS, as_rows, read_rows
from exports.stranger.workbook_file import read_workbook
from tests.whole.conftest import MONTH, Place

CELLS, THROUGH_THE_FILES = 200, 2
THRESHOLD = 5


@pytest.fixture(scope="module")
def folder(good_night: Place) -> Path:
    """The newest set of one plan."""
    return next((good_night.home / "published").glob(f"*/{MONTH}/latest")).resolve()


@pytest.fixture(scope="module")
def rows(folder: Path) -> pd.DataFrame:
    return read_rows(folder / "data" / "indicators.csv")


@pytest.fixture(scope="module")
def true(good_night: Place) -> pd.DataFrame:
    """The numbers of every row before protection, by key."""
    path = good_night.home / "internal" / MONTH / "indicators.parquet"
    return as_rows(pd.read_parquet(path)).set_index(list(TEXTS))[list(NUMBERS)]


@pytest.fixture(scope="module")
def entries(folder: Path) -> list[dict[str, str]]:
    """The set's own map of cells."""
    with (folder / "data" / "cells.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def drawn(of: int) -> list[int]:
    """`CELLS` of so many positions by chance, or all there are."""
    return np.random.default_rng(11).permutation(of)[:CELLS].tolist()


def test_the_set_itself_is_clean(folder: Path, rows: pd.DataFrame) -> None:
    assert inspect(folder, THRESHOLD, Known(hidden_seal(rows))) == ()


def test_any_row_of_the_table(rows: pd.DataFrame) -> None:
    """Whatever numbers it is shown with, the seal on those still hidden is another one."""
    hidden = rows[rows["flag"] == "suppressed"]
    keys = list(zip(*(hidden[name] for name in TEXTS), strict=True))
    sealed = hidden_seal(rows)
    assert sealed == seal(keys)
    assert len(keys) > CELLS
    for number in drawn(len(keys)):
        assert seal([*keys[:number], *keys[number + 1 :]]) != sealed


def test_any_cell_of_the_workbook(
    folder: Path, rows: pd.DataFrame, entries: list[dict[str, str]], true: pd.DataFrame
) -> None:
    cells = read_workbook(next(folder.glob("*.xlsx")))
    by_place = {(one["sheet"], one["cell"]): one for one in entries if one["indicator"]}
    hidden = [place for place in by_place if cells.get(place) == ".."]
    assert len(hidden) > 20
    of_figure = dict(iter(rows.groupby(["indicator", "period"])))
    for number in drawn(len(hidden)):
        entry = by_place[hidden[number]]
        value = _true_value(true, entry)
        found = cell_findings(
            "w",
            {hidden[number]: value},
            [entry],
            of_figure[entry["indicator"], entry["period"]],
        )
        assert [one.file for one in found] == [f"w ({'!'.join(hidden[number])})"]


def test_any_cell_of_the_page(folder: Path, rows: pd.DataFrame, tmp_path: Path) -> None:
    """Each on a page of its own; a set with few figures on its page has fewer than two hundred there."""
    page = (folder / "index.html").read_text("utf-8")
    marks = _marks(page)
    assert len(marks) > 5
    assert list(page_findings(folder, rows)) == []
    of_indicator = {str(name): own for name, own in rows.groupby("indicator")}
    for number in drawn(len(marks)):
        start, end = marks[number]
        cell = page[page.rindex("<td", 0, start) : start], page[end : page.index("</td>", end) + 5]
        named = cell[0].split('data-figure="')[1].split(";")[0]
        for text, told in (("17", 1), ("..", 0)):
            (tmp_path / "index.html").write_text(
                f"<table><tr>{cell[0]}{text}{cell[1]}</tr></table>", "utf-8"
            )
            assert len(list(page_findings(tmp_path, of_indicator[named]))) == told


def table_row(folder: Path, number: int) -> None:
    path = folder / "data" / "indicators.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    column = {name: at for at, name in enumerate(rows[0])}
    hidden = [row for row in rows if row[column["flag"]] == "suppressed"]
    row = hidden[number * len(hidden) // THROUGH_THE_FILES]
    row[column["numerator"]] = row[column["value"]] = "17"
    row[column["flag"]] = ""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def workbook_cell(folder: Path, number: int) -> None:
    """A mark in a table of the workbook is a number instead, in the archive itself."""
    path = next(folder.glob("*.xlsx"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with (folder / "data" / "cells.csv").open(encoding="utf-8", newline="") as stream:
        named = {(one["sheet"], one["cell"]) for one in csv.DictReader(stream) if one["indicator"]}
    cells = read_workbook(path)
    hidden = sorted(place for place in named if cells.get(place) == "..")
    sheet, cell = hidden[number * len(hidden) // THROUGH_THE_FILES]
    order = re.findall(r'<sheet [^>]*name="([^"]+)"', parts["xl/workbook.xml"].decode("utf-8"))
    name = f"xl/worksheets/sheet{order.index(sheet) + 1}.xml"
    text = parts[name].decode("utf-8")
    spoiled = re.sub(
        rf'<c r="{cell}"([^>]*?) t="(?:s|inlineStr)"([^>]*)>.*?</c>',
        rf'<c r="{cell}"\1\2><v>17</v></c>',
        text,
        count=1,
        flags=re.S,
    )
    assert spoiled != text
    parts[name] = spoiled.encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def page_cell(folder: Path, number: int) -> None:
    path = folder / "index.html"
    page = path.read_text("utf-8")
    marks = _marks(page)
    start, end = marks[number * len(marks) // THROUGH_THE_FILES]
    path.write_text(f"{page[:start]}17{page[end:]}", "utf-8")


@pytest.mark.parametrize("number", range(THROUGH_THE_FILES))
@pytest.mark.parametrize("spoil", [table_row, workbook_cell, page_cell])
def test_the_gate_sees_it_in_the_files(
    spoil: Callable[[Path, int], None],
    number: int,
    folder: Path,
    rows: pd.DataFrame,
    tmp_path: Path,
) -> None:
    copied = tmp_path / "set"
    shutil.copytree(folder, copied)
    spoil(copied, number)
    assert inspect(copied, THRESHOLD, Known(hidden_seal(rows)))


def _marks(page: str) -> list[tuple[int, int]]:
    """Where a hidden figure's mark stands on the page."""
    pattern = r"data-figure=\"[^\"]+\"[^>]*><abbr[^>]*>(\.\.)</abbr>"
    return [found.span(1) for found in re.finditer(pattern, page)]


def _true_value(true: pd.DataFrame, entry: dict[str, str]) -> float:
    """What stands behind a cell of the workbook; a change, and what is not counted, as some number."""
    key = tuple(entry[name] for name in TEXTS)
    if entry["compared_with"] or key not in true.index or entry["part"] not in NUMBERS:
        return 17.0
    number = float(true.loc[key, entry["part"]])
    return 17.0 if number != number else number
