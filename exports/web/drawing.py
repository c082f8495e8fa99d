"""A figure of an outline as an inline SVG chart in the workbook's palette.

Belongs here: lines and bars, axes, gaps. Not here: which figures there are, the numbers in them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.web.marking import element, empty, text
from exports.workbook import theme
from exports.workbook.chart import Figure
from exports.workbook.labels import danish

_WIDTH, _HEIGHT = 760.0, 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 12.0, 12.0, 96.0
_DASHES = {"solid": None, "dash": "9 5", "sysDash": "4 3", "sysDot": "2 3", "lgDashDot": "12 4 2 4"}
_MOST_LABELS = 12


@dataclass(frozen=True)
class _Scale:
    """From a value to a height on the drawing, and where the grid lines are."""

    low: float
    high: float
    step: float

    def y(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return _TOP + (1 - part) * (_HEIGHT - _TOP - _BOTTOM)

    def ticks(self) -> Iterator[float]:
        count = round((self.high - self.low) / self.step)
        return (self.low + index * self.step for index in range(count + 1))


def svg_chart(figure: Figure) -> str:
    """The chart with its title and its description for those who do not see it."""
    numbers = [value for line in figure.lines for value in line.numbers if value is not None]
    scale = _scale(min([0.0, *numbers]), max([0.0, *numbers]))
    name = f"billede-{figure.name}"
    drawn = _lines(figure, scale) if figure.form == "line" else _bars(figure, scale)
    chart = element(
        "svg",
        element("title", text(figure.title), id=f"{name}-titel"),
        element("desc", text(figure.alternative), id=f"{name}-tekst"),
        *_grid(figure, scale),
        *drawn,
        *_legend(figure),
        role="img",
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        aria_labelledby=f"{name}-titel {name}-tekst",
    )
    return element("figure", chart, element("figcaption", text(figure.title)))


def _scale(low: float, high: float) -> _Scale:
    """Round numbers around the values, about five steps apart."""
    span = (high - low) or 1.0
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return _Scale(math.floor(low / step) * step, math.ceil(high / step) * step or step, step)


def _grid(figure: Figure, scale: _Scale) -> Iterator[str]:
    for tick in scale.ticks():
        y = _at(scale.y(tick))
        yield empty("line", x1=_at(_LEFT), x2=_at(_WIDTH - _RIGHT), y1=y, y2=y, stroke="#DDE3E9")
        words = danish(tick, 0 if scale.step >= 1 else 1)
        yield _label(words, _LEFT - 6, scale.y(tick) + 4, "end")
    middle = (_TOP + _HEIGHT - _BOTTOM) / 2
    yield element(
        "text",
        text(figure.value_axis),
        x="14",
        y=_at(middle),
        transform=f"rotate(-90 14 {_at(middle)})",
        text_anchor="middle",
    )
    base, count = _HEIGHT - _BOTTOM, len(figure.categories)
    every = max(1, math.ceil(count / _MOST_LABELS))
    for index, category in enumerate(figure.categories):
        if index % every == 0:
            x = _place(index, count)
            yield element(
                "text",
                text(category),
                x=_at(x),
                y=_at(base + 14),
                transform=f"rotate(-30 {_at(x)} {_at(base + 14)})",
                text_anchor="end",
            )
    yield empty(
        "line",
        x1=_at(_LEFT),
        x2=_at(_WIDTH - _RIGHT),
        y1=_at(base),
        y2=_at(base),
        stroke=f"#{theme.MUTED}",
    )


def _lines(figure: Figure, scale: _Scale) -> Iterator[str]:
    count = len(figure.categories)
    for line, stroke in zip(figure.lines, itertools.cycle(theme.STROKES)):
        points = [
            None if value is None else (_place(index, count), scale.y(value))
            for index, value in enumerate(line.numbers)
        ]
        for run in _runs(points, line.breaks_at):
            yield empty(
                "polyline",
                points=" ".join(f"{_at(x)},{_at(y)}" for x, y in run),
                fill="none",
                stroke=f"#{stroke.color}",
                stroke_width="2.5",
                stroke_dasharray=_DASHES[stroke.dash],
            )
        for point in points:
            if point is not None:
                yield _marker(stroke, *point)


def _bars(figure: Figure, scale: _Scale) -> Iterator[str]:
    count = len(figure.categories)
    room = (_WIDTH - _LEFT - _RIGHT) / count * 0.7
    wide = room / len(figure.lines)
    for number, (line, color) in enumerate(zip(figure.lines, itertools.cycle(theme.BARS))):
        for index, value in enumerate(line.numbers):
            if value is not None:
                top, base = sorted((scale.y(value), scale.y(0.0)))
                yield empty(
                    "rect",
                    x=_at(_place(index, count) - room / 2 + number * wide),
                    y=_at(top),
                    width=_at(wide),
                    height=_at(base - top),
                    fill=f"#{color}",
                    stroke=f"#{theme.INK}",
                )


def _legend(figure: Figure) -> Iterator[str]:
    x, y = _LEFT, _HEIGHT - 10
    for index, line in enumerate(figure.lines):
        if figure.form == "line":
            stroke = theme.STROKES[index % len(theme.STROKES)]
            yield empty(
                "line",
                x1=_at(x),
                x2=_at(x + 26),
                y1=_at(y - 4),
                y2=_at(y - 4),
                stroke=f"#{stroke.color}",
                stroke_width="2.5",
                stroke_dasharray=_DASHES[stroke.dash],
            )
            yield _marker(stroke, x + 13, y - 4)
        else:
            color = theme.BARS[index % len(theme.BARS)]
            box = {"x": _at(x), "y": _at(y - 11), "width": "14", "height": "12"}
            yield empty("rect", **box, fill=f"#{color}", stroke=f"#{theme.INK}")
        yield _label(line.name, x + 32, y, "start")
        x += 46 + 6.6 * len(line.name)


def _runs(
    points: Sequence[tuple[float, float] | None], breaks_at: int | None
) -> Iterator[list[tuple[float, float]]]:
    """Stretches without a gap; the line is not drawn across a break in the series."""
    run: list[tuple[float, float]] = []
    for index, point in enumerate(points):
        if (point is None or index == breaks_at) and run:
            yield run
            run = []
        if point is not None:
            run.append(point)
    if run:
        yield run


def _marker(stroke: theme.Stroke, x: float, y: float) -> str:
    shapes = {
        "square": f"{_at(x - 3)},{_at(y - 3)} {_at(x + 3)},{_at(y - 3)} {_at(x + 3)},{_at(y + 3)} {_at(x - 3)},{_at(y + 3)}",
        "triangle": f"{_at(x)},{_at(y - 4)} {_at(x + 4)},{_at(y + 3)} {_at(x - 4)},{_at(y + 3)}",
        "diamond": f"{_at(x)},{_at(y - 4)} {_at(x + 4)},{_at(y)} {_at(x)},{_at(y + 4)} {_at(x - 4)},{_at(y)}",
    }
    if stroke.marker == "circle":
        return empty("circle", cx=_at(x), cy=_at(y), r="3", fill=f"#{stroke.color}")
    return empty("polygon", points=shapes[stroke.marker], fill=f"#{stroke.color}")


def _label(words: str, x: float, y: float, anchor: str) -> str:
    return element("text", text(words), x=_at(x), y=_at(y), text_anchor=anchor)


def _place(index: int, count: int) -> float:
    return _LEFT + (index + 0.5) * (_WIDTH - _LEFT - _RIGHT) / count


def _at(number: float) -> str:
    return f"{number:.1f}"
