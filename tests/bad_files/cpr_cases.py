"""Personal numbers, and keys.

Belongs here: every form and class of number, blank keys, keys that stand twice. No number here was ever
issued: each fails modulus 11, or is impossible.
"""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tests.bad_files.case import CANARY, Case, canary, one, people, population
from tests.foreign.cpr import passes_modulus_11
from tests.sources.making import POPULATION, lines, number, resident

EARLY = "070290"
TEN = number(20)
TARGET_GROUP = "cpr;funktionsnedsaettelse;primaer;fra;til;jobcenter;synlig"


def read(name: str, written: str, why: str, **cells: str) -> Case:
    """A way of writing a number that is read."""
    return Case(
        name, "warned", "warnings", "13 af 13", why,
        one(population(resident(20, cpr=written, **cells))), balance=(13, 0, 0),
    )  # fmt: skip


def kept_out(name: str, written: str, why: str, rule: str = "cpr_form") -> Case:
    """Something that is no personal number."""
    return Case(
        name, "warned", "rows_quarantined", "12 af 13", why,
        one(population(resident(20, cpr=written))), balance=(12, 1, 0), rules={rule: 1},
    )  # fmt: skip


def without_leading_zero() -> bytes:
    """A file all of whose numbers lost their leading zero, as a number column does."""
    rows = [resident(at) for at in range(12)]
    return lines(POPULATION, [row[1:] if row.startswith("0") else row for row in rows]).encode()


def stored(kind: pa.DataType) -> bytes:
    """A Parquet file whose numbers are stored as numbers."""
    cells = [row.split(";") for row in [resident(at) for at in range(12)]]
    columns = dict(zip(POPULATION.split(";"), map(list, zip(*cells, strict=True)), strict=True))
    table = pa.table(columns)
    numbers = pa.array([int(text) for text in columns["cpr"]], pa.int64()).cast(kind)
    buffer = io.BytesIO()
    pq.write_table(table.set_column(0, "cpr", numbers), buffer)
    return buffer.getvalue()


def of_century(seventh: int) -> Case:
    """A number of each seventh digit: who was born when is read from it, to be checked only."""
    year = {4: 1990, 9: 1990}.get(seventh, 1990 if seventh < 4 else 1890)
    serials = (f"{EARLY}{seventh}{serial:03d}" for serial in range(10, 200, 2))
    digits = next(text for text in serials if not passes_modulus_11(text))
    return read(
        f"century_digit_{seventh}",
        digits,
        f"born in {year}",
        foedselsdato=f"{year}-02-07",
        koen="K",
    )


FORMS = [
    read("cpr_hyphen", f"{TEN[:6]}-{TEN[6:]}", "the way it is printed"),
    read("cpr_modulus_11", TEN, "such numbers are issued since 2007: a warning, no fault"),
    Case("cpr_nine_digits", "warned", "warnings", "12 af 12",
         "a number column lost the leading zero everywhere", one(without_leading_zero()),
         balance=(12, 0, 0)),
    kept_out("cpr_nine_digits_among_ten", TEN[1:],
             "where others keep their zero, nine digits are a digit too few"),
    Case("cpr_numeric", "warned", "warnings", "12 af 12", "stored as whole numbers",
         one(stored(pa.int64()), "population_202006.parquet"), balance=(12, 0, 0)),
    Case("cpr_float", "warned", "warnings", "12 af 12", "stored as decimal numbers",
         one(stored(pa.float64()), "population_202006.parquet"), balance=(12, 0, 0)),
    kept_out("cpr_point_zero", f"{TEN}.0", "a decimal number written as text"),
    kept_out("cpr_inner_blank", f"{TEN[:6]} {TEN[6:]}", "a blank where the hyphen stands"),
    kept_out("cpr_blank", "", "no key", "blank"),
    kept_out("cpr_full_width", "".join(chr(0xFF10 + int(d)) for d in TEN), "full-width digits"),
    kept_out("cpr_letters", CANARY[:9] + "A", "a letter in the serial"),
    kept_out("cpr_impossible_date", "310290" + CANARY[6:], "31 February", "cpr_date"),
    kept_out("cpr_zeros", "0" * 10, "a placeholder", "cpr_date"),
    kept_out("cpr_eleven_digits", TEN + "0", "a digit too many"),
    read("cpr_replacement", "67" + TEN[2:], "day 61-91: kept, counted, never matched",
         foedselsdato="1990-02-07"),
    Case("replacement_numbers_only", "accepted", "accepted", "2 af 2",
         "no modulus to fail: accepted without a word of warning",
         {"target_group_1.csv": lines(TARGET_GROUP, [f"67{TEN[2:]};fysisk;ja;2015-01-01;;;",
                                                     f"68{TEN[2:]};syn;ja;2015-01-01;;;"]).encode()},
         "target_group", (2, 0, 0)),
    kept_out("cpr_day_92", "92" + TEN[2:], "no replacement number either", "cpr_date"),
    *[of_century(seventh) for seventh in range(10)],
]  # fmt: skip

KEYS = [
    kept_out("null_key_in_the_register", " . ", "a blank key meets nothing", "blank"),
    Case("null_key_in_a_case_extract", "warned", "rows_quarantined", "1 af 2",
         "the other side of the join: blanks must not meet blanks",
         {"target_group_1.csv": lines(TARGET_GROUP, [f"{CANARY};fysisk;ja;2015-01-01;;;",
                                                     ";fysisk;ja;2015-01-01;;;"]).encode()},
         "target_group", (1, 1, 0), {"blank": 1}),
    Case("identical_rows", "warned", "warnings", "13 af 15", "one is kept, the others counted",
         one(population(resident(20), resident(20), resident(20, fra="01-01-2010"))),
         balance=(13, 0, 2), warns=frozenset({"keys_unique"})),
    Case("conflicting_rows", "warned", "rows_quarantined", "11 af 13",
         "nobody can know which is right: all are kept out",
         one(lines(POPULATION, [*people(12), canary(bydel="Vanløse")]).encode()),
         balance=(11, 2, 0), rules={"key_conflict": 2}),
]  # fmt: skip

CASES = [*FORMS, *KEYS]
