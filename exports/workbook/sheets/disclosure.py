"""The sheet Diskretion: the rule by which figures are hidden, and how many are; never which value.

Belongs here: saying it. Not here: the hiding (`disclosure`).
"""

from __future__ import annotations

from exports.workbook.outline import Sheet
from exports.workbook.series import Content
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Value
from indicators.catalogue import catalogue

_WIDTHS = (44, 60, 18, 18)


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    threshold = content.report.threshold
    sheet = Sheet(
        "Diskretion",
        "Reglen for, hvilke tal der skjules, og hvor mange der er skjult",
        _WIDTHS,
        landscape=True,
    )
    sheet.paragraph(
        f"Et antal på 1 til {threshold - 1} personer vises aldrig og kan ikke regnes ud af det, der vises. Nul vises.",
        lead=True,
    )
    sheet.paragraph(
        "En andel, et gennemsnit eller en fraktil skjules, når tælleren, resten eller nævneren er så lille. Alt, hvad der "
        "offentliggøres sammen, regnes som ét regnestykke: der skjules så mange tal mere, at ingen kan finde et skjult tal "
        "ved at lægge sammen, trække fra, dele eller sammenligne måneder og udgaver. Mærket er det samme, uanset hvorfor et "
        "tal er skjult, og en vurdering, der bygger på et skjult tal, skjules også."
    )
    if content.report.hidden_after_shown:
        sheet.paragraph(
            f"{content.report.hidden_after_shown} tal, der er vist i et tidligere sæt, er skjult i dette: tal, de hører "
            "sammen med, er ændret og er nu så små, at de ellers kunne regnes ud."
        )
    sheet.table(_hidden(content))
    sheet.table(_by_indicator(content))
    return sheet


def _hidden(content: Content) -> Table:
    report = content.report
    return Table(
        "Tabel_Skjult_1",
        "Skjulte celler efter årsag",
        "antal celler i den samlede tabel",
        "Diskretionskontrollen",
        (Column("Årsag", "text"), Column("Forklaring", "text"), Column("Celler", "number")),
        [
            (
                "For få personer",
                f"Færre end {report.threshold} personer indgår",
                report.hidden_primary,
            ),
            (
                "Beskytter et andet tal",
                "Kunne bruges til at regne et skjult tal ud",
                report.hidden_secondary,
            ),
        ],
    )


def _by_indicator(content: Content) -> Table:
    table = content.report.table
    hidden = table[table["flag"] == "suppressed"].groupby("indicator").size()
    every = table.groupby("indicator").size()
    rows: list[tuple[Value, ...]] = [
        (entry.title_da, entry.id, int(hidden.get(entry.id, 0)), int(every[entry.id]))
        for entry in catalogue().values()
        if entry.id in every.index
    ]
    return Table(
        "Tabel_Skjult_2",
        "Skjulte celler efter indikator",
        "antal celler, alle måneder og fordelinger",
        "Diskretionskontrollen",
        (
            Column("Indikator", "text"),
            Column("Navn i data", "text"),
            Column("Skjulte celler", "number"),
            Column("Celler i alt", "number"),
        ),
        rows or [no_rows("Ingen tal er opgjort", 4)],
    )
