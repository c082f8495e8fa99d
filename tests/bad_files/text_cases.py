"""Text files that are cut, in another encoding, or written in odd ways.

Belongs here: what is wrong with a text as a text. Not here: values (`number_cases`, `date_cases`,
`cpr_cases`), columns (`column_cases`).
"""

from __future__ import annotations

import unicodedata

from tests.bad_files.case import Case, canary, cases, one, people, population
from tests.sources.making import POPULATION, lines, resident

ROWS = people(12)
BYDELE = [*(["Valby"] * 12), "Østerbro", "Nørrebro"]
DANISH = lines(POPULATION, [*ROWS, resident(12, bydel="Østerbro"), resident(13, bydel="Nørrebro")])
ALL = (14, 0, 0)


def cut(name: str, content: bytes, why: str, code: str = "truncated") -> Case:
    """A file that is not all there."""
    return Case(name, "rejected", code, "skåret over", why, one(content))


def harmless(name: str, content: bytes, why: str, rows: int = 12) -> Case:
    """A file written in an odd way that loses nothing."""
    return Case(
        name, "warned", "warnings", f"{rows} af {rows}", why, one(content), balance=(rows, 0, 0)
    )


def encoded(name: str, content: bytes, why: str) -> Case:
    """The same fourteen rows in some encoding."""
    return Case(
        name,
        "warned",
        "warnings",
        "14 af 14",
        why,
        one(content),
        balance=ALL,
        stored=("bydel", BYDELE),
    )


def odd_row(name: str, row: str, why: str) -> Case:
    """One row whose cells do not fit the header."""
    return Case(
        name, "warned", "rows_quarantined", "12 af 13", why, one(population(row)),
        balance=(12, 1, 0), rules={"row_length": 1},
    )  # fmt: skip


def decomposed(text: str) -> bytes:
    """Text with its accents as characters of their own."""
    return unicodedata.normalize("NFD", text).encode()


def twice(text: str) -> bytes:
    """UTF-8 taken for Windows-1252 and written as UTF-8 again."""
    return text.encode().decode("cp1252").encode()


HEADER_TWICE = DANISH.replace("foedselsdato", "fødselsdato")

CUT = [
    Case("zero_bytes", "rejected", "empty_file", "0 byte", "a transfer that never began", one(b"")),
    Case("header_only", "rejected", "empty_file", "ingen rækker", "an extract of nobody",
         one((POPULATION + "\n").encode())),
    cut("cut_mid_line", population()[:-20], "the last row has too few cells and no line end"),
    cut("cut_mid_character", DANISH.encode()[: DANISH.encode().index("Ø".encode()) + 1],
        "half of a letter in UTF-8"),
    cut("cut_inside_quotes", population() + b'"' + canary().encode()[:15],
        "a quotation mark that is never closed"),
    Case("cut_at_a_line_end", "suspect", "suspect_volume", "fra 12 til 8",
         "nothing in the file shows it: only the fall in rows does",
         one(lines(POPULATION, people(8)).encode()), balance=(8, 0, 0),
         before={"population_202005.csv": population()}),
]  # fmt: skip

ENCODINGS = [
    encoded("utf_8", DANISH.encode(), "what most systems write"),
    encoded("utf_8_bom", DANISH.encode("utf-8-sig"), "what Excel writes"),
    encoded("windows_1252", DANISH.encode("cp1252"), "what older case systems write"),
    encoded("utf_16", DANISH.encode("utf-16"), "what SQL Server's tools write"),
    Case("double_encoded", "rejected", "double_encoded", "æ, ø og å er ødelagt",
         "Ø stands as two signs; stored so it would never be found again", one(twice(DANISH))),
    Case("double_encoded_header", "rejected", "double_encoded", "æ, ø og å er ødelagt",
         "the header itself was encoded twice", one(twice(HEADER_TWICE))),
    Case("double_encoded_in_text", "rejected", "double_encoded", "æ, ø og å er ødelagt",
         "free text, where no list of values would show it",
         {"compensation_1.csv": cases(twice("støtteperson").decode())}, "compensation"),
    Case("mixed_encodings", "rejected", "double_encoded", "blander tegnsæt",
         "files put together: one byte of Windows-1252 makes every letter of the UTF-8 two signs",
         one(DANISH.encode() + resident(30, bydel="Nørrebro").encode("cp1252") + b"\n")),
    Case("not_double_encoded", "warned", "warnings", "15 af 15",
         "legitimate text with Ã, Â and ¤ must not be taken for broken letters",
         {"compensation_1.csv": cases("JOÃO LIMÃO", "AMANHÃ… e depois", "100 ¤ Â §")}, "compensation",
         balance=(15, 0, 0)),
    Case("decomposed_in_values", "warned", "warnings", "13 af 13", "a Mac writes å as a and a ring",
         {"compensation_1.csv": decomposed(cases("på vej").decode())}, "compensation", (13, 0, 0),
         stored=("type", ["plain"] * 12 + ["på vej"])),
    encoded("decomposed_in_headers", decomposed(HEADER_TWICE), "the same in a column name"),
]  # fmt: skip

