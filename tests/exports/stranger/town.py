"""A made-up town whose tidy table adds up: people drawn one by one and counted, so that every sum holds by itself.

Belongs here: the table. Not here: hiding in it (the tests).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

SEXES, DISTRICTS = ("K", "M"), ("Amager Vest", "Valby", "Østerbro")
MONTHS = tuple(f"{year}-{month:02d}" for year in (2019, 2020) for month in range(1, 13))[:14]
COLUMNS = (
    *("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"),
    *("numerator", "denominator", "value", "low", "high", "unit", "flag"),
)


def tidy_town(people: int = 300, seed: int = 7) -> pd.DataFrame:
    """`unemployed` and `ltu_80` (narrow, crossed), `ltu_80_share`, `exits_job` and its twelve months, of the target
    group.
    """
    draw = np.random.default_rng(seed)
    sex, district = draw.integers(0, 2, people), draw.integers(0, 3, people)
    exits: list[np.ndarray] = []
    rows: list[dict[str, object]] = []
    for period in MONTHS:
        unemployed = draw.random(people) < 0.25
        long = unemployed & (draw.random(people) < 0.5)
        exits.append(draw.random(people) < 0.06)
        for dims, who in _categories(sex, district):
            crossed = bool(dims["dim2"])
            base = {"variant": "narrow", "period": period, "group": "T", "flag": "", **dims}
            out, stay = int((unemployed & who).sum()), int((long & who).sum())
            rows.append(_count(base, "unemployed", out, "personer"))
            rows.append(_count(base, "ltu_80", stay, "personer"))
            if crossed:
                continue
            share = stay / out if out else None
            rows.append(
                {
                    **base,
                    "indicator": "ltu_80_share",
                    "numerator": stay,
                    "denominator": out,
                    "value": share,
                    "unit": "andel",
                }
            )
            rows.append(_count(base, "exits_job", int((exits[-1] & who).sum()), "forløb"))
            if len(exits) >= 12:
                year = sum(int((month & who).sum()) for month in exits[-12:])
                rows.append(
                    _count({**base, "variant": "narrow|12m"}, "exits_job_12m", year, "forløb")
                )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _categories(sex: np.ndarray, district: np.ndarray) -> list[tuple[dict[str, str], np.ndarray]]:
    """Everybody, each breakdown and the crossing, with who is in it."""
    everybody = np.ones(len(sex), dtype=bool)
    nothing = {"dim1": "", "value1": "", "dim2": "", "value2": ""}
    found = [(nothing, everybody)]
    for at, name in enumerate(SEXES):
        found.append(({**nothing, "dim1": "sex", "value1": name}, sex == at))
    for at, name in enumerate(DISTRICTS):
        found.append(({**nothing, "dim1": "district", "value1": name}, district == at))
        for other, one in enumerate(SEXES):
            crossing = {"dim1": "sex", "value1": one, "dim2": "district", "value2": name}
            found.append((crossing, (district == at) & (sex == other)))
    return found


def _count(base: dict[str, object], indicator: str, number: int, unit: str) -> dict[str, object]:
    return {**base, "indicator": indicator, "numerator": number, "value": number, "unit": unit}
