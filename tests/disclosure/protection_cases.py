"""The published tables with known protected answers, read from `cases/`.

Belongs here: reading a case as an audit's view. Not here: what is expected of it (the tests).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from disclosure.audit.view import Bools, Matrix, View

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, eq=False)
class Case:
    """One case: its `case.json`, its cells with their columns, and its relations (sums of 0), one a row."""

    name: str
    about: dict[str, Any]
    cells: pd.DataFrame
    matrix: Matrix

    def view(self, hidden: Bools, lower: float | None = None) -> View:
        """What a reader has when `hidden` is hidden; `lower` where the case's own lower bound is not meant."""
        n, m = len(self.cells), self.matrix.shape[0]
        least = float(self.about["attacker_lower_bound"]) if lower is None else lower
        return View(
            value=self.cells["value"].to_numpy(np.float64),
            hidden=hidden,
            # A zero is shown wherever it stands, so a hidden one is a zero the office hid on purpose.
            lower=np.where(self.cells["value"] == 0, 0.0, least),
            upper=np.full(n, np.inf),
            matrix=self.matrix,
            low=np.zeros(m),
            high=np.zeros(m),
        )

    @property
    def primary(self) -> Bools:
        """The cells that are small themselves."""
        return np.asarray(self.cells["primary"] == 1)

    @property
    def reference(self) -> Bools:
        """The cells the reference pattern hides."""
        return np.asarray(self.cells["reference_status"].isin(["primary", "secondary"]))


def load(name: str) -> Case:
    """The case whose folder is `name`."""
    folder = CASES / name
    cells = pd.read_csv(folder / "cells.csv", keep_default_na=False)
    terms = pd.read_csv(folder / "constraints.csv")
    matrix = csr_array(
        (terms["coefficient"].to_numpy(np.float64), (terms["row"], terms["cell_id"])),
        shape=(int(terms["row"].max()) + 1, len(cells)),
    )
    about = json.loads((folder / "case.json").read_text("utf-8"))
    return Case(name, about, cells, matrix)


def expected_intervals(name: str) -> pd.DataFrame:
    """`cell_id`, `lower`, `upper` (infinite where unbounded) under the reference pattern."""
    table = pd.read_csv(CASES / name / "expected_intervals.csv")
    return table.assign(upper=table["upper"].fillna(np.inf))[["cell_id", "lower", "upper"]]


WITH_INTERVALS = sorted(path.parent.name for path in CASES.glob("*/expected_intervals.csv"))
