"""The figures of fleksjob, waiting and clarification, from the counts of `fleksjob`, `waiting` and `clarification`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.block import Floats
from indicators.distributions import Distribution
from indicators.figures import TOTAL, Rows
from indicators.fleksjob import BY_CLAUSE, GROUPS
from indicators.survival import km_median
from indicators.tally import Counts, Cube, Ints, Series
from indicators.waiting import CUT_SHORT, ENDED

YEAR = 12


def fleksjob_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`fleksjob_referred`, `fleksjob_employed` and its share, and `ledighedsydelse_long`, of P and T."""
    rows = Rows(months, counts)
    for group in GROUPS:
        referred = counts.of("referred", "", group)
        employed = counts.of("referred_employed", "", group)
        clause = counts.of("referred_employed", BY_CLAUSE, group)
        rows.count("fleksjob_referred", "", group, referred)
        rows.count("fleksjob_employed", "", group, employed)
        rows.count("fleksjob_employed", BY_CLAUSE, group, clause)
        of_all = dict(referred)
        if TOTAL in referred and ("scheme", "") in employed:
            # Of all who are referred, so many in each kind.
            whole = referred[TOTAL]
            kinds = employed["scheme", ""].n.shape
            of_all["scheme", ""] = Cube(np.broadcast_to(whole.n, kinds), whole.counted)
        rows.share("fleksjob_employed_share", "", group, employed, of_all)
        rows.share("fleksjob_employed_share", BY_CLAUSE, group, clause, of_all)
        long = counts.of("long_ledighedsydelse", "", group)
        rows.count("ledighedsydelse_long", "", group, long)
    return rows.table()


def clarification_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`clarified` of all cases, in the month and in twelve."""
    rows = Rows(months, counts)
    decisions = counts.of("decisions", "", "")
    rows.count("clarified", "", "", decisions)
    of_year = {dims: cube.over(YEAR) for dims, cube in decisions.items()}
    rows.count("clarified", "12m", "", of_year)
    return rows.table()


def waiting_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`fleksjob_wait` of P and T and `transition_18` of T."""
    rows = Rows(months, counts)
    for group in GROUPS:
        found = counts.histograms.get(Series("wait", "", group), np.zeros((0, 3), dtype=np.int64))
        waits = Distribution.of(counts.span, found)
        numbers = {"denominator": waits.total.astype(np.float64), "value": waits.median()}
        counted = counts.was_counted("wait")
        rows.plain("fleksjob_wait", "median", group, TOTAL, counted, numbers)
        _km_median(rows, counts, "referred_wait", "fleksjob_wait", group)
    in_time, turned = (counts.of(name, "", "T") for name in ("decided_in_time", "turned_18"))
    rows.share("transition_18", "", "T", in_time, turned)
    _km_median(rows, counts, "decision_wait", "transition_18", "T")
    return rows.table()


def _km_median(rows: Rows, counts: Counts, quantity: str, indicator: str, group: str) -> None:
    empty: Ints = np.zeros((0, 4), dtype=np.int64)
    found = counts.histograms.get(Series(quantity, "", group), empty)
    n = np.zeros(len(counts.span))
    value: Floats = np.full(len(counts.span), np.nan)
    for place, month in enumerate(counts.span):
        own = found[found[:, 0] == month]
        times, at = np.unique(own[:, 2], return_inverse=True)
        times_a_kind = np.zeros((2, len(times)), dtype=np.int64)
        np.add.at(times_a_kind, (own[:, 1], at), own[:, 3])
        n[place] = own[:, 3].sum()
        value[place] = km_median(times, times_a_kind[ENDED], times_a_kind[CUT_SHORT])
    counted = counts.was_counted(quantity)
    rows.plain(indicator, "km_median", group, TOTAL, counted, {"denominator": n, "value": value})
