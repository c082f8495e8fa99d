"""Figures in Danish words, by the unit of the tidy table."""

from __future__ import annotations

import pytest

from plans.wording import figure_words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.1234, "andel", "12,3 pct."),
        (12.34, "pct.point", "12,3 pct.point"),
        (1234.56, "pr. 1.000", "1.234,6 pr. 1.000"),
        (42.0, "dage", "42 dage"),
        (1.5, "uger", "1,5 uger"),
        (1234.0, "antal", "1.234"),
        (2.25, "antal", "2,2"),
    ],
)
def test_a_figure_reads_by_its_unit(value: float, unit: str, words: str) -> None:
    assert figure_words(value, unit) == words


@pytest.mark.parametrize(("change", "words"), [(False, "-12,3 pct."), (True, "-12,3 pct.point")])
def test_a_change_of_shares_is_in_points(change: bool, words: str) -> None:
    assert figure_words(-0.1234, "andel", change=change) == words
