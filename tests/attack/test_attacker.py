"""The attacker is able: on small sets that hide badly they get at what is hidden."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.attack.attacker import attack, told_to_insiders, worked_through

_COLUMNS = (
    *("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"),
    *("numerator", "denominator", "value", "low", "high", "unit", "flag", "break"),
)


def _set(folder: Path, *rows: dict[str, str], page: str = "") -> Path:
    (folder / "data").mkdir(parents=True)
    with (folder / "data" / "indicators.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, _COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    if page:
        (folder / "data" / "cells.csv").touch()
        (folder / "index.html").write_text(page, "utf-8")
    return folder


def _count(
    indicator: str,
    number: int | None,
    variant: str = "narrow",
    period: str = "2020-06",
    **more: str,
) -> dict[str, str]:
    shown = {"flag": "suppressed"} if number is None else {"numerator": str(number)}
    return {
        "indicator": indicator,
        "variant": variant,
        "period": period,
        "group": "T",
        **shown,
        **more,
    }


def _sex(number: int | None, sex: str) -> dict[str, str]:
    return _count("unemployed", number, dim1="sex", value1=sex)


def _crossed(number: int | None, sex: str, age: str) -> dict[str, str]:
    return _count("unemployed", number, dim1="sex", value1=sex, dim2="age_group", value2=age)


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        ([_count("unemployed", 20), _sex(17, "K"), _sex(None, "M")], {3}, "one part missing"),
        ([_count("unemployed", 20), _sex(None, "K"), _sex(None, "M")], set(), "two parts missing"),
        (
            [_count("unemployed", 2), _sex(None, "K"), _sex(None, "M")],
            {1},
            "two ones, zeros being shown",
        ),
        (
            [_sex(9, "K"), _crossed(None, "K", "16–24"), _crossed(6, "K", "25–29")],
            {3},
            "a crossing's margin is a breakdown's row",
        ),
        (
            [
                *(_count("exits_job", 2 + n, period=f"2019-{n + 1:02d}") for n in range(12)),
                _count("exits_job_12m", 90, "narrow|12m", "2019-12"),
                _count("exits_job_12m", 92, "narrow|12m", "2020-01"),
                _count("exits_job", None, period="2020-01"),
            ],
            {4},
            "two years a month apart",
        ),
        (
            [
                _count("comp_grants", 12, "all"),
                _count("comp_grants", 9, "mentor"),
                _count("comp_grants", None, "isbryder"),
            ],
            {3},
            "the schemes are all cases",
        ),
        (
            [
                _count("ltu_80", None),
                _count("ltu_80_share", 3, unit="andel") | {"denominator": "30"},
            ],
            {3},
            "a share left beside its hidden numerator",
        ),
    ],
)
def test_bad_hiding_is_undone(
    tmp_path: Path, rows: list[dict[str, str]], expected: set[int], why: str
) -> None:
    assert set(attack(_set(tmp_path / "set", *rows)).values()) == expected, why


def test_a_figure_is_found_when_all_it_is_made_of_is(tmp_path: Path) -> None:
    """That 3 of those unemployed are so for long is no share of them before their number is had too."""
    parts = (_count("ltu_80", 20), _sex(17, "K"), _count("ltu_80_share", None, unit="andel"))
    half = worked_through(_set(tmp_path / "half", *parts, _sex(None, "M")))
    assert half.figures_found() == set()
    whole = worked_through(
        _set(tmp_path / "whole", *parts, _count("unemployed", 40), _sex(None, "M"))
    )
    assert {key[0] for key in whole.figures_found()} == {"ltu_80_share", "unemployed"}


def test_yesterdays_set_shows_what_todays_hides(tmp_path: Path) -> None:
    today = _set(tmp_path / "v002", _count("unemployed", 20), _sex(None, "K"), _sex(None, "M"))
    before = _set(tmp_path / "v001", _count("unemployed", 20), _sex(17, "K"), _sex(None, "M"))
    assert attack(today) == {}
    assert set(attack(today, before).values()) == {17, 3}


def test_a_printed_share_times_its_denominator(tmp_path: Path) -> None:
    """13,3 pct. of 30 is 4 and nothing else."""
    key = "ltu_80_share;narrow;2020-06;T;;;;;value"
    folder = _set(
        tmp_path / "set",
        _count("ltu_80", None),
        _count("unemployed", 30),
        _count("ltu_80_share", None, unit="andel"),
        page=f'<td class="tal" data-figure="{key}">13,3 pct.</td>',
    )
    assert set(attack(folder).values()) == {4}


def test_who_is_left_over_of_a_wider_count_is_people_too(tmp_path: Path) -> None:
    """23 unemployed, 20 of them for long: three are not, and nobody printed them."""
    folder = _set(tmp_path / "set", _count("unemployed", 23), _count("ltu_80", 20))
    assert len(worked_through(folder).small()) == 1
    safe = _set(tmp_path / "safe", _count("unemployed", 25), _count("ltu_80", 20))
    assert worked_through(safe).small() == set()


def test_hidden_counts_that_are_certainly_small(tmp_path: Path) -> None:
    """Three of somebody are six together: none is more than four."""
    districts = [_count("unemployed", None, dim1="district", value1=name) for name in "abc"]
    folder = _set(tmp_path / "set", _count("unemployed", 6), *districts)
    notes = worked_through(folder)
    assert notes.found() == {}
    assert len(notes.small()) == 3


def test_the_one_person_in_a_count_of_one_learns_the_other(tmp_path: Path) -> None:
    folder = _set(tmp_path / "set", _count("unemployed", 8), _sex(None, "K"), _sex(None, "M"))
    notes = worked_through(folder)
    one, other = sorted(notes.hidden)
    assert told_to_insiders(notes, [one]) == {one: {other}}
    assert notes.found() == {}, "what the insider knows is not known to others"


def test_the_month_before_stands_under_the_rate(tmp_path: Path) -> None:
    """The unemployed of May are hidden in their own row and stand under June's rate of exits."""
    rate = _count("exit_rate_job", None, unit="andel") | {
        "numerator": "9",
        "denominator": "31",
        "flag": "",
    }
    folder = _set(tmp_path / "set", _count("unemployed", None, period="2020-05"), rate)
    assert set(attack(folder).values()) == {31}
