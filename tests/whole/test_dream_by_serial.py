"""DREAM by serial number and a key gives what DREAM by personal number gives, and says whom it cannot place."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.laying_out import laid_out
from assets.resources import House
from pipelines.cli import main
from plans.loading import plan_ids
from synthetic.generator import generate

PERSONS, FROM_MONTH, MONTH = 300, "2020-03", "2020-06"
FIRST_COMPUTED = "2020-05"
KEY = "5b" * 32


def night(root: Path, *, by_lobenr: bool) -> Path:
    """A home after one night on made-up deliveries; `root` is new."""
    generate(root / "inbox", PERSONS, FROM_MONTH, MONTH, 11, by_lobenr=by_lobenr)
    run(root)
    return root / "home"


def run(root: Path) -> None:
    """One night more."""
    told = ["--home", str(root / "home"), "--inbox", str(root / "inbox")]
    asked = ["--month", MONTH, "--from-month", FIRST_COMPUTED, "--plan", plan_ids()[-1]]
    assert main(["run", *told, *asked]) == 0


def published(home: Path) -> list[bytes]:
    """The indicators of every set, byte for byte."""
    return [path.read_bytes() for path in sorted(home.glob("published/**/indicators.csv"))]


def test_the_same_indicators_and_a_corrected_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIDTVEJS_KEY", KEY)
    by_number = night(tmp_path / "number", by_lobenr=False)
    by_serial = night(tmp_path / "serial", by_lobenr=True)
    assert published(by_number)
    assert published(by_serial) == published(by_number)

    house = House(home=str(by_serial))
    dream = house.record().in_force("dream")[-1]
    first = laid_out(house, "weeks")
    assert first is not None
    assert (dream.facts["identified_by"], first.without_key) == ("lobenr", 0)
    # A key without its first three rows takes effect though DREAM is not delivered anew.
    key = next((tmp_path / "serial" / "inbox" / "dream_key").glob("*.csv"))
    lines = key.read_text("utf-8").splitlines(keepends=True)
    shorter = key.with_name("dream_key_202007.csv")
    shorter.write_text("".join([lines[0], *lines[4:]]), "utf-8")
    shorter.with_name(shorter.name + ".done").touch()
    run(tmp_path / "serial")
    second = laid_out(house, "weeks")
    assert second is not None
    assert second.version != first.version
    assert second.without_key == 3
    assert sum(second.store.rows) == sum(first.store.rows)
    assert house.record().in_force("dream")[-1].id == dream.id
