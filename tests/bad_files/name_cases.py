"""Names in the inbox, and things there that are no files.

Belongs here: names that would lead somewhere else, break a listing or show a number; links, pipes,
folders. Names of parts are in `delivery_cases`, names inside archives in `archive_cases`.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.bad_files.case import CANARY, Case, Content, one, population
from tests.canaries import CANARIES
from tests.sources.making import resident


def taken(name: str, file: str, why: str, *, done: bool = True) -> Case:
    """A strange name on a good file: it is read like any other."""
    return Case(
        name, "warned", "warnings", "12 af 12", why, one(population(), file), balance=(12, 0, 0),
        done=done,
    )  # fmt: skip


def left(name: str, file: str, says: str, why: str, content: Content = b"x") -> Case:
    """Something that is not read, and told of."""
    return Case(name, "", "", "", why, one(content, file), ignored=says, done=False)


def folder(path: Path) -> None:
    """A folder named like a file."""
    path.mkdir()
    (path / "population_202006.csv").write_bytes(population())


def link(path: Path) -> None:
    """A link to a good file outside the inbox."""
    target = path.parent.parent.parent / "outside.csv"
    target.write_bytes(population())
    path.symlink_to(target)


LONG = "population_202006_" + "x" * (255 - len("population_202006_.csv")) + ".csv"
LONG_ENDING = "population." + "x" * 240

NAMES = [
    taken("name_upwards", "a\\..\\..\\population_202006.csv", "`..\\` in the name"),
    taken("name_absolute", "C:\\windows\\population.csv", "an absolute path of another system"),
    taken("name_too_long", LONG, "255 characters, the longest a file can have: no companion fits beside it",
          done=False),
    taken("name_with_a_newline", "population\n202006.csv", "two lines in a list"),
    taken("name_right_to_left", "population_\u202evsc.csv", "shows as population_csv.vsc"),
    taken("name_with_a_leading_hyphen", "-rf population.csv", "an option to careless programs"),
    taken("name_with_a_cpr", f"population {CANARY} {CANARIES[1][:6]}-{CANARIES[1][6:]}.csv",
          "masked wherever the name is shown"),
    taken("name_of_no_letters", os.fsdecode(b"popul\xffation.csv"), "bytes that are no UTF-8"),
    taken("name_in_capitals", "POPULATION_202006.CSV", "case says nothing"),
    Case("name_like_a_formula", "warned", "rows_quarantined", "12 af 13",
         "the name stands in the list of rows in quarantine, which is opened in a spreadsheet",
         one(population(resident(20, bydel="Frederiksberg")), "=cmd|' !A0.csv"), balance=(12, 1, 0),
         rules={"code_unknown": 1}),
    Case("name_with_an_unknown_ending", "rejected", "file_type", "ikke er aftalt", "not agreed",
         one(population(), LONG_ENDING), done=False),
    Case("name_without_an_ending", "rejected", "file_type", "ikke er aftalt", "not agreed",
         one(population(), "population")),
]  # fmt: skip

NO_FILES = [
    left("symlink", "population_202006.csv", "henvisning", "never followed", link),
    left("fifo", "population_202006.csv", "ikke en almindelig fil", "reading it would never end",
         os.mkfifo),
    left("directory_named_like_a_file", "population_202006.csv", "en mappe", "not looked into", folder),
    left("name_of_a_hidden_file", ".population.csv", "midlertidig fil", "half a transfer"),
    left("name_with_dots_first", "..population.csv", "midlertidig fil", "half a transfer"),
    left("name_of_a_lock_file", "~$population.xlsx", "midlertidig fil", "Excel has it open"),
    left("name_of_a_tmp_file", "population.csv.TMP", "midlertidig fil", "half a transfer"),
    left("name_of_a_part_file", "population.csv.part", "midlertidig fil", "half a transfer"),
    left("name_of_a_filepart_file", "population.csv.filepart", "midlertidig fil", "half a transfer"),
    left("hidden_name_with_a_cpr", f".{CANARY}.csv", "******-****", "masked here too"),
]  # fmt: skip

CASES = [*NAMES, *NO_FILES]
