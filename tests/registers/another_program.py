"""A workbook as another program writes it: plain Open XML, put together without any library of spreadsheets.

Belongs here: the parts of such a file, with what ours never writes: texts in runs, a namespace prefix, no references of rows
and cells, dates as numbers in a style of its own. Not here: what stands in the cells.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | int | float | date | None
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DATE_STYLE = 1
_STYLES = (
    f'<x:styleSheet {_MAIN}><x:numFmts count="1"><x:numFmt numFmtId="177" formatCode="dd\\-mm\\-yyyy"/></x:numFmts>'
    '<x:fonts count="1"><x:font/></x:fonts><x:fills count="1"><x:fill/></x:fills>'
    '<x:borders count="1"><x:border/></x:borders>'
    '<x:cellStyleXfs count="1"><x:xf/></x:cellStyleXfs>'
    '<x:cellXfs count="2"><x:xf/><x:xf numFmtId="177" applyNumberFormat="1"/></x:cellXfs></x:styleSheet>'
)


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    """Write the sheets in their order, the first row of each being its header."""
    names = list(sheets)
    numbers = range(1, len(names) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/ark{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            for n in numbers
        )
        + "</Types>",
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<x:workbook {_MAIN} xmlns:r="{_OFFICE}"><x:sheets>'
        + "".join(
            f'<x:sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in zip(numbers, names, strict=True)
        )
        + "</x:sheets></x:workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *((f"rId{n}", "worksheet", f"worksheets/ark{n}.xml") for n in numbers),
                ("rIdStil", "styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _STYLES,
    }
    for n, name in zip(numbers, names, strict=True):
        rows = "".join(f"<x:row>{''.join(map(_cell, row))}</x:row>" for row in sheets[name])
        sheet = f"<x:worksheet {_MAIN}><x:sheetData>{rows}</x:sheetData></x:worksheet>"
        parts[f"xl/worksheets/ark{n}.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, _HEAD + content)


def _relations(links: Sequence[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return "<x:c/>"
        case date():
            serial = cell.toordinal() - date(1899, 12, 30).toordinal()
            return f'<x:c s="{_DATE_STYLE}"><x:v>{serial}</x:v></x:c>'
        case str():
            # A word that was made bold stands in a run of its own.
            first, _, rest = cell.partition(" ")
            runs = [first, f" {rest}"] if rest else [first]
            inner = "".join(
                f'<x:r><x:t xml:space="preserve">{escape(run)}</x:t></x:r>' for run in runs
            )
            return f'<x:c t="inlineStr"><x:is>{inner}</x:is></x:c>'
        case _:
            return f"<x:c><x:v>{cell}</x:v></x:c>"
