"""The planted people's facts, against a slow reading of the specification."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthetic.generator import generate
from synthetic.planted_people import LIVES
from tests.synthetic.conftest import TO, Delivery
from tests.synthetic.reference import Person

OF_A_LIFE = ("dream", "population", "income", "target_group", "compensation", "fleksjob")


def _person(delivery: Delivery, cpr: str) -> Person:
    dream = [row for row in delivery.rows["dream"] if row["PNR"] == cpr]
    assert len(dream) <= 1
    rest = {
        source: [row for row in rows if row["cpr"] == cpr]
        for source, rows in delivery.rows.items()
        if source != "dream"
    }
    return Person(delivery.mondays, dream[0] if dream else None, **rest)


@pytest.fixture(scope="module")
def planted(delivery: Delivery) -> dict[str, Person]:
    """The planted people by label, from a delivery cut down to them."""
    numbers = set(delivery.truth.cpr.values())
    rows = {
        source: [
            row
            for row in delivery.rows[source]
            if row["PNR" if source == "dream" else "cpr"] in numbers
        ]
        for source in OF_A_LIFE
    }
    small = Delivery(rows, delivery.weeks, delivery.mondays, delivery.truth)
    return {label: _person(small, cpr) for label, cpr in delivery.truth.cpr.items()}


@pytest.mark.parametrize("label", [life.label for life in LIVES])
def test_facts_follow_from_the_rows(
    label: str, planted: dict[str, Person], delivery: Delivery
) -> None:
    for month, facts in delivery.truth.facts[label].items():
        seen = planted[label].facts(month)
        assert {name: seen[name] for name in facts} == facts, month


def test_leap_day_people(planted: dict[str, Person], delivery: Delivery) -> None:
    assert delivery.truth.facts["leap-day-grant"]["2020-02"] == {"comp": ["hjælpemidler"]}
    assert planted["leap-day-grant"].facts("2020-02")["comp"] == ["hjælpemidler"]


@pytest.mark.parametrize(
    ("first", "last", "label", "month", "facts"),
    [
        ("2020-01", "2021-06", "leap-day-grant", "2021-02", {"comp": []}),
        ("2020-01", "2021-06", "leap-day-grant", "2021-01", {"comp": ["hjælpemidler"]}),
        ("2020-01", "2021-06", "leap-day-birthday", "2021-02", {"in_P": True}),
        ("2020-01", "2021-06", "leap-day-birthday", "2021-03", {"in_P": False, "in_T": False}),
        ("2018-01", "2018-12", "leap-day-birthday", "2018-02", {"age_group": "25–29"}),
    ],
)
def test_leap_days_in_other_ranges(
    tmp_path: Path, first: str, last: str, label: str, month: str, facts: dict[str, object]
) -> None:
    assert generate(tmp_path, 0, first, last, seed=1).facts[label][month] == facts


def test_every_planted_person_has_a_reason_and_the_last_month(delivery: Delivery) -> None:
    truth = delivery.truth
    assert len(truth.cpr) >= 40
    assert truth.cpr.keys() == truth.reasons.keys() == truth.facts.keys()
    assert all(truth.reasons.values())
    assert all(TO in months for months in truth.facts.values())
    assert len(set(truth.cpr.values())) == len(truth.cpr)


def test_planted_people_do_not_depend_on_the_crowd(tmp_path: Path, delivery: Delivery) -> None:
    alone = generate(tmp_path, 0, "2019-01", TO, seed=5)
    assert alone.facts == delivery.truth.facts
    assert alone.cpr == delivery.truth.cpr


def test_a_short_range_leaves_out_those_that_do_not_fit(tmp_path: Path) -> None:
    short = generate(tmp_path, 0, "2020-06", "2020-06", seed=1)
    assert "ltu-41-of-52" in short.facts
    assert "exit-to-job" not in short.facts
    assert all(set(months) == {"2020-06"} for months in short.facts.values())
