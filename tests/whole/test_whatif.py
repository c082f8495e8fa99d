"""What-if runs: another report in a place of its own, and not a byte of the official one is touched."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import dagster as dg
import pytest

from assets.trials import OP
from exports.tidy import read_tidy
from pipelines.cli import main
from pipelines.definitions import defs
from pipelines.environments import prepare
from plans.loading import plan_ids
from tests.whole.conftest import FROM_MONTH, MONTH, Place

PLAN = plan_ids()[-1]


def asked(place: Place, *arguments: str) -> int:
    where = ("--home", str(place.home), "--month", MONTH, "--from-month", FROM_MONTH)
    return main(["whatif", *where, "--plan", PLAN, *arguments])


def official(place: Place) -> dict[str, bytes]:
    """Everything of the home that a trial must leave as it is, by path."""
    kinds = ("published", "statistics", "internal", "registers", "deliveries", "sequences")
    found = {
        str(path.relative_to(place.home)): path.read_bytes()
        for kind in kinds
        for path in sorted((place.home / kind).rglob("*"))
        if path.is_file()
    }
    return {**found, "ledger": (place.home / "ledger.jsonl").read_bytes()}


def trials(place: Place) -> list[Path]:
    folder = place.home / "whatif"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_other_assumptions_make_another_report_and_touch_nothing(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    before = official(place)
    assert asked(place, "--threshold", "6", "--ages", "18-60") == 0
    assert official(place) == before
    (run,) = trials(place)
    (book,) = run.glob(f"{PLAN}/IKKE-OFFICIEL_*.xlsx")
    assert capsys.readouterr().out.strip() == str(book)

    with zipfile.ZipFile(book) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    shared = texts.get("xl/sharedStrings.xml", "")
    for name in sheets:
        assert "IKKE OFFICIEL" in texts[name].partition("<oddHeader>")[2], name
        assert (
            "IKKE OFFICIEL" in texts[name].partition("<headerFooter")[0]
            or "IKKE OFFICIEL" in shared
        )
    told = json.loads((run / PLAN / "forudsaetninger.json").read_text("utf-8"))
    assert told["what_if"] == {
        "Mindste antal, der vises": "6 (ellers 5)",
        "Yngste alder": "18 (ellers 16)",
        "Ældste alder": "60 (ellers 64)",
    }
    assert (told["official"], told["threshold"]) == (False, 6)
    assert not (run / PLAN / "catalog.ttl").exists()

    made = read_tidy(run / PLAN / "data" / "indicators.csv")
    kept = read_tidy(place.home / "published" / PLAN / MONTH / "v001" / "data" / "indicators.csv")
    whole = [
        table[
            (table["indicator"] == "benefit_state")
            & (table["dim1"] == "")
            & (table["group"] == "R")
        ]
        for table in (made, kept)
    ]
    assert 0 < whole[0]["value"].max() < whole[1]["value"].max()
    # What a contract requires is a wish; nobody is counted.
    people = (made["unit"] == "personer") & ~made["variant"].isin(["required", "expected"])
    counts = made.loc[people, "value"]
    assert not ((counts > 0) & (counts < 6)).any()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (run, *run.rglob("*"))}
    assert modes == {0o700, 0o600}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--threshold", "4"), 2, "ikke vise antal under husets grænse, som er 5"),
        ((), 2, "skal ændre noget"),
        (("--threshold", "5", "--ages", "16-64"), 2, "skal ændre noget"),
        (("--ages", "60-18"), 2, "youngest skal være højst lig med oldest"),
    ],
)
def test_what_cannot_be_asked_is_said_and_leaves_nothing(
    place: Place,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    assert asked(place, *arguments) == code
    assert told in capsys.readouterr().err
    assert trials(place) == []


def test_a_home_without_figures_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = Place(tmp_path / "home", tmp_path / "inbox")
    assert asked(empty, "--threshold", "10") == 20
    assert "kør" in capsys.readouterr().err
    assert trials(empty) == []


def test_another_rule_of_the_target_group_is_carried_by_every_figure(place: Place) -> None:
    before = official(place)
    assert asked(place, "--target-group-rule", "either v1") == 0
    assert official(place) == before
    (run,) = trials(place)
    made = read_tidy(run / PLAN / "data" / "indicators.csv")
    assert set(made["definition_version"]) == {"either v1"}


def test_the_form_of_the_ui_runs_the_same_job(place: Place) -> None:
    """The run config is what the UI's form sends."""
    prepare(place.home)
    config = {"ops": {OP: {"config": {"month": MONTH, "plans": [PLAN], "threshold": 30}}}}
    before = official(place)
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def("whatif").execute_in_process(
            instance=instance, run_config=config
        )
        assert instance.get_run_by_id(result.run_id) is not None
    assert [path.name for path in trials(place)] == [result.run_id]
    assert official(place) == before
