"""What a clever reader can work out from the tidy file alone.

Belongs here: the file's rows as one system, and every finding in it. Not here: the cells (`cells`), the sums (`sums`), the
solving (`disclosure.audit`), the other files (`workbook_file`, `page_file`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from disclosure.audit.audit import Needs, audit
from disclosure.audit.view import TOLERANCE, Contradiction, Floats, Ints, Matrix, View
from exports.stranger.cells import Cells, Reading, read_cells
from exports.stranger.counted import UnknownFigure
from exports.stranger.definitions import NESTED
from exports.stranger.finding import Finding
from exports.stranger.keys import unpack
from exports.stranger.sums import Relations, relations, unpublished
from exports.stranger.tidy_file import NUMBERS

_BREACHES = {
    "small": "er vist",
    "exact": "kan regnes ud",
    "upper": "kan kun være under tærsklen",
    "insider": "kan regnes ud af den ene person i en anden celle",
}
SHOWN_FINDINGS = 20


@dataclass(frozen=True, eq=False)
class System:
    """Everything in the file as one view. The first cells are `cells`; after them each difference of `pairs`
    (positions of a part
    and of the whole it is some of).
    """

    cells: Cells
    pairs: Ints
    view: View

    def named(self, cell: int) -> str:
        """A cell in words, without its value."""
        n = len(self.cells)
        if cell < n:
            return self.cells.coder.told(int(self.cells.key[cell]))
        part, whole = (int(self.cells.key[at]) for at in self.pairs[cell - n])
        return f"{self.cells.coder.told(whole)} uden {self.cells.coder.told(part)}"


def disagreeing(rows: pd.DataFrame) -> list[Finding]:
    """Where the rows (`tidy_file`) disagree: one count with two values, or hidden in one row and shown in another, and
    shares
    that stand without what they are made of.
    """
    try:
        reading = read_cells(rows)
    except UnknownFigure as figure:
        return [Finding(f"indicators.csv ({figure})", "ingen har beskrevet, hvem tallet tæller.")]
    return [*_two_values(reading, rows), *_halves(rows)]


def worked_out(
    rows: pd.DataFrame, threshold: int, truth: pd.DataFrame | None = None
) -> list[Finding]:
    """What can be worked out of the rows: small counts in sight, and hidden ones that all sums together give away.

    `truth`: the unprotected rows of the same table, where they are at hand. With them a hidden count's interval is
    judged by
    what it is, and the search starts from them; without them only what a reader is certain of is found. The search ends
    after `SHOWN_FINDINGS` of a kind.
    """
    try:
        system = as_system(read_cells(rows), truth)
        return list(_solved(system, threshold))
    except Contradiction:
        return [Finding("indicators.csv", "tallene stemmer ikke med deres definitioner.")]


def as_system(reading: Reading, truth: pd.DataFrame | None = None) -> System:
    """The rows' counts, the sums between them, and the people in one count and not in another that holds it."""
    cells = reading.cells.with_unpublished(unpublished(reading.cells))
    pairs = _pairs(cells, reading)
    n, d = len(cells), len(pairs)
    shown = _and_differences(cells.value, pairs)
    value = shown
    if truth is not None:
        known = read_cells(truth, cells.coder).cells
        at = known.find(cells.key)
        true = _and_differences(np.where(at < 0, np.nan, known.value[at]), pairs)
        value = np.where(np.isnan(shown), true, shown)
    least = np.concatenate([cells.least, np.zeros(d)])
    matrix, low, high = _joined([*relations(cells), _differences(pairs, n)], n + d)
    view = View(
        value=value,
        hidden=np.isnan(shown),
        # Where a zero was hidden all the same, nobody can know that it is not one.
        lower=np.fmin(least, value),
        upper=np.full(n + d, np.inf),
        matrix=matrix,
        low=low,
        high=high,
    )
    return System(cells, pairs, view)


def _and_differences(value: Floats, pairs: Ints) -> Floats:
    return np.concatenate([value, value[pairs[:, 1]] - value[pairs[:, 0]]])


