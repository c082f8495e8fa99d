"""Whether a goal's change since its baseline could be chance: which test its figure takes.

Belongs here: choosing the test by the figure's unit, and saying why there is none. Not here: the tests themselves
(`chance`), what follows for the goal (`assessment`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indicators.catalogue import Indicator
from plans.chance import Share, p_of_difference, p_of_rates, p_of_shares
from plans.figures import Figure, of_indicator, series
from plans.goals import Goal
from plans.wording import figure_words, month_words

_COUNTS = frozenset(
    {
        "personer",
        "forløb",
        "sager",
        "ansættelser",
        "ansatte",
        "virksomheder",
        "åbninger",
        "aktiviteter",
        "kurser",
    }
)
"""Units whose figures count one thing at a time."""
_RATES = frozenset({"andel", "pr. 1.000"})
_UNTESTED = {
    "dage": "Dagene",
    "uger": "Ugerne",
    "timer": "Timerne",
    "årsværk": "Årsværkene",
    "kr.": "Beløbet",
    "pct.point": "Forskellen",
}

_FLAG_WORDS = {
    "suppressed": "kan ikke vises af hensyn til diskretion",
    "not_computed": "er ikke opgjort",
}


@dataclass(frozen=True)
class Case:
    """What a verdict is made from; `month` is the one whose figure counts, `report` the report's."""

    goal: Goal
    indicator: Indicator
    table: pd.DataFrame
    report: str
    month: str
    baseline: Figure | None
    latest: Figure | None

    @property
    def unit(self) -> str:
        """The unit of the goal's figure."""
        return self.indicator.unit_of(self.goal.variant)

    def words(self, value: float, *, change: bool = False) -> str:
        """A value of the figure, or a change of it, in Danish."""
        return figure_words(value, self.unit, change=change)

    def told(self, now: float) -> str:
        """What the figure is now, or was when it counted."""
        assert self.latest is not None
        when = "er nu" if self.latest.period == self.report else f"var i {month_words(self.month)}"
        return f"tallet {when} {self.words(now)}"


def is_tested(case: Case) -> bool:
    """Whether there is a test for such a figure, given the numbers behind it."""
    if case.indicator.id == "employment_gap":
        return "standardised" not in case.goal.variant.split("|")
    return case.unit in _COUNTS or (case.unit in _RATES and case.indicator.measure != "growth")


def p_value(case: Case) -> float | str:
    """The two-sided p of the change since baseline, or a sentence saying why there is none."""
    if not is_tested(case):
        name = _UNTESTED.get(case.unit, "Tallet")
        return f"{name} kan ikke prøves mod tilfældige udsving på de viste tal."
    if case.indicator.id == "employment_gap":
        return _p_of_gap(case)
    if case.unit in _COUNTS:
        before, after = (round(f.value or 0) for f in (case.baseline, case.latest) if f is not None)
        return p_of_rates(before, 1, after, 1)
    first, last = _parts(case.baseline), _parts(case.latest)
    if first is None or last is None:
        return "Tæller og nævner mangler, så det kan ikke prøves mod tilfældige udsving."
    if case.unit == "andel" and _are_parts(case, first, last):
        return p_of_shares(first, last)
    return p_of_rates(round(first.count), first.of, round(last.count), last.of)


def _are_parts(case: Case, *shares: Share) -> bool:
    """Whether the counted are among the many, so that a share cannot exceed 1."""
    a_year = "12m" in case.goal.variant.split("|") and case.indicator.id == "exit_rate_job"
    whole = case.indicator.measure != "ratio" and not a_year
    return whole and all(share.count <= share.of for share in shares)


def _p_of_gap(case: Case) -> float | str:
    rates, shares = of_indicator(case.table, "employment_rate"), list[Share]()
    for period in (case.goal.baseline, case.month):
        for group, people in (("R", "øvrige borgere"), ("T", "målgruppen")):
            figure = series(rates, case.goal.variant, group).get(period)
            share = _parts(figure)
            if share is None:
                name = f"Beskæftigelsesfrekvensen for {people} i {month_words(period)}"
                return lack(name, figure)
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


def lack(name: str, figure: Figure | None) -> str:
    """A sentence saying that a figure is missing, and why."""
    return f"{name} {_why(figure)}."


def lacks(figures: Mapping[str, Figure | None]) -> str:
    """As `lack`, of a goal's figures by month: those that are missing for the same reason in one sentence."""
    months: dict[str, list[str]] = {}
    for month, figure in sorted(figures.items()):
        months.setdefault(_why(figure), []).append(month_words(month))
    return " ".join(
        f"{'Tallet' if len(names) == 1 else 'Tallene'} for {' og '.join(names)} {why}."
        for why, names in months.items()
    )


def _why(figure: Figure | None) -> str:
    return _FLAG_WORDS.get(figure.flag if figure else "", "mangler")
