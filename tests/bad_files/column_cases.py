"""Columns: doubled, new, renamed, moved; and codes.

Belongs here: what is wrong with a header, and with values that come from a list.
"""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tests.bad_files.case import (
    CANARY,
    COMPENSATION,
    Case,
    cases,
    compensation,
    one,
    people,
    population,
)
from tests.canaries import CANARIES, NAME
from tests.sources.making import INCOME, POPULATION, lines, number, resident

WEEKS = [f"y_20{week:02d}" for week in range(1, 13)]
DREAM = ";".join(["PNR", *WEEKS, "branche_2020_01"])


def with_column(name: str, cells: list[str]) -> bytes:
    """A population file with one column more."""
    rows = [f"{row};{cell}" for row, cell in zip(people(len(cells)), cells, strict=True)]
    return lines(f"{POPULATION};{name}", rows).encode()


def personal(name: str, column: str, cells: list[str], why: str) -> Case:
    """A new column with personal data, which was not agreed."""
    return Case(
        name, "rejected", "personal_column", "ikke er aftalt", why, one(with_column(column, cells))
    )


def reordered() -> bytes:
    """The columns in the opposite order."""
    rows = [";".join(reversed(row.split(";"))) for row in [POPULATION, *people(12)]]
    return lines(rows[0], rows[1:]).encode()


def dream(*codes: str) -> bytes:
    """A DREAM file: twelve rows of dagpenge, then a row for each code in its last week."""
    persons = [CANARY, *(number(at) for at in range(1, 12 + len(codes)))]
    last = ["111"] * 12 + list(codes)
    rows = [f"{cpr};{'111;' * 11}{code};" for cpr, code in zip(persons, last, strict=True)]
    return lines(DREAM, rows).encode()


def stored_otherwise() -> bytes:
    """Wages in Parquet with every number as text and every text of digits as a number."""
    columns: dict[str, list[object]] = {
        "cpr": [number(at) for at in range(12)],
        "maaned": [202006] * 12,
        "cvr": [10000001.0] * 12,
        "loentimer": ["100,50"] * 12,
        "loen_kr": ["20.000,25"] * 12,
        "ansaettelsesform": ["ordinær"] * 12,
    }
    assert list(columns) == INCOME.split(";")
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def case_numbers_stored() -> bytes:
    """Compensation cases in Parquet with their case numbers as decimal numbers."""
    rows = [compensation("A0", "plain").split(";") for _ in range(12)]
    columns: dict[str, list[object]] = {
        name: [row[at] for row in rows] for at, name in enumerate(COMPENSATION.split(";"))
    }
    columns["sag_id"] = [1000.0 + at for at in range(12)]
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


COLUMNS = [
    Case("duplicate_column", "rejected", "duplicate_column", "bydel", "which of them is meant?",
         one(with_column("bydel", ["Valby"] * 12))),
    Case("new_harmless_column", "warned", "warnings", "12 af 12",
         "kept out, named in the record, and warned of", one(with_column("etage", ["2"] * 12)),
         balance=(12, 0, 0), warns=frozenset({"no_unknown_columns"})),
    personal("new_column_of_cpr_numbers", "reference", [CANARIES[1]] * 12,
             "minimisation: numbers under a harmless name"),
    personal("new_column_of_hyphenated_cpr_numbers", "note",
             [f"se {CANARIES[1][:6]}-{CANARIES[1][6:]}"] + ["ingen"] * 11, "one in a text is enough"),
    personal("new_column_named_cpr", "cpr_aegtefaelle", [""] * 12, "the name says it"),
    personal("new_column_of_names", "Borgers Navn", [NAME] * 12, "the name says it"),
    Case("new_column_of_names_called_otherwise", "warned", "warnings", "12 af 12",
         "kept out like any other", one(with_column("kontakt", [NAME] * 12)),
         balance=(12, 0, 0), warns=frozenset({"no_unknown_columns"})),
    Case("renamed_column", "rejected", "missing_column", "”bydele” kan være ”bydel”",
         "with the likely match", one(population().replace(b";bydel;", b";bydele;"))),
    Case("reordered_columns", "warned", "warnings", "12 af 12", "any order will do",
         one(reordered()), balance=(12, 0, 0), stored=("bydel", ["Valby"] * 12)),
    Case("no_header", "rejected", "no_header", "aftalte kolonnenavne", "the rows alone",
         one(lines(people(1)[0], people(12)[1:]).encode())),
]  # fmt: skip

CODES = [
    Case("unknown_code", "warned", "rows_quarantined", "12 af 13", "not one of the agreed values",
         one(population(resident(20, bydel="Frederiksberg"))), balance=(12, 1, 0),
         rules={"code_unknown": 1}),
    Case("code_spelled_otherwise", "warned", "warnings", "15 af 15", "case, blanks and ø/oe are alike",
         one(population(resident(20, bydel="NOERREBRO"), resident(21, bydel=" amager  øst"),
                        resident(22, bydel="Brønshøj Husum"))),
         balance=(15, 0, 0),
         stored=("bydel", ["Valby"] * 12 + ["Nørrebro", "Amager Øst", "Brønshøj-Husum"])),
    Case("mistyped_code", "warned", "rows_quarantined", "12 af 13", "two letters changed places",
         one(population(resident(20, bydel="Vably"))), balance=(12, 1, 0), rules={"code_unknown": 1}),
    Case("unknown_benefit_code", "warned", "warnings", "13 af 13",
         "counted, listed in the quality sheet and treated as another benefit: never as job",
         {"dream_202006.csv": dream("998")}, "dream", (13, 0, 0)),
    Case("retired_benefit_code", "warned", "warnings", "13 af 13",
         "a code no longer in use is right in old weeks, and read in new ones",
         {"dream_202006.csv": dream("730")}, "dream", (13, 0, 0)),
    Case("mistyped_benefit_code", "warned", "rows_quarantined", "12 af 15", "no three digits",
         {"dream_202006.csv": dream("1I1", "11", "1111")}, "dream", (12, 3, 0), {"week_code_form": 3}),
    Case("numbers_as_text", "warned", "warnings", "12 af 12",
         "a file type with types, used as if it had none",
         {"income_202006.parquet": stored_otherwise()}, "income", (12, 0, 0),
         stored=("cvr", [10000001] * 12)),
    Case("text_as_numbers", "warned", "warnings", "12 af 12",
         "case numbers stored as decimal numbers: 1000, not 1000.0",
         {"compensation_1.parquet": case_numbers_stored()}, "compensation", (12, 0, 0),
         stored=("sag_id", [str(1000 + at) for at in range(12)])),
    Case("cpr_in_a_free_text", "warned", "rows_quarantined", "12 af 13",
         "a number in a text would be stored in clear",
         {"compensation_1.csv": cases(f"se {CANARY[:6]}-{CANARY[6:]}")}, "compensation", (12, 1, 0),
         {"text_cpr": 1}),
    Case("not_one_good_row", "rejected", "over_tolerance", "over tolerancen",
         "a table of another kind with the right names",
         {"compensation_1.csv": lines(COMPENSATION, ["x;y;z;;;;;;;;;;;;"] * 3).encode()},
         "compensation", (0, 3, 0), {"cpr_form": 3}),
]  # fmt: skip

CASES = [*COLUMNS, *CODES]
