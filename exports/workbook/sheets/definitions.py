"""The sheet Definitioner: what the plan stands on, and how every indicator is made and where its definition comes from.

Belongs here: laying them out. Not here: the words (`indicators/catalogue.yaml`, `plans.grounds_table`).
"""

from __future__ import annotations

from exports.workbook.labels import STATES, in_danish
from exports.workbook.outline import Sheet
from exports.workbook.series import Content
from exports.workbook.table import Column, Table
from exports.workbook.values import Value
from indicators.catalogue import catalogue
from indicators.codes import HOLIDAY, code_table
from plans.grounds_table import grounds
from plans.schema import Plan

_WIDTHS = (25, 12, 36, 32, 48, 27, 12)

_GROUNDS = (Column("Det siger planen", "text"), Column("Det lader den stå åbent", "text"))
_HOLIDAY = "En uge uden ydelse"
_UNVERIFIED = (
    "ikke bekræftet: koden er senere end den offentlige tabel og lagt til efter almindelig viden"
)
_GOOD = {"up": "højere er bedre", "down": "lavere er bedre", "none": "ingen retning"}


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    report = content.report
    youngest, oldest = report.age_range
    sheet = Sheet(
        "Definitioner",
        "Målgruppen og hver indikator: tæller, nævner, metode og grundlag",
        _WIDTHS,
        landscape=True,
    )
    sheet.paragraph(
        f"Målgruppen: {report.target_group_definition.rstrip('.')}. Reglen hedder {report.target_group_rule}. "
        f"Øvrige borgere er alle andre med bopæl i {report.municipality} i alderen {youngest}–{oldest} år. "
        "Referenceugen er den sidste hele uge, der slutter senest på månedens sidste dag.",
    )
    sheet.table(_plan(report.plan))
    rows: list[tuple[Value, ...]] = [
        (
            entry.title_da,
            "pct." if entry.unit == "andel" else entry.unit,
            entry.numerator,
            entry.denominator or "ingen",
            f"{entry.method} ({_GOOD[entry.good]})",
            entry.source,
            ", ".join(entry.requirements),
        )
        for entry in catalogue().values()
    ]
    sheet.table(
        Table(
            "Tabel_Definitioner_1",
            "Indikatorerne",
            "står i hver række",
            "Projektets katalog over indikatorer",
            (
                Column("Indikator", "text"),
                Column("Enhed", "text"),
                Column("Tæller", "text"),
                Column("Nævner", "text"),
                Column("Sådan opgøres den", "text"),
                Column("Grundlag", "text"),
                Column("Krav", "text"),
            ),
            rows,
        )
    )
    sheet.table(_codes())
    return sheet


def _codes() -> Table:
    return Table(
        "Tabel_Ydelseskoder_1",
        "Ydelseskoderne, og hvad en uge med hver af dem tæller som",
        "ikke relevant",
        "DREAM",
        (
            Column("Ydelse", "text"),
            Column("Kode", "text"),
            Column("Tæller som", "text"),
            Column("Aktivitet", "text"),
            Column("Belæg", "text"),
        ),
        [
            (
                row.group_da,
                str(row.code),
                _HOLIDAY if row.state == HOLIDAY else STATES[row.state],
                row.activity_da or "ingen",
                "offentlig kodetabel, november 2015" if row.verified else _UNVERIFIED,
            )
            for row in code_table()
        ],
    )


def _plan(plan: Plan) -> Table:
    return Table(
        "Tabel_Grundlag_1",
        "Planens grundlag",
        "ikke relevant",
        plan.title,
        (Column("Emne", "text"), Column("Krav", "text"), *_GROUNDS),
        [
            (
                one.title,
                ", ".join(one.part.requirements) or "ingen",
                in_danish(one.words),
                one.note or "intet åbent",
            )
            for one in grounds(plan)
        ],
    )
