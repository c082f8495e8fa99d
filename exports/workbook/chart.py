"""Native charts that read the visible Figurdata sheet.

Belongs here: a figure as data, its table on Figurdata, and the chart drawn from that. Not here:
which figures there are (`sheets`) and where they stand (`page`). Alternative texts are put into the
drawing parts by `archive`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines, TextAxis
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import theme
from exports.workbook.figures import Mark, Reading
from exports.workbook.labels import danish
from exports.workbook.table import Column, Table
from exports.workbook.values import Value

AnyChart = LineChart | BarChart


@dataclass(frozen=True)
class Line:
    """A series: its name, what it holds, a figure or a gap (None) a category, and where it breaks,
    if it does.

    `breaks_at` is the index of the first category after a break in the series; the line is not
    drawn across it.
    """

    name: str
    kind: theme.Kind
    values: tuple[Reading | None, ...]
    breaks_at: int | None = None

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """The values as they are drawn."""
        return tuple(
            None if value is None or isinstance(value.shown, Mark) else value.shown
            for value in self.values
        )


@dataclass(frozen=True)
class Figure:
    """A chart as data. `name` names its table on Figurdata; `source` is shown above that table."""

    name: str
    title: str
    form: Literal["line", "bar", "lying bar"]
    category_axis: str
    value_axis: str
    categories: tuple[str, ...]
    lines: tuple[Line, ...]
    source: str

    @property
    def is_drawn(self) -> bool:
        """Whether there is any number to draw but zeros, which leave a chart as empty as gaps do."""
        return any(value for line in self.lines for value in line.numbers)

    @property
    def alternative(self) -> str:
        """What the chart says, for who cannot see it: each series by its first and last figure, or
        all of a bar's.
        """
        form = {"line": "Kurvediagram", "bar": "Søjlediagram", "lying bar": "Liggende søjlediagram"}
        parts = [
            f"{form[self.form]}: {self.title}. {self.value_axis} efter {self.category_axis.lower()}."
        ]
        for line in self.lines:
            seen = [
                f"{name} {danish(value, 0 if line.kind == 'count' else 1)}"
                for name, value in zip(self.categories, line.numbers, strict=True)
                if value is not None
            ]
            if self.form == "line" and len(seen) > 2:
                seen = [seen[0], seen[-1]]
            parts.append(f"{line.name}: {'; '.join(seen) or 'ingen tal kan vises'}.")
        return " ".join(parts)


def figure_table(figure: Figure) -> Table:
    """The figure's numbers as a table; a hidden figure is a true blank, which is drawn as a gap."""
    lines = [part for line in figure.lines for part in _parts(line)]
    columns = (
        Column(figure.category_axis, "text"),
        *(Column(f"{line.name} {_unit(line.kind)}", line.kind) for line in lines),
    )
    rows: list[tuple[Value, ...]] = [
        (category, *(line.values[index] for line in lines))
        for index, category in enumerate(figure.categories)
    ]
    title = f"Tal bag figuren: {figure.title}"
    return Table(figure.name, title, figure.value_axis, figure.source, columns, rows)


def draw(figure: Figure, data: Worksheet, top: int) -> AnyChart:
    """The chart of a figure whose table has its header at row `top` of the data sheet."""
    chart: AnyChart = LineChart() if figure.form == "line" else BarChart()
    bottom = top + len(figure.categories)
    # As text: openpyxl's own way calls them numbers, and a strict reader then finds none.
    names = StrRef(f=str(Reference(data, min_col=1, min_row=top + 1, max_row=bottom)))
    column = 1
    for color_index, line in enumerate(figure.lines):
        for part_index, _ in enumerate(_parts(line)):
            column += 1
            values = Reference(data, min_col=column, min_row=top, max_row=bottom)
            series = SeriesFactory(values, title_from_data=True)
            _style(series, figure.form, color_index, later_part=part_index > 0)
            series.cat = AxDataSource(strRef=names)
            chart.series.append(series)
    chart.title = _title(figure.title, 1200, bold=True)
    chart.display_blanks = "gap"
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(
        solidFill="FFFFFF", ln=LineProperties(solidFill=theme.RULE, w=9525)
    )
    _legend(chart, needed=column > 2)
    _axes(chart, figure)
    return chart


