"""Every rule of "The workbook", each a function from an archive to what breaks it.

Belongs here: the list of them. docs/accessibility.md names them.
"""

from __future__ import annotations

from tests.exports import (
    rules_of_charts,
    rules_of_looks,
    rules_of_printing,
    rules_of_sheets,
    rules_of_tables,
)
from tests.exports.rule_parts import Rule

RULES: tuple[Rule, ...] = (
    *rules_of_sheets.RULES,
    *rules_of_printing.RULES,
    *rules_of_tables.RULES,
    *rules_of_charts.RULES,
    *rules_of_looks.RULES,
)
