"""Contacts, spending, staff, kept registers: codes of the specification, keys, and sensible sizes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from synthetic.economy import OFFICES, TERMS
from synthetic.generator import generate
from synthetic.kept_sheets import PlanIds
from tests.synthetic.conftest import Delivery

PLAN = PlanIds(
    "prøveplan",
    activities=tuple(f"1.{number}" for number in range(60)),
    milestones=(("nu", date(2020, 6, 30)), ("siden", date(2022, 6, 30))),
    goals=(
        ("et", "exit_rate_job"),
        ("to", "comp_uptake"),
        ("tre", "comp_uptake"),
        ("fire", "fleksjob_employed"),
    ),
    deliverables=(("film", "familier"), ("film", "virksomheder"), ("rapport", "")),
)
STATUSES = {
    "ikke startet", "i gang", "gennemført", "forsinket", "afventer midler", "afventer beslutning",
    "ikke finansieret", "udgået",
}  # fmt: skip
LATER = PlanIds(
    "senere plan",
    activities=("1", "2", "3", "4", "5"),
    goals=(("et", "exit_rate_job"),),
    deliverables=(("film", "familier"), ("rapport", "")),
    begins=date(2024, 1, 1),
)
Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    """The kept registers of a plan with sixty activities."""
    out = tmp_path_factory.mktemp("registers")
    truth = generate(out, 1_000, "2018-01", "2020-12", 3, plans=[PLAN])
    return _sheets(truth.files["registers"])


def _sheets(path: Path) -> dict[str, Rows]:
    found = {}
    for page in openpyxl.load_workbook(path):
        header, *rows = page.iter_rows(values_only=True)
        found[page.title] = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    return found


def test_targets_are_in_the_unit_of_their_goals_figure(sheets: dict[str, Rows]) -> None:
    """A share is written in pct., and a target of one is a share that could be; a count goes with the number of people."""
    rows = sheets["targets"]
    assert {(row["maal_id"], row["enhed"]) for row in rows} == {
        ("et", "pct."),
        ("fire", "personer"),
    }
    assert all(0 < float(str(row["vaerdi"])) < 100 for row in rows if row["enhed"] == "pct.")
    assert {row["vaerdi"] for row in rows if row["enhed"] == "personer"} <= {2, 3}


def test_nothing_is_decided_of_a_plan_that_has_not_begun(tmp_path: Path) -> None:
    """A demonstration would else tell what was done in 2020 of a plan from 2024."""
    truth = generate(tmp_path, 0, "2020-01", "2020-06", 3, plans=[LATER])
    found = _sheets(truth.files["registers"])
    of_plan = {
        name: [row for row in rows if row.get("plan") == LATER.plan] for name, rows in found.items()
    }
    assert {row["status"] for row in of_plan["activities"]} == {"ikke startet"}
    assert {(row["status"], row["dato"]) for row in of_plan["deliverables"]} == {
        ("ikke startet", None)
    }
    assert not any(of_plan[name] for name in ("decisions", "targets", "anchoring"))


def test_contacts(delivery: Delivery) -> None:
    rows = delivery.rows["employer_contacts"]
    assert len({row["kontakt_id"] for row in rows}) == len(rows)
    days = [row["dato"] for row in rows]
    assert days == sorted(days)
    assert days[0] < "2018-12"
    assert "2021-01" < days[-1] <= (delivery.mondays[-1] + timedelta(days=6)).isoformat()
    assert {row["art"] for row in rows} == {"virksomhed", "uddannelsesinstitution"}
    assert {row["resultat"] for row in rows} == {"", "formidlet", "besat", "ingen"}
    subjects = {
        "information",
        "rådgivning",
        "rekruttering",
        "fleksjobåbning",
        "erfaringsudveksling",
    }
    assert {row["emne"] for row in rows} == subjects
    partners = {row["cvr"] for row in rows if row["partnerskab"] == "ja"}
    assert partners
    assert {row["partnerskab"] for row in rows if row["cvr"] in partners} <= {"ja", "nej"}
    openings = [row for row in rows if row["emne"] == "fleksjobåbning"]
    assert all(row["art"] == "virksomhed" for row in openings)


def test_personal_assistance_is_most_of_what_the_schemes_cost(delivery: Delivery) -> None:
    rows = delivery.rows["spending"]
    keys = {(row["maaned"], row["konto"], row["formaal"]) for row in rows}
    assert len(keys) == len(rows)
    assert {row["styringsomraade"] for row in rows} == {"Service", "Overførsler mv."}
    assert {row["indtaegt_udgift"] for row in rows} == {"I", "U"}
    assert "bi05-peer-mentor" in {row["formaal"] for row in rows}
    spent: dict[str, float] = {}
    for row in rows:
        if row["indtaegt_udgift"] == "U" and not row["formaal"].startswith("bi05"):
            amount = float(row["beloeb_kr"].replace(",", "."))
            spent[row["formaal"]] = spent.get(row["formaal"], 0) + amount
    assert 0.87 < spent["personlig assistance"] / sum(spent.values()) < 0.91


def test_staff_is_a_full_grid(delivery: Delivery) -> None:
    rows = delivery.rows["staff"]
    months = {row["maaned"] for row in rows}
    cells = {(row["maaned"], row["forvaltning"], row["ordning"]) for row in rows}
    assert cells == {(m, o, t) for m in months for o in OFFICES for t in TERMS}
    assert len(cells) == len(rows)
    assert all(row["antal"].isdigit() for row in rows)


def test_every_sheet_has_rows(sheets: dict[str, Rows]) -> None:
    assert [name for name, rows in sheets.items() if not rows] == []


def test_activities_have_every_status_once_each(sheets: dict[str, Rows]) -> None:
    rows = sheets["activities"]
    assert [row["aktivitet_id"] for row in rows] == list(PLAN.activities)
    assert {row["plan"] for row in rows} == {PLAN.plan}
    assert {row["status"] for row in rows} <= STATUSES
    assert len({row["status"] for row in rows}) > 5
    for row in rows:
        assert (row["revision_noedvendig"] == "ja") == (row["revision_begrundelse"] is not None)


def test_a_milestone_to_come_is_not_met(sheets: dict[str, Rows]) -> None:
    now, later = sheets["milestones"]
    assert now["faktisk"] is not None
    assert later["faktisk"] is None
    assert later["journalnr"] is None


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        ("milestones", ("plan", "milepael_id")),
        ("targets", ("plan", "maal_id", "aar")),
        ("staff_targets", ("aar", "forvaltning", "ordning")),
        ("budgets", ("plan", "linje_id", "aar", "prisniveau")),
        ("deliverables", ("plan", "leverance_id", "maalgruppe")),
        ("contracts", ("kontrakt_id",)),
        ("sites", ("lokation_id", "krav_id")),
        ("surveys", ("undersoegelse", "aar", "spoergsmaal")),
        ("training", ("kursus_id",)),
        ("consultants", ("jobcenter", "rolle", "fra")),
        ("partners", ("partner_id",)),
        ("tenders", ("udbud_id",)),
        ("anchoring", ("plan", "aktivitet_id", "dokumenttype", "aar")),
        ("organisation", ("aar",)),
    ],
)
def test_keys_do_not_repeat(sheet: str, key: tuple[str, ...], sheets: dict[str, Rows]) -> None:
    keys = [tuple(row[name] for name in key) for row in sheets[sheet]]
    assert len(set(keys)) == len(keys)


def test_sensible_numbers(sheets: dict[str, Rows]) -> None:
    for row in sheets["surveys"]:
        assert 0 < row["n_svar"] < row["n_inviteret"]
        assert 0 < row["andel_positiv_pct"] < 100
    for row in sheets["training"]:
        assert 0 < row["deltagere"] < row["ansatte_i_alt"]
    for row in sheets["contracts"]:
        assert row["start"] < row["slut"]
        assert row["option_til"] is None or row["slut"] < row["option_til"]
        assert (row["option_til"] is None) == (row["option_udnyttet"] is None)
    for row in sheets["sites"]:
        assert row["lukket"] is None or (
            row["opfyldt"] == "nej" and row["vurderet"] <= row["lukket"]
        )
