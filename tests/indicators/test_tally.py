"""Counts add up: over blocks however they are cut, and by breakdowns to the total."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from indicators import areas, passes
from indicators.block import Coded
from indicators.calendar import parse_month
from indicators.people import Rules
from indicators.tally import Cube, Series, Tally
from tests.foreign.inbox import make_rows
from tests.whole.laid import tables_of

MONTHS = [parse_month("2020-06"), parse_month("2020-07")]


@pytest.mark.parametrize("area", passes.PARTS)
def test_blocks_are_nothing(area: str) -> None:
    """One block, or people dealt out over three in any order: the same table."""
    tables, axis = tables_of(make_rows(1, 120))
    rules = Rules(job_centres=("Jobcenter A",), case_benefits=("su",))
    question = passes.Question(MONTHS, rules, axis)
    whole = [passes.answer(question, [area], tables)[area]]
    parts = [
        passes.answer(question, [area], {n: _dealt(t, part) for n, t in tables.items()})[area]
        for part in (2, 0, 1)
    ]
    asked = areas.Asked(MONTHS)
    pd.testing.assert_frame_equal(
        areas.figures(area, whole, asked), areas.figures(area, parts, asked)
    )


def _dealt(table: pa.Table, part: int) -> pa.Table:
    person = np.asarray(table["person"].to_numpy())
    return table.filter(pa.array(person % np.uint64(3) == part))


def test_areas_asked_for_together_count_as_apart() -> None:
    tables, axis = tables_of(make_rows(2, 60))
    question = passes.Question(MONTHS, Rules(), axis)
    together = passes.answer(question, list(passes.PARTS), tables)
    for area in passes.PARTS:
        alone = passes.answer(question, [area], tables)[area]
        asked = areas.Asked(MONTHS)
        pd.testing.assert_frame_equal(
            areas.figures(area, [alone], asked), areas.figures(area, [together[area]], asked)
        )


@pytest.mark.parametrize(
    ("area", "foreign"),
    [
        ("employment", ("compensation", "fleksjob")),
        ("unemployment", ("compensation", "fleksjob")),
        ("exits", ("compensation", "fleksjob")),
        ("compensation", ("income", "fleksjob")),
        ("fleksjob", ("income", "compensation")),
    ],
)
def test_an_area_counts_what_its_own_registers_hold(area: str, foreign: tuple[str, ...]) -> None:
    """Its version is made of them alone, so tables handed along for other areas must not show."""
    tables, axis = tables_of(make_rows(2, 60))
    question = passes.Question(MONTHS, Rules(), axis)
    own = {name: table for name, table in tables.items() if name not in foreign}
    asked = areas.Asked(MONTHS)
    pd.testing.assert_frame_equal(
        areas.figures(area, [passes.answer(question, [area], own)[area]], asked),
        areas.figures(area, [passes.answer(question, [area], tables)[area]], asked),
    )


def test_breakdowns_and_crossings_add_up_to_the_total() -> None:
    tables, axis = tables_of(make_rows(5, 200))
    question = passes.Question(MONTHS, Rules(), axis)
    found = passes.answer(question, ["unemployment"], tables)["unemployment"]
    table = areas.figures("unemployment", [found], areas.Asked(MONTHS))
    for (_, _, _), rows in table.groupby(["indicator", "variant", "period"]):
        counted = rows[rows["denominator"].isna()]
        sums = counted.groupby(["dim1", "dim2"])["value"].sum()
        assert (sums == sums.get(("", ""), 0)).all()
    crossed = table[(table["indicator"] == "ltu_80") & (table["variant"] == "narrow")]
    pairs = set(crossed[["dim1", "dim2"]].itertuples(index=False, name=None))
    assert len({pair for pair in pairs if pair[1]}) == 6
    assert ("age_group", "district") in pairs
    assert ("district", "age_group") not in pairs
    wide = table[table["variant"] == "wide"]
    assert set(wide["dim2"]) == {""}


def test_windows_and_later_months() -> None:
    cube = Cube(np.arange(1, 6).reshape(5, 1, 1), np.array([True, True, False, True, True]))
    of_two = cube.over(2)
    assert of_two.n.ravel().tolist() == [1, 3, 5, 7, 9]
    assert of_two.counted.tolist() == [False, True, False, False, True]
    later = cube.later(2)
    assert later.n.ravel().tolist() == [0, 0, 1, 2, 3]
    assert later.counted.tolist() == [False, False, True, True, False]
    assert not cube.later(9).counted.any()


def test_histograms_keep_each_key_once() -> None:
    tally = Tally(range(3), {})
    series = Series("days", "", "")
    tally.spread(series, np.array([[1, 5], [0, 2], [1, 5]]))
    tally.spread(series, np.array([[1, 5], [1, -3]]))
    rows = tally.counts().histograms[series]
    assert rows.tolist() == [[0, 2, 1], [1, -3, 1], [1, 5, 3]]


def test_texts_as_places() -> None:
    texts = Coded(("Syd", "Nord"), np.array([1, -1, 0, 1], dtype=np.int32))
    assert texts.places(["Nord", "uoplyst"]).tolist() == [0, 1, 1, 0]
    assert texts.among("Nord").tolist() == [True, False, False, True]
    assert texts.rows(np.array([2, 0])).among("Syd").tolist() == [True, False]
    nobody = pc.dictionary_encode(pa.array([], pa.string()))
    assert (
        Coded(tuple(nobody.dictionary.to_pylist()), np.zeros(0, np.int32)).places(["x"]).size == 0
    )
