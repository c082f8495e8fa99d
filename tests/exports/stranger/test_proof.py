"""What a stranger finds in the tidy table: figures that disagree, and small counts that sums give away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from disclosure.audit.view import View
from disclosure.table import protect_table
from exports.stranger.cells import read_cells
from exports.stranger.counted import UnknownFigure, counted
from exports.stranger.proof import disagreeing, worked_out
from exports.stranger.system import as_system
from exports.stranger.tidy_file import NUMBERS, as_rows
from indicators.catalogue import catalogue
from tests.disclosure.contracts import contracts
from tests.disclosure.tables import row, tidy
from tests.exports.stranger.town import DISTRICTS, MONTHS, tidy_town

THRESHOLD = 5


@pytest.fixture(scope="module")
def town() -> pd.DataFrame:
    return as_rows(tidy_town())


def hide(rows: pd.DataFrame, chosen: pd.Series) -> pd.DataFrame:  # type: ignore[type-arg]
    """The rows with the chosen ones hidden."""
    hidden = rows.copy()
    hidden.loc[chosen, list(NUMBERS)] = np.nan
    hidden.loc[chosen, "flag"] = "suppressed"
    return hidden


def safe(rows: pd.DataFrame) -> pd.DataFrame:
    """Everything but the totals of both counts hidden."""
    return hide(rows, (rows["dim1"] != "") | (rows["indicator"] == "ltu_80_share"))


def _at(rows: pd.DataFrame, **wanted: str) -> int:
    chosen = np.logical_and.reduce(
        [(rows[name] == word).to_numpy() for name, word in wanted.items()]
    )
    return int(np.flatnonzero(chosen)[0])


def _show(hidden: pd.DataFrame, rows: pd.DataFrame, at: int) -> pd.DataFrame:
    shown = hidden.copy()
    shown.loc[at] = rows.loc[at]
    return shown


def test_every_sum_holds_in_a_true_table(town: pd.DataFrame) -> None:
    """A view refuses true values that break a relation. A month has 6 margins of breakdowns, 10 of crossings and 12
    long-term
    unemployed within unemployed; the three years have 6 sums and 2 margins each.
    """
    view: View = as_system(read_cells(town)).view
    assert len(view.low) == 28 * len(MONTHS) + 3 * 8


def test_a_table_that_shows_totals_alone_gives_nothing_away(town: pd.DataFrame) -> None:
    assert worked_out(safe(town), THRESHOLD, town) == []
    assert worked_out(safe(town), THRESHOLD) == []


def test_small_counts_alone_hidden_are_worked_out(town: pd.DataFrame) -> None:
    """Their neighbours give them away."""
    small = (town["numerator"] > 0) & (town["numerator"] < THRESHOLD)
    found = worked_out(hide(town, small), THRESHOLD, town)
    assert any("kan regnes ud" in one.what for one in found)


@pytest.mark.parametrize("with_truth", [True, False])
def test_one_sex_shown_gives_the_other(town: pd.DataFrame, with_truth: bool) -> None:
    """In the first month and district with a small count: its crossing's other half and its row shown, it is solved."""
    crossed = town[
        (town["dim2"] != "") & (town["indicator"] == "ltu_80") & town["numerator"].between(1, 4)
    ]
    small = crossed.iloc[0]
    other = "M" if small["value1"] == "K" else "K"
    base = {"indicator": "ltu_80", "period": small["period"]}
    shown = _show(safe(town), town, _at(town, **base, dim1="district", value1=small["value2"]))
    beside = _at(town, **base, dim1="sex", value1=other, value2=small["value2"])
    found = worked_out(_show(shown, town, beside), THRESHOLD, town if with_truth else None)
    assert any(small["period"] in one.file and small["value2"] in one.file for one in found)


def test_a_share_left_beside_its_hidden_numerator(town: pd.DataFrame) -> None:
    at = _at(town, indicator="ltu_80_share", dim1="district", value1=DISTRICTS[0])
    left = safe(town)
    left.loc[at, "value"] = town.loc[at, "value"]
    assert any("uden sin tæller" in one.what for one in disagreeing(left))
    whole = _show(safe(town), town, at)
    assert any("står i en anden række" in one.what for one in disagreeing(whole))
    assert disagreeing(safe(town)) == []


