"""The sheet Langtidsledighed.

Belongs here: which figures of unemployment the committee sees, and in which order. Not here: how
they are computed (`indicators.unemployment`) or drawn.
"""

from __future__ import annotations

from exports.workbook.labels import month_name
from exports.workbook.page import Page
from exports.workbook.series import Content, Measure

WIDTHS = (33, 12, 13, 13, 12, 13, 13)

LONG_TERM = Measure("Langtids-ledige, jobparate (antal)", "count", "ltu_80", "narrow")
_SHARE = Measure("Andel af ledige, jobparate (pct.)", "pct", "ltu_80_share", "narrow")
_WIDE = Measure("Langtids-ledige, bredt (antal)", "count", "ltu_80", "wide")
_SHARE_WIDE = Measure("Andel af ledige, bredt (pct.)", "pct", "ltu_80_share", "wide")
_COLUMNS = (
    Measure("Ledige, jobparate (antal)", "count", "unemployed", "narrow"),
    LONG_TERM,
    _SHARE,
    Measure("Ledige, bredt (antal)", "count", "unemployed", "wide"),
    _WIDE,
    _SHARE_WIDE,
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


def write(page: Page, content: Content, data: Page) -> None:
    """Write the sheet."""
    page.title("Langtidsledighed")
    page.paragraph(
        f"I {month_name(content.month)} var antallet af jobparate langtidsledige i målgruppen "
        f"{content.spoken(LONG_TERM)}. Deres andel af de jobparate ledige var {content.spoken(_SHARE)}.",
        lead=True,
    )
    page.gap(8)
    trend = content.trend(
        "Figur_Langtidsledighed_1",
        "Langtidsledige i målgruppen",
        "Personer (antal)",
        (LONG_TERM, _WIDE),
        names=("Jobparate", "Bredt opgjort"),
    )
    page.charts([trend], data)
    page.table(
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
    page.charts([figure for figure in (by_age, by_impairment) if figure], data)
    for number, dimension in enumerate(_BROKEN_DOWN_BY, start=2):
        table = content.breakdown(
            f"Tabel_Langtidsledighed_{number}",
            "Langtidsledige",
            dimension,
            _COLUMNS,
            _WHO,
            _HOW_WIDE,
        )
        if table:
            page.table(table)
    page.finish(signs=True)
