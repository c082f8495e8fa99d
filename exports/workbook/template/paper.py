"""How a sheet of the template is viewed and printed.

Belongs here: A4, repeated header, page numbers, the selected cell. Not here: what is on the sheet.
The committee's workbook has its own (`exports.workbook.page`), which speaks of a report.
"""

from __future__ import annotations

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.views import Selection
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import theme

BOOK_TITLE = "Førte registre"


def lay_out(sheet: Worksheet, first: int, last: int, header: str) -> None:
    """Set up view and print; rows `first` to `last` are repeated on every page."""
    view = sheet.sheet_view
    view.zoomScale = 100
    if sheet.freeze_panes:
        view.selection = [Selection(pane="bottomLeft", activeCell="A1", sqref="A1")]
    sheet.print_title_rows = f"{first}:{last}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.47
    sheet.page_margins.top, sheet.page_margins.bottom = 0.7, 0.7
    footer, above = sheet.oddFooter, sheet.oddHeader
    assert footer is not None, "a new sheet has one"
    assert above is not None, "a new sheet has one"
    above.left.text = header.replace("&", "&&")
    footer.left.text = BOOK_TITLE
    footer.center.text = "Side &P af &N"
    for part in (above.left, footer.left, footer.center):
        part.font, part.size = f"{theme.FONT},Regular", 9
