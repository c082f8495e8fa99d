"""A delivery beside the one in force: both sides of every limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from expectations.contract import load
from sources.comparing import FORMAT_LIMITS, _at_a_limit
from sources.intake import take_in
from sources.loading import Loaded
from sources.record import Delivery

from .making import AT_ONCE, KEY, NOW, POPULATION, deliver, lines, resident, residents

HOUSE = replace(AT_ONCE, municipality=101)
ELSEWHERE: Mapping[str, str] = {"kommunekode": "147", "bydel": "Udenbys"}


def taken(tmp_path: Path, stamp: int, rows: list[str]) -> Delivery:
    """Deliver and take in rows of the population."""
    deliver(tmp_path / "in", "population", f"population_{stamp}.csv", lines(POPULATION, rows))
    found = take_in(load("population"), tmp_path / "in", tmp_path / "home", KEY, HOUSE, NOW)
    return found.new[0]


def failed(delivery: Delivery) -> set[str]:
    """The names of the checks that failed."""
    return {check["name"] for check in delivery.checks if not check["passed"]}


def of_pieces(*rows: int) -> Loaded:
    """A table of pieces so long."""
    return cast(Loaded, SimpleNamespace(lengths=rows))


@pytest.mark.parametrize("limit", sorted(FORMAT_LIMITS))
def test_a_piece_as_long_as_a_sheet(limit: int) -> None:
    assert _at_a_limit([of_pieces(limit)]) == limit
    assert _at_a_limit([of_pieces(5, limit)]) == limit
    assert _at_a_limit([of_pieces(limit + 1), of_pieces(limit - 1)]) == 0
    assert _at_a_limit([of_pieces(limit // 2, limit // 2)]) == 0


@pytest.mark.parametrize(("rows", "told"), [(150, False), (151, True)])
def test_growth_of_more_than_half_is_told(tmp_path: Path, rows: int, told: bool) -> None:
    taken(tmp_path, 202001, residents(100))
    assert ("growth" in failed(taken(tmp_path, 202002, residents(rows)))) == told


@pytest.mark.parametrize(
    ("here", "verdict", "code"),
    [
        (10, "warned", "warnings"),
        (9, "suspect", "suspect_municipality"),
        (0, "rejected", "other_municipality"),
    ],
)
def test_the_share_that_lives_here(tmp_path: Path, here: int, verdict: str, code: str) -> None:
    first = [resident(at, **({} if at < 20 else ELSEWHERE)) for at in range(40)]
    taken(tmp_path, 202001, first)
    rows = [resident(at, **({} if at < here else ELSEWHERE)) for at in range(40)]
    delivery = taken(tmp_path, 202002, rows)
    assert (delivery.verdict, delivery.code) == (verdict, code)


def test_who_moved_away_does_not_live_here(tmp_path: Path) -> None:
    moved = [resident(0, til="2015-01-01"), resident(0, fra="2015-01-02", **ELSEWHERE)]
    assert taken(tmp_path, 202001, moved).code == "other_municipality"
    ended = [resident(at, til="2015-01-01") for at in range(3)]
    assert taken(tmp_path, 202002, ended).verdict == "warned"


def test_without_a_municipality_nothing_is_asked(tmp_path: Path) -> None:
    deliver(tmp_path / "in", "population", "p.csv", lines(POPULATION, [resident(0, **ELSEWHERE)]))
    found = take_in(load("population"), tmp_path / "in", tmp_path / "home", KEY, AT_ONCE, NOW)
    assert found.new[0].verdict == "warned"


def test_the_same_rows_again_are_told(tmp_path: Path) -> None:
    rows = residents(5)
    assert "new_content" not in failed(taken(tmp_path, 202001, rows))
    again = [row.replace("2010-01-01", "01-01-2010") for row in rows]
    assert "new_content" in failed(taken(tmp_path, 202002, again))
    assert "new_content" not in failed(taken(tmp_path, 202003, residents(6)))
