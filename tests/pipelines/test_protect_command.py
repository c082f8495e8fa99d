"""`midtvejs protect`: a table in, the same table with hidden counts out, and what was done told in Danish."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.cli import main

TABLE = """område;køn;antal
I alt;I alt;150
I alt;M;62
I alt;K;88
Nord;I alt;40
Nord;M;2
Nord;K;38
Syd;I alt;110
Syd;M;60
Syd;K;50
"""


def protect(folder: Path, table: str, *more: str) -> int:
    (folder / "in.csv").write_text(table, "utf-8")
    asked = [
        "protect",
        "--table",
        str(folder / "in.csv"),
        "--dims",
        "område,køn",
        "--count",
        "antal",
    ]
    return main([*asked, "--out", str(folder / "out.csv"), *more])


def test_a_small_count_and_what_gives_it_away_are_blank(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert protect(tmp_path, TABLE) == 0
    written = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert written[0] == "område,køn,antal,status"
    assert [line for line in written if line.endswith("skjult")] == [
        *("Nord,M,,skjult", "Nord,K,,skjult", "Syd,M,,skjult", "Syd,K,,skjult")
    ]
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == [
        "9 celler, heraf skjult 4.",
        "1 er skjult, fordi antallet er under 5 (primær).",
    ]


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        (TABLE.replace("150", "151"), (), "delene giver ikke summen"),
        (TABLE.replace("køn", "kon", 1), (), "kolonnen findes ikke: køn"),
        (TABLE.replace("38", "mange"), (), "antal"),
        (TABLE, ("--threshold", "0"), "Tærsklen"),
    ],
)
def test_what_cannot_be_protected_is_refused(
    table: str, more: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert protect(tmp_path, table, *more) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
