"""People referred to fleksjob, and those of them who have one.

Belongs here: `referred` and `referred_employed` of P and T, by kind of fleksjob and via clause. Not here: the share of one
in the other (`figures`).

Definitions: the specification's "Fleksjob and clarification"; lov om en aktiv beskæftigelsesindsats.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from indicators.block import Block
from indicators.calendar import last_day
from indicators.categories import FLEKSJOB_KINDS, NOT_STATED
from indicators.people import Register, Rules
from indicators.tally import Tally, joined

REFERRED = "fleksjob"
BY_CLAUSE = "via_klausul"


def count_fleksjob(block: Block, months: Iterable[int], rules: Rules) -> pd.DataFrame:
    """Counts `referred`, `referred_employed` (in all, by breakdowns and by kind) and those employed via clause, in the long
    form of `tally`.

    Of several employment spells covering the day the one begun last decides the kind.
    """
    cases = block.fleksjob
    if cases is None:
        return joined([])
    register = Register(block, rules)
    kinds = (*FLEKSJOB_KINDS, NOT_STATED)
    tally = Tally({**rules.categories(), "scheme": kinds})
    place = {kind: place for place, kind in enumerate(kinds)}
    kind_of_case = np.array([place.get(kind, len(kinds) - 1) for kind in cases.kind], np.int32)
    n = len(block.people.person)
    for month in months:
        day, members = last_day(month), register.members(month)
        in_force = (cases.referred_first <= day) & (cases.referred_last >= day)
        referred = np.zeros(n, dtype=bool)
        referred[cases.person[in_force & (cases.outcome == REFERRED)]] = True
        working = np.flatnonzero((cases.employed_first <= day) & (cases.employed_last >= day))
        job = np.full(n, -1)
        job[cases.person[working]] = working
        employed = referred & (job >= 0)
        clause = np.zeros(n, dtype=bool)
        clause[employed] = cases.by_clause[job[employed]]
        flags = {
            ("referred", ""): referred[members.at],
            ("referred_employed", ""): employed[members.at],
        }
        for group in ("P", "T"):
            inside = members.at[members.of(group)]
            tally.count(month, group, members, flags)
            by_kind = np.bincount(kind_of_case[job[inside[employed[inside]]]], minlength=len(kinds))
            tally.add(month, group, "scheme", kinds, [("referred_employed", "")], by_kind)
            via_clause = np.array([clause[inside].sum()])
            tally.add(month, group, "", [""], [("referred_employed", BY_CLAUSE)], via_clause)
    return tally.table()
