"""Courses and shared cases: the source's rules, and that they fit the weeks."""

from __future__ import annotations

from datetime import date, timedelta

from synthetic.courses import PROGRAMMES
from synthetic.shared_cases import ADMINISTRATIONS
from tests.synthetic.conftest import Delivery
from tests.synthetic.reference import parse

SPEC = {
    "afklaring", "specialiseret afklaring", "peer-mentor", "peer-mentor efterværn", "ips",
    "mentor sof", "afklaring sof", "brobygning hf", "specialiserede uddannelsesveje",
    "stu-prototype", "rygcenter", "jobklub",
}  # fmt: skip
IN_WORK_OR_SCHOOL = ("", "121", "651", "771", "774")


def test_every_programme_has_courses(delivery: Delivery) -> None:
    assert {one.name for one in PROGRAMMES} == SPEC
    assert {row["indsats"] for row in delivery.rows["courses"]} == SPEC


def test_course_rules(delivery: Delivery) -> None:
    rows = delivery.rows["courses"]
    assert len({row["forloeb_id"] for row in rows}) == len(rows) > 300
    own = {one.name: one for one in PROGRAMMES}
    last = delivery.mondays[-1] + timedelta(days=6)
    open_rows = 0
    for row in rows:
        start, stop = parse(row["start"]), parse(row["slut"])
        assert start is not None
        assert delivery.mondays[0] <= start <= last
        assert stop is None or start <= stop <= last
        assert (stop is None) == (row["gennemfoert"] == "")
        assert row["undergruppe"] in (own[row["indsats"]].subgroups or ("",))
        assert row["leverandoer"] in own[row["indsats"]].suppliers
        assert float(row["timer"].replace(",", ".")) > 0
        open_rows += stop is None
    assert 10 < open_rows < len(rows) / 2


def test_participants_are_mainly_unemployed_people_of_the_target_group(delivery: Delivery) -> None:
    target = {row["cpr"] for row in delivery.rows["target_group"]}
    weeks = {row["PNR"]: row for row in delivery.rows["dream"]}
    rows = delivery.rows["courses"]
    assert sum(row["cpr"] in target for row in rows) > 0.75 * len(rows)
    starters = [row for row in rows if row["indsats"] in ("afklaring", "ips", "jobklub")]
    codes = [weeks[row["cpr"]][_week(delivery, parse(row["start"]))] for row in starters]
    assert sum(code not in IN_WORK_OR_SCHOOL for code in codes) == len(codes)


def test_those_who_completed_do_better_half_a_year_later(delivery: Delivery) -> None:
    weeks = {row["PNR"]: row for row in delivery.rows["dream"]}
    good: dict[str, list[bool]] = {"ja": [], "nej": []}
    for row in delivery.rows["courses"]:
        stop = parse(row["slut"])
        if stop is None or stop + timedelta(weeks=26) > delivery.mondays[-1]:
            continue
        code = weeks[row["cpr"]][_week(delivery, stop + timedelta(weeks=26))]
        good[row["gennemfoert"]].append(code in IN_WORK_OR_SCHOOL)
    share = {answer: sum(seen) / len(seen) for answer, seen in good.items()}
    assert min(map(len, good.values())) > 50
    assert share["ja"] > share["nej"] + 0.05


def test_shared_cases_are_spells_that_do_not_repeat(delivery: Delivery) -> None:
    rows = delivery.rows["shared_cases"]
    target = {row["cpr"] for row in delivery.rows["target_group"]}
    assert {row["forvaltning"] for row in rows} == set(ADMINISTRATIONS)
    assert len({(row["cpr"], row["forvaltning"]) for row in rows}) == len(rows)
    for row in rows:
        since, until = parse(row["fra"]), parse(row["til"])
        assert since is not None
        assert until is None or since < until
    of_target = sum(row["cpr"] in target for row in rows) / len(target)
    others = len(delivery.rows["population"]) - len(target)
    assert of_target > 5 * sum(row["cpr"] not in target for row in rows) / others
    assert 0.2 < sum(row["til"] == "" for row in rows) / len(rows) < 0.9


def _week(delivery: Delivery, day: date | None) -> str:
    assert day is not None
    return delivery.weeks[(day - delivery.mondays[0]).days // 7]
