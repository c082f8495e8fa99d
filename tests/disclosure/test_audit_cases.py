"""The audit finds in every published case what is known of it, to a thousandth."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from disclosure.audit.audit import Needs, audit
from disclosure.audit.groups import group_breaches
from disclosure.audit.intervals import intervals
from disclosure.audit.linking import with_differences
from disclosure.audit.view import Bools
from tests.disclosure.differencing_cases import about, all_shown, plain_table
from tests.disclosure.protection_cases import WITH_INTERVALS, Case, expected_intervals, load

LINKED = "15_ssb_census_four_linked_tables"
SINGLETONS = "10_ssb_vignette_T8_singletons"
TWO_ONES = "12_sdctable_two_singletons"
GROUPS = "14_handbook_group_disclosure"


@pytest.mark.parametrize("name", WITH_INTERVALS)
def test_intervals_of_the_reference_pattern(name: str) -> None:
    case, expected = load(name), expected_intervals(name)
    low, high = intervals(case.view(case.reference), expected["cell_id"].to_numpy())
    assert np.allclose(low, expected["lower"], atol=0.001)
    assert np.allclose(high, expected["upper"], atol=0.001)


@pytest.mark.parametrize(
    ("pattern", "key", "lower"),
    [
        ("r_local", "local_lb0", 0),
        ("r_local", "local_lb1", 1),
        ("r_super_consistent", "super_lb0", 0),
        ("r_super_consistent", "super_lb1", 1),
        ("r_global", "global_lb0", 0),
        ("r_global", "global_lb1", 1),
    ],
)
def test_four_linked_tables(pattern: str, key: str, lower: float) -> None:
    """Tables protected one by one give away 20 small counts, 32 when zeros are shown; each pattern's narrow ones are counted
    too."""
    case = load(LINKED)
    hidden = np.asarray(case.cells[pattern] != 0) | case.primary
    found = audit(case.view(hidden, lower), Needs(5, sensitive=case.primary))
    expected = case.about["expected"]["audit_of_R_patterns"][key]
    kinds = Counter(breach.kind for breach in found.breaches)
    assert kinds["exact"] == expected["exact_primary"]
    assert kinds["exact"] + kinds["upper"] == expected["primary_upper_below_5"]
    assert hidden.sum() == expected["suppressed"]


@pytest.mark.parametrize(
    ("lower", "key"),
    [(0, "exactly_disclosed_with_lower_bound_0"), (1, "exactly_disclosed_with_lower_bound_1")],
)
def test_ones_are_given_away_when_zeros_are_shown(lower: float, key: str) -> None:
    case = load(SINGLETONS)
    pattern = case.about["expected"]["pattern_without_singleton_handling"]
    hidden = _cells(case, pattern["suppressed"])
    low, high = intervals(case.view(hidden, lower), np.flatnonzero(hidden))
    known = np.flatnonzero(hidden)[(high - low < 0.001) & case.primary[hidden]]
    assert set(known) == set(np.flatnonzero(_cells(case, pattern[key])))


def test_the_person_in_a_count_of_one_computes_the_other() -> None:
    """Two ones and nothing else hidden: an outsider believes 0 to 2, each of the two knows the other. With the 2 hidden as
    well neither does."""
    case = load(TWO_ONES)
    needs = Needs(2, sensitive=case.primary, insiders=True)
    ones = np.flatnonzero(case.primary)
    told = audit(case.view(case.primary), needs).breaches
    assert {(breach.cell, breach.insider) for breach in told} == {
        (ones[0], ones[1]),
        (ones[1], ones[0]),
    }
    assert {breach.kind for breach in told} == {"insider"}
    assert audit(case.view(case.reference), needs).safe


def test_all_of_a_group_have_the_trait() -> None:
    """All six married work full time, and the one divorced who does not knows it of the others."""
    case = load(GROUPS)
    at = {(row.marital, row.hours): row.cell_id for row in case.cells.itertuples()}
    marital = ("Married", "Divorced", "Single")
    groups = [(at[one, "Total"], at[one, hours]) for one in marital for hours in ("Full", "Part")]
    found = group_breaches(case.view(np.zeros(len(case.cells), dtype=bool)), groups)
    names = {cell: key for key, cell in at.items()}
    said = {(kind, names[part]) for kind, part in ((one.kind, one.part) for one in found)}
    expected = case.about["expected"]["published"]
    assert {part for kind, part in said if kind == "all"} == {
        tuple(row) for row in expected["group_disclosure_rows"]
    }
    assert {part[0] for kind, part in said if kind == "all but one"} == set(
        expected["within_group_disclosure_rows"]
    )
    assert ("none", ("Married", "Part")) in said
    assert len(found) == 3


def test_groups_hidden_in_the_table_are_not_found() -> None:
    """With the married row hidden nobody knows that its parts are all or none of it."""
    case = load(GROUPS)
    at = {(row.marital, row.hours): row.cell_id for row in case.cells.itertuples()}
    hidden = np.isin(case.cells["marital"], ["Married", "Divorced"])
    groups = [(at["Married", "Total"], at["Married", part]) for part in ("Full", "Part")]
    assert group_breaches(case.view(hidden), groups) == ()


def test_two_almost_equal_areas() -> None:
    """Case 16: the same table of an area and of one a little larger; every difference of 1 to 4 is one of its people."""
    name = "16_handbook_geographical_differencing"
    smaller, larger = plain_table(name, "table1.csv"), plain_table(name, "table2.csv")
    n = len(smaller)
    view, differences = with_differences(
        all_shown(smaller, larger), [(n + at, at) for at in range(n)]
    )
    found = audit(view, Needs(5, sensitive=np.isin(np.arange(len(view.value)), differences)))
    told = {list(smaller)[one.cell - differences[0]]: one.low for one in found.breaches}
    expected = about(name)["expected"]
    assert told == {
        (row, sex): value
        for row, values in expected["difference"].items()
        for sex, value in zip(expected["columns"], values, strict=True)
        if value
    }


def test_three_tables_name_one_woman() -> None:
    """Case 17: women are the total without the men, and one of them lives and works in the area."""
    name = "17_handbook_linking"
    males, total = plain_table(name, "males.csv"), plain_table(name, "totals.csv")
    n = len(males)
    view, differences = with_differences(all_shown(males, total), [(n + at, at) for at in range(n)])
    assert view.value[differences].tolist() == about(name)["expected"]["derived"]["Females"]
    found = audit(view, Needs(5, sensitive=np.isin(np.arange(len(view.value)), differences)))
    told = {(one.cell - differences[0], one.low, one.kind) for one in found.breaches}
    assert told == {(0, 1.0, "exact"), (2, 4.0, "exact")}


def test_overlapping_age_bands() -> None:
    """Case 18: those under 25 without those under 20 are one man."""
    name = "18_handbook_overlapping_age_bands"
    first, second = plain_table(name, "table1.csv"), plain_table(name, "table2.csv")
    at = {key: n for n, key in enumerate(first)}
    other = {key: len(first) + n for n, key in enumerate(second)}
    pairs = [(other[sex, "<25"], at[sex, "<20"]) for sex in ("Male", "Female")]
    view, differences = with_differences(all_shown(first, second), pairs)
    found = audit(view, Needs(5, sensitive=np.isin(np.arange(len(view.value)), differences)))
    expected = about(name)["expected"]["derived_20_24"]
    assert [(one.kind, one.low) for one in found.breaches] == [("exact", expected["Male"])]
    assert found.breaches[0].cell == differences[0]


def _cells(case: Case, keys: list[list[str]]) -> Bools:
    wanted = {tuple(key) for key in keys}
    dims = case.about["dims"]
    return np.array([tuple(row) in wanted for row in case.cells[dims].to_numpy()])
