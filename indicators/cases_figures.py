"""The figures of cases under the compensation Act, from the counts of `cases`.

Group is blank throughout: all cases of the municipality count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from indicators.block import Bools
from indicators.categories import SCHEMES
from indicators.compensation import ALL
from indicators.distributions import Distribution
from indicators.figures import TOTAL, Numbers, Rows, over
from indicators.tally import Counts, Cube, Ints, Series
from indicators.uncertainty import wilson

YEAR = 12
ANYBODY = ""
EVENTS = {
    "comp_applications": "applications",
    "comp_grants": "grants",
    "comp_rejections": "rejections",
}
MEASURES = ("median", "mean", "p90", "within_deadline")
OPEN_MEASURES = ("median", "over_deadline")
NAMES = (*SCHEMES, ALL)


def cases_figures(
    counts: Counts, months: Sequence[int], deadlines: Mapping[str, int]
) -> pd.DataFrame:
    """`comp_applications`, `comp_grants`, `comp_rejections`, `comp_rejection_rate`, `comp_case_days` and `comp_open_age` of
    all cases. `deadlines` gives days by scheme; a scheme without one has no figure about its deadline. The counts must
    begin eleven months before the first month asked for."""
    rows = Rows(months, counts)
    for name in NAMES:
        for indicator, quantity in EVENTS.items():
            monthly = counts.of(quantity, name, ANYBODY)
            rows.count(indicator, name, ANYBODY, monthly)
            of_year = {dims: cube.over(YEAR) for dims, cube in monthly.items()}
            rows.count(indicator, f"{name}|12m", ANYBODY, of_year)
        granted, rejected = (counts.of(event, name, ANYBODY) for event in ("grants", "rejections"))
        decided = {dims: cube + granted[dims] for dims, cube in rejected.items()}
        rows.share(
            "comp_rejection_rate",
            name,
            ANYBODY,
            {dims: cube.over(YEAR) for dims, cube in rejected.items()},
            {dims: cube.over(YEAR) for dims, cube in decided.items()},
        )
    _case_days(rows, counts, deadlines)
    _open_cases(rows, counts, deadlines)
    return rows.table()


def _case_days(rows: Rows, counts: Counts, deadlines: Mapping[str, int]) -> None:
    """Median, mean, 90th percentile and share within the deadline of the cases decided in twelve months."""
    by_month = counts.was_counted("days").astype(np.int64)
    counted = Cube(by_month, by_month > 0).over(YEAR).counted
    found = _histogram(counts, "days")
    for name, place, of_place in _schemes_and_centres(counts, found):
        days = Distribution.of(counts.span, found, of_place).over(YEAR)
        total, spent = days.total.astype(np.float64), days.sum.astype(np.float64)
        for measure, value in (("median", days.median()), ("p90", days.percentile(90))):
            numbers = {"denominator": total, "value": value}
            _write(rows, "comp_case_days", f"{name}|{measure}", place, counted, numbers)
        numbers = {"numerator": spent, "denominator": total, "value": over(spent, total)}
        _write(rows, "comp_case_days", f"{name}|mean", place, counted, numbers)
        timed = _with_deadline(name, deadlines)
        if not timed:
            continue
        each = [
            (scheme, Distribution.of(counts.span, found, of_place & _of(found, scheme)).over(YEAR))
            for scheme in timed
        ]
        n = np.sum([part.at_most(deadlines[scheme]) for scheme, part in each], axis=0) * 1.0
        of = np.sum([part.total for _, part in each], axis=0) * 1.0
        low, high = wilson(n, of)
        numbers = {"numerator": n, "denominator": of, "value": over(n, of)}
        numbers |= {"low": low, "high": high}
        _write(rows, "comp_case_days", f"{name}|within_deadline", place, counted, numbers)
    lacking = [f"{n}|within_deadline" for n in NAMES if not _with_deadline(n, deadlines)]
    rows.not_computed("comp_case_days", lacking, [ANYBODY])


def _open_cases(rows: Rows, counts: Counts, deadlines: Mapping[str, int]) -> None:
    """Open cases, the middle of their ages in days, and those older than their deadline."""
    counted, found = counts.was_counted("open"), _histogram(counts, "open")
    for name, place, of_place in _schemes_and_centres(counts, found):
        ages = Distribution.of(counts.span, found, of_place)
        n = ages.total.astype(np.float64)
        _write(rows, "comp_open_age", name, place, counted, {"numerator": n, "value": n})
        numbers = {"denominator": n, "value": ages.median()}
        _write(rows, "comp_open_age", f"{name}|median", place, counted, numbers)
        timed = _with_deadline(name, deadlines)
        if timed:
            late = np.zeros(len(counts.span))
            for scheme in timed:
                own = Distribution.of(counts.span, found, of_place & _of(found, scheme))
                late += own.total - own.at_most(deadlines[scheme])
            variant = f"{name}|over_deadline"
            _write(
                rows, "comp_open_age", variant, place, counted, {"numerator": late, "value": late}
            )
    lacking = [f"{n}|over_deadline" for n in NAMES if not _with_deadline(n, deadlines)]
    rows.not_computed("comp_open_age", lacking, [ANYBODY])


def _histogram(counts: Counts, quantity: str) -> Ints:
    """Rows of (month, scheme, job centre, days, n)."""
    empty: Ints = np.zeros((0, 5), dtype=np.int64)
    return counts.histograms.get(Series(quantity, "", ANYBODY), empty)


def _schemes_and_centres(counts: Counts, found: Ints) -> Iterator[tuple[str, int | None, Bools]]:
    """Every scheme and `all`, in total (None) and by job centre (its place), with the histogram's rows that are of it."""
    for name in NAMES:
        of_scheme = np.ones(len(found), dtype=bool) if name == ALL else _of(found, name)
        yield name, None, of_scheme
        for place in range(len(counts.categories["job_centre"])):
            yield name, place, of_scheme & (found[:, 2] == place)


def _of(found: Ints, scheme: str) -> Bools:
    return np.asarray(found[:, 1] == SCHEMES.index(scheme))


def _with_deadline(name: str, deadlines: Mapping[str, int]) -> list[str]:
    """The schemes with a deadline among those a name stands for."""
    return [scheme for scheme in SCHEMES if scheme in deadlines and name in (ALL, scheme)]


def _write(
    rows: Rows,
    indicator: str,
    variant: str,
    place: int | None,
    counted: Bools,
    numbers: Numbers,
) -> None:
    if place is None:
        rows.plain(indicator, variant, ANYBODY, TOTAL, counted, numbers)
    else:
        rows.one(indicator, variant, ANYBODY, ("job_centre", ""), place, counted, numbers)
