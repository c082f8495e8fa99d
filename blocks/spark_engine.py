"""The engine on a Spark cluster: the same function over the same blocks, a task a block, with `mapInPandas`.

Belongs here: asking a cluster and reading its answers; pyspark is met through `spark_session` alone. Not here:
starting and ending Spark (`spark_session`), what the function does (`indicators`).

Workers read the blocks themselves, with checksums, from the path they were laid out at, so that path must be the same on
every machine. Our own code is sent along. Each task hands back its block's number and the pickled result; the driver puts
them in the order of the blocks, so the answer is that of `LocalEngine` to the byte. A task whose machine is lost is Spark's
to run again. What the *data* do wrong is not tried again: it comes back as an answer, without the words of the exception,
which may quote a row.
"""

from __future__ import annotations

import pickle
import socket
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from blocks.damage import DamagedBlockError
from blocks.engines import BlockFunction, Result, answer_of, common_bits
from blocks.faults import BlockFailedError, EngineUnavailableError
from blocks.spark_session import Cluster, opened, required
from blocks.store import BlockStore

ANSWER = "block long, answer binary"


@dataclass(frozen=True)
class SparkEngine:
    """Blocks over the workers of a cluster, or over threads of this machine with the master `local[*]`.

    `packages` are those of our own that the function needs; they are sent to the workers.
    """

    cluster: Cluster
    packages: tuple[str, ...]

    def __post_init__(self) -> None:
        required()

    def map(
        self, function: BlockFunction[Result], stores: Mapping[str, BlockStore]
    ) -> Iterator[Result]:
        """The function's result for each block, in order; function and results must be picklable.

        Raises DamagedBlockError and BlockFailedError for what a worker met, EngineUnavailableError when the cluster
        cannot be reached, offers no worker or gives up.
        """
        blocks = 1 << common_bits(stores)
        on_block = partial(answer_of, function, dict(stores))
        with opened(self.cluster, self.packages) as session:
            asked = session.range(0, blocks, 1, blocks)
            rows = asked.mapInPandas(_on_frames(on_block), ANSWER).collect()
        answers = {int(row.block): bytes(row.answer) for row in rows}
        if len(rows) != blocks or sorted(answers) != list(range(blocks)):
            raise EngineUnavailableError(
                f"Spark-klyngen svarede for {len(answers)} af {blocks} blokke; kør igen."
            )
        for block in range(blocks):
            # The workers are ours: who may join the cluster is the cluster's secret to keep (docs/cluster.md).
            result = pickle.loads(answers[block])  # noqa: S301
            if isinstance(result, Exception):
                raise result
            yield result


def _on_frames(
    on_block: Callable[[int], Any],
) -> Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]:
    def on_frames(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for frame in frames:
            for block in frame["id"]:
                answer = pickle.dumps(told(on_block, int(block)))
                yield pd.DataFrame({"block": [int(block)], "answer": [answer]})

    return on_frames


def told(on_block: Callable[[int], Any], block: int) -> Any:
    """The result of a block, or an exception that may be shown to anybody."""
    try:
        return on_block(block)
    except DamagedBlockError as damage:
        said, absent = str(damage), isinstance(damage.__cause__, FileNotFoundError)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name} linje {last.lineno}"
        kind = type(error).__name__
        return BlockFailedError(
            f"Beregningen af blok {block} gik i stykker på {socket.gethostname()} ({kind} i {where})."
        )
    if absent:
        said += (
            f" eller kan ikke ses fra {socket.gethostname()}; hjemmet skal ligge på fælles lager"
        )
    return DamagedBlockError(said)
