"""Shares of a crowd lie within wide bands: plausible, not exact."""

from __future__ import annotations

import statistics
from datetime import date

import pytest

from tests.synthetic.conftest import Delivery
from tests.synthetic.reference import active, covers, known, parse

DAY = date(2020, 12, 31)
REF = -7


@pytest.fixture(scope="module")
def shares(delivery: Delivery) -> dict[str, float]:
    """Shares at the last day, in per cent."""
    crowd = [r for r in delivery.rows["population"] if covers(r["fra"], r["til"], DAY)]
    crowd = [r for r in crowd if r["kommunekode"] == "101" and not _dead(r["doedsdato"])]
    adults = {r["cpr"] for r in crowd if 16 <= _age(r["foedselsdato"]) <= 64}
    marked = {r["cpr"] for r in delivery.rows["target_group"] if covers(r["fra"], r["til"], DAY)}
    target = adults & marked
    week = delivery.weeks[REF]
    work = {"target": [0, 0, 0], "others": [0, 0, 0]}
    for row in delivery.rows["dream"]:
        if row["PNR"] in adults:
            counts = work["target" if row["PNR"] in target else "others"]
            code = row[week]
            counts[0] += 1
            counts[1] += (code in ("", "121") and row["grad_2020_12"] != "") or code in (
                "771", "774", "781", "215", "216", "135", "136", "735", "736",
            )  # fmt: skip
            counts[2] += code not in ("121", "122", "123") and "111" <= code <= "299"
    grants = {r["cpr"] for r in delivery.rows["compensation"] if active(r, DAY)} & target
    referred = {
        r["cpr"]
        for r in delivery.rows["fleksjob"]
        if covers(r["visiteret_fra"], r["visiteret_til"], DAY)
    }
    employed = {
        r["cpr"]
        for r in delivery.rows["fleksjob"]
        if covers(r["visiteret_fra"], r["visiteret_til"], DAY)
        and covers(r["ansat_fra"], r["ansat_til"], DAY)
    }
    dead = {r["cpr"] for r in delivery.rows["population"] if r["doedsdato"]}
    years = len(delivery.weeks) / 52.18
    return {
        "resident": 100 * len({r["cpr"] for r in crowd}) / 20_000,
        "adults": 100 * len(adults) / len(crowd),
        "women": 100 * sum(r["koen"] == "K" for r in crowd) / len(crowd),
        "target": 100 * len(target) / len(adults),
        "work_target": 100 * work["target"][1] / work["target"][0],
        "work_others": 100 * work["others"][1] / work["others"][0],
        "idle_target": 100 * work["target"][2] / work["target"][0],
        "idle_others": 100 * work["others"][2] / work["others"][0],
        "grants": 100 * len(grants) / len(target),
        "referred": 100 * len(referred & target) / len(target),
        "employed_of_referred": 100 * len(employed) / len(referred),
        "dead_a_year": 100 * len(dead) / 20_000 / years,
    }


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("resident", 75, 100),
        ("adults", 66, 76),
        ("women", 48, 53),
        ("target", 9.5, 12.5),
        ("work_target", 49, 61),
        ("work_others", 76, 82),
        ("idle_target", 7, 12),
        ("idle_others", 3.5, 6),
        ("grants", 2.5, 6),
        ("referred", 2, 5),
        ("employed_of_referred", 70, 92),
        ("dead_a_year", 0.4, 1.0),
    ],
)
def test_shares_are_plausible(shares: dict[str, float], name: str, low: float, high: float) -> None:
    assert low <= shares[name] <= high


def test_cases_are_decided_faster(delivery: Delivery) -> None:
    rows = delivery.rows["compensation"]
    early = [r for r in rows if known(r["ansoegt"]) < date(2018, 1, 1)]
    late = [r for r in rows if date(2020, 10, 1) > known(r["ansoegt"]) >= date(2019, 6, 1)]
    assert statistics.median(_days(early)) > statistics.median(_days(late)) + 10
    assert 50 <= statistics.median(_days(early)) <= 75


def test_impairments_have_the_largest_first(delivery: Delivery) -> None:
    counts: dict[str, int] = {}
    for row in delivery.rows["target_group"]:
        counts[row["funktionsnedsaettelse"]] = counts.get(row["funktionsnedsaettelse"], 0) + 1
    assert sorted(counts, key=lambda kind: -counts[kind])[:2] == ["psykisk", "fysisk"]
    assert len(counts) == 10


def _age(text: str) -> int:
    birth = known(text)
    return DAY.year - birth.year - ((DAY.month, DAY.day) < (birth.month, birth.day))


def _dead(text: str) -> bool:
    died = parse(text)
    return died is not None and died <= DAY


def _days(rows: list[dict[str, str]]) -> list[int]:
    return [(known(r["afgjort"]) - known(r["ansoegt"])).days for r in rows if r["afgjort"]]
