"""One delivery for all tests of the folder, read with nothing but the standard library."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from synthetic.generator import SOURCES, Truth, generate

PERSONS = 20_000
FROM, TO = "2019-01", "2020-12"


@dataclass(frozen=True)
class Delivery:
    """Rows by source, the week columns, and the truth."""

    rows: dict[str, list[dict[str, str]]]
    weeks: list[str]
    mondays: list[date]
    truth: Truth


@pytest.fixture(scope="session")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Delivery:
    """20,000 people and the planted ones, 2019-01 to 2020-12."""
    truth = generate(tmp_path_factory.mktemp("inbox"), PERSONS, FROM, TO, seed=11)
    rows = {source: read(truth.files[source]) for source in SOURCES if source != "registers"}
    weeks = [name for name in rows["dream"][0] if name.startswith("y_")]
    first = date.fromisocalendar(2000 + int(weeks[0][2:4]), int(weeks[0][4:6]), 1)
    mondays = [first + timedelta(weeks=number) for number in range(len(weeks))]
    return Delivery(rows, weeks, mondays, truth)


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a `;` separated file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
