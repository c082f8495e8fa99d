"""The whole job on 450,000 people x about 260 weeks: seconds per step and peak memory.

Belongs here: making (or reusing) the deliveries, running `midtvejs run` as a user would, watching its process tree.
Not here: the statistics stage beside other engines (`statistics_stage`).

    .venv/bin/python benchmarks/whole_job.py --work /tmp/midtvejs-benchmark
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
from measuring import Watch, machine, markdown

PROGRAM = Path(sys.executable).with_name("midtvejs")
FIRST_DELIVERED, FIRST_REPORTED, LAST = "2016-10", "2018-01", "2020-06"
"""Weeks reach fourteen months before the first delivered month and six weeks past the last: 262 of them."""


WITHIN = re.compile(r"rækker læst$|^efterprøves|^lægger |^beregner |\.parquet$")
"""What a step tells on its way."""


@dataclass(frozen=True)
class Word:
    """A word of progress: seconds since the run began, and what it said."""

    seconds: float
    text: str


def main() -> int:
    """Make the deliveries, run the job from an empty home and once more with nothing new, print and write the tables."""
    options = _parser().parse_args()
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    inbox, key = work / f"inbox-{options.persons}", work / "pseudonym.key"
    made_in = _deliveries(inbox, options.persons)
    environment = {**os.environ, "MIDTVEJS_KEY_FILE": str(key)}
    environment.pop("MIDTVEJS_KEY", None)
    if not key.exists():
        subprocess.run([PROGRAM, "key", "new", key], check=True, env=environment)
    home = work / f"home-{options.persons}"
    shutil.rmtree(home, ignore_errors=True)
    parts = [f"{machine()}\n\n{_size(inbox)}; {made_in}.\n"]
    for title in ("Empty home", "Once more, nothing new"):
        code, words, watch = _night(home, inbox, environment)
        parts.append(_table(title, code, words, watch))
    text = "\n".join(parts)
    print(text)
    options.out.write_text(text, "utf-8")
    return 0


def _deliveries(inbox: Path, persons: int) -> str:
    """Make the deliveries unless they lie there whole; returns how they came to be."""
    finished = inbox.with_name(f"{inbox.name}.made")
    if finished.exists():
        return "deliveries reused"
    shutil.rmtree(inbox, ignore_errors=True)
    order = ["generate", "--out", inbox, "--persons", str(persons), "--format", "parquet"]
    watch = Watch()
    begun = time.monotonic()
    process = subprocess.Popen([PROGRAM, *order, "--from", FIRST_DELIVERED, "--to", LAST])
    watch.follow(process)
    seconds = time.monotonic() - begun
    if process.returncode:
        raise SystemExit(f"generate ended with {process.returncode}")
    finished.touch()
    return f"made in {seconds:.0f} s, peak {watch.peak_mb / 1024:.1f} GB"


def _night(home: Path, inbox: Path, environment: dict[str, str]) -> tuple[int, list[Word], Watch]:
    """One run of the job; every line it tells on stderr is stamped as it arrives, imports included in the clock."""
    order = [PROGRAM, "run", "--home", home, "--inbox", inbox, "--month", LAST]
    begun = time.monotonic()
    process = subprocess.Popen(
        [*order, "--from-month", FIRST_REPORTED],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = Watch()
    watch.start(process)
    words = [Word(0.0, "start (imports, instance)")]
    assert process.stderr is not None
    for line in process.stderr:
        seconds, is_progress, text = line.strip().partition(" s  ")
        if is_progress and seconds.strip().replace(".", "").isdigit():
            watch.mark()
            words.append(Word(time.monotonic() - begun, text))
        elif "Warning" not in line:
            print(line.rstrip(), file=sys.stderr)
    watch.finish(process)
    words.append(Word(time.monotonic() - begun, "end"))
    return process.returncode, words, watch


def _table(title: str, code: int, words: Sequence[Word], watch: Watch) -> str:
    """A row a step; what a step tells of itself on the way is added up in it."""
    steps: list[tuple[str, float, float, float]] = []
    for number, (word, following) in enumerate(pairwise(words)):
        seconds = following.seconds - word.seconds
        cpu = max(0.0, watch.cpu[number + 1] - watch.cpu[number])
        name, before, spent, peak = word.text, 0.0, 0.0, 0.0
        if steps and WITHIN.search(word.text):
            name, before, spent, peak = steps.pop()
        steps.append((name, before + seconds, spent + cpu, max(peak, watch.peaks_mb[number])))
    steps.append(("**whole job**", words[-1].seconds, watch.cpu[-1], watch.peak_mb))
    rows = [
        [name, f"{seconds:.1f}", f"{cpu:.1f}", f"{peak / 1024:.2f}"]
        for name, seconds, cpu, peak in steps
    ]
    heads = ["step, as the job tells it", "seconds", "CPU seconds", "peak GB of the process tree"]
    return f"### {title} (exit code {code})\n\n{markdown(heads, rows)}"


def _size(inbox: Path) -> str:
    """What the deliveries hold: rows and bytes of each."""
    said = []
    for file in sorted(inbox.glob("*/*.parquet")):
        rows = pq.ParquetFile(file).metadata.num_rows
        said.append(f"{file.parent.name} {rows:,} rows ({file.stat().st_size / 2**20:.0f} MB)")
    return "Deliveries: " + ", ".join(said)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--work", type=Path, default=Path("/tmp/midtvejs-benchmark"))
    parser.add_argument("--persons", type=int, default=450_000)
    parser.add_argument("--out", type=Path, default=Path("/tmp/midtvejs-benchmark/whole_job.md"))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
