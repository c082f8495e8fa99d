"""How a command ends: the exit codes and the sentence that goes with one.

Belongs here: the codes of the specification and reading them off a finished run. Not here: the faults themselves
(`assets.gate`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from expectations.contract import SOURCES
from sources.record import DeliveryRecord

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult

DONE = 0
WRONG_USE = 2
NOTHING_COMPUTED = 10
OLDER_DELIVERY = 11
NEVER_DELIVERED = 20
INFRASTRUCTURE = 30
REFUSED = 40
OUT_OF_MEMORY = "Maskinen har ikke hukommelse nok til kørslen. Giv den mere, og kør så igen."


@dataclass(frozen=True)
class Outcome:
    """An exit code and the Danish sentences to tell."""

    code: int
    sentences: tuple[str, ...] = ()


def outcome_of(result: ExecuteInProcessResult, record: DeliveryRecord) -> Outcome:
    """The outcome of a run: a failure's own code, 11 when a source stands on an older delivery, else 0. What stopped several
    steps is said once."""
    failures = [event for event in result.all_node_events if event.is_step_failure]
    if failures:
        told = [failure_of(event.step_failure_data) for event in failures]
        return Outcome(told[0][0], tuple(dict.fromkeys(sentence for _, sentence in told)))
    if not result.success:
        return Outcome(
            INFRASTRUCTURE, ("Kørslen blev ikke færdig; se Dagsters oversigt over kørsler.",)
        )
    older = _refused(record)
    waiting = _told(result, "venter_på")
    sentences = (*older, *waiting, *_told(result, "ikke_læst"))
    return Outcome(OLDER_DELIVERY if older or waiting else DONE, sentences)


def failure_of(data: Any) -> tuple[int, str]:
    """The exit code and the Danish sentence of a failed step."""
    user = data.user_failure_data
    if user is not None and user.metadata.get("exit_code") is not None:
        return int(user.metadata["exit_code"].value), str(user.description)
    kind = data.error.cause.cls_name if data.error and data.error.cause else "ukendt fejl"
    return INFRASTRUCTURE, f"Et trin gik i stykker ({kind}); se Dagsters oversigt over kørsler."


def _refused(record: DeliveryRecord) -> list[str]:
    """A sentence for every source whose newest delivery was refused while an older one is in force."""
    sentences = []
    for source in SOURCES:
        judged = [entry for entry in record.all(source) if entry.verdict != "duplicate"]
        if judged and not judged[-1].in_force:
            sentences.append(f"{source}: {judged[-1].sentence}")
    return sentences


def _told(result: ExecuteInProcessResult, name: str) -> list[str]:
    """What the sources say under one name of their metadata, each with its source first."""
    sentences = []
    for event in result.all_node_events:
        if event.is_step_materialization:
            materialization = event.step_materialization_data.materialization
            words = materialization.metadata.get(name)
            if words is not None and words.value:
                source = materialization.asset_key.path[-1].removeprefix("delivered_")
                sentences.append(f"{source}: {words.value}")
    return sentences
