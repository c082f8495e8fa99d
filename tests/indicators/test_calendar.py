"""Days, birthdays and months at their borders."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from indicators.calendar import (
    Int32s,
    birthdays,
    completed_years,
    date_of,
    day_of,
    months_later,
    months_of,
    parse_month,
)


def days(*dates: date) -> Int32s:
    return np.array([day_of(each) for each in dates], dtype=np.int32)


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        (date(2000, 2, 29), date(2018, 3, 1)),
        (date(2000, 2, 28), date(2018, 2, 28)),
        (date(2001, 12, 31), date(2019, 12, 31)),
        (date(1968, 1, 1), date(1986, 1, 1)),
    ],
)
def test_eighteenth_birthday(born: date, birthday: date) -> None:
    found = int(birthdays(days(born), 18)[0])
    assert date_of(found) == birthday
    assert completed_years(days(born), days(birthday)).tolist() == [18]
    assert completed_years(days(born), found - 1).tolist() == [17]


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2018, 8, 31), date(2019, 2, 28)),
        (date(2019, 8, 31), date(2020, 2, 29)),
        (date(2019, 8, 29), date(2020, 2, 29)),
        (date(2018, 3, 31), date(2018, 9, 30)),
        (date(2018, 7, 15), date(2019, 1, 15)),
    ],
)
def test_six_months_later(day: date, later: date) -> None:
    assert date_of(int(months_later(days(day), 6)[0])) == later


def test_age_at_a_day_each() -> None:
    born = days(date(1990, 6, 15), date(1990, 6, 15), date(1960, 1, 1))
    when = days(date(2020, 6, 14), date(2020, 6, 15), date(1969, 12, 31))
    assert completed_years(born, when).tolist() == [29, 30, 9]


def test_month_of_a_day() -> None:
    found = months_of(days(date(2018, 1, 31), date(2018, 2, 1), date(1969, 12, 31)))
    assert found.tolist() == [parse_month(m) for m in ("2018-01", "2018-02", "1969-12")]
