"""The sheet Reference: public figures and the papers the plan is held against, clearly apart from the municipality's own.

Belongs here: laying them out. Not here: the figures (`plans.national`), the papers (`plans.grounds`). Nothing is subtracted
from them: a survey and a register do not count the same.
"""

from __future__ import annotations

from exports.workbook.labels import moment
from exports.workbook.outline import Sheet
from exports.workbook.recorded import told
from exports.workbook.series import Content
from exports.workbook.table import Column, Table
from exports.workbook.values import Quantity, Value
from indicators.catalogue import catalogue
from plans.national import national_figures
from plans.parts import NOT_STATED
from plans.schema import Plan

# The words of every table stand first, so that its numbers need not be as wide.
_WIDTHS = (46, 36, 42, 22, 22, 28)
_APART = (
    "Tallene her er andres og er opgjort på andre måder end kommunens, mange af dem i spørgeskemaer. De står her til "
    "sammenligning og må ikke trækkes fra kommunens egne tal."
)


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    plan = content.report.plan
    sheet = Sheet(
        "Reference",
        "Landstal og andre offentlige tal til sammenligning; de er ikke kommunens egne",
        _WIDTHS,
        landscape=True,
    )
    sheet.paragraph(_APART, lead=True)
    sheet.table(_figures(plan))
    sheet.table(_sources(plan))
    sheet.table(_findings(plan))
    return sheet


def _figures(plan: Plan) -> Table:
    named = {(one.figure, one.year) for one in plan.references}
    rows: list[tuple[Value, ...]] = [
        (
            f"{one.measure} ({one.population})",
            one.source,
            f"{'Nævnt i planens papirer. ' if (one.id, one.year) in named else ''}{one.note}",
            str(one.year) if one.year else "alle år",
            one.unit,
            _as_written(one.value),
        )
        for one in national_figures()
    ]
    return Table(
        "Tabel_Reference_1",
        "Offentlige tal",
        "står i hver række",
        "Står i hver række",
        (
            Column("Tal", "text"),
            Column("Kilde", "text"),
            Column("Bemærkning", "text"),
            Column("År", "text"),
            Column("Enhed", "text"),
            Column("Værdi", "goal"),
        ),
        rows,
    )


def _as_written(value: float) -> Quantity:
    """With the decimals its source has, so that a rounded figure does not look exact."""
    decimals = f"{value:.2f}".rstrip("0").partition(".")[2]
    shown = f"#,##0{'.' if decimals else ''}{'0' * len(decimals)}"
    return Quantity(value, f'[$-406]{shown};-{shown};"–"')


def _sources(plan: Plan) -> Table | None:
    rows: list[tuple[Value, ...]] = [
        (
            one.title,
            f"{told(one.basis)}. Finansieret af: {told(one.funding)}",
            "; ".join(one.chapters) or NOT_STATED,
            moment(one.dated),
            told(one.journal_number),
            told(one.author),
        )
        for one in plan.sources
    ]
    if not rows:
        return None
    return Table(
        "Tabel_Kilder_2",
        "Papirer, som planen holdes op mod",
        "ikke relevant",
        plan.title,
        tuple(
            Column(header, "text")
            for header in ("Papir", "Grundlag", "Delanalyser", "Dato", "J.nr.", "Lavet af")
        ),
        rows,
    )


def _findings(plan: Plan) -> Table | None:
    titles = {one.id: one.title for one in plan.sources}
    rows: list[tuple[Value, ...]] = [
        (
            one.title,
            "; ".join(catalogue()[id_].title_da for id_ in one.indicators) or NOT_STATED,
            titles.get(one.source, one.source),
            one.note or "ingen",
        )
        for one in plan.findings
    ]
    if not rows:
        return None
    return Table(
        "Tabel_Reference_2",
        "Hvad papirerne siger, og hvilke af kommunens tal der står ved siden af",
        "ikke relevant",
        plan.title,
        (
            Column("Udsagn", "text"),
            Column("Kommunens tal", "text"),
            Column("Papir", "text"),
            Column("Bemærkning", "text"),
        ),
        rows,
    )
