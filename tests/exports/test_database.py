"""The published figures in a database: whole, the newest, and never more than was published."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql, postgresql
from sqlalchemy.schema import CreateTable

from exports.database import INDICATORS, SETS, DatabaseFault, Overtaken, write_set
from tests.exports.published_sets import HEADER, small_set


@pytest.fixture
def address(tmp_path: Path) -> str:
    """An SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'figures.db'}"


def rows_of(address: str, table: sa.Table) -> list[dict[str, object]]:
    """Every row of a table."""
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
    engine.dispose()
    return found


def test_every_row_of_the_file_and_nothing_else(tmp_path: Path, address: str) -> None:
    published = small_set(tmp_path / "v001", version=7)
    assert write_set(address, published, 1) == 3
    rows = rows_of(address, INDICATORS)
    hidden, *shown = rows
    assert (hidden["flag"], hidden["numerator"], hidden["value"]) == ("suppressed", None, None)
    assert [(row["value1"], row["numerator"]) for row in shown] == [
        ("Bydel 1", 7.0),
        ("Bydel 2", 7.0),
    ]
    with (published / "data" / "indicators.csv").open(newline="") as lines:
        assert (
            set(next(csv.reader(lines)))
            == set(HEADER.split(","))
            == set(rows[0]) - {"plan", "month"}
        )


def test_a_new_version_takes_the_place_of_the_old_and_touches_no_other(
    tmp_path: Path, address: str
) -> None:
    write_set(address, small_set(tmp_path / "may", month="2020-05", rows=4), 1)
    write_set(address, small_set(tmp_path / "v001", version=1, rows=9), 2)
    write_set(address, small_set(tmp_path / "v002", version=2), 3)
    assert [(row["month"], row["version"]) for row in rows_of(address, SETS)] == [
        ("2020-05", 1),
        ("2020-06", 2),
    ]
    months = [row["month"] for row in rows_of(address, INDICATORS)]
    assert (months.count("2020-05"), months.count("2020-06")) == (4, 3)


def test_an_older_run_that_finishes_late_is_refused(tmp_path: Path, address: str) -> None:
    write_set(address, small_set(tmp_path / "v002", version=2), 8)
    with pytest.raises(Overtaken):
        write_set(address, small_set(tmp_path / "v001", version=1), 7)
    assert {row["numerator"] for row in rows_of(address, INDICATORS)} == {None, 2.0}


def test_a_set_that_cannot_be_read_to_the_end_leaves_the_old_one(
    tmp_path: Path, address: str
) -> None:
    write_set(address, small_set(tmp_path / "v001", version=1), 1)
    broken = small_set(tmp_path / "v002", version=2, rows=2_500)
    with (broken / "data" / "indicators.csv").open("a") as lines:
        lines.write("unemployed,narrow,2020-06,T,,,,,seven,,,,,personer,,,1\n")
    with pytest.raises(ValueError, match="seven"):
        write_set(address, broken, 2)
    assert [row["version"] for row in rows_of(address, SETS)] == [1]
    assert len(rows_of(address, INDICATORS)) == 3


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("not an address", "no URL"),
        ("nosuch://host/base", "no such dialect"),
        ("mssql+pyodbc://host/base", "the driver is not installed"),
        ("sqlite:////nowhere/at/all.db", "the folder is not there"),
        ("postgresql+psycopg2://u:hemmelig@127.0.0.1:1/base", "nobody listens"),
    ],
)
def test_a_database_that_is_not_there_is_told_without_its_address(
    tmp_path: Path, address: str, why: str
) -> None:
    with pytest.raises(DatabaseFault) as fault:
        write_set(address, small_set(tmp_path / "v001"), 1)
    assert str(fault.value).startswith("Databasen"), why
    assert "hemmelig" not in str(fault.value)
    assert fault.value.__cause__ is None


@pytest.mark.parametrize(
    ("dialect", "word"),
    [(mssql.dialect(), "NVARCHAR(64)"), (postgresql.dialect(), "VARCHAR(64)")],
    ids=["SQL Server", "PostgreSQL"],
)
def test_tables_and_statements_are_said_in_every_dialect(dialect: sa.Dialect, word: str) -> None:
    for table in (SETS, INDICATORS):
        assert word in str(CreateTable(table).compile(dialect=dialect))
        columns = [column.name for column in table.c]
        insert = str(table.insert().compile(dialect=dialect, column_keys=columns))
        left, right = ("[", "]") if dialect.name == "mssql" else ('"', '"')
        if table is INDICATORS:
            # Words of SQL that the published file uses as names.
            assert f"{left}group{right}" in insert
        assert insert.count(":") + insert.count("%(") >= len(columns)
