"""From inbox to record: verdicts, what is in force, and that nothing half or personal is kept."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from expectations.checks import CheckResult, checks_for
from expectations.contract import Table, load
from sources.intake import IntakeResult, accept, judge, take_in
from sources.record import Delivery, DeliveryRecord, RecordError
from sources.rejection import ReadingFault

from .making import (
    AT_ONCE,
    INCOME,
    KEY,
    NOW,
    POPULATION,
    deliver,
    lines,
    number,
    resident,
    residents,
)


def take(tmp_path: Path, source: str = "population") -> IntakeResult:
    """Take in a source once."""
    return take_in(load(source), tmp_path / "in", tmp_path / "home", KEY, AT_ONCE, NOW)


def put(tmp_path: Path, stamp: str, rows: list[str], source: str = "population") -> None:
    """Deliver rows under a stamp."""
    header = POPULATION if source == "population" else INCOME
    deliver(tmp_path / "in", source, f"{source}_{stamp}.csv", lines(header, rows))


def balance(delivery: Delivery) -> tuple[int, int, int, int]:
    """Rows in, used, quarantined, duplicates."""
    return (delivery.rows_in, delivery.used, delivery.quarantined, delivery.duplicates)


def test_a_delivery_is_stored_whole_and_private(tmp_path: Path) -> None:
    put(tmp_path, "202001", [*residents(20), resident(30, bydel="Nowhere"), resident(0)])
    result = take(tmp_path)
    (delivery,) = result.new
    assert (delivery.verdict, delivery.code) == ("warned", "rows_quarantined")
    assert balance(delivery) == (22, 20, 1, 1)
    assert result.in_force == [delivery] or result.in_force[0].id == delivery.id
    contract = load("population")
    assert contract.supplier in delivery.sentence
    assert [c["name"] for c in delivery.checks] == [spec.name for spec in checks_for(contract)]
    record = DeliveryRecord(tmp_path / "home")
    assert record.table_path(delivery, verify=True).is_file()
    assert record.quarantine_path(delivery) is not None
    for path in (tmp_path / "home").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_no_personal_number_leaves_the_raw_store(tmp_path: Path) -> None:
    canary = number(7, "110291")
    rows = [
        *residents(100),
        resident(0, cpr=canary, til="2009-01-01"),
        resident(0, cpr=canary[:9] + "A"),
        resident(0, cpr=canary, bydel=canary),
        resident(0, cpr=canary, fra=canary),
        resident(0, cpr=canary) + f";{canary}",
        resident(0, cpr=canary, foedselsdato=canary),
    ]
    put(tmp_path, "202001", rows)
    deliver(tmp_path / "in", "population", f"list {canary}.csv", canary)
    deliver(tmp_path / "in", "population", "headless.csv", resident(0, cpr=canary) + "\n")
    result = take(tmp_path)
    assert {entry.verdict for entry in result.new} == {"warned", "rejected"}
    searched = 0
    for path in (tmp_path / "home" / "deliveries").rglob("*"):
        if path.is_file():
            searched += 1
            assert canary.encode() not in path.read_bytes(), path
            assert canary not in path.name
    assert searched >= 5
    assert all(canary not in str(entry) for entry in result.new)


@pytest.mark.parametrize(
    ("good", "bad", "verdict"),
    [(50, 10, "warned"), (50, 11, "rejected"), (1188, 12, "warned"), (1188, 13, "rejected")],
)
def test_tolerance_is_one_percent_and_at_least_ten_rows(
    tmp_path: Path, good: int, bad: int, verdict: str
) -> None:
    rows = [*residents(good), *(resident(2000 + i, bydel="Nowhere") for i in range(bad))]
    put(tmp_path, "202001", rows)
    (delivery,) = take(tmp_path).new
    assert delivery.verdict == verdict
    assert delivery.quarantined == bad
    record = DeliveryRecord(tmp_path / "home")
    if verdict == "rejected":
        assert delivery.code == "over_tolerance"
        assert "over tolerancen" in delivery.sentence
        with pytest.raises(RecordError):
            record.table_path(delivery)
        assert not list((tmp_path / "home" / "deliveries").rglob("*.parquet"))


@pytest.mark.parametrize(("rows", "verdict"), [(80, "warned"), (79, "suspect"), (160, "warned")])
def test_a_fall_of_more_than_twenty_percent_is_suspect(
    tmp_path: Path, rows: int, verdict: str
) -> None:
    put(tmp_path, "202001", residents(100))
    first = take(tmp_path).new[0]
    put(tmp_path, "202002", residents(rows))
    result = take(tmp_path)
    assert result.new[0].verdict == verdict
    assert [entry.id for entry in result.in_force] == [
        first.id if verdict == "suspect" else result.new[0].id
    ]


def test_an_older_period_is_suspect_until_accepted_by_name(tmp_path: Path) -> None:
    put(tmp_path, "202001", [*residents(9), resident(9, fra="2020-01-15")])
    take(tmp_path)
    put(tmp_path, "202002", [*residents(9), resident(9, fra="2020-01-01")])
    assert take(tmp_path).new[0].verdict == "warned"
    put(tmp_path, "202003", [*residents(9), resident(9, fra="2019-12-31")])
    suspect = take(tmp_path).new[0]
    assert (suspect.verdict, suspect.code) == ("suspect", "suspect_period")
    home = tmp_path / "home"
    with pytest.raises(RecordError):
        accept(home, suspect.id, "", "ok", NOW)
    accepted = accept(home, suspect.id, "Ida Holm", f"talt efter, {number(0)}", NOW)
    assert (accepted.verdict, accepted.accepted_by) == ("accepted", "Ida Holm")
    assert number(0) not in str(accepted)
    assert [entry.id for entry in DeliveryRecord(home).in_force("population")] == [suspect.id]
    with pytest.raises(RecordError):
        accept(home, suspect.id, "Ida Holm", "igen", NOW)
    with pytest.raises(RecordError):
        accept(home, "population-000000000000", "Ida Holm", "nej", NOW)


def test_append_sources_keep_every_delivery_and_know_no_fall(tmp_path: Path) -> None:
    row = "{};{};10000001;1;2;ordinær"
    put(tmp_path, "202006", [row.format(number(i), "2020-06") for i in range(20)], "income")
    put(tmp_path, "202007", [row.format(number(0), "2020-05")], "income")
    result = take(tmp_path, "income")
    assert [entry.verdict for entry in result.new] == ["warned", "warned"]
    assert [entry.file for entry in result.in_force] == ["income_202006.csv", "income_202007.csv"]
    assert (result.new[0].period_from, result.new[0].period_to) == ("2020-06", "2020-06")


def test_the_same_bytes_are_not_loaded_twice(tmp_path: Path) -> None:
    put(tmp_path, "202001", residents(5))
    first = take(tmp_path).new[0]
    assert take(tmp_path).new == []
    put(tmp_path, "202002", residents(5))
    result = take(tmp_path)
    again = result.new[0]
    assert (again.verdict, again.duplicate_of, again.rows_in) == ("duplicate", first.id, 0)
    assert [entry.id for entry in result.in_force] == [first.id]
    assert take(tmp_path).new == []
    assert [entry.sequence for entry in DeliveryRecord(tmp_path / "home").all("population")] == [
        1,
        2,
    ]


def test_a_rejected_delivery_leaves_the_former_in_force(tmp_path: Path) -> None:
    put(tmp_path, "202001", residents(5))
    first = take(tmp_path).new[0]
    deliver(tmp_path / "in", "population", "population_202002.csv", "cpr;til\n")
    deliver(tmp_path / "in", "population", "population_202003_part1of2.csv", "del")
    deliver(tmp_path / "in", "population", "population_202004.csv", POPULATION + "\n")
    result = take(tmp_path)
    assert [entry.code for entry in result.new] == ["missing_column", "part_missing", "empty_file"]
    assert [entry.id for entry in result.in_force] == [first.id]
    assert result.last is not None
    assert result.last.id == result.new[-1].id


def test_a_file_not_at_rest_is_told_and_not_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deliver(tmp_path / "in", "population", "a.csv", "x", done=False)
    monkeypatch.setattr("sources.inbox.time.sleep", lambda _: path.write_text("xx"))
    result = take(tmp_path)
    assert (result.new, result.last) == ([], None)
    assert [(entry.verdict, entry.code) for entry in result.waiting] == [("waiting", "not_at_rest")]


def test_judging_keeps_nothing(tmp_path: Path) -> None:
    put(tmp_path, "202001", residents(5))
    (tmp_path / "home").mkdir()
    found = judge(load("population"), tmp_path / "in", tmp_path / "home", KEY, AT_ONCE, NOW)
    assert [(entry.verdict, entry.used) for entry in found.new] == [("warned", 5)]
    assert list((tmp_path / "home").iterdir()) == []


def test_a_changed_table_is_not_used(tmp_path: Path) -> None:
    put(tmp_path, "202001", residents(5))
    delivery = take(tmp_path).new[0]
    record = DeliveryRecord(tmp_path / "home")
    path = record.table_path(delivery)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(RecordError, match="ændret"):
        record.table_path(delivery, verify=True)


def test_rows_must_balance(tmp_path: Path) -> None:
    put(tmp_path, "202001", residents(5))
    delivery = take(tmp_path).new[0]
    path = DeliveryRecord(tmp_path / "home").folder("population") / delivery.id / "delivery.json"
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**document, "used": 4}), "utf-8")
    with pytest.raises(RecordError, match="rows_in"):
        DeliveryRecord(tmp_path / "home").all("population")


def test_what_a_killed_run_left_does_not_count(tmp_path: Path) -> None:
    put(tmp_path, "202001", residents(5))
    left = tmp_path / "home" / "deliveries" / "population" / ".work-killed"
    left.mkdir(parents=True)
    (left / "population.parquet").write_bytes(b"half")
    result = take(tmp_path)
    assert len(result.in_force) == 1
    assert not left.exists()


def test_a_check_that_cannot_be_evaluated_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unevaluated(table: Table, batches: object, *_: object) -> list[CheckResult]:
        for _ in batches:  # type: ignore[attr-defined]
            pass
        return [CheckResult("row_floor", False, False, "error", "x", "Kunne ikke efterprøves.", {})]

    put(tmp_path, "202001", residents(5))
    with monkeypatch.context() as broken:
        broken.setattr("sources.judging.validate", unevaluated)
        result = take(tmp_path)
    assert (result.new[0].verdict, result.new[0].code) == ("rejected", "check_not_evaluated")
    assert result.in_force == []
    # It is no fault of the delivery: with the program mended it is judged again, and once.
    mended = take(tmp_path)
    assert [entry.verdict for entry in mended.in_force] == ["warned"]
    assert take(tmp_path).new == []


def test_a_fault_of_the_program_tells_place_and_never_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(number(0))

    monkeypatch.setattr("sources.judging.load_table", broken)
    put(tmp_path, "202001", residents(5))
    with pytest.raises(ReadingFault) as error:
        take(tmp_path)
    assert number(0) not in str(error.value)
    assert error.value.__suppress_context__
    monkeypatch.undo()
    later = take_in(
        load("population"),
        tmp_path / "in",
        tmp_path / "home",
        KEY,
        AT_ONCE,
        NOW + timedelta(days=1),
    )
    assert later.new[0].verdict == "warned"
