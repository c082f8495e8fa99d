"""The sheet Datakvalitet: what came in, what was used, what failed, what is hidden, what could not be made.

Belongs here: laying out what the run found. Not here: the checks (`expectations`) and the protection (`disclosure`).
"""

from __future__ import annotations

from exports.workbook.figures import Mark
from exports.workbook.labels import in_danish, moment
from exports.workbook.outline import Sheet
from exports.workbook.series import Content
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Value
from indicators.catalogue import catalogue
from plans.parts import NOT_STATED

_WIDTHS = (28, 48, 15, 12, 13, 13, 14, 14, 22)

_ADD_UP = "Rækker ind = brugt + i karantæne + dubletter. En dublet er en række, der er helt magen til en anden."
_STRANGERS = "De beholdes i deres kilde, men indgår ikke i tal om kommunens borgere."
_UNKNOWN = "Ukendte koder tæller som anden ydelse: aldrig som job, og de slettes ikke."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Datakvalitet",
        "Leverancer, kontroller, hvad der ikke er opgjort, og ukendte koder og personer",
        _WIDTHS,
        landscape=True,
    )
    sheet.table(_deliveries(content))
    sheet.table(_checks(content))
    sheet.table(_reasons(content))
    sheet.table(_codes(content))
    sheet.table(_unknown_persons(content))
    sheet.table(_unknown_ids(content))
    return sheet


def _deliveries(content: Content) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            source.title,
            " ".join(filter(None, [source.verdict, source.in_force_note])) or "Ingen bemærkninger",
            source.rows_in,
            source.used,
            source.quarantined,
            source.duplicates,
            moment(source.newest) or NOT_STATED,
            source.age_days if source.delivery_id else Mark.NOT_COMPUTED,
            source.delivery_id or "ikke leveret",
        )
        for source in content.report.sources
    ]
    return Table(
        "Tabel_Leverancer_1",
        "Leverancerne",
        "antal rækker; alder i dage på opgørelsesdagen",
        "Leverancejournalen",
        (
            Column("Kilde", "text"),
            Column("Bemærkning", "text"),
            Column("Rækker ind", "number"),
            Column("Brugt", "number"),
            Column("I karantæne", "number"),
            Column("Dubletter", "number"),
            Column("Nyeste data", "text"),
            Column("Alder (dage)", "number"),
            Column("Leverance", "text"),
        ),
        rows or [no_rows("Ingen leverancer", 9)],
        (_ADD_UP,),
    )


def _checks(content: Content) -> Table:
    failed: list[tuple[Value, ...]] = [
        (source.title, check) for source in content.report.sources for check in source.failed_checks
    ]
    return _lines(
        "Tabel_Kontroller_1",
        "Kontroller, der ikke er opfyldt",
        ("Kilde", "Kontrol"),
        failed or [("Alle kilder", "Alle kontroller er opfyldt")],
    )


def _reasons(content: Content) -> Table:
    titles = {entry.id: entry.title_da for entry in catalogue().values()}
    rows: list[tuple[Value, ...]] = [
        (titles.get(indicator, indicator), in_danish(reason), in_danish(period))
        for indicator, period, reason in content.report.reasons
    ]
    return _lines(
        "Tabel_Ikkeopgjort_1",
        "Tal, der ikke er opgjort",
        ("Indikator", "Årsag", "Periode"),
        rows or [("Alle", "Alt er opgjort", "Alle")],
    )


def _codes(content: Content) -> Table:
    few = f"under {content.report.threshold}"
    codes: list[tuple[Value, ...]] = [
        (code, "Anden ydelse", few if weeks is None else weeks)
        for code, weeks in content.report.unknown_codes
    ]
    return Table(
        "Tabel_Koder_1",
        "Ukendte ydelseskoder",
        "antal uger",
        "DREAM",
        (Column("Kode", "text"), Column("Tæller som", "text"), Column("Uger", "number")),
        codes or [no_rows("Ingen", 3)],
        (_UNKNOWN,),
    )


def _unknown_persons(content: Content) -> Table:
    few = f"under {content.report.threshold}"
    rows: list[tuple[Value, ...]] = [
        (source, few if count is None else count)
        for source, count in content.report.unknown_persons
    ]
    return Table(
        "Tabel_Ukendte_1",
        "Personer, som befolkningsregistret ikke kender",
        "antal personer",
        "Leverancerne og befolkningsregistret",
        (Column("Kilde", "text"), Column("Personer", "number")),
        rows or [("Ingen kilder med personer", 0)],
        (_STRANGERS,),
    )


def _unknown_ids(content: Content) -> Table:
    rows: list[tuple[Value, ...]] = [
        (one.register, f"{one.plan}: {one.id}") for one in content.report.following.unknown_ids
    ]
    return _lines(
        "Tabel_Ukendteid_1",
        "Rækker i kontorets registre om dele, planen ikke har",
        ("Register", "Plan og id"),
        rows or [("Alle registre", "Alle rækker er om planens egne dele")],
    )


def _lines(name: str, title: str, headers: tuple[str, ...], rows: list[tuple[Value, ...]]) -> Table:
    columns = tuple(Column(header, "text") for header in headers)
    return Table(name, title, "ikke relevant", "Kørslens kontroller", columns, rows)
