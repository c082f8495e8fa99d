"""The foreign inbox keeps its word: people nobody is, the same bytes, every oddity present.

Whether the product reads it rightly is tested where the product is tested.
"""

from __future__ import annotations

import csv
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from tests.reference.clarification import birthday_18, half_a_year_after

from .cpr import WEIGHTS, cpr_number
from .inbox import Rows, make_inbox, make_rows, report_months
from .office import SHEETS
from .strategies import deliveries


def fingerprint(folder: Path) -> dict[str, str]:
    """The hash of each file under a folder, by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def century(number: str) -> int:
    """The birth year by the seventh digit, written out from cpr.dk's table."""
    digit, year = int(number[6]), int(number[4:6])
    if digit <= 3:
        return 1900 + year
    if digit in (4, 9):
        return 2000 + year if year <= 36 else 1900 + year
    return 2000 + year if year <= 57 else 1800 + year


def assert_nobody(rows: Rows) -> None:
    """Every number agrees with its person, fails modulus 11, and is not born 1 January."""
    numbers = {row["cpr"] for source in rows.values() for row in source if "cpr" in row}
    for number in numbers:
        assert len(number) == 10
        assert sum(int(a) * b for a, b in zip(number, WEIGHTS, strict=True)) % 11 != 0
        assert number[:4] != "0101"
    for row in rows["population"]:
        born = date(century(row["cpr"]), int(row["cpr"][2:4]), int(row["cpr"][:2]))
        assert born == row["foedselsdato"]
        assert row["koen"] == ("M" if int(row["cpr"][9]) % 2 else "K")


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_nobody_is_in_the_inbox(seed: int) -> None:
    assert_nobody(make_rows(seed, 300))


def test_a_birth_on_new_years_day_is_refused() -> None:
    with pytest.raises(ValueError, match="1 January"):
        cpr_number(date(1980, 1, 1), "M", 0)


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        make_inbox(tmp_path / name, seed, 40)
    assert fingerprint(tmp_path / "a") == fingerprint(tmp_path / "b")
    assert fingerprint(tmp_path / "a") != fingerprint(tmp_path / "c")


@pytest.mark.parametrize("seed", [0, 1])
def test_every_row_is_in_a_file_that_is_done(tmp_path: Path, seed: int) -> None:
    rows = make_inbox(tmp_path, seed, 60)
    workbook = load_workbook(tmp_path / "registers" / "Registre.xlsx", read_only=True)
    assert (tmp_path / "registers" / "Registre.xlsx.done").exists()
    for source, expected in rows.items():
        if source in SHEETS:
            assert workbook[source].max_row == 1 + len(expected), source
            continue
        files = sorted((tmp_path / source).glob("*.csv"))
        found = 0
        for path in files:
            assert path.with_name(path.name + ".done").exists()
            text = path.read_bytes().decode("cp1252").splitlines()
            delimiter = max(";,\t", key=text[0].count)
            table = list(csv.reader(text, delimiter=delimiter))
            assert {len(line) for line in table} == {len(table[0])}
            found += len(table) - 1
        assert found == len(expected) + (source == "target_group"), source
    assert len(list((tmp_path / "dream").glob("*.csv"))) == 1 + seed % 2


def test_the_oddities_are_there() -> None:
    rows = make_rows(0, 600)
    known = {row["cpr"] for row in rows["population"]}
    homes: dict[str, int] = {}
    hired: dict[str, int] = {}
    for row in rows["population"]:
        homes[row["cpr"]] = homes.get(row["cpr"], 0) + 1
    for row in rows["fleksjob"]:
        hired[row["cpr"]] = hired.get(row["cpr"], 0) + (row["ansat_fra"] is not None)
    births = {row["cpr"]: row["foedselsdato"] for row in rows["population"]}
    decisions = [(row["cpr"], row["afgjort"]) for row in rows["fleksjob"] if row["cpr"] in known]
    referred: dict[str, set[date]] = {}
    for row in rows["fleksjob"]:
        if row["visiteret_fra"] is not None:
            referred.setdefault(row["cpr"], set()).add(row["visiteret_fra"])
    hours: dict[tuple[str, tuple[int, int]], list[str]] = {}
    for row in rows["income"]:
        if row["ansaettelsesform"] == "ordinær":
            hours.setdefault((row["cpr"], row["maaned"]), []).append(str(row["loentimer"]))
    codes = {value for row in rows["dream"] for key, value in row.items() if key[:2] == "y_"}
    oddities = {
        "a week 53": "y_2053" in rows["dream"][0],
        "an unknown code": "555" in codes,
        "a birth on 29 February": any(
            (row["foedselsdato"].month, row["foedselsdato"].day) == (2, 29)
            for row in rows["population"]
        ),
        "a death": any(row["doedsdato"] for row in rows["population"]),
        "a move": max(homes.values()) > 1,
        "no dream row": known - {row["cpr"] for row in rows["dream"]},
        "a case of somebody unknown": {row["cpr"] for row in rows["compensation"]} - known,
        "an open case": any(row["afgoerelse"] is None for row in rows["compensation"]),
        "a one-off grant on 29 February": any(
            row["bevilget_fra"] == date(2020, 2, 29) and row["bevilget_til"] is None
            for row in rows["compensation"]
        ),
        "two fleksjob spells": max(hired.values()) > 1,
        "somebody employed before the referral": any(
            row["ansat_fra"] and row["visiteret_fra"] and row["ansat_fra"] < row["visiteret_fra"]
            for row in rows["fleksjob"]
        ),
        "a referral that ended before the employment": any(
            row["ansat_fra"] and row["visiteret_til"] and row["ansat_fra"] > row["visiteret_til"]
            for row in rows["fleksjob"]
        ),
        "two referrals": max(len(days) for days in referred.values()) > 1,
        "a decision half a year after 18, to the day": any(
            day == half_a_year_after(birthday_18(births[cpr])) for cpr, day in decisions
        ),
        "ten hours in three tenths": ["9.7", "0.2", "0.1"] in hours.values(),
        "blank hours": any(row["loentimer"] is None for row in rows["income"]),
        "a code near ledighedsydelse": {"739", "742", "750"} & codes,
        "money in": any(row["indtaegt_udgift"] == "I" for row in rows["spending"]),
        "nobody knows whether self-employed": any(
            row["selvstaendig"] is None for row in rows["compensation"]
        ),
        "industry where degree is blank": any(
            row["branche_2019_05"] and not row["grad_2019_05"] for row in rows["dream"]
        ),
    }
    assert [name for name, there in oddities.items() if not there] == []


@settings(max_examples=25, deadline=None)
@given(deliveries())
def test_drawn_sets_are_sound(rows: Rows) -> None:
    assert_nobody(rows)
    assert all(rows[source] for source in ("dream", "population", "target_group"))
    assert len(report_months(rows)) >= 4
    starts = [(row["cpr"], row["fra"]) for row in rows["population"]]
    assert len(starts) == len(set(starts))
