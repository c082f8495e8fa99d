"""What must hold of any workbook of a set and each of its sheets, as its archive has them.

Belongs here: tabs, links, print, view, properties, and what may not be in it at all. Not here: tables
(`rules_of_tables`), charts (`rules_of_charts`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.exports.archive import Book, S, SheetPart
from tests.exports.rule_parts import (
    Rule,
    font_of,
    place_of,
)

_GENERIC_TAB = re.compile(r"(ark|sheet|tabel|table)\s*\d*", re.IGNORECASE)
_GENERIC_LINK = re.compile(r"(her|klik her|link|læs mere|se mere)\.?", re.IGNORECASE)
_WIDEST_IN_POINTS = {"portrait": 527.0, "landscape": 774.0}
_SMALLEST_SCALE = 0.7
"""Ten points are then printed as seven."""


def tabs_are_named_for_what_they_hold(book: Book) -> Iterator[str]:
    """Unique, short, telling names."""
    names = [sheet.name for sheet in book.sheets]
    yield from (f"{name} twice" for name, n in Counter(map(str.casefold, names)).items() if n > 1)
    yield from (name for name in names if len(name) > 31 or _GENERIC_TAB.fullmatch(name))


def sheets_begin_with_their_title(book: Book) -> Iterator[str]:
    """A1 has the title, the largest letters of the sheet; A2 whose report it is and as of when."""
    for sheet in book.sheets:
        title, about = sheet.cells.get((1, 1)), sheet.text(2)
        sizes = {cell: font_of(book, cell.style)[1] for cell in sheet.cells.values()}
        if title is None or sizes[title] != max(sizes.values()) or "status pr." not in about:
            yield sheet.name


def nothing_is_merged(book: Book) -> Iterator[str]:
    """Neither inside tables nor outside."""
    yield from (s.name for s in book.sheets if s.root.find(f"{S}mergeCells") is not None)


def nothing_is_hidden(book: Book) -> Iterator[str]:
    """No sheet, row, column or name."""
    yield from (sheet.name for sheet in book.sheets if sheet.state != "visible")
    for sheet in book.sheets:
        for element in (*sheet.root.iter(f"{S}row"), *sheet.root.iter(f"{S}col")):
            thin = element.attrib.get("ht") == "0" or element.attrib.get("width") == "0"
            if thin or element.attrib.get("hidden") in ("1", "true"):
                yield sheet.name
    for name in book.workbook.iter(f"{S}definedName"):
        if name.attrib.get("hidden") in ("1", "true"):
            yield name.attrib["name"]


def there_is_no_formula(book: Book) -> Iterator[str]:
    """Neither in cells, tables, names nor rules of formatting."""
    tags = {"f", "calculatedColumnFormula", "totalsRowFormula", "formula", "formula1", "formula2"}
    for part, text in book.parts.items():
        if part.startswith(("xl/worksheets/sheet", "xl/tables/")):
            found = {element.tag.removeprefix(S) for element in book.root(part).iter()}
            yield from (f"{part}: {tag}" for tag in sorted(found & tags))
        if 't="e"' in text and part.startswith("xl/worksheets/sheet"):
            yield f"{part}: an error value"


def nothing_leads_out_of_the_file(book: Book) -> Iterator[str]:
    """No external link, macro, comment, connection or embedded object."""
    forbidden = re.compile(
        r"vba|comment|external|customXml|calcChain|connection|query|embed|activeX|persons?/", re.I
    )
    yield from (part for part in book.parts if forbidden.search(part))
    yield from (p for p, text in book.parts.items() if 'TargetMode="External"' in text)
    yield from (p for p, text in book.parts.items() if "<legacyDrawing" in text)


def links_tell_where_they_lead(book: Book) -> Iterator[str]:
    """Each link's text says its target, which is the first cell of a sheet of this file."""
    names = {sheet.name for sheet in book.sheets}
    for sheet in book.sheets:
        for link in sheet.root.iter(f"{S}hyperlink"):
            text = sheet.text(*place_of(link.attrib["ref"]))
            target = re.fullmatch(r"'?(.+?)'?!A1", link.attrib.get("location", ""))
            if not text or _GENERIC_LINK.fullmatch(text) or not target or target[1] not in names:
                yield f"{sheet.name}!{link.attrib['ref']}"


def every_sheet_can_be_reached_from_the_contents(book: Book) -> Iterator[str]:
    """Indhold leads to every sheet that follows it."""
    contents = book.sheet("Indhold")
    reached = {
        link.attrib.get("location", "").strip("'").removesuffix("'!A1")
        for link in contents.root.iter(f"{S}hyperlink")
    }
    names = [sheet.name for sheet in book.sheets]
    yield from (n for n in names[names.index("Indhold") + 1 :] if n not in reached)


