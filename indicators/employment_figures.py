"""The figures of work, from the counts of `employment`: rates, the gap between the groups, states, and who kept a job."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

import numpy as np
import pandas as pd

from indicators.block import Bools, Floats
from indicators.employment import CELL_DIM, GROUPS
from indicators.figures import TOTAL, Cubes, Rows
from indicators.tally import Counts, Ints
from indicators.weeks import JOB_KINDS

GAP_DIMS = ("", "sex", "age_group", "district")
POINTS = 100
"""Percentage points of a whole."""


def employment_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`employment_rate`, `benefit_state` and `retention` of T and R, and `employment_gap`, plain and standardised."""
    rows = Rows(months, counts)
    for group in GROUPS:
        members = counts.of("members", "", group)
        for kind in JOB_KINDS:
            employed = _by_breakdown(counts.of("employed", kind, group))
            rows.share("employment_rate", kind, group, employed, members, crossed=True)
        rows.count("benefit_state", "", group, counts.of("benefit_state", "", group))
        had, kept = (counts.of(name, "any", group) for name in ("had_job", "kept_job"))
        rows.share("retention", "any", group, kept, had)
    for kind in JOB_KINDS:
        _gap(rows, counts, kind)
        _standardised_gap(rows, counts, kind)
    return rows.table()


def _by_breakdown(cubes: Cubes) -> Cubes:
    return {dims: cube for dims, cube in cubes.items() if dims[0] != CELL_DIM}


def _gap(rows: Rows, counts: Counts, kind: str) -> None:
    """R's rate less T's in percentage points, rounded once."""
    n = {group: counts.of("employed", kind, group) for group in GROUPS}
    of = {group: counts.of("members", "", group) for group in GROUPS}
    if TOTAL not in n["T"]:
        rows.not_computed("employment_gap", [kind], ["T"])
        return
    for dim in GAP_DIMS:
        dims = (dim, "")
        numbers = [part[group][dims].n for group in ("R", "T") for part in (n, of)]
        values = [
            # Whole numbers over whole numbers are rounded once.
            POINTS * (nr * dt - nt * dr) / (dr * dt) if dr and dt else np.nan
            for nr, dr, nt, dt in zip(*(each.ravel().tolist() for each in numbers), strict=True)
        ]
        value = np.array(values).reshape(numbers[0].shape)
        rows.plain("employment_gap", kind, "T", dims, n["T"][dims].counted, {"value": value})


def _standardised_gap(rows: Rows, counts: Counts, kind: str) -> None:
    """As the gap, R's rate standardised directly to T's mix of sex and age within each row; missing when T has people
    where R has none."""
    variant, dims = f"{kind}|standardised", (CELL_DIM, "")
    n = {group: counts.of("employed", kind, group).get(dims) for group in GROUPS}
    if n["T"] is None or n["R"] is None:
        rows.not_computed("employment_gap", [variant], ["T"])
        return
    of = {group: counts.of("members", "", group)[dims] for group in GROUPS}
    crossed = CELL_DIM.split("|")
    sizes = [len(counts.categories[dim]) for dim in crossed]
    counted = n["T"].counted
    cells = [
        cube.n.reshape(-1, *sizes)
        for cube in (n["T"], of["T"], n["R"], of["R"])
        if cube is not None
    ]
    for dim in GAP_DIMS:
        # Within a row: sex x age group, the other breakdown's own category first.
        by_row = [_rows_first(each, crossed, dim) for each in cells]
        value = _standardised(by_row, counted)
        rows.plain("employment_gap", variant, "T", (dim, ""), counted, {"value": value})


def _rows_first(cells: Ints, crossed: list[str], dim: str) -> Ints:
    """Counts of (month, sex, age group, district) as (month, category of `dim`, sex and age group)."""
    by_district = np.moveaxis(cells, 3, 1)
    if dim == "district":
        return np.asarray(by_district.reshape(*by_district.shape[:2], -1))
    whole = cells.sum(axis=3)
    if not dim:
        return np.asarray(whole.reshape(len(whole), 1, -1))
    own = 1 + crossed.index(dim)
    by_row = np.moveaxis(whole, own, 1)
    return np.asarray(by_row.reshape(*by_row.shape[:2], -1))


def _standardised(cells: list[Ints], counted: Bools) -> Floats:
    value = np.full(cells[0].shape[:2], np.nan)
    for month, row in zip(*np.nonzero(np.broadcast_to(counted[:, None], value.shape)), strict=True):
        at = [each[month, row].tolist() for each in cells]
        value[month, row] = _standardised_row(*at)
    return value


def _standardised_row(n: list[int], of: list[int], n_r: list[int], of_r: list[int]) -> float:
    size = sum(of)
    if not size:
        return np.nan
    cells = [cell for cell in zip(of, n_r, of_r, strict=True) if cell[0]]
    if not all(others for *_, others in cells):
        return np.nan
    # Over one common denominator everything is whole numbers, and the figure is rounded once.
    common = lcm(*(others for *_, others in cells))
    expected = sum(weight * others_n * (common // others) for weight, others_n, others in cells)
    return POINTS * (expected - sum(n) * common) / (common * size)
