"""Which target a goal is judged by: the plan's own, or one the office has entered and all three bodies approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from indicators.catalogue import catalogue
from plans.following import TargetStatus
from plans.goals import Goal
from plans.kept import Registers
from plans.loading import load_plan
from plans.targets import assess_goals, with_entered

DAY = date(2019, 11, 1)
GOAL = Goal(
    id="mål",
    title="Færre",
    objective="1.1",
    indicator="ltu_80",
    variant="narrow",
    group="T",
    direction="down",
    baseline="2018-06",
)


def entered(year: int, value: float | None, unit: str = "personer", **said: Any) -> TargetStatus:
    whole = TargetStatus("mål", "Færre", year, unit, value, DAY, DAY, DAY)
    return replace(whole, **said)


@pytest.mark.parametrize(
    ("targets", "taken", "why"),
    [
        ([], None, "intet er ført ind: ikke oplyst"),
        ([entered(2020, 900)], (900, "2020-12"), "årets eget"),
        ([entered(2020, None)], None, "rækken står der, men uden tal"),
        ([entered(2020, 900, council_approved=None)], None, "ikke godkendt af alle tre"),
        ([entered(2020, 900, target="andet")], None, "et andet mål"),
        ([entered(2019, 950), entered(2020, 900), entered(2021, 850)], (900, "2020-12"), "årets eget"),
        ([entered(2019, 950), entered(2022, 800), entered(2021, 850)], (850, "2021-12"), "det næste"),
        ([entered(2018, 990), entered(2019, 950)], (950, "2019-12"), "det sidste"),
        ([entered(2017, 990)], None, "ligger før udgangspunktet"),
        ([entered(2020, 900, "antal")], (900, "2020-12"), "antal er også personer"),
        ([entered(2020, 900, "Personer")], (900, "2020-12"), "stort begyndelsesbogstav"),
        ([entered(2020, 40, "pct.")], None, "en anden enhed end tallets"),
        ([entered(2020, 0)], (0, "2020-12"), "nul er et mål"),
    ],
)  # fmt: skip
def test_a_count(targets: list[TargetStatus], taken: tuple[float, str] | None, why: str) -> None:
    found = with_entered(GOAL, "personer", targets, "2020-06")
    assert (found.target, found.deadline) == (taken or (None, None)), why


@pytest.mark.parametrize(
    ("value", "unit", "target"),
    [
        (40, "pct.", 0.4),
        (40, "%", 0.4),
        (0.4, "andel", 0.4),
        (40, "personer", None),
        (40, "antal", None),
    ],
)
def test_a_share_may_be_written_in_per_cent(value: float, unit: str, target: float | None) -> None:
    goal = GOAL.model_copy(update={"indicator": "ltu_80_share"})
    assert with_entered(goal, "andel", [entered(2020, value, unit)], "2020-06").target == target


def test_the_plans_own_target_is_never_replaced() -> None:
    own = GOAL.model_copy(update={"target": 1000.0, "deadline": "2022-06"})
    assert with_entered(own, "personer", [entered(2020, 900)], "2020-06") == own


@pytest.mark.parametrize(
    ("council", "target", "words"),
    [
        (DAY, 900, "Måltallet for 2020 er ført ind af kontoret og godkendt af alle tre instanser."),
        (None, None, "den ønskede vej og mere end tilfældige udsving."),
    ],
)
def test_every_goal_is_judged_and_says_where_its_target_is_from(
    council: date | None, target: float | None, words: str
) -> None:
    plan = load_plan("indsatsplan-2018-2022")
    blank = dict.fromkeys(("dim1", "value1", "dim2", "value2", "denominator", "flag", "break"))
    place = {"indicator": "ltu_80", "variant": "narrow", "group": "T", "low": None, "high": None}
    rows = [
        blank | place | {"period": month, "value": n, "numerator": n, "unit": "personer"}
        for month, n in (("2018-06", 1100), ("2020-06", 900))
    ]
    row = {"plan": plan.id, "maal_id": "langtidsledige", "aar": 2020, "enhed": "antal"}
    bodies = {"godkendt_bif": DAY, "godkendt_oekf": DAY, "godkendt_br": council}
    kept = Registers({"targets": [row | {"vaerdi": 900.0} | bodies]}, date(2020, 6, 30))
    found = assess_goals(plan, kept, pd.DataFrame(rows), "2020-06", catalogue())
    assert [one.goal.id for one in found] == [goal.id for goal in plan.goals]
    judged, *others = found
    assert (judged.goal.id, judged.goal.target) == ("langtidsledige", target)
    assert judged.reason.endswith(words)
    assert not any("ført ind af kontoret" in one.reason for one in others)
