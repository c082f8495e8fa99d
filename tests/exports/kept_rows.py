"""Made-up kept registers for the writers' tests: every state a row can be in, and texts that are up to no good.

Belongs here: rows as the intake stores them. Not here: figures (`builder`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from plans.kept import Registers
from plans.parts import last_day
from plans.schema import Plan

DAY = date(2020, 6, 30)
EARLIER = date(2020, 5, 29)
LATER = date(2020, 9, 1)
STATUSES = (
    *("i gang", "gennemført", "forsinket", "afventer midler", "afventer beslutning"),
    *("ikke startet", "ikke finansieret", "udgået", None),
)
FORMULA = '=HYPERLINK("http://x";"se her")'
LINES = (("linje-1", "2019 p/l"), ("linje-1", "2020 p/l"), ("linje-2", None))


def registers(plan: Plan) -> Registers:
    """The registers of an office that keeps the plan, on the last of June 2020."""
    return Registers(
        {
            "activities": _activities(plan),
            "milestones": _milestones(plan),
            "decisions": _decisions(plan),
            "targets": [_target(plan, 2020, 120.0, EARLIER), _target(plan, 2021, None, None)],
            "budgets": [
                _row(
                    plan=plan.id,
                    linje_id=line,
                    aar=2019 + number,
                    beloeb_1000kr=1300.0,
                    prisniveau=level,
                    kilde="Budgetaftale",
                )
                for number, (line, level) in enumerate(LINES)
            ],
            "deliverables": [
                _row(
                    plan=plan.id,
                    leverance_id="infomateriale",
                    maalgruppe=who,
                    status=status,
                    dato=when,
                )
                for who, status, when in (
                    ("virksomheder", "gennemført", EARLIER),
                    ("familier", "gennemført", LATER),
                    ("personer", None, None),
                )
            ],
            "anchoring": [
                _row(
                    plan=plan.id,
                    aktivitet_id=activity.id,
                    dokumenttype="beskæftigelsesplan",
                    aar=2019,
                    center=None,
                    journalnr="J-2019-001",
                )
                for activity in plan.activities()
            ][::2],
            "contracts": [
                _contract("KON-001", False, 60),
                _contract("KON-002", True, None),
                _contract("KON-003", None, 30),
            ],
            "sites": [
                _row(
                    lokation_id="LOK-01",
                    navn="Baldersgade",
                    krav_id=need,
                    vurderet=when,
                    opfyldt=met,
                    anbefaling=advice,
                    lukket=closed,
                )
                for need, when, met, advice, closed in (
                    ("adgang", EARLIER, True, None, None),
                    ("toilet", EARLIER, False, "-1 trin fjernes", None),
                    ("skiltning", EARLIER, False, "Nye skilte", DAY),
                    ("teleslynge", None, None, None, None),
                )
            ],
            "surveys": [
                _row(
                    undersoegelse="borgertilfredshed",
                    kilde="egen",
                    aar=year,
                    spoergsmaal="indflydelse på egen sag",
                    n_inviteret=2400,
                    n_svar=700,
                    andel_positiv_pct=share,
                    gennemsnit=3.4,
                )
                for year, share in ((2018, 58.0), (2019, 59.5))
            ],
            "partners": [
                _row(
                    partner_id="PAR-01",
                    navn="Handicaporganisationernes fællesudvalg",
                    type="handicaporganisation",
                    aftale="+samarbejde",
                    fra=EARLIER,
                    til=None,
                ),
                _row(
                    partner_id="PAR-02",
                    navn="Regionen",
                    type="myndighed",
                    aftale=None,
                    fra=None,
                    til=None,
                ),
            ],
            "tenders": [
                _row(udbud_id="UDB-001", dato=EARLIER, adgangskrav=True),
                _row(udbud_id="UDB-002", dato=LATER, adgangskrav=None),
            ],
            "training": [
                _row(
                    kursus_id="KUR-001",
                    dato=EARLIER,
                    jobcenter="Jobcenter Musvågevej",
                    emne="usynlige handicap",
                    deltagere=12,
                    ansatte_i_alt=80,
                )
            ],
            "organisation": [
                _row(
                    aar=2019,
                    ledelsestype="proaktiv",
                    noeglepersonmodel="nøgleperson i hvert center",
                    antal_noeglepersoner=7,
                    bemaerkning=None,
                )
            ],
            "staff_targets": [],
            "consultants": [],
        },
        DAY,
    )


def _row(**cells: Any) -> dict[str, Any]:
    return cells


def _activities(plan: Plan) -> list[dict[str, Any]]:
    rows = []
    for number, activity in enumerate(plan.activities()):
        status = STATUSES[number % len(STATUSES)]
        revise = {0: True, 1: False}.get(number % 4)
        rows.append(
            _row(
                plan=plan.id,
                aktivitet_id=activity.id,
                status=status,
                statusdato=LATER if number == 4 else EARLIER,
                kommentar=FORMULA
                if number == 0
                else "Kører efter planen."
                if status == "i gang"
                else None,
                revision_noedvendig=revise,
                revision_begrundelse="Tidsplanen holder ikke." if revise else None,
            )
        )
    return rows


def _milestones(plan: Plan) -> list[dict[str, Any]]:
    return [
        _row(
            plan=plan.id,
            milepael_id=milestone.id,
            planlagt=last_day(milestone.due),
            faktisk=EARLIER if number % 2 == 0 else None,
            instans="@Udvalget",
            journalnr="J-2020-001",
        )
        for number, milestone in enumerate(plan.milestones)
    ]


def _decisions(plan: Plan) -> list[dict[str, Any]]:
    return [
        _row(
            plan=plan.id,
            emne_id=activity.id,
            instans="Økonomiforvaltningen",
            dato=when,
            udfald=outcome,
            kommentar=None,
        )
        for activity, (when, outcome) in zip(
            list(plan.activities())[-3:],
            ((EARLIER, "godkendt"), (LATER, "afvist"), (None, "afventer")),
            strict=True,
        )
    ]


def _target(plan: Plan, year: int, value: float | None, council: date | None) -> dict[str, Any]:
    goal = plan.goals[0].id if plan.goals else "mål"
    return _row(
        plan=plan.id,
        maal_id=goal,
        aar=year,
        enhed="personer",
        vaerdi=value,
        godkendt_bif=EARLIER,
        godkendt_oekf=EARLIER,
        godkendt_br=council,
    )


def _contract(name: str, used: bool | None, required: int | None) -> dict[str, Any]:
    return _row(
        kontrakt_id=name,
        leverandoer_cvr=12345678,
        start=date(2019, 1, 1),
        slut=date(2020, 12, 31),
        option_til=date(2021, 12, 31),
        option_udnyttet=used,
        omsaetning_kr=6_000_000.0,
        krav_antal=required,
        ordning="fleksjob",
        opnaaet_antal=2,
    )
