"""Whom each figure of our tidy table counts: the vocabulary that turns its rows into cells.

Belongs here: for each indicator, which people its numerator and denominator are, which counts hold
one another, and which are the same people under two names. Not here: what the words mean
(`vocabulary`), reading a table by it (`system`). It knows the names that stand in the table and
nothing of how they are computed.

Definitions: the specification's page of indicators. An application for a health scheme counts as a person.
"""

from __future__ import annotations

from disclosure.vocabulary import (
    KRONER,
    WINDOW,
    YEAR,
    Counted,
    Nested,
    Place,
    Summed,
    Vocabulary,
    Within,
)

_WIDE = Nested("unemployed", inner="narrow", outer="wide")
_STATES = frozenset({"any", "ordinary"})
_BOTH = ("narrow", "wide")

# The benefit groups of a labour-market state: whoever is in the one is in the other.
_UNEMPLOYED: tuple[str, ...] = (
    "dagpenge",
    "dagpenge_aktiv",
    "feriedagpenge_ledig",
    "kontanthjaelp_jobparat",
    "midlertidig_ydelse",
)
_UNEMPLOYED += ("uddannelseshjaelp_jobparat",)
_UNEMPLOYED_WIDE: tuple[str, ...] = (
    "integration_kontanthjaelp",
    "integrationsydelse",
    "kontanthjaelp_aktivitetsparat",
)
_UNEMPLOYED_WIDE += ("ledighedsydelse", "uddannelseshjaelp_aktivitetsparat")
_GROUPS_OF_STATE = {
    "dead": ("doed",),
    "disability_pension": ("foertidspension", "seniorpension"),
    "early_retirement": ("efterloen_fleksydelse", "overgangsydelse"),
    "education": ("su", "svu", "voksenlaerling"),
    "fleksjob": ("fleksjob", "fleksjob_sygedagpenge"),
    "job_clarification": ("jobafklaring",),
    "not_resident": ("udlandet",),
    "old_age_pension": ("folkepension",),
    "parental_leave": ("barsel",),
    "rehabilitation": ("forrevalidering", "revalidering"),
    "resource_course": ("ressourceforloeb",),
    "sick": ("sygedagpenge",),
    "subsidised_job": ("jobrotation", "servicejob", "skaanejob"),
}

