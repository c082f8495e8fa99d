"""A sheet being written from top to bottom: title, sentences, tables, charts, notes, and how it
prints.

Belongs here: the rules every sheet keeps. Not here: what a sheet says (`sheets`, `outline`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

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
from exports.workbook.measures import broken
from exports.workbook.outline import Charts, Paragraph, Sheet
from exports.workbook.paper import FEWEST_ROWS, Paper, fitting_rows, points
from exports.workbook.table import Table, row_heights, write_table
from exports.workbook.values import Link

_EMU_PER_POINT = 12_700
_CHART_ROWS = 19
UNOFFICIAL = "IKKE OFFICIEL – beregnet til afprøvning, må ikke gengives som kommunens tal"


@dataclass
class Page:
    """A sheet of the workbook that an outline is written on. `placed` tells, afterwards, each table as it stands with the
    row of its header.

    Every printed page that goes on with a table shows its header: a table that fits on a page is not cut; one that does not
    has its header repeated by the program where it is the last of the sheet, and goes on as a table of its own otherwise.
    The notes stand on a page with the end of what they explain, never alone.
    """

    sheet: Worksheet
    report: Report
    outline: Sheet
    row: int = 1
    placed: list[tuple[Table, int]] = field(default_factory=list)
    _titles: str = ""

    def __post_init__(self) -> None:
        self._widths = self.outline.fitted_widths
        self._paper = Paper.of(self._widths, self.outline.landscape)

    def write(self, data: Worksheet, data_rows: Mapping[str, int]) -> None:
        """Write the outline; its charts read the tables of the data sheet, whose headers stand at `data_rows`."""
        self._head()
        for block, after in zip(
            self.outline.blocks, [*self.outline.blocks[1:], None], strict=False
        ):
            match block:
                case Paragraph():
                    if isinstance(after, Table) and not block.lead:
                        self._keep_with(block, after, is_last=after is self.outline.blocks[-1])
                    self._paragraph(block.words, block.lead)
                    self._advance(6)
                case Link():
                    cell = put(self.sheet, self.row, 1, block.text, theme.LINK, theme.LINE)
                    put_link(cell, block.sheet, theme.LINK)
                    self._advance(theme.ROW_HEIGHT)
                    if not isinstance(after, Link):
                        self._advance(theme.ROW_HEIGHT)
                case Table():
                    self._table(block, is_last=after is None)
                case Charts():
                    self._charts(block.figures, data, data_rows, is_last=after is None)
        self._foot()
        self._view()
        self._print()

    @property
    def tables(self) -> dict[str, int]:
        """The row of each table's header by the table's name."""
        return {table.name: top for table, top in self.placed}

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
        self._advance(8)
        self._frozen = self.row
        self._titles = f"1:{self.row - 1}"
        self._paper.repeated = self._paper.capacity - self._paper.room

    def _paragraph(self, words: str, lead: bool = False) -> None:
        """Broken into lines over the sheet's width; no cells are merged."""
        font = theme.LEAD if lead else theme.BODY
        per_line = sum(self._widths) * theme.BODY.size / font.size
        for line in broken(words, per_line):
            self._line(line, font, 17 if lead else theme.ROW_HEIGHT)

    def _keep_with(self, paragraph: Paragraph, table: Table, is_last: bool) -> None:
        """Turn the page before a sentence that leads to a table which would else stand on the next page."""
        lines = len(broken(paragraph.words, sum(self._widths))) * theme.ROW_HEIGHT + 6
        over = sum(height for _, _, height in self._over(table))
        notes = self._notes_height if is_last else 0.0
        self._paper.keep(self.row, lines + over + sum(row_heights(table, self._widths)) + notes)

    def _table(self, table: Table, is_last: bool) -> None:
        """A table, in parts where it is longer than the page and others follow it."""
        header, *rows = row_heights(table, self._widths)
        above = sum(height for _, _, height in self._over(table)) + header
        notes = self._notes_height if is_last else 0.0
        self._paper.keep(self.row, above + sum(rows) + notes)
        if above + sum(rows) + notes <= self._paper.room:
            self._part(table)
            return
        if sum(rows[:FEWEST_ROWS]) + above > self._paper.room:
            self._paper.turn(self.row)
        if is_last or self.outline.is_read_by_charts:
            counts = fitting_rows(
                rows, self._paper.room - above, self._paper.capacity - header, notes
            )
            self._part(table, repeats=is_last, ends=tuple(accumulate(counts[:-1])))
            return
        start = 0
        for count in fitting_rows(rows, self._paper.room - above, self._paper.whole_page - above):
            if start:
                self._paper.turn(self.row)
            self._part(_slice(table, start, count))
            start += count

    def _over(self, table: Table) -> list[tuple[str, Font, float]]:
        """What stands over a table: its title, unit, source and note references."""
        numbers = self.outline.note_numbers(table)
        source = broken(f"Kilde: {table.source}", sum(self._widths))
        lines = [f"Enhed: {table.unit}", *source]
        if numbers:
            lines.append(f"Noter: {listed([str(number) for number in numbers])}")
        return [
            (table.title, theme.HEADING, 20),
            *((line, theme.NOTE, theme.ROW_HEIGHT) for line in lines),
        ]

    def _part(self, table: Table, repeats: bool = False, ends: tuple[int, ...] = ()) -> None:
        """Write a table; `repeats` has its header printed on every page that it goes on to, and `ends` are the rows
        (the first below the header is 1) that are the last of their pages."""
        for words, font, height in self._over(table):
            self._line(words, font, height)
        self.placed.append((table, self.row))
        heights = row_heights(table, self._widths)
        if repeats:
            self._titles = f"{self.row}:{self.row}"
            self._paper.repeated = heights[0]
        write_table(self.sheet, table, self.row, self._widths)
        for number, height in enumerate(heights):
            if number - 1 in ends:
                self._paper.turn(self.row)
            self._advance(height)
        self._advance(theme.ROW_HEIGHT)

    def _charts(
        self,
        figures: Sequence[Figure],
        data: Worksheet,
        data_rows: Mapping[str, int],
        is_last: bool,
    ) -> None:
        """Charts side by side over the sheet's width."""
        notes = self._notes_height if is_last else 0.0
        self._paper.keep(self.row, (_CHART_ROWS + 1) * theme.ROW_HEIGHT + 6 + notes)
        # A frame that begins on the border of two printed pages is drawn on both.
        self._advance(6)
        width = sum(map(points, self._widths))
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

    def _marker(self, across: float, rows: int) -> AnchorMarker:
        """A corner of a chart, held to the column it falls in, so that it follows the columns' real widths."""
        column = 0
        while column < len(self._widths) - 1 and across >= points(self._widths[column]):
            across -= points(self._widths[column])
            column += 1
        return AnchorMarker(
            col=column, colOff=round(across * _EMU_PER_POINT), row=self.row - 1 + rows
        )

    @property
    def _notes(self) -> list[str]:
        """The notes, and what the signs mean."""
        notes = enumerate(self.outline.notes, start=1)
        signs = self.outline.signs(self.report.threshold)
        return [*(f"{number}. {note}" for number, note in notes), *signs]

    @property
    def _notes_height(self) -> float:
        """What they take with their heading and the empty row above it."""
        lines = sum(len(broken(words, sum(self._widths))) for words in self._notes)
        return theme.ROW_HEIGHT + 20 + lines * theme.ROW_HEIGHT if lines else 0.0

    def _foot(self) -> None:
        if self._notes:
            has_signs = bool(self.outline.signs(self.report.threshold))
            self._line("Noter og tegn" if has_signs else "Noter", theme.HEADING, 20)
        for words in self._notes:
            self._paragraph(words)

    def _line(self, words: str, font: Font, height: float = theme.ROW_HEIGHT) -> None:
        put(self.sheet, self.row, 1, words, font, theme.LINE)
        self._advance(height)

    def _advance(self, height: float) -> None:
        self._paper.fill(self.row, height)
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def _view(self) -> None:
        view = self.sheet.sheet_view
        view.showGridLines = False
        view.zoomScale = 100
        only_table = len(self.placed) == 1 and not self.outline.figures
        top = self.placed[0][1] if only_table else 0
        self.sheet.freeze_panes = f"A{top + 1 if 0 < top <= 14 else self._frozen}"
        view.selection = [Selection(pane="bottomLeft", activeCell="A1", sqref="A1")]

    def _print(self) -> None:
        sheet, report = self.sheet, self.report
        sheet.print_title_rows = self._titles
        for row in self._paper.breaks:
            sheet.row_breaks.append(Break(id=row))
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
        footer.left.text = _escaped(f"{report.plan.short_title} · {self.outline.name}")
        footer.center.text = "Side &P af &N"
        footer.right.text = _escaped(
            f"Pr. {report.reference_date:%d.%m.%Y} · version {report.version}"
        )
        if not report.official:
            header.center.text = "IKKE OFFICIEL"
            header.center.font, header.center.size = f"{theme.FONT},Bold", 10
        for part in (footer.left, footer.center, footer.right):
            part.font, part.size = f"{theme.FONT},Regular", 10


def _slice(table: Table, start: int, count: int) -> Table:
    """Some of a table's rows as a table; what does not begin it says that it goes on."""
    rows = table.rows[start : start + count]
    if start == 0:
        return replace(table, rows=rows)
    name, title = f"{table.name}_fra_{start + 1}", f"{table.title} (fortsat)"
    emphasis = max(0, table.emphasis - start)
    return replace(table, name=name, title=title, rows=rows, emphasis=emphasis)


def _escaped(words: str) -> str:
    return words.replace("&", "&&")
