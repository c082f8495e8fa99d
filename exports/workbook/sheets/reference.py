"""The sheet Reference: public figures to hold the plan's own against, clearly apart from them.

Belongs here: laying them out. Not here: the figures (`plans`). Nothing is subtracted from them: a
survey and a register do not count the same.
"""

from __future__ import annotations

from exports.workbook.outline import Sheet
from exports.workbook.series import Content
from exports.workbook.table import Column, Table, Value

_WIDTHS = (52, 16, 14, 16, 52)
_APART = (
    "Tallene her er andres og er opgjort på andre måder end kommunens, mange af dem i spørgeskemaer. De står her til "
    "sammenligning og må ikke trækkes fra kommunens egne tal."
)


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Reference",
        "Landstal og andre offentlige tal til sammenligning; de er ikke kommunens egne",
        _WIDTHS,
        landscape=True,
    )
    sheet.paragraph(_APART, lead=True)
    rows: list[tuple[Value, ...]] = [
        (one.title, one.period, one.unit, one.value, one.source)
        for one in content.report.plan.references
    ]
    sheet.table(
        Table(
            "Tabel_Reference_1",
            "Offentlige tal",
            "står i hver række",
            "Står i hver række",
            (
                Column("Tal", "text"),
                Column("År", "text"),
                Column("Enhed", "text"),
                Column("Værdi", "score"),
                Column("Kilde", "text"),
            ),
            rows or [("Planen nævner ingen", *["–"] * 4)],
        )
    )
    return sheet
