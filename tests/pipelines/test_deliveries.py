"""The commands about deliveries: validate, deliveries, accept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from expectations.contract import load
from exports.ledger import ledger_path
from pipelines.cli import main
from sources.delivery_pages import page_path, refresh
from sources.intake import take_in
from sources.record import Delivery, DeliveryRecord
from tests.canaries import CANARIES
from tests.sources.making import AT_ONCE, KEY, NOW, POPULATION, deliver, lines, resident, residents

TARGET_GROUP = "cpr;funktionsnedsaettelse;primaer;fra;til;jobcenter;synlig"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a delivery in force, a suspect one, and one that waits for a part."""
    monkeypatch.setenv("MIDTVEJS_REST_SECONDS", "0")
    inbox = tmp_path / "in"
    rows = [*residents(20), resident(30, bydel="Ingensteds")]
    deliver(inbox, "population", "population_202001.csv", lines(POPULATION, rows))
    deliver(inbox, "population", "population_202002.csv", lines(POPULATION, residents(9)))
    deliver(inbox, "dream", f"dream {CANARIES[0]}_part1of2.csv", "x", done=False)
    for source in ("population", "dream"):
        take(tmp_path, source)
    return tmp_path


def take(place: Path, source: str) -> None:
    """Take in a source."""
    take_in(load(source), place / "in", place / "home", KEY, AT_ONCE, NOW)


def entries(place: Path) -> list[Delivery]:
    """What is on record of the population."""
    return DeliveryRecord(place / "home").all("population")


def ask(place: Path, *words: str) -> int:
    """Run a command on the home."""
    command, *rest = words
    return main([command, "--home", str(place / "home"), *rest])


def test_the_table_shows_each_delivery_and_why(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, suspect = entries(place)
    assert ask(place, "deliveries") == 0
    told = capsys.readouterr().out
    heading, *shown = told.split("\n\n")[0].splitlines()
    assert heading.split()[:5] == ["kilde", "leverance", "modtaget", "dom", "i"]
    assert [good.id in line or suspect.id in line for line in shown] == [False, True, True]
    assert "godkendt med advarsel" in shown[1]
    assert "ja" in shown[1].split()
    assert "mistænkelig" in shown[2]
    assert "fra 20 til 9" in told
    assert CANARIES[0] not in told


def test_the_table_can_be_narrowed_or_widened(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(place / "in", "population", "population_202003.csv", lines(POPULATION, residents(21)))
    take(place, "population")
    good, suspect, newest = entries(place)
    assert ask(place, "deliveries", "--source", "population", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["now_in_force"]) for one in told] == [(newest.id, True)]
    assert ask(place, "deliveries", "--all", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {good.id, suspect.id, newest.id} <= {one["id"] for one in told}
    assert ask(place, "deliveries", "--source", f"x{CANARIES[0]}") == 2
    assert CANARIES[0] not in capsys.readouterr().err


def test_a_delivery_is_shown_in_full(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = entries(place)[0]
    assert ask(place, "deliveries", good.id) == 0
    told = capsys.readouterr().out
    assert "21 = 20 brugt + 1 i karantæne + 0 ens dubletter" in told
    assert "code_unknown: 1" in told
    assert "nothing_quarantined" in told
    listed = DeliveryRecord(place / "home").quarantine_path(good)
    assert str(listed) in told
    assert "Kontrolsiden" not in told
    assert refresh(load("population"), place / "home") == ""
    assert ask(place, "deliveries", good.id) == 0
    assert str(page_path(place / "home", good)) in capsys.readouterr().out
    assert ask(place, "deliveries", good.id, "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["sha256"] == good.sha256
    assert ask(place, "deliveries", "population-nej") == 2
    assert "findes ikke" in capsys.readouterr().err


def test_an_empty_home_and_none_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "home").mkdir()
    assert ask(tmp_path, "deliveries") == 0
    assert capsys.readouterr().out == "Ingen leverancer.\n"
    assert main(["deliveries", "--home", str(tmp_path / "none")]) == 2


def test_a_suspect_delivery_is_accepted_by_name(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, suspect = entries(place)
    who, why = f"Ida Holm {CANARIES[0]}", f"talt efter, {CANARIES[1]}, " + "grundigt " * 30
    assert ask(place, "accept", suspect.id, "--by", who, "--why", why) == 0
    assert DeliveryRecord(place / "home").in_force("population")[0].id == suspect.id
    accepted = entries(place)[1]
    assert accepted.accepted_why.endswith("grundigt")
    said = capsys.readouterr().out + repr(accepted) + ledger_path(place / "home").read_text("utf-8")
    assert not any(number in said for number in CANARIES)
    assert "Ida Holm" in ledger_path(place / "home").read_text("utf-8")
    for wrong in (suspect.id, good.id, "population-000000000000", CANARIES[0]):
        assert ask(place, "accept", wrong, "--by", "Ida Holm", "--why", "igen") == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert CANARIES[0] not in told


@pytest.mark.parametrize(("by", "why"), [("", "x"), (" ", "x"), ("Ida", ""), ("Ida", "\u00a0")])
def test_a_name_and_a_reason_are_needed(place: Path, by: str, why: str) -> None:
    assert ask(place, "accept", entries(place)[1].id, "--by", by, "--why", why) == 2
    assert entries(place)[1].verdict == "suspect"


def test_what_a_newer_delivery_has_replaced_cannot_be_accepted(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(place / "in", "population", "population_202003.csv", lines(POPULATION, residents(21)))
    take(place, "population")
    assert ask(place, "accept", entries(place)[1].id, "--by", "Ida", "--why", "x") == 2
    assert "afløst" in capsys.readouterr().err


def test_validate_says_what_would_be_refused(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = place / "in"
    asked = ["validate", "--inbox", str(inbox)]
    assert main(asked) == 10
    told = capsys.readouterr().out
    assert "mistænkelig" in told
    assert "Del 2 af 2" in told
    assert "income: ingen filer" in told
    (inbox / "population" / "population_202002.csv").unlink()
    assert main([*asked, "--source", "population"]) == 0
    # With a home, what lies in the inbox is held against what went before it, not against itself.
    assert main([*asked, "--source", "population", "--home", str(place / "home")]) == 0
    told = capsys.readouterr().out
    assert "new_content" not in told
    deliver(inbox, "income", "income.csv", "cpr\n")
    assert main([*asked, "--source", "income"]) == 11
    assert main(["validate", "--inbox", str(place / "none")]) == 2


def test_nothing_is_kept_by_validate(place: Path) -> None:
    before = sorted(str(path) for path in (place / "home").rglob("*"))
    main(["validate", "--inbox", str(place / "in"), "--home", str(place / "home")])
    assert sorted(str(path) for path in (place / "home").rglob("*")) == before
