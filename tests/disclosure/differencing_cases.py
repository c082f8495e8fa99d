"""Cases 14 and 16-18: plain tables that disclose by difference or by group, read as views with everything shown.

Belongs here: laying the tables out as cells. Not here: what is expected (`case.json`, the tests).
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from disclosure.audit.view import View

CASES = Path(__file__).parent / "cases"


def about(name: str) -> dict[str, Any]:
    """The case's `case.json`."""
    read: dict[str, Any] = json.loads((CASES / name / "case.json").read_text("utf-8"))
    return read


def plain_table(name: str, file: str) -> dict[tuple[str, str], int]:
    """A table of the case by (row label, column label)."""
    with (CASES / name / file).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    return {
        (row[0], column): int(cell)
        for row in rows[1:]
        for column, cell in zip(rows[0][1:], row[1:], strict=True)
    }


def all_shown(*tables: dict[tuple[str, str], int]) -> View:
    """One view of the tables' cells, one table after another, with nothing hidden and no relation."""
    values = [float(value) for table in tables for value in table.values()]
    return View.of(values, [False] * len(values), [])
