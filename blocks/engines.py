"""Engines: map a function over blocks and hand back its partial results.

Belongs here: running one function over every block, in this process or over processes. Not here: a cluster
(`spark_engine`), what the function does or how its results are joined (`indicators`).

A function takes `{register: table}` of one block and returns additive partial results. They come back in the order
of the blocks, so that the same input gives the same output on every engine.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

import pyarrow as pa

from blocks.store import BlockStore

Result = TypeVar("Result")
BlockFunction = Callable[[Mapping[str, pa.Table]], Result]

BLOCKS_WORTH_A_PROCESS = 4


class Engine(Protocol):
    """Something that maps a function over the blocks of several registers cut alike."""

    def map(
        self, function: BlockFunction[Result], stores: Mapping[str, BlockStore]
    ) -> Iterator[Result]:
        """The function's result for each block, in order."""


@dataclass(frozen=True)
class LocalEngine:
    """Blocks over processes of this machine; memory is the blocks in flight."""

    processes: int = field(default_factory=lambda: os.cpu_count() or 1)

    def map(
        self, function: BlockFunction[Result], stores: Mapping[str, BlockStore]
    ) -> Iterator[Result]:
        """The function's result for each block, in order; `function` must be picklable."""
        blocks = range(1 << common_bits(stores))
        on_block = partial(answer_of, function, dict(stores))
        if self.processes == 1 or len(blocks) < BLOCKS_WORTH_A_PROCESS:
            yield from map(function, _read_ahead(stores, blocks))
            return
        # Forked from a server that is started once and holds no threads: Arrow's and Dagster's would be left in the air by a
        # plain fork, and spawned workers would each import everything anew.
        context = multiprocessing.get_context("forkserver")
        with ProcessPoolExecutor(self.processes, mp_context=context) as pool:
            yield from pool.map(on_block, blocks)


def _read_ahead(
    stores: Mapping[str, BlockStore], blocks: Sequence[int]
) -> Iterator[dict[str, pa.Table]]:
    """The tables of each block, the next one read while this one is worked on."""

    def read(block: int) -> dict[str, pa.Table]:
        return {name: store.read(block) for name, store in stores.items()}

    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(read, blocks[0])
        for after in blocks[1:]:
            tables, coming = coming.result(), reader.submit(read, after)
            yield tables
            # Nothing holds a block while the one after the next is read.
            del tables
        yield coming.result()


def answer_of(
    function: BlockFunction[Result], stores: Mapping[str, BlockStore], block: int
) -> Result:
    """The function's result for one block, read from the stores."""
    return function({name: store.read(block) for name, store in stores.items()})


def common_bits(stores: Mapping[str, BlockStore]) -> int:
    """The number of bits that cut every store; raises ValueError when they are cut differently."""
    bits = {store.bits for store in stores.values()}
    if len(bits) != 1:
        raise ValueError("registrene er ikke skåret i de samme blokke")
    return bits.pop()
