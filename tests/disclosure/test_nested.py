"""Tables of several levels in one column: which labels are sums of which others, and that none gives a small count away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.additive import NotAdditive, protect_rows
from disclosure.audit.audit import Needs, audit
from disclosure.audit.view import View
from disclosure.nested import told

TOTAL = "I alt"
NORTH, SOUTH = ("N1", "N2"), ("S1", "S2", "S3")
LEVELS = {"Nord": NORTH, "Syd": SOUTH}
SEXES = ("K", "M")


def by_place(counts: dict[str, tuple[int, ...]], total: bool = True) -> dict[str, tuple[int, ...]]:
    """Each place's counts, a part of town before its districts, the sum of all first."""
    table: dict[str, tuple[int, ...]] = {}
    for whole, parts in LEVELS.items():
        table[whole] = tuple(np.sum([counts[part] for part in parts], axis=0).tolist())
        table |= {part: counts[part] for part in parts}
    every = tuple(np.sum([*counts.values()], axis=0).tolist())
    return {TOTAL: every, **table} if total else table


def rows(table: dict[str, tuple[int, ...]]) -> pd.DataFrame:
    """A row a place and sex, and both together."""
    return pd.DataFrame(
        [
            (place, sex, count)
            for place, of in table.items()
            for sex, count in zip((*SEXES, TOTAL), (*of, sum(of)), strict=True)
        ],
        columns=["sted", "køn", "antal"],
    )


COUNTS = {"N1": (3, 90), "N2": (71, 64), "S1": (55, 58), "S2": (33, 41), "S3": (27, 22)}


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("afterwards", [True, False])
def test_the_levels_are_read_out_of_the_counts(total: bool, afterwards: bool) -> None:
    table = by_place(COUNTS, total)
    if afterwards:
        table = dict(reversed(table.items()))
    done = protect_rows(rows(table), ["sted", "køn"], "antal")
    found = {one.label: {*one.parts} for one in done.sums["sted"]}
    assert found == {
        "Nord": {*NORTH},
        "Syd": {*SOUTH},
        **({TOTAL: {"Nord", "Syd"}} if total else {}),
    }
    assert [one.of_all for one in done.sums["sted"]].count(True) == total


def test_a_small_count_of_a_district_is_not_given_away_by_its_part_of_town() -> None:
    """3 of 74 women: with the 71 and the 74 in sight they would be seen."""
    for total in (True, False):
        table = rows(by_place(COUNTS, total))
        hidden = protect_rows(table, ["sted", "køn"], "antal").table.set_index(["sted", "køn"])
        away = hidden["status"] != ""
        assert away["N1", "K"]
        assert away["N2", "K"] or away["Nord", "K"]


def test_what_is_said_of_the_levels() -> None:
    sums = protect_rows(rows(by_place(COUNTS)), ["sted", "køn"], "antal").sums
    assert [*told(sums)] == [
        "sted: »I alt« er summen af Nord, Syd.",
        "sted: »Nord« er summen af N1, N2.",
        "sted: »Syd« er summen af S1, S2, S3.",
        "køn: summen er »I alt«.",
    ]
    other_name = {"Byen" if place == TOTAL else place: of for place, of in by_place(COUNTS).items()}
    found = protect_rows(rows(other_name), ["sted", "køn"], "antal").sums
    assert next(iter(told(found))) == "sted: »Byen« er summen af Nord, Syd."
    without = protect_rows(rows(by_place(COUNTS, total=False)), ["sted", "køn"], "antal").sums
    assert next(iter(told(without))).startswith("sted: ingen række er summen af de andre;")


def test_one_column_alone_is_read_where_the_sum_of_all_agrees() -> None:
    counts = {TOTAL: 100, "Nord": 60, "N1": 2, "N2": 20, "N3": 38, "Syd": 40, "S1": 25, "S2": 15}
    table = pd.DataFrame({"sted": [*counts], "antal": [*counts.values()]})
    done = protect_rows(table, ["sted"], "antal")
    assert {one.label: one.parts for one in done.sums["sted"]} == {
        TOTAL: ("Nord", "Syd"),
        "Nord": ("N1", "N2", "N3"),
        "Syd": ("S1", "S2"),
    }
    away = done.table.set_index("sted")["status"] != ""
    assert away["N1"]
    assert away[["N2", "N3"]].any()


def test_a_district_where_nobody_is_belongs_to_the_part_of_town_it_stands_in() -> None:
    done = protect_rows(rows(by_place({**COUNTS, "S3": (0, 0)})), ["sted", "køn"], "antal")
    assert {one.label: one.parts for one in done.sums["sted"]}["Syd"] == SOUTH


def test_levels_that_leave_something_over_are_refused() -> None:
    table = by_place(COUNTS)
    del table["S3"]
    with pytest.raises(NotAdditive, match=TOTAL):
        protect_rows(rows(table), ["sted", "køn"], "antal")


def test_counts_that_agree_by_chance_are_no_levels() -> None:
    """12 = 5 + 7 in a column without a sum says nothing."""
    table = pd.DataFrame({"sted": ["a", "b", "c", "d"], "antal": [12, 5, 7, 30]})
    assert protect_rows(table, ["sted"], "antal").sums == {"sted": ()}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=5, max_size=5))
@settings(deadline=None, max_examples=25)
def test_random_levels_pass_the_audit(drawn: list[tuple[int, int]]) -> None:
    """The audit is told the levels, not what was read out of the counts."""
    table = rows(by_place(dict(zip((*NORTH, *SOUTH), drawn, strict=True))))
    done = protect_rows(table, ["sted", "køn"], "antal")
    value = table["antal"].to_numpy(np.float64)
    at = {place: n for n, place in enumerate(zip(table["sted"], table["køn"], strict=True))}
    levels = {TOTAL: tuple(LEVELS), **LEVELS}
    relations = [
        *(
            {at[whole, sex]: -1.0} | {at[part, sex]: 1.0 for part in parts}
            for whole, parts in levels.items()
            for sex in (*SEXES, TOTAL)
        ),
        *(
            {at[place, TOTAL]: -1.0} | {at[place, sex]: 1.0 for sex in SEXES}
            for place in dict.fromkeys(table["sted"])
        ),
    ]
    hidden = (done.table["status"] != "").to_numpy()
    view = replace(
        View.of(value.tolist(), hidden.tolist(), relations), lower=np.minimum(value, 1.0)
    )
    found = audit(view, Needs(5, sensitive=(value > 0) & (value < 5)))
    assert found.breaches == () or done.unsafe
