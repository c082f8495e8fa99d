"""`midtvejs trace`: every requirement is told, and one without an answer ends with 1."""

from __future__ import annotations

import pytest

from pipelines import tracing
from pipelines.cli import main
from plans.loading import plan_ids
from plans.requirements import requirements


def ids_in(printed: str) -> list[str]:
    return list(dict.fromkeys(line.partition(" · ")[0] for line in printed.splitlines()))


def test_all_are_told_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace"]) == 0
    told = ids_in(capsys.readouterr().out)
    assert told == [row.id for row in requirements()]
    assert len(told) == 145


@pytest.mark.parametrize("plan", plan_ids())
def test_a_plan_tells_the_rows_of_its_papers(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "--plan", plan]) == 0
    told = capsys.readouterr().out
    assert {row.id for row in requirements() if row.plan == plan} <= set(ids_in(told))
    others = [other for other in plan_ids() if other != plan]
    assert not any(f" · {other} · " in told for other in others)


def test_a_row_that_nothing_answers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "asked", lambda plans: ["A01", "A99"])
    assert main(["trace"]) == tracing.UNANSWERED
    told = capsys.readouterr()
    assert told.err == "A99: intet sted besvarer det.\n"
    assert ids_in(told.out) == ["A01"]
