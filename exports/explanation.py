"""What a number of the workbook is: the figure it shows, the deliveries it was made from, and the run.

Belongs here: following one cell through `data/cells.csv`, `data/indicators.csv`, the manifest and the
ledger of a set. Not here: saying it on a terminal (`pipelines`), writing any of those files.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.csv_text import plain_text
from exports.ledger import Line
from exports.published_sets import MANIFEST, PUBLISHED, read_manifest
from exports.verification import home_of, publication_line
from exports.workbook.cell_map import ENTRY_COLUMNS, Entry
from exports.workbook.reading import NoWorkbook, cell_value

_PLACE = re.compile(r"'?(?P<sheet>[^'!]+)'?!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9]\d*)")
EXAMPLE = "Overblik!D15"
"""A cell of every workbook that holds a figure: where the first goal started from."""
_KEYS = ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2")


class Unexplained(ValueError):  # noqa: N818 - told to the user in words
    """The cell or the workbook cannot be followed back; the message is one Danish sentence."""


@dataclass(frozen=True)
class Explanation:
    """One cell followed back. `row` is the row of `indicators.csv` it shows, `compared` the row
    subtracted where it shows a change; both are None where `entry.source` tells the origin. `line` is
    the ledger's, None for a set away from its home.
    """

    shown: str | float | None
    entry: Entry
    row: Mapping[str, str] | None
    compared: Mapping[str, str] | None
    manifest: Mapping[str, Any]
    line: Line | None

    def deliveries(self, sources: Collection[str]) -> list[Mapping[str, Any]]:
        """The deliveries of those sources that the set was made from."""
        return [one for one in self.manifest["inputs"] if one["source"] in sources]


def explain(workbook: Path, place: str, home: Path | None = None) -> Explanation:
    """Explain `SHEET!CELL` of a published workbook.

    The set is the folder the workbook lies in; for a copy of a workbook, the set of `home` that has
    the same bytes. Raises `Unexplained`.
    """
    match = _PLACE.fullmatch(place.strip())
    if match is None:
        raise Unexplained(f"{place} er ikke et sted i et regneark; skriv fx '{EXAMPLE}'.")
    if not workbook.is_file():
        raise Unexplained(f"Der er intet regneark {workbook}.")
    sheet, cell = match["sheet"], f"{match['column'].upper()}{match['row']}"
    folder = _set_of(workbook, home)
    try:
        shown = cell_value(workbook, sheet, cell)
    except NoWorkbook:
        raise Unexplained(f"{workbook} er ikke et regneark (.xlsx).") from None
    except KeyError:
        raise Unexplained(f"Regnearket har intet ark, der hedder {sheet}.") from None
    entry = _entry(folder, sheet, cell)
    if entry is None:
        raise Unexplained(f"Der står ikke et tal i {sheet}!{cell}.")
    row = compared = None
    if entry.indicator:
        row = _figure(folder, entry, entry.period)
        if entry.compared_with:
            compared = _figure(folder, entry, entry.compared_with)
    own_home = home_of(folder)
    line = publication_line(own_home, folder) if own_home else None
    return Explanation(shown, entry, row, compared, read_manifest(folder), line)


def _set_of(workbook: Path, home: Path | None) -> Path:
    digest = hashlib.sha256(workbook.read_bytes()).hexdigest()
    beside = workbook.resolve().parent
    folders = [beside] if (beside / MANIFEST).exists() else []
    if home is not None:
        folders += sorted((home / PUBLISHED).glob("*/*/v*"), reverse=True)
    for folder in folders:
        if digest in read_manifest(folder)["files"].values():
            return folder
    if folders:
        raise Unexplained(f"{workbook.name} er ikke et regneark, som det blev offentliggjort.")
    raise Unexplained(
        f"{workbook.name} ligger ikke i et offentliggjort sæt; angiv hjemmet med --home."
    )


def _entry(folder: Path, sheet: str, cell: str) -> Entry | None:
    with (folder / "data" / "cells.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if (row["sheet"], row["cell"]) == (sheet, cell):
                return Entry(**{name: plain_text(row[name]) for name in ENTRY_COLUMNS})
    return None


def _figure(folder: Path, entry: Entry, period: str) -> Mapping[str, str] | None:
    wanted = {**{key: getattr(entry, key) for key in _KEYS}, "period": period}
    with (folder / "data" / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if all(plain_text(row[key]) == value for key, value in wanted.items()):
                return row
    return None
