"""The rules of "The workbook", checked on the archive itself and not through the library that wrote it."""

from __future__ import annotations

import itertools
import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
SHEETS = [
    "Forside",
    "Indhold",
    "Overblik",
    "Beskæftigelse",
    "Langtidsledighed",
    "Afgang til job",
    "Kompenserende ordninger",
    "Fleksjob",
    "Figurdata",
    "Definitioner",
    "Datakvalitet",
]
Parts = dict[str, str]


def _root(parts: Parts, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(parts[name])


def _relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    text = parts.get(f"{folder}/_rels/{name}.rels")
    if text is None:
        return {}
    return {
        one.attrib["Id"]: (
            one.attrib["Type"].rsplit("/", 1)[1],
            posixpath.normpath(posixpath.join("/", folder, one.attrib["Target"])).lstrip("/"),
        )
        for one in ElementTree.fromstring(text)
    }


def _sheets(parts: Parts) -> dict[str, str]:
    relations = _relations(parts, "xl/workbook.xml")
    found = _root(parts, "xl/workbook.xml").iter(f"{S}sheet")
    return {one.attrib["name"]: relations[one.attrib[f"{R}id"]][1] for one in found}


def _cells(parts: Parts, sheet: str) -> dict[str, str | float]:
    found: dict[str, str | float] = {}
    for cell in _root(parts, sheet).iter(f"{S}c"):
        value, text = cell.find(f"{S}v"), cell.find(f"{S}is")
        if text is not None:
            found[cell.attrib["r"]] = "".join(text.itertext())
        elif value is not None and value.text is not None:
            found[cell.attrib["r"]] = float(value.text)
    return found


def _number(column: str) -> int:
    number = 0
    for letter in column:
        number = 26 * number + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    return chr(64 + number)


def _box(reference: str) -> tuple[int, int, int, int]:
    match = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", reference)
    assert match is not None
    return _number(match[1]), int(match[2]), _number(match[3]), int(match[4])


def test_sheets_are_there_in_the_readers_order(parts: Parts) -> None:
    assert list(_sheets(parts)) == SHEETS


def test_every_table_is_named_has_one_unique_header_and_no_blank_row_or_column(
    parts: Parts,
) -> None:
    names = []
    for sheet in _sheets(parts).values():
        cells = _cells(parts, sheet)
        boxes = []
        for kind, part in _relations(parts, sheet).values():
            if kind != "table":
                continue
            table = _root(parts, part)
            names.append(table.attrib["name"])
            left, top, right, bottom = _box(table.attrib["ref"])
            headers = [cells[f"{_letters(column)}{top}"] for column in range(left, right + 1)]
            assert [one.attrib["name"] for one in table.iter(f"{S}tableColumn")] == headers
            assert len({str(header).casefold() for header in headers}) == len(headers)
            assert table.find(f"{S}autoFilter") is None
            assert table.attrib.get("headerRowCount", "1") == "1"
            for row in range(top + 1, bottom + 1):
                assert any(f"{_letters(column)}{row}" in cells for column in range(left, right + 1))
            for column in range(left, right + 1):
                assert f"{_letters(column)}{top}" in cells
            assert f"A{top - 1}" in cells, "title, unit and source stand right above"
            boxes.append((top, bottom))
        boxes.sort()
        for (_, before), (after, _) in itertools.pairwise(boxes):
            assert after > before + 3, "one table to a block"
    assert len(names) == len(set(names)) > 40
    assert not any(re.fullmatch(r"[A-Za-z]{1,3}\d+|[rRcC]\d*", name) for name in names)


def test_tables_hold_every_number_and_mark(parts: Parts) -> None:
    """Beside numbers a column holds the two marks and nothing else; zeros stay numbers."""
    zeros = marks = 0
    for title in SHEETS[3:8]:
        sheet = _sheets(parts)[title]
        cells = _cells(parts, sheet)
        for kind, part in _relations(parts, sheet).values():
            if kind == "table":
                left, top, right, bottom = _box(_root(parts, part).attrib["ref"])
                for column in range(left + 1, right + 1):
                    for row in range(top + 1, bottom + 1):
                        value = cells[f"{_letters(column)}{row}"]
                        assert isinstance(value, float) or value in ("..", "·")
                        zeros += value == 0
                        marks += value == ".."
        words = "\n".join(str(value) for value in cells.values())
        for sign in (".. Tallet", "– Nul", "· Tallet"):
            assert sign in words
    assert zeros > 10
    assert marks > 10


@pytest.mark.parametrize(
    "pattern",
    [
        r"<(\w+:)?mergeCell\b",
        r"<(\w+:)?f[\s>/]",
        r"\bhidden=\"(1|true)\"",
        r"\bstate=\"(hidden|veryHidden)\"",
        r"TargetMode=\"External\"",
        r"<(\w+:)?legacyDrawing\b",
    ],
)
def test_no_merged_hidden_formula_or_outside_link(parts: Parts, pattern: str) -> None:
    places = [
        name
        for name, text in parts.items()
        if not name.startswith("xl/charts/") and re.search(pattern, text)
    ]
    assert places == []


def test_no_macro_comment_or_external_part(parts: Parts) -> None:
    assert not [
        name for name in parts if re.search(r"vba|comment|external|customXml|calcChain", name, re.I)
    ]


def test_every_chart_has_axes_titles_series_names_and_gaps(parts: Parts) -> None:
    charts = [name for name in parts if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    assert len(charts) >= 12
    for name in charts:
        root = _root(parts, name)
        axes = [*root.iter(f"{C}catAx"), *root.iter(f"{C}valAx")]
        assert len(axes) == 2
        for axis in axes:
            delete = axis.find(f"{C}delete")
            assert delete is not None
            assert delete.attrib["val"] in ("0", "false")
            assert axis.find(f"{C}title") is not None
        for series in root.iter(f"{C}ser"):
            reference = series.find(f"{C}tx/{C}strRef/{C}f")
            assert reference is not None
            assert str(reference.text).startswith("'Figurdata'!")
        blanks = root.find(f".//{C}dispBlanksAs")
        assert blanks is not None
        assert blanks.attrib["val"] == "gap"
        language = root.find(f"{C}lang")
        assert language is not None
        assert language.attrib["val"] == "da-DK"


def test_charted_ranges_hold_numbers_or_true_blanks(parts: Parts) -> None:
    """Text in a charted range would be drawn as zero."""
    cells = _cells(parts, _sheets(parts)["Figurdata"])
    blanks = 0
    for name in [name for name in parts if name.startswith("xl/charts/chart")]:
        for reference in _root(parts, name).iter(f"{C}numRef"):
            formula = reference.find(f"{C}f")
            assert formula is not None
            column, top, _, bottom = _box(str(formula.text).split("!")[1].replace("$", ""))
            for row in range(top, bottom + 1):
                value = cells.get(f"{_letters(column)}{row}")
                assert value is None or isinstance(value, float)
                blanks += value is None
    assert blanks > 0


def test_every_chart_has_an_alternative_text_and_every_table_a_description(parts: Parts) -> None:
    frames = 0
    for name in [name for name in parts if name.startswith("xl/drawings/drawing")]:
        for frame in _root(parts, name).iter(f"{XDR}graphicFrame"):
            properties = frame.find(f"{XDR}nvGraphicFramePr/{XDR}cNvPr")
            assert properties is not None
            assert len(properties.attrib["descr"]) > 40
            assert not re.fullmatch(r"Chart \d+", properties.attrib["name"])
            frames += 1
    assert frames == len([name for name in parts if name.startswith("xl/charts/chart")])
    for name in [name for name in parts if name.startswith("xl/tables/")]:
        assert re.search(r"<x14:table altText=\"[^\"]{10,}\"", parts[name])


def test_every_sheet_is_set_up_for_view_and_print(parts: Parts) -> None:
    names = {
        one.attrib["localSheetId"]
        for one in _root(parts, "xl/workbook.xml").iter(f"{S}definedName")
        if one.attrib["name"] == "_xlnm.Print_Titles"
    }
    assert names == {str(number) for number in range(len(SHEETS))}
    for number, sheet in enumerate(_sheets(parts).values()):
        root = _root(parts, sheet)
        setup, fit = root.find(f"{S}pageSetup"), root.find(f"{S}sheetPr/{S}pageSetUpPr")
        assert setup is not None
        assert fit is not None
        assert (
            setup.attrib["paperSize"],
            setup.attrib["fitToWidth"],
            setup.attrib["fitToHeight"],
        ) == ("9", "1", "0")
        assert fit.attrib["fitToPage"] in ("1", "true")
        footer = root.findtext(f"{S}headerFooter/{S}oddFooter") or ""
        for word in ("Side &P af &N", "Indsatsplan", "30.06.2020", "version 1"):
            assert word in footer
        view = root.find(f"{S}sheetViews/{S}sheetView")
        assert view is not None
        assert view.find(f"{S}pane") is not None
        assert {one.attrib["activeCell"] for one in view.iter(f"{S}selection")} == {"A1"}
        assert (view.attrib.get("tabSelected") == "1") == (number == 0)


def test_properties_name_the_report_and_no_person(parts: Parts) -> None:
    core = parts["docProps/core.xml"]
    assert "<dc:language>da-DK</dc:language>" in core
    assert "<dc:title>Midtvejsstatus: " in core
    assert "<dc:subject>Status pr. 30. juni 2020, version 1</dc:subject>" in core
    assert re.findall(r"<dcterms:\w+[^>]*>([^<]*)<", core) == ["2020-06-30T00:00:00Z"] * 2
    assert re.findall(r"<dc:creator>([^<]*)<", core) == ["Københavns Kommune"]
    assert not re.search(r"<cp:lastModifiedBy>[^<]", core)


def test_fonts_are_named_sans_serif_and_not_small(parts: Parts) -> None:
    root = _root(parts, "xl/styles.xml")
    fonts = root.find(f"{S}fonts")
    assert fonts is not None
    for font in fonts:
        name, size = font.find(f"{S}name"), font.find(f"{S}sz")
        assert name is not None
        assert size is not None
        assert name.attrib["val"] == "Arial"
        assert float(size.attrib["val"]) >= 10


def test_archive_has_fixed_times_and_sorted_parts(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(2000, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    assert [entry.filename for entry in entries[1:]] == sorted(
        entry.filename for entry in entries[1:]
    )
