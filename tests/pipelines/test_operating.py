"""`doctor` and `prune`: each trouble is found with its remedy, and what is removed is what is old."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dagster import RunsFilter

from assets.alive import alive
from assets.keeping import point
from assets.settings import Retention
from exports.ledger import append, ledger_path
from exports.notices import keep
from pipelines import examining
from pipelines.cli import main
from pipelines.examining import State, examine
from pipelines.pruning import prune
from plans.loading import FOLDER_VARIABLE
from sources.files import write_json
from sources.record import Delivery, DeliveryRecord, Verdict
from tests import fourth_plan as fourth
from tests.pipelines.small_nights import dead_run, instance_of, night

NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with an inbox, a key, and Dagster's storage."""
    monkeypatch.setenv("MIDTVEJS_KEY", "5a" * 32)
    monkeypatch.delenv("MIDTVEJS_KEY_FILE", raising=False)
    for name in ("DAGSTER_HOME", "MIDTVEJS_HOME"):
        monkeypatch.setenv(name, "")
    made = tmp_path / "home"
    for source in ("dream", "population", "target_group"):
        (made / "inbox" / source).mkdir(parents=True)
    made.chmod(0o700)
    with instance_of(made):
        pass
    return made


def _no_key(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.delenv("MIDTVEJS_KEY")


def _open_home(home: Path, patch: pytest.MonkeyPatch) -> None:
    home.chmod(0o755)


def _full_disk(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(examining, "LEAST_FREE", 1 << 62)


def _no_inbox(home: Path, patch: pytest.MonkeyPatch) -> None:
    (home / "midtvejs.toml").write_text('inbox = "/nowhere"\n')


def _wrong_settings(home: Path, patch: pytest.MonkeyPatch) -> None:
    (home / "midtvejs.toml").write_text("threshhold = 5\n")


def _dead_run(home: Path, patch: pytest.MonkeyPatch) -> None:
    with instance_of(home) as instance:
        dead_run(home, instance, "2020-06")


def _waiting_notice(home: Path, patch: pytest.MonkeyPatch) -> None:
    (home / "midtvejs.toml").write_text('[notices]\nmail_to = "v@example.invalid"\nsmtp_port = 1\n')
    keep(home, "fault", "s", "t", NOW)


def _stale(home: Path, patch: pytest.MonkeyPatch) -> None:
    (home / "status").mkdir()
    at = (NOW - timedelta(hours=30)).isoformat()
    (home / "status" / "last_success.json").write_text(json.dumps({"at": at}))


def _changed_ledger(home: Path, patch: pytest.MonkeyPatch) -> None:
    append(home, "decision", {"by": "Prøve"}, NOW)
    ledger_path(home).write_bytes(
        ledger_path(home).read_bytes().replace("Prøve".encode(), b"Anden")
    )


def _broken_storage(home: Path, patch: pytest.MonkeyPatch) -> None:
    (home / "dagster" / "dagster.yaml").write_text("no_such_part: 1\n")


def _missing_package(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(examining, "DEFINITIONS", "pipelines.no_such_part")


def _nothing(home: Path, patch: pytest.MonkeyPatch) -> None:
    pass


@pytest.mark.parametrize(
    ("trouble", "about", "says"),
    [
        (_no_key, "nøgle", "MIDTVEJS_KEY_FILE"),
        (_open_home, "rettigheder", "chmod 0700"),
        (_full_disk, "disk", "midtvejs prune"),
        (_no_inbox, "indbakke", "inbox"),
        (_wrong_settings, "indstillinger", "midtvejs.toml"),
        (_dead_run, "kørsler", "doctor --clear"),
        (_waiting_notice, "varsler", "[notices]"),
        (_stale, "seneste nat", "tidsplanen"),
        (_changed_ledger, "hovedbog", "sikkerhedskopien"),
        (_broken_storage, "lager", "dagster.yaml"),
        (_missing_package, "definitioner", "Installér"),
        (_nothing, "dæmon", "midtvejs ui"),
        (_nothing, "tidsplan", "every_night"),
    ],
)
def test_each_trouble_is_found_with_its_remedy(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Callable[[Path, pytest.MonkeyPatch], None],
    about: str,
    says: str,
) -> None:
    before = {one.about for one in examine(home, NOW) if one.state is State.BAD}
    trouble(home, monkeypatch)
    bad = [one for one in examine(home, NOW) if one.state is State.BAD]
    new = {one.about for one in bad} - before
    assert new == ({about} if trouble is not _nothing else set())
    assert says in next(one.remedy for one in bad if one.about == about)


def test_a_folder_that_nobody_reads_is_told(home: Path) -> None:
    (home / "inbox" / "dreem").mkdir(parents=True)
    told = [one.sentence for one in examine(home, NOW) if one.about == "indbakke"]
    assert any("dreem" in sentence and "er det dream?" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("verdict", "may_be_accepted"), [("suspect", True), ("rejected", False), ("waiting", False)]
)
def test_a_delivery_that_is_not_used_is_told_with_what_can_be_done(
    home: Path, verdict: Verdict, may_be_accepted: bool
) -> None:
    facts = ("population", "0" * 64, "a.csv", 1, 1, 1, verdict, "", "Den er halveret.")
    entry = Delivery("population-1", *facts, received_at="2026-01-01T00:00:00+00:00")
    write_json(
        DeliveryRecord(home).folder("population") / entry.id / "delivery.json", asdict(entry)
    )
    (told,) = [one for one in examine(home, NOW) if one.about == "leverancer"]
    assert (told.state, told.sentence) == (State.NOTE, "Den er halveret.")
    assert "midtvejs deliveries population-1" in told.remedy
    assert ("midtvejs accept population-1" in told.remedy) is may_be_accepted


def test_doctor_clears_a_dead_run_and_says_so_in_its_code(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with instance_of(home) as instance:
        run = dead_run(home, instance, "2020-06")
    assert main(["doctor", "--home", str(home), "--json"]) == 30
    found = json.loads(capsys.readouterr().out)
    assert run in next(one["sentence"] for one in found if one["about"] == "kørsler")
    main(["doctor", "--home", str(home), "--clear"])
    assert "Ingen hænger" in capsys.readouterr().out


def test_a_plan_that_cannot_be_used_is_named(home: Path, tmp_path: Path) -> None:
    """Dagster loads no definitions with it, so no night begins; a process of its own reads plans anew."""
    folder = fourth.add(tmp_path / "planer")
    file = next(folder.iterdir())
    file.write_text(file.read_text("utf-8").replace("ltu_80", "ltu_81"), "utf-8")
    surroundings = {**os.environ, FOLDER_VARIABLE: str(folder)}

    def said(*words: str) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "pipelines", *words, "--home", str(home)]
        ended = subprocess.run(command, env=surroundings, capture_output=True, text=True)
        return ended.returncode, ended.stdout, ended.stderr

    code, found, _ = said("doctor", "--json")
    (about,) = (one for one in json.loads(found) if one["about"] == "definitioner")
    assert (code, about["state"]) == (30, "bad")
    code, _, told = said("run", "--month", "2020-06")
    assert (code, told) == (2, f"{about['sentence']}\n")
    assert file.name in told
    assert "ltu_81" in told


def test_doctor_and_prune_of_no_home_are_wrong_use(tmp_path: Path) -> None:
    assert main(["doctor", "--home", str(tmp_path / "none")]) == 2
    assert main(["prune", "--home", str(tmp_path / "none")]) == 2


def _aged(path: Path, days: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x" * 100)
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))
    os.utime(path.parent, (at, at))
    return path


def test_what_is_old_and_not_in_force_goes(home: Path) -> None:
    thing = home / "statistics" / "employment"
    replaced = _aged(thing / ("0" * 16) / "figures.parquet", 40)
    in_force = _aged(thing / ("1" * 16) / "figures.parquet", 40)
    young = _aged(thing / ("2" * 16) / "figures.parquet", 10)
    point(thing, "2020-06", {"version": "1" * 16, "from": "2018-01"})
    left = _aged(home / "tmp" / "publish-x" / "book.xlsx", 9)
    published = _aged(home / "published" / "plan" / "2020-06" / "v001" / "manifest.json", 900)
    published.write_text(json.dumps({"settings": {"figures": "3" * 16}}), "utf-8")
    shown = _aged(home / "statistics" / "indicators" / ("3" * 16) / "figures.parquet", 40)
    with instance_of(home) as instance:
        told = prune(instance, home, Retention(), NOW, dry=True)
        assert replaced.exists()
        assert [(one.kind, one.number, one.size) for one in told if one.number] == [
            ("registre og tal, der ikke er i kraft", 1, 100),
            ("midlertidige filer", 1, 100),
        ]
        prune(instance, home, Retention(), NOW, dry=False)
    assert [path.exists() for path in (replaced, left)] == [False, False]
    assert all(path.exists() for path in (in_force, young, published, shown))


def test_old_runs_go_with_their_files_but_the_newest_success_of_each_month(home: Path) -> None:
    with instance_of(home) as instance:
        may = night(home, instance, "2020-05")
        older = night(home, instance, "2020-06")
        failed = night(home, instance, "2020-06", ("Fejl.", 30))
        june = night(home, instance, "2020-06")
        later = NOW + timedelta(days=100)
        prune(instance, home, Retention(), later, dry=False)
        left = {record.dagster_run.run_id for record in instance.get_run_records(RunsFilter())}
        assert left == {may, june}
    files = {path.stem for path in (home / "dagster" / "history" / "runs").glob("*-*-*.db")}
    assert not {older, failed} & files
    assert {may, june} <= files


def test_prune_refuses_while_a_run_is_alive(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with instance_of(home) as instance:
        run = dead_run(home, instance, "2020-06")
    with alive(home, run):
        assert main(["prune", "--home", str(home)]) == 2
    assert "i gang" in capsys.readouterr().err


def test_the_status_folder_is_private(home: Path) -> None:
    main(["doctor", "--home", str(home), "--clear"])
    assert stat.S_IMODE((home / "status").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "status" / "status.html").stat().st_mode) == 0o600
