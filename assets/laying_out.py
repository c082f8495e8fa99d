"""From deliveries in force to a register in blocks.

Belongs here: what each block keeps of a source's rows, and the register in force. Not here: which source makes which
register (`recipes`), cutting and storing blocks (`blocks`), the Dagster assets (`registers`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.keeping import NothingKept, point, pointed
from assets.recipes import THINGS
from assets.resources import House
from assets.serials import SerialKey, key_for
from assets.versions import code_version, version_of
from blocks.damage import DamagedBlockError
from blocks.layout import PERSON, bits_for, latest_by_key, lay_out, lay_out_ordered
from blocks.store import BlockStore
from expectations.contract import load, stored_key
from indicators.block import WeekAxis
from indicators.calendar import parse_month, parse_week
from sources.record import Delivery, DeliveryRecord

SEQUENCE = "_sequence"
IN_FORCE = "in_force"
ROWS_A_BATCH = 16_384
HOURS = pa.decimal128(18, 6)


@dataclass(frozen=True)
class Register:
    """A register in force: its version, its blocks, the deliveries it was made of, and how many of their rows no key told
    the person of."""

    version: str
    store: BlockStore
    deliveries: tuple[str, ...]
    without_key: int = 0


@dataclass(frozen=True)
class Plan:
    """A register as it is to be: of which deliveries, with which key, cut by how many bits, and the version of that."""

    version: str
    deliveries: Sequence[Delivery]
    key: SerialKey | None
    bits: int


def planned(house: House, thing: str) -> Plan | None:
    """What a register is to be made of now; None for a source never delivered."""
    record = house.record()
    deliveries = record.in_force(THINGS[thing].source)
    if not deliveries:
        return None
    bits = bits_for(_people(record)) if THINGS[thing].of_people else 0
    key = key_for(record, deliveries[-1])
    tables = [entry.tables for entry in (*deliveries, *([key.delivery] if key else []))]
    version = version_of(thing, tables, bits, code_version("blocks", "assets"))
    return Plan(version, deliveries, key, bits)


def is_current(house: House, thing: str) -> bool:
    """Whether the register in force is made of what is in force now; nothing is, of a source never delivered."""
    plan = planned(house, thing)
    if plan is None:
        return True
    try:
        register = in_force(house, thing)
    except (NothingKept, DamagedBlockError):
        return False
    return register is not None and register.version == plan.version


def laid_out(house: House, thing: str) -> Register | None:
    """Lay out a register from what is in force, or find it laid out already; None for a source never delivered."""
    plan = planned(house, thing)
    if plan is None:
        return None
    source, record = THINGS[thing].source, house.record()
    version, deliveries, key, bits = plan.version, plan.deliveries, plan.key, plan.bits
    folder = house.folder("registers", thing)
    path = folder / version
    if not path.exists():
        house.tell(f"lægger {thing} ud i blokke: {1 << bits}")
        as_stored = key is None and len(deliveries) == 1
        if not (as_stored and lay_out_ordered(_table(house, deliveries[0]), bits, path)):
            schema = _schema(house, deliveries)
            batches = _batches(house, deliveries, schema, key)
            lay_out(batches, schema, bits, path, _finish(thing, source))
    ids = tuple(entry.id for entry in deliveries)
    without_key = _without_key(record, deliveries[-1], key)
    pointer = {"version": version, "deliveries": list(ids), "without_key": without_key}
    point(folder, IN_FORCE, pointer)
    return Register(version, BlockStore.open(path), ids, without_key)


def in_force(house: House, thing: str) -> Register | None:
    """The register in force; None when its source was never delivered. Raises NothingKept before the first night."""
    if not house.record().in_force(THINGS[thing].source):
        return None
    folder = house.folder("registers", thing)
    pointer = pointed(folder, IN_FORCE)
    store = BlockStore.open(folder / pointer["version"])
    ids = tuple(pointer["deliveries"])
    return Register(pointer["version"], store, ids, int(pointer["without_key"]))


def week_axis(house: House, register: Register) -> WeekAxis:
    """What the weekly register covers, from the facts of the delivery it was made of."""
    facts = house.record().find(register.deliveries[-1]).facts
    return WeekAxis(
        first_week=parse_week(facts["first_week"]),
        weeks=int(facts["weeks"]),
        grad_months=tuple(parse_month(month) for month in facts["grad_months"]),
        branche_months=tuple(parse_month(month) for month in facts["branche_months"]),
    )


def _without_key(record: DeliveryRecord, delivery: Delivery, key: SerialKey | None) -> int:
    if key is None:
        return 0
    persons = pq.read_table(record.table_path(delivery), columns=[PERSON])[PERSON]
    return key.missing(persons.combine_chunks())


def _people(record: DeliveryRecord) -> int:
    """How many people the population in force holds."""
    in_force = record.in_force("population")
    return sum(_persons(record.table_path(entry), entry.tables["population"]) for entry in in_force)


@cache
def _persons(table: Path, checksum: str) -> int:
    """How many people a stored table holds; every area asks, of the same table."""
    return int(pc.count_distinct(pq.read_table(table, columns=[PERSON])[PERSON]).as_py())


def _table(house: House, delivery: Delivery) -> Path:
    """The stored table of a delivery, its checksum verified."""
    return house.record().table_path(delivery, verify=True)


def _schema(house: House, deliveries: Sequence[Delivery]) -> pa.Schema:
    """The columns of all deliveries together, texts undictionaried, with the delivery's place in the order."""
    fields: dict[str, pa.Field] = {}
    for entry in deliveries:
        for item in pq.read_schema(house.record().table_path(entry)):
            kind = item.type.value_type if pa.types.is_dictionary(item.type) else item.type
            fields[item.name] = item.with_type(kind)
    return pa.schema([*fields.values(), pa.field(SEQUENCE, pa.int32())])


