"""What a what-if run may ask, and the house it then works in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assets.keeping import NothingKept
from assets.resources import House
from assets.settings import SettingsError
from assets.trial_house import Trial, changes, trial_house
from assets.trials import run_trial
from plans.loading import load_plan, plan_ids

PLAN = plan_ids()[-1]


def asked(**said: Any) -> Trial:
    return Trial(month="2020-06", **said)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(home=str(tmp_path / "home"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "skal ændre noget"),
        ({"threshold": 5, "youngest": 16, "oldest": 64}, "skal ændre noget"),
        ({"target_group_rule": "registered-impairment v1"}, "skal ændre noget"),
        ({"baseline": "2019-13"}, "ingen måned 13"),
        ({"from_month": "januar", "threshold": 9}, "ÅÅÅÅ-MM"),
        ({"plans": ["ukendt"], "threshold": 9}, "ingen plan ukendt"),
    ],
)
def test_what_cannot_be_asked(house: House, said: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        changes(house, asked(**said))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"threshold": 4}, "husets grænse, som er 5"),
        ({"youngest": 65}, "youngest"),
        ({"target_group_rule": "alle v9"}, "target_group_rule"),
    ],
)
def test_what_the_house_does_not_allow(
    house: House, tmp_path: Path, said: dict[str, Any], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        trial_house(house, asked(**said), tmp_path).settings()


def test_what_is_changed_is_told_with_what_it_was(house: House) -> None:
    trial = asked(
        threshold=10, target_group_rule="either v1", youngest=18, oldest=64, baseline="2019-01"
    )
    assert changes(house, trial) == (
        ("Mindste antal, der vises", "10 (ellers 5)"),
        ("Målgruppens regel", "either v1 (ellers registered-impairment v1)"),
        ("Yngste alder", "18 (ellers 16)"),
        ("Udgangsmåned for målene", "2019-01 (ellers planernes egne)"),
    )


def test_a_trial_reads_the_house_and_writes_elsewhere(house: House, tmp_path: Path) -> None:
    own = trial_house(house, asked(threshold=10, oldest=60), tmp_path / "work")
    assert own.folder("registers", "people") == house.folder("registers", "people")
    for kind in ("statistics", "internal"):
        assert own.folder(kind, "x") == tmp_path / "work" / kind / "x"
    settings = own.settings()
    assert (settings.threshold, settings.youngest, settings.oldest) == (10, 16, 60)


def test_goals_are_measured_from_the_baseline_asked_for(house: House, tmp_path: Path) -> None:
    own = trial_house(house, asked(baseline="2019-03"), tmp_path)
    for id_ in plan_ids():
        for mine, kept in zip(own.plan(id_).goals, load_plan(id_).goals, strict=True):
            # A goal that was due before it keeps its own: there is no line from after its deadline.
            is_due = kept.deadline is not None and kept.deadline <= "2019-03"
            assert mine.baseline == (kept.baseline if is_due else "2019-03")
            assert (mine.deadline, mine.target) == (kept.deadline, kept.target)
    assert house.plan(PLAN) == load_plan(PLAN)


def test_without_registers_there_is_nothing_to_count(house: House) -> None:
    with pytest.raises(NothingKept, match="kør 'midtvejs run' først"):
        run_trial(house, asked(threshold=10), "prøve")
    assert not (house.path / "whatif").exists()
