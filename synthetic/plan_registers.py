"""The kept registers that follow a plan: activities, milestones, decisions, targets, budgets, anchoring.

Here belongs: sheets whose rows carry a plan's ids. Here does not belong: the other sheets
(`office_registers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from synthetic.economy import EFFORT_LINES, OFFICE_STAFF, OFFICES, TERM_SHARE, TERMS
from synthetic.kept_sheets import Office, PlanIds, Row, sheet, yes_no

STATUSES = (
    ("i gang", 0.42, "Kører efter planen."),
    ("gennemført", 0.16, "Afsluttet og overgået til drift."),
    ("forsinket", 0.12, "Rekruttering har taget længere tid end ventet."),
    ("afventer midler", 0.10, "Afhænger af budgetforhandlingerne."),
    ("afventer beslutning", 0.07, "Forelægges udvalget."),
    ("ikke startet", 0.06, "Begynder næste år."),
    ("ikke finansieret", 0.04, "Der blev ikke afsat midler."),
    ("udgået", 0.03, "Erstattet af en anden indsats."),
)
STALLED = ("forsinket", "afventer midler", "ikke finansieret")
BODIES = ("Beskæftigelses- og Integrationsudvalget", "Økonomiudvalget", "Borgerrepræsentationen")
OUTCOMES = ("godkendt", "godkendt", "afventer", "afvist")
DOCUMENTS = ("beskæftigelsesplan", "budget", "implementeringsplan", "kontrakt")
CENTRES = ("Center Nord", "Center Syd", "Center for fleksjob")
DELIVERED = ("gennemført", "gennemført", "i gang", "ikke startet")
USUAL_TARGETS = {
    "comp_case_days": ("dage", 50.0),
    "comp_uptake": ("pr. 1.000", 45.0),
    "employment_gap": ("pct.point", 20.0),
    "exit_rate_job": ("pct.", 90.0),
    "survey_positive": ("pct.", 70.0),
}
"""By indicator: how the office writes its unit, and a target a little better than what the made-up people come to."""
USUAL_COUNTS = {
    "exits_job_12m": ("forløb", 5.5),
    "fleksjob_employed": ("personer", 2.6),
    "ltu_80": ("personer", 1.4),
}
"""The same of a count, for a thousand people."""
EFFORT_PLAN = "bi05-2024-2027"


def plan_sheets(office: Office, plans: Sequence[PlanIds]) -> dict[str, pa.Table]:
    """The sheets by name."""
    return {
        "activities": _activities(office, plans),
        "milestones": _milestones(office, plans),
        "decisions": _decisions(office, plans),
        "targets": _targets(office, plans),
        "staff_targets": _staff_targets(office),
        "budgets": _budgets(office),
        "deliverables": _deliverables(office, plans),
        "anchoring": _anchoring(office, plans),
    }


def _activities(office: Office, plans: Sequence[PlanIds]) -> pa.Table:
    limits = np.cumsum([share for _, share, _ in STATUSES])[:-1]
    rows: list[Row] = []
    for plan in plans:
        for activity in plan.activities:
            draw = office.rng.random()
            status, _, comment = STATUSES[int(np.searchsorted(limits, draw))]
            revise = status in STALLED and office.chance(0.5)
            reason = "Tidsplanen holder ikke." if revise else None
            if office.waits_for(plan):
                status, comment, revise, reason = (
                    "ikke startet",
                    "Planen er ikke begyndt.",
                    False,
                    None,
                )
            row = (plan.plan, activity, status, office.before(40), comment, yes_no(revise), reason)
            rows.append(row)
    return sheet(
        "plan:text aktivitet_id:text status:text statusdato:date kommentar:text "
        "revision_noedvendig:text revision_begrundelse:text",
        rows,
    )


def _milestones(office: Office, plans: Sequence[PlanIds]) -> pa.Table:
    rows: list[Row] = []
    for plan in plans:
        for number, (milestone, due) in enumerate(plan.milestones, start=1):
            met = due - timedelta(days=int(office.rng.integers(-20, 30)))
            over = met <= office.today
            journal = f"J-{due.year}-{number:03d}" if over else None
            rows.append((plan.plan, milestone, due, met if over else None, BODIES[0], journal))
    return sheet(
        "plan:text milepael_id:text planlagt:date faktisk:date instans:text journalnr:text", rows
    )


def _decisions(office: Office, plans: Sequence[PlanIds]) -> pa.Table:
    rows: list[Row] = []
    for plan in _begun(office, plans):
        for subject in plan.activities[::4]:
            outcome = office.one_of(OUTCOMES)
            comment = "Genoptages ved næste budget." if outcome == "afvist" else None
            body = office.one_of(BODIES)
            rows.append((plan.plan, subject, body, office.within(), outcome, comment))
    return sheet("plan:text emne_id:text instans:text dato:date udfald:text kommentar:text", rows)


def _targets(office: Office, plans: Sequence[PlanIds]) -> pa.Table:
    rows: list[Row] = []
    for plan in _begun(office, plans):
        for goal, indicator in plan.goals[::3]:
            written, usual = _usual_target(indicator, office.people)
            for year in office.years if usual else ():
                value = float(round(office.about(usual, 0.05)))
                rows.append((plan.plan, goal, year, written, value, *_approvals(office, year)))
    return sheet(
        "plan:text maal_id:text aar:whole enhed:text vaerdi:number "
        "godkendt_bif:date godkendt_oekf:date godkendt_br:date",
        rows,
    )


def _begun(office: Office, plans: Sequence[PlanIds]) -> list[PlanIds]:
    """The plans of which anything can have been decided yet."""
    return [plan for plan in plans if not office.waits_for(plan)]


def _usual_target(indicator: str, people: int) -> tuple[str, float]:
    """The unit, and a target that could be set; none (0) for another indicator."""
    unit, per_thousand = USUAL_COUNTS.get(indicator, ("", 0.0))
    return USUAL_TARGETS.get(indicator, (unit, per_thousand * people / 1_000))


def _staff_targets(office: Office) -> pa.Table:
    rows: list[Row] = []
    for year in office.years:
        for place, size in zip(OFFICES, OFFICE_STAFF, strict=True):
            for term, share in zip(TERMS, TERM_SHARE, strict=True):
                target = round(size * share * 1.05)
                rows.append((year, place, term, target, *_approvals(office, year)))
    return sheet(
        "aar:whole forvaltning:text ordning:text maaltal:whole "
        "godkendt_bif:date godkendt_oekf:date godkendt_br:date",
        rows,
    )


def _approvals(office: Office, year: int) -> tuple[date, date, date | None]:
    """The autumn before, one body after the other; the council has yet to settle some of the newest year's."""
    settled = year < office.today.year or office.chance(0.8)
    return date(year - 1, 9, 14), date(year - 1, 10, 5), date(year - 1, 11, 9) if settled else None


