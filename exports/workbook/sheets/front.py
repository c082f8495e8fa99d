"""The sheets Forside and Indhold.

Belongs here: what the report is and where things are. Not here: any figure of an indicator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exports.report import SourceStatus
from exports.workbook.figures import Mark
from exports.workbook.labels import long_date, moment, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content
from exports.workbook.sheets.overview import summary
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Link, Value
from plans.parts import NOT_STATED
from plans.schema import Plan

_FRONT_WIDTHS = (32, 13, 13, 42)
_CONTENTS_WIDTHS = (30, 82)

_OFFICE = "Beskæftigelses- og Integrationsforvaltningen"


def front(content: Content) -> Sheet:
    """What Forside says: six lines and the age of the sources."""
    report, plan = content.report, content.report.plan
    youngest, oldest = report.age_range
    sheet = Sheet(
        "Forside",
        "Hvad rapporten er, og hvor gamle kilderne er",
        _FRONT_WIDTHS,
        heading=f"Midtvejsstatus {month_name(report.month)}",
    )
    lines = (
        f"Hvad: status på {_with_period(plan)} for borgere med handicap, {report.municipality}, "
        f"{youngest}–{oldest} år.",
        f"Pr.: {long_date(report.reference_date)}. Tallene beskriver situationen på denne dag, ikke i dag.",
        f"Til: {plan.committee}. Fra: {plan.owner}.",
        f"Målgruppe: {report.target_group_definition.rstrip('.')} (regel {report.target_group_rule}).",
        f"Hvordan det går: {summary(content)}",
        f"Nyt: {' '.join(report.news) if report.news else _first_or_next(report.version)}",
    )
    for line in filter(None, (*lines, plan.standing(report.reference_date))):
        sheet.paragraph(line, lead=True)
    if report.what_if:
        changed = "; ".join(f"{what}: {value}" for what, value in report.what_if)
        sheet.paragraph(f"Prøveberegning med ændrede forudsætninger: {changed}.", lead=True)
    sheet.link("Gå til overblikket over planens mål", "Overblik")
    sheet.link("Gå til indholdsfortegnelsen", "Indhold")
    rows: list[tuple[Value, ...]] = [
        (
            source.title,
            moment(source.newest) or NOT_STATED,
            source.age_days if source.delivery_id else Mark.NOT_COMPUTED,
            _remark(source),
        )
        for source in report.sources
    ]
    sheet.table(
        Table(
            "Tabel_Kilder_1",
            "Kilderne og deres alder",
            "alder i dage på opgørelsesdagen",
            "Leverancerne til opgørelsen; se arket Datakvalitet",
            (
                Column("Kilde", "text"),
                Column("Nyeste data", "text"),
                Column("Alder (dage)", "number"),
                Column("Bemærkning", "text"),
            ),
            rows or [no_rows("Ingen kilder", 4)],
        )
    )
    return sheet


def contents(sheets: Sequence[Sheet]) -> Sheet:
    """What Indhold says: a link to each of the sheets that follow and what is on it."""
    sheet = Sheet("Indhold", "Hvor tingene står", _CONTENTS_WIDTHS)
    sheet.table(
        Table(
            "Tabel_Indhold_1",
            "Arkene i denne fil",
            "ikke relevant",
            _OFFICE,
            (Column("Ark", "link"), Column("Her finder du", "text")),
            [(Link(one.name, one.name), one.purpose) for one in sheets],
        )
    )
    return sheet


def _with_period(plan: Plan) -> str:
    """The plan's title, and its years where the title does not tell them."""
    start, end = plan.period_label[:4], plan.period_label[-2:]
    told = re.search(rf"{start}–(\d\d)?{end}\b", plan.title)
    return plan.title if told else f"{plan.title} ({plan.period_label})"


def _first_or_next(version: int) -> str:
    if version == 1:
        return "dette er den første udgave for måneden."
    return f"dette er udgave {version} for måneden; den erstatter udgave {version - 1}."


def _remark(source: SourceStatus) -> str:
    """In few words; the whole verdict stands on Datakvalitet."""
    if source.in_force_note:
        return source.in_force_note
    if not source.delivery_id:
        return "Ikke leveret, og der er ikke brug for den"
    remarked = source.failed_checks or source.quarantined or source.duplicates
    return "Brugt; bemærkninger på arket Datakvalitet" if remarked else "Modtaget og brugt"
