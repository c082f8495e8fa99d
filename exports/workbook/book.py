"""The workbook as a whole: which sheets, in which order, and its properties.

Belongs here: assembling. Not here: what a sheet says (`sheets`), how it looks (`theme`), the bytes (`archive`).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from openpyxl import Workbook

from exports.report import Report
from exports.workbook import theme
from exports.workbook.archive import finish_archive
from exports.workbook.figures import Figures
from exports.workbook.labels import long_date
from exports.workbook.page import Page
from exports.workbook.series import Content
from exports.workbook.sheets import (
    compensation,
    definitions,
    employment,
    exits,
    fleksjob,
    front,
    overview,
    quality,
    unemployment,
)

_AREAS = {
    "Beskæftigelse": employment,
    "Langtidsledighed": unemployment,
    "Afgang til job": exits,
    "Kompenserende ordninger": compensation,
    "Fleksjob": fleksjob,
}
_PURPOSES = {
    "Overblik": "Planens mål: udgangspunkt, seneste tal, vurdering og begrundelse; temaer og aktiviteter",
    "Beskæftigelse": "Andel i job i målgruppen og blandt øvrige borgere, og hvad borgerne lever af",
    "Langtidsledighed": "Ledige og langtidsledige i målgruppen, jobparate og bredt opgjort",
    "Afgang til job": "Hvor mange ledige i målgruppen der kommer i job, og hvor de andre går hen",
    "Kompenserende ordninger": "Gældende bevillinger, brug i målgruppen og sagsbehandlingstid",
    "Fleksjob": "Visiterede til fleksjob, og hvor mange af dem der er ansat",
    "Figurdata": "Tallene bag figurerne",
    "Definitioner": "Målgruppen og hver indikator: tæller, nævner, metode og grundlag",
    "Datakvalitet": "Leverancer, kontroller, hvad der ikke er opgjort, og hvor meget der er skjult",
}
_DATA_WIDTHS = (26, 18, 18, 18, 18, 18)


def write_workbook(report: Report, path: Path) -> None:
    """Write the committee's workbook of a report to the path.

    The same report gives the same bytes. Raises `OSError` when the disk refuses; nothing is then left at the path.
    """
    book = Workbook()
    name_normal_font(book)
    content = Content(report, Figures(report.table))
    titles = ("Forside", "Indhold", *_PURPOSES)
    wide = {
        "Overblik": overview.WIDTHS,
        "Definitioner": definitions.WIDTHS,
        "Datakvalitet": quality.WIDTHS,
    }
    widths = {
        "Forside": front.FRONT_WIDTHS,
        "Indhold": front.CONTENTS_WIDTHS,
        "Figurdata": _DATA_WIDTHS,
        **{title: module.WIDTHS for title, module in _AREAS.items()},
        **wide,
    }
    book.remove(book.worksheets[0])
    landscape = {"Forside", "Indhold", *wide}
    pages = {
        title: Page(book.create_sheet(title), report, widths[title], landscape=title in landscape)
        for title in titles
    }
    data = pages["Figurdata"]
    data.title("Figurdata")
    data.paragraph(
        "Tallene bag figurerne, en tabel for hver figur. En tom celle er et tal, der ikke kan vises."
    )
    data.gap(8)
    front.write_front(pages["Forside"], content)
    front.write_contents(pages["Indhold"], tuple(_PURPOSES.items()))
    overview.write(pages["Overblik"], content, data)
    for title, module in _AREAS.items():
        module.write(pages[title], content, data)
    data.finish(signs=False)
    definitions.write(pages["Definitioner"], content)
    quality.write(pages["Datakvalitet"], content)
    _set_properties(book, report)
    book.active = 0
    pages["Forside"].sheet.sheet_view.tabSelected = True
    alternatives = {
        title: [(figure.title, figure.alternative) for figure in page.figures]
        for title, page in pages.items()
    }
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".workbook-") as folder:
        draft, done = Path(folder) / "draft.xlsx", Path(folder) / "done.xlsx"
        book.save(draft)
        finish_archive(draft, done, report.reference_date, alternatives)
        done.replace(path)


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
