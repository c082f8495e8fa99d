"""What the office types comes back as it was typed, whichever program saved it; what it mistypes is
pointed out.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from sources.record import DeliveryRecord
from tests.registers.filling import deliver, fill, first_free, stored
from tests.registers.sheets import ANSWERED, CONTRACT, handed_out


def test_an_untouched_template_is_read_without_loss(tmp_path: Path) -> None:
    delivery = deliver(tmp_path, handed_out(tmp_path))
    assert (delivery.verdict, delivery.quarantined, delivery.extra_columns) == ("accepted", 0, [])
    rows = stored(tmp_path, delivery)
    assert [(row["plan"], row["aktivitet_id"]) for row in rows["activities"]] == ANSWERED
    assert {row["status"] for row in rows["activities"]} == {None}
    assert delivery.used == sum(map(len, rows.values()))


def test_every_value_comes_back(tmp_path: Path) -> None:
    held = fill(handed_out(tmp_path), tmp_path / "udfyldt.xlsx")
    delivery = deliver(tmp_path, tmp_path / "udfyldt.xlsx")
    assert (delivery.quarantined, delivery.duplicates, delivery.extra_columns) == (0, 0, [])
    rows = stored(tmp_path, delivery)
    assert list(rows) == [table.name for table in CONTRACT.tables]
    for name, expected in held.items():
        assert rows[name] == expected, name


@pytest.mark.program("soffice")
def test_every_value_comes_back_through_libreoffice(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    held = fill(handed_out(tmp_path), tmp_path / "udfyldt.xlsx")
    place = [f"-env:UserInstallation=file://{tmp_path}/profil", "--outdir", str(tmp_path / "lo")]
    command = [program("soffice"), "--headless", "--convert-to", "xlsx", *place]
    subprocess.run([*command, str(tmp_path / "udfyldt.xlsx")], check=True, timeout=180)
    delivery = deliver(tmp_path, tmp_path / "lo" / "udfyldt.xlsx")
    assert (delivery.quarantined, delivery.duplicates) == (0, 0)
    rows = stored(tmp_path, delivery)
    for name, expected in held.items():
        assert rows[name] == expected, name


MISTYPED = (
    ("activities", "status", "nærmest færdig", "code_unknown"),
    ("activities", "statusdato", "31-02-2020", "date_form"),
    ("milestones", "planlagt", "midt i 2020", "date_form"),
    ("decisions", "udfald", "måske", "code_unknown"),
    ("targets", "aar", 2200, "out_of_range"),
    ("staff_targets", "maaltal", 12.5, "integer_form"),
    ("budgets", "linje_id", None, "blank"),
    ("contracts", "option_udnyttet", "nok", "yes_no_form"),
    ("surveys", "andel_positiv_pct", 112, "out_of_range"),
    ("consultants", "aarsvaerk", "halvanden", "number_form"),
)


def test_ten_mistakes_are_ten_rows_pointed_out_and_the_rest_is_used(tmp_path: Path) -> None:
    good = fill(handed_out(tmp_path), tmp_path / "udfyldt.xlsx", rows=30)
    book = openpyxl.load_workbook(tmp_path / "udfyldt.xlsx")
    places = []
    for number, (name, column, wrong, code) in enumerate(MISTYPED):
        table = next(table for table in CONTRACT.tables if table.name == name)
        row = first_free(book[name]) - 1 - number
        at = 1 + [item.name for item in table.columns].index(column)
        cell = book[name].cell(row, at)
        cell.value, cell.number_format = wrong, "General"
        places.append((name, str(row), column, code))
    book.save(tmp_path / "forkert.xlsx")
    delivery = deliver(tmp_path, tmp_path / "forkert.xlsx")
    assert delivery.verdict == "warned"
    total = sum(map(len, good.values()))
    assert (delivery.rows_in, delivery.used, delivery.quarantined) == (total, total - 10, 10)
    listed = DeliveryRecord(tmp_path).quarantine_path(delivery)
    assert listed is not None
    with listed.open(encoding="utf-8-sig", newline="") as stream:
        told = list(csv.DictReader(stream, delimiter=";"))
    found = [(line["fil"], line["raekke"], line["kolonne"], line["regel"]) for line in told]
    assert sorted(found, key=lambda line: line[1:]) == sorted(
        [(f"registers.xlsx · {place[0]}", *place[1:]) for place in places],
        key=lambda line: line[1:],
    )
    for name, expected in good.items():
        mistakes = sum(place[0] == name for place in places)
        assert len(stored(tmp_path, delivery)[name]) == len(expected) - mistakes


def test_a_formula_is_refused_not_computed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(handed_out(tmp_path))
    book["activities"]["E2"] = "=1+1"
    book.save(tmp_path / "formel.xlsx")
    delivery = deliver(tmp_path, tmp_path / "formel.xlsx")
    assert (delivery.verdict, delivery.tables) == ("rejected", {})
