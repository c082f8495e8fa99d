"""The kept registers that follow no plan: contracts, sites, surveys, training, consultants and so on.

Here belongs: those sheets. Here does not belong: sheets with a plan's ids (`plan_registers`).
"""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from synthetic.cases import JOB_CENTRES
from synthetic.economy import TERMS
from synthetic.kept_sheets import Office, Row, sheet, yes_no
from synthetic.work import Employers

CONTRACTS = 24
SITE_NAMES = (*JOB_CENTRES, "Baldersgade", "Center Ottiliavej")
SITE_NEEDS = ("adgang", "parkering", "toilet", "skiltning", "teleslynge", "kontrast")
SURVEYS = (
    ("borgertilfredshed", "Jobcentrets egen undersøgelse",
     ("samarbejdet på tværs", "kommunikationen", "indflydelse på egen sag"), 2_400, 0.31, 58.0),
    ("virksomhedsundersøgelse", "KL",
     ("tilfreds med rådgivning", "kender ordningerne"), 900, 0.44, 63.0),
    ("medarbejderviden", "Intern undersøgelse",
     ("kender kompenserende ordninger",), 320, 0.72, 49.0),
)  # fmt: skip
COURSES = ("kompenserende ordninger", "usynlige handicap", "hjerneskade", "peer-uddannelse", "IPS")
COURSES_A_YEAR = 14
STAFF_OF_CENTRE = (85, 110, 60, 74)
ROLES = ("handicapkonsulent", "virksomhedskonsulent", "peer-mentor", "nøgleperson")
ROLE_FTE = (1.0, 2.0, 1.5, 0.5)
ROLE_TERMS = ("ordinær", "ordinær", "fleksjob", "ordinær")
PARTNERS = (
    ("Handicaporganisationernes fællesudvalg", "handicaporganisation"),
    ("Hjerneskadeforeningens lokalafdeling", "handicaporganisation"),
    ("Regionen", "myndighed"),
    ("Nabokommunen", "myndighed"),
    ("Handelens a-kasse", "a-kasse"),
    ("Teknikernes a-kasse", "a-kasse"),
    ("HF-centret", "uddannelsesinstitution"),
    ("Uddannelsesværket", "uddannelsesinstitution"),
)
TENDERS_A_YEAR = 5


def office_sheets(office: Office, employers: Employers) -> dict[str, pa.Table]:
    """The sheets by name."""
    return {
        "contracts": _contracts(office, employers),
        "sites": _sites(office),
        "surveys": _surveys(office),
        "training": _training(office),
        "consultants": _consultants(office),
        "partners": _partners(office),
        "tenders": _tenders(office),
        "organisation": _organisation(office),
    }


def _contracts(office: Office, employers: Employers) -> pa.Table:
    rows: list[Row] = []
    for number in range(1, CONTRACTS + 1):
        start = office.within().replace(day=1)
        stop = date(start.year + 2 + number % 3, 12, 31)
        option = date(stop.year + 1, 12, 31) if number % 2 else None
        turnover = float(round(office.about(6_000_000, 0.8), -4))
        required = max(1, round(turnover / 2_000_000))
        run = min(1.0, (office.today - start).days / (stop - start).days)
        achieved = round(office.about(required * run, 0.6))
        used = yes_no(stop <= office.today) if option else None
        cvr = str(employers.cvr[number * 37])
        term = TERMS[(0, 1, 3)[number % 3]]
        name = f"KON-{number:03d}"
        rows.append((name, cvr, start, stop, option, used, turnover, required, term, achieved))
    return sheet(
        "kontrakt_id:text leverandoer_cvr:text start:date slut:date option_til:date "
        "option_udnyttet:text omsaetning_kr:number krav_antal:whole ordning:text opnaaet_antal:whole",
        rows,
    )


def _sites(office: Office) -> pa.Table:
    rows: list[Row] = []
    for number, name in enumerate(SITE_NAMES, start=1):
        for need in SITE_NEEDS:
            met = office.chance(0.7)
            advice = None if met else "Udbedres ved næste ombygning."
            closed = office.before(120) if not met and office.chance(0.4) else None
            assessed = office.before(900)
            if closed is not None:
                assessed, closed = min(assessed, closed), max(assessed, closed)
            rows.append((f"LOK-{number:02d}", name, need, assessed, yes_no(met), advice, closed))
    return sheet(
        "lokation_id:text navn:text krav_id:text vurderet:date opfyldt:text anbefaling:text lukket:date",
        rows,
    )


def _surveys(office: Office) -> pa.Table:
    rows: list[Row] = []
    for name, source, questions, invited, answering, positive in SURVEYS:
        for turn, year in enumerate(office.years):
            asked = round(office.about(invited, 0.1))
            answers = round(asked * office.about(answering, 0.1))
            for question in questions:
                share = round(office.about(positive + 1.5 * turn, 0.04), 1)
                rows.append(
                    (name, source, year, question, asked, answers, share, round(1 + share / 25, 2))
                )
    return sheet(
        "undersoegelse:text kilde:text aar:whole spoergsmaal:text n_inviteret:whole n_svar:whole "
        "andel_positiv_pct:number gennemsnit:number",
        rows,
    )


def _training(office: Office) -> pa.Table:
    rows: list[Row] = []
    for number in range(1, COURSES_A_YEAR * len(office.years) + 1):
        place = number % len(JOB_CENTRES)
        staff = STAFF_OF_CENTRE[place]
        taking_part = int(office.rng.integers(4, 22))
        name = f"KUR-{number:03d}"
        day, subject = office.within(), office.one_of(COURSES)
        rows.append((name, day, JOB_CENTRES[place], subject, taking_part, staff))
    return sheet(
        "kursus_id:text dato:date jobcenter:text emne:text deltagere:whole ansatte_i_alt:whole",
        rows,
    )


def _consultants(office: Office) -> pa.Table:
    """Every job centre has every role, except that the last has no handicapkonsulent any more."""
    rows: list[Row] = []
    for centre in JOB_CENTRES:
        for role, fte, terms in zip(ROLES, ROLE_FTE, ROLE_TERMS, strict=True):
            gone = centre == JOB_CENTRES[-1] and role == ROLES[0]
            until = office.before(200) if gone else None
            rows.append((centre, fte, role, office.opened, until, terms))
    return sheet("jobcenter:text aarsvaerk:number rolle:text fra:date til:date vilkaar:text", rows)


def _partners(office: Office) -> pa.Table:
    rows: list[Row] = [
        (f"PAR-{number:02d}", name, kind, "samarbejdsaftale", office.opened, None)
        for number, (name, kind) in enumerate(PARTNERS, start=1)
    ]
    return sheet("partner_id:text navn:text type:text aftale:text fra:date til:date", rows)


def _tenders(office: Office) -> pa.Table:
    rows: list[Row] = [
        (f"UDB-{number:03d}", office.within(), yes_no(office.chance(0.85)))
        for number in range(1, TENDERS_A_YEAR * len(office.years) + 1)
    ]
    return sheet("udbud_id:text dato:date adgangskrav:text", rows)


def _organisation(office: Office) -> pa.Table:
    rows: list[Row] = [
        (year, "reaktiv" if turn == 0 else "proaktiv", "nøgleperson i hvert center", 6 + turn, None)
        for turn, year in enumerate(office.years)
    ]
    return sheet(
        "aar:whole ledelsestype:text noeglepersonmodel:text antal_noeglepersoner:whole bemaerkning:text",
        rows,
    )
