"""The sheet Revisioner: which published figures are others now, and what brought the change.

Belongs here: laying them out. Not here: finding them (`exports.revisions`).
"""

from __future__ import annotations

from exports.revisions import Revision, State
from exports.workbook.figures import Mark, Origin, Reading, rounded
from exports.workbook.labels import DIMENSIONS, GROUPS, category, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.theme import Kind
from exports.workbook.values import Quantity, Value
from indicators.catalogue import catalogue

_WIDTHS = (50, 16, 26, 13, 14, 14, 52)
_MOST = 500
_KINDS: dict[str, Kind] = {
    "andel": "pct",
    "pct.point": "point",
    "pr. 1.000": "per_1000",
    "dage": "days",
    "uger": "weeks",
    "timer": "hours",
    "kr.": "amount",
}
_STATES: dict[State, Value] = {
    "shown": "vist",
    "suppressed": Mark.HIDDEN,
    "missing": Mark.NOT_COMPUTED,
    "not_computed": Mark.NOT_COMPUTED,
    "absent": "ikke med",
}
_BOTH = "Et tal, der er skjult i den ene udgave, vises heller ikke i den anden."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    revisions = content.report.revisions
    sheet = Sheet(
        "Revisioner",
        "Tidligere offentliggjorte tal, der er ændret, og hvorfor",
        _WIDTHS,
        landscape=True,
    )
    if not revisions.since:
        sheet.paragraph(
            revisions.note or "Der er ingen tidligere udgave at sammenligne med.", lead=True
        )
    else:
        sheet.paragraph(
            f"Sammenlignet med {revisions.since} er {len(revisions.figures)} tal for tidligere måneder ændret.",
            lead=True,
        )
    one_way = [one for one in revisions.figures if not one.dim2]
    if len(one_way) > _MOST:
        sheet.paragraph(
            f"Her står de første {_MOST}; alle {len(revisions.figures)} står i data/revisions.csv."
        )
    elif len(one_way) < len(revisions.figures):
        sheet.paragraph("Tal fordelt på to ting står i data/revisions.csv.")
    sheet.table(_changed(one_way[:_MOST]))
    sheet.table(_first_computed(revisions.first_computed))
    return sheet


def _changed(figures: list[Revision]) -> Table:
    return Table(
        "Tabel_Revisioner_1",
        "Ændrede tal",
        "står i hver række",
        "De offentliggjorte udgaver selv",
        (
            Column("Indikator", "text"),
            Column("Måned", "text"),
            Column("Fordeling", "text"),
            Column("Enhed", "text"),
            Column("Før", "goal"),
            Column("Nu", "goal"),
            Column("Leverancen bag", "text"),
        ),
        [_row(one) for one in figures] or [no_rows("Ingen tal er ændret", 7)],
        (_BOTH,),
    )


def _row(one: Revision) -> tuple[Value, ...]:
    entry = catalogue()[one.indicator]
    name = ", ".join(filter(None, [entry.title_da, entry.reading(one.variant), GROUPS[one.group]]))
    origin = Origin(one.indicator, one.variant, one.period, one.group, one.dim1, one.value1)
    place = f"{DIMENSIONS[one.dim1]}: {category(one.dim1, one.value1)}" if one.dim1 else "i alt"
    kind = _KINDS.get(one.unit, "count")
    return (
        name,
        month_name(one.period),
        place,
        "pct." if one.unit == "andel" else one.unit,
        _shown(one.old, one.old_state, kind, None),
        _shown(one.new, one.new_state, kind, origin),
        one.cause,
    )


def _shown(number: float | None, state: State, kind: Kind, origin: Origin | None) -> Value:
    """An earlier figure stands in an earlier set, so only today's has an origin here."""
    if number is None:
        mark = _STATES[state]
        return Reading(mark, origin) if isinstance(mark, Mark) and origin else mark
    decimals = "#,##0" if kind in ("count", "amount") else "#,##0.0"
    return Quantity(rounded(number, kind), f'[$-406]{decimals};-{decimals};"–"', origin)


def _first_computed(counts: tuple[tuple[str, int], ...]) -> Table | None:
    if not counts:
        return None
    return Table(
        "Tabel_Revisioner_2",
        "Tal for tidligere måneder, som er opgjort for første gang",
        "antal tal",
        "De offentliggjorte udgaver selv",
        (Column("Indikator", "text"), Column("Tal", "number")),
        [(catalogue()[indicator].title_da, number) for indicator, number in counts],
    )
