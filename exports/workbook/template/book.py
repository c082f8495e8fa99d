"""The template as a whole: which sheets, in which order, and its properties.

Belongs here: assembling. Not here: what stands on a sheet (`guide`, `register`, `lists`), the
bytes (`archive`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from expectations.contract import Contract
from exports.workbook import theme
from exports.workbook.archive import finish_archive
from exports.workbook.book import name_normal_font
from exports.workbook.template import guide, lists
from exports.workbook.template.register import write_register
from plans.parts import first_day, last_day
from plans.schema import Plan


def write_template(
    path: Path, contract: Contract, plans: Sequence[Plan], every_plan: Sequence[Plan]
) -> None:
    """Write the workbook to fill in for the registers of the contract.

    Rows are handed out for `plans`; the lists offer the ids of `every_plan` too. The same contract
    and plans give the same bytes. Raises `OSError` when the disk refuses; nothing is then left at
    the path.
    """
    book = Workbook()
    name_normal_font(book)
    book.remove(book.worksheets[0])
    guide.write_guide(book.create_sheet(guide.TITLE), contract, every_plan)
    gathered = lists.Lists()
    for table in contract.tables:
        sheet = book.create_sheet(table.name)
        sheet.sheet_properties.tabColor = theme.NAVY
        write_register(sheet, table, plans, every_plan, gathered)
    guide.write_lists(book.create_sheet(lists.TITLE), gathered, contract.title)
    properties = book.properties
    properties.title = contract.title
    properties.subject = f"Skabelon, kontraktens version {contract.version}"
    properties.creator = contract.supplier.partition(" (")[0]
    properties.lastModifiedBy = None
    properties.language = "da-DK"
    book.active = 0
    book.worksheets[0].sheet_view.tabSelected = True
    # The template is as old as the newest plan it knows: no clock decides its bytes.
    dated = max(
        last_day(plan.dated) if plan.dated else first_day(plan.start) for plan in every_plan
    )
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".template-") as folder:
        draft, done = Path(folder) / "draft.xlsx", Path(folder) / "done.xlsx"
        book.save(draft)
        finish_archive(draft, done, dated, {})
        done.replace(path)
