"""A sheet being written from top to bottom: title, sentences, tables, charts, notes, and how it
prints.

Belongs here: the rules every sheet keeps. Not here: what a sheet says (`sheets`, `outline`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.views import Selection
from openpyxl.worksheet.worksheet import Worksheet

from exports.report import Report
from exports.workbook import theme
from exports.workbook.cells import put, put_link
from exports.workbook.chart import Figure, draw
from exports.workbook.labels import listed, long_date
from exports.workbook.outline import Charts, Paragraph, Sheet
from exports.workbook.table import Link, Table, row_heights, write_table

_EMU_PER_POINT = 12_700
_CHART_ROWS = 19
UNOFFICIAL = "IKKE OFFICIEL – beregnet til afprøvning, må ikke gengives som kommunens tal"


@dataclass
class Page:
    """A sheet of the workbook that an outline is written on. `tables` tells, afterwards, the row of
    each table's header by its name.
    """

    sheet: Worksheet
    report: Report
    outline: Sheet
    row: int = 1
    tables: dict[str, int] = field(default_factory=dict)
    _height: float = 0.0
    _frozen: int = 0

    def write(self, data: Worksheet, data_rows: Mapping[str, int]) -> None:
        """Write the outline; its charts read the tables of the data sheet, whose headers stand at `data_rows`."""
        self._head()
        for block, after in zip(
            self.outline.blocks, [*self.outline.blocks[1:], None], strict=False
        ):
            match block:
                case Paragraph():
                    self._paragraph(block.words, block.lead)
                    self._advance(6)
                case Link():
                    cell = put(self.sheet, self.row, 1, block.text, theme.LINK, theme.LINE)
                    put_link(cell, block.sheet, theme.LINK)
                    self._advance(theme.ROW_HEIGHT)
                    if not isinstance(after, Link):
                        self._advance(theme.ROW_HEIGHT)
                case Table():
                    self._table(block)
                case Charts():
                    self._charts(block.figures, data, data_rows)
        self._foot()
        self._view()
        self._print()

    @property
    def _widths(self) -> Sequence[float]:
        return self.outline.widths

    def _head(self) -> None:
        """The sheet's heading, whose report it is, and the mark of an unofficial one."""
        for index, width in enumerate(self._widths, start=1):
            self.sheet.column_dimensions[get_column_letter(index)].width = width
        self._line(self.outline.heading or self.outline.name, theme.TITLE, 27)
        report = self.report
        about = f"{report.plan.title} · status pr. {long_date(report.reference_date)} · version {report.version}"
        self._line(about, theme.NOTE)
        if not report.official:
            self._line(UNOFFICIAL, theme.UNOFFICIAL, 20)
        self._frozen = self.row
        self._advance(8)

    def _paragraph(self, words: str, lead: bool = False) -> None:
        """Broken into lines over the sheet's width; no cells are merged."""
        per_line = int(sum(self._widths) * (1.0 if lead else 1.12))
        for line in textwrap.wrap(words, per_line):
            self._line(line, theme.LEAD if lead else theme.BODY, 17 if lead else theme.ROW_HEIGHT)

    def _table(self, table: Table) -> None:
        """A table under its title, unit, source and note references."""
        numbers = self.outline.note_numbers(table)
        self._keep_together(sum(row_heights(table, self._widths)) + 4 * theme.ROW_HEIGHT + 20)
        self._line(table.title, theme.HEADING, 20)
        self._line(f"Enhed: {table.unit}", theme.NOTE)
        for line in textwrap.wrap(f"Kilde: {table.source}", int(sum(self._widths))):
            self._line(line, theme.NOTE)
        if numbers:
            self._line(f"Noter: {listed([str(number) for number in numbers])}", theme.NOTE)
        top = self.tables[table.name] = self.row
        bottom = write_table(self.sheet, table, top, self._widths)
        heights = (self.sheet.row_dimensions[row].height or 0.0 for row in range(top, bottom + 1))
        self._height += sum(heights)
        self.row = bottom + 1
        self._advance(theme.ROW_HEIGHT)

    def _charts(
        self, figures: Sequence[Figure], data: Worksheet, data_rows: Mapping[str, int]
    ) -> None:
        """Charts side by side over the sheet's width."""
        self._keep_together(_CHART_ROWS * theme.ROW_HEIGHT)
        # A frame that begins on the border of two printed pages is drawn on both.
        self._advance(6)
        width = sum(map(_points, self._widths))
        for place, figure in enumerate(figures):
            chart = draw(figure, data, data_rows[figure.name])
            left, right = width * place / len(figures), width * (place + 1) / len(figures)
            anchor = TwoCellAnchor(
                editAs="oneCell",
                _from=self._marker(left, 0),
                to=self._marker(right - 6, _CHART_ROWS - 1),
            )
            chart.anchor = anchor  # type: ignore[assignment]  # the stubs know of cell names alone
            self.sheet.add_chart(chart)
        for _ in range(_CHART_ROWS):
            self._advance(theme.ROW_HEIGHT)
        self._advance(theme.ROW_HEIGHT)

    def _marker(self, points: float, rows: int) -> AnchorMarker:
        """A corner of a chart, held to the column it falls in, so that it follows the columns' real widths."""
        column = 0
        while column < len(self._widths) - 1 and points >= _points(self._widths[column]):
            points -= _points(self._widths[column])
            column += 1
        return AnchorMarker(
            col=column, colOff=round(points * _EMU_PER_POINT), row=self.row - 1 + rows
        )

    def _foot(self) -> None:
        """The notes, and what the signs mean."""
        notes, signs = self.outline.notes, self.outline.signs(self.report.threshold)
        if notes or signs:
            self._keep_together((len(notes) + len(signs) + 2) * theme.ROW_HEIGHT)
            self._line("Noter og tegn" if signs else "Noter", theme.HEADING, 20)
        for number, note in enumerate(notes, start=1):
            self._paragraph(f"{number}. {note}")
        for line in signs:
            self._paragraph(line)

    def _line(self, words: str, font: Font, height: float = theme.ROW_HEIGHT) -> None:
        put(self.sheet, self.row, 1, words, font, theme.LINE)
        self._advance(height)

    def _advance(self, height: float) -> None:
        self.sheet.row_dimensions[self.row].height = height
        self._height += height
        self.row += 1

    def _keep_together(self, height: float) -> None:
        """Start a new printed page when the block would be cut by the end of this one."""
        across, down = (774.0, 485.0) if self.outline.landscape else (527.0, 730.0)
        capacity = down * max(1.0, sum(map(_points, self._widths)) / across)
        if self._height + height > capacity and self._height > 0.25 * capacity:
            self.sheet.row_breaks.append(Break(id=self.row - 1))
            self._height = 60.0

    def _view(self) -> None:
        view = self.sheet.sheet_view
        view.showGridLines = False
        view.zoomScale = 100
        tops = list(self.tables.values())
        only_table = len(tops) == 1 and not self.outline.figures
        frozen = tops[0] + 1 if only_table and tops[0] <= 14 else self._frozen + 1
        self.sheet.freeze_panes = f"A{frozen}"
        view.selection = [Selection(pane="bottomLeft", activeCell="A1", sqref="A1")]
        self.sheet.print_title_rows = f"{tops[0]}:{tops[0]}" if only_table else f"1:{self._frozen}"

    def _print(self) -> None:
        sheet, report = self.sheet, self.report
        sheet.print_area = f"A1:{get_column_letter(len(self._widths))}{self.row - 1}"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape" if self.outline.landscape else "portrait"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.47
        sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
        sheet.page_margins.header = sheet.page_margins.footer = 0.3
        footer, header = sheet.oddFooter, sheet.oddHeader
        assert footer is not None, "a new sheet has one"
        assert header is not None, "a new sheet has one"
        footer.left.text = _escaped(f"{report.plan.short_title}")
        footer.center.text = "Side &P af &N"
        footer.right.text = _escaped(
            f"Pr. {report.reference_date:%d.%m.%Y} · version {report.version}"
        )
        if not report.official:
            header.center.text = "IKKE OFFICIEL"
            header.center.font, header.center.size = f"{theme.FONT},Bold", 10
        for part in (footer.left, footer.center, footer.right):
            part.font, part.size = f"{theme.FONT},Regular", 10


def _points(width: float) -> float:
    return (7 * width + 5) * 0.75


def _escaped(words: str) -> str:
    return words.replace("&", "&&")
