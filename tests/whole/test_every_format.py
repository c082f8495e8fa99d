"""The same people delivered in every file format: byte-identical figures before protection, computed anew for each.

Every format goes the program's whole way up to protection, which never sees a file format and has nothing but this table
to go by; what it would hide is held against the others too. A real night on an inbox of mixed formats publishes the bytes
of the plainest, protected.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from assets.computing import compute, figures_of
from assets.laying_out import laid_out
from assets.publishing import fit_to_leave
from assets.recipes import AREAS, THINGS
from assets.resources import House
from assets.settings import Settings, installation_of
from expectations.contract import SOURCES, load
from exports.tidy import tidy_bytes
from indicators.calendar import parse_month
from indicators.figures import tidy
from pipelines.cli import main
from sources.intake import take_in
from tests.foreign.formats import FORMATS, write_as
from tests.foreign.inbox import COLUMNS, Rows, columns_of, make_rows

from .conftest import KEY

MONTH, FROM_MONTH = "2020-06", "2019-10"
PERSONS = 60
PLAN = "indsatsplan-2018-2022"
PLAINEST = "csv utf-8 ';'"
MIXED = ("xlsx", "sav", "parquet", "dta", "csv.gz", "xpt")


@pytest.fixture(scope="module")
def people() -> Rows:
    """A few people and nine months of them."""
    made = make_rows(3, PERSONS, (2019, 40), (2020, 26))
    return {source: made[source] for source in SOURCES if source == "dream" or source in COLUMNS}


@pytest.fixture(scope="module")
def expected(people: Rows, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The figures of the plainest format."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIDTVEJS_KEY", KEY)
        return figures(tmp_path_factory.mktemp("plain"), people, PLAINEST)


def deliver(inbox: Path, rows: Rows, forms: Sequence[str]) -> None:
    """Write every source, in the formats by turns; DREAM calls its person `PNR`."""
    for at, (source, table) in enumerate(rows.items()):
        columns = columns_of(source, table)
        names = ["PNR" if source == "dream" and name == "cpr" else name for name in columns]
        pairs = list(zip(names, columns, strict=True))
        spelled = [{name: row.get(column) for name, column in pairs} for row in table]
        write_as(forms[at % len(forms)], inbox / source, source, spelled, names)


def figures(folder: Path, rows: Rows, form: str) -> pd.DataFrame:
    """The unprotected figures of the rows delivered in one format to a fresh home."""
    deliver(folder / "inbox", rows, [form])
    house = House(home=str(folder / "home"), inbox=str(folder / "inbox"), from_month=FROM_MONTH)
    for source in rows:
        taken = take_in(
            load(source),
            house.inbox_path(),
            house.path,
            house.key(),
            installation_of(house.settings()),
            datetime(2020, 7, 1, tzinfo=UTC),
        )
        assert [delivery.in_force for delivery in taken.new] == [True]
        assert taken.new[0].quarantined == 0
    for thing in THINGS:
        laid_out(house, thing)
    for area in AREAS:
        compute(house, area, [parse_month(MONTH)])
    return tidy([figures_of(house, area, parse_month(MONTH)).table for area in AREAS])


@pytest.mark.parametrize("form", [form for form in FORMATS if form != PLAINEST])
def test_every_format_gives_the_same_figures(
    form: str, people: Rows, expected: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIDTVEJS_KEY", KEY)
    assert tidy_bytes(figures(tmp_path, people, form)) == tidy_bytes(expected)


def test_a_night_on_mixed_formats_publishes_the_same_figures(
    people: Rows, expected: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIDTVEJS_KEY", KEY)
    deliver(tmp_path / "inbox", people, MIXED)
    asked = ["run", "--home", str(tmp_path / "home"), "--inbox", str(tmp_path / "inbox")]
    asked += ["--month", MONTH, "--from-month", FROM_MONTH, "--plan", PLAN]
    assert main(asked) == 0
    published = tmp_path / "home" / "published" / PLAN / MONTH / "v001"
    protected, _ = fit_to_leave(expected, Settings().threshold, parse_month(MONTH))
    assert (published / "data" / "indicators.csv").read_bytes() == tidy_bytes(protected)


def test_the_figures_are_not_empty(expected: pd.DataFrame) -> None:
    counted = expected[(expected["indicator"] == "unemployed") & (expected["flag"] == "")]
    assert (counted["numerator"] > 0).any()
    assert len(expected) > 1_000