def _pairs(cells: Cells, reading: Reading) -> Ints:
    """Positions of each count and of one that holds it, each pair once."""
    fields, coder = unpack(cells.key), cells.coder
    found = [cells.find(reading.pairs.ravel()).reshape(-1, 2)]
    for part, whole in NESTED:
        numbers = coder.quantities.known(part), coder.quantities.known(whole)
        if numbers[0] is not None and numbers[1] is not None:
            at = np.flatnonzero(fields.quantity == numbers[0])
            found.append(np.column_stack([at, cells.find(fields.at(at).of(numbers[1]).pack())]))
    target, population = coder.groups.known("T"), coder.groups.known("P")
    if target is not None and population is not None:
        at = np.flatnonzero(fields.group == target)
        same = replace(fields.at(at), group=np.full(len(at), population))
        found.append(np.column_stack([at, cells.find(same.pack())]))
    every = np.unique(np.concatenate(found), axis=0)
    return every[(every >= 0).all(axis=1)]


def _differences(pairs: Ints, first: int) -> Relations:
    """The whole is the part and the difference."""
    row = np.arange(len(pairs))
    nothing = np.zeros(len(pairs))
    return Relations(
        np.tile(row, 3),
        np.concatenate([pairs[:, 0], pairs[:, 1], first + row]),
        np.concatenate([nothing + 1, nothing - 1, nothing + 1]),
        nothing,
        nothing,
    )


def _joined(kinds: list[Relations], columns: int) -> tuple[Matrix, Floats, Floats]:
    starts = np.cumsum([0, *(kind.count for kind in kinds)])
    row = np.concatenate([start + kind.row for start, kind in zip(starts, kinds, strict=False)])
    cell = np.concatenate([kind.cell for kind in kinds])
    factor = np.concatenate([kind.factor for kind in kinds])
    matrix = csr_array((factor, (row, cell)), shape=(int(starts[-1]), columns))
    low = np.concatenate([kind.low for kind in kinds])
    return matrix, low, np.concatenate([kind.high for kind in kinds])


def _two_values(reading: Reading, rows: pd.DataFrame) -> Iterator[Finding]:
    """One count with two values, or hidden in one row and shown in another."""
    at = reading.cells.find(reading.cell)
    seen = reading.cells.value[at]
    shown = ~np.isnan(reading.value)
    other = shown & (np.abs(reading.value - seen) > TOLERANCE * (1 + np.abs(seen)))
    for row in np.unique(reading.row[other]):
        yield Finding(_place(rows, int(row)), "et antal har to forskellige værdier.")
    beside = ~shown & reading.alone & ~np.isnan(seen)
    for row in np.unique(reading.row[beside]):
        yield Finding(_place(rows, int(row)), "et skjult antal står i en anden række.")


def _halves(rows: pd.DataFrame) -> Iterator[Finding]:
    """Shares shown beside a numerator or a denominator that is not, and hidden rows with a number left in them."""
    blank = rows[["numerator", "denominator"]].isna()
    share = rows["unit"].isin(["andel", "pr. 1.000"]) & rows[["value", "low", "high"]].notna().any(
        axis=1
    )
    for row in np.flatnonzero(share & blank.any(axis=1)):
        yield Finding(_place(rows, int(row)), "en andel står uden sin tæller eller nævner.")
    left = (rows["flag"] == "suppressed") & rows[list(NUMBERS)].notna().any(axis=1)
    for row in np.flatnonzero(left):
        yield Finding(_place(rows, int(row)), "en skjult celle har stadig et tal.")


def _place(rows: pd.DataFrame, row: int) -> str:
    one = rows.iloc[row]
    return f"indicators.csv ({one['indicator']} {one['period']})"


def _solved(system: System, threshold: int) -> Iterator[Finding]:
    # That a hidden count is at least so many tells nobody that it is few (ADR 0032).
    needs = Needs(threshold, downwards=False, enough=SHOWN_FINDINGS)
    for breach in audit(system.view, needs).breaches:
        yield Finding(
            f"indicators.csv ({system.named(breach.cell)})",
            f"et antal under {threshold} {_BREACHES[breach.kind]}.",
        )
