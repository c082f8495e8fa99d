"""The plan of 2018-22 as it ships: complete, and no figure in it that the plan does not state."""

from __future__ import annotations

from datetime import date

import pytest

from indicators.catalogue import catalogue
from plans.activities import Activity
from plans.loading import load_plan, plan_ids
from plans.parts import NOT_STATED
from plans.schema import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan("indsatsplan-2018-2022")


def activity(plan: Plan, name: str) -> Activity:
    return next(activity for activity in plan.activities() if activity.id == name)


def test_it_ships() -> None:
    assert "indsatsplan-2018-2022" in plan_ids()


def test_three_themes_ten_objectives_twenty_activities(plan: Plan) -> None:
    assert [len(theme.objectives) for theme in plan.themes] == [3, 3, 4]
    main = [act for act in plan.activities() if act.parent is None]
    by_theme = [sum(act.id.startswith(theme.id) for act in main) for theme in plan.themes]
    assert by_theme == [6, 4, 10]
    assert [act.id for act in plan.activities() if act.parent] == [
        f"1.2.a{number}" for number in (1, 2, 3, 4)
    ]


def test_every_requirement_of_the_plan_is_answered_by_a_part_of_it(plan: Plan) -> None:
    assert {f"C{number:02d}" for number in range(1, 47)} <= plan.requirement_ids()


def test_no_target_is_invented_and_every_goal_starts_in_the_month_of_the_plan(plan: Plan) -> None:
    assert plan.dated == "2018-06"
    for goal in plan.goals:
        assert goal.target is None
        assert goal.target_label == NOT_STATED
        assert goal.deadline is None
        assert goal.baseline == plan.dated
        assert goal.indicator in catalogue()


def test_the_periods_hold_what_the_plan_settles(plan: Plan) -> None:
    tender = activity(plan, "1.1.b").period
    assert (tender.start, tender.end) == ("2018-09", "2019-09")
    agreement = activity(plan, "1.1.c").period
    assert (agreement.end, agreement.option_until) == ("2019-12", "2020-12")
    trial = activity(plan, "3.1.c")
    assert (trial.period.start, trial.period.end) == ("2018-08", "2021-06")
    assert (trial.results[0].low, trial.results[0].high) == (3, 4)
    assert activity(plan, "3.3.c").period.end == "2020"
    assert activity(plan, "2.3.a").period.open_ended
    decision = activity(plan, "3.1.b").period.decision
    assert decision is not None
    assert decision.body == "Beskæftigelses- og Integrationsudvalget"
    waiting = [act.id for act in plan.activities() if act.period.contingent_on]
    assert waiting == ["1.2.b", "1.3.a", "2.1.a", "2.2.a", "3.2.a", "3.2.b", "3.4.a"]
    assert all(not activity(plan, name).purposes for name in ("1.1.b", "1.1.c"))


def test_what_has_run_out_at_the_midway_status(plan: Plan) -> None:
    day = date(2020, 6, 30)
    assert [act.id for act in plan.activities() if act.period.is_past_end(day)] == [
        "1.1.b",
        "1.1.c",
    ]
    assert not activity(plan, "1.1.c").period.is_past_end(day, option_used=True)


@pytest.mark.parametrize(("day", "past"), [(date(2019, 9, 30), False), (date(2019, 10, 1), True)])
def test_a_month_lasts_to_its_last_day(plan: Plan, day: date, past: bool) -> None:
    assert activity(plan, "1.1.b").period.is_past_end(day) is past
