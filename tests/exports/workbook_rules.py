"""Every rule of "The workbook", each a function from an archive to what breaks it.

Belongs here: what must hold of any workbook of a set, whatever its figures. Not here: reading the
archive (`archive`), what a certain report must say (`test_workbook`). docs/accessibility.md names these
functions.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator

from tests.exports.archive import A, Book, C, Element, S, SheetPart, TablePart, letters

Rule = Callable[[Book], Iterator[str]]
DATA_SHEET = "Figurdata"
MARKS = ("..", "·")
WORDS_FOR_NUMBERS = ("ikke oplyst", "kan ikke vises", "ikke med", "vist", "–")
_FEW = re.compile(r"under \d+")
_GENERIC_TAB = re.compile(r"(ark|sheet|tabel|table)\s*\d*", re.IGNORECASE)
_GENERIC_LINK = re.compile(r"(her|klik her|link|læs mere|se mere)\.?", re.IGNORECASE)
_SANS_SERIF = {"Arial"}
_VERDICT = re.compile(r"[●▲▼○] \w+")
_WIDEST_IN_POINTS = {"portrait": 527.0, "landscape": 774.0}
_SMALLEST_SCALE = 0.6


def tabs_are_named_for_what_they_hold(book: Book) -> Iterator[str]:
    """Unique, short, telling names."""
    names = [sheet.name for sheet in book.sheets]
    yield from (f"{name} twice" for name, n in Counter(map(str.casefold, names)).items() if n > 1)
    yield from (name for name in names if len(name) > 31 or _GENERIC_TAB.fullmatch(name))


def sheets_begin_with_their_title(book: Book) -> Iterator[str]:
    """A1 has the title, the largest letters of the sheet; A2 whose report it is and as of when."""
    for sheet in book.sheets:
        title, about = sheet.cells.get((1, 1)), sheet.text(2)
        sizes = {cell: _font(book, cell.style)[1] for cell in sheet.cells.values()}
        if title is None or sizes[title] != max(sizes.values()) or "status pr." not in about:
            yield sheet.name


def tables_have_unique_names_and_one_header_row(book: Book) -> Iterator[str]:
    """Real tables, ASCII names that are no cell references, headers that differ, no filter buttons."""
    tables = list(_tables(book))
    yield from (
        n for n, times in Counter(t.name.casefold() for _, t in tables).items() if times > 1
    )
    for sheet, table in tables:
        headers = [sheet.text(table.top, c) for c in range(table.left, table.right + 1)]
        stated = [one.attrib["name"] for one in table.root.iter(f"{S}tableColumn")]
        unique = len({header.casefold() for header in headers}) == len(headers)
        named = re.fullmatch(r"[A-Za-z]+(_[A-Za-z0-9]+)+", table.name)
        plain = table.root.attrib.get("headerRowCount", "1") == "1"
        plain = plain and table.root.find(f"{S}autoFilter") is None
        if headers != stated or not unique or not all(headers) or not named or not plain:
            yield table.name


def every_block_of_figures_is_a_table(book: Book) -> Iterator[str]:
    """No number stands outside a table."""
    for sheet in book.sheets:
        inside = {place for table in sheet.tables for place in table.body()}
        for place, cell in sheet.cells.items():
            if isinstance(cell.value, float) and place not in inside:
                yield f"{sheet.name}!{letters(place[1])}{place[0]}"


def nothing_is_merged(book: Book) -> Iterator[str]:
    """Neither inside tables nor outside."""
    yield from (s.name for s in book.sheets if s.root.find(f"{S}mergeCells") is not None)


def tables_stand_at_the_left_edge_one_to_a_block(book: Book) -> Iterator[str]:
    """From column A, with an empty row before the next block, and nothing beside them."""
    for sheet in book.sheets:
        for table in sheet.tables:
            beside = any(
                row in range(table.top, table.bottom + 1) and column > table.right
                for row, column in sheet.cells
            )
            below = any(row == table.bottom + 1 for row, _ in sheet.cells)
            if table.left != 1 or beside or below:
                yield table.name
        for before, after in itertools.pairwise(sheet.tables):
            if after.top <= before.bottom + 3:
                yield after.name


def tables_have_no_blank_row_or_column(book: Book) -> Iterator[str]:
    """Every row has its label and every column something in it."""
    for sheet, table in _tables(book):
        rows = range(table.top + 1, table.bottom + 1)
        if any((row, 1) not in sheet.cells for row in rows):
            yield f"{table.name}: a row without a label"
        for column in range(table.left, table.right + 1):
            # A series of which nothing can be shown is a column of blanks on the data sheet.
            if sheet.name != DATA_SHEET and not any((row, column) in sheet.cells for row in rows):
                yield f"{table.name}: column {letters(column)}"


def empty_cells_have_a_reason(book: Book) -> Iterator[str]:
    """Blank cells stand on the data sheet alone, and it says what they mean."""
    for sheet in book.sheets:
        blank = [t.name for t in sheet.tables for place in t.body() if place not in sheet.cells]
        told = any("tom celle" in line for line in sheet.lines())
        if blank and not (sheet.name == DATA_SHEET and told):
            yield f"{sheet.name}: {blank[0]}"


def tables_have_title_unit_and_source_above(book: Book) -> Iterator[str]:
    """Title, `Enhed:`, `Kilde:` and, where there are notes, `Noter:` right above the header."""
    for sheet, table in _tables(book):
        row = table.top - 1
        if sheet.text(row).startswith("Noter: "):
            row -= 1
        while row > 1 and not sheet.text(row).startswith(("Kilde: ", "Enhed: ")):
            row -= 1  # a source may take more than one line
        above = [sheet.text(row), sheet.text(row - 1), sheet.text(row - 2)]
        if not (above[0].startswith("Kilde: ") and above[1].startswith("Enhed: ") and above[2]):
            yield table.name


def notes_are_explained_and_referred_to(book: Book) -> Iterator[str]:
    """Each number a table refers to is explained on the sheet, and no note is left over."""
    for sheet in book.sheets:
        asked = {
            int(number)
            for table in sheet.tables
            for number in re.findall(r"\d+", _notes_line(sheet, table))
        }
        told = {
            int(match[1])
            for line in _foot(sheet)
            for match in [re.match(r"(\d+)\. ", line)]
            if match is not None
        }
        if asked != told:
            yield f"{sheet.name}: {sorted(asked ^ told)}"


def marks_are_explained_where_they_stand(book: Book) -> Iterator[str]:
    """`..`, `–` and `·` are each explained on every sheet that has them."""
    for sheet in book.sheets:
        foot = "\n".join(_foot(sheet))
        cells = [
            sheet.cells[place] for t in sheet.tables for place in t.body() if place in sheet.cells
        ]
        found = {cell.value for cell in cells if cell.value in MARKS}
        if any(cell.value == 0.0 for cell in cells):
            found.add("–")
        for mark, words in (("..", ".. Tallet"), ("·", "· Tallet"), ("–", "– Nul")):
            if mark in found and words not in foot:
                yield f"{sheet.name}: {mark}"


def numbers_stay_numbers_beside_marks(book: Book) -> Iterator[str]:
    """A column that holds a number holds nothing else but marks and fixed words; no number is a text."""
    for sheet, table in _tables(book):
        for column in range(table.left, table.right + 1):
            values = [
                sheet.cells[place].value
                for place in table.body()
                if place[1] == column and place in sheet.cells
            ]
            texts = [value for value in values if isinstance(value, str)]
            if len(texts) < len(values):
                texts = [t for t in texts if t not in (*MARKS, *WORDS_FOR_NUMBERS)]
                if not all(_FEW.fullmatch(text) for text in texts):
                    yield f"{table.name}: column {letters(column)} {texts[:1]}"
            elif (
                column > 1
                and any(re.fullmatch(r"-?\d+(,\d+)?", t) for t in texts)
                and _is_right(book, sheet, table, column)
            ):
                yield f"{table.name}: column {letters(column)} is text"


def numbers_are_written_the_danish_way(book: Book) -> Iterator[str]:
    """Every number in a table has a Danish format, and a zero reads as a dash."""
    formats = {
        one.attrib["numFmtId"]: one.attrib["formatCode"] for one in book.styles.iter(f"{S}numFmt")
    }
    for sheet, table in _tables(book):
        for place in table.body():
            cell = sheet.cells.get(place)
            if cell is not None and isinstance(cell.value, float):
                code = formats.get(_style(book, cell.style).attrib["numFmtId"], "")
                if not (code.startswith("[$-406]") and code.endswith('"–"')):
                    yield f"{sheet.name}!{letters(place[1])}{place[0]}"


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
            text = sheet.text(*_where(link.attrib["ref"]))
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


def charts_have_axes_titles_and_gaps(book: Book) -> Iterator[str]:
    """A title, two axes that are drawn and titled, named series, blanks as gaps, Danish."""
    for sheet, name, chart in _charts(book):
        axes = [*chart.iter(f"{C}catAx"), *chart.iter(f"{C}valAx")]
        drawn = [axis for axis in axes if _value(axis, "delete") in ("0", "false")]
        titled = [axis for axis in axes if _words(axis.find(f"{C}title"))]
        title = _words(chart.find(f"{C}chart/{C}title"))
        series = list(chart.iter(f"{C}ser"))
        named = all(one.find(f"{C}tx/{C}strRef/{C}f") is not None for one in series)
        gaps = _value(next(chart.iter(f"{C}chart")), "dispBlanksAs") == "gap"
        legend = len(series) < 2 or next(chart.iter(f"{C}legend"), None) is not None
        language = _value(chart, "lang") == "da-DK"
        good = title and series and named and gaps and legend and language
        if not good or not len(axes) == len(drawn) == len(titled) == 2:
            yield f"{sheet.name}: {name}"


def charts_have_alternative_texts(book: Book) -> Iterator[str]:
    """Each its own name and a text that says what is seen; none is shared."""
    texts = Counter(f.alternative for s in book.sheets for f in s.frames)
    for sheet in book.sheets:
        for frame in sheet.frames:
            generic = re.fullmatch(r"(Chart|Diagram) \d+|", frame.name)
            if (
                generic
                or len(frame.alternative) < 40
                or (texts[frame.alternative] > 1 and not _twice_the_same(book, frame.alternative))
            ):
                yield f"{sheet.name}: {frame.name}"


def charts_read_numbers_or_true_blanks(book: Book) -> Iterator[str]:
    """A text in a charted range would be drawn as zero; the range is on the visible data sheet."""
    cells = book.sheet(DATA_SHEET).cells
    for sheet, name, chart in _charts(book):
        for reference in chart.iter(f"{C}numRef"):
            where, _, box = (reference.findtext(f"{C}f") or "").replace("$", "").partition("!")
            first, last = (_where(one) for one in box.split(":"))
            values = [
                cells[row, column].value
                for row in range(first[0], last[0] + 1)
                for column in range(first[1], last[1] + 1)
                if (row, column) in cells
            ]
            if where.strip("'") != DATA_SHEET or any(isinstance(v, str) for v in values):
                yield f"{sheet.name}: {name}"


def charts_are_told_apart_without_colour(book: Book) -> Iterator[str]:
    """Lines differ in dash and marker, bars in lightness with an outline; all stand out from white 3:1."""
    for sheet, name, chart in _charts(book):
        looks = [_look(series) for series in chart.iter(f"{C}ser")]
        lines = chart.find(f".//{C}lineChart") is not None
        if lines and len({look[1:] for look in looks}) < len(looks):
            yield f"{sheet.name}: {name}: two lines have the same dash and marker"
        if lines and any(contrast(look[0], "FFFFFF") < 3 for look in looks):
            yield f"{sheet.name}: {name}: a line is too pale"
        for one, other in itertools.combinations(() if lines else looks, 2):
            if contrast(one[0], other[0]) < 1.4 or "outline" not in one[1]:
                yield f"{sheet.name}: {name}: bars are too alike"


def charts_cover_no_cell(book: Book) -> Iterator[str]:
    """A frame lies over empty cells alone."""
    for sheet in book.sheets:
        for frame in sheet.frames:
            rows = range(frame.first_row, frame.last_row)
            if any(row in rows for row, _ in sheet.cells):
                yield f"{sheet.name}: {frame.name}"


def tables_have_descriptions(book: Book) -> Iterator[str]:
    """For who cannot see them, as charts have."""
    for _, table in _tables(book):
        if not re.search(r"<x14:table altText=\"[^\"]{10,}\"", table.text):
            yield table.name


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


def letters_are_large_plain_and_sans_serif(book: Book) -> Iterator[str]:
    """At least 10 points, a sans-serif by name, nothing raised, lowered or struck out; no raised digit as a sign."""
    fonts = book.styles.find(f"{S}fonts")
    for number, font in enumerate(fonts if fonts is not None else ()):
        name, size = _value(font, "name", S), float(_value(font, "sz", S) or 0)
        odd = {"vertAlign", "strike"} & {element.tag.removeprefix(S) for element in font}
        if name not in _SANS_SERIF or size < 10 or odd:
            yield f"font {number}"
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if isinstance(cell.value, str) and re.search("[¹²³⁰-⁹₀-₉]", cell.value):
                yield f"{sheet.name}!{letters(cell.column)}{cell.row}"
    for sheet, name, chart in _charts(book):
        if any(int(one.attrib["sz"]) < 1000 for one in chart.iter() if "sz" in one.attrib):
            yield f"{sheet.name}: {name}: small letters"


def text_stands_out_from_its_ground(book: Book) -> Iterator[str]:
    """4.5:1 at least, computed for every pair of ink and fill that is in use."""
    used = {cell.style for sheet in book.sheets for cell in sheet.cells.values()}
    for style in sorted(used):
        ink, ground = _font(book, style)[0], _ground(book, style)
        if contrast(ink, ground) < 4.5:
            yield f"style {style}: {ink} on {ground}"


def colour_never_stands_alone(book: Book) -> Iterator[str]:
    """A coloured cell has a word; an assessment has a symbol and a word."""
    for sheet in book.sheets:
        headers = {(t.top, c) for t in sheet.tables for c in range(t.left, t.right + 1)}
        grounds: dict[str, set[str]] = {}
        for table in sheet.tables:
            for row, column in table.body():
                judged = sheet.text(table.top, column) == "Vurdering"
                if judged and not _VERDICT.match(sheet.text(row, column)):
                    yield f"{sheet.name}!{letters(column)}{row}: no symbol"
        for place, cell in sheet.cells.items():
            ground = _ground(book, cell.style)
            if place in headers or ground == "FFFFFF":
                continue
            if isinstance(cell.value, str) and _VERDICT.match(cell.value):
                grounds.setdefault(ground, set()).add(cell.value[0])
            elif isinstance(cell.value, str) and ground not in _PALE:
                yield f"{sheet.name}!{letters(place[1])}{place[0]}"
        for element in sheet.root.iter(f"{S}c"):
            blank = _where(element.attrib["r"]) not in sheet.cells
            if blank and _ground(book, int(element.attrib.get("s", "0"))) not in ("FFFFFF", *_PALE):
                yield f"{sheet.name}!{element.attrib['r']}"
        yield from (
            f"{sheet.name}: {ground}"
            for ground, s in grounds.items()
            if len(s) > 1 and ground not in _PALE
        )


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
    tables_have_unique_names_and_one_header_row,
    every_block_of_figures_is_a_table,
    nothing_is_merged,
    tables_stand_at_the_left_edge_one_to_a_block,
    tables_have_no_blank_row_or_column,
    empty_cells_have_a_reason,
    tables_have_title_unit_and_source_above,
    notes_are_explained_and_referred_to,
    marks_are_explained_where_they_stand,
    numbers_stay_numbers_beside_marks,
    numbers_are_written_the_danish_way,
    nothing_is_hidden,
    there_is_no_formula,
    nothing_leads_out_of_the_file,
    links_tell_where_they_lead,
    every_sheet_can_be_reached_from_the_contents,
    charts_have_axes_titles_and_gaps,
    charts_have_alternative_texts,
    charts_read_numbers_or_true_blanks,
    charts_are_told_apart_without_colour,
    charts_cover_no_cell,
    tables_have_descriptions,
    sheets_print_on_whole_pages,
    sheets_open_at_their_first_cell,
    properties_say_language_title_and_subject,
    letters_are_large_plain_and_sans_serif,
    text_stands_out_from_its_ground,
    colour_never_stands_alone,
    the_archive_is_the_same_for_the_same_figures,
)

_PALE = ("EEF2F6",)
"""The ground of emphasised rows, which says nothing by itself."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (`RRGGBB`) as WCAG 2 computes it, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _tables(book: Book) -> Iterator[tuple[SheetPart, TablePart]]:
    for sheet in book.sheets:
        for table in sheet.tables:
            yield sheet, table


