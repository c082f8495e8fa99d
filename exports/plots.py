"""The headline trends as one PNG, for those who watch the runs.

Belongs here: drawing a protected table with matplotlib, in the workbook's palette. Not here: the charts
committees read (`workbook.chart`, `web.drawing`), where the picture is shown (`assets.previews`).
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.workbook.figures import Figures
from exports.workbook.labels import danish, month_short
from exports.workbook.theme import INK, STROKES

if TYPE_CHECKING:
    import pandas as pd

_LINE_STYLES = ("-", "--", ":", "-.")
_MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D"}


@dataclass(frozen=True)
class _Line:
    name: str
    indicator: str
    variant: str
    group: str


_PANELS: tuple[tuple[str, float, tuple[_Line, ...]], ...] = (
    (
        "Andel i job (pct.)",
        100.0,
        (
            _Line("Målgruppen", "employment_rate", "any", "T"),
            _Line("Øvrige borgere", "employment_rate", "any", "R"),
        ),
    ),
    (
        "Langtidsledige (antal)",
        1.0,
        (_Line("Jobparate", "ltu_80", "narrow", "T"), _Line("Bredt", "ltu_80", "wide", "T")),
    ),
    (
        "Afgang til job, 12 måneder (antal)",
        1.0,
        (
            _Line("Jobparate", "exits_job_12m", "narrow|12m", "T"),
            _Line("Bredt", "exits_job_12m", "wide|12m", "T"),
        ),
    ),
    (
        "Personer med kompenserende ordning (antal)",
        1.0,
        (_Line("Alle i alderen", "comp_persons", "all", "P"),),
    ),
    (
        "Sagsbehandlingstid (dage)",
        1.0,
        (
            _Line("Median", "comp_case_days", "all|median", ""),
            _Line("90-pct.-fraktil", "comp_case_days", "all|p90", ""),
        ),
    ),
    (
        "Visiterede ansat i fleksjob (pct.)",
        100.0,
        (_Line("Alle i alderen", "fleksjob_employed_share", "", "P"),),
    ),
)


def headline_trends(table: pd.DataFrame) -> bytes:
    """The trends of a protected tidy table, a panel a subject, gaps where hidden. The same table gives the same PNG."""
    # Imported here: matplotlib takes a second to load, and most runs draw nothing.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figures = Figures(table)
    drawing = Figure(figsize=(12, 6.6), dpi=80, layout="constrained")
    FigureCanvasAgg(drawing)
    places = range(len(figures.periods))
    for axes, (title, factor, lines) in zip(drawing.subplots(2, 3).flat, _PANELS, strict=True):
        for line, stroke, style in zip(lines, STROKES, _LINE_STYLES, strict=False):
            found = (
                figures.get(line.indicator, line.variant, period, line.group).value
                for period in figures.periods
            )
            axes.plot(
                places,
                [math.nan if value is None else factor * value for value in found],
                label=line.name,
                color=f"#{stroke.color}",
                linestyle=style,
                marker=_MARKERS[stroke.marker],
                markersize=3,
            )
        axes.set_title(title, fontsize=10, color=f"#{INK}")
        ticks = list(places)[:: max(1, len(places) // 5)]
        axes.set_xticks(ticks, [month_short(figures.periods[place]) for place in ticks], fontsize=8)
        axes.margins(y=0.1)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(lambda value, _: danish(value))
        axes.grid(axis="y", color="#DDE3E9")
        axes.legend(fontsize=8)
    stream = io.BytesIO()
    drawing.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()
