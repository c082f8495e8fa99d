"""The ledger and the municipality's own employees on special terms, month by month.

Here belongs: the sources `spending` and `staff`. Here does not belong: budgets and staff targets,
which the office keeps itself (`registers`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from synthetic.people import Floats
from synthetic.timeline import Ints, Timeline
from synthetic.writing import coded

AREAS = ("Service", "Overførsler mv.")
GRANTS = ("35.10", "35.30")
DIRECTIONS = ("U", "I")
SPENT, RECEIVED = 0, 1
FULL_CITY = 640_000
FEWEST_PEOPLE = 1_000
REFUND_SHARE = 0.5


@dataclass(frozen=True)
class Line:
    """One account of one purpose: kroner a month in a city of `FULL_CITY`, and where it is booked."""

    account: str
    purpose: str
    area: int
    monthly: float
    direction: int = SPENT


# Personal assistance is 89 of the 100 parts that the schemes cost together.
SCHEME_LINES = (
    Line("5.68.98.007", "personlig assistance", 1, 8_010_000),
    Line("5.68.98.008", "personlig assistance", 1, 8_010_000 * REFUND_SHARE, RECEIVED),
    Line("5.68.98.010", "hjælpemidler", 1, 495_000),
    Line("5.68.98.011", "isbryder", 1, 90_000),
    Line("5.68.98.012", "mentor", 1, 315_000),
    Line("5.68.98.013", "opkvalificering", 1, 90_000),
)
EFFORT_LINES = (
    Line("6.45.51.101", "bi05-en-indgang", 0, 108_333),
    Line("6.45.51.102", "bi05-peer-mentor", 0, 216_667),
    Line("5.68.90.103", "bi05-peer-mentor-eftervaern", 1, 250_000),
    Line("6.45.51.104", "bi05-kompetenceudvikling", 0, 133_333),
    Line("5.68.90.105", "bi05-specialiseret-afklaring", 1, 333_333),
)

OFFICES = ("BIF", "BUF", "KFF", "SOF", "SUF", "TMF", "ØKF")
OFFICE_STAFF = (60, 150, 40, 110, 140, 45, 12)
TERMS = ("fleksjob", "løntilskud", "nytteindsats", "virksomhedspraktik")
TERM_SHARE = (0.55, 0.18, 0.09, 0.30)


def spending_table(
    rng: np.random.Generator, persons: int, line: Timeline, efforts: tuple[Line, ...] = EFFORT_LINES
) -> pa.Table:
    """One row a month and account. Schemes cost in proportion to the people, efforts what was granted."""
    lines = (*SCHEME_LINES, *efforts)
    size = max(persons, FEWEST_PEOPLE) / FULL_CITY
    monthly = np.array([one.monthly * (size if one in SCHEME_LINES else 1) for one in lines])
    month, number = _grid(len(line.months), len(lines))
    purposes = sorted({one.purpose for one in lines})
    purpose = np.array([purposes.index(one.purpose) for one in lines])
    growth = 1.03 ** (month / 12)
    amount = np.round(monthly[number] * growth * rng.uniform(0.85, 1.15, len(month)), 2)
    area = np.array([one.area for one in lines])[number]
    return pa.table(
        {
            "maaned": coded(month, [str(name) for name in line.months]),
            "konto": coded(number, [one.account for one in lines]),
            "formaal": coded(purpose[number], purposes),
            "styringsomraade": coded(area, AREAS),
            "bevilling": coded(area, GRANTS),
            "beloeb_kr": pa.array(amount),
            "indtaegt_udgift": coded(
                np.array([one.direction for one in lines])[number], DIRECTIONS
            ),
        }
    )


def staff_table(rng: np.random.Generator, line: Timeline) -> pa.Table:
    """One row a month, administration and kind of terms; slowly more of them."""
    month, place = _grid(len(line.months), len(OFFICES) * len(TERMS))
    office, term = place // len(TERMS), place % len(TERMS)
    count = rng.poisson(usual_staff()[office, term] * 1.04 ** (month / 12))
    return pa.table(
        {
            "maaned": coded(month, [str(name) for name in line.months]),
            "forvaltning": coded(office, OFFICES),
            "ordning": coded(term, TERMS),
            "antal": pa.array(count.astype(np.int64)),
        }
    )


def usual_staff() -> Floats:
    """Employees by administration and kind of terms in the first month."""
    return np.asarray(np.outer(OFFICE_STAFF, TERM_SHARE), np.float64)


def _grid(months: int, lines: int) -> tuple[Ints, Ints]:
    month, number = np.divmod(np.arange(months * lines), lines)
    return month.astype(np.int64), number.astype(np.int64)
