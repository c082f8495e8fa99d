"""The published figures in a database, for tools that read tables: SQLite, PostgreSQL or SQL Server.

Belongs here: two tables, and replacing a set's rows in one transaction. Not here: what may leave (only files of a published
set are read), where the database is (`assets.settings`).

    midtvejs_sets        a row for each plan and month: which version the figures are of
    midtvejs_indicators  the rows of `data/indicators.csv`, with plan and month

A reader sees the whole set as it was, or the whole new one. Figures of other plans and months are not touched.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

PASSWORD = "MIDTVEJS_DATABASE_PASSWORD"  # noqa: S105 - the name of the variable
ROWS_AT_A_TIME = 1_000
NAME, WORD, TEXT = sa.Unicode(64), sa.Unicode(200), sa.Unicode(400)

metadata = sa.MetaData()
SETS = sa.Table(
    "midtvejs_sets",
    metadata,
    sa.Column("plan", NAME, primary_key=True),
    sa.Column("month", sa.Unicode(7), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("threshold", sa.Integer, nullable=False),
    sa.Column("run_sequence", sa.BigInteger, nullable=False),
)
INDICATORS = sa.Table(
    "midtvejs_indicators",
    metadata,
    sa.Column("plan", NAME, nullable=False),
    sa.Column("month", sa.Unicode(7), nullable=False),
    sa.Column("indicator", NAME, nullable=False),
    sa.Column("variant", WORD, nullable=False),
    sa.Column("period", sa.Unicode(7), nullable=False),
    sa.Column("group", sa.Unicode(1), nullable=False),
    sa.Column("dim1", NAME, nullable=False),
    sa.Column("value1", WORD, nullable=False),
    sa.Column("dim2", NAME, nullable=False),
    sa.Column("value2", WORD, nullable=False),
    sa.Column("numerator", sa.Float(53)),
    sa.Column("denominator", sa.Float(53)),
    sa.Column("value", sa.Float(53)),
    sa.Column("low", sa.Float(53)),
    sa.Column("high", sa.Float(53)),
    sa.Column("unit", NAME, nullable=False),
    sa.Column("flag", NAME, nullable=False),
    sa.Column("break", TEXT, nullable=False),
    sa.Column("definition_version", NAME, nullable=False),
    sa.Index("midtvejs_indicators_set", "plan", "month"),
)
_NUMBERS = frozenset(column.name for column in INDICATORS.c if isinstance(column.type, sa.Float))


class DatabaseFault(Exception):  # noqa: N818 - told in words
    """The database did not take the figures; the message is one Danish sentence without address, password or value."""


class Overtaken(DatabaseFault):
    """A run with a higher sequence has already written this set."""


def write_set(address: str, published: Path, sequence: int) -> int:
    """Put a published set in the database, in place of the one of its plan and month; returns the number of rows.

    `address` is a SQLAlchemy URL; the password is added from MIDTVEJS_DATABASE_PASSWORD where the URL has none. `sequence`
    grows with every run. Raises Overtaken, DatabaseFault, and OSError when the set cannot be read.
    """
    stated: Mapping[str, Any] = json.loads((published / "manifest.json").read_text("utf-8"))
    own = {"plan": stated["plan"], "month": stated["month"]}
    row = {**own, "version": stated["version"], "threshold": stated["threshold"]}
    try:
        engine = sa.create_engine(_with_password(address), hide_parameters=True)
        try:
            metadata.create_all(engine)
            with engine.begin() as connection:
                _take_place(connection, {**row, "run_sequence": sequence})
                connection.execute(INDICATORS.delete().where(*_of(INDICATORS, own)))
                written = 0
                rows = _rows(published / "data" / "indicators.csv", own)
                while batch := list(islice(rows, ROWS_AT_A_TIME)):
                    connection.execute(INDICATORS.insert(), batch)
                    written += len(batch)
        finally:
            engine.dispose()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        fault = (
            "Databasens adresse i [publish] kan ikke bruges, eller dens driver er ikke installeret."
        )
    except SQLAlchemyError as error:
        fault = f"Databasen tog ikke imod tallene ({type(error).__name__})."
    else:
        return written
    raise DatabaseFault(fault)


def _take_place(connection: sa.Connection, row: Mapping[str, Any]) -> None:
    """Lock the set's row until the transaction ends, and refuse when a later run was here."""
    held = _of(SETS, row)
    changed = connection.execute(
        SETS.update().where(*held, SETS.c.run_sequence <= row["run_sequence"]).values(**row)
    )
    if changed.rowcount:
        return
    if connection.execute(sa.select(SETS.c.version).where(*held)).first() is not None:
        raise Overtaken("En nyere kørsel har allerede skrevet sættet i databasen.")
    connection.execute(SETS.insert(), [dict(row)])


def _of(table: sa.Table, own: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    return [table.c.plan == own["plan"], table.c.month == own["month"]]


def _rows(path: Path, own: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            values: dict[str, Any] = dict(own)
            for name, text in line.items():
                values[name] = (float(text) if text else None) if name in _NUMBERS else text
            yield values


def _with_password(address: str) -> sa.URL:
    url = sa.make_url(address)
    password = os.environ.get(PASSWORD)
    return url.set(password=password) if password and url.password is None and url.host else url
