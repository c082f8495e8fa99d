"""The unit of each figure whose unit the indicator page, or the nature of the figure, fixes."""

from __future__ import annotations

SHARES = (
    *("employment_rate", "retention", "ltu_80_share", "exit_rate_job", "comp_rejection_rate"),
    *("sustained_3", "sustained_6", "sustained_12", "comp_spending_share", "comp_growth"),
    *("fleksjob_employed_share", "consultant_coverage", "deliverables_done", "sites_accessible"),
    *("tenders_with_access", "milestones_met", "anchoring_coverage", "survey_positive"),
    "survey_response",
)
ONE_UNIT = dict.fromkeys(SHARES, "andel") | {
    "employment_gap": "pct.point",
    "comp_uptake": "pr. 1.000",
    "comp_hours": "timer",
    "comp_spending": "kr.",
    "spell_length": "uger",
    "fleksjob_wait": "dage",
}
BY_MEASURE = {
    ("transition_18", ""): "andel",
    ("transition_18", "km_median"): "dage",
    ("comp_case_days", "median"): "dage",
    ("comp_case_days", "mean"): "dage",
    ("comp_case_days", "p90"): "dage",
    ("comp_case_days", "within_deadline"): "andel",
    ("comp_open_age", "median"): "dage",
    ("course_outcome_26", "narrow"): "andel",
    ("course_outcome_26", "wide"): "andel",
    ("course_outcome_26", "matched"): "pct.point",
    ("course_outcome_52", "narrow"): "andel",
    ("course_outcome_52", "wide"): "andel",
    ("course_outcome_52", "matched"): "pct.point",
    ("staff_special_terms", "fulfilment"): "andel",
    ("clause_fulfilment", "share"): "andel",
    ("budget_use", "budget"): "kr.",
    ("budget_use", "spent"): "kr.",
    ("budget_use", "share"): "andel",
    ("training_coverage", ""): "andel",
}


def unit(indicator: str, variant: str) -> str | None:
    """The unit, by the indicator or by its last qualifier; None where it is left open."""
    return BY_MEASURE.get((indicator, variant.split("|")[-1]), ONE_UNIT.get(indicator))
