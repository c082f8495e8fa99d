"""A table of an outline as an HTML table: caption, header cells with scope, the same marks as in the workbook.

Belongs here: markup of tables, and how a number reads. Not here: which tables there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from exports.target_group import qualified
from exports.web.marking import element, text
from exports.workbook import theme
from exports.workbook.figures import Mark, Origin, Reading
from exports.workbook.table import Column, Table
from exports.workbook.values import Link, Quantity, Value, Verdict, number_words

_SPOKEN = {Mark.HIDDEN: "tallet vises ikke", Mark.NOT_COMPUTED: "ikke opgjort"}


def html_table(
    table: Table, note_numbers: Sequence[int], sheet_ids: dict[str, str], rule: str
) -> str:
    """The table with its title, unit, source and notes in the caption; `sheet_ids` tells where a link leads, `rule` is the
    target group's, which the figures' keys name as `indicators.csv` does."""
    about = f"Enhed: {table.unit}. Kilde: {table.source}."
    if note_numbers:
        about += f" Noter: {', '.join(map(str, note_numbers))}."
    caption = element("caption", element("strong", text(table.title)), " ", text(about))
    head = element(
        "tr",
        *(
            element("th", text(c.header), scope="col", class_=None if c.is_text else "tal")
            for c in table.columns
        ),
    )
    rows = [
        element(
            "tr",
            *(
                _cell(column, value, index == 0, sheet_ids, rule)
                for index, (column, value) in enumerate(zip(table.columns, row, strict=True))
            ),
            class_="i-alt" if place < table.emphasis else None,
        )
        for place, row in enumerate(table.rows)
    ]
    body = [element("thead", head), element("tbody", *rows)]
    # A wide table scrolls within its own frame, which the keyboard can reach.
    return element(
        "div",
        element("table", caption, *body, id=table.name),
        class_="ramme",
        tabindex="0",
        role="region",
        aria_label=table.title,
    )


def _cell(column: Column, value: Value, first: bool, sheet_ids: dict[str, str], rule: str) -> str:
    origin = value.origin if isinstance(value, Reading | Quantity) else None
    if isinstance(value, Reading):
        words, is_number = _shown(value.shown, column.kind), True
    elif isinstance(value, Quantity):
        words, is_number = _shown(value.number, column.kind, value.number_format), True
    elif isinstance(value, Verdict):
        style = theme.VERDICTS[value.code]
        symbol = element("span", style.symbol, aria_hidden="true")
        return element("td", symbol, " ", text(value.word), class_=f"vurdering {value.code}")
    elif isinstance(value, Link):
        target = f"#{sheet_ids.get(value.sheet, 'indhold')}"
        return element("th", element("a", text(value.text), href=target), scope="row")
    elif isinstance(value, str) or value is None:
        words, is_number = text(value or ""), not column.is_text
    else:
        words, is_number = _shown(value, column.kind), True
    if first:
        return element("th", words, scope="row")
    return element(
        "td",
        words,
        class_="tal" if is_number else None,
        data_figure=_key(origin, rule) if origin else None,
        data_compared_with=origin.compared_with if origin and origin.compared_with else None,
    )


def _shown(value: float | Mark, kind: theme.Kind, number_format: str = "") -> str:
    if isinstance(value, Mark):
        return element("abbr", value.value, title=_SPOKEN[value])
    return text(number_words(value, kind, number_format))


def _key(origin: Origin, rule: str) -> str:
    variant = qualified(origin.variant, origin.group, rule)
    parts = (origin.indicator, variant, origin.period, origin.group)
    return ";".join((*parts, origin.dim1, origin.value1, origin.dim2, origin.value2, origin.part))
