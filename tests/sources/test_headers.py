"""Headers: spellings that are the same, and the answers to those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.contract import load
from sources.headers import fold_header, match
from sources.rejection import Rejection

from .making import POPULATION, lines, number, read, refusal, resident


@pytest.mark.parametrize(
    "spelling",
    [
        "bevilget_fra",
        "BEVILGET FRA",
        "bevilget-fra",
        " Bevilget_Fra ",
        "bevilget\u00a0fra",
        "\ufeffbevilget_fra",
        "bevil\u200bget_fra",
    ],
)
def test_spellings_of_one_header(spelling: str) -> None:
    assert fold_header(spelling) == "bevilget_fra"


@pytest.mark.parametrize(
    ("left", "right"),
    [("afgørelse", "afgoerelse"), ("måned", "maaned"), ("ma\u030aned", "maaned"), ("Ærø", "aeroe")],
)
def test_danish_letters_are_the_same_as_two_letters(left: str, right: str) -> None:
    assert fold_header(left) == fold_header(right)


def test_columns_stand_in_any_order() -> None:
    header = list(reversed(POPULATION.split(";")))
    found = match(header, load("population").table)
    assert [header[found.columns[name]] for name in POPULATION.split(";")] == POPULATION.split(";")


def test_a_missing_column_is_named_with_its_likely_match() -> None:
    header = POPULATION.replace("foedselsdato", "foedselsdag").split(";")
    with pytest.raises(Rejection) as answer:
        match(header, load("population").table)
    assert answer.value.code == "missing_column"
    assert "”foedselsdato” mangler" in answer.value.cause
    assert "”foedselsdag” kan være ”foedselsdato”" in answer.value.cause


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (POPULATION, ""),
        (POPULATION + ";doedsdato", ""),
        (POPULATION + ";antal_vaerelser", ""),
        (POPULATION + ";kommunenavn", ""),
        (POPULATION + ";", ""),
        (POPULATION.replace(";til", ""), "missing_column"),
        (POPULATION + ";BYDEL", "duplicate_column"),
        (POPULATION + ";navn", "personal_column"),
        (POPULATION + ";Efternavn", "personal_column"),
        (POPULATION + ";barn_cpr", "personal_column"),
        (POPULATION + ";e-mail", "personal_column"),
        (resident(0), "no_header"),
    ],
)
def test_a_header_is_read_or_refused(tmp_path: Path, header: str, code: str) -> None:
    assert refusal("population", tmp_path, lines(header, [resident(1)]) + "") == code


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["blå", "070290-0100"], "personal_column"),
        (["0702900100", "0702900101"], "personal_column"),
        (["9999999999", "12345678"], ""),
        (["blå", "grøn"], ""),
    ],
)
def test_an_extra_column_with_personal_numbers_is_refused(
    tmp_path: Path, cells: list[str], code: str
) -> None:
    rows = [f"{resident(which)};{cell}" for which, cell in enumerate(cells)]
    assert refusal("population", tmp_path, lines(POPULATION + ";note", rows)) == code


def test_an_extra_column_is_kept_out_and_named(tmp_path: Path) -> None:
    text = lines(POPULATION + ";Antal rum", [resident(0) + ";4"])
    loaded, rows = read("population", tmp_path, text)
    assert loaded.extra_columns == ("Antal rum",)
    assert "4" not in map(str, rows[0].values())


def test_no_header_never_quotes_the_first_row() -> None:
    with pytest.raises(Rejection) as answer:
        match(resident(0).split(";"), load("population").table)
    assert number(0)[:6] not in answer.value.cause + answer.value.action