def _charts(book: Book) -> Iterator[tuple[SheetPart, str, Element]]:
    for sheet in book.sheets:
        for frame in sheet.frames:
            yield sheet, frame.name, frame.chart


def _notes_line(sheet: SheetPart, table: TablePart) -> str:
    line = sheet.text(table.top - 1)
    return line if line.startswith("Noter: ") else ""


def _foot(sheet: SheetPart) -> list[str]:
    """The lines below the heading of the notes."""
    rows = [
        r
        for (r, c), cell in sheet.cells.items()
        if c == 1 and str(cell.value) in ("Noter", "Noter og tegn")
    ]
    return [
        str(cell.value)
        for (r, c), cell in sorted(sheet.cells.items())
        if rows and r > max(rows) and c == 1
    ]


def _where(reference: str) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z])(\d+)", reference)
    assert match is not None, reference
    return int(match[2]), ord(match[1]) - 64


def _style(book: Book, number: int) -> Element:
    styles = book.styles.find(f"{S}cellXfs")
    assert styles is not None
    return styles[number]


def _font(book: Book, style: int) -> tuple[str, float]:
    """(ink, size) of a style."""
    fonts = book.styles.find(f"{S}fonts")
    assert fonts is not None
    font = fonts[int(_style(book, style).attrib.get("fontId", "0"))]
    color = font.find(f"{S}color")
    ink = color.attrib.get("rgb", "00000000")[-6:] if color is not None else "000000"
    return ink, float(_value(font, "sz", S) or 0)


