"""Contracts with a social clause: the total is of those whose required number the office has entered.

Belongs here: the rows. Not here: hiding in them, nor working them out (the tests).
"""

from __future__ import annotations

from tests.disclosure.tables import row

ACHIEVED = "clause_fulfilment/achieved/"


def contracts(*achieved: int, unstated: int) -> list[dict[str, object]]:
    """Rows of contracts C0, C1 …, one more with `unstated` persons and no number required, and of all."""
    rows = [row(ACHIEVED, sum(achieved)), row("clause_fulfilment/required/", 10 * len(achieved))]
    for number, count in enumerate(achieved):
        rows.append(row(f"{ACHIEVED}/contract/C{number}", count))
        rows.append(row(f"clause_fulfilment/required//contract/C{number}", 10))
    rows.append(row(f"{ACHIEVED}/contract/uden", unstated))
    rows.append(row("clause_fulfilment/required//contract/uden", flag="missing"))
    return rows
