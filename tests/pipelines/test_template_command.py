"""`midtvejs template registers`: a file is written once, and never over somebody's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.cli import main
from plans.loading import plan_ids
from tests.registers.sheets import Archive


def test_the_workbook_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "registre.xlsx"
    assert main(["template", "registers", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert {row for row in Archive(out).texts("activities").values() if row in plan_ids()} == set(
        plan_ids()
    )


def test_one_plan_is_filled_in(tmp_path: Path) -> None:
    out = tmp_path / "registre.xlsx"
    plan = plan_ids()[0]
    assert main(["template", "registers", "--plan", plan, "--out", str(out)]) == 0
    texts = Archive(out).texts("activities")
    assert {value for place, value in texts.items() if place[0] == "A"} == {"plan", plan}


def test_an_existing_file_is_kept_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "registre.xlsx"
    out.write_bytes(b"udfyldt")
    assert main(["template", "registers", "--out", str(out)]) == 2
    assert "--force" in capsys.readouterr().err
    assert out.read_bytes() == b"udfyldt"
    assert main(["template", "registers", "--out", str(out), "--force"]) == 0
    assert out.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("name", ["registre.xls", "mangler/registre.xlsx"])
def test_wrong_places_are_told(tmp_path: Path, name: str) -> None:
    assert main(["template", "registers", "--out", str(tmp_path / name)]) == 2
    assert list(tmp_path.iterdir()) == []