def _parts(line: Line) -> tuple[Line, ...]:
    if line.breaks_at is None or not 0 < line.breaks_at < len(line.values):
        return (line,)
    cut, blank = line.breaks_at, (None,)
    before = line.values[:cut] + blank * (len(line.values) - cut)
    after = blank * cut + line.values[cut:]
    return (
        Line(f"{line.name} før databrud", line.kind, before),
        Line(f"{line.name} efter databrud", line.kind, after),
    )


def _unit(kind: theme.Kind) -> str:
    units: dict[theme.Kind, str] = {
        "count": "(antal)",
        "pct": "(pct.)",
        "point": "(pct.point)",
        "per_1000": "(pr. 1.000)",
        "days": "(dage)",
        "weeks": "(uger)",
        "hours": "(timer)",
        "amount": "(kr.)",
    }
    return units.get(kind, "")


def _style(series: Series, form: str, index: int, later_part: bool) -> None:
    if form == "line":
        stroke = theme.STROKES[index % len(theme.STROKES)]
        dash = "sysDot" if later_part else stroke.dash
        series.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=stroke.color, w=25400, prstDash=dash)
        )
        series.marker = Marker(
            symbol=stroke.marker,
            size=5,
            spPr=GraphicalProperties(
                solidFill=stroke.color, ln=LineProperties(solidFill=stroke.color)
            ),
        )
        series.smooth = False
    else:
        series.graphicalProperties = GraphicalProperties(
            solidFill=theme.BARS[index % len(theme.BARS)],
            ln=LineProperties(solidFill=theme.INK, w=6350),
        )
        series.invertIfNegative = False


def _legend(chart: AnyChart, needed: bool) -> None:
    if not needed or chart.legend is None:
        chart.legend = None
        return
    chart.legend.position = "b"
    chart.legend.overlay = False
    chart.legend.txPr = _text_properties(1000)


def _axes(chart: AnyChart, figure: Figure) -> None:
    categories, values = chart.x_axis, chart.y_axis
    for axis, words in ((categories, figure.category_axis), (values, figure.value_axis)):
        # openpyxl leaves this open, and Excel then draws no axis at all.
        axis.delete = False
        axis.title = _title(words, 1000, bold=False)
        axis.txPr = _text_properties(1000)
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=theme.MUTED))
    categories.tickLblPos = "low"
    values.number_format = "[$-406]#,##0" if _whole(figure) else "[$-406]#,##0.0"
    values.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill="DDE3E9"))
    )
    values.scaling.min = 0 if _never_negative(figure) else None
    values.scaling.max = 100 if _nearly_all(figure) else None
    if isinstance(chart, BarChart):
        chart.type = "bar" if figure.form == "lying bar" else "col"
        chart.gapWidth = 60
        if figure.form == "lying bar":
            # The first category on top; the value axis then has to be asked to stay at the foot.
            categories.scaling.orientation = "maxMin"
            values.crosses = "max"
    elif isinstance(categories, TextAxis) and len(figure.categories) > 14:
        categories.tickLblSkip = 3
        categories.tickMarkSkip = 3


def _whole(figure: Figure) -> bool:
    seen = [abs(v) for line in figure.lines for v in line.numbers if v is not None]
    return max(seen, default=0.0) >= 10


def _nearly_all(figure: Figure) -> bool:
    """Whether it is of shares that come close to the whole: the program's own axis would go on to 120 pct."""
    seen = [v for line in figure.lines for v in line.numbers if v is not None]
    return all(line.kind == "pct" for line in figure.lines) and 90 < max(seen, default=0.0) <= 100


def _never_negative(figure: Figure) -> bool:
    return all(v is None or v >= 0 for line in figure.lines for v in line.numbers)


def _characters(size: int, bold: bool) -> CharacterProperties:
    return CharacterProperties(
        sz=size, b=bold, solidFill=theme.INK, latin=Font(typeface=theme.FONT), lang="da-DK"
    )


def _text_properties(size: int) -> RichText:
    properties = ParagraphProperties(defRPr=_characters(size, bold=False))
    return RichText(
        bodyPr=RichTextProperties(),
        p=[Paragraph(pPr=properties, endParaRPr=_characters(size, bold=False))],
    )


def _title(words: str, size: int, bold: bool) -> Title:
    characters = _characters(size, bold)
    run = RegularTextRun(t=words, rPr=characters)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=characters), r=[run])
    return Title(
        tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])),
        overlay=False,
    )
