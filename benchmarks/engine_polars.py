"""The four statistics in polars.

Belongs here: the expressions. Not here: the question and the clock.

Weeks are spread into one narrow column each; the number of unemployed weeks among the last 52 slides from month to month
by the few weeks that come and go. Membership is a flag a month, made from spells without a row a person and month.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from question import ALL_SEXES, LONG_TERM, WINDOW, Answer, Question, answer_from, unemployed_codes

EPOCH = date(1970, 1, 1)


def from_tables(asked: Question) -> Answer:
    """From the deliveries' Parquet tables."""
    people = _people(asked)
    if asked.groups == ("T",):
        people = people.filter(pl.any_horizontal(pl.col("^target_.*$")))
    held = people.join(pl.read_parquet(asked.table("weeks")), on="person", how="left")
    unemployed = pl.DataFrame({"code": pl.Series(unemployed_codes(), dtype=pl.UInt16)})["code"]
    places = range(asked.weeks[0] - WINDOW + 1, asked.weeks[-1] + 1)
    spread = held.select(
        *(pl.col("weeks").arr.get(at).fill_null(0).alias(f"code_{at}") for at in places),
        *(_paid(asked, number).alias(f"wage_{number}") for number in range(len(asked.months))),
        pl.col("sex"),
        pl.col("^(member|target)_.*$"),
    ).with_columns(
        pl.col(f"code_{at}").is_in(unemployed.implode()).cast(pl.Int16).alias(f"out_{at}")
        for at in places
    )
    counted: dict[tuple[int, bool, str, int, bool, bool], int] = {}
    spent, before = pl.lit(0, pl.Int16), range(0)
    for number, at in enumerate(asked.weeks):
        window = range(at - WINDOW + 1, at + 1)
        come = [pl.col(f"out_{week}") for week in window if week not in before]
        gone = [pl.col(f"out_{week}") for week in before if week not in window]
        spent = spent + pl.sum_horizontal(come) - (pl.sum_horizontal(gone) if gone else 0)
        spread = spread.with_columns(spent.alias("spent"))
        spent, before = pl.col("spent"), window
        of_month = (
            spread.lazy()
            .filter(pl.col(f"member_{number}"))
            .group_by(
                pl.col(f"target_{number}").alias("target"),
                "sex",
                pl.col(f"code_{at}").alias("code"),
                pl.col(f"wage_{number}").alias("wage"),
                (pl.col("spent") >= LONG_TERM).alias("long_term"),
            )
            .len()
            .collect()
        )
        for target, sex, code, wage, long_term, n in of_month.iter_rows():
            counted[number, target, sex, code, wage, long_term] = n
    return answer_from(counted, asked)


def _people(asked: Question) -> pl.DataFrame:
    """One row a person: sex, and for each month whether a member and whether in the target group."""
    days = list(enumerate(EPOCH + timedelta(days=day) for day in asked.days))
    begun, ended = pl.col("fra").fill_null(date.min), pl.col("til").fill_null(date.max)
    covers = [((begun <= day) & (ended >= day)).alias(f"covers_{number}") for number, day in days]
    deciding = [
        # Of the spells that cover a day the last one decides; blanks are skipped by `last`.
        pl.when(pl.col(f"covers_{number}"))
        .then(pl.col("kommunekode"))
        .drop_nulls()
        .last()
        .alias(f"at_{number}")
        for number, _ in days
    ]
    born = pl.col("foedselsdato").last()
    spells = pl.scan_parquet(asked.table("people")).sort(
        "person", pl.col("fra").fill_null(date.min), maintain_order=True
    )
    person = (
        spells.with_columns(covers)
        .group_by("person")
        .agg(
            *deciding,
            pl.col("koen").last(),
            (born.dt.year() * 10000 + born.dt.month().cast(pl.Int32) * 100 + born.dt.day()).alias(
                "born"
            ),
            pl.col("doedsdato").min().fill_null(date.max).alias("died"),
        )
    )
    registered = (
        pl.scan_parquet(asked.table("impairments"))
        .with_columns(covers)
        .group_by("person")
        .agg(pl.col(f"covers_{number}").any().alias(f"target_{number}") for number, _ in days)
    )
    rules = asked.rules
    members = [
        (
            pl.col(f"at_{number}").eq(rules.municipality).fill_null(False)
            & ((int(f"{day:%Y%m%d}") - pl.col("born")) // 10000).is_between(
                rules.youngest, rules.oldest
            )
            & (pl.col("died") > day)
        ).alias(f"member_{number}")
        for number, day in days
    ]
    sex = (
        pl.when(pl.col("koen").is_in(ALL_SEXES[:2]))
        .then(pl.col("koen"))
        .otherwise(pl.lit(ALL_SEXES[2]))
    )
    return (
        person.join(registered, on="person", how="left")
        .select("person", sex.alias("sex"), *members, pl.col("^target_.*$").fill_null(False))
        .collect()
    )


def _paid(asked: Question, number: int) -> pl.Expr:
    wage = asked.wages[number]
    value = pl.col(wage.column).arr.get(wage.place)
    paid = (value.fill_nan(0) > 0) if wage.column == "grad" else value > 0
    return paid.fill_null(False)
