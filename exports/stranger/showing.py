"""Whether the workbook and the page show of each figure what the tidy file shows, and no more.

Belongs here: setting number beside number, mark beside mark. Not here: reading the files (`workbook_file`, `page_file`,
`tidy_file`), what the figures give away (`proof`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from exports.stranger.finding import Finding
from exports.stranger.page_file import read_page
from exports.stranger.tidy_file import NUMBERS, TEXTS
from exports.stranger.workbook_file import Place, read_workbook

HIDDEN, NOT_COMPUTED, NOBODY = "..", "·", "–"
_MAP = "data/cells.csv"
# A share is printed in per cent or as a fraction, a count as it is; half of the last printed digit either way.
_SCALES = (1.0, 100.0)
_HALF_DIGIT = 0.0501
# Amounts are printed in whole kroner, however small.
_KRONER = "kr."

Key = tuple[str, ...]


class _Figures:
    """The tidy rows by key."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._at = {
            key: at for at, key in enumerate(zip(*(rows[name] for name in TEXTS), strict=True))
        }
        self._hidden = (rows["flag"] == "suppressed").to_numpy()
        self._numbers = {name: rows[name].to_numpy() for name in NUMBERS}
        self._kroner = (rows["unit"] == _KRONER).to_numpy()

    def is_amount(self, key: Key) -> bool:
        """Whether the figure is kroner."""
        return key in self._at and bool(self._kroner[self._at[key]])

    def shown(self, key: Key, part: str) -> float | str | None:
        """The number, `..` where it is hidden, None where there is none."""
        at = self._at.get(key)
        if at is None or part not in self._numbers:
            return None
        if self._hidden[at]:
            return HIDDEN
        number = float(self._numbers[part][at])
        return None if number != number else number


def workbook_findings(directory: Path, rows: pd.DataFrame) -> Iterator[Finding]:
    """Cells of the set's workbooks that show a hidden figure, or another number than the file's.

    Every number is to be named in the set's own map of cells; one in a table that is not named is a finding too.
    """
    path = directory / _MAP
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as stream:
        entries = list(csv.DictReader(stream))
    for workbook in sorted(directory.glob("*.xlsx")):
        yield from cell_findings(workbook.name, read_workbook(workbook), entries, rows)


def cell_findings(
    name: str,
    cells: Mapping[Place, str | float],
    entries: Sequence[Mapping[str, str]],
    rows: pd.DataFrame,
) -> Iterator[Finding]:
    """The findings in one workbook's cells, held against the map's entries and the tidy rows."""
    figures = _Figures(rows)
    for entry in entries:
        shown = cells.get((entry["sheet"], entry["cell"]))
        if entry["indicator"] and not _agrees(figures, entry, _number(shown)):
            yield Finding(f"{name} ({entry['sheet']}!{entry['cell']})", _WRONG)
    for sheet, cell in _unnamed(cells, entries):
        yield Finding(f"{name} ({sheet}!{cell})", "et tal står ikke i fortegnelsen over celler.")


def page_findings(directory: Path, rows: pd.DataFrame) -> Iterator[Finding]:
    """The same of the set's page, whose cells name their figures themselves."""
    path = directory / "index.html"
    if not path.is_file():
        return
    figures = _Figures(rows)
    for shown in read_page(path):
        *key, part = shown.figure.split(";")
        entry = {
            **dict(zip(TEXTS, key, strict=True)),
            "part": part,
            "compared_with": shown.compared_with,
        }
        if not _agrees(figures, entry, _number(shown.text)):
            yield Finding(f"index.html ({shown.figure})", _WRONG)


_WRONG = "viser andet end data/indicators.csv."


def _agrees(figures: _Figures, entry: Mapping[str, str], shown: float | None) -> bool:
    """A hidden figure shows no number, a shown one its own, rounded; a number where the file has none is wrong. A mark
    says less than the file and gives nothing away.
    """
    if shown is None:
        return True
    key = tuple(entry[name] for name in TEXTS)
    expected = figures.shown(key, entry["part"])
    # A change is that of the two figures as printed, so it carries the rounding of both.
    rounded = 2 if entry["compared_with"] else 1
    if entry["compared_with"]:
        before = figures.shown(_at(key, entry["compared_with"]), entry["part"])
        expected = _less(expected, before)
    amount = figures.is_amount(key)
    return isinstance(expected, float) and any(
        abs(shown - scale * expected) <= rounded * _half(expected, scale, shown, amount)
        for scale in _SCALES
    )


def _half(expected: float, scale: float, shown: float, amount: bool) -> float:
    """What rounding may have moved the number: half a whole one for counts and amounts, half a tenth otherwise."""
    whole = shown == round(shown) and (amount or abs(scale * expected) >= 1)
    return 0.5 if whole else _HALF_DIGIT


def _at(key: Key, period: str) -> Key:
    place = TEXTS.index("period")
    return (*key[:place], period, *key[place + 1 :])


def _less(number: float | str | None, before: float | str | None) -> float | None:
    if isinstance(number, float) and isinstance(before, float):
        return number - before
    return None


def _number(shown: str | float | None) -> float | None:
    """The number a cell shows; None for a mark, a text or nothing. Danish text: `1.234,5` with its unit or sign."""
    if not isinstance(shown, str):
        return shown
    found = re.search(r"[-−+]?\d[\d.\u00a0\u202f]*(,\d+)?", shown)
    if found is None:
        return None
    digits = re.sub(r"[.\u00a0\u202f]", "", found.group()).replace(",", ".").replace("−", "-")
    return float(digits)


def _unnamed(
    cells: Mapping[Place, str | float], entries: Sequence[Mapping[str, str]]
) -> Iterator[Place]:
    """Numbers in the columns and rows of a sheet's tables that the map does not name."""
    named = {(entry["sheet"], entry["cell"]) for entry in entries}
    sheets = {sheet for sheet, _cell in named}
    for place, value in cells.items():
        if isinstance(value, float) and place not in named and place[0] in sheets:
            yield place
