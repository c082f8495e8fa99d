"""Every verdict on both sides of its border, and a reason in words for each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.catalogue import catalogue
from plans.assessment import Assessment, assess
from plans.goals import Goal

COLUMNS = [
    "indicator",
    "variant",
    "period",
    "group",
    "dim1",
    "value1",
    "dim2",
    "value2",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "unit",
    "flag",
    "break",
    "definition_version",
]
BASE, NOW = "2018-06", "2020-06"
Row = dict[str, Any]


def goal(indicator: str = "ltu_80", **changes: Any) -> Goal:
    fields = {
        "id": "mål",
        "objective": "1.1",
        "title": "Færre",
        "indicator": indicator,
        "variant": "narrow",
        "group": "T",
        "direction": "down",
        "baseline": BASE,
    }
    return Goal(**(fields | changes))


def row(
    period: str, numerator: float | None, denominator: float | None = None, **other: Any
) -> Row:
    """A total row of long-term unemployed in T unless `other` says otherwise."""
    value = numerator if denominator is None or numerator is None else numerator / denominator
    named = {"indicator": "ltu_80", "variant": "narrow", "group": "T", "period": period}
    return named | {"numerator": numerator, "denominator": denominator, "value": value} | other


def judged(aim: Goal, *rows: Row, month: str = NOW) -> Assessment:
    table = pd.DataFrame(rows).reindex(columns=COLUMNS)
    return assess(aim, table, month, catalogue())


@pytest.mark.parametrize(
    ("latest", "verdict", "word"),
    [
        (10_000, "met", "opfyldt"),
        (9_999, "met", "opfyldt"),
        (10_001, "on_track", "på vej"),
        (10_500, "on_track", "på vej"),
        (10_501, "behind", "bagud"),
        (12_000, "behind", "bagud"),
    ],
)
def test_a_target_is_held_against_the_straight_line(latest: int, verdict: str, word: str) -> None:
    # 11,000 to 10,000 in four years: halfway after two, so 10,500 is expected.
    aim = goal(target=10_000, deadline="2022-06")
    found = judged(aim, row(BASE, 11_000), row(NOW, latest))
    assert (found.verdict, found.word, found.expected) == (verdict, word, 10_500)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (900, ""),
        (1_000, ""),  # no better, but no worse either
        (1_200, "Måltallet er ringere end udgangspunktet på 1.000."),
    ],
)
def test_a_target_worse_than_the_baseline_is_told_when_it_is_met(target: int, told: str) -> None:
    """The figure may have become worse since the baseline and be at such a target all the same."""
    aim = goal(target=target, deadline="2022-06")
    found = judged(aim, row(BASE, 1_000), row(NOW, target))
    assert found.verdict == "met"
    assert ("ringere" in found.reason) == bool(told)
    assert told in found.reason


def test_the_line_upwards_is_exact_in_decimals() -> None:
    # 0.1 to 0.4 over 36 months: 0.3 is on the line after 24, whatever binary fractions say.
    aim = goal("ltu_80_share", direction="up", target=0.4, deadline="2021-06")
    for value, verdict in ((0.3, "on_track"), (0.2999999, "behind"), (0.4, "met")):
        rows = [
            row(period, round(10_000 * shown), 10_000, indicator="ltu_80_share", value=shown)
            for period, shown in ((BASE, 0.1), (NOW, value))
        ]
        assert judged(aim, *rows).verdict == verdict


@pytest.mark.parametrize(
    ("deadline", "latest", "verdict"),
    [
        ("2020-06", 1001, "behind"),
        ("2020-05", 1001, "behind"),
        ("2020-05", 1000, "met"),
        ("2020-07", 1001, "on_track"),
    ],
)
def test_a_deadline_that_is_reached_leaves_met_or_behind(
    deadline: str, latest: int, verdict: str
) -> None:
    found = judged(goal(target=1000, deadline=deadline), row(BASE, 1100), row(NOW, latest))
    assert found.verdict == verdict
    if deadline <= NOW:
        assert found.expected == 1000
    if verdict == "behind":
        assert "skulle nås" in found.reason


def test_a_target_without_a_deadline_is_met_or_judged_by_direction() -> None:
    aim = goal(target=1000)
    assert judged(aim, row(BASE, 2000), row(NOW, 1000)).verdict == "met"
    assert judged(aim, row(BASE, 2000), row(NOW, 1001)).verdict == "on_track"
    assert judged(aim, row(BASE, 2000), row(NOW, 2001)).verdict == "not_assessable"


@pytest.mark.parametrize(
    ("latest", "direction", "verdict"),
    [
        # Against 100, by the binomial sum: p of 74 is 0.058, 73 0.048, 130 0.056, 131 0.048.
        (74, "down", "not_assessable"),
        (73, "down", "on_track"),
        (73, "up", "behind"),
        (130, "down", "not_assessable"),
        (131, "down", "behind"),
        (131, "up", "on_track"),
        (100, "up", "not_assessable"),
    ],
)
def test_a_count_must_change_by_more_than_chance(latest: int, direction: str, verdict: str) -> None:
    aim = goal("exits_job", direction=direction)
    rows = [row(at, n, indicator="exits_job") for at, n in ((BASE, 100), (NOW, latest))]
    found = judged(aim, *rows)
    assert found.verdict == verdict
    assert ("ingen sikker ændring" in found.reason) == (verdict == "not_assessable")


@pytest.mark.parametrize(
    ("latest", "verdict"),
    # Against 200 of 1,000, by statsmodels: p of 167 is 0.057, 166 0.049, 236 0.051, 237 0.045.
    [(167, "not_assessable"), (166, "on_track"), (236, "not_assessable"), (237, "behind")],
)
def test_a_share_takes_the_two_proportion_test(latest: int, verdict: str) -> None:
    rows = [row(at, n, 1000, indicator="ltu_80_share") for at, n in ((BASE, 200), (NOW, latest))]
    assert judged(goal("ltu_80_share"), *rows).verdict == verdict


@pytest.mark.parametrize(
    ("people", "verdict"), [(10_000, "not_assessable"), (13_500, "behind"), (7_000, "on_track")]
)
def test_a_rate_takes_its_denominators_as_exposure(people: int, verdict: str) -> None:
    # A hundred grants each time; what moves is the size of the group.
    place = {"indicator": "comp_uptake", "variant": "all"}
    rows = [
        row(BASE, 100, 10_000, **(place | {"value": 10.0})),
        row(NOW, 100, people, **(place | {"value": 100_000 / people})),
    ]
    aim = goal("comp_uptake", variant="all", direction="up")
    assert judged(aim, *rows).verdict == verdict


def test_an_exit_rate_over_a_year_can_exceed_one() -> None:
    place = {"indicator": "exit_rate_job", "variant": "narrow|12m"}
    aim = goal("exit_rate_job", variant="narrow|12m", direction="up")
    for latest, verdict in ((130, "not_assessable"), (150, "on_track")):
        rows = [row(at, n, 80.5, **place) for at, n in ((BASE, 100), (NOW, latest))]
        assert judged(aim, *rows).verdict == verdict


def test_an_exit_rate_over_a_year_is_no_share_though_it_is_below_one() -> None:
    """Of 80.5 people 55 now and 40 then would be more than chance; of as many months of people they are not."""
    rows = [(BASE, 40), (NOW, 55)]
    for indicator, variant, verdict in (
        ("exit_rate_job", "narrow|12m", "not_assessable"),
        ("exit_rate_job", "narrow", "on_track"),
    ):
        place = {"indicator": indicator, "variant": variant}
        aim = goal(indicator, variant=variant, direction="up")
        found = judged(aim, *(row(at, n, 80.5, **place) for at, n in rows))
        assert found.verdict == verdict


def gap_rows(target_now: int) -> list[Row]:
    rows = []
    for period, in_target in ((BASE, 500), (NOW, target_now)):
        gap = {"indicator": "employment_gap", "variant": "any"}
        rows.append(row(period, None, **(gap | {"value": 80 - in_target / 10})))
        rate = {"indicator": "employment_rate", "variant": "any"}
        rows.append(row(period, in_target, 1000, **rate))
        rows.append(row(period, 80_000, 100_000, **(rate | {"group": "R"})))
    return rows


@pytest.mark.parametrize(
    ("target_now", "verdict"),
    # Standard error of the difference of differences: about 2.24 percentage points.
    [(543, "not_assessable"), (545, "on_track"), (457, "not_assessable"), (455, "behind")],
)
def test_the_gap_is_tested_by_the_four_rates_behind_it(target_now: int, verdict: str) -> None:
    aim = goal("employment_gap", variant="any")
    assert judged(aim, *gap_rows(target_now)).verdict == verdict


def test_a_gap_without_its_parts_says_which_is_missing() -> None:
    aim = goal("employment_gap", variant="any")
    rows = gap_rows(600)
    rows[5] = rows[5] | {"numerator": None, "denominator": None, "flag": "suppressed"}
    found = judged(aim, *rows)
    assert found.verdict == "not_assessable"
    assert "Beskæftigelsesfrekvensen for øvrige borgere i juni 2020 kan ikke vises" in found.reason
    assert "målgruppen i juni 2018 mangler" in judged(aim, rows[0], rows[2], rows[3]).reason


def test_a_standardised_gap_and_days_cannot_be_tested() -> None:
    gap = {"indicator": "employment_gap", "variant": "any|standardised"}
    rows = [row(at, None, **(gap | {"value": v})) for at, v in ((BASE, 30.0), (NOW, 20.0))]
    found = judged(goal("employment_gap", variant="any|standardised"), *rows)
    assert found.verdict == "not_assessable"
    assert "fra 30,0 pct.point i juni 2018 til 20,0 pct.point i juni 2020" in found.reason
    days = {"indicator": "comp_case_days", "variant": "all|median", "group": ""}
    rows = [row(at, None, 400, **(days | {"value": v})) for at, v in ((BASE, 60.0), (NOW, 40.5))]
    aim = goal("comp_case_days", variant="all|median", group="")
    found = judged(aim, *rows)
    assert found.verdict == "not_assessable"
    assert "faldet fra 60 dage i juni 2018 til 40,5 dage i juni 2020" in found.reason
    with_target = goal(
        "comp_case_days", variant="all|median", group="", target=30, deadline="2022-06"
    )
    assert judged(with_target, *rows).verdict == "on_track"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(NOW, 90)], ["Tallet for juni 2018 mangler."]),
        ([row(BASE, 90)], ["Tallet for juni 2020 mangler."]),
        (
            [row(BASE, None, flag="suppressed"), row(NOW, None, flag="not_computed")],
            [
                "Tallet for juni 2018 kan ikke vises af hensyn til diskretion.",
                "Tallet for juni 2020 er ikke opgjort.",
            ],
        ),
        ([row(BASE, 90), row(NOW, None, flag="missing")], ["Tallet for juni 2020 mangler."]),
        (
            [row(BASE, None, flag="suppressed"), row(NOW, None, flag="suppressed")],
            ["Tallene for juni 2018 og juni 2020 kan ikke vises af hensyn til diskretion."],
        ),
    ],
)
@pytest.mark.parametrize("target", [None, 50.0])
def test_what_lacks_is_named(rows: list[Row], words: list[str], target: float | None) -> None:
    aim = goal(target=target, deadline="2022-06")
    found = judged(aim, *rows)
    assert found.verdict == "not_assessable"
    assert found.reason == " ".join(words)
    assert (found.baseline is None) == all(one["period"] != BASE for one in rows)


def test_the_baseline_itself_and_the_time_before_it() -> None:
    rows = row("2018-05", 90), row(BASE, 100)
    at_start = judged(goal(), *rows, month=BASE)
    assert at_start.verdict == "not_assessable"
    assert "selv udgangspunktet" in at_start.reason
    before = judged(goal(), *rows, month="2018-05")
    assert before.verdict == "not_assessable"
    assert before.reason == "Udgangspunktet er først juni 2018."


@pytest.mark.parametrize(
    ("least", "verdict"), [(100, "on_track"), (101, "not_assessable"), (None, "on_track")]
)
def test_a_change_smaller_than_the_one_that_counts(least: float | None, verdict: str) -> None:
    found = judged(goal(minimum_change=least), row(BASE, 1100), row(NOW, 1000))
    assert found.verdict == verdict
    assert ("tæller (101)" in found.reason) == (least == 101)


def test_only_the_total_row_of_the_goals_own_group_and_variant_is_read() -> None:
    others = [
        row(NOW, 1, dim1="sex", value1="M"),
        row(NOW, 2, variant="wide"),
        row(NOW, 3, group="R"),
        row(NOW, 4, indicator="unemployed"),
    ]
    found = judged(goal(), row(BASE, 1100), *others, row(NOW, 1000))
    assert found.latest is not None
    assert found.latest.value == 1000
    assert found.latest.denominator is None
    with pytest.raises(ValueError, match="twice"):
        judged(goal(), row(BASE, 1), row(BASE, 2))


@pytest.mark.parametrize(
    ("period", "told"),
    [("2018-06", False), ("2020-01", True), ("2020-06", True), ("2020-07", False)],
)
def test_a_break_between_the_two_is_told(period: str, told: bool) -> None:
    rows = {at: row(at, 1000) for at in (BASE, "2020-01", NOW, "2020-07")}
    rows[period]["break"] = "lov"
    assert ("brud i serien" in judged(goal(), *rows.values()).reason) == told


def test_blank_as_nan_and_blank_as_text_read_alike() -> None:
    rows = row(BASE, 1100, group=""), row(NOW, 1000, group="")
    aim = goal(group="")
    table = pd.DataFrame(rows).reindex(columns=COLUMNS)
    blank = table.assign(group=np.nan)
    assert assess(aim, table, NOW, catalogue()).verdict == "on_track"
    assert assess(aim, blank, NOW, catalogue()).verdict == "on_track"


def test_the_reason_reads_as_danish() -> None:
    found = judged(goal(), row(BASE, 1234), row(NOW, 1000))
    assert found.reason == (
        "Tallet er faldet fra 1.234 i juni 2018 til 1.000 i juni 2020, "
        "den ønskede vej og mere end tilfældige udsving."
    )
    found = judged(goal(target=900, deadline="2022-06"), row(BASE, 1100), row(NOW, 1010))
    assert found.reason == (
        "Tallet er nu 1.010, efter det ventede. "
        "Ventet nu på vejen mod målet på 900 i juni 2022: 1.000."
    )


@pytest.mark.parametrize(
    ("month", "verdict", "told"),
    [
        ("2018-12", "met", "tallet er nu 52"),
        ("2020-06", "met", "tallet var i december 2018 52"),
        ("2018-09", "behind", "Tallet er nu 30, efter det ventede"),
    ],
)
def test_a_number_of_a_year_that_is_over_is_judged_by_that_year(
    month: str, verdict: str, told: str
) -> None:
    # Fifty in 2018: what was counted in 2020 is another year's number.
    place = {"indicator": "course_starts", "variant": "year", "group": "T"}
    counts = {"2018-01": 3, "2018-09": 30, "2018-12": 52, "2020-06": 7}
    rows = [row(at, n, **place) for at, n in counts.items()]
    aim = goal(
        "course_starts",
        variant="year",
        direction="up",
        baseline="2018-01",
        target=50,
        deadline="2018-12",
    )
    found = judged(aim, *rows, month=month)
    assert (found.verdict, found.month) == (verdict, month)
    assert told in found.reason


def test_a_goal_of_a_part_reads_the_parts_row() -> None:
    aim = goal(target=1000, deadline="2022-06", dims={"sex": "K"})
    part = {"dim1": "sex", "value1": "K"}
    found = judged(
        aim, row(BASE, 1100), row(NOW, 900), row(BASE, 1100, **part), row(NOW, 1060, **part)
    )
    assert (found.verdict, found.latest and found.latest.value) == ("behind", 1060)


@pytest.mark.parametrize(
    ("latest", "verdict", "doubted"),
    [(1040, "not_assessable", True), (1001, "on_track", False), (990, "met", False)],
)
def test_a_figure_on_its_line_within_chance_is_not_on_track(
    latest: int, verdict: str, doubted: bool
) -> None:
    # From 1,100: down to 1,001 p is 0.03, to 1,040 it is 0.19.
    found = judged(goal(target=1000, deadline="2022-06"), row(BASE, 1100), row(NOW, latest))
    assert found.verdict == verdict
    assert ("ingen sikker ændring" in found.reason) == doubted


def days(value: float) -> Row:
    return {"indicator": "comp_case_days", "variant": "all|median", "group": "", "value": value}


@pytest.mark.parametrize(
    ("month", "latest", "verdict", "why"),
    [
        (BASE, 60.0, "not_assessable", "the baseline is on its own line, and nothing has moved"),
        ("2018-07", 59.9, "behind", "short of the line"),
        ("2018-07", 58.0, "on_track", "no test fits days: the line alone"),
    ],
)
def test_what_no_test_fits_is_judged_by_its_line_once_it_has_moved(
    month: str, latest: float, verdict: str, why: str
) -> None:
    aim = goal("comp_case_days", variant="all|median", group="", target=30, deadline="2020-06")
    rows = {at: row(at, None, **days(value)) for at, value in ((BASE, 60.0), (month, latest))}
    assert judged(aim, *rows.values(), month=month).verdict == verdict, why


@pytest.mark.parametrize(
    ("hidden", "verdict"), [((), "on_track"), ((5,), "not_assessable"), ((1, 2), "not_assessable")]
)
def test_a_figure_on_its_line_whose_test_lacks_numbers_is_not_on_track(
    hidden: tuple[int, ...], verdict: str
) -> None:
    aim = goal("employment_gap", variant="any", target=-20, deadline="2022-06")
    rows = gap_rows(900)
    for at in hidden:
        rows[at] |= {"numerator": None, "denominator": None, "flag": "suppressed"}
    found = judged(aim, *rows)
    assert found.verdict == verdict
    assert ("kan ikke vises af hensyn til diskretion" in found.reason) == bool(hidden)


@pytest.mark.parametrize(
    ("indicator", "variant", "unit"),
    [
        ("spell_length", "narrow|median", "uger"),
        ("comp_hours", "mean", "timer"),
        ("comp_spending", "all", "kr."),
        ("fte_filled", "filled", "årsværk"),
        ("comp_growth", "all|2018-06", "andel"),
    ],
)
def test_what_no_test_fits_is_not_assessable_by_direction(
    indicator: str, variant: str, unit: str
) -> None:
    place = {"indicator": indicator, "variant": variant, "unit": unit}
    rows = [row(at, None, **(place | {"value": v})) for at, v in ((BASE, 30.0), (NOW, 3.0))]
    found = judged(goal(indicator, variant=variant), *rows)
    assert found.verdict == "not_assessable"
    assert "kan ikke prøves mod tilfældige udsving" in found.reason
