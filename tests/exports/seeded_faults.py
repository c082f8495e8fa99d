"""Faults put into a good workbook's archive, each with the rule that must find it.

Belongs here: the spoiling, part by part, as text. Not here: the rules (`rules_of_…`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.exports import rules_of_charts as charts
from tests.exports import rules_of_looks as looks
from tests.exports import rules_of_printing as printing
from tests.exports import rules_of_sheets as sheets
from tests.exports import rules_of_tables as tables
from tests.exports.archive import Book, Parts
from tests.exports.rule_parts import Rule


@dataclass(frozen=True)
class Fault:
    """What is wrong, the sheet (by its tab) or part it is put into, how, and the rule that finds it."""

    what: str
    part: str
    spoil: Callable[[str], str]
    rule: Rule

    def put(self, parts: Parts) -> Parts:
        """The parts with the fault; raises `AssertionError` when nothing was changed."""
        by_name = {sheet.name: sheet.part for sheet in Book(parts).sheets}
        part = by_name.get(self.part, self.part)
        spoiled = self.spoil(parts[part])
        assert spoiled != parts[part], f"{self.what}: nothing to spoil"
        return {**parts, part: spoiled}


def _swap(find: str, put: str) -> Callable[[str], str]:
    return lambda text: re.sub(find, put, text, count=1, flags=re.DOTALL)


def _break_over_the_notes(text: str) -> str:
    found = re.search(r'<row r="(\d+)"[^>]*><c [^>]*><is><t[^>]*>Noter og tegn<', text)
    assert found is not None
    return f'<rowBreaks><brk id="{int(found[1]) - 1}"/></rowBreaks>'


_FRONT, _CONTENTS, _OVERVIEW, _WORK = "Forside", "Indhold", "Overblik", "Beskæftigelse"
_BOOK, _STYLES, _CORE = "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml"
_TABLE, _CHART, _DRAWING = (
    "xl/tables/table1.xml",
    "xl/charts/chart1.xml",
    "xl/drawings/drawing1.xml",
)

FAULTS = (
    Fault(
        "cells merged in a sheet",
        _WORK,
        _swap(
            "</sheetData>",
            '</sheetData><mergeCells count="1"><mergeCell ref="B9:C9"/></mergeCells>',
        ),
        sheets.nothing_is_merged,
    ),
    Fault(
        "a hidden row",
        _WORK,
        _swap(r'<row r="12"', '<row r="12" hidden="1"'),
        sheets.nothing_is_hidden,
    ),
    Fault(
        "a hidden column", _WORK, _swap(r"<col ", '<col hidden="true" '), sheets.nothing_is_hidden
    ),
    Fault(
        "a hidden sheet",
        _BOOK,
        _swap(r'state="visible"', 'state="veryHidden"'),
        sheets.nothing_is_hidden,
    ),
    Fault("a formula in a cell", _WORK, _swap(r"<v>", "<f>1+1</f><v>"), sheets.there_is_no_formula),
    Fault(
        "a link out of the file",
        "xl/_rels/workbook.xml.rels",
        _swap("<Relationship ", '<Relationship TargetMode="External" '),
        sheets.nothing_leads_out_of_the_file,
    ),
    Fault(
        "a tab that says nothing",
        _BOOK,
        _swap(r'name="Forside"', 'name="Ark1"'),
        sheets.tabs_are_named_for_what_they_hold,
    ),
    Fault(
        "a table without a name of its own",
        _TABLE,
        _swap(r'displayName="[^"]*"', 'displayName="Tabel1"'),
        tables.tables_have_unique_names_and_one_header_row,
    ),
    Fault(
        "a table that begins in column B",
        _TABLE,
        _swap(r' ref="A(\d+):', r' ref="B\1:'),
        tables.tables_stand_at_the_left_edge_one_to_a_block,
    ),
    Fault(
        "a table that takes in the empty row below it",
        _TABLE,
        lambda text: re.sub(
            r' ref="(A\d+:[A-Z])(\d+)"', lambda m: f' ref="{m[1]}{int(m[2]) + 1}"', text
        ),
        tables.tables_have_no_blank_row_or_column,
    ),
    Fault(
        "a table without a description",
        _TABLE,
        _swap(r"altText=\"[^\"]*\"", 'altText=""'),
        tables.tables_have_descriptions,
    ),
    Fault(
        "a number as text beside numbers",
        _WORK,
        _swap(
            r'<c r="B(\d+)"( s="\d+")? t="n"><v>([\d.]+)</v>',
            r'<c r="B\1"\2 t="inlineStr"><is><t>\3</t></is>',
        ),
        tables.numbers_stay_numbers_beside_marks,
    ),
    Fault(
        "a number outside every table",
        _FRONT,
        _swap(r"</row>", '<c r="J1"><v>7</v></c></row>'),
        tables.every_block_of_figures_is_a_table,
    ),
    Fault(
        "an axis that is not drawn",
        _CHART,
        _swap(r'(<(?:c:)?delete) val="0"', r'\1 val="1"'),
        charts.charts_have_axes_titles_and_gaps,
    ),
    Fault(
        "a hidden figure drawn as zero",
        _CHART,
        _swap(r'dispBlanksAs val="gap"', 'dispBlanksAs val="zero"'),
        charts.charts_have_axes_titles_and_gaps,
    ),
    Fault(
        "a chart without alternative text",
        _DRAWING,
        _swap(r'descr="[^"]*"', 'descr=""'),
        charts.charts_have_alternative_texts,
    ),
    Fault(
        "two lines drawn alike",
        _CHART,
        lambda text: re.sub(
            r'prstDash val="\w+"',
            'prstDash val="solid"',
            re.sub(r'symbol val="\w+"', 'symbol val="circle"', text),
        ),
        looks.charts_are_told_apart_without_colour,
    ),
    Fault(
        "a chart over a table",
        _DRAWING,
        _swap(r"(<(?:xdr:)?to>.*?<(?:xdr:)?row>)\d+", r"\g<1>200"),
        charts.charts_cover_no_cell,
    ),
    Fault(
        "small letters",
        _STYLES,
        _swap(r'<sz val="10"', '<sz val="8"'),
        looks.letters_are_large_plain_and_sans_serif,
    ),
    Fault(
        "a serif font",
        _STYLES,
        _swap(r'<name val="Arial"', '<name val="Times New Roman"'),
        looks.letters_are_large_plain_and_sans_serif,
    ),
    Fault(
        "pale text on white",
        _STYLES,
        lambda text: text.replace("52606D", "C8CDD2"),
        looks.text_stands_out_from_its_ground,
    ),
    Fault(
        "an assessment by colour alone",
        _OVERVIEW,
        _swap(r"[●▲▼○] (opfyldt|på vej|bagud|kan ikke vurderes)", r"\1"),
        looks.colour_never_stands_alone,
    ),
    Fault(
        "no language", _CORE, _swap("da-DK", ""), sheets.properties_say_language_title_and_subject
    ),
    Fault(
        "a person in the properties",
        _CORE,
        _swap(
            r"</cp:coreProperties>", "<cp:lastModifiedBy>Bo</cp:lastModifiedBy></cp:coreProperties>"
        ),
        sheets.properties_say_language_title_and_subject,
    ),
    Fault(
        "the cursor left in the middle",
        _WORK,
        _swap(r'activeCell="A1"', 'activeCell="D9"'),
        sheets.sheets_open_at_their_first_cell,
    ),
    Fault(
        "a second sheet in front",
        _WORK,
        _swap("<sheetView ", '<sheetView tabSelected="1" '),
        sheets.sheets_open_at_their_first_cell,
    ),
    Fault(
        "no repeated header in print",
        _BOOK,
        _swap(r"_xlnm\.Print_Titles", "Overskrift"),
        sheets.sheets_print_on_whole_pages,
    ),
    Fault(
        "columns cut by the page",
        _WORK,
        _swap(r'fitToWidth="1"', 'fitToWidth="0"'),
        sheets.sheets_print_on_whole_pages,
    ),
    Fault(
        "a page that ends within a table",
        "Datakvalitet",
        _swap("</sheetData>", '</sheetData><rowBreaks><brk id="9"/></rowBreaks>'),
        printing.pages_that_go_on_with_a_table_show_its_header,
    ),
    Fault(
        "a row that makes its page too long",
        _WORK,
        _swap(r'(<row r="12"[^>]*) ht="[^"]*"', r'\1 ht="790"'),
        printing.pages_end_where_the_sheet_says,
    ),
    Fault(
        "notes alone on the last page",
        _WORK,
        lambda text: text.replace("</sheetData>", f"</sheetData>{_break_over_the_notes(text)}"),
        printing.notes_stand_with_what_they_explain,
    ),
    Fault(
        "letters printed too small to read",
        _WORK,
        _swap(r'(<col [^>]*)width="[^"]*"', r'\1width="90"'),
        sheets.sheets_print_on_whole_pages,
    ),
    Fault(
        "a column too narrow for its words",
        _WORK,
        _swap(r'(<col [^>]*)width="[^"]*"', r'\1width="5"'),
        printing.words_and_numbers_have_room,
    ),
    Fault(
        "a sheet that does not say whose it is",
        _WORK,
        _swap(r"status pr\.", "om"),
        sheets.sheets_begin_with_their_title,
    ),
    Fault(
        "a mark where a chart reads numbers",
        "Figurdata",
        _swap(
            r'<c r="B(\d+)"( s="\d+")? t="n"><v>[\d.]+</v>',
            r'<c r="B\1"\2 t="inlineStr"><is><t>..</t></is>',
        ),
        charts.charts_read_numbers_or_true_blanks,
    ),
    Fault(
        "a note that nothing explains",
        _WORK,
        _swap(r"Noter: 1", "Noter: 9"),
        tables.notes_are_explained_and_referred_to,
    ),
    Fault(
        "a mark that nothing explains",
        _WORK,
        _swap(r"\.\. Tallet vises ikke", "Tallet vises ikke"),
        tables.marks_are_explained_where_they_stand,
    ),
    Fault(
        "a dash where nothing is told",
        _OVERVIEW,
        _swap(r"(<is><t[^>]*>)nej(</t></is>)", r"\1–\2"),
        tables.a_dash_is_a_zero,
    ),
    Fault(
        "the same chart from two tables",
        _CHART,
        _swap(r"\$B\$(\d+):\$B\$", r"$C$\1:$C$"),
        charts.a_chart_shown_twice_reads_one_table,
    ),
    Fault(
        "a table without a source",
        _WORK,
        _swap(r"Kilde: ", "Fra "),
        tables.tables_have_title_unit_and_source_above,
    ),
    Fault(
        "a link called `her`",
        _FRONT,
        _swap(r"Gå til overblikket over planens mål", "her"),
        sheets.links_tell_where_they_lead,
    ),
    Fault(
        "a sheet the contents leave out",
        _CONTENTS,
        _swap(r"'Fleksjob'!A1", "'Forside'!A1"),
        sheets.every_sheet_can_be_reached_from_the_contents,
    ),
    Fault(
        "a raised digit as a note sign",
        _WORK,
        _swap(r"Enhed: pct", "Enhed¹: pct"),
        looks.letters_are_large_plain_and_sans_serif,
    ),
    Fault(
        "an empty cell without a reason",
        _OVERVIEW,
        _swap(r"<is><t[^>]*>pct\.</t></is>", ""),
        tables.empty_cells_have_a_reason,
    ),
    Fault(
        "an English number format",
        _STYLES,
        lambda text: text.replace("[$-406]#,##0;", "#,##0;"),
        tables.numbers_are_written_the_danish_way,
    ),
    Fault(
        "the time of writing in the properties",
        _CORE,
        _swap(r"\d{4}-\d\d-\d\dT00:00:00Z", "2026-01-02T10:11:12Z"),
        sheets.the_archive_is_the_same_for_the_same_figures,
    ),
)
