"""The sheet Forløb.

Belongs here: which figures of courses and of shared citizens the committee sees, and in which order.
Not here: how they are computed (`indicators.programmes`) or drawn.
"""

from __future__ import annotations

from exports.workbook.labels import OUTCOMES, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content, Measure

_WIDTHS = (36, 13, 13, 13, 13, 13, 14)
_STARTS = Measure("Begyndt, 12 mdr. (antal)", "count", "course_starts", "12m", "")
_ACTIVE = Measure("I gang, måneden (antal)", "count", "course_active", "", "")
_HEADLINE = (
    Measure("Begyndt, måneden (antal)", "count", "course_starts", "", ""),
    _STARTS,
    _ACTIVE,
    Measure("I gang, 12 mdr. (antal)", "count", "course_active", "12m", ""),
    Measure("Gennemført, 12 mdr. (antal)", "count", "course_completed", "12m", ""),
    Measure("Gennemført i året (antal)", "count", "course_completed", "year", ""),
)
_SHARED = (
    Measure("Alle i alderen (antal)", "count", "shared_citizens", "", "P"),
    Measure("Målgruppen (antal)", "count", "shared_citizens", "", "T"),
)
_ONCE = "En person tæller én gang i alt og én gang i hver indsats, så indsatserne lægges ikke sammen til I alt."
_ENDED = (
    "Af de forløb, der sluttede i tolv måneder og har kunnet følges så længe. Den første tilstand, der passer, gælder: "
    "fleksjob, ethvert job, uddannelse, ledig, andet."
)
_COMPARED = (
    "Forskel: deltagernes andel i job minus andelen blandt lignende ledige uden forløb. Den måler ikke virkningen af "
    "forløbet, for deltagerne er udvalgt."
)
_SHARED_NOTE = (
    "Personer, der også har en sag i en anden forvaltning; i alt tæller hver person én gang."
)


def _outcomes(weeks: int) -> tuple[Measure, ...]:
    of = f"course_outcome_{weeks}"
    states = (
        Measure(f"{label} (pct.)", "pct", of, "narrow", "", dimension="destination", category=code)
        for code, label in OUTCOMES.items()
    )
    return (*states, Measure("Forskel i job (pct.point)", "point", of, "narrow|any|matched", ""))


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Forløb",
        "Hvem der begynder og gennemfører et forløb, hvordan det går dem, og borgere fælles med andre forvaltninger",
        _WIDTHS,
    )
    sheet.paragraph(
        f"I de tolv måneder til og med {month_name(content.month)} begyndte {content.spoken(_STARTS)} personer på et "
        f"forløb. I {month_name(content.month)} var antallet af personer i gang {content.spoken(_ACTIVE)}.",
        lead=True,
    )
    sheet.charts(
        content.trend(
            "Figur_Forloeb_1",
            "Personer i forløb",
            "Personer (antal)",
            (_ACTIVE, _HEADLINE[0]),
            names=("I gang", "Begyndt i måneden"),
        )
    )
    sheet.table(content.headline("Tabel_Forloeb_1", "Forløb", _HEADLINE, _ONCE))
    for number, dimension in enumerate(("programme", "subgroup"), start=2):
        sheet.table(
            content.breakdown(f"Tabel_Forloeb_{number}", "Forløb", dimension, _HEADLINE, _ONCE)
        )
    sheet.table(
        content.grid(
            "Tabel_Forloeb_4",
            "Efter forløbet",
            "Tid efter forløbet",
            [("Et halvt år efter", _outcomes(26)), ("Et år efter", _outcomes(52))],
            _ENDED,
            _COMPARED,
        )
    )
    sheet.table(
        content.breakdown(
            "Tabel_Forloeb_5",
            "Borgere fælles med andre",
            "administration",
            _SHARED,
            _SHARED_NOTE,
        )
    )
    return sheet
