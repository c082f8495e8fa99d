"""What the disclosure control does not know how to protect does not leave with the rest."""

from __future__ import annotations

import pandas as pd
import pytest

from disclosure.quantities import VOCABULARY
from disclosure.table import can_be_protected, protect_table
from indicators.catalogue import catalogue
from tests.disclosure.tables import row, tidy

# Reviewed one by one when the vocabulary was made. An indicator joins them with tests of its protection, in one change.
PROTECTED = {
    *("employment_rate", "employment_gap", "benefit_state", "unemployed", "ltu_80"),
    *("ltu_80_share", "exits", "exits_job", "exits_job_12m", "exit_rate_job", "comp_persons"),
    *("comp_uptake", "comp_case_days", "fleksjob_referred", "fleksjob_employed"),
    "fleksjob_employed_share",
}


def test_only_what_was_reviewed_may_leave() -> None:
    assert set(VOCABULARY.counted) == PROTECTED
    assert catalogue().keys() >= PROTECTED


@pytest.mark.parametrize("indicator", sorted(catalogue().keys() - PROTECTED))
def test_every_other_indicator_is_held_back(indicator: str) -> None:
    table = tidy(row("unemployed/narrow/T", 9), row(f"{indicator}/narrow/T", 9))
    assert can_be_protected(table).tolist() == [True, False]


def test_a_crossing_of_a_known_indicator_is_held_back() -> None:
    table = tidy(row("unemployed/narrow/T/sex/K", 9), row("unemployed/narrow/T/sex/K", 2))
    crossed = table.assign(dim2=["", "age_group"], value2=["", "25–29"])
    assert can_be_protected(crossed).tolist() == [True, False]
    assert can_be_protected(crossed.fillna({"dim2": ""})).tolist() == [True, False]


def test_what_is_kept_can_be_protected_and_what_is_held_back_cannot() -> None:
    table = tidy(row("unemployed/narrow/T", 9), row("ltu_52/narrow/T", 3))
    kept, _ = protect_table(table[can_be_protected(table)], 5)
    pd.testing.assert_series_equal(kept["indicator"], table["indicator"][:1])
    with pytest.raises(ValueError, match="ltu_52"):
        protect_table(table, 5)