BLANKS = [
    harmless("blanks_in_headers",
             population().replace(POPULATION.encode(),
                                  " cpr\u00a0;foedselsdato\u200b;koen ;kommunekode;bydel;fra;til".encode()),
             "NBSP, zero-width and trailing blanks around column names"),
    Case("blanks_in_keys", "warned", "warnings", "13 af 14",
         "one person, thrice, with NBSP, zero-width and trailing blanks around the number",
         one(population(resident(20), resident(20, cpr="\u00a0" + resident(20).split(";")[0] + " \u200b"),
                        base=12)),
         balance=(13, 0, 1)),
    harmless("trailing_delimiter_on_data", lines(POPULATION, [row + ";" for row in ROWS]).encode(),
             "pandas would shift every column by one"),
    harmless("crlf_lf_cr_mixed",
             (POPULATION + "\r\n" + "\n".join(ROWS[:4]) + "\r" + "\r\n".join(ROWS[4:])).encode(),
             "files put together from several systems"),
    harmless("blank_rows", lines(POPULATION, [*ROWS[:3], "", ";;;;;;", *ROWS[3:]]).encode() + b"\n\n",
             "blank rows are not data"),
]  # fmt: skip

ROW_FORMS = [
    odd_row("row_too_long", resident(20) + ";x", "a delimiter inside an unquoted text"),
    odd_row("row_too_short", resident(20).rsplit(";", 3)[0], "a line broken in two"),
    Case("quoted_newlines", "warned", "warnings", "13 af 13", "a text of two lines",
         {"compensation_1.csv": cases('"to\nlinjer"')}, "compensation", (13, 0, 0),
         stored=("type", ["plain"] * 12 + ["to\nlinjer"])),
    Case("doubled_quotes", "warned", "warnings", "13 af 13", "quotation marks in a text",
         {"compensation_1.csv": cases('"siger ""ja"""')}, "compensation", (13, 0, 0),
         stored=("type", ["plain"] * 12 + ['siger "ja"'])),
    Case("nul_bytes", "rejected", "nul_bytes", "nul-tegn", "a file of a failed disk",
         one(population(resident(20, bydel="Val\x00by")))),
    Case("control_characters", "warned", "rows_quarantined", "12 af 14", "bell and escape in a text",
         {"compensation_1.csv": cases("a\x07b", "\x1b[31m")}, "compensation", (12, 2, 0),
         {"text_control": 2}),
    Case("long_text", "warned", "rows_quarantined", "12 af 13",
         "40,000 characters: Excel itself would have cut them without a word",
         {"compensation_1.csv": cases("x" * 40_000)}, "compensation", (12, 1, 0), {"text_long": 1}),
]  # fmt: skip

TOTALS = [
    Case("total_row", "warned", "rows_quarantined", "12 af 13",
         "a closing row of totals is nobody's row, and is told rather than dropped",
         one(population("I alt;;;;;;")), balance=(12, 1, 0), rules={"cpr_form": 1}),
    Case("footnote", "warned", "rows_quarantined", "12 af 13", "a note below the table is no row of data",
         one(population("Udtrukket 1. juli 2020;;;;;;")), balance=(12, 1, 0), rules={"cpr_form": 1}),
    odd_row("footnote_unpadded", "Kilde: fagsystemet", "the same without delimiters"),
    Case("repeated_header", "warned", "rows_quarantined", "13 af 14",
         "extracts put end to end: the second row of column names is kept out",
         one(population(POPULATION, resident(20))), balance=(13, 1, 0), rules={"cpr_form": 1}),
]  # fmt: skip

PLAIN_TEXT = [
    Case("formula_like_text", "warned", "warnings", "18 af 18",
         "text that a spreadsheet would run: plain text here, stored whole and never evaluated",
         {"compensation_1.csv": cases("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '"\t=1"', '"\r=1"')},
         "compensation", (18, 0, 0),
         stored=("type", ["plain"] * 12
                 + ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "=1", "=1"])),
]  # fmt: skip

CASES = [*CUT, *ENCODINGS, *BLANKS, *ROW_FORMS, *TOTALS, *PLAIN_TEXT]
