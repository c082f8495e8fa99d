"""The money of the plans: the papers' own sums hold, and price levels are never mixed."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from plans.budget import BudgetLine, BudgetTable, Money, PriceLevelError, Span, total
from plans.loading import load_plan, plan_ids
from plans.parts import NOT_STATED
from synthetic.economy import EFFORT_LINES


def table(plan: str, name: str) -> BudgetTable:
    return next(one for one in load_plan(plan).budget if one.id == name)


@pytest.mark.parametrize(
    ("name", "years", "over_all"),
    [
        ("i-alt", {2024: 8500, 2025: 10900, 2026: 10900, 2027: 10900}, 41200),
        ("service", {2024: 5500, 2025: 3900, 2026: 3900, 2027: 3900}, 17200),
        ("overfoersler", {2024: 3000, 2025: 7000, 2026: 7000, 2027: 7000}, 24000),
    ],
)
def test_the_sums_of_the_request(name: str, years: dict[int, int], over_all: int) -> None:
    asked = table("bi05-2024-2027", "bi05")
    control = next(one for one in asked.controls if one.id == name)
    lines = [line for line in asked.lines if line.id in control.lines]
    sums = {year: asked.sum_of(lines, year) for year in years}
    assert {year: one.thousands for year, one in sums.items()} == years == control.amounts
    assert total(sums.values()) == Money(over_all, "2024 p/l")
    assert control.total == over_all


def test_the_areas_are_the_whole() -> None:
    asked = table("bi05-2024-2027", "bi05")
    by_grant = {"35.10": 0, "35.30": 0}
    for line in asked.lines:
        amounts = [asked.money(line, year) for year in line.years]
        by_grant[line.grant] += total([one for one in amounts if one is not None]).thousands
    assert by_grant == {"35.10": 17200, "35.30": 24000}
    assert sum(by_grant.values()) == 41200
    assert {(line.committee, line.direction) for line in asked.lines} == {("BIU", "U")}


def test_earlier_money_adds_up_within_a_year_alone() -> None:
    earlier = table("bi05-2024-2027", "tidligere")
    sums = {year: earlier.sum_of(earlier.lines, year) for year in range(2020, 2025)}
    assert [one.thousands for one in sums.values()] == [8800, 8800, 15900, 14900, 6100]
    with pytest.raises(PriceLevelError, match="løbende p/l 2020 og løbende p/l 2021"):
        total(sums.values())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024 p/l", "løbende p/l 2024"),
        ("løbende p/l 2022", "løbende p/l 2023"),
        ("2024 p/l", NOT_STATED),
        # Two levels that nobody has told may differ.
        (NOT_STATED, NOT_STATED),
    ],
)
def test_price_levels_are_not_added(first: str, second: str) -> None:
    with pytest.raises(PriceLevelError):
        Money(1, first) + Money(1, second)


def test_an_amount_that_can_be_read_in_two_ways_is_no_amount() -> None:
    (line,) = (one for one in table("handicappolitik-2009-2012", "job").lines if one.spans)
    assert [line.promised(year) for year in line.years] == [None, None, None]
    for year in (2010, 2011, 2012):
        assert "2,7 mill. kr. i 2010-2012" in line.words_of(year)
        assert "pr. år eller i alt" in line.words_of(year)
        assert NOT_STATED in line.words_of(year)


@pytest.mark.parametrize(
    ("reading", "each", "words"),
    [
        ("each_year", 3800, ""),
        ("in_total", None, "3,8 mio. er i alt for årene, så årets beløb er ikke oplyst."),
        (
            None,
            None,
            "3,8 mio.: det fremgår ikke, om beløbet er pr. år eller i alt, så årets beløb er ikke oplyst.",
        ),
    ],
)
def test_how_a_span_is_read(reading: str | None, each: int | None, words: str) -> None:
    span = Span.model_validate(
        {"first": 2023, "last": 2024, "thousands": 3800, "reading": reading, "raw": "3,8 mio."}
    )
    line = BudgetLine(id="x", title="X", spans=(span,))
    assert [line.promised(year) for year in (2022, 2023, 2024)] == [None, each, each]
    assert line.words_of(2023) == words


def test_an_empty_cell_is_neither_zero_nor_forgotten() -> None:
    by_id = {line.id: line for line in table("bi05-2024-2027", "bi05").lines}
    late = by_id["bi05-specialiseret-afklaring"]
    assert late.years == (2024, 2025, 2026, 2027)
    assert late.promised(2024) is None
    assert late.words_of(2024) == "Feltet er tomt i papiret: ikke 0, men uden beløb."
    assert late.words_of(2025) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amounts": {2024: 3}}, "stemmer ikke for 2024"),
        ({"total": 4}, "stemmer ikke i alt"),
        ({"lines": ("b",)}, "nævner b"),
    ],
)
def test_a_sum_that_does_not_hold_is_a_fault(change: dict[str, object], words: str) -> None:
    control = {"id": "k", "title": "K", "lines": ("a",), "amounts": {2024: 2}, **change}
    lines = [{"id": "a", "title": "A", "amounts": {2024: 2}}]
    with pytest.raises(ValidationError, match=words):
        BudgetTable.model_validate(
            {
                "id": "t",
                "title": "T",
                "price_level": "2024 p/l",
                "source": "S",
                "lines": lines,
                "controls": [control],
            }
        )


def test_the_ledger_that_is_made_up_books_under_the_plans_lines() -> None:
    lines = {line.id for plan in plan_ids() for _, line in load_plan(plan).budget_lines()}
    assert {one.purpose for one in EFFORT_LINES} <= lines
    asked = {line.id: line for line in table("bi05-2024-2027", "bi05").lines}
    for one in EFFORT_LINES:
        line = asked[one.purpose]
        assert round(one.monthly * 12 / 1000) in {line.promised(year) for year in line.years}
