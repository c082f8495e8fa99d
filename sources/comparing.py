"""The checks of a delivery as a whole, and of it beside the one in force.

Belongs here: counting what `expectations.checks.delivery_checks` names: rows gone or come, age,
repeated keys, whose municipality it is. Does not belong here: what a failed check leads to
(`judgement`), checks of the stored table (`expectations.validation`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from expectations.checks import CheckResult, delivery_checks, result
from expectations.contract import Contract
from sources.judgement import Judgement
from sources.loaded import Facts, Loaded
from sources.record import Delivery

FORMAT_LIMITS = frozenset({65_536, 1_048_576})
"""How many rows, the header and titles above it included, the sheets of old and new spreadsheets hold."""

_FEWEST_ROWS_TO_FALL = 10
"""A sheet of a workbook with fewer rows may shrink as it likes."""

_MOST_GROWTH = 0.5


def delivery_results(
    contract: Contract,
    loaded: Sequence[Loaded],
    surveys: Mapping[str, Facts],
    judgement: Judgement,
    previous: Delivery | None,
) -> list[CheckResult]:
    """The checks of the delivery as a whole: each is a count that must be zero."""
    counts: Counter[str] = Counter()
    for item in loaded:
        counts.update(item.counts)
    missing = [table.title for table in contract.tables if table.name not in surveys]
    unexpected: Mapping[str, int] = {
        "within_tolerance": 0,
        "nothing_quarantined": judgement.quarantined,
        "keys_unique": sum(item.duplicates + item.conflicts for item in loaded),
        "no_unknown_columns": len(judgement.extra_columns),
        "format_limit": _at_a_limit(loaded),
        "all_tables_delivered": len(missing),
        "cpr_modulus_11": counts["cpr_modulus_11_failed"],
        "volume": _lost(contract, judgement, previous),
        "growth": _grown(contract, judgement, previous),
        "newest_period": _older(contract, judgement, previous),
        "new_content": int(previous is not None and judgement.tables == previous.tables),
        "birth_date_matches_cpr": counts["birth_date_differs"],
        "sex_matches_cpr": counts["sex_differs"],
        "no_overlapping_spells": sum(survey.overlaps() for survey in surveys.values()),
        "municipality": int(judgement.facts.get("residents_here") == 0),
        "municipality_share": _moved_away(judgement, previous),
    }
    details = {"all_tables_delivered": f"Mangler: {', '.join(missing)}."}
    return [
        result(
            spec,
            unexpected[spec.name] == 0,
            {"rows": judgement.rows_in, "unexpected": unexpected[spec.name]},
            detail=details.get(spec.name, ""),
        )
        for spec in delivery_checks(contract)
    ]


def _at_a_limit(loaded: Sequence[Loaded]) -> int:
    """The rows of the largest piece that is as long as a sheet can be."""
    found = [length for item in loaded for length in item.lengths]
    return max((length for length in found if length in FORMAT_LIMITS), default=0)


def _lost(contract: Contract, judgement: Judgement, previous: Delivery | None) -> int:
    """How many rows fewer than in force, when that is more than may fall away.

    In a workbook each sheet is held against itself.
    """
    if previous is None or contract.mode == "append":
        return 0
    if len(contract.tables) == 1:
        return _fallen(contract, previous.used, judgement.used)
    before = {name: int(counts["used"]) for name, counts in previous.facts["tables"].items()}
    after = {name: int(counts["used"]) for name, counts in judgement.facts["tables"].items()}
    return sum(
        _fallen(contract, used, after.get(name, 0))
        for name, used in before.items()
        if used >= _FEWEST_ROWS_TO_FALL
    )


def _fallen(contract: Contract, before: int, after: int) -> int:
    # A tenth of a row of slack: 80 of 100 rows is a fall of 20 pct., not more, whatever floats say.
    return before - after if after < before * (1 - contract.max_row_drop) - 0.1 else 0


def _grown(contract: Contract, judgement: Judgement, previous: Delivery | None) -> int:
    """How many rows more than in force, when that is more than half as many again."""
    if previous is None or contract.mode == "append":
        return 0
    more = judgement.used - previous.used
    return more if more > previous.used * _MOST_GROWTH else 0


def _older(contract: Contract, judgement: Judgement, previous: Delivery | None) -> int:
    """1 when the newest period is older than the one in force.

    A workbook without any date says nothing of its age; its sheets may be empty.
    """
    if previous is None or contract.mode == "append":
        return 0
    if len(contract.tables) > 1 and not judgement.period_to:
        return 0
    return int(_comparable(judgement.period_to) < _comparable(previous.period_to))


def _comparable(period: str) -> str:
    """Weeks and months as they are; dates by their month, since the very newest day may be
    corrected.
    """
    return period if "W" in period else period[:7]


def _moved_away(judgement: Judgement, previous: Delivery | None) -> int:
    """How many fewer residents live in the municipality than the share in force would give, when
    the share is less than half of that.
    """
    if previous is None or not {"residents", "residents_here"} <= previous.facts.keys():
        return 0
    if not judgement.facts.get("residents"):
        return 0
    here, everybody = judgement.facts["residents_here"], judgement.facts["residents"]
    before = previous.facts["residents_here"] / previous.facts["residents"]
    return round(before * everybody) - here if 2 * here < before * everybody else 0
