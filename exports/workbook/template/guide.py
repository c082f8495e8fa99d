"""The sheets that are read, not filled in: Vejledning first, Lister last.

Belongs here: how to fill in the workbook, what each sheet and column is for, in Danish. Not here:
the words on a sheet or a column, which are the contract's.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from expectations import contract as terms
from exports.workbook import theme
from exports.workbook.cells import put
from exports.workbook.table import Column, Table, write_table
from exports.workbook.template import entry_rules, lists
from exports.workbook.template.paper import lay_out
from exports.workbook.template.plan_ids import ids_of
from exports.workbook.values import Link, Value
from plans.schema import Plan

TITLE = "Vejledning"
_GUIDE_WIDTHS = (18.0, 26.0, 60.0, 26.0, 16.0, 16.0)
_LIST_WIDTHS = (30.0, 24.0, 34.0, 70.0)
_SOURCE = "Kontrakten for registrene"
_HOW = (
    "Hvert ark er et register. Den første række er kolonnenavnene; de må ikke ændres, flyttes ned eller slettes.",
    "Skriv en række for hver oplysning, uden tomme rækker imellem: Læsningen standser ved den første tomme række.",
    "Mørkeblå kolonner skal udfyldes i hver række. Grå kolonner må stå tomme; tomt betyder ikke oplyst, aldrig nul.",
    "Rækker, der er udfyldt på forhånd med plan og id, må blive stående, selv om resten endnu er tom.",
    "Datoer skrives dd-mm-åååå, og tal skrives uden enhed. Lister vælges med pilen i feltet.",
    "Skriv aldrig cpr-numre eller oplysninger om enkeltpersoner. Brug ikke formler.",
    "Læg filen i indbakkens mappe registers. Den erstatter den forrige helt, så alle registre skal være med.",
    "En række, der bryder en regel, tages ikke i brug; kontoret får ark, række, kolonne og regel at vide.",
)


def write_guide(sheet: Worksheet, contract: terms.Contract, plans: Sequence[Plan]) -> None:
    """Write the sheet Vejledning."""
    writer = _Writer(sheet, _GUIDE_WIDTHS)
    writer.line(f"{contract.title}: vejledning", theme.TITLE, 27)
    writer.paragraph(contract.purpose)
    writer.line("Sådan udfyldes arkene", theme.HEADING, 22)
    for number, sentence in enumerate(_HOW, start=1):
        writer.paragraph(f"{number}. {sentence}")
    writer.paragraph(f"Spørgsmål: {contract.supplier}.")
    writer.table(_plans(plans))
    writer.table(_registers(contract))
    writer.table(_columns(contract, plans))
    lay_out(sheet, 1, 1, f"{contract.title}, version {contract.version}")


def write_lists(sheet: Worksheet, gathered: lists.Lists, title: str) -> None:
    """Write the sheet Lister; its ranges are those handed out by `gathered`."""
    writer = _Writer(sheet, _LIST_WIDTHS)
    writer.line("Lister", theme.TITLE, 27)
    writer.line("Værdierne i kolonner med liste, og hvad planernes id'er står for.", theme.BODY)
    writer.row = lists.TOP
    columns = tuple(Column(head, "text") for head in ("Ark", "Kolonne", "Værdi", "Står for"))
    table = Table("Register_lister", "Lister", "", _SOURCE, columns, gathered.rows())
    write_table(sheet, table, lists.TOP, _LIST_WIDTHS)
    sheet.freeze_panes = f"A{lists.TOP + 1}"
    lay_out(sheet, lists.TOP, lists.TOP, title)


def _plans(plans: Sequence[Plan]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (plan.id, plan.short_title, plan.title, plan.committee) for plan in plans
    ]
    heads = ("Plan-id", "Kort navn", "Plan", "Udvalg")
    return _table("Register_planer", "Planerne", heads, rows)


def _registers(contract: terms.Contract) -> Table:
    rows: list[tuple[Value, ...]] = [
        (Link(table.name, table.name), table.title, table.description) for table in contract.tables
    ]
    columns = (Column("Ark", "link"), Column("Register", "text"), Column("Indhold", "text"))
    return Table("Register_oversigt", "Arkene", "", _SOURCE, columns, rows)


def _columns(contract: terms.Contract, plans: Sequence[Plan]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            table.name,
            column.name,
            f"{column.label}: {column.description}",
            entry_rules.entry_words(column, listed=bool(ids_of(column.name, plans))),
            column.unit or "",
            "skal udfyldes" if column.required else "må være tom",
        )
        for table in contract.tables
        for column in table.columns
    ]
    heads = ("Ark", "Kolonne", "Betydning", "Skrives som", "Enhed", "Udfyldning")
    return _table("Register_kolonner", "Kolonnerne", heads, rows)


def _table(name: str, title: str, heads: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> Table:
    return Table(name, title, "", _SOURCE, tuple(Column(head, "text") for head in heads), rows)


class _Writer:
    """A sheet being written from top to bottom."""

    def __init__(self, sheet: Worksheet, widths: Sequence[float]) -> None:
        self.row = 1
        self._sheet = sheet
        self._widths = widths
        sheet.sheet_view.showGridLines = False
        for index, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width

    def line(self, words: str, font: Font, height: float = theme.ROW_HEIGHT) -> None:
        """One line in the first column."""
        put(self._sheet, self.row, 1, words, font, theme.LINE)
        self._sheet.row_dimensions[self.row].height = height
        self.row += 1

    def paragraph(self, words: str) -> None:
        """A sentence, broken into lines over the sheet's width; no cells are merged."""
        for line in textwrap.wrap(words, int(sum(self._widths))):
            self.line(line, theme.BODY)

    def table(self, table: Table) -> None:
        """A table under its title, with air above."""
        self.row += 1
        self.line(table.title, theme.HEADING, 22)
        self.row = write_table(self._sheet, table, self.row, self._widths) + 1
