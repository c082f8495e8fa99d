"""How a statistic becomes rows: the cells of a table, counting into them, shares and flags.

Here belongs what all indicators have in common. What is counted stands in the modules of the
chapters, which `figures` lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from .dates import period
from .groups import AGE_GROUPS, DISTRICTS, IMPAIRMENTS, Member, members
from .intervals import poisson, wilson
from .model import UNKNOWN, Data, Figure, Key, Month

Cell = tuple[str, ...]
"""A dimension and its value, or two of each; both blank is the total."""

Rows = dict[Key, Figure]

TOTAL: Cell = ("", "")
NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")

T_BREAKDOWNS = (
    "sex",
    "age_group",
    "district",
    "job_centre",
    "impairment",
    "visibility",
    "benefit_group",
)
P_BREAKDOWNS = ("sex", "age_group", "district", "benefit_group")
CROSSED = {
    "T": ("sex", "age_group", "district", "impairment"),
    "R": ("sex", "age_group", "district"),
}


class World:
    """The data, with the members of each group and month looked up once.

    `first_month` is the first month that is computed, `baselines` the months that growth is also
    taken against.
    """

    def __init__(self, data: Data, first_month: Month, baselines: Sequence[Month] = ()) -> None:
        self.data = data
        self.first_month = first_month
        self.baselines = baselines
        self._members: dict[tuple[Month, str], list[Member]] = {}

    def members(self, month: Month, group: str) -> list[Member]:
        """The members of group P, T or R on the month's last day."""
        if (month, group) not in self._members:
            self._members[(month, group)] = members(self.data, month, group)
        return self._members[(month, group)]


def breakdowns_of(group: str, with_benefits: bool) -> list[str]:
    """The breakdowns of a group of persons; benefit group only where its week is delivered."""
    names = T_BREAKDOWNS if group == "T" else P_BREAKDOWNS
    return [name for name in names if with_benefits or name != "benefit_group"]


def categories_of(data: Data, breakdown: str) -> list[str]:
    """Every category of a breakdown of persons, `uoplyst` always among them."""
    names: dict[str, Iterable[str]] = {
        "sex": ("M", "K"),
        "age_group": AGE_GROUPS,
        "district": DISTRICTS,
        "job_centre": sorted(data.job_centres),
        "impairment": IMPAIRMENTS,
        "visibility": ("synlig", "usynlig"),
        "benefit_group": sorted({code.benefit_group for code in data.table.values()}),
    }
    return [*names[breakdown], UNKNOWN]


def cells(data: Data, breakdowns: Iterable[str]) -> list[Cell]:
    """The total and every category of the breakdowns, also where nobody is in it."""
    found = [TOTAL]
    for breakdown in breakdowns:
        found.extend((breakdown, category) for category in categories_of(data, breakdown))
    return found


def is_in(member: Member, cell: Cell) -> bool:
    """Whether a member belongs to a cell of one dimension; everybody belongs to the total."""
    return cell == TOTAL or member.categories[cell[0]] == cell[1]


def crossed_cells(data: Data, group: str) -> list[Cell]:
    """Every pair of categories of every pair of breakdowns that are crossed for the group."""
    return [
        (one, first, other, second)
        for one, other in combinations(CROSSED[group], 2)
        for first in categories_of(data, one)
        for second in categories_of(data, other)
    ]


def crossed(counted: Iterable[Member], group: str) -> Counter[Cell]:
    """How many are in each pair of categories."""
    counts: Counter[Cell] = Counter()
    for member in counted:
        for one, other in combinations(CROSSED[group], 2):
            counts[(one, member.categories[one], other, member.categories[other])] += 1
    return counts


def tally(counted: Iterable[Member], breakdowns: Sequence[str]) -> Counter[Cell]:
    """How many are in each cell; a member listed twice counts twice."""
    counts: Counter[Cell] = Counter()
    for member in counted:
        counts[TOTAL] += 1
        for breakdown in breakdowns:
            counts[(breakdown, member.categories[breakdown])] += 1
    return counts


def count(number: int) -> Figure:
    """A count: the number is both numerator and value."""
    return Figure(number, None, number, None, None, "")


def share(number: int, of: int) -> Figure:
    """A share with Wilson's interval; none where more left than there were before."""
    if of == 0:
        return Figure(number, of, None, None, None, "missing")
    if number > of:
        return Figure(number, of, number / of, None, None, "")
    low, high = wilson(number, of)
    return Figure(number, of, number / of, low, high, "")


def per_thousand(number: int, of: int) -> Figure:
    """A rate per 1,000 with the exact Poisson interval of its count."""
    if of == 0:
        return Figure(number, of, None, None, None, "missing")
    low, high = poisson(number)
    return Figure(number, of, 1000 * number / of, low * 1000 / of, high * 1000 / of, "")


def put(
    rows: Rows,
    name: tuple[str, str],
    month: Month,
    group: str,
    figures: Iterable[tuple[Cell, Figure]],
) -> None:
    """Write figures under an indicator and variant; the same key twice is a mistake."""
    for cell, figure in figures:
        key = Key(*name, period(month), group, *cell)
        assert key not in rows, key
        rows[key] = figure


def put_not_computed(rows: Rows, name: tuple[str, str], month: Month, group: str) -> None:
    """The one row that says that the month could not be computed."""
    put(rows, name, month, group, [(TOTAL, NOT_COMPUTED)])


def put_counts(
    rows: Rows,
    name: tuple[str, str],
    month: Month,
    group: str,
    table: Iterable[Cell],
    counts: Counter[Cell],
) -> None:
    """A count for every cell of the table, zeros included."""
    put(rows, name, month, group, [(cell, count(counts[cell])) for cell in table])


def put_shares(
    rows: Rows,
    name: tuple[str, str],
    month: Month,
    group: str,
    table: Iterable[Cell],
    counts: Counter[Cell],
    of: Counter[Cell],
) -> None:
    """A share for every cell of the table."""
    put(rows, name, month, group, [(cell, share(counts[cell], of[cell])) for cell in table])
