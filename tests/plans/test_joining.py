"""A small plan joined with registers: what each row comes to on the day, and what is never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plans.following import Following
from plans.joining import follow
from plans.kept import Registers
from plans.schema import Plan

DAY = date(2020, 6, 30)
TOMORROW = DAY + timedelta(days=1)
PLAN = Plan.model_validate(
    {
        "id": "lille-plan",
        "title": "Lille plan",
        "short_title": "Lille",
        "owner": "Forvaltningen",
        "committee": "Udvalget",
        "start": "2018",
        "end": "2022",
        "dated": "2018-06",
        "target_groups": [
            {"id": "v1", "title": "Den eneste", "words": "Borgere", "source": "Planen"}
        ],
        "themes": [
            {
                "id": "1",
                "title": "Tema",
                "objectives": [
                    {
                        "id": "1.1",
                        "title": "Målsætning",
                        "activities": [
                            {
                                "id": "a",
                                "title": "A",
                                "period": {"raw": "2018-2019", "end": "2019"},
                            },
                            {
                                "id": "b",
                                "title": "B",
                                "period": {"raw": "igangværende", "ongoing": True},
                                "approvals": ["Økonomiforvaltningen", "Borgerrepræsentationen"],
                            },
                        ],
                    }
                ],
            }
        ],
        "goals": [],
        "milestones": [{"id": "status", "title": "Status", "due": "2020-06", "raw": "midt 2020"}],
    }
)


def followed(**sheets: list[dict[str, Any]]) -> Following:
    return follow(PLAN, (), Registers(sheets, DAY))


def activity(id_: str, **cells: Any) -> dict[str, Any]:
    blank = ("status", "statusdato", "kommentar", "revision_noedvendig", "revision_begrundelse")
    return {"plan": PLAN.id, "aktivitet_id": id_, **dict.fromkeys(blank), **cells}


@pytest.mark.parametrize(
    ("cells", "status", "stage", "overdue"),
    [
        ({"status": "gennemført"}, "gennemført", "done", False),
        ({"status": "udgået"}, "udgået", "dropped", False),
        ({"status": "i gang"}, "i gang", "started", True),
        ({"status": "forsinket"}, "forsinket", "started", True),
        ({"status": "ikke startet"}, "ikke startet", "planned", True),
        ({"status": "afventer midler"}, "afventer midler", "planned", True),
        ({"status": "afventer beslutning"}, "afventer beslutning", "planned", True),
        ({"status": "ikke finansieret"}, "ikke finansieret", "planned", True),
        ({}, "ikke oplyst", "not_stated", None),
        ({"status": "gennemført", "statusdato": DAY}, "gennemført", "done", False),
        # A status from tomorrow is not known today, nor is what was said with it.
        ({"status": "gennemført", "statusdato": TOMORROW}, "ikke oplyst", "not_stated", None),
    ],
)
def test_an_activity_has_the_offices_status_on_the_day(
    cells: dict[str, Any], status: str, stage: str, overdue: bool | None
) -> None:
    found = followed(activities=[activity("a", kommentar="ord", **cells)]).activities[0]
    assert (found.status, found.stage, found.lateness.is_overdue) == (status, stage, overdue)
    assert found.comment == ("" if cells.get("statusdato") == TOMORROW else "ord")


def test_an_option_is_used_where_a_contract_of_the_activitys_id_says_so() -> None:
    period = {"raw": "ultimo 2019, option", "end": "2019-12", "option_until": "2020-12"}
    document = PLAN.model_dump()
    document["themes"][0]["objectives"][0]["activities"][0]["period"] = period
    plan = Plan.model_validate(document)
    for used, timing in ((True, "in_time"), (False, "overdue"), (None, "not_settled")):
        contract = {"kontrakt_id": "a", "option_udnyttet": used}
        rows = {"activities": [activity("a", status="i gang")], "contracts": [contract]}
        found = follow(plan, (), Registers(rows, DAY)).activities[0]
        assert found.lateness.timing == timing


def decision(
    body: str, when: date | None, outcome: str | None, subject: str = "b"
) -> dict[str, Any]:
    cells = {"instans": body, "dato": when, "udfald": outcome, "kommentar": None}
    return {"plan": PLAN.id, "emne_id": subject, **cells}


@pytest.mark.parametrize(
    ("rows", "outcomes"),
    [
        ([], ["ikke oplyst", "ikke oplyst"]),
        ([decision("økonomiforvaltningen", DAY, "godkendt")], ["godkendt", "ikke oplyst"]),
        ([decision("Økonomiforvaltningen", TOMORROW, "godkendt")], ["afventer", "ikke oplyst"]),
        ([decision("Økonomiforvaltningen", None, "afventer")], ["afventer", "ikke oplyst"]),
        (
            [
                decision("Økonomiforvaltningen", date(2019, 1, 1), "afvist"),
                decision("Økonomiforvaltningen", date(2019, 6, 1), "godkendt"),
            ],
            ["godkendt", "ikke oplyst"],
        ),
        ([decision("Rådet", DAY, "afvist")], ["ikke oplyst", "ikke oplyst", "afvist"]),
        ([decision("Rådet", DAY, "afvist", subject="a")], ["ikke oplyst", "ikke oplyst"]),
    ],
)
def test_the_bodies_the_plan_names_come_first_with_their_latest_word(
    rows: list[dict[str, Any]], outcomes: list[str]
) -> None:
    approvals = followed(decisions=rows).activities[1].approvals
    assert [one.outcome for one in approvals] == outcomes
    assert all(one.when is None or one.when <= DAY for one in approvals)


def test_decisions_stand_with_the_title_of_their_subject_and_other_plans_do_not() -> None:
    elsewhere = {**decision("Rådet", DAY, "godkendt"), "plan": "en-anden"}
    rows = [decision("Rådet", DAY, "godkendt", subject="status"), elsewhere]
    found = followed(decisions=rows).decisions
    assert [(one.subject, one.title) for one in found] == [("status", "Status")]


@pytest.mark.parametrize(
    ("answers", "own", "expected"),
    [
        ((None, None), None, "ikke oplyst"),
        ((True, None), None, "ja"),
        ((False, None), None, "ikke oplyst"),
        ((False, False), None, "nej"),
        ((True, False), None, "ja"),
        ((True, True), False, "nej"),
        ((False, False), True, "ja"),
        ((None, None), False, "nej"),
    ],
)
def test_whether_a_revision_is_needed(
    answers: tuple[bool | None, bool | None], own: bool | None, expected: str
) -> None:
    rows = [activity(id_, revision_noedvendig=one) for id_, one in zip("ab", answers, strict=True)]
    objective = [*rows, activity("1.1", revision_noedvendig=own)]
    assert followed(activities=objective).objectives[0].revision.word == expected
    whole = [*rows, activity(PLAN.id, revision_noedvendig=own)]
    assert followed(activities=whole).revision.word == expected


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (None, "forestår"),
        ({"planlagt": DAY - timedelta(days=1)}, "forfalden"),
        ({"planlagt": DAY}, "forestår"),
        ({"planlagt": DAY, "faktisk": DAY}, "nået til tiden"),
        ({"planlagt": DAY - timedelta(days=1), "faktisk": DAY}, "nået for sent"),
        ({"planlagt": DAY, "faktisk": TOMORROW}, "forestår"),
        ({"faktisk": DAY}, "nået til tiden"),
    ],
)
def test_a_milestone_on_the_day(cells: dict[str, Any] | None, word: str) -> None:
    blank: dict[str, Any] = dict.fromkeys(("planlagt", "faktisk", "instans", "journalnr"))
    row = {"plan": PLAN.id, "milepael_id": "status", **blank, **(cells or {})}
    assert followed(milestones=[] if cells is None else [row]).milestones[0].word == word


def test_a_milestone_past_due_that_nobody_recorded_is_not_stated() -> None:
    late = Registers({}, date(2020, 7, 1))
    assert follow(PLAN, (), late).milestones[0].word == "ikke oplyst"


@pytest.mark.parametrize(
    ("status", "when", "done", "shown"),
    [
        ("gennemført", None, True, "gennemført"),
        ("gennemført", DAY, True, "gennemført"),
        ("gennemført", TOMORROW, False, "ikke oplyst"),
        ("i gang", DAY, False, "i gang"),
        (None, None, False, "ikke oplyst"),
    ],
)
def test_a_deliverable_on_the_day(
    status: str | None, when: date | None, done: bool, shown: str
) -> None:
    row = {"plan": PLAN.id, "leverance_id": "video", "maalgruppe": "familier"}
    found = followed(deliverables=[{**row, "status": status, "dato": when}]).deliverables[0]
    assert (found.is_done, found.status) == (done, shown)


@pytest.mark.parametrize(("council", "approved"), [(DAY, True), (TOMORROW, False), (None, False)])
def test_a_target_is_approved_by_all_three_on_the_day(council: date | None, approved: bool) -> None:
    row = {"plan": PLAN.id, "maal_id": "x", "aar": 2020, "enhed": "personer", "vaerdi": None}
    dates = {"godkendt_bif": DAY, "godkendt_oekf": DAY, "godkendt_br": council}
    assert followed(targets=[{**row, **dates}]).targets[0].is_approved is approved


def test_every_audience_of_a_deliverable_stands_and_what_was_due_is_late() -> None:
    document = PLAN.model_dump()
    document["deliverables"] = [
        {"id": "pjece", "title": "Pjece", "audiences": ["borgere", "virksomheder"], "due": "2019"},
        {"id": "video", "title": "Video", "due": "2021"},
    ]
    blank: dict[str, Any] = {"plan": PLAN.id, "status": None, "dato": None}
    rows = [
        {**blank, "leverance_id": "pjece", "maalgruppe": "borgere", "status": "gennemført"},
        {**blank, "leverance_id": "andet", "maalgruppe": None, "status": "i gang"},
    ]
    plan = Plan.model_validate(document)
    found = follow(plan, (), Registers({"deliverables": rows}, DAY))
    assert [(one.title, one.audience, one.status, one.is_late) for one in found.deliverables] == [
        ("Pjece", "borgere", "gennemført", False),
        ("Pjece", "virksomheder", "ikke oplyst", True),
        ("Video", "", "ikke oplyst", False),
        ("", "", "i gang", False),
    ]
    assert [(one.register, one.id) for one in found.unknown_ids] == [("deliverables", "andet")]


def test_a_step_of_the_process_is_followed_in_the_register_of_milestones() -> None:
    document = PLAN.model_dump()
    document["process"] = [
        {"id": "hoering", "title": "Høring", "when": "2018-11-06", "body": "Rådet"}
    ]
    plan = Plan.model_validate(document)
    row = {
        "plan": PLAN.id,
        "milepael_id": "hoering",
        "planlagt": None,
        "faktisk": date(2018, 11, 6),
    }
    rows = [{**row, "instans": None, "journalnr": "J-1"}]
    (step,) = follow(plan, (), Registers({"milestones": rows}, DAY)).process
    assert (step.word, step.journal_number) == ("nået til tiden", "J-1")
    (untold,) = follow(plan, (), Registers({}, DAY)).process
    assert (untold.word, untold.actual) == ("ikke oplyst", None)


def test_rows_that_name_what_the_plan_has_not_are_told_and_used_nowhere() -> None:
    rows = [activity("a"), activity("aa"), activity("1.1"), activity(PLAN.id)]
    elsewhere = {**activity("aa"), "plan": "en-anden"}
    found = followed(activities=[*rows, elsewhere])
    assert [(one.register, one.id) for one in found.unknown_ids] == [("activities", "aa")]
    assert [one.activity.id for one in found.activities] == ["a", "b"]


def test_registers_never_delivered_leave_everything_not_stated() -> None:
    found = follow(PLAN, (), Registers({}, DAY, delivered=False))
    assert not found.delivered
    assert {one.status for one in found.activities} == {"ikke oplyst"}
    assert found.revision.needed is None
