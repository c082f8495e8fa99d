"""What the figures say of a goal: met, on track, behind, or not assessable, always with a reason.

Belongs here: the comparison of a goal's baseline and latest figure in the protected table, and the
sentence that says why. Not here: which test a change takes (`certainty`), how a verdict is drawn
(`exports`), what the office recorded about an activity (the registers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import pandas as pd

from indicators.catalogue import Indicator
from plans.certainty import Case, is_tested, lacks, p_value
from plans.figures import Figure, of_indicator, series
from plans.goals import Goal
from plans.wording import month_words

Verdict = Literal["met", "on_track", "behind", "not_assessable"]

VERDICT_WORDS: dict[Verdict, str] = {
    "met": "opfyldt",
    "on_track": "på vej",
    "behind": "bagud",
    "not_assessable": "kan ikke vurderes",
}

LEVEL = 0.05
"""A change is outside chance when its two-sided p is below this."""


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
    to target; the comparison is exact in the decimals written, and the reason tells when the change
    since baseline is within chance. Otherwise the change since baseline must be outside chance
    (5 pct., two-sided) and no smaller than the goal's `minimum_change`; the figure's unit says which
    test it takes:

    * a share: two-proportion z-test on numerators and denominators;
    * a count: exact conditional binomial test of two Poisson counts with equal exposure;
    * a rate per 1,000, and a share whose numerator is no part of its denominator (an exit rate over
      twelve months, participants by staff): the same test, exposures = denominators;
    * the employment gap: normal test of the difference of differences, made from the
      `employment_rate` rows of T and R in both months; the standardised gap has no such parts;
    * days, weeks, hours, full-time posts, kroner, growth: none. A median or a sum cannot be tested
      by published figures, so a goal of a direction alone is not assessable (ADR 0030).

    The two months are taken as independent. Mostly they hold some of the same people, which makes
    the true uncertainty smaller: the tests err towards "ingen sikker ændring".

    Raises ValueError when the table has the goal's row twice; KeyError for an unknown indicator.
    """
    indicator = catalogue[goal.indicator]
    rows = of_indicator(table, goal.indicator)
    figures = series(rows, goal.variant, goal.group, tuple(goal.dims.items()))
    at = _counted_in(goal, month)
    baseline, latest = figures.get(goal.baseline), figures.get(at)
    expected = _expected(goal, baseline, at)
    verdict, reason = _judge(Case(goal, indicator, table, month, at, baseline, latest), expected)
    return Assessment(
        goal=goal,
        month=month,
        baseline=baseline,
        latest=latest,
        expected=None if expected is None else float(expected),
        verdict=verdict,
        reason=reason + _break_words(figures, goal.baseline, at),
    )


def _counted_in(goal: Goal, month: str) -> str:
    """The month whose figure counts: a number of a calendar year that was due in an earlier year is told by that year."""
    of_a_year = "year" in goal.variant.split("|")
    is_over = goal.deadline is not None and goal.deadline[:4] < month[:4]
    return goal.deadline if of_a_year and is_over and goal.deadline else month


