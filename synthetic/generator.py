"""Write deliveries of people who do not exist.

Here belongs: the public function, chunks, files. Here does not belong: what a person is like.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from synthetic import cases, fleksjob, people, planted, profiles, timeline, weeks, work, writing
from synthetic.planted_people import Facts

SOURCES = ("dream", "population", "income", "target_group", "compensation", "fleksjob")
DANISH_DATES = ("target_group", "compensation")


@dataclass(frozen=True)
class Truth:
    """What is known about a delivery.

    Attributes:
        months: report months, `YYYY-MM`, first to last.
        facts: person label -> month -> fact -> value; the facts are named in `synthetic.planted`.
        reasons: person label -> why the person exists.
        cpr: person label -> CPR number (never issued).
        files: source -> the file written.
        rows: source -> rows written.
    """

    months: tuple[str, ...]
    facts: dict[str, dict[str, Facts]]
    reasons: dict[str, str]
    cpr: dict[str, str]
    files: dict[str, Path]
    rows: dict[str, int]


def generate(
    out: Path,
    persons: int,
    from_month: str,
    to_month: str,
    seed: int,
    formats: Sequence[str] = ("csv",),
    progress: Callable[[str], None] | None = None,
) -> Truth:
    """Write one full delivery of each of the six sources, and the planted people with them.

    The same arguments give the same bytes. Files are `<out>/<source>/<source>_<YYYYMM>.<format>`
    with an empty `<file>.done` beside each.

    Args:
        out: the inbox folder; made if missing.
        persons: number of people beside the planted ones, 0 to 4,100,000.
        from_month: first report month, `YYYY-MM`; fourteen months of weeks come before it.
        to_month: last report month, `YYYY-MM`; weeks go on up to six weeks after it.
        seed: any number not below zero.
        formats: `csv`, `parquet` or both; with both the sources take turns.
        progress: told one line a chunk.

    Returns:
        The truth about the planted people.

    Raises:
        ValueError: a number of people, month or format that cannot be served.
    """
    if not 0 <= persons <= people.CHUNK * people.MAX_CHUNKS:
        raise ValueError(f"persons must be 0 to {people.CHUNK * people.MAX_CHUNKS}")
    if not formats or set(formats) - set(writing.FORMATS):
        raise ValueError(f"formats must be among {', '.join(writing.FORMATS)}")
    line = timeline.make_timeline(from_month, to_month)
    employers = work.make_employers(seed)
    tables = profiles.make_profiles()
    stamp = to_month.replace("-", "")
    kinds = {source: formats[turn % len(formats)] for turn, source in enumerate(SOURCES)}
    files = {
        source: writing.open_file(
            out / source, f"{source}_{stamp}", kinds[source], source in DANISH_DATES
        )
        for source in SOURCES
    }
    chunks = -(-persons // people.CHUNK)
    for chunk in range(chunks):
        count = min(people.CHUNK, persons - chunk * people.CHUNK)
        for source, table in _chunk(seed, chunk, count, tables, employers, line):
            files[source].write(table)
        if progress is not None:
            progress(f"{chunk + 1} of {chunks} parts written")
    plants = planted.plant(line, employers)
    for source, table in plants.tables.items():
        files[source].write(table)
    for file in files.values():
        file.close()
    return Truth(
        months=tuple(
            str(month)
            for month in np.arange(line.from_month, line.to_month + np.timedelta64(1, "M"))
        ),
        facts=plants.facts,
        reasons=plants.reasons,
        cpr=plants.cpr,
        files={source: out / source / f"{source}_{stamp}.{kinds[source]}" for source in SOURCES},
        rows={source: file.rows for source, file in files.items()},
    )


def _chunk(
    seed: int,
    chunk: int,
    count: int,
    tables: profiles.Profiles,
    employers: work.Employers,
    line: timeline.Timeline,
) -> list[tuple[str, pa.Table]]:
    """All six tables of one chunk; depends on the seed, the chunk's number and size alone."""
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, chunk])))
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
    ]
