"""The tables of Registre that follow the plan's parts: activities by status, milestones, decisions, deliverables, targets.

Belongs here: laying out what the office recorded of them. Not here: the registers that follow no plan (`registers`), the
joining (`plans.joining`).
"""

from __future__ import annotations

from collections.abc import Mapping

from exports.workbook.labels import moment, month_name
from exports.workbook.recorded import OFFICE, dated, figure_reading, office_table, told
from exports.workbook.series import Content
from exports.workbook.sheets.whereabouts import STANDS
from exports.workbook.table import Column, Table, no_rows
from indicators.categories import STATUS_NOT_STATED, STATUSES
from plans.figures import figure_at, of_indicator
from plans.parts import NOT_STATED
from plans.promises import Deliverable


def milestones(content: Content) -> Table:
    """Every milestone of the plan, and when it was reached."""
    return office_table(
        "Tabel_Milepaele_1",
        STANDS["milestones"].heading,
        "Planen, og milepælsregistret",
        ("Milepæl", "Instans", "Planlagt", "Nået", "Til tiden?", "Journalnummer", "Forbehold"),
        [
            (
                one.milestone.title or one.milestone.id,
                told(one.body),
                dated(one.planned),
                dated(one.actual) if one.actual else "ikke nået",
                one.word,
                told(one.journal_number),
                one.milestone.note or "ingen",
            )
            for one in content.report.following.milestones
        ],
    )


def statuses(content: Content) -> Table:
    """How many of the plan's activities have each status, as the figure behind is published."""
    rows = of_indicator(content.report.table, "activity_status")
    month = content.month
    read = []
    for status in (*STATUSES, STATUS_NOT_STATED):
        dims = (("plan", content.report.plan.id), ("status", status))
        figure = figure_at(rows, month, dims=dims)
        read.append((status, figure_reading(figure, "number", "activity_status", "", month, dims)))
    return Table(
        "Tabel_Status_1",
        f"Planens aktiviteter efter status, {month_name(month)}",
        "antal aktiviteter",
        f"Aktivitetsregistret, {OFFICE}",
        (Column("Status", "text"), Column("Aktiviteter", "number")),
        read,
    )


def decisions(content: Content) -> Table:
    """What the bodies have decided on parts of the plan."""
    return office_table(
        "Tabel_Beslutninger_1",
        STANDS["decisions"].heading,
        "Beslutningsregistret",
        ("Om", "Instans", "Afgørelse", "Dato"),
        [
            (
                f"{one.subject} {one.title}".strip(),
                one.approval.body,
                one.approval.outcome,
                dated(one.approval.when),
            )
            for one in content.report.following.decisions
        ],
    )


def deliverables(content: Content) -> Table:
    """Each deliverable for each audience, who shall take part, and what the plan leaves open."""
    promised = {one.id: one for one in content.report.plan.deliverables}
    return office_table(
        "Tabel_Leverancer_2",
        STANDS["deliverables"].heading,
        "Leveranceregistret",
        ("Leverance", "Målgruppe", "Frist", "Opgjort", "Status", "Skal inddrages", "Forbehold"),
        [
            (
                one.title or one.deliverable,
                one.audience or "alle",
                told(moment(one.due)),
                dated(one.when),
                one.status,
                *_terms(one.deliverable, promised),
            )
            for one in content.report.following.deliverables
        ],
    )


def _terms(deliverable: str, promised: Mapping[str, Deliverable]) -> tuple[str, str]:
    """Who shall take part, and what the plan leaves open."""
    one = promised.get(deliverable)
    if one is None:
        return NOT_STATED, "ingen"
    repeats = f"Det samme som »{promised[one.same_as].title}«." if one.same_as else ""
    said = " ".join(filter(None, [one.note, repeats]))
    return "; ".join(one.involves) or "ingen nævnt", said or "ingen"


def targets(content: Content) -> Table:
    """The result targets the office has entered."""
    return Table(
        "Tabel_Resultatmaal_1",
        STANDS["targets"].heading,
        "står i hver række",
        f"Registret over resultatmål, {OFFICE}",
        (
            Column("Resultatmål", "text"),
            Column("Enhed", "text"),
            Column("År", "text"),
            Column("Måltal", "number"),
            Column("Godkendt", "text"),
        ),
        [
            (
                one.title or one.target,
                told(one.unit),
                str(one.year),
                one.value if one.value is not None else NOT_STATED,
                "godkendt" if one.is_approved else "ikke godkendt",
            )
            for one in content.report.following.targets
        ]
        or [no_rows("Intet er ført ind", 5)],
    )
