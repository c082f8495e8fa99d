"""The municipality as employer: staff on special terms by administration and scheme, against the targets of the year.

Belongs here: `staff_special_terms`. Not here: what contracts ask of suppliers (`contracts`).

Definition: the specification's "Employers, the municipality as employer, suppliers". A target that not all three bodies have
approved is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from indicators.calendar import date_of, last_day
from indicators.categories import ADMINISTRATIONS, STAFF_SCHEMES
from indicators.lines import Dims, Lines, Row, count, ratio

INDICATOR = "staff_special_terms"
VARIANTS = ("latest", "mean", "target", "fulfilment")
APPROVALS = ("godkendt_bif", "godkendt_oekf", "godkendt_br")
NOT_APPROVED = "ikke godkendt"
YEAR = 12

Cell = tuple[str, str]
CELLS: tuple[Cell, ...] = tuple((a, s) for a in ADMINISTRATIONS for s in STAFF_SCHEMES)


@dataclass(frozen=True)
class _Place:
    """A row of the matrix: a cell, or a margin with the cells that are summed."""

    dims: Dims
    cells: tuple[Cell, ...]


PLACES = (
    _Place((), CELLS),
    *(
        _Place((("administration", a),), tuple(c for c in CELLS if c[0] == a))
        for a in ADMINISTRATIONS
    ),
    *(_Place((("scheme", s),), tuple(c for c in CELLS if c[1] == s)) for s in STAFF_SCHEMES),
    *(_Place((("administration", cell[0]), ("scheme", cell[1])), (cell,)) for cell in CELLS),
)


def staff_figures(
    staff: Sequence[Row] | None, targets: Sequence[Row] | None, months: Sequence[int]
) -> pd.DataFrame:
    """`staff_special_terms` of the year so far: the latest month, the mean of the months, the target, and the first over the
    last. None stands for what was never delivered."""
    lines = Lines(months)
    lacking = [staff is None, staff is None, targets is None, staff is None or targets is None]
    for variant, is_lacking in zip(VARIANTS, lacking, strict=True):
        if is_lacking:
            lines.not_computed(INDICATOR, [variant])
    numbers = {
        (row["maaned"], row["forvaltning"], row["ordning"]): row["antal"] for row in staff or ()
    }
    of_year = {(row["aar"], row["forvaltning"], row["ordning"]): row for row in targets or ()}
    for month in months:
        year = range(month - month % YEAR, month + 1)
        counted = sorted({key[0] for key in numbers if key[0] in year})
        latest = {cell: _latest(numbers, cell, counted) for cell in CELLS}
        stated = {cell: of_year.get((month // YEAR, *cell), {}) for cell in CELLS}
        day = date_of(last_day(month))
        for place in PLACES:
            told = [n for cell in place.cells if (n := latest[cell]) is not None]
            now = sum(told) if told else None
            goals = [n for cell in place.cells if (n := stated[cell].get("maaltal")) is not None]
            target = sum(goals) if len(goals) == len(place.cells) else None
            mark = NOT_APPROVED if _lacks_approval([stated[c] for c in place.cells], day) else ""
            if staff is not None:
                whole = sum(numbers.get((m, *cell), 0) for m in counted for cell in place.cells)
                lines.write(INDICATOR, "latest", month, count(now), place.dims)
                lines.write(INDICATOR, "mean", month, ratio(whole, len(counted)), place.dims)
            if targets is not None:
                lines.write(INDICATOR, "target", month, count(target, mark), place.dims)
            if staff is not None and targets is not None:
                lines.write(INDICATOR, "fulfilment", month, ratio(now, target, mark), place.dims)
    return lines.table()


def _latest(
    numbers: dict[tuple[int, str, str], int], cell: Cell, months: Sequence[int]
) -> int | None:
    found = [numbers[month, *cell] for month in months if (month, *cell) in numbers]
    return found[-1] if found else None


def _lacks_approval(targets: Sequence[Row], day: date) -> bool:
    """Whether any target that is stated was not approved by all three bodies by the day."""
    return any(
        target.get("maaltal") is not None
        and any(target[body] is None or target[body] > day for body in APPROVALS)
        for target in targets
    )