def sheets_print_on_whole_pages(book: Book) -> Iterator[str]:
    """A4, all columns on one page and not too small, page x of y, plan, date and version, header repeated."""
    printed = {
        (name.attrib["localSheetId"], name.attrib["name"])
        for name in book.workbook.iter(f"{S}definedName")
    }
    for number, sheet in enumerate(book.sheets):
        setup, fit = sheet.root.find(f"{S}pageSetup"), sheet.root.find(f"{S}sheetPr/{S}pageSetUpPr")
        if setup is None or fit is None or fit.attrib.get("fitToPage") not in ("1", "true"):
            yield f"{sheet.name}: not fitted"
            continue
        wanted = {"paperSize": "9", "fitToWidth": "1", "fitToHeight": "0"}
        if any(setup.attrib.get(key) != value for key, value in wanted.items()):
            yield f"{sheet.name}: paper or fit"
        footer = sheet.root.findtext(f"{S}headerFooter/{S}oddFooter") or ""
        if "Side &P af &N" not in footer or not re.search(
            r"Pr\. \d\d\.\d\d\.\d{4} · version \d+", footer
        ):
            yield f"{sheet.name}: footer"
        for kind in ("_xlnm.Print_Titles", "_xlnm.Print_Area"):
            if (str(number), kind) not in printed:
                yield f"{sheet.name}: {kind}"
        across = _WIDEST_IN_POINTS[setup.attrib["orientation"]]
        if across / max(_width(sheet), across) < _SMALLEST_SCALE:
            yield f"{sheet.name}: printed too small to read"


def sheets_open_at_their_first_cell(book: Book) -> Iterator[str]:
    """The first cell of each is selected, its head is frozen, and the first sheet is the one in front."""
    for number, sheet in enumerate(book.sheets):
        view = sheet.root.find(f"{S}sheetViews/{S}sheetView")
        if view is None or view.find(f"{S}pane") is None:
            yield f"{sheet.name}: not frozen"
            continue
        if {one.attrib.get("activeCell") for one in view.iter(f"{S}selection")} != {"A1"}:
            yield f"{sheet.name}: another cell selected"
        if (view.attrib.get("tabSelected") in ("1", "true")) != (number == 0):
            yield f"{sheet.name}: in front"
    active = book.workbook.find(f"{S}bookViews/{S}workbookView")
    if active is None or active.attrib.get("activeTab", "0") != "0":
        yield "another sheet opens first"


def properties_say_language_title_and_subject(book: Book) -> Iterator[str]:
    """And the municipality as the author, no person."""
    core = book.parts["docProps/core.xml"]
    for pattern in (
        r"<dc:language>da-DK</dc:language>",
        r"<dc:title>Midtvejsstatus: [^<]+</dc:title>",
        r"<dc:subject>Status pr\. [^<]+, version \d+</dc:subject>",
        r"<dc:creator>[^<]* Kommune</dc:creator>",
    ):
        if not re.search(pattern, core):
            yield pattern
    if re.search(r"<cp:lastModifiedBy>[^<]|<Manager>[^<]", core + book.parts["docProps/app.xml"]):
        yield "a person"


def the_archive_is_the_same_for_the_same_figures(book: Book) -> Iterator[str]:
    """Both dates of the properties are the report's day, not the day of writing."""
    core = book.parts["docProps/core.xml"]
    dates = re.findall(r"<dcterms:\w+[^>]*>([^<]*)<", core)
    days = {f"{date[8:10]}.{date[5:7]}.{date[:4]}" for date in dates}
    footers = [sheet.root.findtext(f"{S}headerFooter/{S}oddFooter") or "" for sheet in book.sheets]
    if len(dates) != 2 or len(days) != 1 or not all(days.copy().pop() in one for one in footers):
        yield str(dates)


RULES: tuple[Rule, ...] = (
    tabs_are_named_for_what_they_hold,
    sheets_begin_with_their_title,
    nothing_is_merged,
    nothing_is_hidden,
    there_is_no_formula,
    nothing_leads_out_of_the_file,
    links_tell_where_they_lead,
    every_sheet_can_be_reached_from_the_contents,
    sheets_print_on_whole_pages,
    sheets_open_at_their_first_cell,
    properties_say_language_title_and_subject,
    the_archive_is_the_same_for_the_same_figures,
)


def _width(sheet: SheetPart) -> float:
    """The columns' width in points."""
    return sum(
        (7 * float(one.attrib["width"]) + 5)
        * 0.75
        * (int(one.attrib["max"]) - int(one.attrib["min"]) + 1)
        for one in sheet.root.iter(f"{S}col")
    )
