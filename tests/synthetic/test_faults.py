"""Planted faults: the program answers each as the list says, and nothing else is wrong."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.contract import load
from sources.inbox import Rest
from sources.intake import Installation, take_in
from sources.record import Delivery, DeliveryRecord
from synthetic.fault_planting import FAULTS, LIST, Expected, chosen, expected, plant_faults
from synthetic.generator import generate
from tests.whole.conftest import KEY

NOW = datetime(2020, 7, 1, 4, 30, tzinfo=UTC)
ALWAYS = {"cpr_modulus_11"}
"""No made-up number passes modulus 11, so every source of people warns of it."""

Good = Mapping[str, Path]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Good]:
    """Good deliveries in CSV, made once."""
    out = tmp_path_factory.mktemp("good")
    return out, generate(out, 2_500, "2020-01", "2020-06", 5).files


def _copy(inbox: tuple[Path, Good], to: Path, sources: Sequence[str]) -> Good:
    folder, files = inbox
    for source in sources:
        shutil.copytree(folder / source, to / source)
    return {source: to / source / files[source].name for source in sources}


def _take_in(inbox: Path, home: Path, source: str) -> dict[str, Delivery]:
    """Every delivery of a source by the name of its (first) file."""
    taken = take_in(load(source), inbox, home, bytes.fromhex(KEY), Installation(Rest(0)), NOW)
    assert not taken.waiting
    return {delivery.file.split(" ")[0]: delivery for delivery in taken.new}


def _quarantined(home: Path, delivery: Delivery) -> dict[int, str]:
    path = DeliveryRecord(home).quarantine_path(delivery)
    if path is None:
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {int(row["raekke"]): row["regel"] for row in csv.DictReader(file, delimiter=";")}


def _failed(delivery: Delivery) -> set[str]:
    return {check["name"] for check in delivery.checks if not check["passed"]}


def _answered(home: Path, delivery: Delivery, answer: Expected) -> None:
    assert (delivery.verdict, delivery.code) == (answer.verdict, answer.code), delivery.sentence
    if answer.code != "over_tolerance":
        assert _quarantined(home, delivery) == answer.quarantined
        assert delivery.quarantined == len(answer.quarantined)


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_alone_is_answered_as_listed(
    name: str, inbox: tuple[Path, Good], tmp_path: Path
) -> None:
    fault = FAULTS[name]
    home = tmp_path / "home"
    good = _copy(inbox, tmp_path / "inbox", [fault.source])
    planted = plant_faults(tmp_path / "inbox", good, [fault])
    taken = _take_in(tmp_path / "inbox", home, fault.source)
    (answer,) = expected(planted)
    faulty = taken[answer.file]
    _answered(home, faulty, answer)
    usual = {"nothing_quarantined", "keys_unique"} if fault.row_code else set()
    if answer.verdict == "warned":
        assert _failed(faulty) - ALWAYS - usual == ({fault.check} if fault.check else set())
    if fault.verdict:
        (untouched,) = (one for file, one in taken.items() if file != answer.file)
        assert _failed(untouched) <= ALWAYS
        in_force = DeliveryRecord(home).in_force(fault.source)
        assert (faulty in in_force) == (fault.verdict == "warned")
        assert untouched in in_force
    if name == "dream-code-unknown":
        assert faulty.facts["code_counts"]["556"] == 1
    if name == "population-repeated-row":
        assert faulty.duplicates == 1


def test_all_faults_at_once_are_answered_as_listed(
    inbox: tuple[Path, Good], tmp_path: Path
) -> None:
    sources = sorted({fault.source for fault in FAULTS.values()})
    home = tmp_path / "home"
    good = _copy(inbox, tmp_path / "inbox", sources)
    planted = plant_faults(tmp_path / "inbox", good, chosen(["all"]))
    answers = {answer.file: answer for answer in expected(planted)}
    assert len(planted) == len(FAULTS)
    for source in sources:
        taken = _take_in(tmp_path / "inbox", home, source)
        assert taken.keys() == {file for file, one in answers.items() if one.source == source}
        for file, delivery in taken.items():
            _answered(home, delivery, answers[file])


def test_the_list_names_places_and_no_values(inbox: tuple[Path, Good], tmp_path: Path) -> None:
    good = _copy(inbox, tmp_path, ["courses", "staff"])
    before = good["courses"].read_text("utf-8").splitlines()
    plant_faults(tmp_path, good, chosen(["courses-number-in-text", "staff-same-bytes"]))
    listed = json.loads((tmp_path / LIST).read_text("utf-8"))
    row, same = listed["faults"]
    after = good["courses"].read_text("utf-8").splitlines()
    differing = [
        number
        for number, pair in enumerate(zip(before, after, strict=True), 1)
        if len(set(pair)) > 1
    ]
    assert row["rows"] == differing
    assert row["files"] == [good["courses"].name]
    assert listed["deliveries"][1] == {
        "source": "staff",
        "file": same["files"][0],
        "verdict": "duplicate",
        "code": "same_bytes",
        "quarantined": 0,
    }
    cpr = after[differing[0] - 1].split(";")[1]
    assert cpr not in (tmp_path / LIST).read_text("utf-8")


@pytest.mark.parametrize("files", [{}, {"staff": "staff.parquet"}, {"staff": "staff.csv.gz"}])
def test_only_a_whole_csv_can_be_spoilt(files: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="staff kan kun plantes"):
        plant_faults(
            tmp_path,
            {source: tmp_path / name for source, name in files.items()},
            chosen(["staff-half-person"]),
        )


def test_a_fault_without_a_row_that_fits_is_told(tmp_path: Path) -> None:
    good = generate(tmp_path, 0, "2020-06", "2020-06", 1).files
    with pytest.raises(ValueError, match="courses-programme-unknown; lav flere personer"):
        plant_faults(tmp_path, good, chosen(["courses-programme-unknown"]))


def test_a_name_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match="ved navn nonsense"):
        chosen(["staff-half-person", "nonsense"])
