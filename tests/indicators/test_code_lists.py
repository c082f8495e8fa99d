"""The categories that figures are broken down by are the codes that the contracts let in."""

from __future__ import annotations

import pytest

from expectations.contract import load
from indicators import categories


@pytest.mark.parametrize(
    ("source", "table", "column", "own"),
    [
        ("courses", "courses", "indsats", categories.PROGRAMMES),
        ("employer_contacts", "employer_contacts", "art", categories.EMPLOYER_KINDS),
        ("employer_contacts", "employer_contacts", "emne", categories.TOPICS),
        ("staff", "staff", "forvaltning", categories.ADMINISTRATIONS),
        ("staff", "staff", "ordning", categories.STAFF_SCHEMES),
        ("shared_cases", "shared_cases", "forvaltning", categories.SHARING_ADMINISTRATIONS),
        ("registers", "consultants", "rolle", categories.ROLES),
        ("registers", "activities", "status", categories.STATUSES),
        ("registers", "deliverables", "status", categories.STATUSES),
    ],
)
def test_code_list(source: str, table: str, column: str, own: tuple[str, ...]) -> None:
    found = next(each for each in load(source).tables if each.name == table)
    assert found.column(column).values == own
