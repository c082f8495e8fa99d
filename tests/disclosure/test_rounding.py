"""Rounding whose parts still add up: the published cases, what it may change, and that a reader narrows nothing by sums."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from disclosure import rounding
from disclosure.additive import NotAdditive, round_rows
from disclosure.audit.intervals import intervals
from disclosure.audit.view import View
from disclosure.patterns.cells import Bools, Floats, relation_matrix
from disclosure.rounding import round_all, round_small
from tests.disclosure.protection_cases import CASES

HANDBOOK = "19_handbook_rounding_base5"
SMALL_COUNTS = {
    "20_ssb_plsrounding_e6": ["geo", "year"],
    "21_ssb_plsrounding_exPSD": ["rows", "cols"],
}
BASE = 5


def expected(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((CASES / name / "case.json").read_text("utf-8"))["expected"]
    return read


def crossed(inner: np.ndarray) -> tuple[Floats, csr_array]:
    """A table of any dimensions with every margin: the cells in the order of their places, totals last, and the sums."""
    whole = inner
    for axis in range(inner.ndim):
        whole = np.concatenate([whole, whole.sum(axis, keepdims=True)], axis)
    at = np.arange(whole.size).reshape(whole.shape)
    rows = []
    for axis in range(inner.ndim):
        lines = np.moveaxis(at, axis, -1).reshape(-1, at.shape[axis])
        rows += [{**dict.fromkeys(line[:-1].tolist(), 1.0), int(line[-1]): -1.0} for line in lines]
    return whole.ravel().astype(np.float64), relation_matrix(rows, whole.size)


def test_the_handbooks_table_is_rounded_no_worse() -> None:
    table = pd.read_csv(CASES / HANDBOOK / "original.csv").set_index("area")
    value, sums = crossed(table.loc[["A", "B", "C"], ["Male", "Female"]].to_numpy())
    done = round_all(value, sums, expected(HANDBOOK)["base"])
    published = expected(HANDBOOK)["published_controlled"]
    reference = np.concatenate([published[area] for area in ("A", "B", "C", "Total")])
    assert np.abs(done.value - value).sum() <= np.abs(reference - value).sum()
    assert (done.value % BASE == 0).all()
    assert (sums @ done.value == 0).all()
    assert (np.abs(done.value - value) < BASE).all()
    assert (done.value == value)[value % BASE == 0].all(), "multiples stay, zero among them"


def small_count_case(name: str) -> tuple[Floats, csr_array, Bools, pd.DataFrame]:
    """The inner cells, which stand in no table, and the published margins in the order of the reference's rows."""
    inner = pd.read_csv(CASES / name / "inner.csv", dtype=str)
    reference = pd.read_csv(
        CASES / name / "publish_reference.csv", dtype=dict.fromkeys(SMALL_COUNTS[name], str)
    )
    value = inner["freq"].astype(float).tolist()
    rows: list[dict[int, float]] = []
    for place in reference[SMALL_COUNTS[name]].itertuples(index=False):
        parts = [
            at
            for at, labels in enumerate(inner.drop(columns="freq").to_numpy())
            if all(label == "Total" or label in labels for label in place)
        ]
        rows.append({**dict.fromkeys(parts, 1.0), len(value): -1.0})
        value.append(sum(value[part] for part in parts))
    published = np.arange(len(value)) >= len(inner)
    return np.array(value), relation_matrix(rows, len(value)), published, reference


def utility(original: Floats, rounded: Floats) -> float:
    """The reference's measure: 1 less the Hellinger distance of the two, over the greatest there could be."""
    distance = np.sqrt(((np.sqrt(original) - np.sqrt(rounded)) ** 2).sum() / 2)
    return float(1 - distance / np.sqrt(original.sum()))


@pytest.mark.parametrize("name", sorted(SMALL_COUNTS))
def test_small_counts_are_rounded_no_worse(name: str) -> None:
    value, sums, published, reference = small_count_case(name)
    assert value[published].tolist() == reference["original"].tolist()
    done = round_small(value, sums, BASE, published)
    shown, true = done.value[published], value[published]
    change, metrics = np.abs(shown - true), expected(name)["metrics"]
    assert not ((shown > 0) & (shown < BASE)).any()
    assert (sums @ done.value == 0).all()
    assert (done.value >= 0).all()
    assert (done.value == 0)[value == 0].all()
    assert change.max() <= np.abs(reference["rounded"] - reference["original"]).max()
    assert change.mean() <= metrics["meanAbsDiff"]
    assert np.sqrt((change**2).mean()) <= metrics["rootMeanSquare"]
    assert utility(true, shown) >= metrics["HDutility"]


small_tables = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(
        st.integers(0, 12), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]
    ).map(lambda counts: np.array(counts).reshape(shape))
)


@given(small_tables)
@settings(deadline=None, max_examples=60)
def test_a_two_way_table_is_rounded_within_the_base(inner: np.ndarray) -> None:
    value, sums = crossed(inner)
    done = round_all(value, sums, BASE)
    assert not len(done.beyond)
    assert (done.value % BASE == 0).all()
    assert (sums @ done.value == 0).all()
    assert (np.abs(done.value - value) < BASE).all()
    assert (done.value == value)[value % BASE == 0].all()


