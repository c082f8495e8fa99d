"""The rows: every older source's rules, and rows that agree across sources."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import synthetic
from synthetic.cases import IMPAIRMENTS, JOB_CENTRES, SCHEMES
from synthetic.work import FORMS
from tests.synthetic.conftest import Delivery
from tests.synthetic.reference import covers, parse

CODES = Path(synthetic.__file__).parents[1] / "indicators" / "dream_codes.csv"


def test_weeks_are_consecutive_with_week_53(delivery: Delivery) -> None:
    names = [f"y_{m.isocalendar()[0] % 100:02d}{m.isocalendar()[1]:02d}" for m in delivery.mondays]
    assert delivery.weeks == names
    assert "y_2053" in names
    assert "y_1953" not in names
    before = [m for m in delivery.mondays if m + timedelta(days=3) < date(2019, 1, 1)]
    assert len(before) >= 53
    last_sunday = delivery.mondays[-1] + timedelta(days=6)
    assert date(2021, 2, 4) < last_sunday <= date(2021, 2, 11)


def test_every_code_is_in_the_table(delivery: Delivery) -> None:
    with CODES.open(encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    seen = {row[week] for row in delivery.rows["dream"] for week in delivery.weeks}
    assert seen - known == {"", "555"}
    assert len(seen) > 60


def test_months_of_work_agree(delivery: Delivery) -> None:
    pay: dict[tuple[str, str], set[str]] = {}
    for row in delivery.rows["income"]:
        pay.setdefault((row["cpr"], row["maaned"]), set()).add(row["ansaettelsesform"])
    months = [name[5:] for name in delivery.rows["dream"][0] if name.startswith("grad_")]
    for row in delivery.rows["dream"]:
        for month in months:
            degree = row[f"grad_{month}"]
            assert (degree != "") == (row[f"branche_{month}"] != "")
            assert (degree != "") == ((row["PNR"], month.replace("_", "-")) in pay)
            assert degree == "" or 1 <= int(degree) <= 100


def test_income_rules(delivery: Delivery) -> None:
    keys = set()
    for row in delivery.rows["income"]:
        keys.add((row["cpr"], row["maaned"], row["cvr"], row["ansaettelsesform"]))
        assert row["ansaettelsesform"] in FORMS
        assert 0 < float(row["loentimer"].replace(",", ".")) <= 160.33
        assert int(row["loen_kr"]) > 0
    assert len(keys) == len(delivery.rows["income"])
    for cvr in {row["cvr"] for row in delivery.rows["income"]}:
        assert len(cvr) == 8
        assert sum(int(d) * w for d, w in zip(cvr, (2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11


def test_compensation_rules(delivery: Delivery) -> None:
    rows = delivery.rows["compensation"]
    assert len({row["sag_id"] for row in rows}) == len(rows)
    assert {row["afgoerelse"] for row in rows} == {"bevilget", "afslag", "frafaldet", ""}
    for row in rows:
        applied, decided = parse(row["ansoegt"]), parse(row["afgjort"])
        since, until = parse(row["bevilget_fra"]), parse(row["bevilget_til"])
        assert applied is not None
        assert row["ordning"] in SCHEMES
        assert row["lovgrundlag"]
        assert (decided is None) == (row["afgoerelse"] == "")
        assert decided is None or applied <= decided
        assert (since is not None) == (row["afgoerelse"] == "bevilget")
        assert until is None or (since is not None and since <= until)
        if row["timer_pr_uge"]:
            assert row["ordning"] in ("personlig assistance", "mentor")
            assert 0 < float(row["timer_pr_uge"].replace(",", ".")) <= 37


def test_fleksjob_rules(delivery: Delivery) -> None:
    rows = delivery.rows["fleksjob"]
    assert len({row["sag_id"] for row in rows}) == len(rows)
    kinds = {row["afgoerelse"] for row in rows}
    assert kinds == {"fleksjob", "førtidspension", "ressourceforløb", "afslag"}
    for row in rows:
        decided, since, until = (
            parse(row[name]) for name in ("afgjort", "visiteret_fra", "visiteret_til")
        )
        hired, stopped = parse(row["ansat_fra"]), parse(row["ansat_til"])
        assert decided is not None
        assert (since is not None) == (row["afgoerelse"] == "fleksjob")
        assert until is None or (since is not None and since <= until)
        assert stopped is None or (hired is not None and hired <= stopped)
        assert (hired is None) == (row["cvr"] == "") == (row["via_klausul"] == "")
        assert hired is None or (since is not None and since <= hired) or row["sag_id"] < "F001"


def test_fleksjob_weeks_are_employments(delivery: Delivery) -> None:
    week, day = delivery.weeks[-8], delivery.mondays[-8]
    in_fleksjob = {row["PNR"] for row in delivery.rows["dream"] if row[week] in ("771", "774")}
    employed = {
        row["cpr"]
        for row in delivery.rows["fleksjob"]
        if covers(row["ansat_fra"], row["ansat_til"], day)
    }
    assert len(in_fleksjob) > 20
    assert in_fleksjob <= employed


def test_everybody_in_a_case_is_in_the_population(delivery: Delivery) -> None:
    known = {row["cpr"] for row in delivery.rows["population"]}
    cases = ("income", "target_group", "compensation", "fleksjob", "courses", "shared_cases")
    for source in cases:
        assert {row["cpr"] for row in delivery.rows[source]} <= known
    assert known - {row["PNR"] for row in delivery.rows["dream"]} == {
        delivery.truth.cpr["not-in-dream"]
    }


def test_target_group_rules(delivery: Delivery) -> None:
    primary: dict[str, int] = {}
    for row in delivery.rows["target_group"]:
        assert row["funktionsnedsaettelse"] in IMPAIRMENTS
        assert row["jobcenter"] in JOB_CENTRES
        assert row["synlig"] in ("ja", "nej", "")
        since, until = parse(row["fra"]), parse(row["til"])
        assert since is not None
        assert until is None or since <= until
        primary[row["cpr"]] = primary.get(row["cpr"], 0) + (row["primaer"] == "ja")
    planted = delivery.truth.cpr["none-primary"]
    assert primary.pop(planted) == 0
    assert set(primary.values()) == {1}
