"""The sheet Beskæftigelse.

Belongs here: which figures of employment the committee sees, and in which order. Not here: how they
are computed (`indicators.employment`) or drawn.
"""

from __future__ import annotations

from exports.workbook.chart import Figure
from exports.workbook.labels import month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content, Measure

_WIDTHS = (33, 12, 12, 12, 14, 14, 13)

TARGET_ANY = Measure("Målgruppen, ethvert job (pct.)", "pct", "employment_rate", "any")
OTHERS_ANY = Measure("Øvrige borgere, ethvert job (pct.)", "pct", "employment_rate", "any", "R")
GAP = Measure("Forskel (pct.point)", "point", "employment_gap", "any")
TARGET_ORDINARY = Measure("Målgruppen, ordinært job (pct.)", "pct", "employment_rate", "ordinary")

_HEADLINE = (
    TARGET_ANY,
    OTHERS_ANY,
    GAP,
    Measure(
        "Forskel ved samme køn og alder (pct.point)", "point", "employment_gap", "any|standardised"
    ),
    TARGET_ORDINARY,
    Measure("Personer i målgruppen (antal)", "count", "employment_rate", "any", "T", "denominator"),
)
_BREAKDOWN = (
    Measure("I målgruppen (antal)", "count", "employment_rate", "any", "T", "denominator"),
    Measure("Heraf i job (antal)", "count", "employment_rate", "any", "T", "numerator"),
    Measure("I job (pct.)", "pct", "employment_rate", "any"),
    Measure("Usikkerhed fra (pct.)", "pct", "employment_rate", "any", "T", "low"),
    Measure("Usikkerhed til (pct.)", "pct", "employment_rate", "any", "T", "high"),
    Measure("Øvrige borgere i job (pct.)", "pct", "employment_rate", "any", "R"),
)
_RETENTION = (
    Measure("Målgruppen (pct.)", "pct", "retention", "any"),
    Measure("Øvrige borgere (pct.)", "pct", "retention", "any", "R"),
    Measure("Målgruppen, i job et år før (antal)", "count", "retention", "any", "T", "denominator"),
)
_KEPT = "Fastholdt: i job i referenceugen og også 52 uger før; det behøver ikke være det samme job."
_STATES = (
    Measure("Målgruppen (antal)", "count", "benefit_state"),
    Measure("Øvrige borgere (antal)", "count", "benefit_state", "", "R"),
)
_BROKEN_DOWN_BY = ("sex", "age_group", "impairment", "visibility", "job_centre", "district")

_ANY_JOB = "Ethvert job er ordinært job, fleksjob, støttet job og løntilskud."
_STANDARDISED = (
    "Forskel ved samme køn og alder: øvrige borgeres frekvens er regnet om, som om de havde målgruppens fordeling på "
    "køn og alder."
)
_INTERVAL = "Usikkerhed: 95 pct.-interval (Wilson). Brede intervaller betyder få personer."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Beskæftigelse",
        "Andel i job i målgruppen og blandt øvrige borgere, og hvad borgerne lever af",
        _WIDTHS,
    )
    sheet.paragraph(
        f"I {month_name(content.month)} var andelen i job {content.spoken(TARGET_ANY)} i målgruppen og "
        f"{content.spoken(OTHERS_ANY)} blandt øvrige borgere. Forskellen er {content.spoken(GAP)}.",
        lead=True,
    )
    sheet.charts(trend(content, "Figur_Beskaeftigelse_1"))
    sheet.table(
        content.headline(
            "Tabel_Beskaeftigelse_1", "Andel i job", _HEADLINE, _ANY_JOB, _STANDARDISED
        )
    )
    by_age = content.bars(
        "Figur_Beskaeftigelse_2",
        "I job efter alder",
        "Andel i job (pct.)",
        "age_group",
        (TARGET_ANY, OTHERS_ANY),
        names=("Målgruppen", "Øvrige borgere"),
    )
    by_impairment = content.bars(
        "Figur_Beskaeftigelse_3",
        "I job efter funktionsnedsættelse",
        "Andel i job (pct.)",
        "impairment",
        (TARGET_ANY,),
        names=("Målgruppen",),
        form="lying bar",
    )
    sheet.charts(by_age, by_impairment)
    for number, dimension in enumerate(_BROKEN_DOWN_BY, start=2):
        table = content.breakdown(
            f"Tabel_Beskaeftigelse_{number}", "I job", dimension, _BREAKDOWN, _ANY_JOB, _INTERVAL
        )
        sheet.table(table)
    sheet.table(content.headline("Tabel_Fastholdelse_1", "Fastholdelse i job", _RETENTION, _KEPT))
    for number, dimension in enumerate(("sex", "age_group", "impairment"), start=2):
        sheet.table(
            content.breakdown(
                f"Tabel_Fastholdelse_{number}", "Fastholdelse i job", dimension, _RETENTION, _KEPT
            )
        )
    states = content.breakdown("Tabel_Tilstand_1", "Hvad borgerne lever af", "state", _STATES)
    sheet.table(states)
    return sheet


def trend(content: Content, name: str) -> Figure:
    """The line chart of both groups, shown here and on Overblik."""
    return content.trend(
        name,
        "Andel i job i målgruppen og blandt øvrige borgere",
        "Andel i job (pct.)",
        (TARGET_ANY, OTHERS_ANY, TARGET_ORDINARY),
        names=(
            "Målgruppen, ethvert job",
            "Øvrige borgere, ethvert job",
            "Målgruppen, ordinært job",
        ),
    )
