"""What became of participants 26 and 52 weeks after, and those like them."""

from __future__ import annotations

from datetime import date
from math import sqrt

import pytest

from indicators.calendar import day_of, week_of
from indicators.matched_figures import Compared
from tests.indicators.town import FIRST_WEEK, Figures, Runs, Town

# A course that ends on Wednesday 27 February 2019, in the week of Monday 25: 26 weeks later is that of 26 August.
END = date(2019, 2, 27)
MONTH, YEAR_AFTER = "2019-08", "2020-02"
THEN = week_of(day_of(date(2019, 8, 26))) - FIRST_WEEK
WEEKS = 156


def after(code: int, before: int = 111) -> Runs:
    """Unemployed until the week that is looked at, then on a code."""
    return [(THEN, before), (WEEKS - THEN, code)]


def town_of(*runs: Runs, degrees: dict[str, float] | None = None) -> Town:
    town = Town(weeks=WEEKS)
    for number, own in enumerate(runs, start=1):
        town.person(number, own, degrees=degrees)
    return town


def ended(town: Town, number: int, end: date | None = END, programme: str = "ips") -> None:
    town.add("courses", person=number, indsats=programme, start=date(2018, 9, 1), slut=end)


@pytest.mark.parametrize(
    ("code", "wage", "narrow", "wide"),
    [
        (111, False, "unemployed", "unemployed"),
        (700, False, "other", "unemployed"),
        (771, False, "fleksjob", "fleksjob"),
        (771, True, "fleksjob", "fleksjob"),
        (651, False, "education", "education"),
        (0, True, "job", "job"),
        (0, False, "other", "other"),
        (135, False, "job", "job"),  # a wage subsidy
        (998, False, "other", "other"),
    ],
)
def test_the_first_state_that_fits(code: int, wage: bool, narrow: str, wide: str) -> None:
    town = town_of(after(code), degrees={"2019-08": 1.0} if wage else None)
    ended(town, 1)
    figures = town.figures("programmes", MONTH)
    for variant, state in (("narrow", narrow), ("wide", wide)):
        place = f"course_outcome_26/{variant}/"
        rows = figures.table.query("indicator == 'course_outcome_26' and variant == @variant")
        assert "" not in set(rows["dim1"])  # there is no total
        assert figures.parts(place, MONTH, "destination", state) == (1, 1)
        both = figures.row(place, MONTH, "programme", "ips", f"destination={state}")
        assert (both["numerator"], both["denominator"]) == (1, 1)
        assert figures.table.query("value > 0 and variant == @variant and dim1 == 'destination'")[
            "value1"
        ].tolist() == [state]
        nobody = figures.row(place, MONTH, "programme", "jobklub", f"destination={state}")
        assert nobody["flag"] == "missing"


@pytest.mark.parametrize(
    ("end", "n"),
    [
        (date(2018, 2, 28), 0),
        (date(2018, 3, 1), 1),
        (date(2019, 2, 28), 1),
        (date(2019, 3, 1), 0),
        (None, 0),
    ],
)
def test_half_a_year_tells_of_courses_that_ended_in_twelve_months(end: date | None, n: int) -> None:
    town = town_of(after(111))
    ended(town, 1, end)
    ended(town, 99)  # nobody the population register knows
    place = "course_outcome_26/narrow/"
    found = town.figures("programmes", MONTH).parts(place, MONTH, "destination", "unemployed")
    assert found == (n, n)


def flags(weeks: int, **of: tuple[str, ...]) -> set[str]:
    """The flags of half a year's outcome in August, by a register so long."""
    town = Town(weeks=weeks, **of)
    town.person(1, [(weeks, 111)])
    ended(town, 1)
    table = town.figures("programmes", MONTH).table
    rows = table.query("indicator == 'course_outcome_26' and variant == 'narrow'")
    return set(rows["flag"]) - {"missing"}


