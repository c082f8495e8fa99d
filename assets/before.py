"""The tables a house has published, as the protection of the next one takes them in.

Belongs here: which protected figures are in readers' hands beside a month's, and what stood behind them. Not here: what
follows for what is hidden (`disclosure.republished`), publishing (`publishing`).

    <home>/statistics/indicators/<version>/      protected figures; `published`: what they were made of, and what was seen
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from assets.keeping import kept_figures, kept_file, pointed
from assets.resources import House
from disclosure.republished import PublishedBefore
from exports.published_sets import PUBLISHED, read_manifest, versions
from indicators.calendar import month_name

PROTECTED = "indicators"
BEHIND = "published"
"""The table beside protected figures: the unprotected rows, and SEEN."""
SEEN = "seen"
"""The column that says whether a published table, this one or one before it, shows the row."""

_OWN, _NEIGHBOURS = 2, 1
"""So many of a month's newest tables, and of the months published before it and after it, are taken in: their
periods are the same."""


def figures_folder(house: House) -> Path:
    """Where protected figures are kept."""
    return house.folder("statistics", PROTECTED)


def in_readers_hands(house: House, month: int) -> tuple[str, ...]:
    """The versions of the protected figures that published sets of the month and its neighbours show, the month's own newest
    last."""
    tree, own = house.path / PUBLISHED, month_name(month)
    months = sorted({path.name for path in tree.glob("*/*-*")})
    before = [name for name in months if name < own][-1:]
    after = [name for name in months if name > own][:1]
    found: dict[str, None] = {}
    for name, number in (
        *((one, _NEIGHBOURS) for one in (*before, *after)),
        (own, _OWN),
    ):
        for version in reversed(list(_newest(tree, name, number))):
            found.pop(version, None)
            found[version] = None
    return tuple(found)


def _newest(tree: Path, month: str, number: int) -> Iterator[str]:
    """The figures of the newest sets of a month, `number` different ones of each plan, the newest first."""
    found: dict[str, int] = {}
    for folder in sorted(tree.glob(f"*/{month}")):
        own: dict[str, int] = {}
        for version, path in reversed(versions(folder).items()):
            figures = _figures_of(path)
            if figures and figures not in own and len(own) == number:
                break
            if figures:
                own.setdefault(figures, version)
        for figures, version in own.items():
            found[figures] = max(version, found.get(figures, 0))
    yield from sorted(found, key=lambda figures: (-found[figures], figures))


def _figures_of(directory: Path) -> str:
    """The version of the figures a set shows; blank where the manifest is damaged, which `midtvejs verify` tells."""
    try:
        return str(read_manifest(directory)["settings"]["figures"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def needed(home: Path) -> frozenset[str]:
    """The versions of protected figures that a month still to be published may be held against."""
    tree = home / PUBLISHED
    months = {path.name for path in tree.glob("*/*-*")}
    return frozenset(one for month in months for one in _newest(tree, month, _OWN))


def still_known(house: House, figures: Sequence[str]) -> tuple[str, ...]:
    """Those of such versions of which it is kept what they were made of: not those of an earlier program, nor of a home that
    was restored without its statistics."""
    folder = figures_folder(house)
    return tuple(one for one in figures if kept_file(folder / one, BEHIND).is_file())


def tables_of(house: House, figures: Sequence[str]) -> list[PublishedBefore]:
    """The tables of versions that are `still_known`; raises OSError, which names the file, when checksums do not hold."""
    folder = figures_folder(house)
    tables = []
    for one in figures:
        table = _read(folder, one)
        hidden = ~table.pop(SEEN).to_numpy()
        apart = tuple(pointed(folder, f"hidden-{one}").get("apart", ()))
        tables.append(PublishedBefore(table, hidden, apart))
    return tables


def _read(folder: Path, version: str) -> pd.DataFrame:
    try:
        return kept_figures(folder, version, BEHIND)
    except OSError:
        file = kept_file(folder / version, BEHIND)
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(file)) from None
