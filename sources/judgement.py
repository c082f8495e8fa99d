"""What a delivery came to, and the Danish words of it.

Belongs here: the form of a judgement, and the verdict that failed checks lead to. Does not belong
here: reading (`loading`), the checks (`comparing`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from expectations.checks import CheckResult
from expectations.contract import Contract
from sources.record import Delivery, Verdict
from sources.rejection import Rejection, sentence


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


def refuse(judgement: Judgement, contract: Contract, refusal: Rejection) -> None:
    """Make a refusal the verdict; what was counted until then stays."""
    judgement.verdict, judgement.code = "rejected", refusal.code
    judgement.sentence = sentence(refusal.cause, refusal.action, contract.supplier)


def decide(
    contract: Contract,
    judgement: Judgement,
    failed: Collection[CheckResult],
    previous: Delivery | None,
) -> None:
    """Give a delivery that was loaded its verdict: suspect, accepted with warnings, or accepted."""
    rows = f"{judgement.used} af {judgement.rows_in} rækker er taget i brug"
    suspicions = _suspicions(judgement, {item.name for item in failed}, previous)
    if suspicions:
        judgement.verdict = "suspect"
        judgement.code = suspicions[0][0]
        until = "Den forrige leverance bruges fortsat" if previous else "Leverancen bruges ikke"
        judgement.sentence = sentence(
            " ".join(cause for _, cause in suspicions),
            f"{until}; kontrollér filen, og godkend den ved navn, hvis den er rigtig.",
            contract.supplier,
        )
    elif failed:
        judgement.verdict = "warned"
        judgement.code = "rows_quarantined" if judgement.quarantined else "warnings"
        judgement.sentence = sentence(*_warning(judgement, rows, failed), contract.supplier)
    else:
        judgement.verdict, judgement.code = "accepted", "accepted"
        judgement.sentence = f"{rows}."


def _warning(judgement: Judgement, rows: str, failed: Collection[CheckResult]) -> tuple[str, str]:
    """Cause and what to do of a delivery that is used although something is wrong with it."""
    told = [item.sentence for item in failed if item.name != "nothing_quarantined"]
    warnings = f", med advarsler: {' '.join(told)}" if told else "."
    if not judgement.quarantined:
        return rows + warnings, "Se leverancens kontroller."
    return (
        f"{rows}, {judgement.quarantined} er i karantæne{warnings}",
        "Karantænelisten siger for hver, hvor den står, hvad der er galt, og hvad der er tilladt; ret dem, og levér igen.",
    )


def _suspicions(
    judgement: Judgement, failed: Collection[str], previous: Delivery | None
) -> list[tuple[str, str]]:
    """Code and cause of everything that makes a delivery suspect."""
    found = []
    if "format_limit" in failed:
        found.append(
            (
                "format_limit",
                "Leverancen har præcis så mange rækker, som et regneark kan rumme, og er "
                "sandsynligvis skåret over.",
            )
        )
    if previous is None:
        return found
    if "volume" in failed:
        cause = f"Antallet af rækker er faldet fra {previous.used} til {judgement.used}."
        found.append(("suspect_volume", cause))
    if "newest_period" in failed:
        cause = (
            f"Den nyeste periode er {judgement.period_to}, men leverancen i kraft går til "
            f"{previous.period_to}."
        )
        found.append(("suspect_period", cause))
    if "municipality_share" in failed:
        cause = "Andelen af borgere, der bor i kommunen, er faldet til under det halve."
        found.append(("suspect_municipality", cause))
    return found
