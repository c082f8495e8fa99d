"""Numbers, written every way.

Belongs here: hours and kroner as text and as stored numbers. Not here: dates, personal numbers.
"""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tests.bad_files.case import Case, income, wage
from tests.sources.making import INCOME, lines

NAME = "income_202006.csv"


def read(name: str, kroner: str, value: float, why: str) -> Case:
    """A way of writing a number that is read."""
    return Case(
        name, "warned", "warnings", "13 af 13", why, {NAME: income(("1", kroner))}, "income",
        (13, 0, 0), stored=("loen_kr", [20000.25] * 12 + [value]),
    )  # fmt: skip


def kept_out(name: str, kroner: str, why: str, rule: str = "number_form") -> Case:
    """A way of writing a number that cannot be known to mean one thing."""
    return Case(
        name, "warned", "rows_quarantined", "12 af 13", why, {NAME: income(("1", kroner))}, "income",
        (12, 1, 0), {rule: 1},
    )  # fmt: skip


def stored_numbers(*kroner: float) -> bytes:
    """A Parquet file of wages whose kroner are stored as numbers."""
    columns: dict[str, list[object]] = {name: [] for name in INCOME.split(";")}
    for at, value in enumerate(kroner):
        cells = [*wage(at, "1", "1").split(";")]
        for name, cell in zip(columns, cells, strict=True):
            columns[name].append(value if name == "loen_kr" else cell)
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


POINTS = lines(INCOME, [wage(at, "1.5", "1.234" if at > 10 else "1000.5") for at in range(14)])

CASES = [
    read("thousands_and_comma", "1.234,50", 1234.5, "the Danish way"),
    read("point_in_a_comma_file", "1.234", 1234.0, "the file elsewhere uses decimal comma"),
    read("plain_comma", "1234,5", 1234.5, "no thousands"),
    read("plain_point", "1234.50", 1234.5, "no thousands, decimal point"),
    Case("ambiguous_point", "warned", "rows_quarantined", "11 af 14",
         "no decimal comma anywhere: 1.234 is 1.234 or 1234, and nobody can know",
         {NAME: POINTS.encode()}, "income", (11, 3, 0), {"number_ambiguous": 3}),
    kept_out("english_thousands", "1,234.50", "comma for thousands was not agreed"),
    kept_out("blank_thousands", "1 234", "a blank for thousands was not agreed"),
    kept_out("trailing_minus", "1234,5-", "SAP's minus"),
    kept_out("brackets", "(12)", "an accountant's minus"),
    kept_out("exponent", "1e3", "a spreadsheet's short form"),
    kept_out("infinite_text", "inf", "a division by zero upstream"),
    kept_out("nan_text", "NaN", "a missing value as a programmer writes it"),
    Case("infinite_stored", "warned", "rows_quarantined", "12 af 13", "infinite as a stored number",
         {"income_202006.parquet": stored_numbers(*[1.5] * 12, float("inf"))}, "income", (12, 1, 0),
         {"number_form": 1}),
    Case("nan_stored", "warned", "warnings", "13 af 13",
         "a stored NaN is how many tools write a missing value",
         {"income_202006.parquet": stored_numbers(*[1.5] * 12, float("nan"))}, "income", (13, 0, 0),
         stored=("loen_kr", [1.5] * 12 + [None])),
]  # fmt: skip
