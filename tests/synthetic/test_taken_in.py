"""Every good delivery, in every format, is accepted, and its stored tables are the same ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from expectations.contract import load
from sources.inbox import Rest
from sources.intake import Installation, take_in
from sources.record import Delivery
from synthetic.generator import SOURCES, Truth, generate
from synthetic.kept_sheets import PlanIds
from synthetic.writing import FORMATS
from tests.whole.conftest import KEY

NOW = datetime(2020, 7, 1, 4, 30, tzinfo=UTC)
# DREAM by running number is refused while no key is in force.
EVERY = ("dream_key", *SOURCES)
PLAN = PlanIds(
    "prøveplan",
    ("1.1", "1.2"),
    (("nu", date(2020, 6, 30)),),
    (("et", "exit_rate_job"), ("to", "comp_case_days")),
)


def _truth(out: Path, kind: str) -> Truth:
    return generate(
        out, 2_000, "2020-01", "2020-06", 4, (kind,), by_lobenr=True, parts=2, plans=[PLAN]
    )


def _take_in(inbox: Path, home: Path, source: str) -> Delivery:
    taken = take_in(load(source), inbox, home, bytes.fromhex(KEY), Installation(Rest(0)), NOW)
    (delivery,) = taken.new
    return delivery


@pytest.fixture(scope="module")
def from_csv(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Delivery]:
    """The deliveries as CSV, taken in."""
    inbox, home = tmp_path_factory.mktemp("inbox"), tmp_path_factory.mktemp("home")
    truth = _truth(inbox, "csv")
    taken = {source: _take_in(inbox, home, source) for source in EVERY}
    assert {source: delivery.rows_in for source, delivery in taken.items()} == truth.rows
    return taken


@pytest.mark.parametrize("source", EVERY)
def test_good_deliveries_are_accepted_whole(source: str, from_csv: dict[str, Delivery]) -> None:
    delivery = from_csv[source]
    failed = {check["name"] for check in delivery.checks if not check["passed"]}
    # No made-up number passes modulus 11, so a source of people warns of that and of nothing else.
    people = any(table.has_person for table in load(source).tables)
    by_serial = source == "dream"
    assert failed == ({"cpr_modulus_11"} if people and not by_serial else set()), delivery.sentence
    assert delivery.verdict == ("warned" if failed else "accepted")
    assert delivery.used == delivery.rows_in > 0


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "csv"])
def test_formats_give_the_same_stored_tables(
    kind: str, from_csv: dict[str, Delivery], tmp_path: Path
) -> None:
    _truth(tmp_path / "inbox", kind)
    for source in EVERY:
        delivery = _take_in(tmp_path / "inbox", tmp_path / "home", source)
        assert delivery.verdict == from_csv[source].verdict, delivery.sentence
        assert delivery.tables == from_csv[source].tables, source
