"""The statistics stage: our blocks beside DuckDB SQL, polars and naive pandas, in one run, with equal results.

Belongs here: running every engine in a process of its own, the clock, the comparison, the table. Not here: the question
(`question`), the ways of answering it (`engine_*`).

    .venv/bin/python benchmarks/statistics_stage.py --home /tmp/midtvejs-benchmark/home-450000

The home is one that `whole_job` left behind; every engine reads the same pseudonymised tables of it. Each is run `--repeats`
times in fresh processes, engines in turn, and its shortest time counts. Imports are outside the clock; starting the worker
processes of the blocks, their imports included, is inside it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from measuring import Watch, machine, markdown, spent_here
from question import Answer, Question, asked_of

Way = Callable[[Question], Answer]


@dataclass(frozen=True)
class Contender:
    """An engine's way: what it is called, its module, function and arguments, what its answer is compared with, and the
    function that makes its own layout before the clock starts."""

    title: str
    module: str
    function: str
    arguments: tuple[int, ...] = ()
    answers: str = "everybody"
    prepare: str = ""


CONTENDERS = {
    "blocks": Contender(
        "blocks, laid out already, 2 processes", "engine_blocks", "laid_out_already", (2,)
    ),
    "blocks-1": Contender(
        "blocks, laid out already, 1 process and a reader",
        "engine_blocks",
        "laid_out_already",
        (1,),
    ),
    "blocks-pass": Contender("blocks, from the tables in one pass", "engine_blocks", "in_one_pass"),
    "blocks-raw": Contender(
        "blocks, from the tables, layout for the night included",
        "engine_blocks",
        "from_tables",
        (1,),
    ),
    "duckdb": Contender("DuckDB SQL, from the tables", "engine_duckdb", "from_tables"),
    "duckdb-own": Contender(
        "DuckDB SQL, from its own database", "engine_duckdb", "from_own_database", prepare="prepare"
    ),
    "polars": Contender("polars, from the tables", "engine_polars", "from_tables"),
    "block-0": Contender(
        "blocks, the people of one block", "engine_blocks", "one_block", (0,), "one block"
    ),
    "pandas": Contender(
        "naive pandas, the people of one block", "engine_pandas", "of_block", (0,), "one block"
    ),
    "passes": Contender(
        "the program's own two passes, every breakdown", "engine_blocks", "own_passes", (2,), "part"
    ),
}
SCOPES = {"T": ("T",), "T+R": ("T", "R")}


@dataclass
class Measured:
    """What became of a contender: seconds of each repeat, its highest memory, and its answer."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak_mb: float = 0.0
    answer: Answer = field(default_factory=dict)


def main() -> int:
    """Run every contender for each scope, hold the answers together, print and write the tables."""
    options = _parser().parse_args()
    if options.contender:
        return _answer_here(options.home, options.scope[0], options.contender)
    parts = [machine() + "\n"]
    for scope in options.scope:
        found = {name: Measured() for name in options.only or CONTENDERS}
        for turn in range(options.repeats):
            for name, measured in found.items():
                _run(options.home, scope, name, measured)
                print(f"{scope} {turn + 1}: {name} {measured.seconds[-1]:.2f} s", file=sys.stderr)
            # Written after every turn: a run that is stopped leaves what it measured.
            _hold_together(found)
            table = _table(scope, found)
            options.out.write_text("\n".join([*parts, table]), "utf-8")
        parts.append(table)
    print("\n".join(parts))
    return 0


def _run(home: Path, scope: str, name: str, measured: Measured) -> None:
    """One contender once, in a fresh process whose tree is watched."""
    order = [sys.executable, __file__, "--home", home, "--scope", scope, "--contender", name]
    process = subprocess.Popen(order, stdout=subprocess.PIPE, text=True)
    watch = Watch()
    watch.start(process)
    assert process.stdout is not None
    told = process.stdout.read()
    watch.finish(process)
    if process.returncode:
        raise SystemExit(f"{name} ended with {process.returncode}")
    said = json.loads(told)
    measured.seconds.append(said["seconds"])
    measured.cpu.append(said["cpu"])
    measured.peak_mb = max(measured.peak_mb, watch.peak_mb)
    if measured.answer and measured.answer != said["answer"]:
        raise SystemExit(f"{name} gave two answers")
    measured.answer = said["answer"]


