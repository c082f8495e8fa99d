"""What a planted fault is: a row changed, a row added, or a whole file beside the good one.

Here belongs: the forms a fault can have and what is expected of it. Here does not belong: the
faults themselves (`row_faults`, `file_faults`), or planting them (`fault_planting`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Cells = dict[str, str]
Change = Callable[[Cells], Cells]
"""Given a row's cells by column, those that are to be different."""


@dataclass(frozen=True)
class ChangedRow:
    """One row of the good delivery is changed.

    `where` names columns with the value the row must have to be chosen, `*` for any but blank;
    `more` holds cells added after the last column.
    """

    change: Change
    where: Mapping[str, str] = field(default_factory=dict)
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class AddedRow:
    """A changed copy of one row is added at the end of the good delivery.

    `both` tells that the row it is a copy of is faulty too, for the two contradict each other.
    """

    change: Change
    where: Mapping[str, str] = field(default_factory=dict)
    both: bool = False


@dataclass(frozen=True)
class Table:
    """The good delivery as text: the names of the columns, the rows, and the bytes it is written as."""

    header: list[str]
    rows: list[list[str]]

    def text(self) -> str:
        """As CSV."""
        return "".join(";".join(cells) + "\n" for cells in (self.header, *self.rows))

    def data(self) -> bytes:
        """As CSV in UTF-8."""
        return self.text().encode()


@dataclass(frozen=True)
class OtherFile:
    """A later file is laid beside the good delivery.

    `make` is given the good delivery's first rows (all of them where `whole`) and answers with the
    bytes of each file by what follows the name, usually `.csv`; without it the file is the good
    delivery itself, byte for byte. `rows` are the rows it spoils, counted from the header as row 1.
    """

    make: Callable[[Table], dict[str, bytes]] | None = None
    whole: bool = False
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Fault:
    """One fault by name, and what the program is to answer.

    Attributes:
        name: `<source>-<what>`.
        source: the source it is planted in.
        words: what was done, in Danish.
        form: how it is planted.
        row_code: the code its rows are listed under in quarantine; blank where none is.
        check: the check that warns of it, where it is not a matter of quarantine.
        verdict: of the other file; blank for a fault in the good delivery.
        code: of the other file.
    """

    name: str
    source: str
    words: str
    form: ChangedRow | AddedRow | OtherFile
    row_code: str = ""
    check: str = ""
    verdict: str = ""
    code: str = ""


def put(**cells: str) -> Change:
    """The same cells whatever the row."""
    return lambda row: dict(cells)
