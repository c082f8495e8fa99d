"""Waits: from a referral to fleksjob and from the eighteenth birthday; ledighedsydelse; decisions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.indicators.town import Figures, Town

JUNE, D = "2019-06", date(2019, 6, 30)
SINCE = date(2019, 1, 1)
NEVER = None


def days_from(start: date, days: int) -> date:
    return start + timedelta(days=days)


def of_referrals(*cases: dict[str, Any], **changes: Any) -> Figures:
    town = Town(weeks=80)
    people = {int(case.get("person", 1)) for case in cases} | {1}
    for person in sorted(people - {99}):
        town.person(person, **changes)
    for number, case in enumerate(cases):
        ordinary = {"person": 1, "sag_id": f"F{number}", "afgoerelse": "fleksjob"}
        town.add("fleksjob", **{**ordinary, "visiteret_fra": SINCE, **case})
    return town.figures("fleksjob", JUNE)


def waited(figures: Figures, measure: str = "median", group: str = "T") -> tuple[float, int]:
    row = figures.row(f"fleksjob_wait/{measure}/{group}", JUNE)
    return float(row["value"]), int(row["denominator"])


@pytest.mark.parametrize(
    ("case", "days"),
    [
        ({"ansat_fra": days_from(SINCE, 40)}, 40),
        ({"ansat_fra": SINCE}, 0),
        # Already employed that day, and until then; not so when it ended the day before.
        ({"ansat_fra": date(2018, 3, 1)}, 0),
        ({"ansat_fra": date(2018, 3, 1), "ansat_til": SINCE}, 0),
        ({"ansat_fra": date(2018, 3, 1), "ansat_til": days_from(SINCE, -1)}, None),
        ({"ansat_fra": D}, 180),
        ({"ansat_fra": days_from(D, 1)}, None),
        ({}, None),
        ({"ansat_fra": days_from(SINCE, 40), "afgoerelse": "afslag"}, None),
    ],
)
def test_from_the_referral_to_the_first_day_of_a_job(
    case: dict[str, Any], days: int | None
) -> None:
    figures = of_referrals(case)
    if days is None:
        assert figures.flag("fleksjob_wait/median/T", JUNE) == "missing"
        assert figures.row("fleksjob_wait/median/T", JUNE)["denominator"] == 0
    else:
        assert waited(figures) == (days, 1)


def test_a_job_of_another_case_and_of_another_person() -> None:
    hired = {"afgoerelse": "afslag", "visiteret_fra": NEVER, "ansat_fra": days_from(SINCE, 9)}
    assert waited(of_referrals({}, hired)) == (9, 1)
    assert waited(of_referrals({}, {**hired, "person": 2}))[1] == 0
    assert waited(of_referrals({"ansat_fra": days_from(SINCE, 9), "person": 99}))[1] == 0


def test_each_first_day_is_a_referral_and_the_same_one_once() -> None:
    hired = {"ansat_fra": days_from(SINCE, 30)}
    earlier = {"visiteret_fra": days_from(SINCE, -30)}
    assert waited(of_referrals({}, hired)) == (30, 1)
    assert waited(of_referrals(earlier, hired)) == (45, 2)


@pytest.mark.parametrize(
    ("began", "counted"),
    [(date(2018, 7, 1), 1), (date(2018, 6, 30), 0), (D, 1), (days_from(D, 1), 0)],
)
def test_those_who_began_in_the_year(began: date, counted: int) -> None:
    figures = of_referrals({"visiteret_fra": date(2018, 1, 1), "ansat_fra": began})
    assert waited(figures)[1] == counted


def test_outside_the_population_or_the_target_group() -> None:
    hired = {"ansat_fra": days_from(SINCE, 7)}
    figures = of_referrals(hired, target=False)
    assert waited(figures, group="P") == (7, 1)
    assert waited(figures, group="T")[1] == 0
    assert waited(of_referrals(hired, kommunekode=147), group="P")[1] == 0


def test_kaplan_meier_keeps_those_who_still_wait() -> None:
    """Ended after 10 and 30 days, cut short after 20 by the referral's end, and one waits still (180 days).

    At 10: 3/4. At 30: 3/4 x 1/2 = 3/8. Of those who began the middle is 20.
    """
    cases = (
        {"ansat_fra": days_from(SINCE, 10)},
        {"person": 2, "visiteret_til": days_from(SINCE, 20)},
        {"person": 3, "ansat_fra": days_from(SINCE, 30)},
        {"person": 4},
    )
    figures = of_referrals(*cases)
    assert waited(figures) == (20, 2)
    assert waited(figures, "km_median") == (30, 4)
    # Two more who wait: after 10 days 5/6, after 30 days 5/6 x 3/4 = 5/8. A half is not reached.
    figures = of_referrals(*cases, {"person": 5}, {"person": 6})
    assert figures.flag("fleksjob_wait/km_median/T", JUNE) == "missing"
    assert figures.row("fleksjob_wait/km_median/T", JUNE)["denominator"] == 6


@pytest.mark.parametrize(("end", "ended"), [(30, True), (29, False)])
def test_a_job_counts_on_the_referrals_last_day_and_not_after(end: int, ended: bool) -> None:
    case = {"ansat_fra": days_from(SINCE, 30), "visiteret_til": days_from(SINCE, end)}
    figures = of_referrals(case)
    assert (figures.flag("fleksjob_wait/km_median/T", JUNE) == "") is ended
    # Of the rows of one referral the last end holds, and an open one beyond all.
    figures = of_referrals(case, {"visiteret_til": NEVER})
    assert waited(figures, "km_median") == (30, 1)


@pytest.mark.parametrize(
    ("since", "counted"),
    [(date(2016, 7, 1), 1), (date(2016, 6, 30), 0), (D, 1), (days_from(D, 1), 0)],
)
def test_those_referred_in_three_years(since: date, counted: int) -> None:
    figures = of_referrals({"visiteret_fra": since})
    assert figures.row("fleksjob_wait/km_median/T", JUNE)["denominator"] == counted


@pytest.mark.parametrize(
    ("code", "weeks", "counted"),
    [(740, 42, 1), (748, 42, 1), (739, 42, 0), (749, 42, 0), (740, 41, 0)],
)
def test_42_of_52_weeks_on_ledighedsydelse(code: int, weeks: int, counted: int) -> None:
    town = Town()
    # 2018-W52 is the reference week of December 2018; it need not be one of the weeks.
    town.person(1, [(weeks, code)])
    town.person(2, [(52, 111)], target=False)
    figures = town.figures("fleksjob", "2018-11", "2018-12")
    for group in ("P", "T"):
        assert figures.value(f"ledighedsydelse_long//{group}", "2018-12") == counted
        assert figures.flag(f"ledighedsydelse_long//{group}", "2018-11") == "not_computed"
    assert figures.flag("fleksjob_referred//P", "2018-12") == "not_computed"


def test_decisions_of_the_month_and_the_year() -> None:
    town = Town(weeks=80)
    town.person(1)
    decisions = {
        "fleksjob": (1, D),
        "førtidspension": (99, date(2018, 7, 1)),
        "ressourceforløb": (1, date(2018, 6, 30)),
        "afslag": (1, D),
    }
    for outcome, (person, day) in decisions.items():
        town.add("fleksjob", person=person, sag_id=outcome, afgoerelse=outcome, afgjort=day)
    figures = town.figures("fleksjob", JUNE)
    month, year = "clarified//", "clarified/12m/"
    assert (figures.value(month, JUNE), figures.value(year, JUNE)) == (1, 2)
    seen = [
        (figures.value(month, JUNE, "destination", d), figures.value(year, JUNE, "destination", d))
        for d in ("fleksjob", "førtidspension", "ressourceforløb")
    ]
    assert seen == [(1, 1), (0, 1), (0, 0)]


def turning_18(born: date, decided: date | None, **changes: Any) -> Figures:
    town = Town(weeks=80)
    town.person(1, **{"foedselsdato": born, "impairment": "udviklingshæmning", **changes})
    town.person(2)
    outcome = "førtidspension" if decided else None
    town.add("fleksjob", person=1, sag_id="F1", afgoerelse=outcome, afgjort=decided)
    return town.figures("fleksjob", JUNE)


@pytest.mark.parametrize(
    ("born", "decided", "share"),
    [
        (date(2000, 8, 31), date(2019, 2, 28), 1),  # six months after 31 August is the month's end
        (date(2000, 8, 31), date(2019, 3, 1), 0),
        (date(2000, 8, 30), date(2019, 2, 28), 1),
        (date(2000, 10, 15), date(2018, 1, 1), 1),  # before the birthday
        (date(2000, 10, 15), date(2019, 4, 15), 1),
        (date(2000, 10, 15), date(2019, 4, 16), 0),
        (date(2001, 6, 30), date(2019, 7, 1), 0),  # after d: not decided yet
        (date(2001, 6, 30), None, 0),
    ],
)
def test_decided_within_six_months(born: date, decided: date | None, share: int) -> None:
    assert turning_18(born, decided).parts("transition_18//T", JUNE) == (share, 1)


@pytest.mark.parametrize(
    ("born", "counted"),
    [(date(2000, 7, 1), 1), (date(2000, 6, 30), 0), (date(2001, 6, 30), 1), (date(2001, 7, 1), 0)],
)
def test_those_who_turned_18_in_the_year(born: date, counted: int) -> None:
    figures = turning_18(born, None)
    assert figures.row("transition_18//T", JUNE)["denominator"] == counted
    assert figures.flag("transition_18//T", JUNE) == ("" if counted else "missing")


def test_only_with_the_impairment_and_also_beside_another() -> None:
    born = date(2001, 1, 1)
    figures = turning_18(born, D, impairment="syn")
    assert figures.flag("transition_18//T", JUNE) == "missing"
    town = Town(weeks=80)
    town.person(1, foedselsdato=born)
    kind = {"funktionsnedsaettelse": "udviklingshæmning", "primaer": False, "fra": date(2015, 1, 1)}
    town.add("impairments", person=1, **kind)
    town.add("fleksjob", person=1, sag_id="F", afgoerelse="fleksjob", afgjort=D)
    assert town.figures("fleksjob", JUNE).parts("transition_18//T", JUNE) == (1, 1)


def test_the_median_wait_can_be_negative_and_the_first_decision_counts() -> None:
    born = date(2001, 1, 1)
    row = turning_18(born, date(2018, 12, 22)).row("transition_18/km_median/T", JUNE)
    assert (row["value"], row["denominator"], row["unit"]) == (-10, 1, "dage")
    assert turning_18(born, None).flag("transition_18/km_median/T", JUNE) == "missing"
    town = Town(weeks=80)
    town.person(1, foedselsdato=born, impairment="udviklingshæmning")
    for number, day in enumerate((date(2019, 3, 1), date(2019, 1, 5), None)):
        town.add("fleksjob", person=1, sag_id=str(number), afgoerelse="fleksjob", afgjort=day)
    assert town.figures("fleksjob", JUNE).value("transition_18/km_median/T", JUNE) == 4
