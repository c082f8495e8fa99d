"""What the office and the administrations keep: contacts, staff, and the sheets of the workbook.

Each function takes a seeded `Random` and the months of the register, and returns parsed rows by
source, or by sheet. The oddities are named where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from .dates import a_day, day_between
from .ledger import EFFORTS

Row = dict[str, Any]
Month = tuple[int, int]

ACTIVITIES = {
    "bi05-2024-2027": ("1.1.a", "2.1.a", "2.1.b", "2.1.c", "3.1.a", "4.1.a", "5.2.a"),
    "indsatsplan-2018-2022": ("1.1.a", "1.1.b", "1.1.c", "1.2.a", "1.2.a1", "1.2.b", "1.3.a"),
}
"""Seven activities of each plan, as the plans name them."""
PLANS = tuple(ACTIVITIES)
STATUSES = ("ikke startet", "i gang", "gennemført", "forsinket", "udgået", None)
ADMINISTRATIONS = ("BIF", "BUF", "SOF", "ØKF")
SCHEMES = ("fleksjob", "løntilskud", "virksomhedspraktik")
CENTRES = ("Jobcenter Lærkevej", "Jobcenter Musvågevej", "Jobcenter Nyt")

SHEETS: dict[str, tuple[str, ...]] = {
    "activities": (
        *("plan", "aktivitet_id", "status", "statusdato", "kommentar", "revision_noedvendig"),
        "revision_begrundelse",
    ),
    "milestones": ("plan", "milepael_id", "planlagt", "faktisk", "instans", "journalnr"),
    "staff_targets": (
        *("aar", "forvaltning", "ordning", "maaltal"),
        *("godkendt_bif", "godkendt_oekf", "godkendt_br"),
    ),
    "budgets": ("plan", "linje_id", "aar", "beloeb_1000kr", "prisniveau", "kilde"),
    "deliverables": ("plan", "leverance_id", "maalgruppe", "status", "dato"),
    "contracts": (
        *("kontrakt_id", "leverandoer_cvr", "start", "slut", "option_til", "option_udnyttet"),
        *("omsaetning_kr", "krav_antal", "ordning", "opnaaet_antal"),
    ),
    "sites": ("lokation_id", "navn", "krav_id", "vurderet", "opfyldt", "anbefaling", "lukket"),
    "surveys": (
        *("undersoegelse", "kilde", "aar", "spoergsmaal", "n_inviteret", "n_svar"),
        *("andel_positiv_pct", "gennemsnit"),
    ),
    "training": ("kursus_id", "dato", "jobcenter", "emne", "deltagere", "ansatte_i_alt"),
    "consultants": ("jobcenter", "aarsvaerk", "rolle", "fra", "til", "vilkaar"),
    "tenders": ("udbud_id", "dato", "adgangskrav"),
    "anchoring": ("plan", "aktivitet_id", "dokumenttype", "aar", "center", "journalnr"),
    # Nothing is counted from these; they are in the workbook, and empty.
    "decisions": ("plan", "emne_id", "instans", "dato", "udfald", "kommentar"),
    "targets": (
        *("plan", "maal_id", "aar", "enhed", "vaerdi"),
        *("godkendt_bif", "godkendt_oekf", "godkendt_br"),
    ),
    "partners": ("partner_id", "navn", "type", "aftale", "fra", "til"),
    "organisation": (
        *("aar", "ledelsestype", "noeglepersonmodel", "antal_noeglepersoner", "bemaerkning"),
    ),
}


def contact_rows(random: Random, first: date, last: date) -> list[Row]:
    """Contacts with a few companies, several to each, on every topic."""
    return [
        {
            "kontakt_id": f"V-{place:04d}",
            "dato": day_between(random, first, last),
            "cvr": 10000000 + random.randint(1, 40),
            "art": random.choice(("virksomhed", "virksomhed", "uddannelsesinstitution")),
            "emne": random.choice(
                ("information", "rådgivning", "rekruttering", "fleksjobåbning", "fleksjobåbning")
            ),
            "resultat": random.choice(("formidlet", "besat", "ingen", None)),
            "partnerskab": random.choice((True, False, None)),
        }
        for place in range(random.randint(0, 150))
    ]


def staff_rows(random: Random, months: Sequence[Month]) -> list[Row]:
    """Numbers of most places in most months; a place may have stopped, a month may be empty."""
    stopped = (random.choice(ADMINISTRATIONS), random.choice(SCHEMES))
    half = months[len(months) // 2]
    return [
        {"maaned": month, "forvaltning": place, "ordning": scheme, "antal": random.randint(0, 60)}
        for month in months
        if random.random() < 0.9
        for place in ADMINISTRATIONS
        for scheme in SCHEMES
        if random.random() < 0.9 and not ((place, scheme) == stopped and month > half)
    ]


def kept_rows(random: Random, months: Sequence[Month]) -> dict[str, list[Row]]:
    """Every sheet, with blanks where the office has nothing to say yet."""
    first, last = date(*months[0], 1), a_day(*months[-1], 31)
    years = range(first.year, last.year + 2)

    def some_day(blank: float = 0.0) -> date | None:
        return None if random.random() < blank else day_between(random, first, last)

    sheets: dict[str, list[Row]] = {
        "activities": [
            {
                "plan": plan,
                "aktivitet_id": ACTIVITIES[plan][number],
                "status": random.choice(STATUSES),
                "statusdato": some_day(0.2),
            }
            for plan in PLANS
            for number in range(random.randint(0, 7))
        ],
        "milestones": [
            {
                "plan": plan,
                "milepael_id": f"M{number}",
                "planlagt": (planned := some_day(0.1)),
                "faktisk": planned if random.random() < 0.2 else some_day(0.3),
            }
            for plan in PLANS
            for number in range(random.randint(0, 6))
        ],
        "staff_targets": [
            {
                "aar": year,
                "forvaltning": place,
                "ordning": scheme,
                "maaltal": random.choice((None, 0, 5, 40, 40)),
                "godkendt_bif": first,
                "godkendt_oekf": some_day(0.05),
                "godkendt_br": first if random.random() < 0.7 else some_day(0.3),
            }
            for year in years
            for place in (*ADMINISTRATIONS, "TMF")
            # One place has a target for each scheme: its margin can be summed.
            for scheme in (*SCHEMES, "nytteindsats")
            if place == "TMF" or random.random() < 0.7
        ],
        "budgets": [
            {
                "plan": PLANS[0],
                "linje_id": line,
                "aar": year,
                "beloeb_1000kr": random.choice((0.0, 0.1, 700.0, 1250.75, None)),
                "prisniveau": random.choice(("2018-pl", "2020-pl", None)),
            }
            for line in EFFORTS
            for year in years
        ],
        "deliverables": [
            {
                "plan": plan,
                "leverance_id": f"L{number}",
                "maalgruppe": audience,
                "status": random.choice(STATUSES),
                "dato": some_day(0.3),
            }
            for plan in PLANS
            for number in range(random.randint(0, 4))
            for audience in ("borgere", "virksomheder")
        ],
        "sites": [
            {
                "lokation_id": f"S{site}",
                "navn": f"Hus {site}",
                "krav_id": f"K{number}",
                "vurderet": some_day(0.2),
                "opfyldt": random.choice((True, False, None)),
                "anbefaling": random.choice(("rampe", None)),
                "lukket": some_day(0.4),
            }
            for site in range(3)
            for number in range(random.randint(0, 6))
        ],
        "surveys": [
            {
                "undersoegelse": "Brugere",
                "aar": year,
                "spoergsmaal": question,
                "n_inviteret": random.choice((80, 200, None)),
                # Half of 25 and of 75 is a half: it is rounded to the even number.
                "n_svar": random.choice((0, 25, 75, 50, 50, None)),
                "andel_positiv_pct": random.choice((0.0, 50.0, 61.3, 33.3, 100.0, None)),
                "gennemsnit": random.choice((3.5, None)),
            }
            for year in years
            for question in ("Er du tilfreds?", "Fik du hjælp?")
        ],
        "training": [
            {
                "kursus_id": f"U{place}",
                "dato": first + timedelta(days=37 * place),
                "jobcenter": random.choice(CENTRES),
                "deltagere": random.choice((0, 4, 12, None)),
                "ansatte_i_alt": random.choice((30, 45)),
            }
            for place in range(random.randint(0, (last - first).days // 37))
        ],
        "consultants": [
            {
                "jobcenter": random.choice(CENTRES),
                "aarsvaerk": random.choice((0.1, 0.7, 1.0, None)),
                "rolle": random.choice(("handicapkonsulent", "nøgleperson", "peer-mentor")),
                "fra": (since := some_day(0.1)),
                "til": since + timedelta(days=random.choice((0, 200)))
                if since and place % 2
                else None,
                "vilkaar": f"{place}",
            }
            for place in range(random.randint(0, 6))
        ],
        "tenders": [
            {
                "udbud_id": f"T{place}",
                "dato": some_day(0.05),
                "adgangskrav": random.choice((True, False, None)),
            }
            for place in range(random.randint(0, 12))
        ],
        "anchoring": [
            {
                "plan": (plan := random.choice(PLANS)),
                # Some of activities that are not in the list.
                "aktivitet_id": (*ACTIVITIES[plan], "A7", "A8", "A9")[random.randint(0, 9)],
                "dokumenttype": "retningslinje",
                "aar": random.choice(years),
                "center": f"{place}",
            }
            for place in range(random.randint(0, 10))
        ],
    }
    sheets["contracts"] = contract_rows(random, first, last)
    return {
        sheet: [{column: row.get(column) for column in columns} for row in sheets.get(sheet, ())]
        for sheet, columns in SHEETS.items()
    }


def contract_rows(random: Random, first: date, last: date) -> list[Row]:
    """Contracts of one or two schemes: ended, running, prolonged, without a demand or an end."""
    rows: list[Row] = []
    for number in range(random.randint(0, 6)):
        start = day_between(random, first - timedelta(days=400), last)
        end = start + timedelta(days=random.choice((0, 364, 730)))
        prolonged = random.choice((True, False, None))
        for scheme in random.sample(("fleksjob", "praktik"), random.choice((1, 1, 2))):
            rows.append(
                {
                    "kontrakt_id": f"C{number}",
                    "start": start if random.random() < 0.9 else None,
                    "slut": end if random.random() < 0.9 else None,
                    "option_til": end + timedelta(days=365),
                    "option_udnyttet": prolonged,
                    "krav_antal": random.choice((0, 3, 7, 7, None)),
                    "ordning": scheme,
                    "opnaaet_antal": random.choice((0, 2, 9, None)),
                }
            )
    return rows
