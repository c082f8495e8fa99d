"""From rows to counts, and from counts to the sums a reader knows: one step at a time, in made-up vocabularies."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from disclosure.equations import Equations
from disclosure.running import add_twelve_months, add_yearly
from disclosure.sums import KEY, add_breakdowns
from disclosure.uses import rows_of, uses_of
from disclosure.vocabulary import KRONER, Counted, Place, Vocabulary
from tests.disclosure.tables import row, tidy

NOTHING = Vocabulary(counted={})


def equations(*values: float) -> Equations:
    n = len(values)
    return Equations(np.array(values, dtype=np.float64), np.ones(n), np.zeros(n, dtype=np.int64))


def places(*known: Mapping[str, object]) -> pd.DataFrame:
    """Cells in their order; what is not said of one is blank, the month January 2020."""
    blank = dict.fromkeys(KEY, "") | {"quantity": "people", "month": 12 * 2020}
    return pd.DataFrame([{**blank, **one, "cell": cell} for cell, one in enumerate(known)])


@pytest.mark.parametrize(
    ("values", "complete", "row_made", "why"),
    [
        ([5, 2, 3], True, [-1, 1, 1], "nobody is left, and it is known"),
        ([5, 2, 3], False, [-1, 1, 1, 1], "nobody is left, but there could be somebody"),
        ([6, 2, 3], True, [-1, 1, 1, 1], "one is in no part"),
        ([4, 2, 3], True, [-1, 1, 1, -1], "one is in both"),
    ],
)
def test_what_is_left_of_a_total(
    values: list[float], complete: bool, row_made: list[float], why: str
) -> None:
    system = equations(*values)
    system.add(np.array([0]), np.array([0, 0]), np.array([1, 2]), complete=complete)
    assert system.matrix().toarray().tolist() == [row_made], why
    assert not (system.matrix() @ system.value).any()


def test_a_year_so_far_is_that_of_the_month_before_and_the_month() -> None:
    """January's is the month alone, whichever cell it is."""
    january, february = {"month": 12 * 2020}, {"month": 12 * 2020 + 1}
    system = equations(3, 7, 3, 4)
    cells = places(january | {"variant": "year"}, february | {"variant": "year"}, january, february)
    add_yearly(system, cells, Vocabulary(counted={}, yearly={"people": ("year", "")}))
    assert sorted(system.matrix().toarray().tolist()) == [[-1, 1, 0, -1], [1, 0, -1, 0]]


def test_a_month_told_by_two_means_of_twelve_is_one_month() -> None:
    """And what is left of the first mean is of the ten months that nobody tells."""
    may, june = {"month": 12 * 2020 + 4}, {"month": 12 * 2020 + 5}
    system = equations(60, 62, 9, 8)
    system.scale[:2] = 12
    cells = places(may | {"variant": "12m"}, june | {"variant": "12m"}, may, june)
    add_twelve_months(system, cells, NOTHING)
    assert system.value[4:].tolist() == [6, 45]
    assert system.scale[4:].tolist() == [1, 10]
    assert not (system.matrix() @ system.value).any()


@pytest.mark.parametrize(
    "margin",
    [{"dim1": "sex", "value1": "M"}, {"dim1": "age", "value1": "30"}],
    ids=["its first", "its second"],
)
def test_a_crossing_adds_up_to_each_of_its_margins(margin: dict[str, object]) -> None:
    of_it = [("M", "30"), ("M", "40")] if margin["dim1"] == "sex" else [("M", "30"), ("K", "30")]
    crossing = [{"dim1": "sex", "value1": sex, "dim2": "age", "value2": age} for sex, age in of_it]
    system = equations(5, 2, 3)
    add_breakdowns(system, places(margin, *crossing), NOTHING)
    assert system.matrix().toarray()[:, :3].tolist() == [[-1, 1, 1]]


@pytest.mark.parametrize(
    ("place", "weight"),
    [
        ("many/any/T", 600),
        ("many/any/T/sex/M", 12),
        ("many/any/T/sex/M/age/30", 3),
        ("many/any|mean/T", 200),
        ("many/any|mean/T/sex/M/age/30", 1),
    ],
)
def test_a_total_is_worth_more_than_its_parts(place: str, weight: float) -> None:
    """And a headline variant three of its companions."""
    *first, dim, category = place.split("/")
    crossed = len(first) == 5
    of = row("/".join(first), 9) | {"dim2": dim, "value2": category} if crossed else row(place, 9)
    rows = rows_of(tidy(of), Vocabulary(counted={}, minor=frozenset({"mean"})))
    assert rows["weight"].tolist() == [weight]


def test_kroner_are_those_of_an_amount_and_of_both_sides_of_a_share() -> None:
    table = tidy(row("spent/one/", value=5_000.0), row("spent/one/", 2_000, 8_000))
    uses = uses_of(*_read(table, Vocabulary(counted={}, money={"spent": "people"})))
    found = uses[["quantity", "role", "variant", "count"]].to_numpy().tolist()
    assert sorted(found) == [
        [KRONER, "denominator", "all", 8.0],
        [KRONER, "numerator", "one", 2.0],
        [KRONER, "numerator", "one", 5.0],
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_a_denominator_that_is_the_totals_stands_in_no_category(number: int) -> None:
    dims = {"dim1": "sex", "value1": "M", "dim2": "sex", "value2": "M"}
    dims |= {f"dim{number}": "scheme", f"value{number}": "x"}
    words = Vocabulary(
        counted={"rate": Counted(numerator="some", denominator="all")},
        whole_dims=frozenset({("all", "scheme")}),
    )
    uses = uses_of(*_read(tidy(row("rate/one/", 2, 8) | dims), words))
    own = uses[uses["role"] == "denominator"].iloc[0]
    assert [own[f"dim{number}"], own[f"value{number}"]] == ["", ""]
    assert [own[f"dim{3 - number}"], own[f"value{3 - number}"]] == ["sex", "M"]


@pytest.mark.parametrize(
    ("place", "variant"),
    [
        (Place("people"), "narrow"),
        (Place("people", windowed=True), "narrow|12m"),
        (Place("people", "wide"), "wide"),
        (Place("people", "wide", windowed=True), "wide|12m"),
    ],
)
def test_the_variant_of_a_place(place: Place, variant: str) -> None:
    assert place.of("narrow") == variant


def _read(table: pd.DataFrame, words: Vocabulary) -> tuple[pd.DataFrame, Vocabulary]:
    return rows_of(table, words), words
