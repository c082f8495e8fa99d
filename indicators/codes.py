"""What a benefit code means: its benefit group, its labour-market state and its activity.

Belongs here: the code table and the look-up arrays the statistics index with a matrix of codes. Not here: the rules that
use the states (`weeks`, `unemployment`, `exits`).

A blank week is code 0. A code that is not in the table is `other_benefit`: never a job, never dropped.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]

N_CODES = 1000
BLANK = 0
UNKNOWN_STATE = "other_benefit"
HOLIDAY = "holiday_from_job"


@dataclass(frozen=True)
class BenefitCode:
    """A row of the code table. `verified` is False where the row comes from general knowledge."""

    code: int
    group: str
    group_da: str
    state: str
    activity: str
    activity_da: str
    verified: bool


@cache
def code_table() -> tuple[BenefitCode, ...]:
    """Every known code, in order of code."""
    with (files("indicators") / "dream_codes.csv").open(encoding="utf-8") as lines:
        rows = [
            BenefitCode(
                code=int(row["code"]),
                group=row["benefit_group"],
                group_da=row["benefit_group_da"],
                state=row["labour_market_state"],
                activity=row["activity"],
                activity_da=row["activity_da"],
                verified=row["verified"] == "yes",
            )
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(rows, key=lambda row: row.code))


@cache
def benefit_groups() -> tuple[str, ...]:
    """The benefit groups in the table's order, each once."""
    return tuple(dict.fromkeys(row.group for row in code_table()))


@cache
def states() -> tuple[str, ...]:
    """The labour-market states a person can be shown in: the table's, with the two of a blank week."""
    from_table = dict.fromkeys(row.state for row in code_table() if row.state != HOLIDAY)
    return ("employed", "self_supporting", *from_table)


def unknown(codes: npt.NDArray[np.integer]) -> Bools:
    """Which codes the table does not know; a blank is not unknown."""
    return np.asarray(~_known()[codes])


@cache
def _known() -> Bools:
    known = np.zeros(N_CODES, dtype=bool)
    known[BLANK] = True
    known[[row.code for row in code_table()]] = True
    return known


@cache
def with_state(*wanted: str) -> Bools:
    """Look-up array over codes: True where the code's state is one of `wanted` (unknown codes included as other_benefit)."""
    look_up = np.full(N_CODES, UNKNOWN_STATE in wanted)
    look_up[BLANK] = False
    for row in code_table():
        look_up[row.code] = row.state in wanted
    return look_up


@cache
def wage_subsidy() -> Bools:
    """Look-up array over codes: True where the week's activity is a wage subsidy."""
    look_up = np.zeros(N_CODES, dtype=bool)
    for row in code_table():
        look_up[row.code] = row.activity.startswith("wage_subsidy")
    return look_up


@cache
def blank_or_holiday() -> Bools:
    """Look-up array over codes: True for a blank and for holiday pay earned in a job."""
    look_up = with_state(HOLIDAY).copy()
    look_up[BLANK] = True
    return look_up


@cache
def group_positions() -> npt.NDArray[np.int16]:
    """Look-up array over codes: the position in `benefit_groups()`; one past the last for a blank and an unknown code."""
    positions = np.full(N_CODES, len(benefit_groups()), dtype=np.int16)
    for row in code_table():
        positions[row.code] = benefit_groups().index(row.group)
    return positions


@cache
def state_positions() -> npt.NDArray[np.int16]:
    """Look-up array over codes: the position in `states()`; a blank gives `self_supporting`, to be raised to `employed`."""
    positions = np.full(N_CODES, states().index(UNKNOWN_STATE), dtype=np.int16)
    positions[BLANK] = states().index("self_supporting")
    for row in code_table():
        state = "employed" if row.state == HOLIDAY else row.state
        positions[row.code] = states().index(state)
    return positions
