"""Spending as the ledger has it: several accounts a purpose, money out and money in."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from .registers import SCHEMES

Row = dict[str, Any]
Month = tuple[int, int]

EFFORTS = ("bi05-peer-mentor", "bi05-rygcenter")
ACCOUNTS = ("5.68.91.1", "5.68.91.2", "5.98.09.3")
AMOUNTS = (0.1, 0.2, 0.7, 1250.5, 98765.43, 1234567.89, 4000000.01)


def spending_rows(random: Random, months: Sequence[Month]) -> list[Row]:
    """Rows of most purposes in most of the months; the last months may not be booked yet."""
    booked = list(months)[: len(months) - random.choice((0, 0, 1, 3))]
    rows: list[Row] = []
    for month in booked:
        for purpose in (*SCHEMES, *EFFORTS):
            for account in random.sample(ACCOUNTS, random.choice((0, 1, 1, 2))):
                income = random.random() < 0.2
                # A correction is booked as a negative amount.
                sign = -1 if random.random() < 0.05 else 1
                rows.append(
                    spending_row(month, account, purpose, sign * random.choice(AMOUNTS), income)
                )
    return rows


def spending_row(month: Month, account: str, purpose: str, kroner: float, income: bool) -> Row:
    """One line of the ledger."""
    return {
        "maaned": month,
        "konto": account,
        "formaal": purpose,
        "styringsomraade": "Service" if account == ACCOUNTS[2] else "Overførsler mv.",
        "bevilling": "Beskæftigelse",
        "beloeb_kr": kroner,
        "indtaegt_udgift": "I" if income else "U",
    }
