"""What people are clarified to: decisions of fleksjob, førtidspension and ressourceforløb.

Belongs here: the decisions of each month, as counts over one block. All cases of the municipality count, not only those of
people in P. Not here: who waits for one (`waiting`).

Definition: the specification's `clarified`; lov om en aktiv beskæftigelsesindsats, lov om social pension.
"""

from __future__ import annotations

import numpy as np

from indicators.calendar import FOREVER, months_of
from indicators.study import Study
from indicators.tally import Counts, Series, Tally

OUTCOMES = ("fleksjob", "førtidspension", "ressourceforløb")


def count_decisions(study: Study) -> Counts:
    """Counts `decisions` by outcome and month; sums over twelve months are made of twelve of these."""
    tally = Tally(study.span, {"destination": OUTCOMES})
    cases = study.block.fleksjob
    if cases is None:
        return tally.counts()
    chosen = cases.outcome.among(*OUTCOMES) & (cases.decided != FOREVER)
    outcome = cases.outcome.places([*OUTCOMES, ""])[chosen]
    month = months_of(cases.decided[chosen]) - study.span.start
    within = (month >= 0) & (month < len(study.span))
    packed = month[within] * len(OUTCOMES) + outcome[within]
    counts = np.bincount(packed, minlength=len(study.span) * len(OUTCOMES))
    by_outcome = counts.reshape(len(study.span), len(OUTCOMES))
    tally.add_all(Series("decisions", "", "", "destination"), by_outcome)
    tally.add_all(Series("decisions", "", ""), by_outcome.sum(axis=1))
    return tally.counts()