def _budgets(office: Office) -> pa.Table:
    rows: list[Row] = [
        (
            EFFORT_PLAN,
            one.purpose,
            year,
            float(round(one.monthly * 12 / 1_000)),
            f"{year} p/l",
            "Budgetaftale",
        )
        for one in EFFORT_LINES
        for year in office.years
    ]
    return sheet(
        "plan:text linje_id:text aar:whole beloeb_1000kr:number prisniveau:text kilde:text", rows
    )


def _deliverables(office: Office, plans: Sequence[PlanIds]) -> pa.Table:
    rows: list[Row] = []
    for plan in plans:
        for deliverable, audience in plan.deliverables:
            status = "ikke startet" if office.waits_for(plan) else office.one_of(DELIVERED)
            day = office.within() if status == "gennemført" else None
            rows.append((plan.plan, deliverable, audience or None, status, day))
    return sheet("plan:text leverance_id:text maalgruppe:text status:text dato:date", rows)


def _anchoring(office: Office, plans: Sequence[PlanIds]) -> pa.Table:
    rows: list[Row] = []
    for plan in _begun(office, plans):
        for number, activity in enumerate(plan.activities):
            for year in office.years:
                if office.chance(0.6):
                    document = DOCUMENTS[number % len(DOCUMENTS)]
                    journal = f"J-{year}-{number:03d}"
                    rows.append(
                        (plan.plan, activity, document, year, office.one_of(CENTRES), journal)
                    )
    return sheet(
        "plan:text aktivitet_id:text dokumenttype:text aar:whole center:text journalnr:text", rows
    )
