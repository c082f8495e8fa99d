"""The workbook of registers that the office keeps itself: sixteen sheets in one XLSX.

Here belongs: which sheets, in which order. Here does not belong: what stands in them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from synthetic.kept_sheets import Office, PlanIds
from synthetic.office_registers import office_sheets
from synthetic.plan_registers import plan_sheets
from synthetic.work import Employers

SHEETS = (
    "activities", "milestones", "decisions", "targets", "staff_targets", "budgets", "deliverables",
    "contracts", "sites", "surveys", "training", "consultants", "partners", "tenders", "anchoring",
    "organisation",
)  # fmt: skip


def register_sheets(
    office: Office, plans: Sequence[PlanIds], employers: Employers
) -> dict[str, pa.Table]:
    """Every sheet by name, in the workbook's order; without plans the sheets of plans are empty."""
    made = {**plan_sheets(office, plans), **office_sheets(office, employers)}
    return {name: made[name] for name in SHEETS}
