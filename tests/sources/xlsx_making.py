"""Makes .xlsx files from the XML up, so that a test's file holds exactly what the test means.

`book({"population": rows})` gives the bytes of a workbook. A cell is written after what it is:
text as an inline string, numbers, booleans and dates as Excel stores them, None not at all; the
classes below make the other kinds. A row may be None (missing in the sheet) or a `Line`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DAY_FORMAT = 14


@dataclass(frozen=True)
class Shared:
    """A shared string; `runs` makes it rich text, `guide` a phonetic guide beside it."""

    text: str = ""
    runs: tuple[str, ...] = ()
    guide: str = ""

    def xml(self) -> str:
        """Its entry among the shared strings."""
        runs = "".join(f"<r><rPr><b/></rPr>{_t(run)}</r>" for run in self.runs)
        guide = f'<rPh sb="0" eb="1">{_t(self.guide)}</rPh>' if self.guide else ""
        return f"<si>{runs or _t(self.text)}{guide}</si>"


@dataclass(frozen=True)
class Shown:
    """A number with a number format: a built-in number, or the code of one of the user's own."""

    number: float | str
    form: int | str


@dataclass(frozen=True)
class Formula:
    """A formula with the value Excel last saw, or none."""

    text: str
    cached: float | None = None


@dataclass(frozen=True)
class Fault:
    """An error cell such as #N/A."""

    text: str = "#N/A"


@dataclass(frozen=True)
class Raw:
    """The XML of a cell as it stands; `{r}` is its reference."""

    xml: str


@dataclass(frozen=True)
class Line:
    """A row with attributes of its own, such as `hidden="1"`."""

    cells: Sequence[Any]
    attributes: str = ""


@dataclass
class Sheet:
    """A worksheet. `state` is `visible`, `hidden` or `veryHidden`; `start` its first row's number;
    `before`, `after` XML on either side of the rows.
    """

    rows: Sequence[Any]
    state: str = "visible"
    start: int = 1
    before: str = ""
    after: str = ""
    merged: Sequence[str] = ()


@dataclass
class _Shared:
    strings: list[Shared] = field(default_factory=list)
    formats: list[int | str] = field(default_factory=lambda: [0, DAY_FORMAT])

    def style(self, form: int | str) -> int:
        if form not in self.formats:
            self.formats.append(form)
        return self.formats.index(form)


def book(
    sheets: Mapping[str, Sheet | Sequence[Any]],
    *,
    epoch_1904: bool = False,
    parts: Mapping[str, str | bytes] | None = None,
    content_types: str = "",
    relations: str = "",
) -> bytes:
    """The bytes of a workbook. `parts` are put beside or in place of the usual ones;
    `content_types` and `relations` (of the workbook) are XML put into those lists.
    """
    shared = _Shared()
    made = {
        name: sheet if isinstance(sheet, Sheet) else Sheet(sheet) for name, sheet in sheets.items()
    }
    written: dict[str, str | bytes] = {}
    for number, sheet in enumerate(made.values(), 1):
        written[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet, shared, epoch_1904)
    numbers = range(1, len(made) + 1)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, (name, sheet) in zip(numbers, made.items(), strict=True)
    )
    written["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(epoch_1904)}"/><sheets>{listed}</sheets></workbook>'
    )
    related = "".join(
        _relation(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers
    )
    related += _relation("rId901", "styles", "styles.xml")
    related += _relation("rId902", "sharedStrings", "sharedStrings.xml") + relations
    written["xl/_rels/workbook.xml.rels"] = _relations(related)
    written["xl/styles.xml"] = _styles(shared.formats)
    entries = "".join(entry.xml() for entry in shared.strings)
    written["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{MAIN}">{entries}</sst>'
    written["_rels/.rels"] = _relations(_relation("rId1", "officeDocument", "xl/workbook.xml"))
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    written["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f"{overrides}{content_types}</Types>"
    )
    return archive({**written, **(parts or {})})


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Any archive of named parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def relation(kind: str, target: str, *, external: bool = False) -> str:
    """A relationship of the workbook, for `book`'s `relations`."""
    mode = ' TargetMode="External"' if external else ""
    return _relation("rId950", kind, target).replace("/>", f"{mode}/>")


def table(header: str, rows: Sequence[str]) -> list[list[Any]]:
    """A table written with `;` as rows of text cells, blank ones left out."""
    return [[cell or None for cell in line.split(";")] for line in [header, *rows]]


def letters(column: int) -> str:
    """The letters of a column numbered from 0."""
    text, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        text = chr(65 + last) + text
    return text


def serial(day: date, *, epoch_1904: bool = False) -> float:
    """The number Excel stores for a day (or a moment)."""
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    found = (moment - start).total_seconds() / 86_400
    return int(found) if found.is_integer() else found


def _sheet(sheet: Sheet, shared: _Shared, epoch_1904: bool) -> str:
    rows = []
    for number, row in enumerate(sheet.rows, sheet.start):
        if row is None:
            continue
        line = row if isinstance(row, Line) else Line(row)
        cells = "".join(
            _cell(f"{letters(at)}{number}", value, shared, epoch_1904)
            for at, value in enumerate(line.cells)
        )
        rows.append(f'<row r="{number}" {line.attributes}>{cells}</row>')
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    merged = f"<mergeCells>{areas}</mergeCells>" if areas else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheet.before}'
        f"<sheetData>{''.join(rows)}</sheetData>{merged}{sheet.after}</worksheet>"
    )


def _cell(place: str, value: Any, shared: _Shared, epoch_1904: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Raw):
        return value.xml.replace("{r}", place)
    if isinstance(value, Shared):
        shared.strings.append(value)
        return f'<c r="{place}" t="s"><v>{len(shared.strings) - 1}</v></c>'
    if isinstance(value, Fault):
        return f'<c r="{place}" t="e"><v>{value.text}</v></c>'
    if isinstance(value, Formula):
        cached = "" if value.cached is None else f"<v>{value.cached}</v>"
        return f'<c r="{place}"><f>{escape(value.text)}</f>{cached}</c>'
    if isinstance(value, Shown):
        return f'<c r="{place}" s="{shared.style(value.form)}"><v>{value.number}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{serial(value, epoch_1904=epoch_1904)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is>{_t(value)}</is></c>'


def _t(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text)}</t>'


def _styles(formats: Sequence[int | str]) -> str:
    own = [form for form in formats if isinstance(form, str)]
    codes = "".join(
        f'<numFmt numFmtId="{n}" formatCode={quoteattr(form)}/>' for n, form in enumerate(own, 164)
    )
    numbers = [form if isinstance(form, int) else 164 + own.index(form) for form in formats]
    cells = "".join(f'<xf numFmtId="{n}" fontId="0" applyNumberFormat="1"/>' for n in numbers)
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>'
    )


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}/>'


def _relations(listed: str) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'
