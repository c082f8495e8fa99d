"""Citizens whom another administration works with too.

Here belongs: the source `shared_cases`. Here does not belong: the employment administration's cases.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from synthetic.people import NEVER, Bools, People, cpr_text
from synthetic.timeline import Timeline
from synthetic.writing import coded

ADMINISTRATIONS = ("SOF", "SUF", "BUF")
SHARE_OF_TARGET = (0.24, 0.11, 0.30)
SHARE_OF_OTHERS = (0.012, 0.02, 0.02)
CHILDREN_ONLY = (False, False, True)
CHILDREN_UNTIL = 19
DAYS_BEFORE = 2_000
FIRST_CASE = np.datetime64("1990-01-01")


def shared_cases_table(
    rng: np.random.Generator, people: People, in_target: Bools, line: Timeline
) -> pa.Table:
    """One spell for each person and administration; about half of them last."""
    age = (line.end - people.birth).astype(np.int64) / 365.25
    person, where = [], []
    for number, child in enumerate(CHILDREN_ONLY):
        share = np.where(in_target, SHARE_OF_TARGET[number], SHARE_OF_OTHERS[number])
        right_age = age < CHILDREN_UNTIL if child else age >= 18
        chosen = np.flatnonzero(right_age & (rng.random(len(people)) < share))
        person.append(chosen)
        where.append(np.full(len(chosen), number))
    who, office = np.concatenate(person), np.concatenate(where)
    opened = max(line.start - DAYS_BEFORE, FIRST_CASE)
    span = int((line.end - opened).astype(np.int64))
    since = np.maximum(opened + rng.integers(0, span, len(who)), people.birth[who])
    until = since + rng.integers(60, 3_000, len(who))
    order = np.lexsort((office, who))
    return pa.table(
        {
            "cpr": cpr_text(people.cpr[who[order]]),
            "forvaltning": coded(office[order], ADMINISTRATIONS),
            "fra": pa.array(since[order].astype("datetime64[D]")),
            "til": pa.array(
                np.where(until > line.end, NEVER, until)[order].astype("datetime64[D]")
            ),
        }
    )
