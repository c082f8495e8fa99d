"""Any additive table on its own: what goes in, what comes out, and an audit that shares no code with it."""

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

TOTAL = "I alt"


def crossed(counts: list[list[int]]) -> pd.DataFrame:
    """A two-way table with both margins and the total."""
    inner = np.array(counts)
    full = np.block([[inner.sum(), inner.sum(0)], [inner.sum(1, keepdims=True), inner]])
    names = [
        [TOTAL, *(f"{letter}{at}" for at in range(n))]
        for letter, n in zip("rc", inner.shape, strict=True)
    ]
    places = pd.MultiIndex.from_product(names, names=["række", "søjle"]).to_frame(index=False)
    return places.assign(antal=full.ravel())


def test_one_small_cell_takes_a_rectangle() -> None:
    table = crossed([[2, 9, 30], [20, 8, 40], [50, 60, 70]])
    done = protect_rows(table, ["række", "søjle"], "antal")
    hidden = done.table[done.table["status"] != ""]
    assert (done.primary, done.secondary, done.unsafe) == (1, 3, 0)
    assert hidden["antal"].isna().all()
    seen = done.table[done.table["status"] == ""]
    assert seen["antal"].tolist() == table.loc[seen.index, "antal"].tolist()
    assert {*zip(hidden["række"], hidden["søjle"], strict=True)} >= {
        ("r0", "c0"),
        ("r0", "c1"),
        ("r1", "c1"),
    }
    assert done.log(5)[1] == "1 er skjult, fordi antallet er under 5 (primær)."


def test_what_is_dear_is_kept() -> None:
    table = crossed([[2, 9, 30], [20, 8, 40], [50, 60, 70]])
    dear = table.assign(pris=np.where(table["søjle"] == "c1", 100, 1))
    done = protect_rows(dear, ["række", "søjle"], "antal", weight="pris").table
    assert not (done["status"] != "")[done["søjle"] == "c1"].any()


@pytest.mark.parametrize("price", ["-5", "", "x"])
def test_a_price_is_a_number_that_is_not_negative(price: str) -> None:
    table = crossed([[2, 9, 30], [20, 8, 40]])
    with pytest.raises(ValueError, match="pris skal være tal"):
        protect_rows(
            table.assign(pris=["1", price] * 6), ["række", "søjle"], "antal", weight="pris"
        )


@pytest.mark.parametrize(("zeros_shown", "hidden"), [(True, 3), (False, 2)])
def test_zeros_that_are_shown_leave_less_room(zeros_shown: bool, hidden: int) -> None:
    """2 + 3 = 5: who knows that neither is nobody knows that neither is five."""
    table = pd.DataFrame({"sted": [TOTAL, "a", "b", "c", "d"], "antal": [44, 2, 3, 9, 30]})
    done = protect_rows(table, ["sted"], "antal", zeros_shown=zeros_shown)
    assert (done.table["status"] != "").sum() == hidden


@pytest.mark.parametrize(("people", "protected"), [(10, True), (11, False)])
def test_a_group_of_two_thresholds_may_not_be_all_alike(people: int, protected: bool) -> None:
    table = pd.DataFrame({"svar": [TOTAL, "ja", "nej"], "antal": [people, people, 0]})
    done = protect_rows(table, ["svar"], "antal", trait="svar").table
    assert (done["status"] != "").any() == protected


@pytest.mark.parametrize(
    ("yes", "no", "counted"), [(10, 0, (0, 1, 1)), (5, 3, (1, 0, 1))], ids=["all alike", "few"]
)
def test_what_was_hidden_is_counted_by_why(
    yes: int, no: int, counted: tuple[int, int, int]
) -> None:
    table = pd.DataFrame({"svar": [TOTAL, "ja", "nej"], "antal": [yes + no, yes, no]})
    done = protect_rows(table, ["svar"], "antal", trait="svar")
    assert (done.primary, done.alike, done.secondary) == counted


@pytest.mark.parametrize("groups", [["x"], ["x", "y"]])
def test_a_group_without_its_sum_is_refused_where_a_trait_is_asked_about(groups: list[str]) -> None:
    """Ten who all said yes would be shown: the sum that says they are all is a row that is not there."""
    counts = {"x": (10, 0), "y": (20, 30)}
    table = pd.DataFrame(
        [
            (group, svar, n)
            for group in groups
            for svar, n in zip(("ja", "nej"), counts[group], strict=True)
        ],
        columns=["gruppe", "svar", "antal"],
    )
    table.loc[len(table)] = ("y", TOTAL, 50)
    with pytest.raises(ValueError, match="hver gruppe"):
        protect_rows(table, ["gruppe", "svar"], "antal", trait="svar", total=TOTAL)
    with pytest.raises(ValueError, match="hver gruppe"):
        protect_rows(table.iloc[:2], ["svar"], "antal", trait="svar")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"antal": [9] * 9}, "delene giver ikke summen"),
        ({"række": "r0", "søjle": "c0"}, "to gange"),
        ({"antal": 1.5}, "hele"),
    ],
)
def test_what_is_no_additive_table_is_refused(change: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        protect_rows(crossed([[2, 9], [20, 8]]).assign(**change), ["række", "søjle"], "antal")
    assert issubclass(NotAdditive, ValueError)


@given(
    st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=4),
    st.booleans(),
)
@settings(deadline=None, max_examples=25)
def test_random_tables_pass_the_audit(counts: list[list[int]], zeros_shown: bool) -> None:
    table = crossed(counts)
    done = protect_rows(table, ["række", "søjle"], "antal", zeros_shown=zeros_shown)
    value = table["antal"].to_numpy(np.float64)
    at = {place: n for n, place in enumerate(zip(table["række"], table["søjle"], strict=True))}
    rows, columns = (
        [f"{letter}{n}" for n in range(size)] for letter, size in (("r", len(counts)), ("c", 3))
    )
    relations = [
        *({at[r, TOTAL]: -1.0} | {at[r, c]: 1.0 for c in columns} for r in [TOTAL, *rows]),
        *({at[TOTAL, c]: -1.0} | {at[r, c]: 1.0 for r in rows} for c in [TOTAL, *columns]),
    ]
    hidden = (done.table["status"] != "").to_numpy()
    lower = np.where((value > 0) & zeros_shown, 1.0, 0.0)
    view = replace(View.of(value.tolist(), hidden.tolist(), relations), lower=lower)
    found = audit(view, Needs(5, sensitive=(value > 0) & (value < 5)))
    assert not done.unsafe
    assert found.breaches == ()
