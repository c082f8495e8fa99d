"""Plans of the installation's own: found by a folder, and refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.cli import main
from plans.loading import FOLDER_VARIABLE, PlanError, load_plan, plan_ids
from tests import fourth_plan as fourth

SHIPPED = ("bi05-2024-2027", "handicappolitik-2009-2012", "indsatsplan-2018-2022")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of plans that the program is told of."""
    folder = fourth.add(tmp_path / "planer")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


def test_three_ship() -> None:
    assert plan_ids() == SHIPPED


def test_a_file_is_a_plan(folder: Path) -> None:
    assert plan_ids() == (*SHIPPED[:1], fourth.ID, *SHIPPED[1:])
    assert load_plan(fourth.ID).title == fourth.TITLE
    assert load_plan(fourth.ID).dated == "2019-01-15"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Min plan.yaml", "navnet må kun have små bogstaver a-z, tal og bindestreger."),
        (f"{SHIPPED[0]}.yaml", f"planen {SHIPPED[0]} følger med programmet og kan ikke erstattes."),
    ],
)
def test_a_file_that_cannot_be_one_more(
    name: str, sentence: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_text(fourth.YAML, "utf-8")
    with pytest.raises(PlanError):
        plan_ids()
    assert main(["trace"]) == 2
    assert capsys.readouterr().err.rstrip().endswith(sentence)


def test_a_folder_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "ingen"))
    assert main(["trace"]) == 2
    assert "som ikke er en mappe" in capsys.readouterr().err
