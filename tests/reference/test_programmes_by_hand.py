"""Courses, their outcomes and the matched comparison, worked out by hand.

The register runs from 2018-W01 to 2019-W26. Asked for May 2019, the courses that ended in
December 2017 ... November 2018 are followed half a year: W48 of 2017 ... W48 of 2018 become
2018-W22 ... 2019-W22. For June 2019 a week is lacking: 31 December 2018 is a Monday, of 2019-W01.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .figures import figures
from .matched import band, difference, unbroken_weeks
from .model import Figure, Month
from .people_by_hand import Spans, at, delivered, dream, home, impaired
from .tables import Rows

MAY = (2019, 5)
NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")
ALL_WEEKS = ((2018, 1), (2019, 26))


def course(name: str, end: date | None, **changes: Any) -> dict[str, Any]:
    """A completed course of ips that began in January 2018."""
    return {
        "cpr": name,
        "indsats": "ips",
        "undergruppe": None,
        "start": date(2018, 1, 8),
        "slut": end,
        "gennemfoert": True,
    } | changes


def test_participants() -> None:
    """March 2019; the twelve months begin 1 April 2018, the year 1 January 2019."""
    rows = figures(
        delivered(
            [home("a")],
            courses=[
                course("a", date(2019, 3, 1), undergruppe="OPUS"),
                course("a", date(2019, 2, 28), start=date(2019, 1, 1)),  # the same person again
                course("unknown", None, start=date(2019, 3, 31), indsats="jobklub"),
                course("b", date(2019, 3, 31), start=date(2018, 4, 1), gennemfoert=False),
                course("c", date(2018, 4, 1), start=date(2018, 3, 31), gennemfoert=None),
                course("d", None, start=date(2019, 4, 1), undergruppe="OPUS"),
            ],
        ),
        [(2019, 3)],
    )
    found = {
        (indicator, window): at(rows, f"course_{indicator}", window, "2019-03", "").value
        for indicator in ("starts", "active", "completed")
        for window in ("", "12m", "year")
    }
    assert found == {
        ("starts", ""): 1,  # unknown
        ("starts", "12m"): 3,  # a, unknown, b
        ("starts", "year"): 2,  # a, unknown
        ("active", ""): 3,  # a, unknown, b
        ("active", "12m"): 4,  # ... and c, who ended on 1 April
        ("active", "year"): 3,
        ("completed", ""): 1,  # a
        ("completed", "12m"): 1,  # a twice is one; b did not, of c it is not said
        ("completed", "year"): 1,
    }
    march = ("course_active", "", "2019-03", "")
    assert at(rows, *march, "programme", "ips").value == 2
    assert at(rows, *march, "programme", "jobklub").value == 1
    assert at(rows, *march, "programme", "rygcenter").value == 0
    assert at(rows, *march, "subgroup", "ips: OPUS").value == 1
    assert [key.value1 for key in rows if key[:5] == (*march, "subgroup")] == ["ips: OPUS"]
    assert at(figures(delivered([home("a")]), [MAY]), *("course_starts", "12m", "2019-05", "")) == (
        NOT_COMPUTED
    )


def test_outcomes() -> None:
    """All ended in the week of 5 March 2018 (W10): asked in W36, September 2018."""
    lives: dict[str, tuple[Spans, list[Month]]] = {
        "fleksjob with wages": ({ALL_WEEKS: "771"}, [(2018, 9)]),
        "job": ({}, [(2018, 9)]),
        "wage subsidy": ({ALL_WEEKS: "135"}, []),
        "subsidised": ({ALL_WEEKS: "522"}, []),
        "su": ({ALL_WEEKS: "651"}, []),
        "su with wages": ({ALL_WEEKS: "651"}, [(2018, 9)]),
        "unemployed": ({ALL_WEEKS: "111"}, []),
        "wide": ({ALL_WEEKS: "730"}, []),
        "nothing": ({}, []),
        "dead": ({ALL_WEEKS: "999"}, []),
    }
    ends = {"job": date(2018, 3, 5), "su": date(2018, 3, 11)}  # Monday and Sunday of W10
    rows = figures(
        delivered(
            [home(name) for name in lives],
            dream_rows=[dream(name, *life) for name, life in lives.items()],
            courses=[
                *(course(name, ends.get(name, date(2018, 3, 7))) for name in lives),
                course("unknown", date(2018, 3, 7)),
                # A second course of the same person counts again.
                course("job", date(2018, 3, 7), indsats="jobklub"),
                # Ended a month too late, still running.
                course("job", date(2018, 12, 1)),
                course("job", None),
            ],
        ),
        [MAY, (2019, 6), (2019, 7)],
    )

    def numbers(variant: str) -> dict[str, Any]:
        """The numerators by destination; all are of 11."""
        wanted = ("course_outcome_26", variant, "2019-05", "", "destination")
        found = {key.value1: of for key, of in rows.items() if key[:5] == wanted}
        assert {of.denominator for of in found.values()} == {11}
        return {name: of.numerator for name, of in found.items()}

    # Two courses of "job", a wage subsidy and a subsidised job: four; of education there are two.
    expected = {"fleksjob": 1, "job": 4, "education": 2, "unemployed": 1, "other": 3}
    assert numbers("narrow") == expected
    assert numbers("wide") == expected | {"unemployed": 2, "other": 2}
    club = ("course_outcome_26", "narrow", "2019-05", "", "programme", "jobklub", "destination")
    assert at(rows, *club, "job").value == 1.0
    assert at(rows, *club, "other").value == 0.0
    none = ("course_outcome_26", "narrow", "2019-05", "", "programme", "afklaring", "destination")
    assert at(rows, *none, "job").flag == "missing"
    assert not any(key.dim1 == "" and key[:3] == club[:3] for key in rows)
    assert at(rows, "course_outcome_26", "wide", "2019-06", "") == NOT_COMPUTED
    # A year on, in 2019-W10, nobody has wages left.
    year = ("course_outcome_52", "narrow", "2019-05", "", "destination")
    assert at(rows, *year, "job").numerator == 2  # the wage subsidy and the subsidised job
    assert at(rows, *year, "other").numerator == 5
    # July 2019 asks for 31 July 2018, of W31, and a year later.
    assert at(rows, "course_outcome_52", "wide", "2019-06", "", "destination", "job").flag == ""
    assert at(rows, "course_outcome_52", "wide", "2019-07", "") == NOT_COMPUTED


@pytest.mark.parametrize(
    ("weeks", "name"),
    [
        (0, "0–12"),
        (12, "0–12"),
        (13, "13–25"),
        (25, "13–25"),
        (26, "26–51"),
        (51, "26–51"),
        (52, "52+"),
    ],
)
def test_bands(weeks: int, name: str) -> None:
    assert band(weeks) == name


def test_unbroken_weeks_stop_at_a_break_and_at_the_registers_first_week() -> None:
    spans: Spans = {((2018, 1), (2018, 10)): "111", ((2018, 12), (2018, 20)): "111"}
    data = delivered([home("a")], dream_rows=[dream("a", spans)])
    (person,) = data.people
    assert unbroken_weeks(data, person, (2018, 20), "narrow") == 9
    assert unbroken_weeks(data, person, (2018, 10), "narrow") == 10
    assert unbroken_weeks(data, person, (2018, 11), "narrow") == 0


def test_difference_of_two_cells() -> None:
    """Two of four participants have a job; 3 are weighed against 1 of 2, 1 against 1 of 4.

    p1 = 1/2; p0 = 3/4 x 1/2 + 1/4 x 1/4 = 7/16; 6.25 points. Variance: 1/4 / 4 of the
    participants; (3/4)^2 x 1/4 / 2 + (1/4)^2 x 3/16 / 4 of the pool: 0.0625 + 0.0703125 +
    0.0029296875 = 0.1357421875, whose root is 0.36843...; times 195.996 is 72.2117.
    """
    one = ((2018, 3), "M", "30–39", "dagpenge", "0–12")
    other = ((2018, 3), "M", "30–39", "dagpenge", "52+")
    figure = difference(
        {one: [True, True, False], other: [False]},
        {one: [True, False], other: [True, False, False, False]},
    )
    assert (figure.numerator, figure.denominator, figure.value) == (None, 4, 6.25)
    assert figure.low == pytest.approx(6.25 - 72.2117, abs=1e-3)
    assert figure.high == pytest.approx(6.25 + 72.2117, abs=1e-3)
    assert difference({}, {}) == Figure(None, 0, None, None, None, "missing")


def of_march_2018(changes: dict[str, dict[str, Any]], courses: list[dict[str, Any]]) -> Rows:
    """People unemployed in W1-W20 of 2018, asked in September; those in `working` have a job then.

    Their reference week of March is W12 (Sunday 25 March), 12 unemployed weeks; W38 half a year on.
    The register has one week more here, so that June 2019 can be asked for.
    """
    week_27 = {"y_1927": None, "grad_2019_07": None}
    spans: Spans = {((2018, 1), (2018, 20)): "111"}
    working = {"took part", "did not 1", "did not 3"}
    return figures(
        delivered(
            [home(name, **change) for name, change in changes.items()],
            [impaired(name) for name in changes if name != "outside T"],
            [
                dream(name, spans, [(2018, 9)] if name in working else []) | week_27
                for name in changes
            ],
            courses=courses,
        ),
        [MAY, (2019, 6)],
    )


def test_matched_comparison() -> None:
    """One took part and works; of those alike who did not, one of two does: 50 points."""
    names = ("took part", "did not 1", "did not 2", "outside T", "woman", "later")
    people: dict[str, dict[str, Any]] = {name: {} for name in names}
    people["woman"] = {"koen": "K"}
    courses = [
        course("took part", date(2018, 3, 7)),
        # Nobody is like her: left out.
        course("woman", date(2018, 3, 7)),
        # Not in T, and somebody unknown.
        course("outside T", date(2018, 3, 7)),
        course("unknown", date(2018, 3, 7)),
        # In no pool of ips, whenever the course was; not unemployed when it ended.
        course("later", date(2018, 8, 1)),
    ]
    rows = of_march_2018(people, courses)
    name = ("course_outcome_26", "narrow|any|matched", "2019-06", "")
    assert at(rows, *name).value == 50.0
    assert at(rows, *name).denominator == 1
    assert at(rows, *name, "programme", "ips").value == 50.0
    assert at(rows, *name, "programme", "jobklub").flag == "missing"
    # Another programme: "did not 1" is in the pool of ips still, not in that of all.
    rows = of_march_2018(people, [*courses, course("did not 1", None, indsats="jobklub")])
    assert at(rows, *name, "programme", "ips").value == 50.0
    assert at(rows, *name).value == 100.0
    # Two courses of one person are two participants: both work, p1 stays 1.
    rows = of_march_2018(people, [*courses, course("took part", date(2018, 3, 31))])
    assert (at(rows, *name).denominator, at(rows, *name).value) == (2, 50.0)


def test_the_comparison_needs_the_reference_weeks() -> None:
    rows = of_march_2018({"a": {}}, [])
    # May 2019: December 2017 is one of the months, and its reference week lies before the register.
    assert (
        at(rows, "course_outcome_26", "narrow", "2019-05", "", "destination", "job").flag
        == "missing"
    )
    assert at(rows, "course_outcome_26", "narrow|any|matched", "2019-05", "") == NOT_COMPUTED
