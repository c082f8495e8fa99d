"""Every bad file gets its answer, and nothing else: one test a case."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from expectations.contract import load
from sources.intake import IntakeResult, take_in
from sources.record import Delivery, DeliveryRecord
from tests.bad_files.case import Case
from tests.bad_files.catalogue import CASES, HOUSE, put
from tests.canaries import CANARIES, NAME_FORMS, forms
from tests.sources.making import KEY, NOW

FORMULA = re.compile(r"\"?([=+@\t\r]|-(?![\d.,/-]*$))")
"""A cell a spreadsheet would run, were the list of rows in quarantine opened in it."""


def take(case: Case, place: Path, told: list[str]) -> IntakeResult:
    """Take in the source of a case once; words of progress are added to `told`."""
    contract = load(case.source)
    return take_in(contract, place / "in", place / "home", KEY, HOUSE, NOW, told.append)


def answered(case: Case, found: IntakeResult) -> Delivery:
    """The delivery the case is about."""
    (delivery,) = found.waiting if case.verdict == "waiting" else found.new
    return delivery


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_file_gets_its_answer(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = tmp_path / "in" / case.source
    told: list[str] = []
    in_force: list[str] = []
    if case.before:
        before = Case("", "", "", "", "", case.before, case.source)
        put(before, folder)
        in_force = [entry.id for entry in take(before, tmp_path, told).in_force]
        assert in_force, "the delivery before is to be a good one"
    put(case, folder)
    if case.meanwhile:
        change = case.meanwhile
        monkeypatch.setattr("sources.inbox.time.sleep", lambda _: change(folder))
    found = take(case, tmp_path, told)
    if not case.verdict:
        assert (found.new, found.waiting) == ([], [])
    else:
        check(case, answered(case, found), found, tmp_path, in_force)
    assert case.ignored in " ".join(found.ignored)
    said = [repr(found), *told, *capfd.readouterr(), caplog.text]
    no_number_is_shown("\n".join(said).encode(), tmp_path / "home")
    if not case.meanwhile:
        again = take(case, tmp_path, told)
        assert (again.new, again.ignored) == ([], []), "what was answered is answered once"


def check(
    case: Case, delivery: Delivery, found: IntakeResult, place: Path, in_force: list[str]
) -> None:
    """Hold the answer against what the case says."""
    contract = load(case.source)
    assert (delivery.verdict, delivery.code) == (case.verdict, case.code), delivery.sentence
    assert case.says in delivery.sentence
    if delivery.verdict != "accepted":
        assert delivery.sentence.endswith(f"Spørg {contract.supplier}.")
        cause = delivery.sentence.removesuffix(f" Spørg {contract.supplier}.")
        assert len(re.findall(r"[.;] \w", cause)) >= 1, "cause and action are two"
    balance = (delivery.used, delivery.quarantined, delivery.duplicates)
    assert balance == case.balance
    assert delivery.rows_in == sum(balance)
    assert delivery.facts.get("quarantined_by_rule", {}) == dict(case.rules)
    failed = {item["name"] for item in delivery.checks if not item["passed"]}
    assert case.warns <= failed
    record = DeliveryRecord(place / "home")
    if delivery.verdict != "waiting":
        assert record.find(delivery.id) == delivery
    now_in_force = [entry.id for entry in record.in_force(case.source)]
    if not delivery.in_force:
        assert now_in_force == in_force, "the delivery before stays in force"
    else:
        assert delivery.id in now_in_force
    listed = record.quarantine_path(delivery)
    assert (listed is not None) == bool(case.rules)
    if listed:
        cells = re.split(r"[;\r\n]+", listed.read_text("utf-8-sig"))
        assert not [cell for cell in cells if FORMULA.match(cell)]
    column, values = case.stored
    if column:
        stored = pq.read_table(record.table_path(delivery, case.sheet or case.source, verify=True))
        assert stored.column(column).to_pylist() == list(values)


def no_number_is_shown(said: bytes, home: Path) -> None:
    """No canary, and nobody's name, in what was said, nor below the home outside the raw store."""
    searched = [path for path in home.rglob("*") if path.is_file() and "raw" not in path.parts]
    contents = [
        said,
        *(path.read_bytes() for path in searched),
        *(str(p).encode() for p in searched),
    ]
    for path in searched:
        if path.suffix == ".parquet":
            contents += [
                repr(column.to_pylist()).encode() for column in pq.read_table(path).columns
            ]
    for form in (*NAME_FORMS, *(form for number in CANARIES for form in forms(number))):
        assert not any(form in content for content in contents)
