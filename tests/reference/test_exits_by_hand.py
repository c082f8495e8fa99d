"""The nine exit rules on people worked out by hand.

The register runs from 2018-W01 to 2019-W26. By Thursdays January 2018 has W1-W4, February W5-W8,
March W9-W13, April W14-W17, May W18-W22, June W23-W26, July W27-W30, August W31-W35. 2019: May
W18-W22, June W23-W26.
"""

from __future__ import annotations

import pytest

from .exits import CENSORED, Spell, spells
from .model import Month, Person, Week
from .people_by_hand import person, register

Expected = tuple[str, Week | None, int]


def y18(first: int, last: int) -> tuple[Week, Week]:
    """A span of weeks of 2018."""
    return ((2018, first), (2018, last))


def months18(*numbers: int) -> list[Month]:
    """Months of 2018."""
    return [(2018, number) for number in numbers]


def supported(*numbers: int) -> dict[Month, list[str]]:
    """Income rows of another kind than ordinary in months of 2018."""
    return {(2018, number): ["løntilskud"] for number in numbers}


REST_ABROAD: dict[tuple[Week, Week], str] = {((2018, 36), (2019, 26)): "997"}

# why, person, expected (destination, week w, length) of each narrow spell
TABLE: list[tuple[str, Person, list[Expected]]] = [
    (
        "unemployed W1-W8, job from March: rule 7 asks W9-W12, all ordinary",
        person({y18(1, 8): "111"}, months18(3, 4)),
        [("job", (2018, 9), 8)],
    ),
    (
        "job W9-W11 only (March pays), unemployed again W12: three weeks are folded, not a job",
        person({y18(1, 8): "111", y18(12, 20): "111", y18(21, 30): "998"}, months18(3)),
        [(CENSORED, (2018, 21), 20)],
    ),
    (
        "five blank weeks in March without wages are folded, the job is from W14",
        person({y18(1, 8): "111"}, months18(4)),
        [("job", (2018, 14), 8)],
    ),
    (
        "rule 3: SU in W7",
        person({y18(1, 6): "111", y18(7, 40): "651"}),
        [("education", (2018, 7), 6)],
    ),
    (
        "rule 3 after a folded break of two weeks",
        person({y18(1, 4): "111", y18(7, 40): "521"}),
        [("education", (2018, 7), 4)],
    ),
    ("rule 4: abroad", person({y18(1, 6): "111", y18(7, 9): "997"}), [(CENSORED, (2018, 7), 6)]),
    ("rule 4: pension", person({y18(1, 6): "111", y18(7, 9): "998"}), [(CENSORED, (2018, 7), 6)]),
    ("rule 4: death", person({y18(1, 6): "111", y18(7, 9): "999"}), [(CENSORED, (2018, 7), 6)]),
    (
        "rule 5: fleksjob",
        person({y18(1, 6): "111", y18(7, 9): "771"}),
        [("supported_job", (2018, 7), 6)],
    ),
    (
        "rule 5: job rotation, and the wages of it change nothing",
        person({y18(1, 4): "111", y18(5, 9): "522"}, months18(2, 3)),
        [("supported_job", (2018, 5), 4)],
    ),
    (
        "rule 6: one week of sickness benefit ends the spell; unemployed again is a new one",
        person({y18(1, 6): "111", y18(7, 7): "890", y18(8, 9): "111", y18(10, 12): "783"}),
        [("other_benefit", (2018, 7), 6), ("other_benefit", (2018, 10), 2)],
    ),
    (
        "rule 6: an unknown code is another benefit",
        person({y18(1, 6): "111", y18(7, 7): "555"}),
        [("other_benefit", (2018, 7), 6)],
    ),
    (
        "rule 6: in narrow the wide unemployed are on another benefit",
        person({y18(1, 6): "111", y18(7, 9): "730"}),
        [("other_benefit", (2018, 7), 6)],
    ),
    (
        "a job whose income is not ordinary: neither rule 7 nor rule 8, folded until sickness",
        person(
            {y18(1, 8): "111", y18(18, 20): "111", y18(21, 22): "890"},
            months18(3, 4),
            supported(3, 4),
        ),
        [("other_benefit", (2018, 21), 20)],
    ),
    (
        "ordinary beside løntilskud in the same month is an ordinary job",
        person(
            {y18(1, 8): "111", y18(14, 40): "890"},
            months18(3),
            {(2018, 3): ["løntilskud", "ordinær"]},
        ),
        [("job", (2018, 9), 8)],
    ),
    (
        "rule 8: W5-W30 are 26 blank weeks without wages; W31 opens a second spell",
        person({y18(1, 4): "111", y18(31, 35): "111"} | REST_ABROAD),
        [("self_support", (2018, 5), 4), (CENSORED, (2018, 36), 5)],
    ),
    (
        "25 blank weeks W5-W29 are folded: one spell of 35 weeks",
        person({y18(1, 4): "111", y18(30, 35): "111"} | REST_ABROAD),
        [(CENSORED, (2018, 36), 35)],
    ),
    (
        "holiday from a job in a wage month counts among the four job weeks",
        person({y18(1, 4): "111", y18(5, 6): "121", y18(9, 9): "890"}, months18(2)),
        [("job", (2018, 5), 4)],
    ),
    (
        "holiday from a job without wages is folded; self-support begins with the blank weeks",
        person({y18(1, 4): "111", y18(5, 6): "121", y18(33, 40): "890"}),
        [("self_support", (2018, 7), 4)],
    ),
    (
        "holiday while unemployed (124) goes on",
        person({y18(1, 4): "111", y18(5, 6): "124", y18(7, 9): "651"}),
        [("education", (2018, 7), 6)],
    ),
    (
        "rule 1: unemployed to the last week",
        person({((2019, 20), (2019, 26)): "111"}),
        [(CENSORED, None, 7)],
    ),
    (
        "rule 1: 20 blank weeks to the end are not 26",
        person({((2019, 4), (2019, 6)): "111"}),
        [(CENSORED, None, 3)],
    ),
    (
        "rule 7: three job weeks W24-W26 and no more register: censored, not folded",
        person({((2019, 20), (2019, 23)): "111"}, [(2019, 6)]),
        [(CENSORED, (2019, 24), 4)],
    ),
    (
        "rule 7: four job weeks W23-W26 to the last week are a job",
        person({((2019, 20), (2019, 22)): "111"}, [(2019, 6)]),
        [("job", (2019, 23), 3)],
    ),
    ("never unemployed", person({y18(1, 30): "730"}), []),
]


