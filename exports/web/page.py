"""`index.html`: the whole set on one page, without scripts and without anything from elsewhere.

Belongs here: the document, its sections and how to move about in it. Not here: tables (`tables`), charts
(`drawing`), what is said (the outlines of `exports.workbook`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

from exports.report import Report
from exports.web.drawing import svg_chart
from exports.web.marking import element, text
from exports.web.tables import html_table
from exports.workbook.book import DATA_SHEET, outlines
from exports.workbook.labels import long_date
from exports.workbook.outline import Block, Charts, Paragraph, Sheet
from exports.workbook.page import UNOFFICIAL
from exports.workbook.table import Table
from exports.workbook.values import Link

CONTENTS = "Indhold"
_MOST_TABLES = 4
"""A section with more tables shows the first and folds the others."""


def web_page(report: Report, workbook: str) -> str:
    """The page of a report whose workbook file is named `workbook`; the same report gives the same text."""
    sheets = [one for one in outlines(report) if one.name not in (CONTENTS, DATA_SHEET)]
    ids = {sheet.name: _id(sheet.name) for sheet in sheets}
    front, *others = sheets
    title = f"{front.heading}: {report.plan.title}"
    body = [
        element("a", "Spring til indholdet", href="#indhold", class_="spring"),
        element(
            "header",
            element("h1", text(title)),
            *([] if report.official else [element("p", text(UNOFFICIAL), class_="uofficiel")]),
            element("p", text(_about(report)), class_="om"),
        ),
        element(
            "main",
            _section(front, ids, report, "Om rapporten"),
            _contents(others, ids, workbook),
            *(_section(sheet, ids, report, sheet.heading or sheet.name) for sheet in others),
        ),
    ]
    head = element(
        "head",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        element("title", text(title)),
        element("style", (files("exports.web") / "style.css").read_text("utf-8")),
    )
    return (
        f'<!DOCTYPE html>\n<html lang="da">\n{head}\n<body>\n'
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _about(report: Report) -> str:
    return f"{report.municipality} · status pr. {long_date(report.reference_date)} · version {report.version}"


def _contents(sheets: Sequence[Sheet], ids: dict[str, str], workbook: str) -> str:
    items = [
        element("li", element("a", text(sheet.name), href=f"#{ids[sheet.name]}"))
        for sheet in sheets
    ]
    files_ = (
        (workbook, "Udvalgets regneark (Excel)"),
        ("data/indicators.csv", "Alle tal (CSV)"),
        ("datapackage.json", "Beskrivelse af data (JSON)"),
    )
    links = [element("li", element("a", text(words), href=path)) for path, words in files_]
    return element(
        "nav",
        element("h2", "Indhold"),
        element("ul", *items),
        element("h3", "Filer"),
        element("ul", *links),
        id="indhold",
        aria_label="Indhold",
        tabindex="-1",
    )


def _section(sheet: Sheet, ids: dict[str, str], report: Report, heading: str) -> str:
    shown, folded = _folded(sheet)
    rule = report.target_group_rule
    parts = [element("h2", text(heading)), *(_block(sheet, block, ids, rule) for block in shown)]
    if folded:
        count = sum(isinstance(block, Table) for block in folded)
        summary = element("summary", f"Vis {count} tabeller mere")
        parts.append(
            element("details", summary, *(_block(sheet, block, ids, rule) for block in folded))
        )
    notes = [f"{number}. {note}" for number, note in enumerate(sheet.notes, start=1)]
    lines = [*notes, *sheet.signs(report.threshold)]
    if lines:
        parts.append(element("h3", "Noter og tegn"))
        parts.append(element("div", *(element("p", text(line)) for line in lines), class_="noter"))
    return "\n" + element("section", *parts, id=ids[sheet.name])


def _folded(sheet: Sheet) -> tuple[list[Block], list[Block]]:
    """The blocks up to the first table, and the others where there are many tables."""
    if len(sheet.tables) <= _MOST_TABLES:
        return sheet.blocks, []
    first = next(i for i, block in enumerate(sheet.blocks) if isinstance(block, Table))
    return sheet.blocks[: first + 1], sheet.blocks[first + 1 :]


def _block(sheet: Sheet, block: Block, ids: dict[str, str], rule: str) -> str:
    match block:
        case Paragraph():
            return element("p", text(block.words), class_="start" if block.lead else None)
        case Link():
            target = f"#{ids.get(block.sheet, 'indhold')}"
            return element("p", element("a", text(block.text), href=target))
        case Charts():
            return "".join(svg_chart(figure) for figure in block.figures)
        case Table():
            return html_table(block, sheet.note_numbers(block), ids, rule)


def _id(name: str) -> str:
    plain = name.lower()
    for letter, letters in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        plain = plain.replace(letter, letters)
    return "ark-" + re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