def test_not_computed_until_every_week_is_there_with_wages() -> None:
    # The last day of the window is Thursday 28 February: its week's, that of 26 August, is the last that is looked at.
    assert flags(THEN + 1) == {""}
    assert flags(THEN) == {"not_computed"}
    # That week's Thursday is in August.
    assert flags(THEN + 1, without_grad=("2019-08",)) == {"not_computed"}
    assert flags(THEN + 2, without_grad=("2019-09",)) == {""}


def compared(figures: Figures, **of: str) -> tuple[float, float, float, float]:
    row = figures.row("course_outcome_26/narrow|any|matched/", MONTH, **of)
    assert row["unit"] == "pct.point"
    return (row["denominator"], row["value"], row["low"], row["high"])


def test_the_difference_to_those_like_them() -> None:
    """Two took part, one of them works; of four like them one works: 50 - 25 points, give or take."""
    job, idle = after(0), after(111)
    # The weeks of those like them are counted from the reference week of February, the one before.
    town = town_of(job, idle, [(THEN - 1, 111)], idle, idle, idle)
    for number in (1, 3):
        town.degrees[number] = {"2019-08": 1.0}
    for number in (1, 2):
        ended(town, number)
    figures = town.figures("programmes", MONTH)
    half = 100 * 1.959963984540054 * sqrt(0.5 * 0.5 / 2 + 0.25 * 0.75 / 4)
    for of in ({}, {"dim": "programme", "category": "ips"}):
        n, value, low, high = compared(figures, **of)
        assert (n, value) == (2, 25)
        assert (low, high) == pytest.approx((25 - half, 25 + half))
    of_nobody = figures.row("course_outcome_26/narrow|any|matched/", MONTH, "programme", "jobklub")
    assert (of_nobody["denominator"], of_nobody["flag"]) == (0, "missing")


@pytest.mark.parametrize(
    ("change", "n"),
    [
        ({}, 1),
        ({"koen": "M"}, 0),
        ({"foedselsdato": date(1960, 5, 5)}, 0),
        ({"target": False}, 0),
        # The reference week of February is the 60th: a run of 52 weeks up to it, and one of 51.
        ({"runs": [(8, 0), (52, 111), (96, 111)]}, 1),
        ({"runs": [(9, 0), (51, 111), (96, 111)]}, 0),
        ({"runs": [(THEN, 130)]}, 0),
        ({"runs": [(59, 111), (97, 0)]}, 0),
    ],
)
def test_who_is_like_a_participant(change: dict[str, object], n: int) -> None:
    town = town_of(after(111))
    runs = change.pop("runs", after(111))
    town.person(2, runs, **change)  # type: ignore[arg-type]
    ended(town, 1)
    assert compared(town.figures("programmes", MONTH))[0] == n


def test_the_pool_has_no_course_of_the_programme_at_any_time() -> None:
    town = town_of(after(111), after(111))
    ended(town, 1)
    town.add("courses", person=2, indsats="jobklub", start=date(2020, 1, 1))
    figures = town.figures("programmes", MONTH)
    assert compared(figures)[0] == 0  # of any programme: nobody is left to compare with
    assert compared(figures, dim="programme", category="ips")[0] == 1


def test_two_courses_of_a_person_are_two_participants() -> None:
    town = town_of(after(111), after(111))
    ended(town, 1)
    ended(town, 1)
    assert compared(town.figures("programmes", MONTH)) == (2, 0, 0, 0)


def test_cells_are_weighted_to_the_participants() -> None:
    """Three in a cell whose pool has a third in job, one where half has: (3 x 1/3 + 1/2) / 4 = 3/8; of the four 2 work."""
    cells = Compared()
    cells.add(3, 2, 3, 1)
    cells.add(1, 0, 2, 1)
    cells.add(5, 5, 0, 0)  # nobody like them: left out
    value, low, high = cells.difference()
    assert value == 100 * (0.5 - 0.375)
    variance = 0.25 / 4 + (3 / 4) ** 2 * (2 / 9) / 3 + (1 / 4) ** 2 * (1 / 4) / 2
    assert (high - low) / 2 == pytest.approx(100 * 1.959963984540054 * sqrt(variance))
