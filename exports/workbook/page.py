"""A sheet being written from top to bottom: title, sentences, tables, charts, notes, and how it
prints.

Belongs here: the rules every sheet keeps. Not here: what a sheet says (`sheets`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
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
from exports.workbook.chart import Figure, draw, figure_table
from exports.workbook.labels import long_date
from exports.workbook.table import Link, Table, row_heights, write_table

_EMU_PER_POINT = 12_700
_CHART_ROWS = 19
UNOFFICIAL = "IKKE OFFICIEL – beregnet til afprøvning, må ikke gengives som kommunens tal"


@dataclass
class Page:
    """One sheet. `widths` are the columns' widths in characters; every table on the sheet keeps
    within them.
    """

    sheet: Worksheet
    report: Report
    widths: Sequence[float]
    landscape: bool = False
    row: int = 1
    figures: list[Figure] = field(default_factory=list)
    tables: list[tuple[Table, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _height: float = 0.0
    _frozen: int = 0

    def title(self, words: str) -> None:
        """The sheet's heading, whose report it is, and the mark of an unofficial one."""
        for index, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(index)].width = width
        self._line(words, theme.TITLE, 27)
        report = self.report
        about = f"{report.plan.title} · status pr. {long_date(report.reference_date)} · version {report.version}"
        self._line(about, theme.NOTE)
        if not report.official:
            self._line(UNOFFICIAL, theme.UNOFFICIAL, 20)
        self._frozen = self.row
        self.gap(8)

    def heading(self, words: str) -> None:
        """A heading within the sheet."""
        self._line(words, theme.HEADING, 20)

    def paragraph(self, words: str, lead: bool = False) -> None:
        """A sentence or more, broken into lines over the sheet's width; no cells are merged."""
        per_line = int(sum(self.widths) * (1.0 if lead else 1.12))
        # A figure that ends in an abbreviation at the end of a sentence brings two full stops.
        for line in textwrap.wrap(words.replace("pct..", "pct."), per_line):
            self._line(line, theme.LEAD if lead else theme.BODY, 17 if lead else theme.ROW_HEIGHT)

    def link(self, link: Link) -> None:
        """A line that leads to another sheet."""
        cell = put(self.sheet, self.row, 1, link.text, theme.LINK, theme.LINE)
        put_link(cell, link.sheet, theme.LINK)
        self._advance(theme.ROW_HEIGHT)

    def gap(self, height: float = theme.ROW_HEIGHT) -> None:
        """Empty space before the next block."""
        self._advance(height)

    def table(self, table: Table) -> None:
        """A table under its title, unit, source and note references."""
        numbers = [self._note(note) for note in table.notes]
        self._keep_together(sum(row_heights(table, self.widths)) + 4 * theme.ROW_HEIGHT + 20)
        self._line(table.title, theme.HEADING, 20)
        self._line(f"Enhed: {table.unit}", theme.NOTE)
        for line in textwrap.wrap(f"Kilde: {table.source}", int(sum(self.widths))):
            self._line(line, theme.NOTE)
        if numbers:
            self._line(f"Noter: {_listed(numbers)}", theme.NOTE)
        top = self.row
        bottom = write_table(self.sheet, table, top, self.widths)
        self.tables.append((table, top))
        heights = (self.sheet.row_dimensions[row].height or 0.0 for row in range(top, bottom + 1))
        self._height += sum(heights)
        self.row = bottom + 1
        self.gap()

    def charts(self, figures: Sequence[Figure], data: Page) -> None:
        """Charts side by side over the sheet's width, their numbers written to the data sheet."""
        if not figures:
            return
        height = _CHART_ROWS * theme.ROW_HEIGHT
        self._keep_together(height)
        # A frame that begins on the border of two printed pages is drawn on both.
        self.gap(6)
        width = sum(map(_points, self.widths))
        for place, figure in enumerate(figures):
            data.table(figure_table(figure))
            chart = draw(figure, data.sheet, data.tables[-1][1])
            left, right = width * place / len(figures), width * (place + 1) / len(figures)
            anchor = TwoCellAnchor(
                editAs="oneCell",
                _from=self._marker(left, 0),
                to=self._marker(right - 6, _CHART_ROWS - 1),
            )
            chart.anchor = anchor  # type: ignore[assignment]  # the stubs know of cell names alone
            self.sheet.add_chart(chart)
            self.figures.append(figure)
        for _ in range(_CHART_ROWS):
            self._advance(theme.ROW_HEIGHT)
        self.gap()

    def _marker(self, points: float, rows: int) -> AnchorMarker:
        """A corner of a chart, held to the column it falls in, so that it follows the columns' real widths."""
        column = 0
        while column < len(self.widths) - 1 and points >= _points(self.widths[column]):
            points -= _points(self.widths[column])
            column += 1
        return AnchorMarker(
            col=column, colOff=round(points * _EMU_PER_POINT), row=self.row - 1 + rows
        )

    def finish(self, signs: bool) -> None:
        """Write the notes, the explanation of the signs where asked for, and set up view and print."""
        if self.notes or signs:
            self._keep_together((len(self.notes) + 5) * theme.ROW_HEIGHT)
            self.heading("Noter og tegn" if signs else "Noter")
        for number, note in enumerate(self.notes, start=1):
            self.paragraph(f"{number}. {note}")
        if signs:
            for line in _signs(self.report.threshold):
                self.paragraph(line)
        self._view()
        self._print()

    def _note(self, note: str) -> int:
        if note not in self.notes:
            self.notes.append(note)
        return self.notes.index(note) + 1

    def _line(self, words: str, font: Font, height: float = theme.ROW_HEIGHT) -> None:
        put(self.sheet, self.row, 1, words, font, theme.LINE)
        self._advance(height)

    def _advance(self, height: float) -> None:
        self.sheet.row_dimensions[self.row].height = height
        self._height += height
        self.row += 1

    def _keep_together(self, height: float) -> None:
        """Start a new printed page when the block would be cut by the end of this one."""
        across, down = (774.0, 485.0) if self.landscape else (527.0, 730.0)
        capacity = down * max(1.0, sum(map(_points, self.widths)) / across)
        if self._height + height > capacity and self._height > 0.25 * capacity:
            self.sheet.row_breaks.append(Break(id=self.row - 1))
            self._height = 60.0

    def _view(self) -> None:
        view = self.sheet.sheet_view
        view.showGridLines = False
        view.zoomScale = 100
        only_table = len(self.tables) == 1 and not self.figures
        frozen = (
            self.tables[0][1] + 1 if only_table and self.tables[0][1] <= 14 else self._frozen + 1
        )
        self.sheet.freeze_panes = f"A{frozen}"
        view.selection = [Selection(pane="bottomLeft", activeCell="A1", sqref="A1")]
        self.sheet.print_title_rows = (
            f"{self.tables[0][1]}:{self.tables[0][1]}" if only_table else f"1:{self._frozen}"
        )

    def _print(self) -> None:
        sheet, report = self.sheet, self.report
        sheet.print_area = f"A1:{get_column_letter(len(self.widths))}{self.row - 1}"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape" if self.landscape else "portrait"
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


def _signs(threshold: int) -> tuple[str, ...]:
    return (
        f".. Tallet vises ikke: færre end {threshold} personer indgår, eller tallet kunne bruges til at regne et "
        "andet skjult tal ud.",
        "– Nul.",
        "· Tallet er ikke opgjort eller kan ikke opgøres endnu; årsagen står i noterne eller på arket Datakvalitet.",
    )


def _listed(numbers: Sequence[int]) -> str:
    words = [str(number) for number in sorted(numbers)]
    return " og ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _points(width: float) -> float:
    return (7 * width + 5) * 0.75


def _escaped(words: str) -> str:
    return words.replace("&", "&&")
