"""The ledger's lines: one for each delivery, decision and publication, also for those a killed run had not written yet.

Belongs here: what the ledger says of each, and finding those it does not say yet. Not here: the chain itself
(`exports.ledger`), the record and the sets.

What is done stands first in the record or in the published tree, and then in the ledger. A run killed between the two
leaves a line out; whoever comes next writes it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from assets.resources import House
from exports.ledger import PUBLICATION, append, lines
from exports.published_sets import PUBLISHED, manifest_hash, versions
from sources.record import Delivery


def write_deliveries(house: House, source: str) -> None:
    """A line for every delivery of a source, and for every one accepted by name, that has none yet."""
    record = house.record().all(source)
    _append_missing(house, "delivery", [delivery_facts(entry) for entry in record])
    _append_missing(
        house, "decision", [decision_facts(entry) for entry in record if entry.accepted_by]
    )


def write_publications(house: House, plan: str, month: str, run: str) -> None:
    """A line for every version of a plan's month that has none yet; `run` is the id of the run that writes it. A version
    that has one never gets another, whatever its manifest says now."""
    for version, place in untold(house.path, plan, month).items():
        facts = {"plan": plan, "month": month, "version": version}
        more = {"manifest": manifest_hash(place), "run": run}
        append(house.path, PUBLICATION, {**facts, **more}, house.now())


def untold(home: Path, plan: str, month: str) -> dict[int, Path]:
    """The versions of a plan's month that have no line yet."""
    told = [line.facts for line in lines(home) if line.kind == PUBLICATION]
    written = {(facts["plan"], facts["month"], facts["version"]) for facts in told}
    every = versions(home / PUBLISHED / plan / month)
    return {version: at for version, at in every.items() if (plan, month, version) not in written}


def delivery_facts(delivery: Delivery) -> dict[str, object]:
    """What the ledger says of a delivery."""
    return {
        "source": delivery.source,
        "delivery": delivery.id,
        "sha256": delivery.sha256,
        "verdict": delivery.verdict,
        "code": delivery.code,
        "rows_in": delivery.rows_in,
        "used": delivery.used,
        "quarantined": delivery.quarantined,
        "duplicates": delivery.duplicates,
    }


def decision_facts(delivery: Delivery) -> dict[str, object]:
    """What the ledger says of a suspect delivery that somebody put in force."""
    return {
        "delivery": delivery.id,
        "by": delivery.accepted_by,
        "why": delivery.accepted_why,
    }


def _append_missing(house: House, kind: str, facts_of_each: Iterable[Mapping[str, object]]) -> None:
    written = {line.facts.get("delivery") for line in lines(house.path) if line.kind == kind}
    for facts in facts_of_each:
        if facts["delivery"] not in written:
            append(house.path, kind, facts, house.now())
