"""From the joined counts of an area to its figures.

Belongs here: which figures an area has, and joining the counts of blocks part by part. Not here: the figures themselves (the
`*_figures` modules), the counting (`passes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from indicators.cases_figures import cases_figures
from indicators.compensation_figures import compensation_figures
from indicators.cooperation import cooperation_figures
from indicators.employment_figures import employment_figures
from indicators.exits_figures import exits_figures
from indicators.figures import tidy
from indicators.fleksjob_figures import clarification_figures, fleksjob_figures, waiting_figures
from indicators.hires import hires_figures
from indicators.matched_figures import matched_figures
from indicators.programmes_figures import course_figures, outcome_figures
from indicators.tally import Counts, joined
from indicators.unemployment_figures import unemployment_figures

AT_A_TIME = 16
"""How many blocks' counts are held before they are added up."""


@dataclass(frozen=True)
class Asked:
    """What figures are asked for: the months, in order; case deadlines in days by scheme; and the months of plans' baselines
    that growth is also counted from."""

    months: Sequence[int]
    deadlines: Mapping[str, int] = field(default_factory=dict)
    baselines: Sequence[int] = ()


def added_up(
    blocks: Iterable[Mapping[str, Sequence[Counts]]],
) -> dict[str, list[Counts]]:
    """The counts of each area over all blocks, part by part, from what `passes.answer` gives of each. No more than AT_A_TIME
    are held, so that memory does not grow with the number of blocks."""
    held: list[Mapping[str, Sequence[Counts]]] = []
    for block in blocks:
        held.append(block)
        if len(held) == AT_A_TIME:
            held = [_joined(held)]
    return _joined(held)


def _joined(blocks: Sequence[Mapping[str, Sequence[Counts]]]) -> dict[str, list[Counts]]:
    return {
        area: [joined(of_part) for of_part in zip(*(block[area] for block in blocks), strict=True)]
        for area in blocks[0]
    }


def figures(area: str, blocks: Sequence[Sequence[Counts]], asked: Asked) -> pd.DataFrame:
    """The tidy rows of an area, from the counts of each block as `passes.answer` gives them."""
    counts = [joined(of_part) for of_part in zip(*blocks, strict=True)]
    return tidy(_parts(area, counts, asked))


def _parts(area: str, counts: Sequence[Counts], asked: Asked) -> list[pd.DataFrame]:
    months = asked.months
    match area:
        case "employment":
            return [employment_figures(counts[0], months)]
        case "unemployment":
            return [unemployment_figures(counts[0], months)]
        case "exits":
            return [exits_figures(counts[0], months)]
        case "compensation":
            grants, cases = counts
            return [
                compensation_figures(grants, months, asked.baselines),
                cases_figures(cases, months, asked.deadlines),
            ]
        case "fleksjob":
            fleksjob, waiting, decisions = counts
            return [
                fleksjob_figures(fleksjob, months),
                waiting_figures(waiting, months),
                clarification_figures(decisions, months),
            ]
        case "programmes":
            courses, outcomes, matched = counts
            return [
                course_figures(courses, months),
                outcome_figures(outcomes, months),
                matched_figures(matched, months),
            ]
        case "hires":
            exits, hires = counts
            return [hires_figures(exits, hires, months)]
        case "cooperation":
            return [cooperation_figures(counts[0], months)]
    raise ValueError(f"there is no area {area}")
