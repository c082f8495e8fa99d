"""CPR numbers that are never issued, and residence spells that make sense."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from synthetic.people import CHUNK, SLOTS, make_cpr, make_people
from synthetic.timeline import make_timeline
from tests.synthetic.conftest import PERSONS, Delivery
from tests.synthetic.reference import known, parse

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def century(cpr: str) -> int | None:
    """The full year by the seventh digit, as cpr.dk tells it."""
    year, digit = int(cpr[4:6]), int(cpr[6])
    if digit <= 3:
        return 1900 + year
    if digit in (4, 9):
        return 2000 + year if year <= 36 else 1900 + year
    return 2000 + year if year <= 57 else 1800 + year


def assert_never_issued(cpr: str, birth: date, man: bool) -> None:
    assert len(cpr) == 10
    assert cpr.isdigit()
    assert cpr[:6] == birth.strftime("%d%m%y")
    assert century(cpr) == birth.year
    assert (int(cpr[9]) % 2 == 1) == man
    assert sum(int(d) * w for d, w in zip(cpr, WEIGHTS, strict=True)) % 11 != 0


def test_cpr_rules_hold_for_everybody(delivery: Delivery) -> None:
    people = {row["cpr"]: row for row in delivery.rows["population"]}
    assert len(people) == PERSONS + len(delivery.truth.cpr)
    for cpr, row in people.items():
        birth = parse(row["foedselsdato"])
        assert birth is not None
        assert (birth.month, birth.day) != (1, 1)
        assert_never_issued(cpr, birth, row["koen"] == "M")


@pytest.mark.parametrize(
    "birth", ["1925-03-04", "1937-06-30", "1999-12-31", "2000-02-29", "2036-05-05", "2040-08-09"]
)
def test_slots_never_collide(birth: str) -> None:
    slots = np.tile(np.arange(1000), 2)
    man = np.repeat([False, True], 1000)
    cpr = make_cpr(np.full(2000, birth, "datetime64[D]"), man, slots)
    assert len(np.unique(cpr)) == 2000
    for number, is_man in zip(cpr.tolist(), man.tolist(), strict=True):
        assert_never_issued(f"{number:010d}", date.fromisoformat(birth), is_man)


def test_chunks_share_no_number() -> None:
    line = make_timeline("2020-01", "2020-06")
    numbers = [
        make_people(np.random.Generator(np.random.PCG64(3)), 20_000, chunk, line).cpr
        for chunk in (0, 1, 81)
    ]
    assert len(np.unique(np.concatenate(numbers))) == 60_000


def test_a_crowded_birthday_still_gives_distinct_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("synthetic.people.SLOTS", 1)
    line = make_timeline("2020-01", "2020-06")
    crowd = make_people(np.random.Generator(np.random.PCG64(3)), 5_000, 0, line)
    assert len(np.unique(crowd.cpr)) == 5_000


def test_slots_are_enough_for_a_chunk() -> None:
    assert CHUNK / (96 * 365 * 2) < SLOTS / 4


def test_residence_spells_follow_each_other(delivery: Delivery) -> None:
    spells: dict[str, list[dict[str, str]]] = {}
    for row in delivery.rows["population"]:
        spells.setdefault(row["cpr"], []).append(row)
    assert any(len(rows) > 2 for rows in spells.values())
    for rows in spells.values():
        rows.sort(key=lambda row: row["fra"])
        for row, following in pairwise(rows):
            stop, start = parse(row["til"]), parse(following["fra"])
            assert stop is not None
            assert start is not None
            assert stop + timedelta(days=1) == start
        for row in rows:
            start, stop = parse(row["fra"]), parse(row["til"])
            birth, died = parse(row["foedselsdato"]), parse(row["doedsdato"])
            assert start is not None
            assert birth is not None
            assert birth <= start
            assert stop is None or start <= stop
            assert died is None or start <= died
            assert (row["kommunekode"] == "101") == (row["bydel"] != "Udenbys")
        assert len({(row["foedselsdato"], row["koen"], row["doedsdato"]) for row in rows}) == 1
        died = parse(rows[0]["doedsdato"])
        assert died is None or rows[-1]["til"] == "" or known(rows[-1]["til"]) <= died
