"""The four statistics in DuckDB SQL, in the best form found.

Belongs here: the query. Not here: the question and the clock.

Weeks stay in their lists: thirty elements are picked from each person's list and packed, one integer a month, so that only
one narrow column is unnested and counted. Membership is a bit a month, made from spells without a row a person and month.
The 52 weeks are looked through only for those unemployed in the reference week (CASE evaluates its branch for those rows).
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
from question import (
    ALL_SEXES,
    LONG_TERM,
    WINDOW,
    Answer,
    Question,
    answer_from,
    unemployed_codes,
)

EPOCH = date(1970, 1, 1)
SEX_BITS, TARGET_BIT, WAGE_BIT, LONG_TERM_BIT, CODE_BIT = 5, 7, 8, 9, 10
"""A packed integer: month in bits 0-4, sex from 5, T at 7, wages at 8, 42 weeks of 52 at 9, code from 10."""


TABLES = ("people", "impairments", "weeks")


def from_tables(asked: Question) -> Answer:
    """From the deliveries' Parquet tables."""
    with duckdb.connect() as connection:
        return _answer(connection, query(asked), asked)


def prepare(asked: Question) -> None:
    """Load the tables into a database of DuckDB's own, by person; made once, before any clock starts."""
    if not _database(asked).exists():
        with duckdb.connect(str(_database(asked))) as connection:
            for name in TABLES:
                source = f"read_parquet('{asked.table(name)}')"
                connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {source} ORDER BY person")


def from_own_database(asked: Question) -> Answer:
    """From the database `prepare` made."""
    text = query(asked)
    for name in TABLES:
        text = text.replace(f"read_parquet('{asked.table(name)}')", name)
    with duckdb.connect(str(_database(asked)), read_only=True) as connection:
        return _answer(connection, text, asked)


def _database(asked: Question) -> Path:
    return asked.home / "benchmark" / "own.duckdb"


def _answer(connection: duckdb.DuckDBPyConnection, text: str, asked: Question) -> Answer:
    connection.execute("SET threads = 2")
    rows = connection.execute(text).fetchall()
    counted = {}
    for packed, n in rows:
        key = (
            packed & 31,
            bool(packed >> TARGET_BIT & 1),
            ALL_SEXES[packed >> SEX_BITS & 3],
            packed >> CODE_BIT,
            bool(packed >> WAGE_BIT & 1),
            bool(packed >> LONG_TERM_BIT & 1),
        )
        counted[key] = n
    return answer_from(counted, asked)


def query(asked: Question) -> str:
    """The SQL of the question."""
    dates = [EPOCH + timedelta(days=day) for day in asked.days]
    covered = _mask(
        [
            f"(fra IS NULL OR fra <= DATE '{d}') AND (til IS NULL OR til >= DATE '{d}')"
            for d in dates
        ]
    )
    young, old = asked.rules.youngest, asked.rules.oldest
    of_age = _mask(
        [
            f"({d:%Y%m%d} - born) // 10000 BETWEEN {young} AND {old} AND (died IS NULL OR died > DATE '{d}')"
            for d in dates
        ]
    )
    unemployed = ", ".join(map(str, unemployed_codes()))
    picked = ", ".join(_packed(asked, place, unemployed) for place in range(len(asked.months)))
    asked_for = "target <> 0" if asked.groups == ("T",) else "true"
    return f"""
        WITH spell AS MATERIALIZED (
            SELECT person, fra, koen, foedselsdato, doedsdato, kommunekode, {covered} AS covered
            FROM read_parquet('{asked.table("people")}')
        ), decided AS (
            SELECT *, covered & ~coalesce(bit_or(covered) OVER (
                PARTITION BY person ORDER BY fra NULLS FIRST ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
            ), 0) AS deciding
            FROM spell
        ), person AS (
            SELECT person,
                   bit_or(CASE WHEN kommunekode = {asked.rules.municipality} THEN deciding ELSE 0 END) AS here,
                   max_by(koen, coalesce(fra, DATE '0001-01-01')) AS koen,
                   max_by(foedselsdato, coalesce(fra, DATE '0001-01-01')) AS birth,
                   min(doedsdato) AS died
            FROM decided GROUP BY person
        ), registered AS (
            SELECT person, bit_or({covered}) AS target
            FROM read_parquet('{asked.table("impairments")}') GROUP BY person
        ), dated AS (
            SELECT *, year(birth) * 10000 + month(birth) * 100 + day(birth) AS born FROM person
        ), member AS (
            SELECT person,
                   CASE koen WHEN 'M' THEN 0 WHEN 'K' THEN 1 ELSE 2 END AS sex,
                   here & {of_age} AS member, coalesce(target, 0) AS target
            FROM dated LEFT JOIN registered USING (person)
        ), packed AS (
            SELECT unnest([{picked}]) AS packed
            FROM member LEFT JOIN read_parquet('{asked.table("weeks")}') USING (person)
            WHERE member <> 0 AND {asked_for}
        )
        SELECT packed, count(*) FROM packed WHERE packed >= 0 GROUP BY packed
    """


def _packed(asked: Question, place: int, unemployed: str) -> str:
    at, wage = asked.weeks[place] + 1, asked.wages[place]
    paid = f"{wage.column}[{wage.place + 1}]"
    is_paid = f"{paid} > 0 AND NOT isnan({paid})" if wage.column == "grad" else f"{paid} > 0"
    window = f"weeks[{at - WINDOW + 1}:{at}]"
    spent = f"len(list_filter({window}, lambda x: x IN ({unemployed})))"
    long_term = (
        f"CASE WHEN weeks[{at}] IN ({unemployed}) THEN {spent} >= {LONG_TERM} ELSE false END"
    )
    wanted = (
        f"member & target & {1 << place}" if asked.groups == ("T",) else f"member & {1 << place}"
    )
    return (
        f"CASE WHEN ({wanted}) <> 0 THEN ({place} + (sex << {SEX_BITS}) "
        f"+ (((target >> {place}) & 1) << {TARGET_BIT})::INTEGER + (coalesce({is_paid}, false)::INTEGER << {WAGE_BIT}) "
        f"+ (({long_term})::INTEGER << {LONG_TERM_BIT}) + (coalesce(weeks[{at}], 0)::INTEGER << {CODE_BIT})) ELSE -1 END"
    )


def _mask(conditions: list[str]) -> str:
    """A BIGINT with a bit for each condition that holds."""
    terms = (
        f"CASE WHEN {said} THEN {1 << place}::BIGINT ELSE 0 END"
        for place, said in enumerate(conditions)
    )
    return f"({' | '.join(terms)})"
