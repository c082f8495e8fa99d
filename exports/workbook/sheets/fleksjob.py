"""The sheet Fleksjob.

Belongs here: which figures of fleksjob the committee sees, and in which order. Not here: how they
are computed (`indicators.fleksjob`) or drawn.
"""

from __future__ import annotations

from exports.workbook.labels import category, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content, Measure, sources
from exports.workbook.table import Column, Table
from exports.workbook.values import Value
from indicators.categories import FLEKSJOB_KINDS

_WIDTHS = (33, 13, 13, 13, 13, 13, 13)

REFERRED = Measure("Visiterede (antal)", "count", "fleksjob_referred", "", "P")
EMPLOYED = Measure("Heraf ansat (antal)", "count", "fleksjob_employed", "", "P")
SHARE = Measure("Ansat (pct.)", "pct", "fleksjob_employed_share", "", "P")
_BY_CLAUSE = Measure("Ansat via klausul (antal)", "count", "fleksjob_employed", "via_klausul", "P")
_REFERRED_T = Measure("Visiterede i målgruppen (antal)", "count", "fleksjob_referred")
_SHARE_T = Measure("Ansat, målgruppen (pct.)", "pct", "fleksjob_employed_share")
_COLUMNS = (REFERRED, EMPLOYED, SHARE, _BY_CLAUSE, _REFERRED_T, _SHARE_T)
_BREAKDOWN = (
    REFERRED,
    EMPLOYED,
    SHARE,
    Measure("Usikkerhed fra (pct.)", "pct", "fleksjob_employed_share", "", "P", "low"),
    Measure("Usikkerhed til (pct.)", "pct", "fleksjob_employed_share", "", "P", "high"),
)
_BROKEN_DOWN_BY = ("sex", "age_group", "impairment", "visibility", "job_centre", "district")
_WAIT = (
    Measure("Median, ansatte (dage)", "days", "fleksjob_wait", "median", "P"),
    Measure("Median, alle visiterede (dage)", "days", "fleksjob_wait", "km_median", "P"),
    Measure("Ledighedsydelse i et år (antal)", "count", "ledighedsydelse_long", "", "P"),
)
_AFTER = (
    Measure("Afklaret, 12 mdr. (antal)", "count", "clarified", "12m", ""),
    Measure("Unge afgjort ved 18 år (pct.)", "pct", "transition_18"),
    Measure("Fra 18-årsdag til afgørelse, median (dage)", "days", "transition_18", "km_median"),
)
_CLARIFIED = (
    Measure("Afgørelser i måneden (antal)", "count", "clarified", "", ""),
    Measure("Seneste 12 måneder (antal)", "count", "clarified", "12m", ""),
)
_WAITING = "Ventetid fra afgørelse til ansættelse. Median for alle medregner dem, der endnu venter (Kaplan-Meier)."
_TRANSITION = "Unge: fyldt 18 år i de seneste tolv måneder; afgjort er en afgørelse senest seks måneder efter 18-årsdagen."
_REFERRED_NOTE = (
    "Visiteret: en afgørelse om fleksjob gælder på månedens sidste dag. "
    "Ansat: en ansættelse dækker den samme dag."
)
_INTERVAL = "Usikkerhed: 95 pct.-interval (Wilson)."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Fleksjob",
        "Visiterede til fleksjob, og hvor mange af dem der er ansat",
        _WIDTHS,
    )
    sheet.paragraph(
        f"I {month_name(content.month)} var antallet af visiterede til fleksjob {content.spoken(REFERRED)}. "
        f"Andelen, der var ansat, var {content.spoken(SHARE)}.",
        lead=True,
    )
    counts = content.trend(
        "Figur_Fleksjob_1",
        "Visiterede og ansatte i fleksjob",
        "Personer (antal)",
        (REFERRED, EMPLOYED),
        names=("Visiterede", "Ansatte"),
    )
    sheet.charts(counts)
    sheet.table(content.headline("Tabel_Fleksjob_1", "Fleksjob", _COLUMNS, _REFERRED_NOTE))
    sheet.table(_by_kind(content))
    by_age = content.bars(
        "Figur_Fleksjob_2",
        "Visiterede i ansættelse efter alder",
        "Andel ansat (pct.)",
        "age_group",
        (SHARE,),
        names=("Ansat",),
    )
    sheet.charts(by_age)
    for number, dimension in enumerate(_BROKEN_DOWN_BY, start=3):
        table = content.breakdown(
            f"Tabel_Fleksjob_{number}",
            "Visiterede og ansatte",
            dimension,
            _BREAKDOWN,
            _REFERRED_NOTE,
            _INTERVAL,
        )
        sheet.table(table)
    sheet.table(content.headline("Tabel_Ventetid_1", "Ventetid til fleksjob", _WAIT, _WAITING))
    sheet.table(
        content.headline(
            "Tabel_Afklaring_1",
            "Afklaring, og unge med udviklingshæmning ved 18 år",
            _AFTER,
            _TRANSITION,
        )
    )
    sheet.table(
        content.breakdown(
            "Tabel_Afklaring_2", "Afklaret", "destination", _CLARIFIED, by="afgørelse"
        )
    )
    return sheet


def _by_kind(content: Content) -> Table:
    def row(label: str, dimension: str, code: str) -> tuple[Value, ...]:
        count = EMPLOYED.at(content.figures, content.month, dimension, code)
        share = SHARE.at(content.figures, content.month, dimension, code)
        return label, count.read("count"), share.read("pct")

    rows = [row("I alt", "", "")]
    rows += [row(category("scheme", kind), "scheme", kind) for kind in FLEKSJOB_KINDS]
    return Table(
        "Tabel_Fleksjob_2",
        f"Ansatte efter ansættelsestype, {month_name(content.month)}",
        "antal og pct. af de visiterede",
        sources((EMPLOYED, SHARE)),
        (
            Column("Ansættelsestype", "text"),
            Column("Ansatte (antal)", "count"),
            Column("Af visiterede (pct.)", "pct"),
        ),
        rows,
        (_REFERRED_NOTE,),
        emphasis=1,
    )
