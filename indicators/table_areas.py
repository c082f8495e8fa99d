"""From small tables without people to the figures of their areas.

Belongs here: which figures an area of such tables has. Not here: areas of people, which are counted in blocks (`areas`), the
figures themselves (the area modules), reading the tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa

from indicators import kept_registers, kept_staff
from indicators.budgets import budget_figures
from indicators.contracts import contract_figures
from indicators.employers import employer_figures
from indicators.figures import tidy
from indicators.lines import Lines, Row, rows_of
from indicators.own_employer import staff_figures

Source = Mapping[str, pa.Table] | None
"""A source's tables by name, a sheet each for the registers; None when it was never delivered."""


def figures(
    area: str,
    sources: Mapping[str, Source],
    months: Sequence[int],
    job_centres: Sequence[str] = (),
) -> pd.DataFrame:
    """The tidy rows of an area from the sources it reads. `job_centres` are those of the target group."""

    def rows(source: str, table: str) -> list[Row] | None:
        tables = sources[source]
        if tables is None:
            return None
        return rows_of(tables[table]) if table in tables else []

    match area:
        case "employers":
            return employer_figures(rows("employer_contacts", "employer_contacts"), months)
        case "own_employer":
            targets = rows("registers", "staff_targets")
            return staff_figures(rows("staff", "staff"), targets, months)
        case "budgets":
            ledger = rows("spending", "spending")
            return budget_figures(rows("registers", "budgets"), ledger, months)
        case "kept_registers":
            contracts = contract_figures(rows("registers", "contracts"), months)
            return tidy([contracts, _kept(sources["registers"], months, job_centres)])
    raise ValueError(f"there is no area {area}")


def _kept(registers: Source, months: Sequence[int], job_centres: Sequence[str]) -> pd.DataFrame:
    lines = Lines(months)
    if registers is None:
        for indicator, variants in {**kept_registers.VARIANTS, **kept_staff.VARIANTS}.items():
            lines.not_computed(indicator, variants)
        return lines.table()
    sheets = {name: rows_of(table) for name, table in registers.items()}
    kept_registers.write_plan_registers(lines, sheets)
    kept_staff.write_staff_registers(lines, sheets, job_centres)
    return lines.table()
