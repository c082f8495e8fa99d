"""A set's finished files set beside one another and beside what was hidden.

Belongs here: which findings are looked for in a set. Not here: each of them (`proof`, `showing`), the archive's own rules
(`exports.release_gate`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from disclosure.audit.seal import Seal, seal
from exports.stranger.finding import Finding
from exports.stranger.proof import disagreeing, worked_out
from exports.stranger.sets import SetBefore
from exports.stranger.showing import page_findings, workbook_findings
from exports.stranger.tidy_file import TEXTS, as_rows, is_tidy, read_rows

TABLE = "data/indicators.csv"


@dataclass(frozen=True, eq=False)
class Known:
    """What the house knows of a set and no stranger does: the `seal` on what was hidden, and the unprotected table; without
    it the set is compared but not solved. `before`: what readers have of sets published before, the oldest first; `apart`:
    the positions of the table's hidden rows that nobody can suppose to be what they were in those (`sets`).
    """

    seal: Seal
    truth: pd.DataFrame | None = None
    before: Sequence[SetBefore] = ()
    apart: Sequence[int] = ()


def hidden_seal(protected: pd.DataFrame) -> Seal:
    """The seal on the hidden rows of a protected table: their keys."""
    return _sealed(as_rows(protected))


def set_findings(directory: Path, threshold: int, known: Known | None = None) -> Iterator[Finding]:
    """Every finding in the set's table, workbook and page.

    `known`: what was hidden, so that a figure shown after all is found also where it gives nothing away, and the true
    values, so that the table can be solved (`proof`); it is when nothing simpler was found.
    """
    path = directory / TABLE
    if not path.is_file() or not is_tidy(path):
        if known is not None:
            yield Finding(TABLE, "tabellen mangler eller har ikke sine kolonner.")
        return
    rows = read_rows(path)
    found = [*workbook_findings(directory, rows), *page_findings(directory, rows)]
    if known is not None:
        if _sealed(rows) != known.seal:
            found.append(
                Finding(TABLE, "det er ikke de celler, der skulle være skjult, som er det.")
            )
        found += disagreeing(rows)
        if known.truth is not None and not found:
            found += _proved(path, rows, threshold, known)
    yield from found


# The last proof made in this process: the plans' sets of a month share one table, which is proved once.
_last_proof: dict[str, list[Finding]] = {}


def _proved(path: Path, rows: pd.DataFrame, threshold: int, known: Known) -> list[Finding]:
    """What can be worked out of the table's rows, made anew unless the last proof was of the same bytes and tables."""
    assert known.truth is not None, "without it nothing is proved"
    truth = as_rows(known.truth)
    before = [SetBefore(as_rows(one.rows), as_rows(one.truth), one.apart) for one in known.before]
    content = hashlib.sha256(path.read_bytes())
    for table in (truth, *(table for one in before for table in (one.rows, one.truth))):
        content.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    key = f"{content.hexdigest()} {threshold} {known.apart} {[one.apart for one in before]}"
    if key not in _last_proof:
        found = worked_out(rows, threshold, truth, before, known.apart)
        _last_proof.clear()
        _last_proof[key] = found
    return _last_proof[key]


def _sealed(rows: pd.DataFrame) -> Seal:
    hidden = rows[rows["flag"] == "suppressed"]
    return seal(zip(*(hidden[name] for name in TEXTS), strict=True))
