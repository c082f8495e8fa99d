"""Whole nights, each a `midtvejs run` of its own, with Dagster's storage on PostgreSQL: eight begun at once lose nothing,
a restart of the server in the middle costs no more than a run again, and neither a good night nor a failing one stores
anybody's number.

Not here: what small runs do to the storage (`test_storage`), the same nights on SQLite (`tests/whole/faults`).
"""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy as sa

from pipelines.cli import main
from tests.canaries import CANARIES
from tests.pipelines.small_nights import instance_of
from tests.postgres.conftest import Server
from tests.whole.faults.history import PLAN, House, make_inbox
from tests.whole.searching import found
from tests.whole.strange_files import strange_files

pytestmark = [pytest.mark.program("postgres"), pytest.mark.package("dagster_postgres")]

MONTHS = ("2020-06", "2020-05")
FIRST = "2020-05"
"""The first month of the figures of every night, as in any house: months may come in whatever order."""


@pytest.fixture
def people(home: Path) -> frozenset[str]:
    """The numbers of everybody in the deliveries, which lie in the inbox."""
    return make_inbox(House(home.parent))


@pytest.fixture
def house(home: Path, people: frozenset[str]) -> House:
    """Deliveries in the inbox, and a home that knows of the server and has had no night."""
    with instance_of(home):
        pass  # the tables are made once
    return House(home.parent)


def _reached() -> dict[str, str]:
    """How the server is reached, as a night's environment has it."""
    return {name: os.environ[name] for name in os.environ if name.startswith("MIDTVEJS_PG_")}


def _ended(house: House, months: tuple[str, ...], server: Server | None = None) -> list[int]:
    """The exit codes of nights begun at once; with `server` it is restarted when the first step of one is done."""
    nights = [house.start(more=_reached(), month=month, first=FIRST) for month in months]
    if server is not None:
        until = time.monotonic() + 60
        while not list(house.home.glob("deliveries/*/*/")) and time.monotonic() < until:
            time.sleep(0.1)
        assert [night.poll(0) for night in nights] == [None] * len(nights), "none is done yet"
        server.restart()
    return [night.wait(300) for night in nights]


def _all_is_there(house: House, months: tuple[str, ...]) -> None:
    """Each month has one version, as the ledger and its manifest say, and every run is on the record, step by step."""
    versions = house.home.glob(f"published/{PLAN}/*/v*")
    assert Counter(path.parent.name for path in versions) == dict.fromkeys(months, 1)
    assert main(["verify", str(house.home)]) == 0


def _stored(database: str) -> list[tuple[str, bytes]]:
    """Every table of a database and its rows."""
    engine = sa.create_engine(database)
    with engine.connect() as connection:
        tables = {
            name: sa.text(f'SELECT * FROM "{name}"')
            for name in sa.inspect(engine).get_table_names()
        }
        kept = [
            (name, "\n".join(map(str, connection.execute(asked))).encode())
            for name, asked in tables.items()
        ]
    engine.dispose()
    return kept


def test_eight_nights_at_once_lose_nothing_and_store_nobody(
    house: House, people: frozenset[str], server: Server, database: str
) -> None:
    codes = _ended(house, MONTHS * 4)
    assert codes == [0] * 8, house.said.read_text("utf-8")
    _all_is_there(house, MONTHS)
    with instance_of(house.home) as instance:
        records = instance.get_run_records()
        assert [record.dagster_run.status for record in records] == [
            dg.DagsterRunStatus.SUCCESS
        ] * 8
        for record in records:
            told = Counter(
                (entry.dagster_event_type, entry.step_key)
                for entry in instance.all_logs(record.dagster_run.run_id)
            )
            begun = {step for kind, step in told if kind is dg.DagsterEventType.STEP_START}
            assert begun
            assert all(told[dg.DagsterEventType.STEP_SUCCESS, step] == 1 for step in begun)
    _nobody_is_stored(server, database, people)


def test_nights_that_fail_store_nobody(
    house: House, people: frozenset[str], server: Server, database: str
) -> None:
    for source, name, content in strange_files():
        laid = house.inbox / source / name
        laid.parent.mkdir(exist_ok=True)
        laid.write_bytes(content)
    more = _reached() | {"MIDTVEJS_REST_SECONDS": "0"}
    assert house.night("great_expectations_raises", more=more).code in (10, 11, 20, 30)
    assert house.night("nothing_is_hidden", more=more).code == 40, house.said.read_text("utf-8")
    with instance_of(house.home) as instance:
        ended = [record.dagster_run.status for record in instance.get_run_records()]
    assert dg.DagsterRunStatus.FAILURE in ended
    _nobody_is_stored(server, database, people)


def _nobody_is_stored(server: Server, database: str, people: frozenset[str]) -> None:
    """No personal number in any table, nor in what the server wrote down."""
    stored = dict(_stored(database))
    assert b"delivered_population" in stored["event_logs"], "the search must see what is there"
    said = {"the server's log": server.said.read_bytes()}
    assert found(iter((stored | said).items()), CANARIES, people) == []


def test_a_restart_in_the_middle_of_four_costs_a_run_again_at_most(
    house: House, server: Server
) -> None:
    asked = MONTHS * 2
    codes = _ended(house, asked, server)
    assert set(codes) <= {0, 30}, house.said.read_text("utf-8")
    assert "Traceback" not in house.said.read_text("utf-8")
    again = tuple(month for month, code in zip(asked, codes, strict=True) if code)
    assert _ended(house, again) == [0] * len(again), house.said.read_text("utf-8")
    _all_is_there(house, MONTHS)