def _batches(
    house: House, deliveries: Sequence[Delivery], schema: pa.Schema, key: SerialKey | None
) -> Iterator[pa.Table]:
    for sequence, entry in enumerate(deliveries):
        stored = pq.ParquetFile(_table(house, entry))
        wide = any(pa.types.is_fixed_size_binary(item.type) for item in stored.schema_arrow)
        for batch in stored.iter_batches(ROWS_A_BATCH if wide else 32 * ROWS_A_BATCH):
            columns = {name: batch.column(name) for name in batch.schema.names}
            if key is not None:
                columns[PERSON] = key.persons_of(columns[PERSON])
            columns[SEQUENCE] = pa.array([sequence] * len(batch), pa.int32())
            arrays = [
                columns[item.name].cast(item.type)
                if item.name in columns
                else pa.nulls(len(batch), item.type)
                for item in schema
            ]
            yield pa.table(arrays, schema=schema)


def _finish(thing: str, source: str) -> Callable[[pa.Table], pa.Table]:
    key = stored_key(load(source).table)
    if thing == "income":
        return partial(_ordinary_months, key)
    return partial(latest_by_key, key=key, sequence=SEQUENCE)


def _ordinary_months(key: Sequence[str], table: pa.Table) -> pa.Table:
    """One row a person and month with wages: whether any of them is ordinary employment, and the paid hours of it."""
    rows = latest_by_key(table, key, SEQUENCE)
    ordinary = pc.fill_null(pc.equal(rows["ansaettelsesform"], "ordinær"), False)
    # Added as decimal numbers, so that ten hours in three parts are ten hours, in whatever order the parts stand.
    hours = pc.if_else(ordinary, pc.fill_null(rows["loentimer"], 0.0), 0.0).cast(HOURS)
    columns = {"maaned": rows["maaned"], "ordinaer": ordinary, "ordinaere_timer": hours}
    months = pa.table({PERSON: rows[PERSON], **columns})
    sums = [("ordinaer", "any"), ("ordinaere_timer", "sum")]
    joined = months.group_by([PERSON, "maaned"]).aggregate(sums)
    named = {"ordinaer_any": "ordinaer", "ordinaere_timer_sum": "ordinaere_timer"}
    kept = joined.rename_columns(named).sort_by([(PERSON, "ascending"), ("maaned", "ascending")])
    place = kept.column_names.index("ordinaere_timer")
    return kept.set_column(place, "ordinaere_timer", kept["ordinaere_timer"].cast(pa.float64()))
