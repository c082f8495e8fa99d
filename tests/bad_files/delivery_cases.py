"""Deliveries that are faultless as files, and wrong as deliveries.

Belongs here: parts, files that still arrive, periods, sizes, the same again, another municipality.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.bad_files.case import CANARY, Case, income, one, people, population, wage
from tests.sources.making import INCOME, POPULATION, lines, resident

FORMER = {"population_202005.csv": lines(POPULATION, people(20)).encode()}
NEW = "population_202006.csv"
ELSEWHERE = {"kommunekode": "147", "bydel": "Udenbys"}


def rows(count: int, **cells: str) -> bytes:
    """A population of `count`."""
    return lines(
        POPULATION, [*people(1), *(resident(at, **cells) for at in range(1, count))]
    ).encode()


def dated(newest: str) -> bytes:
    """Twenty residents, the last of whom came on a day."""
    return lines(POPULATION, [*people(19), resident(19, fra=newest)]).encode()


def long_as_a_sheet(with_header: int) -> bytes:
    """A population of so many rows that the file has `with_header` lines."""
    start, row = date(1860, 1, 1), f"{CANARY};1975-04-12;M;101;Valby;{{}};"
    days = (start + timedelta(days=at) for at in range(with_header - 1))
    return lines(POPULATION, [row.format(day) for day in days]).encode()


def parts(*names: str, differing: bool = False) -> dict[str, bytes]:
    """Parts with four rows each, under the endings of their names."""
    made = {}
    for at, name in enumerate(names):
        header = f"{POPULATION};etage" if differing and at else POPULATION
        tail = ";1" if differing and at else ""
        four = [f"{row}{tail}" for row in people(4 * len(names))[4 * at : 4 * at + 4]]
        made[f"population_202006_part{name}.csv"] = lines(header, four).encode()
    return made


def broken_set(name: str, code: str, says: str, files: dict[str, bytes], why: str) -> Case:
    """Parts that are no whole set."""
    return Case(name, "rejected", code, says, why, files, before=FORMER)


def grow(folder: Path) -> None:
    """A file grows while it is looked at."""
    with (folder / NEW).open("ab") as file:
        file.write(b"x")


def vanish(folder: Path) -> None:
    """A file goes while it is looked at."""
    (folder / NEW).unlink(missing_ok=True)


ARRIVING = [
    Case("growing_without_done", "waiting", "not_at_rest", "ændrer sig stadig",
         "the transfer is not over", one(population()), before=FORMER, done=False, meanwhile=grow),
    Case("vanishing", "", "", "", "taken back before it was read: no delivery at all",
         one(population()), before=FORMER, done=False, meanwhile=vanish),
    Case("whole_in_parts", "warned", "warnings", "12 af 12", "all three parts are there",
         parts("1of3", "3of3", "2of3"), balance=(12, 0, 0)),
    broken_set("part_2_of_3_missing", "part_missing", "Del 2 af 3", parts("1of3", "3of3"),
               "half a register is no register"),
    broken_set("part_doubled", "part_doubled", "Del 1 af 2", parts("1of2", "01of2", "2of2"),
               "which of the two?"),
    broken_set("parts_disagree", "parts_disagree", "2 og 3", parts("1of2", "2of3"),
               "cut twice in different ways"),
    broken_set("part_beyond_the_last", "part_number", "Del 3", parts("1of2", "2of2", "3of2"),
               "more parts than there are"),
    broken_set("part_zero", "part_number", "Del 0", parts("0of2", "1of2", "2of2"),
               "counted from nought"),
    broken_set("parts_differ", "parts_differ", "samme kolonner", parts("1of2", "2of2", differing=True),
               "parts of two different extracts"),
]  # fmt: skip

PERIODS = [
    Case("wrong_period", "suspect", "suspect_period", "2010-01-01, men leverancen i kraft går til 2020-05",
         "an older extract under a newer name", one(dated("2010-01-01")), balance=(20, 0, 0),
         before={"population_202005.csv": dated("2020-05-20")}),
    Case("overlapping_period", "warned", "warnings", "13 af 13",
         "an append source delivers a month again: the same keys are corrections",
         {"income_202007.csv": income(("1", "2"))}, "income", (13, 0, 0),
         before={"income_202006.csv": lines(INCOME, [wage(0, "1,5", "2,5")]).encode()}),
    Case("older_file_again", "duplicate", "same_bytes", "samme indhold som population-",
         "last month's file once more: the one in force stays", one(dated("2020-04-20")),
         before={"population_202004.csv": dated("2020-04-20"),
                 "population_202005.csv": dated("2020-05-20")}),
    Case("identical_under_a_new_period", "duplicate", "same_bytes", "indlæses ikke igen",
         "the extract did not run: last month's bytes under this month's name",
         one(FORMER["population_202005.csv"]), before=FORMER),
    Case("identical_rows_under_a_new_period", "warned", "warnings", "Indholdet er et andet",
         "the same, written with other line ends",
         one(FORMER["population_202005.csv"].replace(b"\n", b"\r\n")), balance=(20, 0, 0),
         before=FORMER, warns=frozenset({"new_content"})),
]  # fmt: skip

SIZES = [
    Case("rows_minus_60_percent", "suspect", "suspect_volume", "fra 20 til 8", "most of it is gone",
         one(rows(8)), balance=(8, 0, 0), before=FORMER),
    Case("rows_plus_60_percent", "warned", "warnings", "steget med mere end halvdelen",
         "it may be right, and is told", one(rows(32)), balance=(32, 0, 0), before=FORMER,
         warns=frozenset({"growth"})),
    Case("ten_times_the_usual_size", "warned", "warnings", "Antal: 180",
         "a whole country, or every row ten times", one(rows(200)), balance=(200, 0, 0),
         before=FORMER, warns=frozenset({"growth"})),
    Case("rows_at_the_old_limit", "suspect", "format_limit", "et regneark kan rumme",
         "65,536 lines: saved from an old spreadsheet, and cut", one(long_as_a_sheet(65_536)),
         balance=(65_535, 0, 0)),
    Case("rows_beside_the_old_limit", "warned", "warnings", "65534 af 65534", "a line less is chance",
         one(long_as_a_sheet(65_535)), balance=(65_534, 0, 0)),
]  # fmt: skip

MUNICIPALITIES = [
    Case("another_municipality", "rejected", "other_municipality", "kommunekode 101",
         "somebody else's people",
         one(lines(POPULATION, [resident(at, **ELSEWHERE) for at in range(20)]).encode()),
         balance=(20, 0, 0), before=FORMER),
    Case("mostly_another_municipality", "suspect", "suspect_municipality", "under det halve",
         "a few who moved here are no reason to take it",
         one(rows(20, **ELSEWHERE)), balance=(20, 0, 0), before=FORMER,
         warns=frozenset({"municipality_share"})),
]  # fmt: skip

CASES = [*ARRIVING, *PERIODS, *SIZES, *MUNICIPALITIES]
