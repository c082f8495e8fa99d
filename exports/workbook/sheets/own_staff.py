"""The sheet Særlige vilkår: the municipality as an employer.

Belongs here: staff on special terms beside the targets. Not here: how they are counted
(`indicators.own_employer`), who approved what (`plans.office`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exports.workbook.labels import category, month_name
from exports.workbook.outline import Sheet
from exports.workbook.recorded import dated, figure_reading
from exports.workbook.series import Content, Measure
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Value
from plans.parts import NOT_STATED

_WIDTHS = (44, 20, 13, 13, 13, 13, 15, 46)
_OF = "staff_special_terms"
_MEASURES = (
    Measure("Seneste måned (antal)", "count", _OF, "latest", ""),
    Measure("Årets gennemsnit (antal)", "count", _OF, "mean", ""),
    Measure("Måltal (ansatte)", "number", _OF, "target", ""),
    Measure("Opfyldt (pct.)", "pct", _OF, "fulfilment", ""),
)
_TARGETS = (
    "Måltal: årets mål for hver forvaltning og ordning, som tre instanser skal godkende: Beskæftigelses- og "
    "Integrationsforvaltningen (BIF), Økonomiforvaltningen (ØKF) og Borgerrepræsentationen (BR). En sum har kun et måltal, "
    "når alle dens dele har et."
)


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Særlige vilkår",
        "Kommunens egne ansatte på særlige vilkår mod årets måltal, efter forvaltning og ordning",
        _WIDTHS,
        landscape=True,
    )
    latest, fulfilled = _MEASURES[0], _MEASURES[3]
    sheet.paragraph(
        f"I {month_name(content.month)} var antallet af kommunens ansatte på særlige vilkår {content.spoken(latest)}. "
        f"Opfyldelsen af måltallet var {content.spoken(fulfilled)}.",
        lead=True,
    )
    sheet.charts(
        content.trend(
            "Figur_Saerlige_1",
            "Ansatte på særlige vilkår",
            "Ansatte (antal)",
            (latest, _MEASURES[2]),
            names=("Seneste måned", "Måltal"),
        )
    )
    sheet.table(
        content.headline("Tabel_Saerlige_1", "Ansatte på særlige vilkår", _MEASURES, _TARGETS)
    )
    for number, dimension in enumerate(("administration", "scheme"), start=2):
        sheet.table(
            content.breakdown(
                f"Tabel_Saerlige_{number}",
                "Ansatte på særlige vilkår",
                dimension,
                _MEASURES,
                _TARGETS,
            )
        )
    sheet.table(_matrix(content))
    return sheet


def _matrix(content: Content) -> Table:
    rows: list[tuple[Value, ...]] = []
    for one in content.report.office.staff:
        dims = (("administration", one.administration), ("scheme", one.scheme))
        month = content.month
        rows.append(
            (
                category("administration", one.administration),
                category("scheme", one.scheme),
                figure_reading(one.target, "number", _OF, "target", month, dims),
                figure_reading(one.latest, "count", _OF, "latest", month, dims),
                figure_reading(one.mean, "count", _OF, "mean", month, dims),
                figure_reading(one.fulfilment, "pct", _OF, "fulfilment", month, dims),
                _approved(one.is_approved),
                _by_whom(one.approvals),
            )
        )
    return Table(
        "Tabel_Saerlige_4",
        f"Ansatte på særlige vilkår efter forvaltning og ordning, {month_name(content.month)}",
        "antal og pct.",
        "Lønsystemet og måltalsregistret, ført af kontoret",
        (
            Column("Forvaltning", "text"),
            Column("Ordning", "text"),
            Column("Måltal (ansatte)", "number"),
            Column("Seneste (antal)", "count"),
            Column("Gennemsnit (antal)", "count"),
            Column("Opfyldt (pct.)", "pct"),
            Column("Måltallet er", "text"),
            Column("Godkendt af", "text"),
        ),
        rows or [no_rows("Ingen forvaltninger er ført ind", 8)],
        (_TARGETS,),
    )


def _by_whom(approvals: Sequence[tuple[str, date | None]]) -> str:
    said = (f"{body} {dated(when) if when else 'mangler'}" for body, when in approvals)
    return ", ".join(said) or NOT_STATED


def _approved(is_approved: bool | None) -> str:
    if is_approved is None:
        return NOT_STATED
    return "godkendt" if is_approved else "ikke godkendt"
