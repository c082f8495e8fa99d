"""Judging one file: loaded whole, checked against its contract and the delivery in force, given a
verdict.

Belongs here: tolerance, the checks of the delivery as a whole, suspicion, and the Danish words
of the answer. Does not belong here: where files come from and where they are kept (`intake`,
`record`).
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expectations.checks import CheckResult, delivery_checks, result
from expectations.contract import Contract
from expectations.validation import validate
from sources.faults import words
from sources.files import sha256_of, shown_text, sync_file
from sources.loading import Loaded, Progress, load_table
from sources.opening import open_table
from sources.quarantine import Quarantine
from sources.record import Delivery, Verdict
from sources.rejection import ReadingFault, Rejection, sentence
from sources.survey import Survey, last_week

_CHECK_AGAIN = "Ret rækkerne i karantænelisten, og levér filen igen."


@dataclass
class Judgement:
    """What a file came to; the fields are those of `record.Delivery`."""

    verdict: Verdict = "rejected"
    code: str = ""
    sentence: str = ""
    rows_in: int = 0
    used: int = 0
    quarantined: int = 0
    duplicates: int = 0
    encoding: str = ""
    delimiter: str = ""
    extra_columns: list[str] = field(default_factory=list)
    cpr_classes: dict[str, int] = field(default_factory=dict)
    checks: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    period_from: str = ""
    period_to: str = ""
    table_sha256: str = ""


def judge_file(
    contract: Contract,
    path: Path,
    ending: str,
    shown_name: str,
    key: bytes,
    work: Path,
    previous: Delivery | None,
    progress: Progress,
) -> Judgement:
    """Judge the file at `path`, leaving table and quarantine list in `work` when they are to be
    kept.

    A fault of the data gives a verdict; a fault of the disk passes through as OSError; anything
    else is raised anew as ReadingFault with its place and without its message, which may hold
    cell values.
    """
    judgement = Judgement()
    try:
        _judge(contract, path, ending, shown_name, key, work, previous, progress, judgement)
    except Rejection as refusal:
        judgement.verdict, judgement.code = "rejected", refusal.code
        judgement.sentence = sentence(refusal.cause, refusal.action, contract.supplier)
    except (OSError, MemoryError, ReadingFault):
        raise
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
        raise ReadingFault(f"reading {contract.source} failed: {where}") from None
    if judgement.verdict == "rejected":
        (work / "table.parquet").unlink(missing_ok=True)
        (work / "rows.parquet").unlink(missing_ok=True)
        judgement.table_sha256 = ""
    return judgement


def _judge(
    contract: Contract,
    path: Path,
    ending: str,
    shown_name: str,
    key: bytes,
    work: Path,
    previous: Delivery | None,
    progress: Progress,
    judgement: Judgement,
) -> None:
    raw = open_table(path, ending, contract)
    judgement.encoding, judgement.delimiter = raw.encoding, raw.delimiter
    loaded = load_table(contract, raw, key, work, progress)
    _account(loaded, judgement)
    if loaded.quarantine.count:
        loaded.quarantine.write(work / "quarantine.csv", shown_name, contract)
    if not loaded.rows_in:
        raise Rejection(
            "empty_file", "Filen har ingen rækker ud over kolonnenavnene.", "Levér filen igen."
        )
    _refuse_intolerable(contract, loaded)
    progress("efterprøves")
    survey = Survey(contract, loaded.table)
    table_results = validate(contract, survey.frames())
    _facts(contract, survey, judgement)
    results = [*_delivery_results(contract, loaded, survey, judgement, previous), *table_results]
    judgement.checks = [item.as_dict() for item in results]
    failed = [item for item in results if not item.passed]
    _refuse_failed(table_results)
    sync_file(loaded.table)
    judgement.table_sha256 = sha256_of(loaded.table)
    _verdict(contract, judgement, failed, previous)


def _account(loaded: Loaded, judgement: Judgement) -> None:
    judgement.rows_in, judgement.used = loaded.rows_in, loaded.used
    judgement.quarantined, judgement.duplicates = loaded.quarantine.count, loaded.duplicates
    if loaded.rows_in != loaded.used + loaded.quarantine.count + loaded.duplicates:
        raise ReadingFault("rows in are not used + quarantined + duplicates")
    judgement.extra_columns = [shown_text(name) for name in loaded.extra_columns]
    judgement.cpr_classes = {
        name.removeprefix("cpr_"): number
        for name, number in sorted(loaded.counts.items())
        if name.startswith("cpr_")
    }
    judgement.facts = dict(loaded.facts)
    if loaded.quarantine.by_code:
        judgement.facts["quarantined_by_rule"] = dict(sorted(loaded.quarantine.by_code.items()))


def _refuse_intolerable(contract: Contract, loaded: Loaded) -> None:
    if loaded.quarantine.count > tolerated(contract, loaded.rows_in) or not loaded.used:
        raise Rejection(
            "over_tolerance",
            f"{loaded.quarantine.count} af {loaded.rows_in} rækker bryder en regel, "
            f"mest: {_most_common(contract, loaded.quarantine)} Det er over tolerancen.",
            _CHECK_AGAIN,
        )


def tolerated(contract: Contract, rows: int) -> float:
    """How many rows may be in quarantine before the whole delivery is refused."""
    return max(float(contract.tolerance_rows), contract.tolerance * rows)


def _refuse_failed(results: Sequence[CheckResult]) -> None:
    for item in results:
        if not item.passed and item.severity == "error":
            code = "check_failed" if item.evaluated else "check_not_evaluated"
            raise Rejection(code, item.sentence, "Ret leverancen, og levér filen igen.")


def _most_common(contract: Contract, quarantine: Quarantine) -> str:
    code = min(quarantine.by_code, key=lambda name: (-quarantine.by_code[name], name))
    return words(contract, code)


def _facts(contract: Contract, survey: Survey, judgement: Judgement) -> None:
    if contract.wide:
        first, weeks = judgement.facts["first_week"], judgement.facts["weeks"]
        judgement.period_from, judgement.period_to = first, last_week(first, weeks)
        judgement.facts["code_counts"] = survey.code_counts
    else:
        judgement.period_from, judgement.period_to = survey.period


def _delivery_results(
    contract: Contract,
    loaded: Loaded,
    survey: Survey,
    judgement: Judgement,
    previous: Delivery | None,
) -> list[CheckResult]:
    """The checks of the delivery as a whole: each is a count that must be zero."""
    counts = loaded.counts
    lost = 0
    older = 0
    if previous is not None and contract.mode == "full":
        floor = previous.used * (1 - contract.max_row_drop)
        # A tenth of a row of slack: 80 of 100 rows is a fall of 20 pct., not more, whatever floats
        # say.
        lost = previous.used - loaded.used if loaded.used < floor - 0.1 else 0
        older = int(_comparable(judgement.period_to) < _comparable(previous.period_to))
    unexpected: Mapping[str, int] = {
        "within_tolerance": 0,
        "nothing_quarantined": loaded.quarantine.count,
        "keys_unique": loaded.duplicates + loaded.conflicts,
        "no_unknown_columns": len(loaded.extra_columns),
        "cpr_modulus_11": counts.get("cpr_modulus_11_failed", 0),
        "volume": lost,
        "newest_period": older,
        "birth_date_matches_cpr": counts.get("birth_date_differs", 0),
        "sex_matches_cpr": counts.get("sex_differs", 0),
        "no_overlapping_spells": survey.overlaps(),
    }
    return [
        result(
            spec,
            unexpected[spec.name] == 0,
            {"rows": loaded.rows_in, "unexpected": unexpected[spec.name]},
        )
        for spec in delivery_checks(contract)
    ]


def _comparable(period: str) -> str:
    """Weeks and months as they are; dates by their month, since the very newest day may be
    corrected.
    """
    return period if "W" in period else period[:7]


def _verdict(
    contract: Contract,
    judgement: Judgement,
    failed: Sequence[CheckResult],
    previous: Delivery | None,
) -> None:
    names = {item.name for item in failed}
    rows = f"{judgement.used} af {judgement.rows_in} rækker er taget i brug"
    if names & {"volume", "newest_period"} and previous is not None:
        judgement.verdict = "suspect"
        if "volume" in names:
            judgement.code = "suspect_volume"
            cause = f"Antallet af rækker er faldet fra {previous.used} til {judgement.used}."
        else:
            judgement.code = "suspect_period"
            cause = (
                f"Den nyeste periode er {judgement.period_to}, men leverancen i kraft går til "
                f"{previous.period_to}."
            )
        action = (
            "Den forrige leverance bruges fortsat; kontrollér filen, "
            "og godkend den ved navn, hvis den er rigtig."
        )
        judgement.sentence = sentence(cause, action, contract.supplier)
    elif failed:
        judgement.verdict = "warned"
        judgement.code = "rows_quarantined" if judgement.quarantined else "warnings"
        cause = f"{rows}, med advarsler: {' '.join(item.sentence for item in failed)}"
        judgement.sentence = sentence(cause, "Se leverancens kontroller.", contract.supplier)
    else:
        judgement.verdict, judgement.code = "accepted", "accepted"
        judgement.sentence = f"{rows}."
