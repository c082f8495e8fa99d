"""Whether a published set is what was published: against its manifest, and against the ledger of its home.

Belongs here: reading and comparing. Not here: writing either (`publication`, `ledger`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exports.ledger import Line, ledger_path, verify
from exports.published_sets import MANIFEST, PUBLISHED, told_of, verify_set

_DEPTH = 3
"""A set lies `published/<plan>/<month>/<version>` below its home."""


@dataclass(frozen=True)
class Checked:
    """What was looked at, in Danish words, and what is wrong with it."""

    sets: int
    ledger_lines: int | None
    problems: tuple[str, ...]


def check(directory: Path) -> Checked:
    """Check a set, or every set of a home, and the ledger where there is one.

    A set away from its home is held against its manifest alone; `ledger_lines` is then None.
    """
    directory = directory.resolve()
    if ledger_path(directory).exists():
        home: Path | None = directory
        sets = sorted(path for path in (directory / PUBLISHED).glob("*/*/v*") if path.is_dir())
    else:
        home, sets = home_of(directory), [directory]
    problems = [problem for one in sets for problem in _named(one, verify_set(one), len(sets) > 1)]
    if home is None:
        return Checked(len(sets), None, tuple(problems))
    chain = verify(home)
    problems += chain.problems
    if not chain.problems:
        for one in sets:
            problems += _named(one, _unlike_ledger(home, one), len(sets) > 1)
    return Checked(len(sets), chain.lines, tuple(problems))


def is_either(directory: Path) -> bool:
    """Whether a folder is a home, or a set, also one that has lost its manifest and lies in its home."""
    stated = (directory / MANIFEST).exists() or ledger_path(directory).exists()
    return stated or home_of(directory) is not None


def home_of(directory: Path) -> Path | None:
    """The home a set lies in, or None for a set that lies elsewhere."""
    above = directory.resolve().parents
    if len(above) <= _DEPTH or above[_DEPTH - 1].name != PUBLISHED:
        return None
    return above[_DEPTH] if ledger_path(above[_DEPTH]).exists() else None


def publication_line(home: Path, directory: Path) -> Line | None:
    """The ledger's line of a set's publication: plan, month, version and manifest agree; 0.1.0 named no manifest."""
    return next((line for line, agrees in told_of(home, directory.resolve()) if agrees), None)


def _unlike_ledger(home: Path, directory: Path) -> tuple[str, ...]:
    try:
        known = publication_line(home, directory) is not None
    except OSError:
        return ()  # a manifest that cannot be read is told of already
    return () if known else (f"{MANIFEST} er ikke den, hovedbogen siger blev offentliggjort.",)


def _named(directory: Path, problems: tuple[str, ...], several: bool) -> tuple[str, ...]:
    if not several:
        return problems
    place = "/".join(directory.parts[-_DEPTH:])
    return tuple(f"{place}: {problem}" for problem in problems)
