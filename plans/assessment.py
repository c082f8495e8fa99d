"""What the figures say of a goal: met, on track, behind, or not assessable, always with a reason.

Belongs here: the comparison of a goal's baseline and latest figure in the protected table, and the
sentence that says why. Not here: the tests against chance (`chance`), how a verdict is drawn
(`exports`), what the office recorded about an activity (the registers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import pandas as pd

from indicators.catalogue import Indicator
from plans.chance import Share, p_of_difference, p_of_rates, p_of_shares
from plans.schema import Goal
from plans.wording import figure_words, month_words

Verdict = Literal["met", "on_track", "behind", "not_assessable"]

VERDICT_WORDS: dict[Verdict, str] = {
    "met": "opfyldt",
    "on_track": "på vej",
    "behind": "bagud",
    "not_assessable": "kan ikke vurderes",
}

LEVEL = 0.05
"""A change is outside chance when its two-sided p is below this."""

_FLAG_WORDS = {
    "suppressed": "kan ikke vises af hensyn til diskretion",
    "not_computed": "er ikke opgjort",
}


@dataclass(frozen=True)
class Figure:
    """One row of the tidy table; a number is None where the table's cell is blank."""

    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    unit: str
    flag: str


@dataclass(frozen=True)
class Assessment:
    """What the figures say of a goal at the end of `month`.

    A figure is None where the table has no such row. `expected` is the value the straight line from
    baseline to target has reached, in the table's unit; None without target, deadline or baseline.
    """

    goal: Goal
    month: str
    baseline: Figure | None
    latest: Figure | None
    expected: float | None
    verdict: Verdict
    reason: str

    @property
    def word(self) -> str:
        """The verdict in Danish."""
        return VERDICT_WORDS[self.verdict]


def assess(
    goal: Goal, table: pd.DataFrame, month: str, catalogue: Mapping[str, Indicator]
) -> Assessment:
    """The goal judged at the end of `month` by the protected tidy table (columns of outputs.md).

    With a target and a deadline the latest figure is held against the straight line from baseline
    to target; the comparison is exact in the decimals written. Otherwise the change since baseline
    must be outside chance (5 pct., two-sided):

    * a share: two-proportion z-test on numerators and denominators;
    * a count: exact conditional binomial test of two Poisson counts with equal exposure;
    * a rate per 1,000, and an exit rate over twelve months (its numerator can exceed the mean
      number unemployed): the same test, exposures = denominators;
    * the employment gap: normal test of the difference of differences, made from the
      `employment_rate` rows of T and R in both months; the standardised gap has no such parts;
    * days: none. A median cannot be tested by published figures.

    The two months are taken as independent. Mostly they hold some of the same people, which makes
    the true uncertainty smaller: the tests err towards "ingen sikker ændring".

    Raises ValueError when the table has the goal's row twice; KeyError for an unknown indicator.
    """
    measure = catalogue[goal.indicator].measure
    rows = _series(table, goal.indicator, goal.variant, goal.group)
    baseline, latest = _figure(rows, goal.baseline), _figure(rows, month)
    expected = _expected(goal, baseline, month)
    verdict, reason = _judge(goal, table, month, measure, baseline, latest, expected)
    return Assessment(
        goal=goal,
        month=month,
        baseline=baseline,
        latest=latest,
        expected=None if expected is None else float(expected),
        verdict=verdict,
        reason=reason + _break_words(rows, goal.baseline, month),
    )


def _judge(
    goal: Goal,
    table: pd.DataFrame,
    month: str,
    measure: str,
    baseline: Figure | None,
    latest: Figure | None,
    expected: Fraction | None,
) -> tuple[Verdict, str]:
    if month < goal.baseline:
        return "not_assessable", f"Udgangspunktet er først {month_words(goal.baseline)}."
    lacks = [
        _lack(f"Tallet for {month_words(period)}", figure)
        for period, figure in sorted({goal.baseline: baseline, month: latest}.items())
        if figure is None or figure.value is None
    ]
    if lacks:
        return "not_assessable", " ".join(lacks)
    assert baseline is not None
    assert baseline.value is not None
    assert latest is not None
    assert latest.value is not None
    now = figure_words(latest.value, measure)
    if goal.target is not None:
        target = figure_words(goal.target, measure)
        if _ahead(goal, _exact(latest.value), _exact(goal.target)):
            return "met", f"Målet på {target} er nået; tallet er nu {now}."
        if expected is not None and goal.deadline is not None:
            due = month_words(goal.deadline)
            if month >= goal.deadline:
                return "behind", f"Målet på {target} skulle nås {due}; tallet er nu {now}."
            line = figure_words(float(expected), measure)
            aim = f"Ventet nu på vejen mod målet på {target} i {due}: {line}."
            if _ahead(goal, _exact(latest.value), expected):
                return (
                    "on_track",
                    f"Tallet er nu {now}, på linje med eller foran det ventede. {aim}",
                )
            return "behind", f"Tallet er nu {now}, efter det ventede. {aim}"
    return _judge_direction(goal, table, month, measure, baseline.value, latest.value)


