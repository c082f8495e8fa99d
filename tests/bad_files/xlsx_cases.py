"""Tables in workbooks: where they stand, and how their cells are stored.

Belongs here: sheets, titles, hidden and merged cells, kinds of cell. Not here: what is wrong with a
workbook as a file (`archive_cases`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tests.bad_files.case import CANARY, COMPENSATION, Case, compensation, one, people
from tests.sources.making import INCOME, POPULATION, resident
from tests.sources.xlsx_making import Fault, Line, Raw, Sheet, Shown, book, serial, table

XLSX = "population_202006.xlsx"
ROWS = table(POPULATION, people(12))
HEADER, DATA = ROWS[0], ROWS[1:]
NOTE = [["Udtrukket af fagsystemet"], ["Kontakt: dataudtræk"]]
HIDDEN = 'hidden="1"'
ACTIVITY = [
    "plan",
    "aktivitet_id",
    "status",
    "statusdato",
    "kommentar",
    "revision_noedvendig",
    "revision_begrundelse",
]
RUNNING = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1")
STYLED = Raw('<c r="{r}" s="1"/>')


def harmless(
    name: str, sheets: Mapping[str, Sheet | Sequence[Any]], why: str, rows: int = 12, **how: Any
) -> Case:
    """A workbook whose table is read whole."""
    return Case(
        name, "warned", "warnings", f"{rows} af {rows}", why, one(book(sheets, **how), XLSX),
        balance=(rows, 0, 0), stored=("fra", [date(2010, 1, 1)] * rows),
    )  # fmt: skip


def refused(name: str, code: str, says: str, why: str, sheets: Mapping[str, Any]) -> Case:
    """A workbook in which the table cannot be known."""
    return Case(name, "rejected", code, says, why, one(book(sheets), XLSX))


def starting(day: object) -> list[list[Any]]:
    """The rows, each with a cell of its own kind in `fra`."""
    return [HEADER, *([*row[:5], day, *row[6:]] for row in DATA)]


def one_more(*cells: Any) -> list[list[Any]]:
    """The rows and one more."""
    return [*ROWS, list(cells)]


PERSON = [resident(20).split(";")[at] for at in range(7)]

PLACES = [
    harmless("data_on_the_second_sheet", {"Forside": [], "Udtræk": ROWS}, "the first sheet is empty"),
    harmless("sheet_named_as_the_source", {"Forside": NOTE, "population": ROWS},
             "the name says which sheet the table is"),
    refused("two_filled_sheets", "sheet_choice", "2 ark", "nobody can know which is meant",
            {"Ark1": ROWS, "Ark2": ROWS}),
    harmless("titles_above_the_header",
             {"Ark1": [["Befolkningsudtræk"], ["Dato", "30-06-2020"], None, *ROWS]},
             "case systems put a title and a date above"),
    refused("merged_header", "merged_cells", "flettede celler", "which column has the name?",
            {"Ark1": Sheet(ROWS, merged=["A1:B1"])}),
    harmless("hidden_rows", {"Ark1": [HEADER, *(Line(row, HIDDEN) for row in DATA)]},
             "read like the others"),
    harmless("very_hidden_sheet", {"Ark1": Sheet(ROWS, state="veryHidden")},
             "the only sheet with content, whoever hid it"),
    harmless("phantom_last_row", {"Ark1": [*ROWS, *[[STYLED] * 7] * 3]},
             "formatted cells below the table hold nothing"),
    harmless("total_row_in_a_sheet", {"Ark1": [*ROWS, ["I alt", None, None, 12]]},
             "a closing row of totals is not data"),
    harmless("footnotes_below_a_blank_row", {"Ark1": [*ROWS, None, *NOTE]},
             "reading stops at the blank row"),
    refused("rows_below_a_blank_row", "rows_after_blank", "tom række",
            "rows below a gap would be lost without a word", {"Ark1": [*ROWS, None, *DATA]}),
    Case("repeated_header_in_a_sheet", "warned", "rows_quarantined", "12 af 13",
         "two sheets put together", one(book({"Ark1": [*ROWS, HEADER]}), XLSX), balance=(12, 1, 0),
         rules={"cpr_form": 1}),
]  # fmt: skip

CELLS = [
    harmless("date_cells", {"Ark1": starting(date(2010, 1, 1))}, "an Excel date cell"),
    harmless("epoch_1904", {"Ark1": starting(date(2010, 1, 1))},
             "old Macs count days from 1904: four years off when overlooked", epoch_1904=True),
    Case("serial_without_a_date_format", "rejected", "over_tolerance", "over tolerancen",
         "a day number that nothing says is a day",
         one(book({"Ark1": starting(serial(date(2010, 1, 1)))}), XLSX), balance=(0, 12, 0),
         rules={"date_form": 12}),
    harmless("moment_at_midnight", {"Ark1": starting(Shown(serial(datetime(2010, 1, 1)), 22))},
             "a date with a clock at nought"),
    Case("numeric_cpr_in_a_sheet", "warned", "warnings", "12 af 12",
         "numbers: the leading zero is lost and is put back",
         one(book({"Ark1": [HEADER, *([int(row[0]), *row[1:]] for row in DATA)]}), XLSX),
         balance=(12, 0, 0)),
    Case("numbers_as_text_in_a_sheet", "warned", "warnings", "2 af 2", "Excel's green corner",
         {"income_1.xlsx": book({"income": [
             INCOME.split(";"),
             [CANARY, "2020-06", "10000001", "100,5", "20000,25", "ordinær"],
             [CANARY, "2020-07", 10000001, 100.5, 20000.25, "ordinær"]]})},
         "income", (2, 0, 0), stored=("loen_kr", [20000.25] * 2)),
    Case("text_as_numbers_in_a_sheet", "warned", "warnings", "1 af 1", "a case number stored as a number",
         {"compensation_1.xlsx": book({"compensation": [
             COMPENSATION.split(";"), [1000, *compensation("A0", "5").split(";")[1:]]]})},
         "compensation", (1, 0, 0), stored=("sag_id", ["1000"])),
    Case("error_cell", "warned", "rows_quarantined", "12 af 13", "a look-up that found nothing",
         one(book({"Ark1": one_more(*PERSON[:5], Fault("#N/A"))}), XLSX), balance=(12, 1, 0),
         rules={"error_cell": 1}),
    Case("formula_like_text_in_a_sheet", "warned", "warnings", "2 af 2",
         "text that begins like a formula is text",
         {"compensation_1.xlsx": book({"compensation": [
             COMPENSATION.split(";"), compensation("A0", "=cmd|' /C calc'!A0").split(";"),
             compensation("A1", "@SUM(A1)").split(";")]})},
         "compensation", (2, 0, 0), stored=("type", ["=cmd|' /C calc'!A0", "@SUM(A1)"])),
    Case("formula_like_text_in_a_comment", "warned", "warnings", "6 af 6",
         "the office's own comments go on to the committee's workbook: text there too",
         {"registers_1.xlsx": book({"activities": [ACTIVITY, *(
             ["indsatsplan-2018-2022", f"bi0{at}", "i gang", "2020-06-30", text, "nej"]
             for at, text in enumerate(RUNNING))]})},
         "registers", (6, 0, 0), stored=("kommentar", [text.strip() for text in RUNNING]),
         sheet="activities"),
]  # fmt: skip

CASES = [*PLACES, *CELLS]
