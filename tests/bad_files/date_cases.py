"""Dates, and spells of time.

Belongs here: ways of writing a date, impossible and unlikely ones, order and overlap.
"""

from __future__ import annotations

from datetime import date

from tests.bad_files.case import Case, one, population
from tests.sources.making import POPULATION, lines, resident

FIRST = date(2010, 1, 1)


def read(name: str, written: str, value: date, why: str) -> Case:
    """A way of writing a date that is read."""
    return Case(
        name, "warned", "warnings", "13 af 13", why, one(population(resident(20, fra=written))),
        balance=(13, 0, 0), stored=("fra", [FIRST] * 12 + [value]),
    )  # fmt: skip


def kept_out(
    name: str, written: str, why: str, rule: str = "date_form", column: str = "fra"
) -> Case:
    """A date that is none, or was not agreed."""
    return Case(
        name, "warned", "rows_quarantined", "12 af 13", why,
        one(population(resident(20, **{column: written}))), balance=(12, 1, 0), rules={rule: 1},
    )  # fmt: skip


DAYS = [f"{day:02d}-{13 - day:02d}-2015" for day in range(1, 13)]
EARLY = lines(POPULATION, [resident(at, fra=text) for at, text in enumerate(DAYS)])

CASES = [
    read("date_iso", "2020-06-30", date(2020, 6, 30), "the agreed form"),
    read("date_hyphens", "30-06-2020", date(2020, 6, 30), "day first"),
    read("date_points", "30.06.2020", date(2020, 6, 30), "day first"),
    read("date_slashes", "30/06/2020", date(2020, 6, 30), "day first"),
    Case("all_days_up_to_12", "warned", "warnings", "12 af 12",
         "no day tells which part is the month: day first, always", one(EARLY.encode()),
         balance=(12, 0, 0), stored=("fra", [date(2015, 13 - day, day) for day in range(1, 13)])),
    kept_out("date_run_together", "20250403", "eight digits were not agreed"),
    kept_out("date_excel_serial", "45750", "a spreadsheet's day number as text"),
    kept_out("date_two_digit_year", "30-06-20", "the century cannot be known"),
    kept_out("date_month_name", "30. juni 2020", "words were not agreed"),
    kept_out("date_slashes_year_first", "2020/06/30", "was not agreed"),
    kept_out("date_31_02", "31-02-2020", "no such day"),
    kept_out("date_year_1025", "03-04-1025", "a slip of the finger", "out_of_range"),
    kept_out("date_9999_12_31", "9999-12-31", "some systems' word for no end: blank was agreed",
             "out_of_range", "til"),
    read("date_1900_01_01", "1900-01-01", date(1900, 1, 1),
         "some systems' word for always; as the start of a residence it is a date like others"),
    kept_out("to_before_from", "2009-12-31", "ends before it begins", "til_not_before_fra", "til"),
    Case("overlapping_spells", "warned", "warnings", "Antal: 1",
         "two residences at once: the later start wins, and it is reported",
         one(population(resident(20, fra="2015-01-01", til="2016-01-01"),
                        resident(20, fra="2015-06-01"))),
         balance=(14, 0, 0), warns=frozenset({"no_overlapping_spells"})),
]  # fmt: skip
