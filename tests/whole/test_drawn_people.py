"""The fast statistics against the slow reference on people drawn to be awkward, and the order of rows and blocks."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.categories import SCHEMES, TARGET_GROUP_RULES
from tests.foreign.inbox import Rows, make_rows, report_months
from tests.foreign.strategies import deliveries
from tests.reference.deliveries import build, read_code_table
from tests.reference.figures import figures
from tests.whole.agreement import disagreements, lacking, unreferenced
from tests.whole.laid import fast_figures

CODES = read_code_table(Path(str(files("indicators") / "dream_codes.csv")))

# The register of the inbox; one that ends with a week 53; one too short for much.
SPANS = (((2017, 40), (2021, 8)), ((2018, 10), (2020, 53)), ((2019, 20), (2021, 2)))


def asked(rows: Rows) -> list[tuple[int, int]]:
    """The last months, where registers run out, one before, and those a year before the last two."""
    months = report_months(rows)
    return sorted({months[-place] for place in (14, 13, 4, 2, 1) if place <= len(months)})


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(deliveries(), st.sampled_from(TARGET_GROUP_RULES))
def test_drawn_people_agree(rows: Rows, rule: str) -> None:
    months = asked(rows)
    data = build(rows, CODES)
    data.target_group_rule = rule
    assert disagreements(fast_figures(rows, months, rule=rule), figures(data, months))[:5] == []


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(min_value=10, max_value=1_000_000),
    st.sampled_from(SPANS),
    st.sampled_from(TARGET_GROUP_RULES),
    st.dictionaries(st.sampled_from(SCHEMES), st.integers(min_value=0, max_value=120)),
)
def test_scripted_lives_agree(
    seed: int,
    span: tuple[tuple[int, int], tuple[int, int]],
    rule: str,
    deadlines: dict[str, int],
) -> None:
    rows = make_rows(seed, 60, *span)
    months = asked(rows)
    # Growth from a month among those asked for, and from one before them all.
    baselines = [months[-2], (2016, 1)]
    data = build(rows, CODES)
    data.target_group_rule, data.deadlines = rule, deadlines
    table = fast_figures(rows, months, baselines, rule, deadlines)
    assert disagreements(table, figures(data, months, baselines))[:5] == []


@pytest.mark.parametrize("rule", TARGET_GROUP_RULES)
def test_each_rule_makes_a_target_group_of_its_own(rule: str) -> None:
    rows = make_rows(6, 80)
    table, usual = fast_figures(rows, [(2020, 6)], rule=rule), fast_figures(rows, [(2020, 6)])
    of_target = ["indicator", "variant", "group", "dim1", "dim2"]
    people = [
        figures[(figures[of_target] == ["employment_rate", "any", "T", "", ""]).all(axis=1)]
        for figures in (table, usual)
    ]
    n, n_usual = (int(of["denominator"].iloc[0]) for of in people)
    assert (n == n_usual) == (rule == TARGET_GROUP_RULES[0])


def test_both_sides_have_every_statistic() -> None:
    rows = make_rows(0, 40)
    months = [(2020, 12)]
    expected = figures(build(rows, CODES), months)
    table = fast_figures(rows, months)
    assert (lacking(table, expected), unreferenced(table, expected)) == ([], [])


def test_the_order_of_rows_is_nothing() -> None:
    rows = make_rows(3, 80)
    shuffled = {source: Random(1).sample(list(of), len(of)) for source, of in rows.items()}
    months = [(2020, 6)]
    pd.testing.assert_frame_equal(fast_figures(rows, months), fast_figures(shuffled, months))
