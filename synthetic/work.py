"""Work and pay: employment degree, industry, employers, wage rows.

Here belongs: the table of `dream`, its monthly columns, the `income` source.
Here does not belong: benefits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic.people import Bools, Floats
from synthetic.profiles import State
from synthetic.timeline import Ints, Timeline
from synthetic.weeks import SUBSIDISED, SUBSIDY_PRIVATE, SUBSIDY_PUBLIC, Codes, States
from synthetic.writing import coded

Degrees = npt.NDArray[np.uint8]

FULL_TIME_HOURS = 160.33
FORMS = ("ordinær", "fleksjob", "løntilskud", "skånejob", "isbryder")
INDUSTRIES = (
    "869020", "841100", "471110", "561010", "853110", "880140", "620100", "812100", "494100",
    "412000", "702200", "900110", "551010", "647900", "851000", "861000", "871020", "532000",
    "477110", "931100",
)  # fmt: skip
EMPLOYERS = 20_000
CVR_WEIGHTS = np.array([2, 7, 6, 5, 4, 3, 2, 1])
JOB_MONTHS = 30


@dataclass(frozen=True)
class Employers:
    """Companies that do not exist: `cvr` fails the company number's modulus 11."""

    cvr: Ints
    industry: Ints

    def cvr_labels(self) -> list[str]:
        """The numbers as eight digits."""
        return [str(number) for number in self.cvr]


@dataclass(frozen=True)
class Work:
    """Degrees by form (people, months), 0 where none; `employer` indexes the companies."""

    by_form: tuple[Degrees, Degrees, Degrees, Degrees]
    employer: Ints

    def degree(self) -> Degrees:
        """Employment degree over all forms, at most 100."""
        total = sum(part.astype(np.int16) for part in self.by_form)
        return np.minimum(total, 100).astype(np.uint8)


def make_employers(seed: int) -> Employers:
    """The companies of a seed."""
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 1_000_003])))
    cvr = np.unique(rng.integers(10_000_000, 99_999_999, 2 * EMPLOYERS))
    cvr = rng.permutation(cvr[~valid_cvr(cvr)])[:EMPLOYERS]
    return Employers(cvr, rng.integers(0, len(INDUSTRIES), EMPLOYERS))


