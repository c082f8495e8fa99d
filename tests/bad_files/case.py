"""One bad delivery and the answer it must get.

Belongs here: the form of a case, and rows of made-up people to spoil. Not here: the cases (a module a
theme), running them (`test_catalogue`).

The person in row `CANARY` has a number nobody else may show: it is searched for after every case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.canaries import CANARIES
from tests.sources.making import INCOME, POPULATION, lines, number, resident

Content = bytes | Callable[[Path], None]
"""What lies under a name: bytes, or a function that makes whatever is to be there."""

CANARY = CANARIES[0]
COMPENSATION = (
    "sag_id;cpr;ordning;type;ansoegt;afgjort;afgoerelse;bevilget_fra;bevilget_til;timer_pr_uge;"
    "beloeb_kr;jobcenter;forsoergelse;selvstaendig;lovgrundlag"
)


@dataclass(frozen=True)
class Case:
    """A delivery, and what it must come to.

    `files`: name in the inbox to content. `before`: a delivery taken in earlier, in force. `says`:
    words the sentence must hold. `balance`: rows used, in quarantine, identical duplicates.
    `rules`: quarantined rows by rule. `warns`: the checks that must fail. `ignored`: words on what
    is not read. `done`: whether the files have their companion. `meanwhile`: what happens between
    two looks. `stored`: what the stored column of a name must hold, in the order of rows, `sheet` naming the
    table of a workbook of several.
    """

    name: str
    verdict: str
    code: str
    says: str
    why: str
    files: Mapping[str, Content] = field(default_factory=dict)
    source: str = "population"
    balance: tuple[int, int, int] = (0, 0, 0)
    rules: Mapping[str, int] = field(default_factory=dict)
    warns: frozenset[str] = frozenset()
    before: Mapping[str, bytes] = field(default_factory=dict)
    stored: tuple[str, Sequence[object]] = ("", ())
    sheet: str = ""
    ignored: str = ""
    done: bool = True
    meanwhile: Callable[[Path], None] | None = None
    bomb: bool = False


def people(count: int = 12) -> list[str]:
    """Population rows without a fault, the canary's first."""
    return [canary(), *(resident(which) for which in range(1, count))]


def canary(**cells: str) -> str:
    """The canary's population row, with some cells replaced."""
    own = {"cpr": CANARY, "foedselsdato": "1975-04-12", "koen": "M"}
    return resident(0, **{**own, **cells})


def population(*rows: str, base: int = 12) -> bytes:
    """A population file: `base` rows without a fault, then `rows`."""
    return lines(POPULATION, [*people(base), *rows]).encode()


def income(*cells: tuple[str, str], base: int = 12) -> bytes:
    """A wage file: `base` rows without a fault, then a row for each pair of hours and kroner."""
    rows = [wage(which, "100,50", "20000,25") for which in range(base)]
    rows += [wage(base + at, *pair) for at, pair in enumerate(cells)]
    return lines(INCOME, rows).encode()


def wage(which: int, hours: str, kroner: str, month: str = "2020-06") -> str:
    """A wage row."""
    person = CANARY if which == 0 else number(which)
    return f"{person};{month};10000001;{hours};{kroner};ordinær"


def cases(*kinds: str, base: int = 12) -> bytes:
    """A file of compensation cases: `base` without a fault, then one for each `type`, a free text."""
    rows = [compensation(f"A{which}", "plain") for which in range(base)]
    rows += [compensation(f"B{at}", kind) for at, kind in enumerate(kinds)]
    return lines(COMPENSATION, rows).encode()


def compensation(case_id: str, kind: str) -> str:
    """A compensation case whose `type` is `kind`, written as it stands."""
    person = CANARY if case_id == "A0" else number(1)
    return f"{case_id};{person};mentor;{kind};2020-01-01;;;;;;;;;nej;"


def one(content: Content, name: str = "population_202006.csv") -> dict[str, Content]:
    """A delivery of one file."""
    return {name: content}
