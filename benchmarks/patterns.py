"""How many cells the two methods of disclosure control hide, and what they take; prints the tables.

Belongs here: random tables of known size, protected and counted. Not here: whether the answer is right (the tests audit it).
CPU seconds, as the machine may be shared.
"""

from __future__ import annotations

import time

import numpy as np
from scipy.sparse import coo_array, csr_array

from disclosure.audit.audit import Needs, audit
from disclosure.audit.view import View
from disclosure.patterns.cells import VISIBLE, CellSystem
from disclosure.patterns.choice import protect
from disclosure.patterns.exact import cheapest_pattern
from disclosure.patterns.exchange import Exchange
from disclosure.patterns.fast import Search

THRESHOLD = 5
WANTED_PRIMARY = 535
SEEDS, PEOPLE = (2, 4, 5, 9, 10), (3_000, 4_500, 6_000, 9_000)


def cube(seed: int, shape: tuple[int, ...], people: float) -> tuple[np.ndarray, csr_array]:
    """A table of skewed counts with all its margins, flat, and its relations."""
    rng = np.random.default_rng(seed)
    share = np.ones(shape)
    for axis, size in enumerate(shape):
        along = [1] * len(shape)
        along[axis] = size
        share = share * rng.dirichlet(np.full(size, 0.8)).reshape(along)
    share = share * rng.gamma(1.0, 1.0, shape)
    counts = rng.poisson(share / share.sum() * people)
    for axis in range(counts.ndim):
        counts = np.concatenate([counts.sum(axis, keepdims=True), counts], axis)
    cell = np.arange(counts.size).reshape(counts.shape)
    lines = [
        line
        for axis in range(cell.ndim)
        for line in np.moveaxis(cell, axis, -1).reshape(-1, cell.shape[axis])
    ]
    row = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    entry = np.concatenate([np.r_[-1.0, np.ones(len(line) - 1)] for line in lines])
    matrix = coo_array((entry, (row, np.concatenate(lines))), shape=(len(lines), cell.size)).tocsr()
    return counts.ravel().astype(np.float64), matrix


def _print_large_tables() -> None:
    """Of each seed the 20 × 15 × 4 table whose small counts come nearest `WANTED_PRIMARY`, protected and audited."""
    print("\n| seed | people | primary | hidden | a primary | breaches | CPU s | of the audit |")
    print("|---|---|---|---|---|---|---|---|")
    for seed in SEEDS:
        tables = [(people, *cube(seed, (20, 15, 4), people)) for people in PEOPLE]
        people, value, matrix = min(
            tables,
            key=lambda table: abs(((table[1] > 0) & (table[1] < THRESHOLD)).sum() - WANTED_PRIMARY),
        )
        system = CellSystem.counts(value, matrix, THRESHOLD, zeros_shown=False)
        start = time.process_time()
        hidden = protect(system).hidden != VISIBLE
        middle = time.process_time()
        n, m = len(value), matrix.shape[0]
        view = View(
            value=value,
            hidden=hidden,
            lower=system.lower,
            upper=np.full(n, np.inf),
            matrix=matrix,
            low=np.zeros(m),
            high=np.zeros(m),
        )
        found = audit(view, Needs(THRESHOLD, sensitive=system.sensitive))
        end = time.process_time()
        primary = system.sensitive.sum()
        print(
            f"| {seed} | {people} | {primary} | {hidden.sum()} | {hidden.sum() / primary:.3f}"
            f" | {len(found.breaches)} | {end - start:.1f} | {end - middle:.1f} |",
            flush=True,
        )


def main() -> None:
    """Print every table."""
    print("| table | cells | primary | zeros known | hidden | CPU s |")
    print("|---|---|---|---|---|---|")
    for shape, people in (
        ((10, 8), 900),
        ((20, 15), 2_500),
        ((10, 8, 3), 3_000),
        ((20, 15, 4), 9_000),
    ):
        for zeros_shown in (False, True):
            value, matrix = cube(1, shape, people)
            system = CellSystem.counts(value, matrix, THRESHOLD, zeros_shown=zeros_shown)
            start = time.process_time()
            hidden = int((protect(system).hidden != VISIBLE).sum())
            spent = time.process_time() - start
            name = " × ".join(map(str, shape))
            known = "yes" if zeros_shown else "no"
            print(
                f"| {name} | {len(value)} | {system.sensitive.sum()} | {known} | {hidden} | {spent:.1f} |"
            )
    _print_large_tables()
    print("\n| table | tables | exact hides | fast hides | surplus |")
    print("|---|---|---|---|---|")
    for shape, people in (((3, 3), 90), ((5, 4), 200), ((6, 5), 300)):
        exact = fast = tables = 0
        for seed in range(12):
            value, matrix = cube(seed, shape, people)
            system = CellSystem.counts(value, matrix, THRESHOLD, zeros_shown=False)
            pattern = cheapest_pattern(system)
            search = Search(system)
            search.cover()
            search.show_unused()
            smaller = Exchange(system, search.found()).fewer()
            if pattern is not None:
                tables += 1
                exact, fast = exact + int(pattern.sum()), fast + int(smaller.sum())
        name = " × ".join(map(str, shape))
        print(f"| {name} | {tables} | {exact} | {fast} | {fast / exact - 1:.1%} |")


if __name__ == "__main__":
    main()
