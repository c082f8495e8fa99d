"""Figures that were published before and are others now: the vintages of two published tables held together.

Belongs here: finding changed figures between two protected tables, and which delivery can have brought the change. Not
here: which set a report is compared with (`publication`), how a revision is printed (`workbook`).

Only what was published is compared, never what lies behind it: a figure that is hidden in either table shows only that it
is hidden, so that no revision says more than the two sets do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from exports.tidy import KEYS

State = Literal["shown", "suppressed", "missing", "not_computed", "absent"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Revision:
    """One published figure that changed. `old` and `new` are the values as published, None unless both are shown;
    the states say what each table had. `cause` names in Danish the deliveries that can have brought the change."""

    indicator: str
    variant: str
    period: str
    group: str
    dim1: str
    value1: str
    dim2: str
    value2: str
    unit: str
    old_state: State
    old: float | None
    new_state: State
    new: float | None
    cause: str


@dataclass(frozen=True)
class Revisions:
    """What changed since the set compared with. `since` is its month and version in Danish, blank when there is none, and
    `note` then says why. `first_computed`: published figures of earlier months that were not computed then and are now, by
    indicator; they are new and no revisions."""

    since: str
    figures: tuple[Revision, ...]
    first_computed: tuple[tuple[str, int], ...] = ()
    note: str = ""


def compare(old: pd.DataFrame, new: pd.DataFrame, cause_of: Callable[[str], str]) -> Revisions:
    """Every figure of `old`'s months that `new` shows otherwise; both are protected tidy tables (`tidy.COLUMNS`).

    `cause_of` gives the Danish cause by indicator. A figure that both hide is never listed: the published sets do not tell
    whether it changed. One whose value stands while what it is made of changed is listed with the value twice.
    """
    last = max(old["period"], default="")
    known = new[new["period"] <= last]
    both = old.merge(
        known, how="outer", on=list(KEYS), suffixes=("_old", "_new"), indicator="place"
    )
    for side, absent in (("old", "right_only"), ("new", "left_only")):
        shown = both[f"flag_{side}"].astype("object").fillna("")
        both[f"state_{side}"] = shown.mask(shown == "", "shown").mask(
            both["place"] == absent, "absent"
        )
    is_shown = (both["state_old"] == "shown") & (both["state_new"] == "shown")
    moved = pd.Series(False, index=both.index)
    for name in _PARTS:
        before, after = both[f"{name}_old"], both[f"{name}_new"]
        moved |= (before != after) & ~(before.isna() & after.isna())
    is_first = both["state_old"].isin(_NEVER_SHOWN) & ~both["state_new"].isin(_NEVER_SHOWN)
    is_revised = (is_shown & moved) | (
        (both["state_old"] != both["state_new"]) & ~both["state_old"].isin(_NEVER_SHOWN)
    )
    rows = both[is_revised].sort_values(list(KEYS)).to_dict("records")
    first = Counter(both.loc[is_first, "indicator"])
    return Revisions(
        since="",
        figures=tuple(_revision(row, cause_of) for row in rows),
        first_computed=tuple(sorted(first.items())),
    )


_PARTS = ("numerator", "denominator", "value")
_NEVER_SHOWN = ("not_computed", "absent")


def _revision(row: dict[Any, Any], cause_of: Callable[[str], str]) -> Revision:
    is_shown = row["state_old"] == row["state_new"] == "shown"
    side = "old" if row["state_new"] == "absent" else "new"
    return Revision(
        **{name: str(row[name]) for name in KEYS},
        unit=str(row[f"unit_{side}"]),
        old_state=row["state_old"],
        old=_number(row["value_old"]) if is_shown else None,
        new_state=row["state_new"],
        new=_number(row["value_new"]) if is_shown else None,
        cause=cause_of(str(row["indicator"])),
    )


def _number(cell: float) -> float | None:
    return None if pd.isna(cell) else float(cell)
