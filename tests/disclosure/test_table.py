"""Whole tidy tables: the same people under several names, and what a reader could subtract."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from disclosure.patterns.cells import relation_matrix
from disclosure.patterns.near import within
from disclosure.table import _NEAR, Hidden, protect_table
from tests.disclosure.contracts import ACHIEVED, contracts
from tests.disclosure.tables import COLUMNS, NUMBERS, hidden, row, tidy

THRESHOLD = 5

LTU = "ltu_80/narrow/T"
SHARE = "ltu_80_share/narrow/T"
UNEMPLOYED = "unemployed/narrow/T"


def protected(*rows: dict[str, object]) -> set[str]:
    return hidden(protect_table(tidy(*rows), THRESHOLD)[0])


@pytest.mark.parametrize(("count", "gone"), [(0, False), (1, True), (4, True), (5, False)])
def test_both_sides_of_the_threshold(count: int, gone: bool) -> None:
    assert protected(row(LTU, count)) == ({LTU} if gone else set())


def test_a_hidden_row_keeps_its_place_and_loses_every_number() -> None:
    table = tidy(row(SHARE, 2, 40), row(LTU, 9, month="2020-05"))
    table[["low", "high"]] = 0.5
    table.index = pd.Index([7, 3])
    result, _ = protect_table(table, THRESHOLD)
    assert list(result.columns) == COLUMNS
    assert list(result.index) == [7, 3]
    assert result.loc[7, NUMBERS].isna().all()
    assert result.loc[7, "flag"] == "suppressed"
    assert result.loc[3, NUMBERS].notna().sum() == 4
    assert table.loc[7, NUMBERS].notna().all(), "the unprotected table is left as it was"
    others = [name for name in COLUMNS if name not in [*NUMBERS, "flag"]]
    pd.testing.assert_frame_equal(result[others], table[others])


def test_a_count_and_the_share_made_of_it_are_hidden_together() -> None:
    rows = [
        *(row(f"{name}", 60, 200) for name in (LTU, SHARE)),
        *(row(f"{name}/sex/M", 3, 90) for name in (LTU, SHARE)),
        *(row(f"{name}/sex/K", 57, 110) for name in (LTU, SHARE)),
    ]
    for counts in rows[0], rows[2], rows[4]:
        counts["denominator"], counts["value"] = None, counts["numerator"]
    gone = {f"{name}/sex/{sex}" for name in (LTU, SHARE) for sex in "MK"}
    assert protected(*rows) == gone


@pytest.mark.parametrize(("numerator", "gone"), [(36, True), (35, False), (40, False)])
def test_a_small_complement_hides_the_share_and_the_count_that_would_tell_it(
    numerator: int, gone: bool
) -> None:
    rows = row(LTU, numerator), row(SHARE, numerator, 40), row(UNEMPLOYED, 40)
    # The count of the long-term unemployed goes: it costs fewer figures than that of the unemployed
    # would in a whole table, and comes first among equals because it is smaller.
    assert protected(*rows) == ({LTU, SHARE} if gone else set())


def test_a_small_rest_of_the_population_hides_a_count_of_the_two_that_give_it() -> None:
    persons, uptake = "comp_persons/all/P", "comp_uptake/all/T"
    for in_target_group, gone in ((46, {persons}), (45, set()), (50, set())):
        rows = row(persons, 50), row(uptake, in_target_group, 1000)
        assert len(protected(*rows)) == len(gone), in_target_group


def test_wide_less_narrow_is_small() -> None:
    narrow, wide = "unemployed/narrow/T", "unemployed/wide/T"
    assert protected(row(narrow, 90), row(wide, 93)) == {wide}
    assert protected(row(narrow, 90), row(wide, 95)) == set()
    assert protected(row(narrow, 90), row(wide, 90)) == set()


def test_a_state_is_the_unemployed_under_another_name() -> None:
    states = [("employed", 700), ("unemployed", 90), ("unemployed_wide", 3), ("other", 7)]
    rows = [
        row("unemployed/narrow/T", 90),
        row("unemployed/wide/T", 93),
        row("benefit_state//T", 800),
        *(row(f"benefit_state//T/state/{state}", count) for state, count in states),
    ]
    gone = protected(*rows)
    assert "benefit_state//T/state/unemployed_wide" in gone
    assert "unemployed/wide/T" in gone
    assert "benefit_state//T/state/other" in gone, "the states sum to the group"
    assert "unemployed/narrow/T" not in gone


def test_exits_to_job_are_one_count_in_both_tables() -> None:
    by_destination = [row("exits/narrow/T", 43)]
    by_destination += [
        row(f"exits/narrow/T/destination/{name}", count)
        for name, count in {"job": 3, "education": 20, "other_benefit": 20}.items()
    ]
    gone = protected(*by_destination, row("exits_job/narrow/T", 3))
    assert {"exits_job/narrow/T", "exits/narrow/T/destination/job"} <= gone
    assert len(gone) == 3


def test_the_gap_goes_with_the_rates_it_is_made_of() -> None:
    rows = [
        row("employment_rate/any/T", 30, 60),
        row("employment_rate/any/R", 800, 1000),
        row("employment_gap/any/T", value=30.0),
        row("employment_gap/any|standardised/T", value=29.0),
    ]
    assert protected(*rows) == set()
    rows[1] = row("employment_rate/any/R", 998, 1000)
    gone = {"employment_rate/any/R", "employment_gap/any/T", "employment_gap/any|standardised/T"}
    assert protected(*rows) == gone


@pytest.mark.parametrize(("cases", "gone"), [(4, True), (5, False)])
def test_days_go_with_the_number_of_cases_and_a_sum_of_days_is_nobody(
    cases: int, gone: bool
) -> None:
    measures = [
        row("comp_case_days/all|median/", denominator=cases, value=40.0),
        row("comp_case_days/all|p90/", denominator=cases, value=90.0),
        row("comp_case_days/all|mean/", numerator=3, denominator=cases),
    ]
    assert len(protected(*measures)) == (3 if gone else 0)


def test_a_rate_by_kind_of_fleksjob_is_of_everybody_referred() -> None:
    rows = [
        row("fleksjob_referred//T", 200),
        row("fleksjob_employed_share//T", 120, 200),
        row("fleksjob_employed_share//T/scheme/fleksjob", 100, 200),
        row("fleksjob_employed_share//T/scheme/fastholdelsesfleksjob", 20, 200),
    ]
    assert protected(*rows) == set()


def test_a_contract_outside_the_total_hides_nothing_in_it() -> None:
    """2 + 2 = 4 with the total seen: both at most 3. The contract that no total holds is no partner."""
    gone = protected(*contracts(2, 2, 9, unstated=9))
    assert gone == {f"{ACHIEVED}/contract/C{number}" for number in (0, 1, 2)}


def months(values: list[int], first: int = 1) -> list[tuple[str, int]]:
    names = [
        f"{2018 + (at - 1) // 12}-{(at - 1) % 12 + 1:02d}"
        for at in range(first, first + len(values))
    ]
    return list(zip(names, values, strict=True))


def test_the_one_hidden_month_of_twelve_is_not_given_away_by_their_sum() -> None:
    counts = [9, 3, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]
    rows = [row("exits_job/narrow/T", count, month=month) for month, count in months(counts)]
    table = tidy(*rows, row("exits_job_12m/narrow|12m/T", sum(counts), month="2018-12"))
    result, summary = protect_table(table, THRESHOLD)
    assert (summary.primary, summary.secondary) == (1, 1)
    assert list(result["flag"]).count("suppressed") == 2
    assert result["flag"].iloc[1] == "suppressed"


def test_two_neighbouring_sums_do_not_give_away_the_month_that_leaves() -> None:
    counts = [3, 2, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0]
    rows = [row("exits_job/narrow/T", count, month=month) for month, count in months(counts)]
    sums = {"2018-12": sum(counts[:12]), "2019-01": sum(counts[1:])}
    rows += [row("exits_job_12m/narrow|12m/T", n, month=month) for month, n in sums.items()]
    result, _ = protect_table(tidy(*rows), THRESHOLD)
    shown = result["flag"] == ""
    year = shown & (result["indicator"] == "exits_job_12m")
    # January 2019 is a shown zero: both sums shown would tell January 2018.
    assert year.sum() == 1
    assert shown.iloc[12]


def test_a_mean_over_twelve_months_is_small_when_the_mean_is() -> None:
    few = row("exit_rate_job/narrow|12m/T", 9, 59 / 12)
    enough = row("exit_rate_job/narrow|12m/T", 9, 60 / 12)
    assert len(protected(few)) == 1
    assert protected(enough) == set()


def test_last_months_unemployed_are_the_exit_rates_denominator() -> None:
    rows = [
        row("unemployed/narrow/T", 60, month="2020-05"),
        row("unemployed/narrow/T/sex/M", 3, month="2020-05"),
        row("unemployed/narrow/T/sex/K", 57, month="2020-05"),
        row("exit_rate_job/narrow/T", 22, 60),
        row("exit_rate_job/narrow/T/sex/M", 0, 3),
        row("exit_rate_job/narrow/T/sex/K", 22, 57),
    ]
    gone = {f"{name}/narrow/T/sex/{s}" for name in ("unemployed", "exit_rate_job") for s in "MK"}
    assert protected(*rows) == gone


def test_missing_and_uncomputed_rows_stay_what_they_are() -> None:
    rows = [
        row(SHARE, 0, 0, flag="missing"),
        row(LTU, month="2020-05", flag="not_computed"),
        row("employment_gap/any/T", flag="missing"),
        row("not_in_the_vocabulary//T", flag="not_computed"),
    ]
    rows[0]["value"] = None
    result, summary = protect_table(tidy(*rows), THRESHOLD)
    assert list(result["flag"]) == ["missing", "not_computed", "missing", "not_computed"]
    assert summary.by_indicator == {}
    assert result["denominator"].iloc[0] == 0


def test_the_summary_counts_figures_by_indicator() -> None:
    rows = [row(LTU, 60), row(f"{LTU}/sex/M", 3), row(f"{LTU}/sex/K", 57), row(UNEMPLOYED, 4)]
    _, summary = protect_table(tidy(*rows), THRESHOLD)
    assert (summary.threshold, summary.primary, summary.secondary) == (THRESHOLD, 2, 1)
    assert summary.by_indicator == {"ltu_80": Hidden(1, 1), "unemployed": Hidden(1, 0)}


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([row("unheard_of//T", 9)], "unheard_of"),
        ([row("employment_gap/any/T", value=3.0)], "employment_gap"),
        ([row(LTU, 9.5)], "whole number"),
        ([row(LTU, 9), row(SHARE, 8, 40)], "ltu_80, narrow, T"),
    ],
)
def test_a_table_that_cannot_be_protected_is_refused(
    rows: list[dict[str, object]], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        protect_table(tidy(*rows), THRESHOLD)


def test_a_figure_that_does_not_say_how_many_it_is_made_of_is_hidden() -> None:
    """A median of days whose cases stand in no row may be one person's."""
    bare = "comp_case_days/all|median/"
    assert protected(row(bare, value=40.0), row(LTU, 60)) == {bare}


def test_an_empty_table_and_a_threshold_of_nothing() -> None:
    result, summary = protect_table(tidy(), THRESHOLD)
    assert len(result) == summary.primary == 0
    with pytest.raises(ValueError, match="threshold"):
        protect_table(tidy(), 0)


def test_what_is_beside_a_cell_is_six_relations_away_and_no_more() -> None:
    """A row of cells each equal to the next: zeros so near may be hidden with one that is not safe otherwise."""
    n = 10
    matrix = relation_matrix([{at: -1.0, at + 1: 1.0} for at in range(n - 1)], n)
    start = np.arange(n) == 0
    assert np.flatnonzero(within(matrix, start, _NEAR)).tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert start.sum() == 1, "what was asked of is left as it was"
