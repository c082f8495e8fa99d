"""`data/activities.csv`: a plan's activities and what the office has recorded of them.

Belongs here: its columns. Not here: the joining (`plans.joining`).
"""

from __future__ import annotations

from exports.plan_files.table import PlanTable, column
from plans.following import ActivityStatus
from plans.lateness import TIMINGS

ACTIVITIES = PlanTable[ActivityStatus](
    "activities",
    "Aktiviteter",
    "Planens aktiviteter og det, kontoret har ført ind om dem. Én række for hver aktivitet.",
    ("activity",),
    lambda report: report.following.activities,
    (
        column(
            "theme",
            "string",
            "Tema",
            "Temaets id i planen.",
            lambda one: one.theme.id,
            required=True,
        ),
        column(
            "theme_title",
            "string",
            "Temaets titel",
            "Temaet i ord.",
            lambda one: one.theme.title,
            required=True,
        ),
        column(
            "objective",
            "string",
            "Målsætning",
            "Målsætningens id i planen.",
            lambda one: one.objective.id,
            required=True,
        ),
        column(
            "objective_title",
            "string",
            "Målsætningens titel",
            "Målsætningen i ord.",
            lambda one: one.objective.title,
            required=True,
        ),
        column(
            "activity",
            "string",
            "Aktivitet",
            "Aktivitetens id i planen.",
            lambda one: one.activity.id,
            required=True,
        ),
        column(
            "parent",
            "string",
            "Del af",
            "Aktiviteten, den er en del af.",
            lambda one: one.activity.parent,
        ),
        column(
            "title",
            "string",
            "Titel",
            "Aktiviteten i ord.",
            lambda one: one.activity.title,
            required=True,
        ),
        column(
            "period",
            "string",
            "Periode",
            "Perioden, som planen skriver den.",
            lambda one: one.activity.period.raw,
            required=True,
        ),
        column(
            "start",
            "string",
            "Begynder",
            "År, måned eller dag, så nøje som planen oplyser det.",
            lambda one: one.activity.period.start,
        ),
        column(
            "end",
            "string",
            "Slutter",
            "År, måned eller dag, så nøje som planen oplyser det.",
            lambda one: one.activity.period.end,
        ),
        column(
            "option_until",
            "string",
            "Option til",
            "Slut, hvis en option bruges.",
            lambda one: one.activity.period.option_until,
        ),
        column(
            "contingent_on",
            "string",
            "Afhænger af",
            "Hvad aktiviteten venter på.",
            lambda one: one.activity.period.contingent_on,
        ),
        column(
            "status",
            "string",
            "Status",
            "Kontorets status, eller ikke oplyst.",
            lambda one: one.status,
            required=True,
        ),
        column(
            "status_date",
            "date",
            "Statusdato",
            "Dagen, status blev vurderet.",
            lambda one: one.status_date,
        ),
        column(
            "stage",
            "string",
            "Stadie",
            "planlagt, i gang, gennemført, udgået eller ikke oplyst, efter status.",
            lambda one: one.stage_word,
            required=True,
        ),
        column(
            "timing",
            "string",
            "Tid",
            "in_time ikke forfalden, overdue forfalden, not_begun ikke begyndt til tiden, not_settled ikke oplyst.",
            lambda one: one.lateness.timing,
            required=True,
            one_of=TIMINGS,
        ),
        column(
            "timing_reason",
            "string",
            "Begrundelse for tid",
            "Hvorfor den er forfalden, eller hvad der ikke er oplyst.",
            lambda one: one.lateness.reason,
        ),
        column("comment", "string", "Kommentar", "Kontorets bemærkning.", lambda one: one.comment),
        column(
            "revision_needed",
            "boolean",
            "Revision nødvendig",
            "Kontorets svar; tom, hvor det ikke har svaret.",
            lambda one: one.revision.needed,
        ),
        column(
            "revision_reason",
            "string",
            "Begrundelse for revision",
            "Hvorfor planen bør eller ikke bør revideres.",
            lambda one: one.revision.reason,
        ),
        column(
            "anchored",
            "boolean",
            "Forankret",
            "Om aktiviteten er skrevet ind i et dokument, som kontoret har ført ind.",
            lambda one: bool(one.anchors),
            required=True,
        ),
    ),
)
