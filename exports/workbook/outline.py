"""What a sheet says, apart from how it is written: sentences, links, tables and charts from top to bottom.

Belongs here: the outline of a sheet, which the workbook (`page`) and the set's web page (`exports.web`)
are both made from. Not here: what any sheet says (`sheets`), rows, columns and print set-up (`page`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from exports.workbook.chart import Figure
from exports.workbook.figures import Mark, Reading
from exports.workbook.table import Table, least_widths
from exports.workbook.values import Link, Quantity, Value

_TWO_STOPS = re.compile(r"\b(pct|kr)\.\.")


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more; `lead` is what the reader with five minutes reads."""

    words: str
    lead: bool = False


@dataclass(frozen=True)
class Charts:
    """Charts that stand side by side."""

    figures: tuple[Figure, ...]


Block = Paragraph | Link | Charts | Table


@dataclass
class Sheet:
    """One sheet. `name` is its tab, `purpose` the line about it on Indhold.

    `widths` are the columns' widths in digits, as narrow as they look well; every table on the sheet keeps within them.
    `heading` stands in for the name at the top where it says more. Charts read the rows of a table as they stand, so a
    table of a sheet that `is_read_by_charts` is never divided.
    """

    name: str
    purpose: str
    widths: Sequence[float]
    landscape: bool = False
    heading: str = ""
    is_read_by_charts: bool = False
    blocks: list[Block] = field(default_factory=list)

    def paragraph(self, words: str, lead: bool = False) -> None:
        """A sentence or more."""
        # A figure that ends in an abbreviation at the end of a sentence brings two full stops.
        self.blocks.append(Paragraph(_TWO_STOPS.sub(r"\1.", words), lead))

    def link(self, text: str, sheet: str) -> None:
        """A line that leads to another sheet."""
        self.blocks.append(Link(text, sheet))

    def table(self, table: Table | None) -> None:
        """A table; None, for a breakdown that is not there, adds nothing."""
        if table is not None:
            self.blocks.append(table)

    def charts(self, *figures: Figure | None) -> None:
        """Charts side by side; those that are None are left out, and one with nothing to see is told of."""
        there = tuple(figure for figure in figures if figure is not None and figure.is_drawn)
        if there:
            self.blocks.append(Charts(there))
        for figure in figures:
            if figure is not None and not figure.is_drawn:
                self.paragraph(
                    f"Figuren »{figure.title}« er udeladt: ingen af dens tal kan vises, eller de er alle nul."
                )

    @property
    def fitted_widths(self) -> tuple[float, ...]:
        """The columns' widths, made wider where a word or a number of a table would else be cut."""
        widths = list(self.widths)
        for table in self.tables:
            for index, least in enumerate(least_widths(table)):
                widths[index] = max(widths[index], math.ceil(least))
        return tuple(widths)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The sheet's tables from top to bottom."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The sheet's charts from top to bottom."""
        return tuple(
            figure for block in self.blocks if isinstance(block, Charts) for figure in block.figures
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes of all tables, each once, in the order they are first referred to."""
        return tuple(dict.fromkeys(note for table in self.tables for note in table.notes))

    def note_numbers(self, table: Table) -> tuple[int, ...]:
        """The numbers under which the table's notes stand at the foot of the sheet."""
        return tuple(sorted(self.notes.index(note) + 1 for note in dict.fromkeys(table.notes)))

    def signs(self, threshold: int) -> tuple[str, ...]:
        """What the marks in the sheet's tables mean, those that stand there."""
        shown = {_shown(value) for table in self.tables for row in table.rows for value in row}
        meanings: dict[object, str] = {
            Mark.HIDDEN: f".. Tallet vises ikke: færre end {threshold} personer indgår, eller tallet kunne bruges til "
            "at regne et andet skjult tal ud.",
            0: "– Nul.",
            Mark.NOT_COMPUTED: "· Tallet er ikke opgjort eller kan ikke opgøres endnu: der er ingen at regne det af, eller "
            "årsagen står i noterne eller på arket Datakvalitet.",
        }
        return tuple(words for sign, words in meanings.items() if sign in shown)


def _shown(value: Value) -> object:
    if isinstance(value, Reading):
        return value.shown
    return value.number if isinstance(value, Quantity) else value
