"""The figures of exits from unemployment, from the counts of `exits`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.categories import DESTINATIONS
from indicators.distributions import Distribution
from indicators.exits import SUSTAINED
from indicators.figures import TOTAL, Cubes, Rows, over
from indicators.tally import Counts, Ints, Series
from indicators.weeks import JOB_KINDS, VARIANTS

YEAR = 12
QUARTILES = {"p25": 25, "p75": 75}


def exits_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`exits`, `exits_job`, `exits_job_12m`, `exit_rate_job`, `sustained_3`, `_6` and `_12`, `exits_education_young` and
    `spell_length` of T. The counts must begin a year before the first month asked for."""
    rows = Rows(months, counts)
    for variant in VARIANTS:
        to_job = counts.of("exits_job", variant, "T")
        before = {d: cube.later(1) for d, cube in counts.of("unemployed", variant, "T").items()}
        rows.count("exits", variant, "T", counts.of("exits", variant, "T"))
        rows.count("exits_job", variant, "T", to_job)
        rows.share("exit_rate_job", variant, "T", to_job, before)
        of_year = {dims: cube.over(YEAR) for dims, cube in to_job.items()}
        rows.count("exits_job_12m", f"{variant}|12m", "T", of_year)
        _rate_of_year(rows, variant, of_year, before)
        young = counts.of("exits_young", variant, "T")
        rows.count("exits_education_young", variant, "T", young)
        for after in SUSTAINED:
            then = {dims: cube.later(after) for dims, cube in to_job.items()}
            for kind in JOB_KINDS:
                kept = counts.of(f"sustained_{after}", f"{variant}|{kind}", "T")
                still = {dims: cube.later(after) for dims, cube in kept.items()}
                rows.share(f"sustained_{after}", f"{variant}|{kind}", "T", still, then)
        _spell_lengths(rows, counts, variant)
    return rows.table()


def _rate_of_year(rows: Rows, variant: str, exits: Cubes, before: Cubes) -> None:
    """Twelve months' exits over the mean of the twelve months' unemployed, without an interval: it is no share of people."""
    variant = f"{variant}|12m"
    if TOTAL not in exits or TOTAL not in before:
        rows.not_computed("exit_rate_job", [variant], ["T"])
        return
    for dims, cube in exits.items():
        if dims not in before:
            continue
        of_year = before[dims].over(YEAR)
        n, of = cube.n.astype(np.float64), of_year.n.astype(np.float64)
        rows.plain(
            "exit_rate_job",
            variant,
            "T",
            dims,
            cube.counted & of_year.counted,
            {"numerator": n, "denominator": of / YEAR, "value": over(YEAR * n, of)},
        )


def _spell_lengths(rows: Rows, counts: Counts, variant: str) -> None:
    """Median and quartiles of the weeks of the spells that ended in twelve months, in all and by destination."""
    by_month = counts.was_counted("length").astype(np.int64)
    counted = np.convolve(by_month, np.ones(YEAR, dtype=np.int64))[: len(by_month)] == YEAR
    empty: Ints = np.zeros((0, 4), dtype=np.int64)
    found = counts.histograms.get(Series("length", variant, "T"), empty)
    whole = [None, *range(len(DESTINATIONS))]
    for place in whole:
        chosen = None if place is None else found[:, 1] == place
        lengths = Distribution.of(counts.span, found, chosen).over(YEAR)
        values = {"median": lengths.median()}
        values |= {name: lengths.percentile(of) for name, of in QUARTILES.items()}
        for measure, value in values.items():
            named = ("spell_length", f"{variant}|{measure}", "T")
            numbers = {"denominator": lengths.total.astype(np.float64), "value": value}
            if place is None:
                rows.plain(*named, TOTAL, counted, numbers)
            else:
                rows.one(*named, ("destination", ""), place, counted, numbers)