def _judge_direction(
    goal: Goal, table: pd.DataFrame, month: str, measure: str, before: float, now: float
) -> tuple[Verdict, str]:
    """The verdict when only the direction of the change since baseline can be judged."""
    if month == goal.baseline:
        return (
            "not_assessable",
            "Måneden er selv udgangspunktet, så der er ingen ændring at vurdere.",
        )
    span = (
        f"fra {figure_words(before, measure)} i {month_words(goal.baseline)} "
        f"til {figure_words(now, measure)} i {month_words(month)}"
    )
    change = _exact(now) - _exact(before)
    moved = "uændret" if change == 0 else "steget" if change > 0 else "faldet"
    opening = f"Tallet er {moved} {span}"
    chance = _p_value(goal, table, month, measure)
    if isinstance(chance, str):
        return "not_assessable", f"{opening}. {chance}"
    if chance >= LEVEL or change == 0:
        return "not_assessable", f"{opening}: ingen sikker ændring."
    if goal.minimum_change is not None and abs(change) < _exact(goal.minimum_change):
        least = figure_words(goal.minimum_change, measure, change=True)
        return "not_assessable", f"{opening}, mindre end den mindste ændring, der tæller ({least})."
    if (change > 0) == (goal.direction == "up"):
        return "on_track", f"{opening}, den ønskede vej og mere end tilfældige udsving."
    return "behind", f"{opening}, den forkerte vej og mere end tilfældige udsving."


def _p_value(goal: Goal, table: pd.DataFrame, month: str, measure: str) -> float | str:
    """The two-sided p of the change since baseline, or a sentence saying why there is none."""
    if measure == "days":
        return "Dagene kan ikke prøves mod tilfældige udsving på de viste tal."
    if measure == "difference":
        return _p_of_gap(goal, table, month)
    rows = _series(table, goal.indicator, goal.variant, goal.group)
    pair = [_figure(rows, goal.baseline), _figure(rows, month)]
    if measure == "count":
        before, after = (round(figure.value or 0) for figure in pair if figure is not None)
        return p_of_rates(before, 1, after, 1)
    parts = [_parts(figure) for figure in pair]
    if parts[0] is None or parts[1] is None:
        return "Tæller og nævner mangler, så det kan ikke prøves mod tilfældige udsving."
    if measure == "share" and "12m" not in goal.variant.split("|"):
        return p_of_shares(parts[0], parts[1])
    return p_of_rates(round(parts[0].count), parts[0].of, round(parts[1].count), parts[1].of)


def _p_of_gap(goal: Goal, table: pd.DataFrame, month: str) -> float | str:
    if "standardised" in goal.variant.split("|"):
        return "En standardiseret forskel kan ikke prøves mod tilfældige udsving på de viste tal."
    shares: list[Share] = []
    for period in (goal.baseline, month):
        for group, people in (("R", "øvrige borgere"), ("T", "målgruppen")):
            figure = _figure(_series(table, "employment_rate", goal.variant, group), period)
            share = _parts(figure)
            if share is None:
                name = f"Beskæftigelsesfrekvensen for {people} i {month_words(period)}"
                return _lack(name, figure)
            shares.append(share)
    rest_before, target_before, rest_after, target_after = shares
    return p_of_difference(
        plus=(rest_after, target_before),
        minus=(target_after, rest_before),
    )


def _parts(figure: Figure | None) -> Share | None:
    if figure is None or figure.numerator is None or not figure.denominator:
        return None
    return Share(figure.numerator, figure.denominator)


def _expected(goal: Goal, baseline: Figure | None, month: str) -> Fraction | None:
    """The straight line from baseline to target at `month`; the target itself once it is due."""
    if goal.target is None or goal.deadline is None or baseline is None or baseline.value is None:
        return None
    whole = _months(goal.deadline) - _months(goal.baseline)
    gone = min(max(_months(month) - _months(goal.baseline), 0), whole)
    start = _exact(baseline.value)
    return start + (_exact(goal.target) - start) * Fraction(gone, whole)


def _ahead(goal: Goal, value: Fraction, mark: Fraction) -> bool:
    """Whether `value` is at or past `mark` in the goal's direction."""
    return value >= mark if goal.direction == "up" else value <= mark


def _exact(value: float) -> Fraction:
    # The decimals written, not the binary neighbour: a figure standing on the line is on it.
    return Fraction(repr(float(value)))


def _months(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number)


def _lack(name: str, figure: Figure | None) -> str:
    return f"{name} {_FLAG_WORDS.get(figure.flag if figure else '', 'mangler')}."


def _series(table: pd.DataFrame, indicator: str, variant: str, group: str) -> pd.DataFrame:
    """The rows of one statistic without breakdown, one a period."""
    rows = table[table["indicator"] == indicator]
    wanted = {"variant": variant, "group": group, "dim1": "", "dim2": ""}
    for column, value in wanted.items():
        rows = rows[rows[column].astype("object").fillna("").astype("str") == value]
    if rows["period"].duplicated().any():
        raise ValueError(f"the table has {indicator} {variant} {group} twice for a period")
    return rows


def _figure(rows: pd.DataFrame, period: str) -> Figure | None:
    found = rows[rows["period"] == period].to_dict("records")
    if not found:
        return None
    row = found[0]
    number = {
        name: None if pd.isna(row[name]) else float(row[name])
        for name in ("value", "numerator", "denominator", "low", "high")
    }
    unit, flag = ("" if pd.isna(row[name]) else str(row[name]) for name in ("unit", "flag"))
    return Figure(period=period, unit=unit, flag=flag, **number)


def _break_words(rows: pd.DataFrame, baseline: str, month: str) -> str:
    between = rows[(rows["period"] > baseline) & (rows["period"] <= month)]
    broken = between["break"].astype("object").fillna("").astype("str") != ""
    return " Bemærk: der er brud i serien i perioden." if bool(broken.any()) else ""
