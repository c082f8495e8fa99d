"""What a clever reader can work out from the tidy file alone.

Belongs here: every finding in the file's rows. Not here: the rows as one system (`system`), with the sets before (`sets`),
what is asked of what is hidden (`asking`), the solving (`disclosure.audit`), the other files (`workbook_file`, `page_file`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from disclosure.audit.view import TOLERANCE, Contradiction
from exports.stranger.asking import breaches_in
from exports.stranger.cells import Reading, read_cells
from exports.stranger.counted import UnknownFigure
from exports.stranger.finding import Finding
from exports.stranger.sets import Hand, SetBefore, in_one_hand
from exports.stranger.system import as_system
from exports.stranger.tidy_file import NUMBERS

_BREACHES = {
    "small": "er vist",
    "exact": "kan regnes ud",
    "upper": "kan kun være under tærsklen",
    "lower": "kan ikke være mindre, end det er",
    "insider": "kan regnes ud af den ene person i en anden celle",
}
SHOWN_FINDINGS = 20


def disagreeing(rows: pd.DataFrame) -> list[Finding]:
    """Where the rows (`tidy_file`) disagree: one count with two values, or hidden in one row and shown in another, and
    shares that stand without what they are made of.
    """
    try:
        reading = read_cells(rows)
    except UnknownFigure as figure:
        return [Finding(f"indicators.csv ({figure})", "ingen har beskrevet, hvem tallet tæller.")]
    return [*_two_values(reading, rows), *_halves(rows)]


def worked_out(
    rows: pd.DataFrame,
    threshold: int,
    truth: pd.DataFrame | None = None,
    before: Sequence[SetBefore] = (),
    apart: Sequence[int] = (),
    *,
    downwards: bool = False,
) -> list[Finding]:
    """What can be worked out of the rows: small counts in sight, and hidden ones that all sums together give away.

    `truth`: the unprotected rows of the same table, where they are at hand. With them a hidden count's interval is judged by
    what it is, and the search starts from them; without them only what a reader is certain of is found. `before`: what the
    reader has kept of sets published earlier, the oldest first; `apart`: the positions of hidden rows that nobody can
    suppose to be what they were in those (`sets.in_one_hand`). The search ends after `SHOWN_FINDINGS` of a kind.
    `downwards`: ask also how small each can be. The gate does not (ADR 0032).
    """
    try:
        now = as_system(read_cells(rows), truth)
        hand = in_one_hand(before, now, rows if truth is None else truth, apart)
        return list(_solved(hand, threshold, downwards))
    except Contradiction:
        return [Finding("indicators.csv", "tallene stemmer ikke med deres definitioner.")]


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


def _solved(hand: Hand, threshold: int, downwards: bool) -> Iterator[Finding]:
    for cell in hand.given_back[:SHOWN_FINDINGS].tolist():
        place = f"indicators.csv ({hand.named(cell)})"
        yield Finding(place, "et antal, som et tidligere sæt skjuler, er vist uændret.")
    for breach in breaches_in(hand, threshold, SHOWN_FINDINGS, downwards=downwards):
        yield Finding(
            f"indicators.csv ({hand.named(breach.cell)})",
            f"et antal under {threshold} {_BREACHES[breach.kind]}.",
        )
