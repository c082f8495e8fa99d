"""The published tables with known protected answers, protected by us and audited by what shares no code with us."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from disclosure.audit.audit import Needs, audit
from disclosure.patterns.cells import VISIBLE, Bools, CellSystem
from disclosure.patterns.choice import protect
from disclosure.patterns.exact import cheapest_pattern
from tests.disclosure.protection_cases import CASES, Case, load

THRESHOLD = 5
WITH_OPTIMUM = sorted(
    path.parent.name
    for path in CASES.glob("*/case.json")
    if '"min_count"' in path.read_text("utf-8")
)


def system_of(case: Case, *, zeros_shown: bool, primary: bool = True) -> CellSystem:
    """The case's cells; `primary`: its own choice of primary cells, or every count below the threshold."""
    return CellSystem.counts(
        case.cells["value"].to_numpy(np.float64),
        case.matrix,
        THRESHOLD,
        primary=case.primary if primary else None,
        zeros_shown=zeros_shown,
    )


def test_there_are_optima_to_reach() -> None:
    assert len(WITH_OPTIMUM) >= 11


@pytest.mark.parametrize("criterion", ["min_count", "min_sum_value"])
@pytest.mark.parametrize("name", WITH_OPTIMUM)
def test_the_optimum_is_reached(name: str, criterion: str) -> None:
    case = load(name)
    value, primary = case.cells["value"].to_numpy(np.float64), case.primary
    least = float(case.about["attacker_lower_bound"])
    # The cases' criterion: every primary cell can be 1 higher and, above the bound, 1 lower.
    system = replace(
        system_of(case, zeros_shown=least == 1),
        reach=np.where(primary, value + 1, np.nan),
        fall=np.where(primary & (value - 1 >= least), value - 1, np.nan),
        weight=np.ones(len(value)) if criterion == "min_count" else np.maximum(value, 1e-3),
    )
    pattern = cheapest_pattern(system)
    assert pattern is not None
    secondary = pattern & ~primary
    wanted = case.about["expected"][criterion]
    if criterion == "min_count":
        assert secondary.sum() == wanted["optimum_secondary_count"]
    else:
        assert value[secondary].sum() == pytest.approx(wanted["optimum_secondary_sum"])


SUPPRESSED = [
    "05_sdctable_hidden_exact",
    "06_sdctable_linked_two_groupings",
    "07_ssb_z1_8x4",
    "08_ssb_z2_two_hierarchies",
]
SUPPRESSED += [
    "09a_ssb_vignette_T1",
    "09b_ssb_vignette_T2",
    "09c_ssb_vignette_T4",
    "10_ssb_vignette_T8_singletons",
]
SUPPRESSED += ["12_sdctable_two_singletons"]


@pytest.mark.parametrize("zeros_shown", [False, True])
@pytest.mark.parametrize("name", SUPPRESSED)
def test_the_pattern_passes_the_audit(name: str, zeros_shown: bool) -> None:
    case = load(name)
    system = system_of(case, zeros_shown=zeros_shown, primary=False)
    protection = protect(system)
    assert not len(protection.unsafe)
    found = breaches(case, protection.hidden != VISIBLE, system, zeros_shown)
    # What would be known though every cell but the zeros were hidden, no pattern can keep.
    assert not found or found <= breaches(case, system.value > 0, system, zeros_shown)


def breaches(
    case: Case, hidden: Bools, system: CellSystem, zeros_shown: bool
) -> set[tuple[int, str]]:
    view = case.view(hidden, lower=1.0 if zeros_shown else 0.0)
    found = audit(view, Needs(THRESHOLD, sensitive=system.sensitive, insiders=True))
    return {(breach.cell, breach.kind) for breach in found.breaches}


def test_four_linked_tables_are_safe_with_no_more_hidden_than_the_reference() -> None:
    case = load("15_ssb_census_four_linked_tables")
    system = system_of(case, zeros_shown=False)
    hidden = protect(system).hidden != VISIBLE
    # R's GaussSuppression hides as many, and leaves eight cells bounded below five.
    assert hidden.sum() <= 489
    assert breaches(case, hidden, system, zeros_shown=False) == set()
