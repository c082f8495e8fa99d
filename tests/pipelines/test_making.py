"""`midtvejs generate`: what it writes, the ids it knows, and what it refuses in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.making import ids_of
from plans.loading import load_plan, plan_ids
from plans.parts import last_day
from synthetic.fault_planting import FAULTS, LIST

SMALL = ("--persons", "300", "--from", "2020-05", "--to", "2020-06")


def test_every_file_written_is_named_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--format", "csv.gz,xlsx", "--parts", "2", "--dream-by", "lobenr"]
    assert main(["generate", "--out", str(tmp_path), *SMALL, *arguments]) == 0
    told = capsys.readouterr()
    assert "rækker i 2 dele" in told.out.splitlines()[0]
    assert told.err == "Bid 1 af 1 er skrevet.\n"
    for line in told.out.splitlines():
        assert Path(line.split(" · ")[1]).is_file()
    assert (tmp_path / "dream_key" / "dream_key_202006.csv.gz").is_file()


def test_planted_faults_are_written_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = "staff-half-person, spending-direction-unknown"
    assert main(["generate", "--out", str(tmp_path), *SMALL, "--faults", names]) == 0
    assert "2 fejl plantet" in capsys.readouterr().out
    listed = json.loads((tmp_path / LIST).read_text("utf-8"))
    assert {fault["name"] for fault in listed["faults"]} == set(names.split(", "))


def test_faults_are_listed_without_anything_being_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["generate", "--list-faults"])
    assert ended.value.code == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(FAULTS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "xls"), "Formatet skal være"),
        (("--parts", "0"), "Antallet af dele"),
        (("--persons", "5000000"), "Antallet af personer"),
        (("--seed", "-1"), "Frøet"),
        (("--from", "2020-07"), "ligger efter"),
        (("--faults", "nonsense"), "--list-faults"),
        (("--faults", "all", "--format", "parquet"), "--format csv"),
        (("--faults", "all", "--parts", "2"), "--parts"),
        (("--faults", "dream-code-form", "--dream-by", "lobenr"), "--dream-by"),
    ],
)
def test_what_cannot_be_made_is_wrong_use_in_one_sentence(
    arguments: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", "--out", str(tmp_path / "inbox"), *SMALL, *arguments]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1
    assert not (tmp_path / "inbox").exists()


@pytest.mark.parametrize("plan", plan_ids())
def test_the_kept_registers_carry_the_plans_ids(plan: str) -> None:
    ids = ids_of(plan)
    assert ids.plan == plan
    assert list(ids.activities) == [activity.id for activity in load_plan(plan).activities()]
    due = {milestone.id: last_day(milestone.due) for milestone in load_plan(plan).milestones}
    assert dict(ids.milestones) == due
    assert [goal for goal, _ in ids.goals] == [goal.id for goal in load_plan(plan).goals]
    promised = {(one.id, to) for one in load_plan(plan).deliverables for to in one.audiences}
    assert promised <= set(ids.deliverables)