def test_a_month_between_two_years(town: pd.DataFrame) -> None:
    """Two twelve-month sums a month apart and one of the two months they do not share give the other."""
    months = (town["indicator"] == "exits_job") & (town["dim1"] == "sex")
    years = (town["indicator"] == "exits_job_12m") & (town["dim1"] == "sex")
    hidden = hide(town, town["dim1"].ne("") & ~years & ~(months & (town["period"] == MONTHS[0])))
    found = worked_out(hidden, 12, town)
    assert any(
        f"exits job narrow {MONTHS[12]}" in one.file and "regnes ud" in one.what for one in found
    )


def test_how_small_a_count_can_be_is_found_where_it_is_asked(town: pd.DataFrame) -> None:
    """One hidden row too many shown leaves nothing bounded above; of a 2 it is then known that it is no fewer."""
    hidden = as_rows(protect_table(tidy_town(), THRESHOLD)[0])
    assert worked_out(hidden, THRESHOLD, town, downwards=True) == []
    place = {"dim1": "sex", "value1": "K", "value2": DISTRICTS[2]}
    at = _at(town, indicator="ltu_80", period=MONTHS[6], **place)
    shown = _show(hidden, town, at)
    assert worked_out(shown, THRESHOLD, town) == []
    found = worked_out(shown, THRESHOLD, town, downwards=True)
    assert [one.what for one in found] == ["et antal under 5 kan ikke være mindre, end det er."]


def test_a_contract_outside_the_total() -> None:
    """The others alone make the total: of 2 + 2 = 4 both are at most 3, whatever the contract without a number has."""
    true = as_rows(tidy(*contracts(2, 2, 9, unstated=9)))
    achieved = true["variant"] == "achieved"
    assert worked_out(hide(true, achieved & true["value1"].isin(["C0", "C1", "C2"])), 5, true) == []
    found = worked_out(hide(true, achieved & true["value1"].isin(["C0", "C1"])), 5, true)
    assert len(found) == 2


def test_every_figure_of_the_catalogue_is_described() -> None:
    """Whom it counts, variant by variant; an unknown one is refused."""
    for indicator in catalogue():
        for variant in ("", "narrow|any", "all|12m", "mean", "all|median", "narrow"):
            try:
                counted(indicator, variant)
            except UnknownFigure:
                continue
            break
        else:
            pytest.fail(indicator)
    with pytest.raises(UnknownFigure):
        counted("shoe_size", "")


@pytest.mark.parametrize(
    ("in_all", "in_programmes", "fits"),
    [(0, (1, 0), True), (3, (1, 2), True), (3, (2, 2), True), (3, (1, 1), False)],
)
def test_a_programme_can_hold_more_peers_than_the_total_but_the_total_no_more_than_all_of_them(
    in_all: int, in_programmes: tuple[int, int], fits: bool
) -> None:
    matched = "course_outcome_26/narrow|any|matched/"
    named = zip(("peer-mentor", "afklaring"), in_programmes, strict=True)
    rows = [
        row(matched, None, in_all, value=3.0),
        *(row(f"{matched}/programme/{name}", None, n, value=3.0) for name, n in named),
    ]
    found = worked_out(as_rows(tidy(*rows)), 1)
    assert any("stemmer ikke" in str(one) for one in found) is not fits


@pytest.mark.parametrize(("together", "findings"), [(61, 0), (60, 2)])
def test_of_a_hidden_mean_it_is_known_that_somebody_was_there_in_one_month(
    together: int, findings: int
) -> None:
    """So of two that are 61 in twelve months either could be 60, which is five a month."""
    place = "exit_rate_job/wide|12m/P"
    table = as_rows(
        tidy(
            row(place, 0, together / 12),
            row(f"{place}/district/Amager", 0, 37 / 12),
            row(f"{place}/district/Valby", 0, (together - 37) / 12),
        )
    )
    found = worked_out(hide(table, table.index > 0), THRESHOLD, table)
    assert sum("mean unemployed" in str(one) for one in found) == findings
