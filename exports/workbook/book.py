"""The workbook as a whole: its sheets, in which order, its data sheet and its properties.

Belongs here: assembling. Not here: what a sheet says (`sheets`), how it looks (`theme`), the bytes (`archive`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook

from exports.report import Report
from exports.workbook import theme
from exports.workbook.archive import finish_archive
from exports.workbook.cell_map import PlacedTable
from exports.workbook.chart import Figure, figure_table
from exports.workbook.figures import Figures
from exports.workbook.labels import long_date
from exports.workbook.outline import Sheet
from exports.workbook.page import Page
from exports.workbook.series import Content
from exports.workbook.sheets import (
    case_time,
    compensation,
    definitions,
    disclosure,
    economy,
    employers,
    employment,
    exits,
    fleksjob,
    front,
    overview,
    own_staff,
    programmes,
    quality,
    reference,
    registers,
    revisions,
    themes,
    unemployment,
)

_AREAS = (
    *(employment, unemployment, exits, compensation, case_time, fleksjob),
    *(programmes, employers, own_staff, economy, registers),
)
_AT_THE_END = (reference, revisions, definitions, quality, disclosure)
_DATA_WIDTHS = (26, 18, 18, 18, 18, 18)


def outlines(report: Report) -> tuple[Sheet, ...]:
    """Every sheet of a report in the reader's order, the first leading to the others."""
    content = Content(report, Figures(report.table))
    told = [overview.outline(content), *themes.outlines(content)]
    told += [module.outline(content) for module in _AREAS]
    told += [_data_sheet(told), *(module.outline(content) for module in _AT_THE_END)]
    return (front.front(content), front.contents(told), *told)


def write_workbook(report: Report, path: Path) -> tuple[PlacedTable, ...]:
    """Write the committee's workbook of a report to the path; returns where each table stands.

    The same report gives the same bytes. Raises `OSError` when the disk refuses; nothing is then left at the path.
    """
    book = Workbook()
    name_normal_font(book)
    book.remove(book.worksheets[0])
    pages = [Page(book.create_sheet(one.name), report, one) for one in outlines(report)]
    data = next(page for page in pages if page.outline.name == DATA_SHEET)
    # The data first: charts are told where their numbers stand.
    data.write(data.sheet, {})
    drawn = {figure.name: figure for page in pages for figure in page.outline.figures}
    rows = {name: data.tables[data_name] for name, data_name in _data_names(drawn).items()}
    for page in pages:
        if page is not data:
            page.write(data.sheet, rows)
    _set_properties(book, report)
    book.active = 0
    pages[0].sheet.sheet_view.tabSelected = True
    alternatives = {
        page.outline.name: [(figure.title, figure.alternative) for figure in page.outline.figures]
        for page in pages
    }
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".workbook-") as folder:
        draft, done = Path(folder) / "draft.xlsx", Path(folder) / "done.xlsx"
        book.save(draft)
        finish_archive(draft, done, report.reference_date, alternatives)
        done.replace(path)
    return tuple(
        PlacedTable(page.outline.name, top, table) for page in pages for table, top in page.placed
    )


DATA_SHEET = "Figurdata"


def _data_sheet(told: list[Sheet]) -> Sheet:
    sheet = Sheet(DATA_SHEET, "Tallene bag figurerne", _DATA_WIDTHS, is_read_by_charts=True)
    sheet.paragraph(
        "Tallene bag figurerne, en tabel for hver. En tom celle er et tal, der ikke kan vises."
    )
    figures = {figure.name: figure for one in told for figure in one.figures}
    for name in dict.fromkeys(_data_names(figures).values()):
        sheet.table(figure_table(figures[name]))
    return sheet


def _data_names(figures: Mapping[str, Figure]) -> dict[str, str]:
    """The name of each figure's table by the figure's own: a figure shown on two sheets has one table."""
    first: dict[Figure, str] = {}
    return {
        name: first.setdefault(replace(figure, name=""), name) for name, figure in figures.items()
    }


def name_normal_font(book: Workbook) -> None:
    """Give the style of untouched cells the named font, which also sets the width of a column's unit."""
    fonts, styles = vars(book)["_fonts"], vars(book)["_named_styles"]
    fonts[0] = theme.BODY
    styles["Normal"].font = theme.BODY


def _set_properties(book: Workbook, report: Report) -> None:
    properties = book.properties
    properties.title = f"Midtvejsstatus: {report.plan.title}"
    properties.subject = f"Status pr. {long_date(report.reference_date)}, version {report.version}"
    properties.creator = report.municipality
    properties.lastModifiedBy = None
    properties.language = "da-DK"
    properties.keywords = "handicap, beskæftigelse, midtvejsstatus"
