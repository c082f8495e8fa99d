"""`data/revisions.csv`: figures that were published before and are others now.

Belongs here: its columns. Not here: finding them (`exports.revisions`).
"""

from __future__ import annotations

from exports.plan_files.table import PlanTable, column
from exports.revisions import STATES, Revision

REVISIONS = PlanTable[Revision](
    "revisions",
    "Ændrede tal",
    "Tal, der er offentliggjort før og nu er ændret. Er tallet skjult i et af de to sæt, vises ingen af dem.",
    ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"),
    lambda report: report.revisions.figures,
    (
        column(
            "indicator",
            "string",
            "Indikator",
            "Som i indicators.csv.",
            lambda one: one.indicator,
            required=True,
        ),
        column("variant", "string", "Variant", "Som i indicators.csv.", lambda one: one.variant),
        column(
            "period",
            "month",
            "Måned",
            "Måneden, tallet gælder.",
            lambda one: one.period,
            required=True,
        ),
        column(
            "group",
            "string",
            "Gruppe",
            "Som i indicators.csv.",
            lambda one: one.group,
            one_of=("T", "R", "P"),
        ),
        column("dim1", "string", "Fordeling", "Som i indicators.csv.", lambda one: one.dim1),
        column("value1", "string", "Kategori", "Som i indicators.csv.", lambda one: one.value1),
        column("dim2", "string", "Anden fordeling", "Som i indicators.csv.", lambda one: one.dim2),
        column(
            "value2", "string", "Anden kategori", "Som i indicators.csv.", lambda one: one.value2
        ),
        column("unit", "string", "Enhed", "Tallets enhed.", lambda one: one.unit, required=True),
        column(
            "old_state",
            "string",
            "Før",
            "Hvad det forrige sæt viste: shown et tal, suppressed skjult, missing intet at dele med, "
            "not_computed ikke opgjort, absent fandtes ikke.",
            lambda one: one.old_state,
            required=True,
            one_of=STATES,
        ),
        column(
            "old", "number", "Tal før", "Tom, medmindre begge tal må vises.", lambda one: one.old
        ),
        column(
            "new_state",
            "string",
            "Nu",
            "Som old_state, i dette sæt.",
            lambda one: one.new_state,
            required=True,
            one_of=STATES,
        ),
        column(
            "new", "number", "Tal nu", "Tom, medmindre begge tal må vises.", lambda one: one.new
        ),
        column(
            "cause",
            "string",
            "Årsag",
            "De leverancer, der kan have ændret tallet.",
            lambda one: one.cause,
            required=True,
        ),
    ),
)
