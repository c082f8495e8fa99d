"""The registers filled in by a person in another program, with ten typing errors: ten precise messages, the rest used."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from sources.record import DeliveryRecord
from tests.registers.another_program import Cell, write_book
from tests.registers.filling import deliver, stored
from tests.registers.sheets import CONTRACT, PLANS

PLAN = PLANS[0]
ACTIVITIES = [activity.id for activity in PLAN.activities()]
DAY = date(2020, 6, 1)


class Wrong(NamedTuple):
    """What somebody typed where, and what the message says is wrong and allowed."""

    sheet: str
    row: int
    column: str
    typed: Cell
    told: str
    allowed: str


WRONG = (
    Wrong("activities", 3, "status", "igagn", "Værdien er ikke en af de aftalte.", "ikke startet, i gang, gennemført"),
    Wrong("activities", 5, "statusdato", "31-06-2020", "Datoen er ikke skrevet på en aftalt måde", "30-06-2020"),
    Wrong("activities", 6, "revision_noedvendig", "måske", "Feltet skal være ja eller nej.", "ja/nej"),
    Wrong("milestones", 3, "planlagt", "medio 2020", "Datoen er ikke skrevet på en aftalt måde", "30.06.2020"),
    Wrong("decisions", 2, "udfald", "godkendtt", "Værdien er ikke en af de aftalte.", "godkendt, afvist, afventer"),
    Wrong("targets", 2, "aar", 20200, "Værdien ligger uden for de aftalte grænser.", "Mindst 1990 og højst 2099"),
    Wrong("staff_targets", 4, "maaltal", "12,5", "Feltet skal være et helt tal.", "Kun cifre."),
    Wrong("budgets", 3, "beloeb_1000kr", "l.300", "Tallet er ikke skrevet på en aftalt måde.", "Decimalkomma"),
    Wrong("contracts", 2, "slut", date(2018, 1, 1), "Kontrakten slutter, før den begynder.", ""),
    Wrong("surveys", 2, "andel_positiv_pct", 158, "Værdien ligger uden for de aftalte grænser.", "højst 100"),
)  # fmt: skip


def filled() -> dict[str, list[list[Cell]]]:
    """What the person typed, all of it right."""
    rows: dict[str, list[dict[str, Cell]]] = {
        "activities": [
            {
                "plan": PLAN.id,
                "aktivitet_id": id_,
                "status": "i gang",
                "statusdato": DAY,
                "kommentar": "Kører efter planen",
            }
            for id_ in ACTIVITIES
        ],
        "milestones": [
            {"plan": PLAN.id, "milepael_id": f"milepæl-{n}", "planlagt": DAY, "instans": "Udvalget"}
            for n in range(3)
        ],
        "decisions": [
            {
                "plan": PLAN.id,
                "emne_id": ACTIVITIES[0],
                "instans": "Udvalget",
                "dato": DAY,
                "udfald": "godkendt",
            }
        ],
        "targets": [
            {
                "plan": PLAN.id,
                "maal_id": "langtidsledige",
                "aar": 2020,
                "enhed": "personer",
                "vaerdi": 900,
            }
        ],
        "staff_targets": [
            {"aar": 2020, "forvaltning": "BIF", "ordning": of, "maaltal": 12}
            for of in ("fleksjob", "løntilskud", "nytteindsats")
        ],
        "budgets": [
            {
                "plan": PLAN.id,
                "linje_id": "linje",
                "aar": 2019 + n,
                "beloeb_1000kr": 1300,
                "prisniveau": "2019 p/l",
            }
            for n in range(3)
        ],
        "deliverables": [
            {
                "plan": PLAN.id,
                "leverance_id": "video",
                "maalgruppe": "familier",
                "status": "i gang",
                "dato": DAY,
            }
        ],
        "contracts": [
            {
                "kontrakt_id": f"KON-{n}",
                "leverandoer_cvr": 10101010,
                "start": date(2019, 1, 1),
                "slut": date(2020, 12, 31),
                "krav_antal": 6,
            }
            for n in range(2)
        ],
        "sites": [
            {
                "lokation_id": "LOK-1",
                "navn": "Baldersgade",
                "krav_id": "adgang",
                "vurderet": DAY,
                "opfyldt": "ja",
            }
        ],
        "surveys": [
            {
                "undersoegelse": "tilfredshed",
                "aar": 2019,
                "spoergsmaal": "s1",
                "n_inviteret": 900,
                "n_svar": 300,
                "andel_positiv_pct": 58.5,
            }
        ],
    }
    return {
        table.name: [
            [column.name for column in table.columns],
            *(
                [row.get(column.name) for column in table.columns]
                for row in rows.get(table.name, [])
            ),
        ]
        for table in CONTRACT.tables
    }


def mistyped() -> dict[str, list[list[Cell]]]:
    """The same with the ten errors; row numbers are the spreadsheet's, the header being row 1."""
    sheets = filled()
    for wrong in WRONG:
        header, *_ = rows = sheets[wrong.sheet]
        rows[wrong.row - 1][header.index(wrong.column)] = wrong.typed
    return sheets


