"""The sheet Lister: every value a column takes, and what the plans' ids stand for.

Belongs here: one long table of lists, and the range each list stands in. Not here: which columns
have a list (`entry_rules`, `plan_ids`), writing cells (`guide`).
"""

from __future__ import annotations

from collections.abc import Sequence

from exports.workbook.values import Value

TITLE = "Lister"
TOP = 5
"""The row of the table's header."""
_VALUE_COLUMN = "C"


class Lists:
    """The rows of the table, list by list: the values of a list stand below each other."""

    def __init__(self) -> None:
        self._next = TOP + 1
        self._found: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[str, list[str]]] = {}

    def add(self, sheet: str, column: str, values: Sequence[tuple[str, str]]) -> str:
        """Add a list of (value, what it stands for); returns the range of its values.

        Where another sheet has the same list for a column of that name, the two share one.
        """
        key = (column, tuple(values))
        if key not in self._found:
            first, last = self._next, self._next + len(values) - 1
            self._next = last + 1
            place = f"{TITLE}!${_VALUE_COLUMN}${first}:${_VALUE_COLUMN}${last}"
            self._found[key] = place, []
        place, sheets = self._found[key]
        sheets.append(sheet)
        return place

    def rows(self) -> list[tuple[Value, ...]]:
        """Sheets, column, value and meaning, in the order the ranges count on."""
        return [
            (", ".join(sheets), column, value, meaning)
            for (column, values), (_, sheets) in self._found.items()
            for value, meaning in values
        ]
