"""A column of the contract made into a rule: every kind, with and without bounds."""

from __future__ import annotations

import pytest

from expectations.contract import Column, Kind
from exports.workbook.template.entry_rules import entry_words, fits_inline, rule


def column(kind: Kind, **terms: object) -> Column:
    """A column of the kind, on these terms."""
    given = {"required": False, "optional": False, "personal": False, **terms}
    return Column("felt", "Et felt", "Hvad feltet er.", kind, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "kind", "first", "second", "error"),
    [
        (column("integer"), "whole", "-1" + "0" * 15, "1" + "0" * 15, "Skriv et helt tal."),
        (column("integer", minimum=1), "whole", "1", "1" + "0" * 15, "Skriv et helt tal fra 1."),
        (
            column("integer", minimum=0, maximum=9, exclusive_minimum=True),
            "whole",
            "1",
            "9",
            "Skriv et helt tal fra 0 til 9.",
        ),
        (column("number", maximum=1.5), "decimal", "-1" + "0" * 15, "1.5", "Skriv et tal til 1,5."),
        (
            column("date"),
            "date",
            "61",
            "2958465",
            "Skriv en dato som dd-mm-åååå mellem 01-03-1900 og 31-12-9999.",
        ),
        (column("date", minimum="1858-01-01", maximum="2020-06-30"), "date", "61", "44012", "2020"),
        (column("month"), "textLength", "6", "7", "Skriv måneden som åååå-mm."),
    ],
)
def test_bounds(given: Column, kind: str, first: str, second: str, error: str) -> None:
    made = rule(given, None)
    assert (made.type, made.operator) == (kind, "between")
    assert (made.formula1, made.formula2) == (first, second)
    assert error in str(made.error)
    assert made.errorStyle == "stop"


def test_a_short_list_stands_in_the_rule_and_a_long_one_on_a_sheet() -> None:
    short = column("code", values=("ja tak", "nej tak"))
    assert rule(short, None).formula1 == '"ja tak,nej tak"'
    long = column("code", values=tuple(f"værdi nummer {number}" for number in range(20)))
    assert not fits_inline(long.values)
    assert rule(long, "Lister!$C$6:$C$25").formula1 == "Lister!$C$6:$C$25"
    assert not fits_inline(("a, b", "c"))
    assert fits_inline(("a" * 127, "b" * 126))
    assert not fits_inline(("a" * 127, "b" * 127))


def test_free_text_has_a_prompt_and_nothing_to_break() -> None:
    made = rule(column("text", unit="pct.", required=True), None)
    assert (made.type, made.error) == (None, None)
    assert made.prompt == "Hvad feltet er. Enhed: pct. Skal udfyldes."
    assert made.allow_blank is False


def test_advice_only_warns() -> None:
    made = rule(column("text"), "Lister!$C$6:$C$9", advised=True)
    assert (made.type, made.errorStyle) == ("list", "warning")
    assert made.allow_blank is True


def test_words_are_cut_to_what_excel_holds() -> None:
    given = Column("felt", "Label " * 20, "Ord " * 200, "text", False, False, False)
    made = rule(given, None)
    assert len(str(made.promptTitle)) == 32
    assert len(str(made.prompt)) == 255


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (column("yes_no"), "vælges på liste"),
        (column("date"), "dato, dd-mm-åååå"),
        (column("month"), "måned, åååå-mm"),
        (column("integer", minimum=0, maximum=5), "helt tal fra 0 til 5"),
        (column("number", minimum=0), "tal fra 0"),
        (column("text"), "tekst"),
    ],
)
def test_words_for_the_guide(given: Column, words: str) -> None:
    assert entry_words(given) == words
    assert entry_words(given, listed=True) == "vælges på liste"
