"""Whom a figure of `indicators.csv` counts, as its method sheet says: the same people have one name wherever they stand.

Belongs here: names for the people over and under the line. Not here: what is done with them (`attacker`).
"""

from __future__ import annotations

Key = tuple[str, ...]
"""indicator, variant, period, group, dim1, value1, dim2, value2; for counts without rows of their own a name like one."""

KEYS = ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2")

OVERLAPPING = {"programme", "subgroup", "administration", "site", "survey", "plan", "budget_line"}
"""Breakdowns in which one person can stand twice, or that leave people out."""

MONTHLY = {
    "exits_job_12m": "exits_job",
    "comp_applications": "comp_applications",
    "comp_grants": "comp_grants",
    "comp_rejections": "comp_rejections",
    "clarified": "clarified",
    "hires_by_kind": "hires_by_kind",
    "partnership_hires": "partnership_hires",
}
"""Counts over twelve months, and of what months they are the sum."""

SOME_OF = (
    ("ltu_80", "unemployed", ""),
    ("ltu_52", "unemployed", ""),
    ("job", "job", "ordinary"),
)
"""Counts of some of another's people: the part, the whole, and the qualifier the whole does without."""

BOTH_WAYS = {"unemployed", "ltu_80", "ltu_52"}
"""Counts whose narrow people are some of the wide ones."""

NOT_AMONG = {"exit_rate_job"}
"""Rates of people not all of whom are under the line: somebody who left this month may have come within it."""

_PEOPLE_MEASURES = {"within_deadline"}
_NOBODY = {
    *("employment_gap", "comp_spending", "comp_spending_share", "budget_use", "employers_reached"),
    *("fleksjob_openings", "consultant_coverage", "fte_filled", "deliverables_done"),
    *("sites_accessible", "tenders_with_access", "activity_status", "milestones_met"),
    *("anchoring_coverage", "clause_fulfilment", "staff_special_terms", "training_coverage"),
    *("spell_length", "comp_hours", "fleksjob_wait", "comp_growth"),
}
_SAME = {
    "ltu_80_share": "ltu_80",
    "fleksjob_employed_share": "fleksjob_employed",
    "comp_uptake": "comp_persons",
    "employment_rate": "job",
    "benefit_state": "people",
}


def back(period: str, months: int) -> str:
    """The period so many months before."""
    year, month = divmod(int(period[:4]) * 12 + int(period[5:]) - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}"


def without(variant: str, qualifier: str) -> str:
    """The variant less a qualifier."""
    return "|".join(part for part in variant.split("|") if part and part != qualifier)


def over(key: Key) -> Key | None:
    """The people over the line, which for a count is the count."""
    indicator, variant, *rest = key
    if indicator in _NOBODY:
        return None
    if indicator == "exit_rate_job":
        return ("exits_job_12m" if "12m" in variant else "exits_job", variant, *rest)
    if indicator == "comp_rejection_rate":
        return ("comp_rejections", _window(variant), *rest)
    if indicator in ("comp_case_days", "comp_open_age", "transition_18", "course_outcome_26"):
        measured = indicator != "comp_case_days" or variant.split("|")[-1] in _PEOPLE_MEASURES
        return key if measured and indicator == "comp_case_days" else None
    return (_SAME.get(indicator, indicator), variant, *rest)


def under(key: Key) -> Key | None:
    """The people under the line, where they stand or add up elsewhere too."""
    indicator, variant, period, *rest = key
    if "scheme" in rest:
        return None
    scheme = variant.split("|")[0]
    if indicator in ("employment_rate", "comp_uptake"):
        return ("people", "", period, *rest)
    if indicator == "ltu_80_share":
        return ("unemployed", variant, period, *rest)
    if indicator == "fleksjob_employed_share":
        return ("fleksjob_referred", "", period, *rest)
    if indicator == "exit_rate_job" and "12m" not in variant:
        return ("unemployed", variant, back(period, 1), *rest)
    if indicator.startswith("sustained_"):
        return ("exits_job", scheme, back(period, int(indicator.split("_")[1])), *rest)
    if indicator in ("comp_rejection_rate", "comp_case_days"):
        return ("decided", scheme, period, *rest)
    return None


def _window(variant: str) -> str:
    return variant if variant.endswith("12m") else f"{variant}|12m"