def assert_ten_are_told_and_the_rest_used(home: Path, file: Path) -> None:
    delivery = deliver(home, file)
    total = sum(len(rows) - 1 for rows in filled().values())
    assert delivery.verdict == "warned", delivery.sentence
    assert (delivery.rows_in, delivery.used, delivery.quarantined) == (total, total - 10, 10)
    assert (
        f"{total - 10} af {total} rækker er taget i brug, 10 er i karantæne." in delivery.sentence
    )
    assert "ret dem, og levér igen" in delivery.sentence
    listed = DeliveryRecord(home).quarantine_path(delivery)
    assert listed is not None
    with listed.open(encoding="utf-8-sig", newline="") as stream:
        told = {
            (line["fil"].rpartition(" · ")[2], int(line["raekke"]), line["kolonne"]): line[
                "forklaring"
            ]
            for line in csv.DictReader(stream, delimiter=";")
        }
    assert told.keys() == {(wrong.sheet, wrong.row, wrong.column) for wrong in WRONG}
    for wrong in WRONG:
        words = told[wrong.sheet, wrong.row, wrong.column]
        assert wrong.told in words
        assert wrong.allowed in words.partition("Tilladt: ")[2], words
    rows = stored(home, delivery)
    assert [row["aktivitet_id"] for row in rows["activities"]] == [
        id_ for at, id_ in enumerate(ACTIVITIES, start=2) if at not in (3, 5, 6)
    ]
    assert rows["activities"][0]["statusdato"] == DAY
    assert {row["kommentar"] for row in rows["activities"]} == {"Kører efter planen"}


def test_without_errors_everything_is_used(tmp_path: Path) -> None:
    write_book(tmp_path / "registre.xlsx", filled())
    delivery = deliver(tmp_path, tmp_path / "registre.xlsx")
    assert (delivery.verdict, delivery.quarantined) == ("accepted", 0)


def test_ten_typing_errors_are_ten_precise_messages(tmp_path: Path) -> None:
    write_book(tmp_path / "registre.xlsx", mistyped())
    assert_ten_are_told_and_the_rest_used(tmp_path, tmp_path / "registre.xlsx")


@pytest.mark.program("soffice")
def test_ten_typing_errors_in_a_file_that_libreoffice_wrote(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    write_book(tmp_path / "registre.xlsx", mistyped())
    place = [f"-env:UserInstallation=file://{tmp_path}/profil", "--outdir", str(tmp_path / "lo")]
    command = [program("soffice"), "--headless", "--convert-to", "xlsx", *place]
    subprocess.run([*command, str(tmp_path / "registre.xlsx")], check=True, timeout=180)
    assert_ten_are_told_and_the_rest_used(tmp_path, tmp_path / "lo" / "registre.xlsx")