def _judge(case: Case, expected: Fraction | None) -> tuple[Verdict, str]:
    goal, month = case.goal, case.month
    if month < goal.baseline:
        return "not_assessable", f"Udgangspunktet er først {month_words(goal.baseline)}."
    shown = {goal.baseline: case.baseline, month: case.latest}
    lacking = {at: figure for at, figure in shown.items() if figure is None or figure.value is None}
    if lacking:
        return "not_assessable", lacks(lacking)
    assert case.baseline is not None
    assert case.baseline.value is not None
    assert case.latest is not None
    assert case.latest.value is not None
    before, now = case.baseline.value, case.latest.value
    if goal.target is None or (expected is None and not _ahead(goal, now, goal.target)):
        return _judge_direction(case, before, now)
    target = case.words(goal.target)
    if _ahead(goal, now, goal.target):
        # Somebody entered it so; without a word a figure that has become worse would look like a success.
        low = not _ahead(goal, goal.target, before)
        doubt = f" Måltallet er ringere end udgangspunktet på {case.words(before)}." if low else ""
        return "met", f"Målet på {target} er nået; {case.told(now)}.{doubt}"
    assert goal.deadline is not None
    assert expected is not None
    due = month_words(goal.deadline)
    if month >= goal.deadline:
        return "behind", f"Målet på {target} skulle nås {due}; {case.told(now)}."
    aim = f"Ventet nu på vejen mod målet på {target} i {due}: {case.words(float(expected))}."
    if _ahead(goal, now, expected):
        opening = f"Tallet er nu {case.words(now)}, på linje med eller foran det ventede"
        doubt = _doubt(case, before, now)
        return "not_assessable" if doubt else "on_track", f"{opening}{doubt or '.'} {aim}"
    return "behind", f"Tallet er nu {case.words(now)}, efter det ventede. {aim}"


def _doubt(case: Case, before: float, now: float) -> str:
    """The end of a sentence saying that the figure may not have moved since its baseline; blank when it has, or when there
    is no test for such a figure and it is not the same."""
    chance = p_value(case) if is_tested(case) else float(now == before)
    if isinstance(chance, str):
        return f". {chance}"
    return ", men ingen sikker ændring." if chance >= LEVEL else ""


def _judge_direction(case: Case, before: float, now: float) -> tuple[Verdict, str]:
    """The verdict when only the direction of the change since baseline can be judged."""
    goal = case.goal
    if case.month == goal.baseline:
        return (
            "not_assessable",
            "Måneden er selv udgangspunktet, så der er ingen ændring at vurdere.",
        )
    span = (
        f"fra {case.words(before)} i {month_words(goal.baseline)} "
        f"til {case.words(now)} i {month_words(case.month)}"
    )
    change = _exact(now) - _exact(before)
    moved = "uændret" if change == 0 else "steget" if change > 0 else "faldet"
    opening = f"Tallet er {moved} {span}"
    chance = p_value(case)
    if isinstance(chance, str):
        return "not_assessable", f"{opening}. {chance}"
    if chance >= LEVEL or change == 0:
        return "not_assessable", f"{opening}: ingen sikker ændring."
    if goal.minimum_change is not None and abs(change) < _exact(goal.minimum_change):
        least = case.words(goal.minimum_change, change=True)
        return "not_assessable", f"{opening}, mindre end den mindste ændring, der tæller ({least})."
    if (change > 0) == (goal.direction == "up"):
        return "on_track", f"{opening}, den ønskede vej og mere end tilfældige udsving."
    return "behind", f"{opening}, den forkerte vej og mere end tilfældige udsving."


def _expected(goal: Goal, baseline: Figure | None, month: str) -> Fraction | None:
    """The straight line from baseline to target at `month`; the target itself once it is due."""
    if goal.target is None or goal.deadline is None or baseline is None or baseline.value is None:
        return None
    whole = _months(goal.deadline) - _months(goal.baseline)
    gone = min(max(_months(month) - _months(goal.baseline), 0), whole)
    start = _exact(baseline.value)
    return start + (_exact(goal.target) - start) * Fraction(gone, whole)


def _ahead(goal: Goal, value: float, mark: float | Fraction) -> bool:
    """Whether `value` is at or past `mark` in the goal's direction."""
    way = _exact(value) - _exact(mark)
    return way >= 0 if goal.direction == "up" else way <= 0


def _exact(value: float | Fraction) -> Fraction:
    # The decimals written, not the binary neighbour: a figure standing on the line is on it.
    return value if isinstance(value, Fraction) else Fraction(repr(float(value)))


def _months(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number)


def _break_words(figures: Mapping[str, Figure], baseline: str, month: str) -> str:
    broken = any(figure.mark for at, figure in figures.items() if baseline < at <= month)
    return " Bemærk: der er brud i serien i perioden." if broken else ""