def _ground(book: Book, style: int) -> str:
    fills = book.styles.find(f"{S}fills")
    assert fills is not None
    fill = fills[int(_style(book, style).attrib.get("fillId", "0"))]
    pattern = fill.find(f"{S}patternFill")
    if pattern is None or pattern.attrib.get("patternType") != "solid":
        return "FFFFFF"
    color = pattern.find(f"{S}fgColor")
    return color.attrib["rgb"][-6:] if color is not None else "FFFFFF"


def _is_right(book: Book, sheet: SheetPart, table: TablePart, column: int) -> bool:
    """Whether the column is set as numbers are."""
    cell = sheet.cells[table.top, column]
    alignment = _style(book, cell.style).find(f"{S}alignment")
    return alignment is not None and alignment.attrib.get("horizontal") == "right"


def _value(element: Element | None, name: str, space: str = C) -> str:
    found = element.find(f"{space}{name}") if element is not None else None
    return found.attrib.get("val", "") if found is not None else ""


def _words(title: Element | None) -> str:
    return "".join(one.text or "" for one in title.iter(f"{A}t")) if title is not None else ""


def _look(series: Element) -> tuple[str, str, str]:
    """(colour, dash or outline, marker) of a series."""
    shape = series.find(f"{C}spPr")
    assert shape is not None
    line = shape.find(f"{A}ln")
    fill = shape.find(f"{A}solidFill/{A}srgbClr")
    if fill is not None:
        return fill.attrib["val"], "outline" if line is not None else "", ""
    assert line is not None
    color, dash = line.find(f"{A}solidFill/{A}srgbClr"), line.find(f"{A}prstDash")
    assert color is not None
    symbol = series.find(f"{C}marker/{C}symbol")
    return (
        color.attrib["val"],
        dash.attrib["val"] if dash is not None else "solid",
        symbol.attrib["val"] if symbol is not None else "",
    )


def _twice_the_same(book: Book, alternative: str) -> bool:
    """Whether a text that stands twice is of the same chart shown on two sheets."""
    frames = [
        (s.name, f.name) for s in book.sheets for f in s.frames if f.alternative == alternative
    ]
    return len({sheet for sheet, _ in frames}) == len(frames) and len({n for _, n in frames}) == 1


def _width(sheet: SheetPart) -> float:
    """The columns' width in points."""
    return sum(
        (7 * float(one.attrib["width"]) + 5)
        * 0.75
        * (int(one.attrib["max"]) - int(one.attrib["min"]) + 1)
        for one in sheet.root.iter(f"{S}col")
    )
