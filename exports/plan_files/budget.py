"""`data/budget.csv`: a plan's money, line by line and year by year, never summed.

Belongs here: its columns. Not here: the joining (`plans.money`).
"""

from __future__ import annotations

from exports.plan_files.table import FLAGS, PlanTable, column, flag_of, value_of
from plans.money import BudgetUse

BUDGET = PlanTable[BudgetUse](
    "budget",
    "Budget og forbrug",
    "Planens budgetlinjer år for år. Linjer i forskellige prisniveauer må ikke lægges sammen.",
    ("line", "year", "price_level"),
    lambda report: report.budgets,
    (
        column("line", "string", "Linje", "Budgetlinjens id.", lambda one: one.line, required=True),
        column(
            "title",
            "string",
            "Titel",
            "Linjen i ord; tom, hvor planen ikke har den.",
            lambda one: one.title,
        ),
        column("year", "integer", "År", "Budgetåret.", lambda one: one.year, required=True),
        column(
            "price_level",
            "string",
            "Prisniveau",
            "Tom, hvor det ikke er oplyst.",
            lambda one: one.price_level,
        ),
        column(
            "promised",
            "number",
            "Planens beløb",
            "1.000 kr., som planen oplyser det.",
            lambda one: one.promised,
        ),
        column(
            "entered_level",
            "string",
            "Budgettets prisniveau",
            "Som kontoret har ført det ind; tom, hvor kontoret intet har ført ind.",
            lambda one: one.entered_level,
        ),
        column(
            "budget",
            "number",
            "Budget",
            "1.000 kr., som kontoret har ført det ind.",
            lambda one: one.budget,
        ),
        column(
            "spent",
            "number",
            "Forbrug",
            "Kroner i året til og med rapportens måned.",
            lambda one: value_of(one.spent),
        ),
        column(
            "spent_flag",
            "string",
            "Mærke på forbrug",
            "Hvorfor forbruget mangler: som flag i indicators.csv.",
            lambda one: flag_of(one.spent),
            one_of=FLAGS,
        ),
        column(
            "share",
            "number",
            "Forbrug af budget",
            "Forbruget i forhold til budgettet.",
            lambda one: value_of(one.share),
        ),
        column(
            "source", "string", "Finansiering", "Hvor pengene kommer fra.", lambda one: one.source
        ),
        column("note", "string", "Bemærkning", "Hvad kilden ikke gør klart.", lambda one: one.note),
    ),
)
