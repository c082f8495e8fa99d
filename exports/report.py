"""The report: everything the writers of a set are handed, already computed, protected and assessed.

Belongs here: the plain data of one plan's report of one month. Not here: how it is computed or
protected, and how it is written (`workbook`, `tidy`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from exports.revisions import Revisions
    from plans.assessment import Assessment
    from plans.following import Following
    from plans.money import BudgetUse
    from plans.office import Office
    from plans.schema import Plan


@dataclass(frozen=True)
class SourceStatus:
    """One source as the reader should know it: which delivery is in force, how much of it was used,
    how old it is.

    `title` is Danish. `newest` is the newest period in the delivery (`2020-W26`, `2020-06` or
    `2020-05-31`) and `age_days` its age at the report's reference date. `verdict` is a Danish
    sentence or blank; `failed_checks` are Danish sentences without personal data; `in_force_note`
    tells when an older delivery is used and why. Rows add up: `rows_in` = `used` + `quarantined` +
    `duplicates`.
    """

    source: str
    title: str
    delivery_id: str
    file_name: str
    rows_in: int
    used: int
    quarantined: int
    duplicates: int
    newest: str
    age_days: int
    verdict: str = ""
    failed_checks: tuple[str, ...] = ()
    in_force_note: str = ""


@dataclass(frozen=True)
class Report:
    """One plan's report of one month.

    `month` is `YYYY-MM` and `reference_date` its last day. `table` is the protected tidy table with
    the columns of `exports.tidy.COLUMNS`: every period up to `month`, totals and one-way rows
    (two-way rows are ignored by the workbook). `reasons` holds (indicator id, period or range,
    Danish reason) for what was not computed. `unknown_codes` holds (code, weeks seen, None when
    they are fewer than the threshold). `age_range`
    is inclusive, completed years. `news` are Danish sentences on what is new since the last report.
    `unknown_persons` holds (source, persons the population register does not know, None when they are
    fewer than the threshold but some), and likewise for DREAM rows that no key tells the person of.
    `following` is what the office recorded of the plan's parts, `budgets` the plan's money line by line, `office` the
    registers that follow no plan, all as they stood on the reference date. `revisions` are earlier published figures that
    changed. `official` False marks every sheet IKKE OFFICIEL, and `what_if` then holds (what, value) of what was changed
    for the trial, in Danish.
    """

    plan: Plan
    month: str
    reference_date: date
    version: int
    goals: tuple[Assessment, ...]
    table: pd.DataFrame
    sources: tuple[SourceStatus, ...]
    reasons: tuple[tuple[str, str, str], ...]
    unknown_codes: tuple[tuple[str, int | None], ...]
    unknown_persons: tuple[tuple[str, int | None], ...]
    hidden_primary: int
    hidden_secondary: int
    hidden_after_shown: int
    threshold: int
    target_group_rule: str
    target_group_definition: str
    municipality: str
    age_range: tuple[int, int]
    following: Following
    budgets: tuple[BudgetUse, ...]
    office: Office
    revisions: Revisions
    official: bool
    what_if: tuple[tuple[str, str], ...] = ()
    news: tuple[str, ...] = ()
