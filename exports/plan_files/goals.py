"""`data/goals.csv`: a plan's goals and what the figures say of them.

Belongs here: its columns. Not here: the assessment (`plans.assessment`).
"""

from __future__ import annotations

from exports.plan_files.table import FLAGS, PlanTable, column, flag_of, value_of
from plans.assessment import VERDICT_WORDS, Assessment


def _unit(one: Assessment) -> str:
    figure = one.latest or one.baseline
    return "" if figure is None else figure.unit


GOALS = PlanTable[Assessment](
    "goals",
    "Mål og vurdering",
    "Planens mål med udgangspunkt, seneste tal, måltal og vurdering. Én række for hvert mål.",
    ("goal",),
    lambda report: report.goals,
    (
        column(
            "goal", "string", "Mål", "Målets id i planen.", lambda one: one.goal.id, required=True
        ),
        column(
            "title", "string", "Titel", "Målet i ord.", lambda one: one.goal.title, required=True
        ),
        column(
            "objective",
            "string",
            "Målsætning",
            "Id på den målsætning, målet hører til.",
            lambda one: one.goal.objective,
            required=True,
        ),
        column(
            "indicator",
            "string",
            "Indikator",
            "Som i indicators.csv.",
            lambda one: one.goal.indicator,
            required=True,
        ),
        column(
            "variant", "string", "Variant", "Som i indicators.csv.", lambda one: one.goal.variant
        ),
        column(
            "group",
            "string",
            "Gruppe",
            "Som i indicators.csv.",
            lambda one: one.goal.group,
            one_of=("T", "R", "P"),
        ),
        column(
            "breakdown",
            "string",
            "Fordeling",
            "Den del, målet gælder, fx programme=afklaring; tom for tallet i alt.",
            lambda one: ";".join(f"{dim}={value}" for dim, value in one.goal.dims.items()),
        ),
        column(
            "direction",
            "string",
            "Ønsket retning",
            "up: tallet skal op; down: tallet skal ned.",
            lambda one: one.goal.direction,
            required=True,
            one_of=("up", "down"),
        ),
        column("unit", "string", "Enhed", "Tallenes enhed; tom, hvor der intet tal er.", _unit),
        column(
            "baseline_month",
            "month",
            "Udgangsmåned",
            "Måneden, der sammenlignes med.",
            lambda one: one.goal.baseline,
            required=True,
        ),
        column(
            "baseline",
            "number",
            "Udgangspunkt",
            "Tallet i udgangsmåneden; andele fra 0 til 1.",
            lambda one: value_of(one.baseline),
        ),
        column(
            "baseline_flag",
            "string",
            "Mærke på udgangspunkt",
            "Hvorfor udgangspunktet mangler: som flag i indicators.csv.",
            lambda one: flag_of(one.baseline),
            one_of=FLAGS,
        ),
        column(
            "month", "month", "Måned", "Rapportens måned.", lambda one: one.month, required=True
        ),
        column(
            "latest",
            "number",
            "Seneste tal",
            "Tallet i rapportens måned.",
            lambda one: value_of(one.latest),
        ),
        column(
            "latest_flag",
            "string",
            "Mærke på seneste tal",
            "Hvorfor tallet mangler: som flag i indicators.csv.",
            lambda one: flag_of(one.latest),
            one_of=FLAGS,
        ),
        column(
            "target",
            "number",
            "Måltal",
            "Tom, hvor planen ikke oplyser et måltal.",
            lambda one: one.goal.target,
        ),
        column(
            "deadline",
            "month",
            "Frist",
            "Måneden, måltallet skal være nået.",
            lambda one: one.goal.deadline,
        ),
        column(
            "expected",
            "number",
            "Forventet nu",
            "Den rette linje fra udgangspunkt til måltal i rapportens måned.",
            lambda one: one.expected,
        ),
        column(
            "verdict",
            "string",
            "Vurdering",
            "met opfyldt, on_track på vej, behind bagud, not_assessable kan ikke vurderes.",
            lambda one: one.verdict,
            required=True,
            one_of=tuple(VERDICT_WORDS),
        ),
        column(
            "reason",
            "string",
            "Begrundelse",
            "Vurderingens begrundelse i ord.",
            lambda one: one.reason,
            required=True,
        ),
    ),
)