@given(
    st.lists(st.integers(0, 9), min_size=4, max_size=4).map(
        lambda counts: np.array(counts).reshape(2, 2)
    )
)
@settings(deadline=None, max_examples=40)
def test_no_other_rounding_is_nearer(inner: np.ndarray) -> None:
    """Every choice of the inner four, tried."""
    value, sums = crossed(inner)
    done = round_all(value, sums, BASE)
    near = [sorted({BASE * (n // BASE), BASE * -(-n // BASE)}) for n in inner.ravel().tolist()]
    tried = [crossed(np.array(choice).reshape(2, 2))[0] for choice in product(*near)]
    allowed = [np.abs(one - value).sum() for one in tried if (np.abs(one - value) < BASE).all()]
    assert np.abs(done.value - value).sum() == min(allowed)


@given(small_tables)
@settings(deadline=None, max_examples=25)
def test_sums_narrow_nothing(inner: np.ndarray) -> None:
    """A reader who knows how it was rounded believes of every inner cell what its own figure says, and no less."""
    value, sums = crossed(inner)
    rounded = round_all(value, sums, BASE).value
    n, m = len(value), sums.shape[0]
    view = View(
        value=value,
        hidden=np.ones(n, dtype=np.bool_),
        lower=np.maximum(rounded - BASE + 1, 0),
        upper=rounded + BASE - 1,
        matrix=sums,
        low=np.zeros(m),
        high=np.zeros(m),
    )
    shape = tuple(size + 1 for size in inner.shape)
    cells = np.arange(n).reshape(shape)[:-1, :-1].ravel()
    low, high = intervals(view, cells)
    assert np.allclose(low, view.lower[cells])
    assert np.allclose(high, view.upper[cells])


def test_more_room_is_no_farther_from_the_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where sums may be moved beyond their two neighbours, they are not moved without need."""
    value, sums = crossed(np.array([[2, 9], [3, 8]]))
    near = round_all(value, sums, BASE)
    monkeypatch.setattr(rounding, "_WIDER", (1,))
    wide = round_all(value, sums, BASE)
    assert (wide.value % BASE == 0).all()
    assert (sums @ wide.value == 0).all()
    assert np.abs(wide.value - value).sum() <= np.abs(near.value - value).sum()


def test_a_table_of_three_dimensions() -> None:
    inner = np.random.default_rng(3).poisson(2.0, (6, 5, 3))
    value, sums = crossed(inner)
    done = round_all(value, sums, BASE)
    assert (done.value % BASE == 0).all()
    assert (sums @ done.value == 0).all()
    far = np.flatnonzero(np.abs(done.value - value) >= BASE)
    assert done.beyond.tolist() == far.tolist()
    assert len(far) <= 0.02 * len(value)


@given(small_tables)
@settings(deadline=None, max_examples=25)
def test_no_small_count_is_left_and_zeros_stay(inner: np.ndarray) -> None:
    value, sums = crossed(inner)
    done = round_small(value, sums, BASE, np.ones(len(value), dtype=np.bool_))
    assert not ((done.value > 0) & (done.value < BASE)).any()
    assert (sums @ done.value == 0).all()
    assert (done.value == 0)[value == 0].all()


def table_of(inner: np.ndarray) -> pd.DataFrame:
    value, _sums = crossed(inner)
    names = [
        [*(f"{letter}{at}" for at in range(size)), "I alt"]
        for letter, size in zip("rc", inner.shape, strict=True)
    ]
    places = pd.MultiIndex.from_product(names, names=["række", "søjle"]).to_frame(index=False)
    return places.assign(antal=value.astype(int))


def test_rows_in_and_rows_out() -> None:
    table = table_of(np.array([[2, 9], [20, 8]]))
    done = round_rows(table, ["række", "søjle"], "antal")
    assert (done.table["antal"] % BASE == 0).all()
    assert set(done.table["status"]) == {"afrundet"}, "which were multiples before is not said"
    assert done.table[["række", "søjle"]].equals(table[["række", "søjle"]])
    assert (done.changed, done.beyond) == (
        int((done.table["antal"] != table["antal"]).sum()),
        0,
    )
    assert done.farthest == (done.table["antal"] - table["antal"]).abs().max() < BASE
    assert done.log(BASE, only_small=False)[0].startswith(
        "9 celler afrundet, til hele multipla af 5"
    )


def test_only_small_counts_are_rounded() -> None:
    table = table_of(np.array([[2, 9], [23, 8]]))
    done = round_rows(table, ["række", "søjle"], "antal", only_small=True).table
    assert not done["antal"].between(1, 4).any()
    assert (done["antal"] == table["antal"]).sum() > 4
    with pytest.raises(NotAdditive):
        round_rows(table.assign(antal=1), ["række", "søjle"], "antal")
