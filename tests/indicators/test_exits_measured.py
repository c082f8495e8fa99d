"""Young people's exits to education, and how long spells were."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.indicators.town import Town

TO_EDUCATION = [(1, 0), (9, 111), (90, 651)]
# 2018-W11 is on 15 March.
MARCH = "2018-03"


@pytest.mark.parametrize(
    ("born", "counted"),
    [
        (date(2002, 4, 1), 0),  # 15 at the end of March, and not in the population either
        (date(2002, 3, 31), 1),  # 16 that day
        (date(1988, 4, 1), 1),  # 29 still
        (date(1988, 3, 31), 0),  # 30 that day
    ],
)
def test_from_16_to_29_at_the_months_end(born: date, counted: int) -> None:
    town = Town()
    town.person(1, TO_EDUCATION, foedselsdato=born)
    figures = town.figures("exits", MARCH)
    assert figures.value("exits_education_young/narrow/T", MARCH) == counted


def test_only_education_and_only_the_target_group() -> None:
    town = Town()
    town.person(1, [(1, 0), (9, 111), (90, 890)], foedselsdato=date(1995, 1, 2))
    town.person(2, TO_EDUCATION, target=False, foedselsdato=date(1995, 1, 2))
    town.person(3, TO_EDUCATION, foedselsdato=date(1995, 1, 2))
    figures = town.figures("exits", MARCH)
    assert figures.value("exits_education_young/wide/T", MARCH) == 1
    assert figures.value("exits_education_young/wide/T", MARCH, "age_group", "16–24") == 1
    assert figures.value("exits_education_young/wide/T", MARCH, "age_group", "60–64") == 0


def ending_after(town: Town, number: int, weeks: int, code: int = 890) -> None:
    """Unemployed for so many weeks up to 2019-W10, then another benefit."""
    town.person(number, [(62 - weeks, 0), (weeks, 111), (42, code)])


def test_middle_and_quartiles() -> None:
    """Lengths 1, 2, 4, 8 and 10: the middle is 4; a quarter of five is 1.25, so the second; three quarters are 3.75, so the
    fourth."""
    town = Town()
    for number, weeks in enumerate((8, 1, 10, 4, 2)):
        ending_after(town, number, weeks)
    figures = town.figures("exits", "2019-04")
    found = [
        figures.value(f"spell_length/narrow|{m}/T", "2019-04") for m in ("p25", "median", "p75")
    ]
    assert found == [2, 4, 8]
    assert figures.row("spell_length/narrow|median/T", "2019-04")["denominator"] == 5
    assert pd.isna(figures.row("spell_length/narrow|median/T", "2019-04")["numerator"])
    ending_after(town, 9, 5)
    figures = town.figures("exits", "2019-04")
    # 1, 2, 4, 5, 8, 10: between the third and the fourth.
    assert figures.value("spell_length/narrow|median/T", "2019-04") == 4.5
    assert figures.value("spell_length/narrow|p25/T", "2019-04") == 2


def test_by_destination_and_without_those_begun_before_the_register() -> None:
    town = Town()
    ending_after(town, 1, 6)
    ending_after(town, 2, 20, code=651)
    ending_after(town, 3, 62)
    figures = town.figures("exits", "2019-04")
    median = "spell_length/narrow|median/T"
    assert figures.row(median, "2019-04")["denominator"] == 2
    assert figures.value(median, "2019-04", "destination", "education") == 20
    assert figures.flag(median, "2019-04", "destination", "job") == "missing"
    # The week of the exit is 2019-W11, on 14 March: in February it had not ended, in the February after it is a year old.
    assert figures.value(median, "2019-04", "destination", "other_benefit") == 6


def test_a_folded_break_is_part_of_the_length() -> None:
    town = Town()
    town.person(1, [(50, 0), (5, 111), (2, 0), (5, 111), (42, 890)])
    figures = town.figures("exits", "2019-04")
    assert figures.value("spell_length/narrow|median/T", "2019-04") == 12


def test_all_twelve_months_must_be_known() -> None:
    town = Town()
    town.person(1)
    figures = town.figures("exits", "2018-11", "2018-12")
    flags = [figures.flag("spell_length/wide|p75/T", month) for month in ("2018-11", "2018-12")]
    assert flags == ["not_computed", "missing"]


def test_exits_by_where_they_lead() -> None:
    town = Town()
    ending_after(town, 1, 6)
    ending_after(town, 2, 20, code=651)
    ending_after(town, 3, 8)
    figures = town.figures("exits", "2019-03")
    assert figures.value("exits/narrow/T", "2019-03") == 3
    for category, counted in (("other_benefit", 2), ("education", 1), ("job", 0)):
        assert figures.value("exits/narrow/T", "2019-03", "destination", category) == counted


def test_a_year_that_the_register_does_not_cover_has_no_rate() -> None:
    town = Town(weeks=26)
    ending_after(town, 1, 6)
    figures = town.figures("exits", "2020-06")
    assert figures.flag("exit_rate_job/narrow|12m/T", "2020-06") == "not_computed"
