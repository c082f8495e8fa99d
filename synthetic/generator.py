"""Write deliveries of people who do not exist.

Here belongs: the public function, chunks, what is drawn in which order. Here does not belong: what
a person is like, or where files go (`inbox_files`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa

from synthetic import (
    cases,
    contacts,
    courses,
    dream_key,
    economy,
    fleksjob,
    people,
    planted,
    profiles,
    registers,
    shared_cases,
    timeline,
    weeks,
    work,
)
from synthetic.inbox_files import InboxFiles
from synthetic.kept_sheets import Office, PlanIds
from synthetic.planted_people import Facts

SOURCES = (
    "dream", "population", "income", "target_group", "compensation", "fleksjob", "courses",
    "shared_cases", "employer_contacts", "spending", "staff", "registers",
)  # fmt: skip
"""What is always written, in this order; `dream_key` only when asked."""

Tables = list[tuple[str, pa.Table]]

MOST_PEOPLE = people.CHUNK * people.MAX_CHUNKS
_BESIDE, _CONTACTS, _SPENDING, _STAFF, _REGISTERS = 1, 1_000_004, 1_000_005, 1_000_006, 1_000_007


@dataclass(frozen=True)
class Truth:
    """What is known about a delivery.

    Attributes:
        months: report months, `YYYY-MM`, first to last.
        facts: person label -> month -> fact -> value; the facts are named in `synthetic.planted`.
        reasons: person label -> why the person exists.
        cpr: person label -> CPR number (never issued).
        files: source -> the file written, the first part where there are several.
        parts: source -> every file written, in order.
        rows: source -> rows written (all sheets of `registers` together).
    """

    months: tuple[str, ...]
    facts: dict[str, dict[str, Facts]]
    reasons: dict[str, str]
    cpr: dict[str, str]
    files: dict[str, Path]
    parts: dict[str, tuple[Path, ...]]
    rows: dict[str, int]


def generate(
    out: Path,
    persons: int,
    from_month: str,
    to_month: str,
    seed: int,
    formats: Sequence[str] = ("csv",),
    progress: Callable[[str], None] | None = None,
    *,
    parts: int = 1,
    by_lobenr: bool = False,
    plans: Sequence[PlanIds] = (),
) -> Truth:
    """Write one full delivery of each source, and the planted people with them.

    The same arguments give the same bytes. Files are `<out>/<source>/<source>_<YYYYMM>.<format>`
    with an empty `<file>.done` beside each; `registers` is always XLSX.

    Args:
        out: the inbox folder; made if missing.
        persons: number of people beside the planted ones, 0 to 4,100,000.
        from_month: first report month, `YYYY-MM`; fourteen months of weeks come before it.
        to_month: last report month, `YYYY-MM`; weeks go on up to six weeks after it.
        seed: any number not below zero.
        formats: of `writing.FORMATS`; with several the sources take turns.
        progress: told one Danish line a chunk.
        parts: how many `_part<k>of<N>` files DREAM is cut into; 1 is one whole file.
        by_lobenr: write DREAM under running numbers, and `dream_key` with it.
        plans: whose ids stand in the kept registers.

    Returns:
        The truth about the planted people.

    Raises:
        ValueError: what is asked for cannot be served; no half-written file is left.
    """
    if not 0 <= persons <= MOST_PEOPLE:
        raise ValueError(f"Antallet af personer skal være fra 0 til {MOST_PEOPLE}.")
    if seed < 0:
        raise ValueError("Frøet skal være nul eller et positivt tal.")
    line = timeline.make_timeline(from_month, to_month)
    employers = work.make_employers(seed)
    plants = planted.plant(line, employers)
    wanted = [*SOURCES, "dream_key"] if by_lobenr else list(SOURCES)
    stamp = to_month.replace("-", "")
    dream_rows = persons + plants.tables["dream"].num_rows
    with InboxFiles(out, stamp, wanted, formats, parts, dream_rows) as files:
        _write_people(files, plants, _chunks(persons, seed, employers, line, progress), by_lobenr)
        files.write(
            "employer_contacts",
            contacts.employer_contacts_table(_dice(seed, _CONTACTS), employers, line),
        )
        files.write("spending", economy.spending_table(_dice(seed, _SPENDING), persons, line))
        files.write("staff", economy.staff_table(_dice(seed, _STAFF), line))
        office = Office(line, _dice(seed, _REGISTERS), persons)
        files.write_sheets("registers", registers.register_sheets(office, plans, employers))
    return Truth(
        months=tuple(
            str(month)
            for month in np.arange(line.from_month, line.to_month + np.timedelta64(1, "M"))
        ),
        facts=plants.facts,
        reasons=plants.reasons,
        cpr=plants.cpr,
        files={source: paths[0] for source, paths in files.paths.items()},
        parts=files.paths,
        rows=files.rows,
    )


def _write_people(
    files: InboxFiles, plants: planted.Plants, chunks: Iterator[Tables], by_lobenr: bool
) -> None:
    """Every chunk's tables, then the planted people's."""
    place = 0
    for tables in chain(chunks, [list(plants.tables.items())]):
        for source, table in tables:
            if source == "dream":
                count = table.num_rows
                if by_lobenr:
                    table, key = dream_key.keyed(table, place)
                    files.write("dream_key", key)
                place += count
            files.write(source, table)


def _chunks(
    persons: int,
    seed: int,
    employers: work.Employers,
    line: timeline.Timeline,
    progress: Callable[[str], None] | None,
) -> Iterator[Tables]:
    tables = profiles.make_profiles()
    if not persons:
        # Nobody at all, but every file has its columns.
        yield [
            (name, table.slice(0, 0)) for name, table in _chunk(seed, 0, 1, tables, employers, line)
        ]
    chunks = -(-persons // people.CHUNK)
    for chunk in range(chunks):
        count = min(people.CHUNK, persons - chunk * people.CHUNK)
        yield _chunk(seed, chunk, count, tables, employers, line)
        if progress is not None:
            progress(f"Bid {chunk + 1} af {chunks} er skrevet.")


def _chunk(
    seed: int,
    chunk: int,
    count: int,
    tables: profiles.Profiles,
    employers: work.Employers,
    line: timeline.Timeline,
) -> Tables:
    """All tables of one chunk's people; depends on the seed, the chunk's number and size alone."""
    rng = _dice(seed, chunk)
    crowd = people.make_people(rng, count, chunk, line)
    in_target = cases.choose_target(rng, crowd, line)
    states = weeks.make_states(rng, crowd, in_target, tables, line)
    activities = weeks.make_activities(rng, count, line)
    middle = line.mondays[len(line.mondays) // 2]
    young = (middle - crowd.birth).astype(np.int64) < 30 * 365.25
    codes = weeks.make_codes(states, activities, young)
    jobs = work.make_work(rng, states, activities, line)
    cpr = crowd.cpr_column()
    industry = employers.industry[jobs.employer]
    # Dice of their own: what is drawn here leaves the older sources as they were.
    beside = _dice(seed, chunk, _BESIDE)
    return [
        ("dream", work.dream_table(cpr, codes, jobs.degree(), industry, line)),
        ("population", people.population_table(rng, crowd, line)),
        ("income", work.income_table(rng, cpr, jobs, employers, line)),
        ("target_group", cases.target_table(rng, crowd, in_target, line)),
        (
            "compensation",
            cases.compensation_table(rng, crowd, in_target, states, line, chunk),
        ),
        ("fleksjob", fleksjob.fleksjob_table(rng, crowd, states, employers, line, chunk)),
        ("courses", courses.courses_table(beside, crowd, in_target, states, line, chunk)),
        ("shared_cases", shared_cases.shared_cases_table(beside, crowd, in_target, line)),
    ]


def _dice(*numbers: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(numbers)))
