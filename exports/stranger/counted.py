"""Whom each figure counts, read from the published definitions: the same people are one unknown wherever they stand.

Belongs here: a name for the people behind every numerator and denominator. Not here: the sums that bind them (`sums`). It is
written from the specification and the method sheets alone, and uses nothing of what hides figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Counted:
    """The people of a numerator and of a denominator, each by name; blank where it counts nobody.

    Names may use the variant's parts: `{0}` is the first. `denominator_back`: how many months before the row's period the
    denominator was counted; `denominator_at` the very month, where the variant names one. `within`: the numerator's people
    are some of the denominator's. `apart_without`: a variant; what has no number there is not in the total.
    """

    numerator: str = ""
    denominator: str = ""
    denominator_back: int = 0
    denominator_at: str = ""
    within: bool = False
    apart_without: str = ""


_NOBODY = Counted()
_SUSTAINED = {
    f"sustained_{months}": Counted(
        f"sustained {months} {{0}} {{1}}", "exits job {0}", denominator_back=months, within=True
    )
    for months in (3, 6, 12)
}
_COURSES = {
    name: {"": Counted(name), "12m": Counted(f"{name} 12m"), "year": Counted(f"{name} year")}
    for name in ("course_starts", "course_active", "course_completed")
}
_OUTCOMES = {
    name: {
        "narrow": Counted(f"{name} narrow", f"{name} ended", within=True),
        "wide": Counted(f"{name} wide", f"{name} ended", within=True),
        "*": Counted("", f"{name} {{0}} matched"),
    }
    for name in ("course_outcome_26", "course_outcome_52")
}

# Units in which a figure's value is itself the count in its numerator.
COUNT_UNITS = frozenset({"personer", "forløb", "sager", "ansættelser", "ansatte"})

_RULE = re.compile(r".+ v\d+")
_MONTH = re.compile(r"\d{4}-\d{2}")

# By indicator; where its variants differ by variant, `*` being every other one.
COUNTED: Mapping[str, Counted | Mapping[str, Counted]] = {
    "employment_rate": Counted("job {0}", "people", within=True),
    "benefit_state": Counted("people"),
    "retention": Counted("retained {0}", "had job {0}", within=True),
    "unemployed": Counted("unemployed {0}"),
    "ltu_80": Counted("ltu_80 {0}"),
    "ltu_80_share": Counted("ltu_80 {0}", "unemployed {0}", within=True),
    "ltu_52": Counted("ltu_52 {0}"),
    "exits": Counted("exits {0}"),
    "exits_job": Counted("exits job {0}"),
    "exits_job_12m": Counted("exits job {0} 12m"),
    # A year's exits stand over a mean of months; a month's over those unemployed the month before.
    "exit_rate_job": {
        "narrow": Counted("exits job narrow", "unemployed narrow", denominator_back=1),
        "wide": Counted("exits job wide", "unemployed wide", denominator_back=1),
        "narrow|12m": Counted("exits job narrow 12m", "mean unemployed narrow"),
        "wide|12m": Counted("exits job wide 12m", "mean unemployed wide"),
    },
    **_SUSTAINED,
    "exits_education_young": Counted("exits education young {0}"),
    "spell_length": Counted("", "spells ended {0}"),
    "comp_persons": Counted("granted {0}"),
    "comp_uptake": Counted("granted {0}", "people", within=True),
    "comp_applications": {"*": Counted("applications {0} {1}")},
    "comp_grants": {"*": Counted("grants {0} {1}")},
    "comp_rejections": {"*": Counted("rejections {0} {1}")},
    "comp_rejection_rate": Counted("rejections {0} 12m", "decided {0} 12m", within=True),
    # The numerator of a mean is a sum of days or hours.
    "comp_case_days": {
        "*": Counted("", "decided {0} 12m"),
        "within_deadline": Counted("in time {0} 12m", "decided {0} 12m", within=True),
    },
    "comp_open_age": {
        "median": Counted("", "open {0}"),
        "over_deadline": Counted("late {0}"),
        "*": Counted("open {0}"),
    },
    # Only those whose hours are known.
    "comp_hours": Counted("", "with hours {0}"),
    "comp_growth": Counted("granted {0}", "granted {0}", denominator_back=12),
    "fleksjob_referred": Counted("referred"),
    "fleksjob_employed": {"": Counted("employed"), "via_klausul": Counted("employed via_klausul")},
    "fleksjob_employed_share": {
        "": Counted("employed", "referred", within=True),
        "via_klausul": Counted("employed via_klausul", "referred", within=True),
    },
    "fleksjob_wait": Counted("", "waited {0}"),
    "ledighedsydelse_long": Counted("ledighedsydelse_long"),
    "clarified": {"": Counted("clarified"), "12m": Counted("clarified 12m")},
    "transition_18": {
        "": Counted("decided at 18", "turned 18", within=True),
        "km_median": Counted("", "turned 18"),
    },
    **_COURSES,
    **_OUTCOMES,
    "partnership_hires": {"": Counted("partnership"), "*": Counted("partnership {0}")},
    "hires_by_kind": {
        "ordinær": Counted("exits job narrow"),
        "ordinær|12m": Counted("exits job narrow 12m"),
        "*": Counted("hires {0} {1}"),
    },
    "shared_citizens": Counted("shared"),
    # A mean's denominator is months, a target is a wish.
    "staff_special_terms": {
        "latest": Counted("special terms"),
        "fulfilment": Counted("special terms"),
        "mean": Counted("special terms months"),
        "target": _NOBODY,
    },
    "clause_fulfilment": {
        "achieved": Counted("clause", apart_without="required"),
        "share": Counted("clause", apart_without="required"),
        "*": _NOBODY,
    },
    "survey_positive": Counted("positive", "answers", within=True),
    "survey_response": Counted("answers", "invited", within=True),
    "training_coverage": {"": Counted("trained", "staff"), "courses": _NOBODY},
    **dict.fromkeys(
        (
            *("employment_gap", "comp_spending", "comp_spending_share", "budget_use"),
            *("employers_reached", "fleksjob_openings", "consultant_coverage", "fte_filled"),
            *("deliverables_done", "sites_accessible", "tenders_with_access", "activity_status"),
            *("milestones_met", "anchoring_coverage"),
        ),
        _NOBODY,
    ),
}


class UnknownFigure(ValueError):  # noqa: N818
    """A figure whose people nobody has named: it cannot be audited, and must not leave."""


def counted(indicator: str, variant: str) -> Counted:
    """Whom the figure counts; raises UnknownFigure for one that is not described here."""
    entry = COUNTED.get(indicator)
    # The rule of the target group is the same in a whole set: it tells no people apart.
    parts = [part for part in variant.split("|") if part and not _RULE.fullmatch(part)]
    if isinstance(entry, Mapping):
        # A scheme stands first and its measure last: `mentor|over_deadline`.
        names = ("|".join(parts), parts[-1] if parts else "", "*")
        entry = next((entry[name] for name in names if name in entry), None)
    if entry is None:
        raise UnknownFigure(f"{indicator} {variant}".strip())
    # A variant with fewer parts than a name has room for leaves them blank.
    filled = [*parts, "", ""]
    return Counted(
        entry.numerator.format(*filled).strip(),
        entry.denominator.format(*filled).strip(),
        entry.denominator_back,
        parts[-1] if parts and _MONTH.fullmatch(parts[-1]) else "",
        entry.within,
        entry.apart_without,
    )
