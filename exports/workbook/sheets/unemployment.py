"""The sheet Langtidsledighed.

Belongs here: which figures of unemployment the committee sees, and in which order. Not here: how
they are computed (`indicators.unemployment`) or drawn.
"""

from __future__ import annotations

from exports.workbook.labels import month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content, Measure

_WIDTHS = (33, 12, 13, 13, 12, 13, 13)

LONG_TERM = Measure("Langtidsledige, jobparate (antal)", "count", "ltu_80", "narrow")
_SHARE = Measure("Andel af ledige, jobparate (pct.)", "pct", "ltu_80_share", "narrow")
_WIDE = Measure("Langtidsledige, bredt (antal)", "count", "ltu_80", "wide")
_SHARE_WIDE = Measure("Andel af ledige, bredt (pct.)", "pct", "ltu_80_share", "wide")
_COLUMNS = (
    Measure("Ledige, jobparate (antal)", "count", "unemployed", "narrow"),
    LONG_TERM,
    _SHARE,
    Measure("Ledige, bredt (antal)", "count", "unemployed", "wide"),
    _WIDE,
    _SHARE_WIDE,
)
_A_YEAR = (
    Measure("Ledige i et år, jobparate (antal)", "count", "ltu_52", "narrow"),
    Measure("Ledige i et år, bredt (antal)", "count", "ltu_52", "wide"),
)
_FIFTY_TWO = (
    "Ledig i et år: ledighed i mindst 52 uger, hvor ophold på højst fire uger uden job ikke afbryder. Det er en anden regel "
    "end langtidsledig, og tallene kan ikke sammenlignes."
)
_BROKEN_DOWN_BY = (
    "sex",
    "age_group",
    "impairment",
    "visibility",
    "benefit_group",
    "job_centre",
    "district",
)
_WHO = "Langtidsledig: ledig i mindst 42 af de seneste 52 uger og i månedens sidste hele uge."
_HOW_WIDE = "Bredt opgjort medregner aktivitetsparate, ledighedsydelse og integrationsydelse."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Langtidsledighed",
        "Ledige og langtidsledige i målgruppen, jobparate og bredt opgjort",
        _WIDTHS,
    )
    sheet.paragraph(
        f"I {month_name(content.month)} var antallet af jobparate langtidsledige i målgruppen "
        f"{content.spoken(LONG_TERM)}. Deres andel af de jobparate ledige var {content.spoken(_SHARE)}.",
        lead=True,
    )
    trend = content.trend(
        "Figur_Langtidsledighed_1",
        "Langtidsledige i målgruppen",
        "Personer (antal)",
        (LONG_TERM, _WIDE),
        names=("Jobparate", "Bredt opgjort"),
    )
    sheet.charts(trend)
    sheet.table(
        content.headline(
            "Tabel_Langtidsledighed_1", "Langtidsledige i målgruppen", _COLUMNS, _WHO, _HOW_WIDE
        )
    )
    by_age = content.bars(
        "Figur_Langtidsledighed_2",
        "Langtidslediges andel efter alder",
        "Andel af ledige (pct.)",
        "age_group",
        (_SHARE, _SHARE_WIDE),
        names=("Jobparate", "Bredt opgjort"),
    )
    by_impairment = content.bars(
        "Figur_Langtidsledighed_3",
        "Langtidsledige efter funktionsnedsættelse",
        "Personer (antal)",
        "impairment",
        (_WIDE,),
        names=("Bredt opgjort",),
        form="lying bar",
    )
    sheet.charts(by_age, by_impairment)
    for number, dimension in enumerate(_BROKEN_DOWN_BY, start=2):
        table = content.breakdown(
            f"Tabel_Langtidsledighed_{number}",
            "Langtidsledige",
            dimension,
            _COLUMNS,
            _WHO,
            _HOW_WIDE,
        )
        sheet.table(table)
    sheet.table(content.headline("Tabel_Ledigtaar_1", "Ledige i et år", _A_YEAR, _FIFTY_TWO))
    return sheet
