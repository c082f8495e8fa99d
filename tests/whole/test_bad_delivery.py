"""A bad delivery: refused whole, one sentence, the last good figures in force, and the exit code that says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from exports.ledger import verify
from indicators.catalogue import catalogue
from pipelines.cli import main
from sources.record import DeliveryRecord
from synthetic.generator import generate
from tests.canaries import CANARIES
from tests.whole.conftest import FROM_MONTH, MONTH, Place

PLAN = "indsatsplan-2018-2022"


def without_a_column(content: bytes) -> bytes:
    lines = [line.split(b";") for line in content.splitlines()]
    drop = lines[0].index(b"bydel")
    return b"\n".join(b";".join(line[:drop] + line[drop + 1 :]) for line in lines) + b"\n"


def two_percent_bad(content: bytes) -> bytes:
    lines = content.splitlines()
    column = lines[0].split(b";").index(b"foedselsdato")
    for number in range(1, len(lines), 50):
        cells = lines[number].split(b";")
        cells[column] = b"31-02-1980"
        lines[number] = b";".join(cells)
    return b"\n".join(lines) + b"\n"


def half_a_file(content: bytes) -> bytes:
    return content[: len(content) // 2 - 3]


CASES = {
    "missing column": ("population", without_a_column, "bydel"),
    "two per cent bad rows": ("population", two_percent_bad, "karantæne"),
    "half a file": ("dream", half_a_file, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_the_last_good_figures_stay(
    case: str, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    source, spoil, word = CASES[case]
    before = place.published()[f"{PLAN}/{MONTH}/v001/data/indicators.csv"]
    in_force = DeliveryRecord(place.home).in_force(source)
    place.deliver(source, spoil(place.newest(source).read_bytes()))
    assert place.run(PLAN) == 11
    told = capsys.readouterr().err
    last = DeliveryRecord(place.home).all(source)[-1]
    assert last.verdict in ("rejected", "suspect")
    assert last.sentence in told
    assert word in last.sentence
    assert DeliveryRecord(place.home).in_force(source) == in_force
    latest = place.home / "published" / PLAN / MONTH / "latest"
    assert (latest / "data" / "indicators.csv").read_bytes() == before
    assert verify(place.home).problems == ()


def test_a_required_source_never_delivered_stops_the_night(
    tmp_path: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(place.inbox / "dream")
    fresh = Place(tmp_path / "fresh", place.inbox)
    assert fresh.run() == 20
    assert "er aldrig leveret" in capsys.readouterr().err
    assert not (fresh.home / "published").exists()


def test_a_first_delivery_that_is_refused_computes_nothing(tmp_path: Path, place: Place) -> None:
    path = place.newest("population")
    path.write_bytes(without_a_column(path.read_bytes()))
    fresh = Place(tmp_path / "fresh", place.inbox)
    assert fresh.run() == 10
    assert not (fresh.home / "published").exists()


@pytest.mark.parametrize("away", ["not there", "an empty folder"])
def test_an_inbox_that_is_away_is_no_night_without_news(
    away: str, place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A drive that is not connected: the folder it is mounted on is missing, or there and empty."""
    before = place.published()
    monkeypatch.setenv("MIDTVEJS_INBOX", str(place.inbox))
    place.inbox.rename(place.inbox.with_name("elsewhere"))
    if away == "an empty folder":
        place.inbox.mkdir()
    asked = ["run", "--home", str(place.home), "--month", MONTH, "--from-month", FROM_MONTH]
    assert main(asked) == 30
    assert capsys.readouterr().err.count(f"Indbakken {place.inbox} er") == 1
    assert len(list((place.home / "notices").iterdir())) == 1
    if away == "an empty folder":
        place.inbox.rmdir()
    place.inbox.with_name("elsewhere").rename(place.inbox)
    assert main(asked) == 0
    assert place.published() == before


def test_a_second_night_on_the_same_inbox_publishes_nothing_new(place: Place) -> None:
    before = place.published()
    assert place.run() == 0
    assert place.published() == before


@pytest.mark.usefixtures("ends_before_protection")
def test_without_a_first_month_the_plans_baseline_is_taken(tmp_path: Path, place: Place) -> None:
    """Few people and weeks will do: the months are those asked for, whatever the registers reach."""
    fresh = Place(tmp_path / "fresh", tmp_path / "few")
    generate(fresh.inbox, 60, "2020-04", MONTH, 7)
    asked = ["run", "--home", str(fresh.home), "--inbox", str(fresh.inbox), "--month", MONTH]
    assert main([*asked, "--plan", PLAN]) == 40
    counted = pd.read_parquet(fresh.home / "internal" / MONTH / "indicators.parquet")
    assert counted["period"].min() == "2017-06"


def test_another_home_and_clock_give_the_same_bytes(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    fresh = Place(tmp_path / "fresh", place.inbox)
    assert fresh.run() == 0
    assert fresh.published() == place.published()


def test_without_the_other_sources_their_figures_are_not_computed(
    tmp_path: Path, place: Place
) -> None:
    for source in ("compensation", "fleksjob", "income"):
        shutil.rmtree(place.inbox / source)
    fresh = Place(tmp_path / "fresh", place.inbox)
    assert fresh.run(PLAN) == 0
    csv = fresh.published()[f"{PLAN}/{MONTH}/v001/data/indicators.csv"].decode()
    rows = [line.split(",") for line in csv.splitlines()]
    # Ledighedsydelse comes from DREAM.
    made_of_them = {
        name for name, one in catalogue().items() if one.area in ("compensation", "fleksjob")
    } - {"ledighedsydelse_long"}
    flags = {row[14] for row in rows if row[0] in made_of_them}
    assert flags == {"not_computed"}
    assert any(row[0] == "unemployed" and row[14] == "" for row in rows)


def test_what_waits_and_what_is_not_read_is_told(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MIDTVEJS_REST_SECONDS", "0")
    monkeypatch.setenv("MIDTVEJS_PARTS_WAIT_SECONDS", "3600")
    number = CANARIES[0]
    (place.inbox / "income" / "income_202007_part1of2.csv").write_bytes(b"x")
    (place.inbox / "income" / f"~${number}.xlsx").write_bytes(b"x")
    before = place.published()
    assert place.run() == 11
    told = capsys.readouterr().err
    assert "income: Del 2 af 2 er ikke kommet." in told
    assert "midlertidig fil" in told
    assert number not in told
    assert place.published() == before
    assert main(["deliveries", "--home", str(place.home), "--source", "income"]) == 0
    assert "venter" in capsys.readouterr().out
    (place.inbox / "income" / "income_202007_part1of2.csv").unlink()
    assert place.run(PLAN) == 0
    assert "midlertidig fil" not in capsys.readouterr().err