def told(spell: Spell) -> Expected:
    """What the table tells of a spell."""
    return (spell.destination, spell.end, spell.length)


@pytest.mark.parametrize(
    ("made", "expected"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_narrow_spells(made: Person, expected: list[Expected]) -> None:
    assert [told(spell) for spell in spells(register(made), made, "narrow")] == expected


def test_wide_goes_on_where_narrow_ends() -> None:
    made = person({y18(1, 6): "111", y18(7, 9): "730", y18(10, 12): "651"})
    assert [told(each) for each in spells(register(made), made, "wide")] == [
        ("education", (2018, 10), 9)
    ]


def test_left_censored_is_open_in_the_first_week_alone() -> None:
    made = person({y18(1, 2): "111", y18(3, 3): "890", y18(4, 5): "111", y18(6, 6): "890"})
    assert [spell.left_censored for spell in spells(register(made), made, "narrow")] == [
        True,
        False,
    ]


def test_a_month_whose_wages_are_not_delivered_has_no_job_in_it() -> None:
    made = person({y18(1, 8): "111", y18(14, 14): "890"}, months18(3))
    data = register(made)
    data.degree_months.remove((2018, 3))
    assert [told(each) for each in spells(data, made, "narrow")] == [
        ("other_benefit", (2018, 14), 8)
    ]
    # The same month with an industry column and an industry in it.
    data.industry_months.add((2018, 3))
    made.industry.add((2018, 3))
    assert [told(each) for each in spells(data, made, "narrow")] == [("job", (2018, 9), 8)]