VOCABULARY = Vocabulary(
    counted={
        "employment_rate": Counted("employed", "members", of_all=True),
        "employment_gap": Counted(
            derived_from="employment_rate", drops=frozenset({"standardised"})
        ),
        "benefit_state": Counted("in_state"),
        "retention": Counted("retained", "employed_before"),
        "unemployed": Counted("unemployed"),
        "ltu_80": Counted("ltu_80"),
        "ltu_80_share": Counted("ltu_80", "unemployed"),
        "ltu_52": Counted("ltu_52"),
        "exits": Counted("exits"),
        "exits_job": Counted("exits_job"),
        "exits_job_12m": Counted("exits_job"),
        "exit_rate_job": Counted("exits_job", "unemployed", lag=1),
        "exits_education_young": Counted("exits_education_young"),
        "sustained_3": Counted("sustained_3", "exits_job", lag=3, of_without=_STATES),
        "sustained_6": Counted("sustained_6", "exits_job", lag=6, of_without=_STATES),
        "sustained_12": Counted("sustained_12", "exits_job", lag=12, of_without=_STATES),
        "spell_length": Counted("", "ended_spells"),
        "comp_persons": Counted("granted"),
        "comp_uptake": Counted("granted", "members", of_all=True),
        "comp_growth": Counted("granted", "granted", lag=12, baseline=True, part=False),
        "comp_hours": Counted("", "granted_hours"),
        "comp_applications": Counted("applications"),
        "comp_grants": Counted("grants"),
        "comp_rejections": Counted("rejections"),
        "comp_rejection_rate": Counted("rejections", "cases", windowed=True),
        "comp_case_days": Counted("cases_in_time", "cases"),
        "comp_open_age": Counted("open_cases", "open_cases"),
        "clarified": Counted("clarified"),
        "fleksjob_referred": Counted("referred"),
        "fleksjob_employed": Counted("referred_employed"),
        "fleksjob_employed_share": Counted("referred_employed", "referred", of_all=True),
        "fleksjob_wait": Counted("", "fleksjob_wait", by_measure=True),
        "ledighedsydelse_long": Counted("ledighedsydelse_long"),
        "transition_18": Counted("transition_decided", "turned_18", of_all=True),
        "course_starts": Counted("course_starts"),
        "course_active": Counted("course_active"),
        "course_completed": Counted("course_completed"),
        "course_outcome_26": Counted("ended_26", "ended_26", of_alias=dict.fromkeys(_BOTH, "")),
        "course_outcome_52": Counted("ended_52", "ended_52", of_alias=dict.fromkeys(_BOTH, "")),
        "hires_by_kind": Counted("hires"),
        "partnership_hires": Counted("partnership_hires"),
        "shared_citizens": Counted("shared_citizens"),
        "staff_special_terms": Counted(
            "staff",
            only=frozenset({"latest", "mean", "fulfilment"}),
            alias={"fulfilment": "latest"},
            month_means=frozenset({"mean"}),
        ),
        "training_coverage": Counted("trained", "staff_to_train", only=frozenset({""})),
        "clause_fulfilment": Counted(
            "hired_by_clause",
            only=frozenset({"achieved", "share"}),
            alias={"share": "achieved"},
            apart_without="required",
        ),
        "survey_positive": Counted("survey_positive", "survey_answers"),
        "survey_response": Counted("survey_answers", "survey_asked"),
    },
    nobody={
        "activity_status": "activities of a plan",
        "anchoring_coverage": "activities of a plan",
        "budget_use": "kroner of a budget line",
        "consultant_coverage": "job centres",
        "deliverables_done": "deliverables of a plan",
        "employers_reached": "employers",
        "fleksjob_openings": "openings",
        "fte_filled": "posts",
        "milestones_met": "milestones of a plan",
        "sites_accessible": "requirements to a building",
        "tenders_with_access": "tenders",
    },
    money={"comp_spending": "granted", "comp_spending_share": "granted"},
    nested=(
        _WIDE,
        Nested("unemployed", inner=f"narrow|{WINDOW}", outer=f"wide|{WINDOW}"),
        Nested("ltu_80", inner="narrow", outer="wide"),
        Nested("ltu_52", inner="narrow", outer="wide"),
        Nested("employed", inner="ordinary", outer="any"),
        Nested("referred_employed", inner="via_klausul", outer=""),
        *(
            Nested(f"sustained_{months}", inner=f"{variant}|ordinary", outer=f"{variant}|any")
            for months in (3, 6, 12)
            for variant in _BOTH
        ),
        *(
            Nested(f"course_{what}", inner=inner, outer=outer)
            for what in ("starts", "active", "completed")
            for inner, outer in (("", "12m"), ("", "year"), ("year", "12m"))
        ),
    ),
    within=(
        Within(Place("ltu_80"), Place("unemployed")),
        Within(Place("ltu_52"), Place("unemployed")),
        Within(Place("unemployed", "wide"), Place("members", "")),
        Within(Place("retained", "any"), Place("employed", "any")),
        Within(Place("employed_before", "any"), Place("members", "")),
        Within(Place("referred"), Place("members", "")),
        Within(
            Place("exits_education_young"), Place("exits", dim="destination", category="education")
        ),
        *(
            Within(Place(f"ended_{weeks}", f"{variant}|any|matched"), Place(f"ended_{weeks}", ""))
            for weeks in (26, 52)
            for variant in _BOTH
        ),
        *(
            Within(Place(f"course_{what}"), Place("course_active"))
            for what in ("starts", "completed")
        ),
        Within(Place("granted_hours"), Place("granted")),
        *(
            Within(
                Place("ended_spells", variant, "destination", "job"),
                Place("exits_job", f"{variant}|{WINDOW}"),
            )
            for variant in _BOTH
        ),
    ),
    summed=(
        Summed(
            Place("cases"), (Place("grants", windowed=True), Place("rejections", windowed=True))
        ),
        *(
            Summed(
                Place("in_state", dim="state", category=state),
                tuple(Place("members", "", "benefit_group", group) for group in groups),
            )
            for state, groups in _GROUPS_OF_STATE.items()
        ),
    ),
    same={
        Place("in_state"): Place("members"),
        Place("in_state", dim="state", category="unemployed"): Place("unemployed", "narrow"),
        Place("in_state", dim="state", category="unemployed_wide"): Place(
            "unemployed", _WIDE.difference
        ),
        **{
            Place("unemployed", variant, "benefit_group", group): Place(
                "members", "", "benefit_group", group
            )
            for variant, groups in (
                ("narrow", _UNEMPLOYED),
                ("wide", _UNEMPLOYED + _UNEMPLOYED_WIDE),
            )
            for group in groups
        },
        Place("exits", dim="destination", category="job"): Place("exits_job"),
        Place("hires", "ordinær"): Place("exits_job", "narrow"),
        Place("hires", f"ordinær|{WINDOW}"): Place("exits_job", f"narrow|{WINDOW}"),
    },
    schemes=frozenset(
        {"applications", "cases", "granted", "grants", "open_cases", "rejections", KRONER}
    ),
    overlapping=frozenset({"granted"}),
    overlapping_dims=frozenset(
        {
            ("shared_citizens", "administration"),
            *(
                (f"course_{what}", dim)
                for what in ("starts", "active", "completed")
                for dim in ("programme", "subgroup")
            ),
        }
    ),
    whole_dims=frozenset(
        {("referred", "scheme"), ("ended_26", "destination"), ("ended_52", "destination")}
    ),
    whole_variants=frozenset({"ended_26", "ended_52"}),
    yearly={"partnership_hires": (YEAR, ""), "staff": ("mean", "latest")},
    all_alike=frozenset({"granted", "ltu_80", "rejections", "unemployed"}),
    minor=frozenset({"wide", "ordinary", "via_klausul"}),
)
