"""What the office recorded, as cells: dates, answers, texts, and figures that stand beside them.

Belongs here: the small forms every register's table shares. Not here: which registers a sheet shows
(`sheets`), joining them with figures (`plans.office`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exports.workbook.figures import Mark, Origin, Reading, rounded
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.theme import Kind
from plans.figures import Dims, Figure
from plans.parts import NOT_STATED

OFFICE = "ført af kontoret"


def dated(day: date | None) -> str:
    """A date as tables have it, or that it is not told."""
    return f"{day:%d.%m.%Y}" if day is not None else NOT_STATED


def told(text: str) -> str:
    """The office's own words, or that there are none."""
    return text.strip() or NOT_STATED


def capital(text: str) -> str:
    """The office's words with a capital letter first, as a cell begins."""
    return f"{text[:1].upper()}{text[1:]}"


def answered(yes: bool | None) -> str:
    """`ja`, `nej` or that it is not told."""
    return NOT_STATED if yes is None else "ja" if yes else "nej"


def figure_reading(
    figure: Figure | None,
    kind: Kind,
    indicator: str,
    variant: str,
    month: str,
    dims: Dims = (),
) -> Reading:
    """A figure that the plan or a register was joined with, and where in the table it stands."""
    (dim1, value1), (dim2, value2) = (*dims, ("", ""), ("", ""))[:2]
    origin = Origin(indicator, variant, month, "", dim1, value1, dim2, value2)
    if figure is None or figure.value is None:
        hidden = figure is not None and figure.is_hidden
        return Reading(Mark.HIDDEN if hidden else Mark.NOT_COMPUTED, origin)
    return Reading(rounded(figure.value, kind), origin)


def office_table(
    name: str,
    title: str,
    source: str,
    headers: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
) -> Table:
    """A table of texts from a register, or a row saying that nothing is in it."""
    columns = tuple(Column(header, "text") for header in headers)
    nothing = no_rows("Intet er ført ind", len(headers))
    return Table(name, title, "ikke relevant", f"{source}, {OFFICE}", columns, rows or [nothing])
