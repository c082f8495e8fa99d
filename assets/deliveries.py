"""`delivered_<source>`: what each source has in force after tonight's look in the inbox.

Belongs here: one asset a source, made from its contract. Not here: reading and judging (`sources`), how a verdict shows
(`gate`).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import dagster as dg

from assets.gate import (
    RETRY,
    WRITES_HOME,
    check_results,
    check_specs,
    checks_table,
    failure,
    told_plainly,
)
from assets.ledger_lines import write_deliveries
from assets.resources import House
from assets.settings import installation_of
from assets.versions import version_of
from expectations.contract import SOURCES, Contract, load, stored_columns
from sources.record import Delivery

if TYPE_CHECKING:
    from sources.intake import IntakeResult

BEFORE = {"dream": ("dream_key",)}
"""Sources that must have been looked at first: what they hold decides how the next is read."""

Step = Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]


def delivered(source: str) -> dg.AssetsDefinition:
    """The asset of a source. It yields every check result before anything else; without a good delivery a required source
    fails, and the last good version of any source stays in force when a newer one is refused."""
    contract = load(source)

    @dg.asset(
        name=f"delivered_{source}",
        group_name="deliveries",
        deps=[f"delivered_{earlier}" for earlier in BEFORE.get(source, ())],
        description=f"{contract.title}: den leverance, der er i kraft efter nattens indlæsning.",
        owners=["team:beskaeftigelse"],
        kinds={"parquet", "greatexpectations"},
        tags={"persondata": "ja" if contract.has_person else "nej"},
        check_specs=check_specs(contract),
        metadata={"dagster/column_schema": column_schema(contract)},
        retry_policy=RETRY,
        pool=WRITES_HOME,
    )
    def _delivered(house: House) -> Step:
        from sources.delivery_pages import page_path, refresh
        from sources.intake import take_in

        house.tell(f"læser {source}")
        with told_plainly():
            taken = take_in(
                contract,
                house.inbox_at_hand(),
                house.path,
                house.key(),
                installation_of(house.settings()),
                house.now(),
                house.tell,
            )
            write_deliveries(house, source)
            judged = last_judged(house, source)
        unwritten = refresh(contract, house.path)
        pages: dict[str, str | dg.MetadataValue[Any]] = {}
        if unwritten:
            dg.get_dagster_logger().warning(unwritten)
            pages["advarsel"] = unwritten
        if judged is not None:
            pages["kontrolside"] = dg.MetadataValue.path(page_path(house.path, judged))
            pages["kontroller"] = dg.MetadataValue.md(checks_table(contract, judged))
        yield from check_results(contract, judged)
        if contract.required and not taken.in_force:
            raise nothing_in_force(contract, judged)
        yield dg.MaterializeResult(
            data_version=dg.DataVersion(version_of([d.tables for d in taken.in_force])),
            metadata={**shown(taken, judged), **pages},
        )

    return _delivered


def last_judged(house: House, source: str) -> Delivery | None:
    """The delivery judged last; a second arrival of the same bytes is no judgement."""
    judged = [entry for entry in house.record().all(source) if entry.verdict != "duplicate"]
    return judged[-1] if judged else None


def nothing_in_force(contract: Contract, judged: Delivery | None) -> dg.Failure:
    """Why a required source stops the night: never delivered (20) or never accepted (10)."""
    if judged is None:
        return failure(f"{contract.title} er aldrig leveret. Spørg {contract.supplier}.", 20)
    return failure(judged.sentence, 10)


def shown(taken: "IntakeResult", judged: Delivery | None) -> dict[str, int | str]:
    """The asset's metadata: counts and sentences, never a row."""
    newest = taken.in_force[-1] if taken.in_force else None
    facts: dict[str, int | str] = {
        "nye_leverancer": len(taken.new),
        "venter": len(taken.waiting),
        "venter_på": " ".join(entry.sentence for entry in taken.waiting),
        "ikke_læst": " ".join(taken.ignored),
        "i_kraft": ", ".join(entry.id for entry in taken.in_force[-3:]) or "ingen",
    }
    if newest is not None:
        facts |= {
            "dagster/row_count": sum(entry.used for entry in taken.in_force),
            "rækker_ind": newest.rows_in,
            "brugt": newest.used,
            "karantæne": newest.quarantined,
            "dubletter": newest.duplicates,
            "data_til": newest.period_to,
        }
    if judged is not None:
        facts |= {"seneste_dom": judged.verdict, "forklaring": judged.sentence}
    return facts


def column_schema(contract: Contract) -> dg.TableSchema:
    """The stored columns as Dagster shows them, `sheet.column` where a delivery holds several tables."""
    several = len(contract.tables) > 1
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                f"{table.name}.{column.name}" if several else column.name,
                type=column.type,
                description=column.description,
            )
            for table in contract.tables
            for column in stored_columns(table)
        ]
    )


delivered_assets = [delivered(source) for source in SOURCES]
