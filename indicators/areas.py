"""The figures of each area, from its joined counts.

Belongs here: for each area, which indicators it has and which counts they are made of. Not here: the counting itself
(`employment`, `unemployment`, `exits`, `compensation`, `fleksjob`), the rows' form (`figures`).

Each function takes the counts of all blocks added together and the months asked for, and returns rows of the tidy table
for each of those months: figures, or one `not_computed` row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from indicators.categories import SCHEMES
from indicators.compensation import ALL
from indicators.employment import CELL_DIM
from indicators.figures import (
    IDENTITY,
    count_rows,
    fill_gaps,
    matched_counts,
    not_computed_rows,
    of_quantity,
    per_1000_rows,
    plain_rows,
    share_rows,
    tidy,
)
from indicators.fleksjob import BY_CLAUSE
from indicators.weeks import VARIANTS

JOB_VARIANTS = ("any", "ordinary")
GAP_DIMS = ("", "sex", "age_group", "district")
YEAR = 12
MEASURES = ("median", "mean", "p90", "within_deadline")
SERIES = ["variant", "group", "dim1", "value1"]


def unemployment_figures(counts: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """`unemployed`, `ltu_80` and `ltu_80_share` of T, narrow and wide."""
    unemployed = of_quantity(counts, "unemployed", months)
    long_term = of_quantity(counts, "ltu_80", months)
    parts = {
        "unemployed": count_rows("unemployed", unemployed),
        "ltu_80": count_rows("ltu_80", long_term),
        "ltu_80_share": share_rows("ltu_80_share", long_term, unemployed),
    }
    return tidy([fill_gaps(name, rows, VARIANTS, months, ["T"]) for name, rows in parts.items()])


def employment_figures(counts: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """`employment_rate` and `benefit_state` of T and R, and `employment_gap`, plain and standardised."""
    published = counts[counts["dim1"] != CELL_DIM]
    employed = of_quantity(published, "employed", months)
    members = of_quantity(published, "members", months)
    matched = matched_counts(employed, members)
    gap = pd.concat([_gap(matched), _standardised_gap(counts, months)], ignore_index=True)
    standardised = [f"{variant}|standardised" for variant in JOB_VARIANTS]
    states = count_rows("benefit_state", of_quantity(published, "benefit_state", months))
    rates = share_rows("employment_rate", employed, members)
    return tidy(
        [
            fill_gaps("employment_rate", rates, JOB_VARIANTS, months, ["T", "R"]),
            fill_gaps("employment_gap", gap, [*JOB_VARIANTS, *standardised], months, ["T"]),
            fill_gaps("benefit_state", states, [""], months, ["T", "R"]),
        ]
    )


def exits_figures(counts: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """`exits`, `exits_job`, `exits_job_12m` and `exit_rate_job` of T. The counts must begin eleven months before the first
    month asked for."""
    to_job = of_quantity(counts, "exits_job", months)
    before = of_quantity(counts, "unemployed_before", months)
    exits_12m = _twelve_months(of_quantity(counts, "exits_job", range(10**6)), months)
    before_12m = _twelve_months(of_quantity(counts, "unemployed_before", range(10**6)), months)
    matched = matched_counts(exits_12m, before_12m)
    of = matched["of"].to_numpy(np.float64)
    n = matched["n"].to_numpy(np.float64)
    value = np.divide(YEAR * n, of, out=np.full(len(n), np.nan), where=of > 0)
    rates_12m = plain_rows("exit_rate_job", matched, value, numerator=n, denominator=of / YEAR)
    rates = pd.concat([share_rows("exit_rate_job", to_job, before), rates_12m], ignore_index=True)
    year = [f"{variant}|12m" for variant in VARIANTS]
    parts = {
        "exits": (count_rows("exits", of_quantity(counts, "exits", months)), VARIANTS),
        "exits_job": (count_rows("exits_job", to_job), VARIANTS),
        "exits_job_12m": (count_rows("exits_job_12m", exits_12m), year),
        "exit_rate_job": (rates, [*VARIANTS, *year]),
    }
    return tidy(
        [fill_gaps(name, rows, variants, months, ["T"]) for name, (rows, variants) in parts.items()]
    )


def compensation_figures(
    counts: pd.DataFrame,
    case_days: pd.DataFrame | None,
    months: Sequence[int],
    job_centres: Sequence[str],
    deadlines: Mapping[str, int],
) -> pd.DataFrame:
    """`comp_persons` of P, `comp_uptake` of T and `comp_case_days` of all cases. `deadlines` gives days by scheme; a scheme
    without one has no figure for the share within the deadline. Without `case_days` the source was never delivered."""
    schemes = [ALL, *SCHEMES]
    with_grant = of_quantity(counts, "with_grant", months)
    of_population = with_grant[with_grant["group"] == "P"]
    of_target = with_grant[with_grant["group"] == "T"]
    uptake = per_1000_rows("comp_uptake", of_target, of_quantity(counts, "members", months))
    persons = count_rows("comp_persons", of_population)
    if case_days is None:
        measures = [f"{scheme}|{measure}" for scheme in schemes for measure in MEASURES]
        days = not_computed_rows("comp_case_days", measures, months, "")
    else:
        days = case_days_figures(case_days, months, job_centres, deadlines)
    return tidy(
        [
            fill_gaps("comp_persons", persons, schemes, months, ["P"]),
            fill_gaps("comp_uptake", uptake, schemes, months, ["T"]),
            days,
        ]
    )


def fleksjob_figures(counts: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """`fleksjob_referred`, `fleksjob_employed` and its share, of P and T."""
    referred = of_quantity(counts, "referred", months)
    employed = of_quantity(counts, "referred_employed", months)
    every_kind = employed[employed["dim1"] == "scheme"]
    totals = referred[referred["dim1"] == ""].drop(columns=["dim1", "value1"])
    by_kind = every_kind[[*IDENTITY]].merge(totals, on=["variant", "month", "group"])
    denominators = pd.concat(
        [referred, by_kind, referred[referred["dim1"] == ""].assign(variant=BY_CLAUSE)]
    )
    groups, variants = ["P", "T"], ["", BY_CLAUSE]
    share = share_rows("fleksjob_employed_share", employed, denominators)
    return tidy(
        [
            fill_gaps(
                "fleksjob_referred", count_rows("fleksjob_referred", referred), [""], months, groups
            ),
            fill_gaps(
                "fleksjob_employed",
                count_rows("fleksjob_employed", employed),
                variants,
                months,
                groups,
            ),
            fill_gaps("fleksjob_employed_share", share, variants, months, groups),
        ]
    )


def case_days_figures(
    case_days: pd.DataFrame,
    months: Sequence[int],
    job_centres: Sequence[str],
    deadlines: Mapping[str, int],
) -> pd.DataFrame:
    """`comp_case_days`: median, mean, 90th percentile (nearest-rank) and share within the deadline, by scheme and centre."""
    rows, shares, lacking = [], [], []
    places = [("", ""), *(("job_centre", name) for name in job_centres)]
    for scheme in [ALL, *SCHEMES]:
        of_scheme = case_days if scheme == ALL else case_days[case_days["scheme"] == scheme]
        for dim, name in places:
            at_place = of_scheme if not dim else of_scheme[of_scheme["job_centre"] == name]
            by_month = dict(iter(at_place.groupby("month")))
            for month in months:
                cases = by_month.get(month, at_place.iloc[:0])
                key = (month, "", dim, name)
                rows.extend(_day_measures(scheme, key, cases))
                timed = cases[cases["scheme"].isin(list(deadlines))]
                if deadlines and (scheme == ALL or scheme in deadlines):
                    limit = timed["scheme"].map(dict(deadlines))
                    in_time = int(timed.loc[timed["days"] <= limit, "n"].sum())
                    shares.append(
                        (f"{scheme}|within_deadline", *key, in_time, int(timed["n"].sum()))
                    )
        if not (deadlines and (scheme == ALL or scheme in deadlines)):
            lacking.append(f"{scheme}|within_deadline")
    identity = pd.DataFrame(rows, columns=[*IDENTITY, "numerator", "denominator", "value"])
    shared = pd.DataFrame(shares, columns=[*IDENTITY, "n", "of"])
    within = share_rows(
        "comp_case_days",
        shared[[*IDENTITY, "n"]],
        shared[[*IDENTITY, "of"]].rename(columns={"of": "n"}),
    )
    return pd.concat(
        [
            plain_rows(
                "comp_case_days",
                identity,
                identity["value"].to_numpy(np.float64),
                numerator=identity["numerator"].to_numpy(np.float64),
                denominator=identity["denominator"].to_numpy(np.float64),
            ),
            within,
            not_computed_rows("comp_case_days", lacking, months, ""),
        ],
        ignore_index=True,
    )


def _day_measures(
    scheme: str, key: tuple[int, str, str, str], cases: pd.DataFrame
) -> list[tuple[object, ...]]:
    histogram = cases.groupby("days")["n"].sum()
    days, n = histogram.index.to_numpy(np.int64), histogram.to_numpy(np.int64)
    total, upto = int(n.sum()), np.cumsum(n)
    if not total:
        empty = {"median": np.nan, "mean": 0, "p90": np.nan}
        return [(f"{scheme}|{measure}", *key, n, 0, np.nan) for measure, n in empty.items()]

    def ranked(rank: int) -> int:
        return int(days[np.searchsorted(upto, rank)])

    median = (ranked((total + 1) // 2) + ranked(total // 2 + 1)) / 2
    spent = int((days * n).sum())
    return [
        (f"{scheme}|median", *key, np.nan, total, median),
        (f"{scheme}|mean", *key, spent, total, spent / total),
        (f"{scheme}|p90", *key, np.nan, total, ranked(-(-9 * total // 10))),
    ]


def _gap(matched: pd.DataFrame) -> pd.DataFrame:
    """R's rate less T's in percentage points, rounded once."""
    within = matched[matched["dim1"].isin(GAP_DIMS)]
    keys = ["variant", "month", "dim1", "value1"]
    of_target = within[within["group"] == "T"]
    others = within[within["group"] == "R"].drop(columns="group")
    both = of_target.merge(others, on=keys, suffixes=("", "_r"))
    value = [
        _points(Fraction(nr, dr) - Fraction(n, d)) if d and dr else np.nan
        for n, d, nr, dr in zip(both["n"], both["of"], both["n_r"], both["of_r"], strict=True)
    ]
    return plain_rows("employment_gap", both, np.array(value, dtype=np.float64))


def _standardised_gap(counts: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """As the gap, R's rate standardised directly to T's mix of sex and age within each row; missing when T has people
    where R has none."""
    crossed = counts[counts["dim1"] == CELL_DIM]
    employed, members = (of_quantity(crossed, name, months) for name in ("employed", "members"))
    cells = matched_counts(employed, members)
    cells[CELL_DIM.split("|")] = cells["value1"].str.split("|", expand=True).to_numpy(object)
    rows: list[tuple[object, ...]] = []
    for dim in GAP_DIMS:
        series = ["variant", "month", *([dim] if dim else [])]
        by_group = ["group", "sex", "age_group"]
        added = cells.groupby(list(dict.fromkeys([*series, *by_group])), sort=False)[
            ["n", "of"]
        ].sum()
        for keys, cell in added.reset_index().groupby(series):
            variant, month, *value = keys
            identity = (f"{variant}|standardised", month, "T", dim, value[0] if value else "")
            rows.append((*identity, _standardised(cell)))
    table = pd.DataFrame(rows, columns=[*IDENTITY, "value"])
    return plain_rows("employment_gap", table, table["value"].to_numpy(np.float64))


def _standardised(cells: pd.DataFrame) -> float:
    of: dict[str, dict[tuple[str, str], tuple[int, int]]] = {"T": {}, "R": {}}
    columns = [cells[name].tolist() for name in ("group", "sex", "age_group", "n", "of")]
    for group, sex, age, n, members in zip(*columns, strict=True):
        of[group][sex, age] = (n, members)
    size = sum(members for _, members in of["T"].values())
    if not size:
        return np.nan
    expected = Fraction(0)
    for cell, (_, weight) in of["T"].items():
        if weight:
            n, members = of["R"].get(cell, (0, 0))
            if not members:
                return np.nan
            expected += Fraction(weight, size) * Fraction(n, members)
    return _points(expected - Fraction(sum(n for n, _ in of["T"].values()), size))


def _points(difference: Fraction) -> float:
    return float(100 * difference)


def _twelve_months(counts: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """Sums of each month and the eleven before, where all twelve are counted; variants get `|12m`."""
    parts = []
    by_month = {m: counts[counts["month"] == m] for m in counts["month"].unique().tolist()}
    for month in months:
        window = [by_month.get(m) for m in range(month - YEAR + 1, month + 1)]
        if any(rows is None for rows in window):
            continue
        total = pd.concat(window).groupby(SERIES, as_index=False, sort=False)["n"].sum()
        parts.append(total.assign(month=np.int32(month), variant=total["variant"] + "|12m"))
    if not parts:
        return counts[[*IDENTITY, "n"]].head(0)
    summed: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return summed[[*IDENTITY, "n"]]
