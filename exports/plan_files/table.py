"""How a CSV of the plan is made: each column described where it is written.

Belongs here: the columns' machinery and how a cell is put in words. Not here: which columns a file has (the modules beside
this one), which files there are (`exports.open_data.files`). Free texts are the office's: a CPR-like number is masked, and
no text becomes a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from exports.cpr_pattern import mask_cpr
from exports.csv_text import csv_bytes, safe_text
from exports.open_data.fields import DataFile, Field, FieldType
from exports.report import Report
from exports.target_group import qualified
from plans.figures import Figure

Cell = str | float | bool | date | None
Row = TypeVar("Row")
FLAGS = ("suppressed", "missing", "not_computed")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: what describes it, and what it takes of a row."""

    field: Field
    cell: Callable[[Row], Cell]


@dataclass(frozen=True)
class PlanTable(Generic[Row]):
    """One CSV: which rows of the report it has, and its columns. The plan's id comes first."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    rows: Callable[[Report], Sequence[Row]]
    columns: tuple[Column[Row], ...]

    @property
    def file(self) -> DataFile:
        """The description of the file."""
        fields = (_PLAN, *(column.field for column in self.columns))
        return DataFile(self.name, self.title, self.description, fields, ("plan", *self.key))

    def content(self, report: Report) -> bytes:
        """The file's bytes, rows in the report's order."""
        names = [field.name for field in self.file.fields]
        lines = [
            [report.plan.id, *(_text(column.cell(row)) for column in self.columns)]
            for row in self.rows(report)
        ]
        if {"variant", "group"} <= set(names):
            variant, group = names.index("variant"), names.index("group")
            for line in lines:
                line[variant] = qualified(line[variant], line[group], report.target_group_rule)
        return csv_bytes(names, lines)


_PLAN = Field("plan", "string", "Plan", "Planens id.", required=True)


def column(
    name: str,
    type_: FieldType,
    title: str,
    description: str,
    cell: Callable[[Row], Cell],
    *,
    required: bool = False,
    one_of: tuple[str, ...] = (),
) -> Column[Row]:
    """A column with its description."""
    return Column(Field(name, type_, title, description, required, one_of), cell)


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() | int():
            return str(int(cell)) if float(cell).is_integer() else repr(float(cell))
        case date():
            return cell.isoformat()
        case _:
            return safe_text(mask_cpr(_on_one_line(cell)))


def _on_one_line(text: str) -> str:
    """The text without line breaks and control characters, which not every reader of CSV takes alike."""
    plain = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join(plain.split())


def value_of(figure: Figure | None) -> float | None:
    """The figure's value, None where it has none."""
    return None if figure is None else figure.value


def flag_of(figure: Figure | None) -> str:
    """The figure's flag; a figure the table has not is not computed."""
    return "not_computed" if figure is None else figure.flag
