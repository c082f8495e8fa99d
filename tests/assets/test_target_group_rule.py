"""The rule of the target group as it is set: which rules there are, and what they need."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.computing import compute
from assets.recipes import AREAS
from assets.resources import House
from assets.settings import Settings, SettingsError, SourceNeededError
from indicators.calendar import parse_month

OF_PEOPLE = [name for name, area in AREAS.items() if area.base]


def test_a_rule_nobody_wrote_down_is_refused() -> None:
    with pytest.raises(SettingsError, match="registered-impairment v1"):
        Settings(target_group_rule="registered-impairment v2")


@pytest.mark.parametrize("rule", ["granted-compensation v1", "either v1"])
@pytest.mark.parametrize("area", OF_PEOPLE)
def test_without_grants_nobody_is_taken_for_not_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str, area: str
) -> None:
    monkeypatch.setenv("MIDTVEJS_TARGET_GROUP_RULE", rule)
    with pytest.raises(SourceNeededError, match=rule):
        compute(House(home=str(tmp_path)), area, [parse_month("2020-06")])
