"""Cases, hours, kroner and growth under the compensation Act, worked out by hand.

All ask for March 2019; the twelve months begin with April 2018.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .figures import figures
from .model import Figure, Key
from .people_by_hand import at, case, delivered, home, impaired
from .tables import Rows

MARCH = (2019, 3)
PERIOD = "2019-03"
NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")
OPEN = {"afgjort": None, "afgoerelse": None, "bevilget_fra": None}


def values(rows: Rows, indicator: str, variant: str, dim: str) -> dict[str, Any]:
    """The values by category in one breakdown."""
    wanted = (indicator, variant, PERIOD, "", dim)
    return {key.value1: figure.value for key, figure in rows.items() if key[:5] == wanted}


def test_applications_by_day_applied_and_age_then() -> None:
    rows = figures(
        delivered(
            [
                home("turns 25", foedselsdato=date(1994, 3, 15)),
                home("66", foedselsdato=date(1952, 5, 5)),
            ],
            compensation=[
                case("turns 25", ansoegt=date(2019, 3, 14), **OPEN, selvstaendig=True),
                case("turns 25", ansoegt=date(2019, 3, 15), **OPEN, forsoergelse="dagpenge"),
                case("66", ansoegt=date(2019, 3, 31), ordning="mentor", selvstaendig=False),
                case("unknown", ansoegt=date(2018, 4, 1), afgoerelse="frafaldet", jobcenter=None),
                case("unknown", ansoegt=date(2018, 3, 31), forsoergelse="lønmodtager"),
                case("66", ansoegt=date(2019, 4, 1), jobcenter="Syd"),
            ],
        ),
        [MARCH],
    )
    assert at(rows, "comp_applications", "all", PERIOD, "").value == 3
    assert at(rows, "comp_applications", "all|12m", PERIOD, "").value == 4
    assert at(rows, "comp_applications", "mentor", PERIOD, "").value == 1
    assert at(rows, "comp_applications", "isbryder|12m", PERIOD, "").value == 0
    year = ("comp_applications", "all|12m")
    assert values(rows, *year, "age_group") == {
        "16–24": 1,  # the day before the birthday
        "25–29": 1,
        **dict.fromkeys(("30–39", "40–49", "50–59", "60–64"), 0),
        "uoplyst": 2,  # 66 years, and nobody the population register knows
    }
    assert values(rows, *year, "job_centre") == {"Nord": 3, "Syd": 0, "uoplyst": 1}
    assert values(rows, *year, "benefit_group") == {"dagpenge": 1, "lønmodtager": 0, "uoplyst": 3}
    assert values(rows, *year, "self_employed") == {"ja": 1, "nej": 1, "uoplyst": 2}


def test_grants_and_rejections_by_day_decided_and_age_then() -> None:
    no = {"afgoerelse": "afslag", "bevilget_fra": None}
    rows = figures(
        delivered(
            [home("turns 25", foedselsdato=date(1994, 3, 15))],
            compensation=[
                # Applied for at 24, decided at 25.
                case("turns 25", ansoegt=date(2019, 3, 1), afgjort=date(2019, 3, 31)),
                case("turns 25", afgjort=date(2018, 4, 1), selvstaendig=True),
                case("unknown", afgjort=date(2019, 3, 1), ordning="mentor", **no),
                case("unknown", afgjort=date(2019, 4, 1), ordning="mentor", **no),
                case("unknown", afgjort=date(2019, 3, 1), afgoerelse="frafaldet"),
            ],
        ),
        [MARCH],
    )
    assert at(rows, "comp_grants", "all", PERIOD, "").value == 1
    assert at(rows, "comp_grants", "all|12m", PERIOD, "").value == 2
    assert at(rows, "comp_grants", "all", PERIOD, "", "age_group", "25–29").value == 1
    assert at(rows, "comp_rejections", "mentor", PERIOD, "").value == 1
    assert at(rows, "comp_rejections", "personlig assistance|12m", PERIOD, "").value == 0
    whole = at(rows, "comp_rejection_rate", "all", PERIOD, "")
    assert (whole.numerator, whole.denominator, whole.value) == (1, 3, 1 / 3)
    assert whole.low == pytest.approx(0.0615, abs=1e-4)  # Wilson of 1 in 3
    assert whole.high == pytest.approx(0.7923, abs=1e-4)
    assert at(rows, "comp_rejection_rate", "all", PERIOD, "", "self_employed", "ja").value == 0.0
    assert at(rows, "comp_rejection_rate", "hjælpemidler", PERIOD, "").flag == "missing"


def test_open_cases() -> None:
    data = delivered(
        [home("a")],
        compensation=[
            case("a", ansoegt=date(2019, 3, 1), **OPEN),  # 30 days
            case("unknown", ansoegt=date(2019, 3, 31), ordning="mentor", **OPEN),  # 0 days
            case("a", ansoegt=date(2019, 2, 19), afgjort=date(2019, 4, 1), jobcenter="Syd"),  # 40
            case("a", ansoegt=date(2019, 2, 1), afgjort=date(2019, 3, 31)),  # decided that day
            case("a", ansoegt=date(2019, 4, 1), **OPEN),  # not applied for yet
        ],
    )
    rows = figures(data, [MARCH])
    assert at(rows, "comp_open_age", "all", PERIOD, "") == Figure(3, None, 3, None, None, "")
    assert at(rows, "comp_open_age", "all|median", PERIOD, "") == Figure(
        None, 3, 30, None, None, ""
    )
    nord = ("job_centre", "Nord")
    assert at(rows, "comp_open_age", "all|median", PERIOD, "", *nord).value == 15
    assert at(rows, "comp_open_age", "isbryder|median", PERIOD, "").flag == "missing"
    assert at(rows, "comp_open_age", "all|over_deadline", PERIOD, "") == NOT_COMPUTED
    data.deadlines = {"personlig assistance": 30}
    rows = figures(data, [MARCH])
    assert at(rows, "comp_open_age", "personlig assistance|over_deadline", PERIOD, "").value == 1
    assert at(rows, "comp_open_age", "all|over_deadline", PERIOD, "").value == 1
    assert at(rows, "comp_open_age", "all|over_deadline", PERIOD, "", *nord).value == 0
    assert at(rows, "comp_open_age", "mentor|over_deadline", PERIOD, "") == NOT_COMPUTED
    # Decided in the twelve months: 20 of March 2019 took 58 days.
    share = at(rows, "comp_case_days", "personlig assistance|within_deadline", PERIOD, "")
    assert (share.numerator, share.denominator) == (0, 1)


def test_hours() -> None:
    rows = figures(
        delivered(
            [home("three grants"), home("woman", koen="K"), home("elsewhere", kommunekode=147)],
            [impaired("woman")],
            compensation=[
                case("three grants", timer_pr_uge=0.1),
                case("three grants", timer_pr_uge=0.2),
                case("three grants", timer_pr_uge=0.3),
                case("three grants", timer_pr_uge=None),
                case("three grants", timer_pr_uge=20.0, bevilget_til=date(2019, 3, 30)),
                case("three grants", timer_pr_uge=20.0, ordning="mentor"),
                case("woman", timer_pr_uge=37.0),
                case("elsewhere", timer_pr_uge=37.0),
            ],
        ),
        [MARCH],
    )
    name = ("comp_hours", "personlig assistance|mean", PERIOD)
    men = at(rows, *name, "P", "sex", "M")
    # 0.1 + 0.2 + 0.3 as the floats they are, rounded once: not 0.6000000000000001.
    assert (men.numerator, men.denominator, men.value) == (0.6, 3, 0.2)
    assert at(rows, *name, "P").denominator == 4
    assert at(rows, *name, "T", "impairment", "syn").value == 37.0
    assert at(rows, *name, "T", "sex", "M") == Figure(0, 0, None, None, None, "missing")
    assert {key.dim1 for key in rows if key[:4] == (*name, "P")} == {
        "",
        "sex",
        "age_group",
        "district",
    }


def booked(month: tuple[int, int], purpose: str, kroner: float, way: str = "U") -> dict[str, Any]:
    """A line of the ledger."""
    return {"maaned": month, "formaal": purpose, "beloeb_kr": kroner, "indtaegt_udgift": way}


def test_spending() -> None:
    lines = [
        booked((2018, 4), "personlig assistance", 0.1),
        booked((2019, 3), "personlig assistance", 0.2),
        booked((2018, 3), "personlig assistance", 1000.0),  # a month too old
        booked((2019, 3), "mentor", 1.0),
        booked((2019, 2), "mentor", 0.7, "I"),
        booked((2019, 3), "bi05-peer-mentor", 500.0),  # no scheme
    ]
    rows = figures(delivered([home("a")], spending=lines), [MARCH, (2019, 2), (2019, 4)])
    assert at(rows, "comp_spending", "personlig assistance", PERIOD, "").value == 0.3
    assert at(rows, "comp_spending", "mentor", PERIOD, "").value == 0.3
    assert at(rows, "comp_spending", "isbryder", PERIOD, "").value == 0.0
    assert at(rows, "comp_spending", "all", PERIOD, "") == Figure(None, None, 0.6, None, None, "")
    share = at(rows, "comp_spending_share", "personlig assistance", PERIOD, "")
    assert share == Figure(0.3, 0.6, 0.5, None, None, "")
    # February asks for March 2018 on, which is there; April is not booked yet.
    assert at(rows, "comp_spending", "all", "2019-02", "").value == pytest.approx(999.4)
    assert at(rows, "comp_spending_share", "mentor", "2019-04", "") == NOT_COMPUTED
    assert at(figures(delivered([home("a")]), [MARCH]), "comp_spending", "all", PERIOD, "") == (
        NOT_COMPUTED
    )
    # Nothing out, nothing in: no share. The ledger reaches far enough with other lines.
    others = [booked((2018, 1), "x", 5.0), booked((2019, 5), "x", 5.0)]
    rows = figures(delivered([home("a")], spending=others), [MARCH])
    assert at(rows, "comp_spending_share", "mentor", PERIOD, "") == Figure(
        0, 0, None, None, None, "missing"
    )
    # A ledger that begins in May 2018 lacks the first of the twelve months.
    late = [booked((2018, 5), "mentor", 5.0), booked((2019, 3), "mentor", 5.0)]
    rows = figures(delivered([home("a")], spending=late), [MARCH])
    assert at(rows, "comp_spending", "mentor", PERIOD, "") == NOT_COMPUTED


def test_growth() -> None:
    """With a grant at the end of March 2018: three; June 2018: one; March 2019: four."""
    since = {"until June": date(2018, 1, 1), "also": date(2018, 2, 1), "always": date(2018, 3, 31)}
    ends = {"until June": date(2018, 6, 29), "also": date(2018, 5, 1)}
    names = ["until June", "also", "always", "new 1", "new 2", "new 3"]
    rows = figures(
        delivered(
            [home(name) for name in names],
            compensation=[
                case(
                    name,
                    bevilget_fra=since.get(name, date(2019, 3, 1)),
                    bevilget_til=ends.get(name),
                )
                for name in names
            ],
        ),
        [(2018, 3), (2018, 6), MARCH],
        baselines=[(2018, 6), (2018, 2)],
    )
    grown = at(rows, "comp_growth", "all", PERIOD, "P")
    assert grown == Figure(4, 3, 1 / 3, None, None, "")  # not 4 / 3 - 1, which ends in ...26
    assert at(rows, "comp_growth", "personlig assistance|2018-06", PERIOD, "P").value == 3.0
    assert at(rows, "comp_growth", "mentor", PERIOD, "P") == Figure(
        0, 0, None, None, None, "missing"
    )
    # Before the baseline month there is nothing to compare with.
    assert at(rows, "comp_growth", "all|2018-06", "2018-03", "P") == NOT_COMPUTED
    # Months before the first that is computed.
    assert at(rows, "comp_growth", "all", "2018-06", "P") == NOT_COMPUTED
    assert at(rows, "comp_growth", "all|2018-02", PERIOD, "P") == NOT_COMPUTED
    assert at(rows, "comp_growth", "all|2018-06", "2018-06", "P").value == 0.0
    assert {key.dim1 for key in rows if key[0] == "comp_growth"} == {""}


def test_without_the_source_nothing_is_computed() -> None:
    rows = figures(delivered([home("a")]), [MARCH])
    mine = (
        *("comp_applications", "comp_grants", "comp_rejections", "comp_rejection_rate"),
        *("comp_open_age", "comp_hours", "comp_growth"),
    )
    found: dict[Key, Figure] = {key: of for key, of in rows.items() if key.indicator in mine}
    assert {key.indicator for key in found} == set(mine)
    assert set(found.values()) == {NOT_COMPUTED}
