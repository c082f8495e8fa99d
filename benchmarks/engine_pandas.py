"""The four statistics in naive pandas: one row a person and week, melted, merged and grouped.

Belongs here: the way the statistics are most readily written by hand. Not here: the question and the clock.

Everybody does not fit: 450,000 people x 260 weeks are 117 million rows of the melted frame, and each step copies
it. So it is asked about the people of one block alone, and compared with that block's counts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from question import (
    ALL_SEXES,
    LONG_TERM,
    WINDOW,
    Answer,
    Question,
    answer_from,
    unemployed_codes,
)


def of_block(asked: Question, block: int) -> Answer:
    """Of the people whose pseudonym falls in the block."""
    bits = asked.bits
    low, high = (
        pa.scalar(edge, pa.uint64())
        for edge in ((block << 64 - bits), (block + 1 << 64 - bits) - 1)
    )
    within = (pc.field("person") >= low) & (pc.field("person") <= high)
    members = _members(asked, within)
    if asked.groups == ("T",):
        members = members[members["target"]]
    table = pq.read_table(asked.table("weeks"), filters=within)
    persons = table["person"].to_numpy()

    codes = _wide(table, "weeks")
    codes.insert(0, "person", persons)
    long = codes.melt(id_vars="person", var_name="week", value_name="code")
    long = long.sort_values(["person", "week"])
    long["unemployed"] = long["code"].isin(unemployed_codes())
    rolled = long.groupby("person")["unemployed"].rolling(WINDOW).sum()
    long["long_term"] = (rolled >= LONG_TERM).to_numpy()

    paid = pd.DataFrame(
        {
            number: _wide(table, wage.column)[wage.place] > 0
            for number, wage in enumerate(asked.wages)
        }
    )
    paid.insert(0, "person", persons)
    wages = paid.melt(id_vars="person", var_name="month", value_name="wage")

    months = pd.DataFrame({"month": range(len(asked.months)), "week": asked.weeks})
    rows = (
        members.merge(months, on="month")
        .merge(long, on=["person", "week"], how="left")
        .merge(wages.astype({"month": int}), on=["person", "month"], how="left")
    )
    # Somebody the weekly register does not know has blank weeks and no wages.
    nothing = {"code": 0, "unemployed": False, "long_term": False, "wage": False}
    rows = rows.fillna(nothing).astype({name: type(value) for name, value in nothing.items()})
    rows["long_term"] &= rows["unemployed"]
    counted = rows.groupby(["month", "target", "sex", "code", "wage", "long_term"]).size()
    return answer_from({key: int(n) for key, n in counted.items()}, asked)


def _members(asked: Question, within: pc.Expression) -> pd.DataFrame:
    """One row a member and month: person, month, sex, target."""
    people = pq.read_table(asked.table("people"), filters=within).to_pandas(date_as_object=False)
    registered = pq.read_table(asked.table("impairments"), filters=within).to_pandas(
        date_as_object=False
    )
    spells = people.sort_values(["person", "fra"], na_position="first", kind="stable")
    who = spells.groupby("person").agg({"foedselsdato": "last", "koen": "last", "doedsdato": "min"})
    who["sex"] = who["koen"].where(who["koen"].isin(ALL_SEXES[:2]), ALL_SEXES[2])
    parts = []
    for number, day in enumerate(asked.days):
        when = pd.Timestamp(day, unit="D")
        last = _covering(spells, when).groupby("person").last()
        here = who.loc[last.index[last["kommunekode"] == asked.rules.municipality]]
        born = here["foedselsdato"].dt
        birthday = born.month * 100 + born.day
        age = when.year - born.year - (birthday > when.month * 100 + when.day)
        alive = here["doedsdato"].isna() | (here["doedsdato"] > when)
        members = here[alive & age.between(asked.rules.youngest, asked.rules.oldest)]
        target = members.index.isin(_covering(registered, when)["person"])
        parts.append(
            pd.DataFrame(
                {"person": members.index, "month": number, "sex": members["sex"], "target": target}
            )
        )
    return pd.concat(parts, ignore_index=True)


def _covering(spells: pd.DataFrame, when: pd.Timestamp) -> pd.DataFrame:
    begun = spells["fra"].isna() | (spells["fra"] <= when)
    return spells[begun & (spells["til"].isna() | (spells["til"] >= when))]


def _wide(table: object, column: str) -> pd.DataFrame:
    values = table[column].combine_chunks()  # type: ignore[index]
    return pd.DataFrame(np.asarray(values.flatten()).reshape(len(values), -1))
