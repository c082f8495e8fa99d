"""Medians, percentiles and the Kaplan–Meier median of days, weeks and hours. Knows no people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from .model import Figure

Wait = tuple[int, bool]
"""A time, and whether it ended in the event (True) or was only watched that long (False)."""


def median(numbers: Iterable[int]) -> float:
    """The middle number, or the mean of the two in the middle; of at least one number."""
    ordered = sorted(numbers)
    number = len(ordered)
    return (ordered[(number - 1) // 2] + ordered[number // 2]) / 2


def percentile(numbers: Iterable[int], hundredths: int) -> int:
    """Nearest rank: the smallest number that at least so many hundredths are at or below."""
    ordered = sorted(numbers)
    rank = 1
    while 100 * rank < hundredths * len(ordered):
        rank = rank + 1
    return ordered[rank - 1]


def kaplan_meier_median(waits: Sequence[Wait]) -> int | None:
    """The smallest time t with S(t) at most one half; None where S stays above it.

    S is the product of (1 - events / at risk) over the times with events, in exact fractions.
    Somebody watched until t and no longer is still at risk at t.
    """
    left = Fraction(1)
    for time in sorted({time for time, ended in waits if ended}):
        events = sum(1 for each, ended in waits if ended and each == time)
        at_risk = sum(1 for each, _ in waits if each >= time)
        left = left * (1 - Fraction(events, at_risk))
        if left <= Fraction(1, 2):
            return time
    return None


def measure(number: int, value: float | None) -> Figure:
    """A measure of `number` cases: no numerator, no interval; missing where it cannot be said."""
    return Figure(None, number, value, None, None, "missing" if value is None else "")


def value(number: float | Fraction | None) -> Figure:
    """A value alone, rounded once; missing where there is none."""
    if number is None:
        return Figure(None, None, None, None, None, "missing")
    return Figure(None, None, float(number), None, None, "")


def ratio(part: int | Fraction | None, whole: int | Fraction | None) -> Figure:
    """part / whole, rounded once, without an interval; missing where it cannot be said."""
    numbers = [None if number is None else float(number) for number in (part, whole)]
    if part is None or not whole:
        return Figure(numbers[0], numbers[1], None, None, None, "missing")
    return Figure(numbers[0], numbers[1], float(Fraction(part) / Fraction(whole)), None, None, "")


def median_figure(numbers: Sequence[int]) -> Figure:
    """The median of the numbers; missing of none."""
    return measure(len(numbers), median(numbers) if numbers else None)


def percentile_figure(numbers: Sequence[int], hundredths: int) -> Figure:
    """The nearest-rank percentile of the numbers; missing of none."""
    return measure(len(numbers), percentile(numbers, hundredths) if numbers else None)


def kaplan_meier_figure(waits: Sequence[Wait]) -> Figure:
    """The Kaplan–Meier median of all who are followed; missing where it is not reached."""
    return measure(len(waits), kaplan_meier_median(waits))


def mean_figure(numbers: Sequence[int | Fraction]) -> Figure:
    """Sum over number, rounded once; missing of none."""
    total = sum(numbers, start=Fraction(0))
    if not numbers:
        return Figure(0, 0, None, None, None, "missing")
    return Figure(float(total), len(numbers), float(total / len(numbers)), None, None, "")
