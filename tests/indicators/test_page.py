"""Every indicator that the page of definitions names is computed, and is in the catalogue."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from expectations.contract import SOURCES, load
from indicators import codes
from indicators.catalogue import catalogue
from tests.foreign.inbox import make_rows
from tests.whole.laid import fast_figures

PAGE = Path(__file__).parents[3] / "shared" / "spec" / "indicators.md"
LETTERS = {"d", "w", "t", "grad", "branche"}
"""Days, weeks and columns of DREAM that the page writes as it writes ids."""


def words_of_the_data() -> set[str]:
    """Sources, columns, codes and states: written as ids are, and none."""
    columns = [
        column for source in SOURCES for table in load(source).tables for column in table.columns
    ]
    rows = codes.code_table()
    return {
        *LETTERS,
        *SOURCES,
        *(column.name for column in columns),
        *(value for column in columns for value in column.values),
        *(state for row in rows for state in (row.state, row.activity)),
        *codes.states(),
    }


def named_on(page: str) -> set[str]:
    """The ids the page's list of indicators names; `_6` after `sustained_3` is `sustained_6`, `survey_*` any such."""
    section = page.partition("\n## Indicators\n")[2].partition("\n## ")[0]
    found: set[str] = set()
    for line in section.splitlines():
        # What stands first in a table's row is an id whatever else it is a word for.
        first = line.split("|")[1] if line.startswith("|") else ""
        stem = ""
        for word in re.findall(r"`([a-z0-9_*]+)`", line):
            if word.startswith("_"):
                found.add((re.sub(r"_\d+$", "", stem) if word[1:].isdigit() else stem) + word)
            elif f"`{word}`" in first or word not in words_of_the_data():
                stem = word
                found.add(word)
    return found


def test_ids_are_found_among_the_words() -> None:
    page = (
        "\n## Time\n`not_an_id`\n## Indicators\n| id | definition |\n|---|---|\n"
        "| `unemployed` | persons `unemployed` in `W(d)` with a `grad` of `dream` |\n"
        "| `sustained_3`, `_6` | of exits; beside it `exits` |\n| `fleksjob_employed`, `_share` | `afgjort` |\n"
        "`survey_*` (n), `course_outcome_26`, `_52`: `education` `slut`\n## Plans\n`neither`\n"
    )
    assert named_on(page) == {
        *("unemployed", "sustained_3", "sustained_6", "exits", "fleksjob_employed"),
        *("fleksjob_employed_share", "survey_*", "course_outcome_26", "course_outcome_52"),
    }


def test_every_id_of_the_catalogue_is_computed() -> None:
    table = fast_figures(make_rows(0, 30), [(2020, 12)])
    assert set(table["indicator"]) == set(catalogue())


def test_every_id_of_the_page_is_in_the_catalogue() -> None:
    if not PAGE.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{PAGE} is not there, and CI is to have it")
        pytest.skip(f"the specification is not beside this repository ({PAGE})")
    named = named_on(PAGE.read_text("utf-8"))
    assert len(named) > 50
    lacking = {name for name in named if not any(fnmatch(own, name) for own in catalogue())}
    assert lacking == set()
