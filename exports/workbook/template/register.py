"""One register's sheet: a table to type in, under exactly the contract's column names.

Belongs here: header, rows handed out, what each column takes, how the sheet looks and prints. Not
here: the rules themselves (`entry_rules`), which ids there are (`plan_ids`).
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contract import Column, Table
from exports.workbook import theme
from exports.workbook.cells import put
from exports.workbook.template import entry_rules
from exports.workbook.template.lists import Lists
from exports.workbook.template.paper import lay_out
from exports.workbook.template.plan_ids import PLAN, filled_rows, ids_of
from plans.schema import Plan

MORE_ROWS = 1000
"""How many rows below those handed out the rules cover."""
OPTIONAL_FILL = PatternFill("solid", start_color=theme.MUTED, end_color=theme.MUTED)
_WIDTHS = {"date": 13.0, "integer": 12.0, "number": 14.0, "yes_no": 9.0, "month": 11.0}
_TEXT_WIDTH, _LONG_TEXT_WIDTH, _ID_WIDTH = 22.0, 44.0, 26.0
_LONG = ("kommentar", "bemaerkning", "begrundelse", "anbefaling", "spoergsmaal")


def write_register(
    sheet: Worksheet,
    table: Table,
    plans: Sequence[Plan],
    every_plan: Sequence[Plan],
    lists: Lists,
) -> None:
    """Write the sheet. Rows are handed out for `plans`; lists offer the ids of `every_plan`."""
    rows = filled_rows(table, plans)
    for index, column in enumerate(table.columns, start=1):
        letter = get_column_letter(index)
        _header(sheet, index, column)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _width(column)
        # Cells not yet written take the column's format, down to the last row there is.
        dimension.number_format = entry_rules.FORMATS[column.kind]
        dimension.font = theme.BODY
        dimension.alignment = _alignment(column)
        reference = _reference(sheet.title, column, every_plan, lists)
        advised = bool(ids_of(column.name, every_plan))
        made = entry_rules.rule(column, reference, advised=advised)
        made.add(f"{letter}2:{letter}{1 + len(rows) + MORE_ROWS}")
        sheet.add_data_validation(made)
        for number, row in enumerate(rows, start=2):
            _cell(sheet, number, index, column, row.get(column.name))
    sheet.add_table(_excel_table(table, max(len(rows), 1)))
    sheet.freeze_panes = "A2"
    lay_out(sheet, 1, 1, f"{table.title}: {table.description}")


def _reference(sheet: str, column: Column, every_plan: Sequence[Plan], lists: Lists) -> str | None:
    """The range of the column's list on the sheet Lister; None when it has none or needs none."""
    ids = ids_of(column.name, every_plan)
    if ids:
        titles = {plan.id: plan.short_title for plan in every_plan}
        meanings: dict[str, list[str]] = {}
        for part in ids:
            shown = part.title if column.name == PLAN else f"{part.title} ({titles[part.plan]})"
            meanings.setdefault(part.id, []).append(shown)
        return lists.add(sheet, column.name, [(id_, "; ".join(m)) for id_, m in meanings.items()])
    values = entry_rules.drop_down(column)
    if not values:
        return None
    place = lists.add(sheet, column.name, [(value, column.label) for value in values])
    return None if entry_rules.fits_inline(values) else place


def _header(sheet: Worksheet, index: int, column: Column) -> None:
    numeric = column.kind in ("integer", "number")
    alignment = theme.NUMBER_HEADER if numeric else theme.TEXT_HEADER
    fill = theme.HEADER_FILL if column.required else OPTIONAL_FILL
    put(sheet, 1, index, column.name, theme.HEADER, alignment, fill=fill)


def _cell(sheet: Worksheet, row: int, index: int, column: Column, value: str | None) -> None:
    cell = put(sheet, row, index, value, theme.BODY, _alignment(column))
    cell.number_format = entry_rules.FORMATS[column.kind]


def _alignment(column: Column) -> Alignment:
    return theme.NUMBER_CELL if column.kind in ("integer", "number") else theme.TEXT_CELL


def _width(column: Column) -> float:
    # The filter button takes room beside the name.
    least = len(column.name) + 5.0
    if column.name.endswith("_id") or column.name == PLAN:
        return max(_ID_WIDTH, least)
    if any(word in column.name for word in _LONG):
        return max(_LONG_TEXT_WIDTH, least)
    return max(_WIDTHS.get(column.kind, _TEXT_WIDTH), least)


def _excel_table(table: Table, rows: int) -> ExcelTable:
    last = get_column_letter(len(table.columns))
    name = f"Register_{table.name}"
    reference = f"A1:{last}{1 + rows}"
    excel = ExcelTable(displayName=name, name=name, ref=reference)
    excel.autoFilter = AutoFilter(ref=reference)
    excel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    excel.tableColumns = [
        TableColumn(id=index, name=column.name)
        for index, column in enumerate(table.columns, start=1)
    ]
    excel.comment = f"{table.title}. {table.description}"[:255]
    return excel
