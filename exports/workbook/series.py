"""From a list of measures to tables and figures: the forms every area sheet shares.

Belongs here: headline tables (a row a month), breakdown tables (a row a category), and the figures
of both. Not here: which measures an area shows (`sheets`), how they are drawn and written (`chart`,
`table`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from exports.report import Report
from exports.workbook.chart import Figure, Line
from exports.workbook.figures import Figures, Mark, Part, Point, Reading, months_before
from exports.workbook.labels import (
    BY_DIMENSION,
    DIMENSIONS,
    category,
    danish,
    in_danish,
    listed,
    month_name,
    month_short,
)
from exports.workbook.table import Column, Table
from exports.workbook.theme import Kind
from exports.workbook.values import Value
from indicators.catalogue import catalogue

SHOWN_MONTHS = 13


@dataclass(frozen=True)
class Measure:
    """One column: its header, what it holds, and the figure it reads (indicator, variant, group,
    part).
    """

    header: str
    kind: Kind
    indicator: str
    variant: str = ""
    group: str = "T"
    part: Part = "value"
    dimension: str = ""
    category: str = ""

    def at(self, figures: Figures, period: str, dimension: str = "", code: str = "") -> Point:
        """The measure's figure of a month, in total or of a category."""
        return figures.get(
            self.indicator,
            self.variant,
            period,
            self.group,
            dimension or self.dimension,
            code or self.category,
        )


