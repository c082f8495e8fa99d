"""Waits for a fleksjob, ledighedsydelse, decisions and the eighteenth year, worked out by hand.

All ask for March 2019: the twelve months begin 1 April 2018, the thirty-six 1 April 2016.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .clarification import birthday_18, half_a_year_after, referrals, wait_until
from .figures import figures
from .measures import Wait
from .model import Figure
from .people_by_hand import at, delivered, dream, flex, home, impaired

MARCH = (2019, 3)
PERIOD = "2019-03"
D = date(2019, 3, 31)
NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")

Rows = list[dict[str, Any]]


def row(
    since: date | None, until: date | None = None, hired: date | None = None, **more: Any
) -> Any:
    """A row of the person: a referral, an employment, or both."""
    return flex("a", "F-1", visiteret_fra=since, visiteret_til=until, ansat_fra=hired) | more


REFERRED = date(2018, 5, 1)
ANOTHER: dict[str, Any] = {"afgoerelse": "afslag"}

# why, the person's rows, (days, whether employment ended the wait) of each referral at d
TABLE: list[tuple[str, Rows, list[Wait]]] = [
    ("waits still: 1 May 2018 to 31 March 2019", [row(REFERRED)], [(334, False)]),
    ("employed after a month", [row(REFERRED, hired=date(2018, 6, 1))], [(31, True)]),
    ("employed on the last day", [row(REFERRED, hired=D)], [(334, True)]),
    ("employed after d", [row(REFERRED, hired=date(2019, 4, 1))], [(334, False)]),
    (
        "employed already, on the row of another decision",
        [row(REFERRED), row(None, hired=date(2017, 1, 1), **ANOTHER)],
        [(0, True)],
    ),
    (
        "an employment that ended the day before does not count",
        [row(REFERRED), row(None, hired=date(2017, 1, 1), ansat_til=date(2018, 4, 30), **ANOTHER)],
        [(334, False)],
    ),
    (
        "one that ends on the very day does",
        [row(REFERRED), row(None, hired=date(2017, 1, 1), ansat_til=REFERRED, **ANOTHER)],
        [(0, True)],
    ),
    (
        "the referral ended 30 days on, employed later",
        [row(REFERRED, date(2018, 5, 31), date(2018, 6, 1))],
        [(30, False)],
    ),
    (
        "employed on the referral's last day",
        [row(REFERRED, date(2018, 5, 31), date(2018, 5, 31))],
        [(30, True)],
    ),
    (
        "two rows of one referral are one; its end is the latest",
        [row(REFERRED, date(2018, 5, 11)), row(REFERRED, date(2018, 5, 31), date(2018, 5, 21))],
        [(20, True)],
    ),
    (
        "... and it is open where one of the rows is",
        [row(REFERRED, date(2018, 5, 11)), row(REFERRED, None, date(2018, 6, 1))],
        [(31, True)],
    ),
    (
        "two referrals, one employment: it ends both",
        [row(REFERRED), row(date(2018, 6, 1), hired=date(2018, 6, 11))],
        [(41, True), (10, True)],
    ),
    ("another outcome refers nobody", [row(REFERRED, hired=REFERRED, **ANOTHER)], []),
]


@pytest.mark.parametrize(("why", "rows", "waits"), TABLE, ids=[each[0] for each in TABLE])
def test_waits(why: str, rows: Rows, waits: list[Wait]) -> None:
    (person,) = delivered([home("a")], fleksjob=rows).people
    assert [wait_until(person, since, D) for since in referrals(person)] == waits, why


def test_wait_medians() -> None:
    """Started in the twelve months: 10 and 41 days (and 900 of an old referral): median 41.

    Referred in the thirty-six: 10 ended, 20 censored, 41 ended, 60 and 60 censored. S is 4/5 at
    10 and 4/5 x 2/3 = 8/15 at 41: the median is not reached.
    """
    until = {"F-3": date(2018, 5, 21), "F-4": date(2018, 6, 30), "F-5": date(2018, 6, 30)}
    cases = [
        flex("a", "F-1", visiteret_fra=REFERRED, ansat_fra=date(2018, 5, 11)),
        flex("b", "F-2", visiteret_fra=date(2018, 3, 1), ansat_fra=date(2018, 4, 11)),
        *(
            flex("c", number, visiteret_fra=REFERRED, visiteret_til=end)
            for number, end in until.items()
            if number == "F-3"
        ),
        flex("d", "F-4", visiteret_fra=REFERRED, visiteret_til=until["F-4"]),
        flex("e", "F-5", visiteret_fra=REFERRED, visiteret_til=until["F-5"]),
        # Referred a day before the thirty-six months, started in the twelve.
        flex("f", "F-6", visiteret_fra=date(2016, 3, 31), ansat_fra=date(2018, 9, 17)),
        # Started the day before the twelve months.
        flex("g", "F-7", visiteret_fra=date(2016, 3, 1), ansat_fra=date(2018, 3, 31)),
        flex("unknown", "F-8", visiteret_fra=REFERRED, ansat_fra=date(2018, 5, 11)),
        flex("a", "F-9", visiteret_fra=date(2019, 4, 1)),  # referred after d
    ]
    population = [home(name) for name in "abcdefg"]
    rows = figures(delivered(population, [impaired("a")], fleksjob=cases), [MARCH])
    started = at(rows, "fleksjob_wait", "median", PERIOD, "P")
    assert started == Figure(None, 3, 41, None, None, "")
    followed = at(rows, "fleksjob_wait", "km_median", PERIOD, "P")
    assert followed == Figure(None, 5, None, None, None, "missing")
    assert at(rows, "fleksjob_wait", "km_median", PERIOD, "T") == Figure(
        None, 1, 10, None, None, ""
    )
    # Without one of those who waited: S is 3/4 at 10, 3/4 x 1/2 at 41.
    rows = figures(delivered(population[:4], fleksjob=cases), [MARCH])
    assert at(rows, "fleksjob_wait", "km_median", PERIOD, "P").value == 41
    assert at(rows, "fleksjob_wait", "median", PERIOD, "P").value == 25.5
    assert at(rows, "fleksjob_wait", "median", PERIOD, "T").flag == "missing"


def test_ledighedsydelse() -> None:
    """The 52 weeks are 2018-W14 ... 2019-W13; in W(d) itself the code is not asked for."""
    lives = {
        "42 weeks": {((2018, 1), (2019, 3)): "743"},
        "41 weeks": {((2018, 1), (2019, 2)): "743"},
        "two codes": {((2018, 14), (2018, 30)): "740", ((2018, 31), (2019, 13)): "748"},
        "749": {((2018, 1), (2019, 26)): "749"},
        "739": {((2018, 1), (2019, 26)): "739"},
    }
    data = delivered(
        [home(name) for name in lives],
        [impaired("two codes")],
        [dream(name, life) for name, life in lives.items()],
    )
    rows = figures(data, [MARCH, (2018, 11), (2018, 12)])
    assert at(rows, "ledighedsydelse_long", "", PERIOD, "P").value == 2
    assert at(rows, "ledighedsydelse_long", "", PERIOD, "T").value == 1
    assert at(rows, "ledighedsydelse_long", "", PERIOD, "P", "district", "Valby").value == 2
    # The code table of these tests does not know the codes; they count all the same.
    group = (PERIOD, "P", "benefit_group", "uoplyst")
    assert at(rows, "ledighedsydelse_long", "", *group).value == 2
    # 2018-W01 ... W52: the first two.
    assert at(rows, "ledighedsydelse_long", "", "2018-12", "P").value == 2
    assert at(rows, "ledighedsydelse_long", "", "2018-11", "P") == NOT_COMPUTED


def test_decisions_by_outcome() -> None:
    days = {
        "F-1": ("fleksjob", date(2019, 3, 1)),
        "F-2": ("førtidspension", D),
        "F-3": ("førtidspension", date(2018, 4, 1)),
        "F-4": ("ressourceforløb", date(2018, 3, 31)),
        "F-5": ("afslag", D),
        "F-6": ("fleksjob", None),
        "F-7": ("fleksjob", date(2019, 4, 1)),
    }
    cases = [
        flex("unknown", number, afgoerelse=outcome, afgjort=decided)
        for number, (outcome, decided) in days.items()
    ]
    rows = figures(delivered([home("a")], fleksjob=cases), [MARCH])
    assert at(rows, "clarified", "", PERIOD, "").value == 2
    assert at(rows, "clarified", "12m", PERIOD, "").value == 3
    pension = ("destination", "førtidspension")
    assert at(rows, "clarified", "", PERIOD, "", *pension).value == 1
    assert at(rows, "clarified", "12m", PERIOD, "", *pension).value == 2
    assert at(rows, "clarified", "12m", PERIOD, "", "destination", "ressourceforløb").value == 0
    assert (
        at(figures(delivered([home("a")]), [MARCH]), "clarified", "12m", PERIOD, "") == NOT_COMPUTED
    )


@pytest.mark.parametrize(
    ("born", "eighteen", "half_a_year"),
    [
        (date(2000, 2, 29), date(2018, 3, 1), date(2018, 9, 1)),
        (date(2001, 8, 31), date(2019, 8, 31), date(2020, 2, 29)),
        (date(2000, 8, 31), date(2018, 8, 31), date(2019, 2, 28)),
        (date(2000, 12, 31), date(2018, 12, 31), date(2019, 6, 30)),
        (date(2001, 3, 31), date(2019, 3, 31), date(2019, 9, 30)),
        (date(2000, 4, 15), date(2018, 4, 15), date(2018, 10, 15)),
    ],
)
def test_eighteen_and_a_half(born: date, eighteen: date, half_a_year: date) -> None:
    assert birthday_18(born) == eighteen
    assert half_a_year_after(eighteen) == half_a_year


def test_transition_at_eighteen() -> None:
    """18 on 31 August 2018, half a year later 28 February 2019; 212 days to the end of March.

    In time: -30 and 181 days (that very day). Late: 182. Nobody decided: 212, censored.
    S: 4/5 at -30, 3/5 at 181, 2/5 at 182.
    """
    born = date(2000, 8, 31)
    decided = {
        "before": [("fleksjob", date(2018, 8, 1)), ("førtidspension", date(2019, 1, 1))],
        "to the day": [("førtidspension", date(2019, 2, 28))],
        "a day late": [("førtidspension", date(2019, 3, 1)), ("ressourceforløb", born)],
        "after d": [("førtidspension", date(2019, 4, 1))],
        "refused": [("afslag", date(2018, 9, 1))],
        "another impairment": [("fleksjob", date(2018, 9, 1))],
        "too old": [("fleksjob", date(2018, 4, 1))],
        "too young": [("fleksjob", date(2019, 3, 1))],
    }
    births = {"too old": date(2000, 3, 31), "too young": date(2001, 4, 1)}
    kind = {"funktionsnedsaettelse": "udviklingshæmning"}
    people = [home(name, foedselsdato=births.get(name, born)) for name in decided]
    registered = [
        impaired(name, **({} if name == "another impairment" else kind), primaer=False)
        for name in decided
    ]
    # Any registration that covers the day will do, not the primary alone.
    registered.append(impaired("refused", fra=date(2010, 1, 1)))
    cases = [
        flex(name, f"{name} {place}", afgoerelse=outcome, afgjort=day)
        for name, decisions in decided.items()
        for place, (outcome, day) in enumerate(decisions)
    ]
    rows = figures(delivered(people, registered, fleksjob=cases), [MARCH, (2018, 8)])
    share = at(rows, "transition_18", "", PERIOD, "T")
    assert (share.numerator, share.denominator, share.value) == (2, 5, 0.4)
    assert share.low == pytest.approx(0.1176, abs=1e-4)  # Wilson of 2 in 5
    assert at(rows, "transition_18", "km_median", PERIOD, "T") == Figure(
        None, 5, 182, None, None, ""
    )
    # August 2018 asks for birthdays since September 2017: "too old" too, decided a day after.
    assert at(rows, "transition_18", "", "2018-08", "T").numerator == 2
    assert at(rows, "transition_18", "", "2018-08", "T").denominator == 6
