"""Companies and education institutions that the municipality has been in touch with.

Here belongs: the source `employer_contacts`. Here does not belong: who works where.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from synthetic.timeline import Ints, Timeline
from synthetic.work import INDUSTRIES, Employers, pick_employer
from synthetic.writing import coded

KINDS = ("virksomhed", "uddannelsesinstitution")
SUBJECTS = ("information", "rådgivning", "rekruttering", "fleksjobåbning", "erfaringsudveksling")
SUBJECT_SHARE = (0.34, 0.26, 0.19, 0.13, 0.08)
WITH_RESULT = (2, 3)
RESULTS = ("formidlet", "besat", "ingen")
RESULT_SHARE = (0.30, 0.42, 0.15)
YES_NO = ("ja", "nej")
PARTNERS = 12
"""Every twelfth company has a partnership agreement."""

CONTACTS_A_MONTH = 90
GROWTH_A_YEAR = 1.06
EDUCATION_SHARE = 0.15
SCHOOLS = tuple(INDUSTRIES.index(code) for code in ("853110", "851000"))


def employer_contacts_table(
    rng: np.random.Generator, employers: Employers, line: Timeline
) -> pa.Table:
    """Contacts over the whole range, few in July, more of them as years go by."""
    month_days = line.months.astype("datetime64[D]")
    year = (month_days - month_days[0]).astype(np.int64) / 365.25
    july = line.months.astype(np.int64) % 12 == 6
    expected = CONTACTS_A_MONTH * GROWTH_A_YEAR**year * np.where(july, 0.35, 1.0)
    month = np.repeat(np.arange(len(line.months)), rng.poisson(expected))
    day = np.sort(month_days[month] + rng.integers(0, 28, len(month)))
    day = day[day <= line.end]
    count = len(day)
    school = rng.random(count) < EDUCATION_SHARE
    schools = np.flatnonzero(np.isin(employers.industry, SCHOOLS))
    cvr = np.where(
        school, schools[rng.integers(0, len(schools), count)], pick_employer(rng, (count,))
    )
    subject = _draw(rng, SUBJECT_SHARE, count)
    # An institution hires nobody in a fleksjob here: it is told, advised, or exchanges experience.
    subject = np.where(school & np.isin(subject, WITH_RESULT), 0, subject)
    result = np.searchsorted(np.cumsum(RESULT_SHARE), rng.random(count), "right")
    settled = np.isin(subject, WITH_RESULT) & (result < len(RESULTS))
    return pa.table(
        {
            "kontakt_id": pa.array(
                [f"V{number:08d}" for number in range(1, count + 1)], pa.string()
            ),
            "dato": pa.array(day.astype("datetime64[D]")),
            "cvr": coded(cvr, employers.cvr_labels()),
            "art": coded(np.where(school, 1, 0), KINDS),
            "emne": coded(subject, SUBJECTS),
            "resultat": coded(np.where(settled, result, -1), RESULTS),
            "partnerskab": coded(np.where(~school & (cvr % PARTNERS == 0), 0, 1), YES_NO),
        }
    )


def _draw(rng: np.random.Generator, share: tuple[float, ...], count: int) -> Ints:
    cumulative = np.cumsum(share)
    drawn = np.searchsorted(cumulative, rng.random(count) * cumulative[-1], "right")
    return np.asarray(drawn, np.int64)