@dataclass(frozen=True)
class Content:
    """What a sheet is written from: the report and its figures."""

    report: Report
    figures: Figures

    @property
    def month(self) -> str:
        """The report month."""
        return self.report.month

    def months(self) -> tuple[str, ...]:
        """The months of a headline table: the plan's baseline months and the last thirteen."""
        recent = [months_before(self.month, back) for back in range(SHOWN_MONTHS)]
        baselines = [goal.baseline for goal in self.report.plan.goals]
        wanted = {*recent, *baselines}
        known = set(self.figures.periods)
        return tuple(sorted(month for month in wanted if month in known or month == self.month))

    def headline(self, name: str, title: str, measures: Sequence[Measure], *notes: str) -> Table:
        """A row a month, the report month on top."""
        rows: list[tuple[Value, ...]] = [
            (
                month_name(month),
                *(m.at(self.figures, month).read(m.kind, m.part) for m in measures),
            )
            for month in reversed(self.months())
        ]
        return Table(
            name,
            f"{title}, {month_name(self.month)} og tidligere",
            _units(measures),
            sources(measures),
            (Column("Måned", "text"), *_columns(measures)),
            rows,
            (*notes, *self.reasons(measures), *self.legal_breaks(measures)),
            emphasis=1,
        )

    def breakdown(
        self,
        name: str,
        title: str,
        dimension: str,
        measures: Sequence[Measure],
        *notes: str,
        by: str = "",
    ) -> Table | None:
        """A row a category at the report month, the total on top; None where there is no such
        breakdown. `by` names the breakdown where its own name is too general.
        """
        codes = self._codes(measures, dimension)
        if not codes:
            return None
        measures = [one for one in measures if self._codes([one], dimension)]
        rows: list[tuple[Value, ...]] = [("I alt", *self._values(measures))]
        rows += [
            (category(dimension, code), *self._values(measures, dimension, code)) for code in codes
        ]
        return Table(
            name,
            f"{title} efter {by or BY_DIMENSION.get(dimension, DIMENSIONS[dimension].lower())}, {month_name(self.month)}",
            _units(measures),
            sources(measures),
            (Column(by.capitalize() or DIMENSIONS[dimension], "text"), *_columns(measures)),
            rows,
            notes,
            emphasis=1,
        )

    def grid(
        self,
        name: str,
        title: str,
        heading: str,
        rows: Sequence[tuple[str, Sequence[Measure]]],
        *notes: str,
        emphasis: int = 0,
    ) -> Table:
        """A row a label at the report month, each with measures of its own; the first row's give the headers."""
        every = [measure for _, measures in rows for measure in measures]
        return Table(
            name,
            f"{title}, {month_name(self.month)}",
            _units(every),
            sources(every),
            (Column(heading, "text"), *_columns(rows[0][1])),
            [(label, *self._values(measures)) for label, measures in rows],
            (*notes, *self.reasons(every), *self.legal_breaks(every)),
            emphasis=emphasis,
        )

    def trend(
        self, name: str, title: str, axis: str, measures: Sequence[Measure], *, names: Sequence[str]
    ) -> Figure:
        """A line a measure over every month of the report."""
        periods = self.figures.periods or (self.month,)
        lines = []
        for label, measure in zip(names, measures, strict=True):
            points = [measure.at(self.figures, period) for period in periods]
            broken = [index for index, point in enumerate(points) if point.broken]
            # Some indicators keep another remark in that column, such as a target that is not approved.
            broken = broken if catalogue()[measure.indicator].breaks else []
            values = tuple(point.drawn(measure.kind, measure.part) for point in points)
            lines.append(Line(label, measure.kind, values, broken[0] if broken else None))
        return Figure(
            name,
            title,
            "line",
            "Måned",
            axis,
            tuple(month_short(period) for period in periods),
            tuple(lines),
            sources(measures),
        )

    def bars(
        self,
        name: str,
        title: str,
        axis: str,
        dimension: str,
        measures: Sequence[Measure],
        *,
        names: Sequence[str],
        form: Literal["bar", "lying bar"] = "bar",
    ) -> Figure | None:
        """A bar a category at the report month; None where there is no such breakdown."""
        codes = self._codes(measures, dimension)
        if not codes:
            return None
        lines = tuple(
            Line(
                label,
                m.kind,
                tuple(
                    m.at(self.figures, self.month, dimension, code).drawn(m.kind, m.part)
                    for code in codes
                ),
            )
            for label, m in zip(names, measures, strict=True)
        )
        labels = tuple(category(dimension, code) for code in codes)
        heading = f"{title}, {month_name(self.month)}"
        return Figure(
            name, heading, form, DIMENSIONS[dimension], axis, labels, lines, sources(measures)
        )

    def reasons(self, measures: Iterable[Measure]) -> tuple[str, ...]:
        """Why figures of the measures were not computed, a note a reason."""
        wanted = dict.fromkeys(measure.indicator for measure in measures)
        return tuple(
            in_danish(f"{catalogue()[indicator].title_da}, {period}: {reason}")
            for indicator, period, reason in self.report.reasons
            if indicator in wanted
        )

    def legal_breaks(self, measures: Iterable[Measure]) -> tuple[str, ...]:
        """The breaks in the measures' series, a note a break."""
        wanted = [m.indicator for m in measures if catalogue()[m.indicator].breaks]
        return tuple(
            f"Databrud {month_name(period)}: {text.rstrip('.')}."
            for period, text in self.figures.breaks(wanted)
        )

    def shows(self, measure: Measure) -> bool:
        """Whether the figure of the report month is a number that is shown."""
        return not isinstance(measure.at(self.figures, self.month).shown(measure.kind), Mark)

    def spoken(self, measure: Measure, period: str = "") -> str:
        """The figure in a sentence: `61,2 pct.`, or why there is none."""
        shown = measure.at(self.figures, period or self.month).shown(measure.kind, measure.part)
        if isinstance(shown, Mark):
            return (
                "et tal, der ikke kan vises"
                if shown is Mark.HIDDEN
                else "et tal, der ikke er opgjort"
            )
        units: dict[Kind, str] = {
            "pct": " pct.",
            "point": " pct.point",
            "per_1000": " pr. 1.000",
            "days": " dage",
            "weeks": " uger",
            "hours": " timer",
            "amount": " kr.",
        }
        whole = measure.kind in ("count", "number", "amount")
        return f"{danish(shown, 0 if whole else 1)}{units.get(measure.kind, '')}"

    def _values(
        self, measures: Sequence[Measure], dimension: str = "", code: str = ""
    ) -> tuple[Reading, ...]:
        return tuple(
            m.at(self.figures, self.month, dimension, code).read(m.kind, m.part) for m in measures
        )

    def _codes(self, measures: Sequence[Measure], dimension: str) -> tuple[str, ...]:
        for m in measures:
            found = self.figures.categories(m.indicator, m.variant, self.month, m.group, dimension)
            if found:
                return found
        return ()


def sources(measures: Iterable[Measure]) -> str:
    """The origin of the measures' definitions, each once."""
    every = [part for m in measures for part in catalogue()[m.indicator].source.split("; ")]
    return "; ".join(dict.fromkeys(every))


def _columns(measures: Sequence[Measure]) -> tuple[Column, ...]:
    return tuple(Column(measure.header, measure.kind) for measure in measures)


def _units(measures: Sequence[Measure]) -> str:
    words = {
        "count": "antal",
        "pct": "pct.",
        "point": "pct.point",
        "per_1000": "pr. 1.000 i målgruppen",
        "days": "kalenderdage",
        "weeks": "uger",
        "hours": "timer om ugen",
        "number": "antal",
        "amount": "kr.",
    }
    return listed(list(dict.fromkeys(words[m.kind] for m in measures if m.kind in words)))