def valid_cvr(cvr: Ints) -> Bools:
    """Whether the weighted digit sum of a company number is divisible by eleven."""
    digits = (cvr[:, None] // 10 ** np.arange(7, -1, -1)) % 10
    return np.asarray((digits @ CVR_WEIGHTS) % 11 == 0)


def pick_employer(rng: np.random.Generator, shape: tuple[int, ...]) -> Ints:
    """Indices of employers, a few of them large."""
    return np.floor(EMPLOYERS * rng.random(shape) ** 3).astype(np.int64)


def make_work(rng: np.random.Generator, states: States, activities: States, line: Timeline) -> Work:
    """Draw jobs that agree with the weeks.

    Args:
        rng: the chunk's generator.
        states: (people, weeks).
        activities: (people, weeks).
        line: the range.
    """
    people = len(states)
    usual = np.where(rng.random(people) < 0.68, 100, rng.integers(25, 100, people))
    studies_and_works = rng.random(people) < 0.5
    seen = rng.random((people, len(line.months))) > 0.005
    job = (states == State.JOB) | (states == State.JOB_HOLIDAY)
    ordinary = _monthly(job, usual, line)
    beside = studies_and_works[:, None] & (states == State.STUDY)
    ordinary = np.maximum(ordinary, _monthly(beside, rng.integers(5, 35, people), line))
    ordinary *= seen
    flex = _monthly(states == State.FLEKSJOB, rng.integers(15, 80, people), line)
    subsidy = np.isin(states, SUBSIDISED) & (
        (activities == SUBSIDY_PRIVATE) | (activities == SUBSIDY_PUBLIC)
    )
    subsidised = _monthly(subsidy, rng.integers(55, 100, people), line)
    sheltered = _monthly(states == State.SHELTERED, rng.integers(20, 60, people), line)
    blocks = len(line.months) // JOB_MONTHS + 2
    drawn = pick_employer(rng, (people, blocks))
    offset = rng.integers(0, JOB_MONTHS, people)
    block = (np.arange(len(line.months))[None, :] + offset[:, None]) // JOB_MONTHS
    return Work((ordinary, flex, subsidised, sheltered), np.take_along_axis(drawn, block, axis=1))


def income_table(
    rng: np.random.Generator, cpr: pa.Array, work: Work, employers: Employers, line: Timeline
) -> pa.Table:
    """Wage rows, one for each person, month, employer and form."""
    person, month, form, degree = _cells(work)
    employer = work.employer[person, month]
    people = len(work.employer)
    hourly = rng.integers(135, 360, people)
    share = np.ones(len(person))
    two = rng.random(people) < 0.04
    second = np.flatnonzero(two[person] & (form == 0) & (degree >= 20))
    share[second] = 0.75
    person = np.concatenate([person, person[second]])
    month = np.concatenate([month, month[second]])
    form = np.concatenate([form, form[second]])
    degree = np.concatenate([degree, degree[second]])
    employer = np.concatenate([employer, (employer[second] + 1) % EMPLOYERS])
    share = np.concatenate([share, np.full(len(second), 0.25)])
    hours = np.round(degree * share * FULL_TIME_HOURS / 100, 2)
    order = np.lexsort((form, month, person))
    return income_columns(
        pa.DictionaryArray.from_arrays(pa.array(person[order].astype(np.int32)), cpr),
        month[order],
        coded(employer[order], employers.cvr_labels()),
        hours[order],
        np.rint(hours * hourly[person]).astype(np.int64)[order],
        form[order],
        line,
    )


def income_columns(
    cpr: pa.Array,
    month: Ints,
    cvr: pa.Array,
    hours: Floats,
    kroner: Ints,
    form: Ints,
    line: Timeline,
) -> pa.Table:
    """The income table; `month` and `form` are indices."""
    return pa.table(
        {
            "cpr": cpr,
            "maaned": coded(month, [str(name) for name in line.months]),
            "cvr": cvr,
            "loentimer": pa.array(hours),
            "loen_kr": pa.array(kroner),
            "ansaettelsesform": coded(form, FORMS),
        }
    )


def dream_table(
    cpr: pa.Array, codes: Codes, degree: Degrees, industry: Ints, line: Timeline
) -> pa.Table:
    """The wide register: codes (people, weeks), degrees and industries (people, months)."""
    by_week = np.ascontiguousarray(codes.T).astype(np.int16)
    by_month = np.ascontiguousarray(degree.T).astype(np.int16)
    industries = np.ascontiguousarray(np.where(degree > 0, industry, -1).T)
    columns = {"PNR": cpr}
    for name, week in zip(line.week_names(), by_week, strict=True):
        columns[name] = pa.array(week, mask=week == 0)
    for name, month in zip(line.month_names("branche"), industries, strict=True):
        columns[name] = coded(month, INDUSTRIES)
    for name, month in zip(line.month_names("grad"), by_month, strict=True):
        columns[name] = pa.array(month, mask=month == 0)
    return pa.table(columns)


def _monthly(weeks: Bools, usual: Ints, line: Timeline) -> Degrees:
    """The usual degree times the part of the month's weeks, at least 1 where there is any week."""
    counts = np.add.reduceat(weeks.astype(np.uint8), line.month_starts, axis=1)
    scaled = counts * (usual[:, None] / line.month_weeks).astype(np.float32)
    return np.where(counts > 0, np.maximum(np.rint(scaled), 1), 0).astype(np.uint8)


def _cells(work: Work) -> tuple[Ints, Ints, Ints, Floats]:
    """Person, month, form and degree of every month with pay."""
    found = [np.nonzero(degrees) for degrees in work.by_form]
    person = np.concatenate([rows for rows, _ in found])
    month = np.concatenate([columns for _, columns in found])
    form = np.repeat(np.arange(len(found)), [len(rows) for rows, _ in found])
    degree = np.concatenate([part[cell] for part, cell in zip(work.by_form, found, strict=True)])
    return person, month, form, degree.astype(np.float64)
