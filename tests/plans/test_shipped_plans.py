"""The plans of 2009-12 and 2024-27 as they ship: the papers' names, figures and dates, and nothing that they leave open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import BaseModel

from plans.activities import Activity
from plans.loading import load_plan, plan_ids
from plans.national import national_figure, national_figures
from plans.parts import NOT_STATED, Part

OLD, NEW = "handicappolitik-2009-2012", "bi05-2024-2027"


def activity(plan: str, name: str) -> Activity:
    return next(one for one in load_plan(plan).activities() if one.id == name)


def test_only_targets_that_a_paper_states() -> None:
    stated = {
        (plan, goal.id): goal.target
        for plan in plan_ids()
        for goal in load_plan(plan).goals
        if goal.target is not None
    }
    assert stated == {
        (OLD, "afklarende-forloeb"): 50,
        (OLD, "virksomheder-naaet"): 50,
        # "In all centres" is every one of them.
        (OLD, "konsulenter-i-alle-centre"): 1,
    }


def test_result_targets_of_2012_have_a_date_and_no_value() -> None:
    due = [goal for goal in load_plan(OLD).goals if goal.deadline == "2012-12"]
    assert due
    for goal in due:
        assert goal.target_label == NOT_STATED
        assert NOT_STATED in goal.note


def test_six_themes_and_the_way_to_the_approval() -> None:
    plan = load_plan(OLD)
    assert len(plan.themes) == 6
    assert [(step.id, step.when) for step in plan.process] == [
        ("hoering", "2008-11-06"),
        ("hoeringsfrist", "2008-11-24"),
        ("lbr", "2008-11-24"),
        ("moede-handicapraadet", "2008-11-27"),
        ("godkendelse", "2008-12-11"),
    ]
    assert [(one.id, one.due) for one in plan.milestones] == [
        ("handlingsplaner", "2009-03-01"),
        ("resultatmaal", "2012-12-31"),
    ]


@pytest.mark.parametrize(
    ("plan", "name", "low", "high"),
    [(OLD, "1.1.a", 2, 2), (OLD, "1.1.b", 50, None), (OLD, "4.1.b", 50, None)],
)
def test_what_an_activity_shall_bring(plan: str, name: str, low: int, high: int | None) -> None:
    (result,) = activity(plan, name).results
    assert (result.low, result.high) == (low, high)


def test_what_has_no_money_is_said_to_have_none() -> None:
    unfunded = [one.id for one in load_plan(OLD).activities() if one.funded is False]
    assert unfunded == ["3.1.d"]


def test_the_material_is_for_four_audiences() -> None:
    (material,) = (one for one in load_plan(OLD).deliverables if one.id == "informationsmateriale")
    assert material.audiences == ("personer", "familier", "virksomheder", "medarbejdere")


def test_posts_of_the_request() -> None:
    posts = {
        post.role: post.planned for one in load_plan(NEW).activities() for post in one.staffing
    }
    assert posts == {"virksomhedskonsulent": 2, "peer-mentor": 4}


def test_the_request_says_its_category_and_where_it_applies() -> None:
    plan = load_plan(NEW)
    assert plan.request is not None
    assert plan.request.category in plan.request.categories
    assert len(plan.request.categories) == 9
    assert plan.geography is not None
    assert plan.geography.citywide
    assert len(plan.geography.districts) == 11
    assert plan.dated_label == NOT_STATED


def test_a_start_told_in_three_ways_is_no_start() -> None:
    clarification = activity(NEW, "4.1.a")
    assert clarification.period.start is None
    assert "ikke oplyst" in clarification.note
    for words in ("fra 2024", "efter 2024", "2025"):
        assert words in clarification.period.raw


def test_goals_of_the_request_carry_its_four_columns() -> None:
    for goal in load_plan(NEW).goals:
        assert goal.audience
        assert goal.effort
        assert goal.follow_up is not None
    missing = [
        goal.id for goal in load_plan(NEW).goals if goal.follow_up and not goal.follow_up.available
    ]
    assert missing == ["service-til-virksomheder"]


@pytest.mark.parametrize(
    ("plan", "day", "words"),
    [
        (OLD, date(2008, 12, 31), "ikke begyndt"),
        (OLD, date(2009, 1, 1), ""),
        (OLD, date(2012, 12, 31), ""),
        (OLD, date(2013, 1, 1), "er forbi"),
        (NEW, date(2020, 6, 30), "ikke begyndt"),
    ],
)
def test_where_a_day_lies_in_the_plans_period(plan: str, day: date, words: str) -> None:
    standing = load_plan(plan).standing(day)
    assert words in standing
    assert (standing == "") == (words == "")
    assert load_plan(plan).runs_at(day) == (words == "")


def test_public_figures_have_year_unit_population_and_source() -> None:
    assert len(national_figures()) == 19
    for figure in national_figures():
        assert all((figure.measure, figure.population, figure.unit, figure.source))
        assert figure.year is not None or figure.id == "full_time_hours"
    with_, without = (national_figure(f"emp_{one}", 2021) for one in ("with", "without"))
    assert (with_.value, without.value) == (61, 86)
    assert national_figure("pa_spend_share", 2021).value == 89
    with pytest.raises(LookupError):
        national_figure("emp_with", 1999)


def named_in(value: object) -> Iterator[Part]:
    """Every part in a model, whatever field it stands in."""
    if isinstance(value, Part):
        yield value
    if isinstance(value, BaseModel):
        value = [getattr(value, field) for field in type(value).model_fields]
    if isinstance(value, list | tuple):
        for one in value:
            yield from named_in(one)


@pytest.mark.parametrize("name", plan_ids())
def test_no_part_of_a_plan_is_passed_over(name: str) -> None:
    plan = load_plan(name)
    parts = [id(part) for part in plan.parts()]
    assert sorted(parts) == sorted(id(part) for part in named_in(plan))
