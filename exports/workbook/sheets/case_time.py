"""The sheet Sagsbehandlingstid.

Belongs here: which figures of case handling the committee sees, and in which order. Not here: how they
are computed (`indicators.cases`) or drawn.
"""

from __future__ import annotations

from exports.workbook.labels import category, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content, Measure
from indicators.categories import SCHEMES

_WIDTHS = (28, 13, 14, 15, 15, 16)
_ALL = "all"
_TWELVE = "Sager afgjort i de seneste tolv måneder, bevilling og afslag; frafaldne ansøgninger er ikke med."
_DEADLINE = "Andel inden for fristen opgøres først, når forvaltningen har oplyst fristerne."
_OPEN = "En åben sag er en ansøgning uden afgørelse på månedens sidste dag."


def _decided(scheme: str) -> tuple[Measure, ...]:
    of = "comp_case_days"
    return (
        Measure("Afgjorte sager (antal)", "count", of, f"{scheme}|median", "", "denominator"),
        Measure("Median (dage)", "days", of, f"{scheme}|median", ""),
        Measure("Gennemsnit (dage)", "days", of, f"{scheme}|mean", ""),
        Measure("90-pct.-fraktil (dage)", "days", of, f"{scheme}|p90", ""),
        Measure("Inden for fristen (pct.)", "pct", of, f"{scheme}|within_deadline", ""),
    )


def _open(scheme: str) -> tuple[Measure, ...]:
    of = "comp_open_age"
    return (
        Measure("Åbne sager (antal)", "count", of, scheme, ""),
        Measure("Median alder (dage)", "days", of, f"{scheme}|median", ""),
        Measure("Ældre end fristen (antal)", "count", of, f"{scheme}|over_deadline", ""),
    )


_CASES, _OPEN_CASES = _decided(_ALL), _open(_ALL)
_ROWS = [("I alt", _ALL), *((category("scheme", scheme), scheme) for scheme in SCHEMES)]


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Sagsbehandlingstid",
        "Hvor længe en ansøgning om en kompenserende ordning venter på svar, og hvor mange der venter",
        _WIDTHS,
    )
    slowest = (
        f"ni ud af ti sager var afgjort inden for {content.spoken(_CASES[3])}"
        if content.shows(_CASES[3])
        else "hvor længe de fleste sager højst tog, kan ikke vises"
    )
    sheet.paragraph(
        f"For sager afgjort i de tolv måneder til og med {month_name(content.month)} var den mediane sagsbehandlingstid "
        f"{content.spoken(_CASES[1])}; {slowest}. "
        f"Antallet af åbne sager var {content.spoken(_OPEN_CASES[0])}.",
        lead=True,
    )
    sheet.charts(
        content.trend(
            "Figur_Sagstid_1",
            "Sagsbehandlingstid, alle ordninger",
            "Kalenderdage",
            (_CASES[1], _CASES[3]),
            names=("Median", "90-pct.-fraktil"),
        )
    )
    sheet.table(
        content.headline("Tabel_Sagstid_1", "Sagsbehandlingstid", _CASES, _TWELVE, _DEADLINE)
    )
    sheet.table(
        content.grid(
            "Tabel_Sagstid_2",
            "Sagsbehandlingstid efter ordning",
            "Ordning",
            [(label, _decided(scheme)) for label, scheme in _ROWS],
            _TWELVE,
            _DEADLINE,
            emphasis=1,
        )
    )
    sheet.table(
        content.breakdown(
            "Tabel_Sagstid_3", "Sagsbehandlingstid", "job_centre", _CASES, _TWELVE, _DEADLINE
        )
    )
    sheet.table(
        content.grid(
            "Tabel_Sagstid_4",
            "Åbne sager efter ordning",
            "Ordning",
            [(label, _open(scheme)) for label, scheme in _ROWS],
            _OPEN,
            _DEADLINE,
            emphasis=1,
        )
    )
    sheet.table(
        content.breakdown("Tabel_Sagstid_5", "Åbne sager", "job_centre", _OPEN_CASES, _OPEN)
    )
    return sheet
