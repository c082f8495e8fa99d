"""Wrong use is told in Danish, also where argparse speaks; in, what is said, why it is met."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.cli import main

OF_A_MONTH = ("--home", "x", "--month", "2020-06", "--out", "x")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "midtvejs: der mangler KOMMANDO"),
        (("kør",), "midtvejs: KOMMANDO kan ikke være 'kør'; vælg 'demo', 'generate'"),
        (("run", "--home", "x"), "midtvejs run: der mangler --month"),
        (("run", "--home"), "midtvejs run: --home skal have en værdi"),
        (
            ("run", "--month", "juni"),
            "midtvejs run: --month: en måned skrives ÅÅÅÅ-MM, ikke 'juni'",
        ),
        (("run", "--home", "x", "--mont", "2020-06"), "midtvejs run: der mangler --month"),
        (("doctor", "--home", "x", "y"), "midtvejs: ukendt: y"),
        (("doctor", "--clear=1"), "midtvejs doctor: --clear tager ingen værdi"),
        (("generate", "--seed", "q"), "midtvejs generate: --seed skal være et helt tal, ikke 'q'"),
        (
            ("indicators", *OF_A_MONTH, "--protected", "--internal"),
            "midtvejs indicators: --internal kan ikke bruges sammen med --protected",
        ),
    ],
)
def test_wrong_use(words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    usage, *_, last = capsys.readouterr().err.splitlines()
    assert usage.startswith("brug: midtvejs")
    assert last.startswith(told)


@pytest.mark.parametrize("command", ["", "run", "whatif", "generate", "verify"])
def test_help_has_no_english_headings(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"] if command else ["--help"])
    said = capsys.readouterr().out
    for english in ("usage:", "options:", "positional arguments:", "show this help"):
        assert english not in said
    assert "flag:" in said


def test_a_folder_that_is_neither_home_nor_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(tmp_path)]) == 2
    assert "hverken et hjem eller et offentliggjort sæt" in capsys.readouterr().err
