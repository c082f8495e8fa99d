"""Judging one delivery: loaded whole, checked against its contract and the delivery in force, given a
verdict.

Belongs here: tolerance, the checks of the delivery as a whole, suspicion, and the Danish words
of the answer. Does not belong here: where files come from and where they are kept (`intake`,
`record`).
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expectations.checks import CheckResult, delivery_checks, prefix_of, result
from expectations.contract import Contract
from expectations.validation import validate
from sources.cpr import Pseudonyms
from sources.faults import words
from sources.files import sha256_of, shown_text, sync_file
from sources.loading import Loaded, Progress, Source, load_table
from sources.opening import open_tables
from sources.pieces import Piece
from sources.quarantine import write_list
from sources.record import Delivery, Verdict
from sources.rejection import ReadingFault, Rejection, sentence
from sources.survey import Survey, last_week

_CHECK_AGAIN = "Ret rækkerne i karantænelisten, og levér filen igen."
_FEWEST_ROWS_TO_FALL = 10
"""A sheet of a workbook with fewer rows may shrink as it likes."""


@dataclass
class Judgement:
    """What a delivery came to; the fields are those of `record.Delivery`."""

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
    tables: dict[str, str] = field(default_factory=dict)


def judge(
    contract: Contract,
    pieces: Sequence[Piece],
    key: bytes,
    work: Path,
    previous: Delivery | None,
    progress: Progress,
) -> Judgement:
    """Judge the delivery that `pieces` make up, in their order, leaving tables and quarantine list in
    `work` when they are to be kept.

    A fault of the data gives a verdict; a fault of the disk passes through as OSError; anything
    else is raised anew as ReadingFault with its place and without its message, which may hold
    cell values.
    """
    judgement = Judgement()
    try:
        _judge(contract, pieces, key, work, previous, progress, judgement)
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
        for left in work.glob("*.parquet"):
            left.unlink()
        judgement.tables = {}
    return judgement


def refused(contract: Contract, refusal: Rejection) -> Judgement:
    """A refusal as a judgement."""
    words_ = sentence(refusal.cause, refusal.action, contract.supplier)
    return Judgement("rejected", refusal.code, words_)


def _judge(
    contract: Contract,
    pieces: Sequence[Piece],
    key: bytes,
    work: Path,
    previous: Delivery | None,
    progress: Progress,
    judgement: Judgement,
) -> None:
    opened = _opened(contract, pieces, judgement)
    pseudonyms = Pseudonyms(key, contract.source)
    loaded = [
        load_table(table, opened[table.name], pseudonyms, work, progress)
        for table in contract.tables
        if table.name in opened
    ]
    _account(contract, loaded, judgement)
    if judgement.quarantined:
        write_list(work / "quarantine.csv", [item.quarantine for item in loaded])
    if not judgement.rows_in:
        raise Rejection(
            "empty_file", "Filen har ingen rækker ud over kolonnenavnene.", "Levér filen igen."
        )
    _refuse_intolerable(contract, loaded, judgement)
    progress("efterprøves")
    surveys = {item.table.name: Survey(item.table, item.stored) for item in loaded}
    table_results = [
        found
        for table in contract.tables
        for found in validate(
            table,
            surveys[table.name].frames() if table.name in surveys else (),
            prefix_of(contract, table),
        )
    ]
    _facts(surveys.values(), judgement)
    delivery_results = _delivery_results(contract, loaded, surveys, judgement, previous)
    results = [*delivery_results, *table_results]
    judgement.checks = [item.as_dict() for item in results]
    failed = [item for item in results if not item.passed]
    _refuse_failed(table_results)
    for item in loaded:
        sync_file(item.stored)
        judgement.tables[item.table.name] = sha256_of(item.stored)
    _verdict(contract, judgement, failed, previous)


def _opened(
    contract: Contract, pieces: Sequence[Piece], judgement: Judgement
) -> dict[str, list[Source]]:
    """The pieces of each table that was delivered, in order."""
    opened: dict[str, list[Source]] = {}
    several = len(contract.tables) > 1
    for piece in pieces:
        for name, raw in open_tables(piece.path, piece.ending, contract).items():
            place = f"{piece.shown_name} · {name}" if several else piece.shown_name
            opened.setdefault(name, []).append(Source(place, raw))
    raws = [source.raw for sources in opened.values() for source in sources]
    judgement.encoding = ", ".join(dict.fromkeys(raw.encoding for raw in raws))
    judgement.delimiter = ", ".join(dict.fromkeys(raw.delimiter for raw in raws))
    left_out = dict.fromkeys(name for raw in raws for name in raw.left_out)
    judgement.extra_columns = [f"arket {shown_text(name)}" for name in left_out]
    return opened


def _account(contract: Contract, loaded: Sequence[Loaded], judgement: Judgement) -> None:
    """Add up what became of the rows; ReadingFault when one is lost or counted twice."""
    judgement.rows_in = sum(item.rows_in for item in loaded)
    judgement.used = sum(item.used for item in loaded)
    judgement.quarantined = sum(item.quarantine.count for item in loaded)
    judgement.duplicates = sum(item.duplicates for item in loaded)
    if judgement.rows_in != judgement.used + judgement.quarantined + judgement.duplicates:
        raise ReadingFault("rows in are not used + quarantined + duplicates")
    counts: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    for item in loaded:
        counts.update(item.counts)
        by_rule.update(item.quarantine.by_code)
        judgement.facts |= item.facts
    judgement.extra_columns += [shown_text(name) for item in loaded for name in item.extra_columns]
    judgement.cpr_classes = {
        name.removeprefix("cpr_"): number
        for name, number in sorted(counts.items())
        if name.startswith("cpr_")
    }
    if by_rule:
        judgement.facts["quarantined_by_rule"] = dict(sorted(by_rule.items()))
    if len(contract.tables) > 1:
        judgement.facts["tables"] = {
            item.table.name: {
                "rows_in": item.rows_in,
                "used": item.used,
                "quarantined": item.quarantine.count,
                "duplicates": item.duplicates,
            }
            for item in loaded
        }


def _refuse_intolerable(contract: Contract, loaded: Sequence[Loaded], judgement: Judgement) -> None:
    bad = judgement.quarantined
    if bad > tolerated(contract, judgement.rows_in) or not judgement.used:
        raise Rejection(
            "over_tolerance",
            f"{bad} af {judgement.rows_in} rækker bryder en regel, "
            f"mest: {_most_common(loaded)} Det er over tolerancen.",
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


def _most_common(loaded: Sequence[Loaded]) -> str:
    """The words of the rule that most rows break."""
    found = [
        (-number, code, item.table)
        for item in loaded
        for code, number in item.quarantine.by_code.items()
    ]
    _, code, table = min(found, key=lambda entry: entry[:2])
    return words(table, code)


def _facts(surveys: Iterable[Survey], judgement: Judgement) -> None:
    periods = []
    for survey in surveys:
        if survey.table.wide:
            first, weeks = judgement.facts["first_week"], judgement.facts["weeks"]
            periods.append((first, last_week(first, weeks)))
            judgement.facts["code_counts"] = survey.code_counts
        elif survey.period != ("", ""):
            periods.append(survey.period)
    judgement.period_from = min((first for first, _ in periods), default="")
    judgement.period_to = max((last for _, last in periods), default="")


def _delivery_results(
    contract: Contract,
    loaded: Sequence[Loaded],
    surveys: Mapping[str, Survey],
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
        "all_tables_delivered": len(missing),
        "cpr_modulus_11": counts["cpr_modulus_11_failed"],
        "volume": _lost(contract, judgement, previous),
        "newest_period": _older(contract, judgement, previous),
        "birth_date_matches_cpr": counts["birth_date_differs"],
        "sex_matches_cpr": counts["sex_differs"],
        "no_overlapping_spells": sum(survey.overlaps() for survey in surveys.values()),
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
