"""How the workbook looks: fonts, colours, number formats, as data.

Belongs here: every colour, size and format code, named for what it is for. Not here: where they are
used (`table`, `chart`, `page`). The palette is told apart by people with any colour blindness and
in grey print: its tones differ in lightness, and lines differ in dash and marker too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FONT = "Arial"
"""Named everywhere: a font without a name becomes a serif one in LibreOffice."""

INK = "1F2933"
MUTED = "52606D"
NAVY = "12355B"
ORANGE = "D9730D"
TEAL = "3F9C8F"
PURPLE = "6D4C9F"
PALE = "EEF2F6"
RULE = "B8C2CC"
WARNING = "A61B1B"

BODY = Font(name=FONT, size=10, color=INK)
STRONG = Font(name=FONT, size=10, color=INK, bold=True)
NOTE = Font(name=FONT, size=10, color=MUTED)
LEAD = Font(name=FONT, size=11, color=INK)
TITLE = Font(name=FONT, size=18, color=NAVY, bold=True)
HEADING = Font(name=FONT, size=12, color=NAVY, bold=True)
HEADER = Font(name=FONT, size=10, color="FFFFFF", bold=True)
LINK = Font(name=FONT, size=10, color="0B4F9E", underline="single")
UNOFFICIAL = Font(name=FONT, size=12, color=WARNING, bold=True)

HEADER_FILL = PatternFill("solid", start_color=NAVY, end_color=NAVY)
EMPHASIS_FILL = PatternFill("solid", start_color=PALE, end_color=PALE)
HEADER_RULE = Border(left=Side(style="thin", color="FFFFFF"))
"""Headers of narrow columns stand close; the line tells where the next begins."""
ROW_RULE = Border(bottom=Side(style="thin", color=RULE))

TEXT_CELL = Alignment(horizontal="left", vertical="top", wrap_text=True)
TEXT_CELL_INSET = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
NUMBER_CELL = Alignment(horizontal="right", vertical="top")
TEXT_HEADER = Alignment(horizontal="left", vertical="bottom", wrap_text=True)
TEXT_HEADER_INSET = Alignment(horizontal="left", vertical="bottom", wrap_text=True, indent=1)
NUMBER_HEADER = Alignment(horizontal="right", vertical="bottom", wrap_text=True)
LINE = Alignment(horizontal="left", vertical="center")

ROW_HEIGHT = 15.0
LINE_HEIGHT = 12.9
TALLEST_ROW = 409.0
"""Points; a row can be no taller in Excel."""
EDGES, INSET = 1.1, 1.7
"""The room at the edges of a cell, and before an indented text, in the unit of a column's width."""

Kind = Literal[
    "text",
    "count",
    "number",
    "amount",
    "pct",
    "point",
    "per_1000",
    "days",
    "weeks",
    "hours",
    "posts",
    "score",
    "verdict",
    "goal",
    "link",
]
"""What a column holds. `count` counts persons, spells or cases and is watched by the release gate;
`number` counts anything else; `amount` is kroner; `posts` is
full-time posts; `score` is any other number with two decimals; `goal` takes its format from each cell's own unit.
"""

# The Danish locale gives decimal comma and point for thousands wherever the file is opened; the
# third part shows a true zero as a dash while the cell stays a number.
_LOCALE = "[$-406]"
FORMATS: dict[Kind, str] = {
    "count": f'{_LOCALE}#,##0;-#,##0;"–"',
    "number": f'{_LOCALE}#,##0;-#,##0;"–"',
    "amount": f'{_LOCALE}#,##0;-#,##0;"–"',
    "weeks": f'{_LOCALE}#,##0.0;-#,##0.0;"–"',
    "hours": f'{_LOCALE}#,##0.0;-#,##0.0;"–"',
    "posts": f'{_LOCALE}#,##0.0;-#,##0.0;"–"',
    "score": f'{_LOCALE}#,##0.00;-#,##0.00;"–"',
    "pct": f'{_LOCALE}0.0;-0.0;"–"',
    "point": f'{_LOCALE}0.0;-0.0;"–"',
    "per_1000": f'{_LOCALE}#,##0.0;-#,##0.0;"–"',
    "days": f'{_LOCALE}#,##0.0;-#,##0.0;"–"',
}


Dash = Literal["solid", "dash", "sysDash", "sysDot", "lgDashDot"]


@dataclass(frozen=True)
class Stroke:
    """How one series is drawn: colour, dash and marker differ together."""

    color: str
    dash: Dash
    marker: Literal["circle", "square", "triangle", "diamond"]


STROKES = (
    Stroke(NAVY, "solid", "circle"),
    Stroke(ORANGE, "dash", "square"),
    Stroke(TEAL, "sysDash", "triangle"),
    Stroke(PURPLE, "lgDashDot", "diamond"),
)
BARS = (NAVY, "F0A35E", "8CCFC5", "5B3E8C")


@dataclass(frozen=True)
class VerdictStyle:
    """An assessment is told by symbol and word and colour together; none of the three alone carries
    it.
    """

    symbol: str
    fill: str
    ink: str


VERDICTS: dict[str, VerdictStyle] = {
    "met": VerdictStyle("●", NAVY, "FFFFFF"),
    "on_track": VerdictStyle("▲", "BFDDF2", INK),
    "behind": VerdictStyle("▼", "F6B26B", INK),
    "not_assessable": VerdictStyle("○", PALE, INK),
}


def fill_of(color: str) -> PatternFill:
    """A plain fill of the colour."""
    return PatternFill("solid", start_color=color, end_color=color)


def verdict_font(style: VerdictStyle) -> Font:
    """The font of an assessment's cell."""
    return Font(name=FONT, size=10, bold=True, color=style.ink)