def _answer_here(home: Path, scope: str, name: str) -> int:
    """The contender's own process: imports, then the clock."""
    contender = CONTENDERS[name]
    module = importlib.import_module(contender.module)
    way = getattr(module, contender.function)
    asked = asked_of(home, SCOPES[scope])
    if contender.prepare:
        getattr(module, contender.prepare)(asked)
    begun, spent = time.perf_counter(), spent_here()
    answer = way(asked, *contender.arguments)
    seconds, cpu = time.perf_counter() - begun, spent_here() - spent
    json.dump({"seconds": seconds, "cpu": cpu, "answer": answer}, sys.stdout)
    return 0


def _hold_together(found: dict[str, Measured]) -> None:
    """Every count of every engine is the same whole number, or the run ends here."""
    for answers in ("everybody", "one block"):
        names = [name for name in found if CONTENDERS[name].answers == answers]
        for name in names[1:]:
            if found[name].answer != found[names[0]].answer:
                raise SystemExit(
                    f"{name} does not count as {names[0]} does: {_difference(found, names[0], name)}"
                )
        if names:
            answer = found[names[0]].answer
            print(f"{answers}: {', '.join(names)} agree on {len(answer)} counts", file=sys.stderr)
    if "passes" in found and "blocks" in found:
        whole = found["blocks"].answer
        # The program counts the unemployed of the target group alone, and its states under another breakdown.
        of_program = ("employed|", "unemployed|", "ltu_80|")
        wanted = {
            key: n
            for key, n in whole.items()
            if key.startswith(of_program) and (key.startswith("employed|") or "|T|" in key)
        }
        if found["passes"].answer != wanted:
            raise SystemExit("the program's own passes do not count as the engines do")


def _difference(found: dict[str, Measured], one: str, other: str) -> list[tuple[str, int, int]]:
    first, second = found[one].answer, found[other].answer
    keys = sorted(first.keys() | second.keys())
    unlike = [(key, first.get(key, 0), second.get(key, 0)) for key in keys]
    return [each for each in unlike if each[1] != each[2]][:5]


def _table(scope: str, found: dict[str, Measured]) -> str:
    rows = []
    for name, measured in found.items():
        contender = CONTENDERS[name]
        base = "block-0" if contender.answers == "one block" else "blocks"
        best = min(measured.seconds)
        cpu = min(measured.cpu)
        ratios = ["–", "–"]
        if base in found:
            ratios = [
                f"{best / min(found[base].seconds):.1f} x",
                f"{cpu / min(found[base].cpu):.1f} x",
            ]
        every = " / ".join(f"{seconds:.2f}" for seconds in measured.seconds)
        rows.append(
            [
                contender.title,
                f"**{best:.2f}**",
                every,
                f"{cpu:.2f}",
                *ratios,
                f"{measured.peak_mb:,.0f}",
            ]
        )
    heads = [
        "engine",
        "seconds, shortest",
        "each repeat",
        "CPU seconds, least",
        "seconds against blocks",
        "CPU against blocks",
        "peak MB",
    ]
    return f"### {scope}\n\n{markdown(heads, rows)}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--home", type=Path, default=Path("/tmp/midtvejs-benchmark/home-450000"))
    parser.add_argument("--scope", nargs="+", choices=SCOPES, default=list(SCOPES))
    parser.add_argument("--only", nargs="+", choices=CONTENDERS)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--out", type=Path, default=Path("/tmp/midtvejs-benchmark/statistics_stage.md")
    )
    parser.add_argument("--contender", choices=CONTENDERS, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
