"""The catalogue covers the reliability page: no phrase without a case, no case without a phrase."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bad_files.catalogue import CASES
from tests.bad_files.page import PHRASES

PAGE = Path(__file__).parents[3] / "shared" / "spec" / "reliability.md"
BESIDE = frozenset(
    {
        "cpr_eleven_digits", "cpr_in_a_free_text", "date_month_name", "date_slashes_year_first",
        "date_two_digit_year", "endless_tag", "gzip_cut", "hidden_name_with_a_cpr", "html_named_xlsx",
        "mixed_encodings", "moment_at_midnight", "name_in_capitals", "name_of_a_filepart_file", "name_of_a_hidden_file",
        "name_of_a_lock_file", "name_of_a_part_file", "name_of_a_tmp_file", "name_of_no_letters",
        "name_with_an_unknown_ending", "name_with_dots_first", "name_without_an_ending",
        "new_column_of_names_called_otherwise", "no_header",
        "not_one_good_row", "part_beyond_the_last", "part_doubled", "part_zero", "parts_differ",
        "parts_disagree", "plain_comma", "plain_point", "xlsx_named_csv",
    }
)  # fmt: skip
"""Cases the page does not ask for."""


def phrases() -> list[str]:
    """The phrases of the page's list."""
    for place in (PAGE, Path("/work/shared/spec/reliability.md")):
        if place.is_file():
            listed = place.read_text("utf-8").split("## Bad files\n\n", 1)[1].split("\n\n", 1)[0]
            return listed.removesuffix(".").split("; ")
    if os.environ.get("CI") == "true":
        pytest.fail(f"{PAGE} is not there, and CI is to have it")
    pytest.skip(f"the specification is not beside this repository ({PAGE})")


def test_every_phrase_of_the_page_has_its_cases() -> None:
    assert phrases() == list(PHRASES)


def test_every_case_is_there_once_and_belongs_to_a_phrase() -> None:
    names = [case.name for case in CASES]
    assert sorted(set(names)) == sorted(names)
    asked = {name for cases in PHRASES.values() for name in cases}
    assert asked | BESIDE == set(names)
    assert not asked & BESIDE


def test_every_outcome_of_the_page_is_met() -> None:
    outcomes = {case.verdict for case in CASES if case.verdict}
    assert outcomes == {"accepted", "warned", "rejected", "suspect", "duplicate", "waiting"}
    assert "rows_quarantined" in {case.code for case in CASES}
