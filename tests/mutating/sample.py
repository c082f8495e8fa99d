"""A sample of all mutants, tried by mutmut: `python -m tests.mutating.sample --mutants 150 --seed 1 plans`.

Belongs here: which mutants are tried, and the table of what became of them. Not here: making them and choosing each one's
tests (mutmut, set up in pyproject.toml), what is said of the survivors (docs/mutation.md).

mutmut tries all mutants or those named. All of three folders cost hours, so each folder gives so many, spread over its
modules as evenly as they have them.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mutmut.__main__ import (
    SourceFileMutationData,
    copy_also_copy_files,
    copy_src_dir,
    create_mutants,
    status_by_exit_code,
    walk_mutatable_files,
)

FOLDERS = ("disclosure", "indicators", "plans")
KILLED = ("killed", "timeout", "suspicious")
"""A mutant that never ends, or ends the process, is noticed too."""


def main() -> int:
    """Try a sample and print what became of it; 0 whatever that is."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folders", nargs="*", default=FOLDERS)
    asked.add_argument("--mutants", type=int, default=150, help="of each folder; 0 for all")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=1)
    given = asked.parse_args()
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(given.processes)
    names = [
        name
        for folder in given.folders
        for name in drawn(_by_module(folder), given.mutants, random.Random(given.seed))
    ]
    tried = [sys.executable, "-m", "mutmut", "run", "--max-children", str(given.processes), *names]
    subprocess.run(tried, check=True)
    _tell(set(names))
    return 0


def drawn(modules: dict[str, list[str]], wanted: int, chance: random.Random) -> list[str]:
    """So many mutants, one from each module in turn until the turn comes to none; all when `wanted` is 0."""
    left = {module: chance.sample(names, len(names)) for module, names in sorted(modules.items())}
    turns = [
        (turn, module, name) for module, names in left.items() for turn, name in enumerate(names)
    ]
    return [name for _, _, name in sorted(turns)[: wanted or None]]


def _by_module(folder: str) -> dict[str, list[str]]:
    paths = [path for path in walk_mutatable_files() if path.parts[0] == folder]
    return {str(path): list(_results(path)) for path in paths}


def _results(path: Path) -> dict[str, int | None]:
    kept = SourceFileMutationData(path=path)
    kept.load()
    return kept.exit_code_by_key


def _tell(names: set[str]) -> None:
    """The table, then the survivors by name; `mutmut show NAME` shows one."""
    survivors: dict[str, str] = {}
    by_module: dict[str, Counter[bool]] = {}
    for path in walk_mutatable_files():
        for name, code in _results(path).items():
            if name in names:
                status = status_by_exit_code[code]
                by_module.setdefault(str(path), Counter())[status in KILLED] += 1
                if status not in KILLED:
                    survivors[name] = status
    rows = [(module, found.total(), found[True]) for module, found in sorted(by_module.items())]
    for folder in FOLDERS:
        of_it = [row for row in rows if row[0].startswith(f"{folder}/")]
        if of_it:
            rows.append((folder, sum(row[1] for row in of_it), sum(row[2] for row in of_it)))
    for module, tried, killed in rows:
        sys.stdout.write(f"| {module} | {tried} | {killed} | {killed / tried:.0%} |\n")
    for name, status in sorted(survivors.items()):
        sys.stdout.write(f"{status}: {name}\n")
    Path("mutants/survivors.json").write_text(json.dumps(survivors, indent=1), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
