"""The gate: how a delivery's verdict and an infrastructure fault show in Dagster.

Belongs here: check specs and check results from the contract, and failures that carry the program's exit code. Not here:
judging (`sources.judging`), the commands' exit codes (`pipelines.outcome`).

A failing blocking check does not keep a bad table out of Dagster's storage by itself, so the verdict is reached before
anything is put in force, the results are shown, and only the last good version goes on.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from assets.keys import KeyProblem
from assets.settings import SettingsError, SourceNeededError
from assets.stopping import INTERRUPTED, stop, why_stopping
from blocks.damage import DamagedBlockError
from blocks.faults import BlockFailedError, EngineMissingError, EngineUnavailableError
from expectations.checks import checks_for
from expectations.contract import Contract
from exports.database import DatabaseFault
from exports.ledger import LedgerDamaged
from exports.locks import LockBusy
from exports.publication import Superseded
from exports.release_gate import ReleaseRefused
from sources.inbox import InboxAwayError
from sources.record import Delivery, RecordError

EXIT_CODE = "exit_code"
INFRASTRUCTURE = 30
RETRY = dg.RetryPolicy(max_retries=2, delay=2, backoff=dg.Backoff.EXPONENTIAL)
"""A disk or a database that is away for a moment is waited for, six seconds in all."""
WRITES_HOME = "hjemmet"
"""The pool of every asset that writes the home: Dagster lets one run at a time use it."""
COUNTED = {"rows": "rækker", "unexpected": "brud"}
"""What a check counts, as the pages call it."""
NOT_JUDGED = "Kunne ikke vurderes, fordi leverancen ikke kunne læses."
NOT_DELIVERED = "Kilden er ikke leveret."


def check_specs(contract: Contract) -> list[dg.AssetCheckSpec]:
    """One check an expectation, named and described as in the contract."""
    return [
        dg.AssetCheckSpec(
            name=spec.name,
            asset=f"delivered_{contract.source}",
            description=spec.description,
            metadata={"alvor": spec.severity},
        )
        for spec in checks_for(contract)
    ]


def check_results(contract: Contract, judged: Delivery | None) -> Iterator[dg.AssetCheckResult]:
    """The result of every check for the delivery judged last; what was not evaluated has failed."""
    results = {} if judged is None else {result["name"]: result for result in judged.checks}
    for spec in checks_for(contract):
        result = results.get(spec.name)
        severity = (
            dg.AssetCheckSeverity.ERROR if spec.severity == "error" else dg.AssetCheckSeverity.WARN
        )
        if result is None:
            yield dg.AssetCheckResult(
                check_name=spec.name,
                passed=False,
                severity=severity if judged or contract.required else dg.AssetCheckSeverity.WARN,
                description=NOT_JUDGED if judged else NOT_DELIVERED,
            )
            continue
        yield dg.AssetCheckResult(
            check_name=spec.name,
            passed=bool(result["passed"]),
            severity=severity,
            description=str(result["sentence"] or result["description"]),
            metadata={
                "leverance": judged.id if judged else "",
                **{COUNTED.get(name, name): number for name, number in result["counts"].items()},
            },
        )


def checks_table(contract: Contract, judged: Delivery) -> str:
    """What every check came to, as a Markdown table of counts."""
    results = {result["name"]: result for result in judged.checks}
    lines = [f"Leverancen {judged.id}", "", "| kontrol | udfald | brud |", "|---|---|---:|"]
    for spec in checks_for(contract):
        result = results.get(spec.name)
        if result is None or not result["evaluated"]:
            outcome, found = "ikke efterprøvet", ""
        else:
            outcome = "i orden" if result["passed"] else f"ikke opfyldt ({spec.severity_word})"
            found = str(result["counts"].get("unexpected", ""))
        lines.append(f"| {spec.description} | {outcome} | {found} |")
    return "\n".join(lines)


def failure(sentence: str, exit_code: int) -> dg.Failure:
    """A failure with one Danish sentence and the exit code the command line ends with. Only a fault of the machine is tried
    again: nothing else is another thing a moment later."""
    again = exit_code == INFRASTRUCTURE and not why_stopping()
    return dg.Failure(description=sentence, metadata={EXIT_CODE: exit_code}, allow_retries=again)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn known faults into failures of one sentence. They are raised anew after the `except` blocks, so that no traceback
    carries a value from the border with personal data. A run that is stopping begins nothing more."""
    if why := why_stopping():
        raise failure(why, INFRASTRUCTURE)
    try:
        yield
        return
    except dg.DagsterExecutionInterruptedError:
        sentence, code = stop(INTERRUPTED), INFRASTRUCTURE
    except InboxAwayError as problem:
        # Every source would find the same.
        sentence, code = stop(str(problem)), INFRASTRUCTURE
    except SourceNeededError as problem:
        sentence, code = str(problem), 20
    except (KeyProblem, SettingsError, EngineMissingError) as problem:
        sentence, code = str(problem), 2
    except ReleaseRefused as refusal:
        sentence, code = str(refusal), 40
    except (
        *(Superseded, LockBusy, RecordError, LedgerDamaged, DatabaseFault),
        *(DamagedBlockError, BlockFailedError, EngineUnavailableError),
    ) as fault:
        sentence, code = str(fault), INFRASTRUCTURE
    except OSError as fault:
        sentence, code = _of_the_machine(fault), INFRASTRUCTURE
    raise failure(sentence, code)


def _of_the_machine(fault: OSError) -> str:
    """What failed and where: the file, or the home where none is named, as of a write that found the disk full half-way."""
    dagster = os.environ.get("DAGSTER_HOME")
    where = fault.filename or (Path(dagster).parent if dagster else "")
    said = os.strerror(fault.errno) if fault.errno else fault.strerror or "læsefejl"
    return f"Disken eller en fil svigtede{f' ({where})' if where else ''}: {said}."
