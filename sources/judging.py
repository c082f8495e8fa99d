"""Judging one delivery: loaded whole, checked against its contract and the delivery in force, given a
verdict.

Belongs here: the order of steps, accounting for every row, tolerance. Does not belong here: the
checks of the delivery as a whole (`comparing`), what they lead to (`judgement`), where files come
from and are kept (`intake`, `record`).
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from expectations.checks import CheckResult, prefix_of
from expectations.contract import Contract
from expectations.validation import Library, validate
from sources.comparing import delivery_results
from sources.cpr import Pseudonyms
from sources.dream.parser import identified_by
from sources.faults import words
from sources.files import sha256_of, shown_text, sync_file
from sources.judgement import Judgement, decide, refuse
from sources.loaded import Facts, Loaded, Progress, Source
from sources.loading import load_table
from sources.opening import open_tables
from sources.pieces import Piece
from sources.quarantine import write_list
from sources.record import Delivery
from sources.rejection import ReadingFault, Rejection
from sources.survey import Survey, last_week

_CHECK_AGAIN = "Ret rækkerne i karantænelisten, og levér filen igen."


def judge(
    contract: Contract,
    pieces: Sequence[Piece],
    key: bytes,
    work: Path,
    previous: Delivery | None,
    progress: Progress,
    municipality: int | None = None,
    *,
    keyed: bool = False,
) -> Judgement:
    """Judge the delivery that `pieces` make up, in their order, leaving tables and quarantine list in
    `work` when they are to be kept. `previous` is the one in force; `municipality` is the number of
    the municipality a population is to be about, None when that is not looked at. `keyed`: a key to
    DREAM's serial numbers is in force.

    A fault of the data gives a verdict; a fault of the disk passes through as OSError; anything
    else is raised anew as ReadingFault with its place and without its message, which may hold
    cell values.
    """
    judgement = Judgement()
    try:
        opened = _opened(contract, pieces, judgement)
        _refuse_without_key(opened, keyed)
        _judge(contract, opened, key, work, previous, municipality, progress, judgement)
    except Rejection as refusal:
        refuse(judgement, contract, refusal)
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


def _judge(
    contract: Contract,
    opened: Mapping[str, Sequence[Source]],
    key: bytes,
    work: Path,
    previous: Delivery | None,
    municipality: int | None,
    progress: Progress,
    judgement: Judgement,
) -> None:
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
    surveys: dict[str, Facts] = {
        item.table.name: item.facts_found or Survey(item.table, item.stored, municipality)
        for item in loaded
    }
    library = Library()
    table_results = [
        found
        for table in contract.tables
        for found in validate(
            table,
            surveys[table.name].frames() if table.name in surveys else (),
            prefix_of(contract, table),
            library,
        )
    ]
    _facts(surveys.values(), judgement)
    for item in loaded:
        sync_file(item.stored)
        judgement.tables[item.table.name] = sha256_of(item.stored)
    as_a_whole = delivery_results(contract, loaded, surveys, judgement, previous)
    results = [*as_a_whole, *table_results]
    judgement.checks = [item.as_dict() for item in results]
    failed = [item for item in results if not item.passed]
    _refuse_failed(table_results)
    if any(item.name == "municipality" for item in failed):
        raise Rejection(
            "other_municipality",
            f"Ingen i leverancen bor i kommunen (kommunekode {municipality}).",
            "Levér kommunens egen befolkning.",
        )
    decide(contract, judgement, failed, previous)


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


def _refuse_without_key(opened: Mapping[str, Sequence[Source]], keyed: bool) -> None:
    """Reject DREAM by serial number as long as nothing says whose the numbers are."""
    headers = [source.raw.header for source in opened.get("dream", ())]
    if not keyed and any(identified_by(header) == "lobenr" for header in headers):
        raise Rejection(
            "key_missing",
            "DREAM er leveret med løbenumre (lobenr), og der er ingen nøgle (dream_key) i kraft.",
            "Levér dream_key først, eller levér DREAM med PNR.",
        )


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


def _facts(surveys: Iterable[Facts], judgement: Judgement) -> None:
    periods = []
    for survey in surveys:
        judgement.facts |= survey.residents
        if survey.table.wide:
            first, weeks = judgement.facts["first_week"], judgement.facts["weeks"]
            periods.append((first, last_week(first, weeks)))
            judgement.facts["code_counts"] = survey.code_counts
        elif survey.period != ("", ""):
            periods.append(survey.period)
    judgement.period_from = min((first for first, _ in periods), default="")
    judgement.period_to = max((last for _, last in periods), default="")
