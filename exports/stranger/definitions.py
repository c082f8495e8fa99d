"""Which counts the published definitions bind together, by the names of `counted`.

Belongs here: the sums and the nested groups, as data. Not here: finding the cells they bind (`sums`).
"""

from __future__ import annotations

from collections.abc import Mapping

SCHEMES = (
    *("fortrinsadgang", "hjælpemidler", "isbryder", "mentor", "opkvalificering"),
    "personlig assistance",
)
_WAYS = ("narrow", "wide")
_CASES = ("applications", "grants", "rejections")
_COURSES = ("course_starts", "course_active", "course_completed")

# A count that is the sum of others, of the same month, group and category.
SUMS: Mapping[str, tuple[str, ...]] = {
    **{
        f"{case} all{window}": tuple(f"{case} {scheme}{window}" for scheme in SCHEMES)
        for case in _CASES
        for window in ("", " 12m")
    },
    "decided all 12m": tuple(f"decided {scheme} 12m" for scheme in SCHEMES),
    "open all": tuple(f"open {scheme}" for scheme in SCHEMES),
    **{
        f"decided {scheme} 12m": (f"grants {scheme} 12m", f"rejections {scheme} 12m")
        for scheme in SCHEMES
    },
}

# A count over twelve months, and the count of one: the month itself and the eleven before.
TWELVE_MONTHS: Mapping[str, str] = {
    **{f"exits job {way} 12m": f"exits job {way}" for way in _WAYS},
    **{
        f"{case} {scheme} 12m": f"{case} {scheme}"
        for case in _CASES
        for scheme in ("all", *SCHEMES)
    },
    **{
        f"hires {kind} 12m": f"hires {kind}"
        for kind in ("fleksjob", "fastholdelsesfleksjob", "via_klausul")
    },
    "clarified 12m": "clarified",
    "partnership 12m": "partnership",
}

# A mean over the twelve months before.
TWELVE_MONTH_MEANS: Mapping[str, str] = {
    f"mean unemployed {way}": f"unemployed {way}" for way in _WAYS
}

# The first are some of the second's people: how many more the second holds is a count of people too.
NESTED: tuple[tuple[str, str], ...] = (
    *((f"{long} {way}", f"unemployed {way}") for long in ("ltu_80", "ltu_52") for way in _WAYS),
    *((f"{one} narrow", f"{one} wide") for one in ("unemployed", "ltu_80", "ltu_52")),
    ("job ordinary", "job any"),
    ("retained any", "job any"),
    *(
        (f"sustained {months} {way} ordinary", f"sustained {months} {way} any")
        for months in (3, 6, 12)
        for way in _WAYS
    ),
    *((f"granted {scheme}", "granted all") for scheme in SCHEMES),
    *((f"late {scheme}", f"open {scheme}") for scheme in ("all", *SCHEMES)),
    ("employed via_klausul", "employed"),
    ("course_starts", "course_active"),
    ("course_completed", "course_active"),
    *((one, f"{one} year") for one in _COURSES),
    *((f"{one} year", f"{one} 12m") for one in _COURSES),
)

# A count of people who are each in one or more of others: at most their sum.
COVERED: Mapping[str, tuple[str, ...]] = {
    "granted all": tuple(f"granted {scheme}" for scheme in SCHEMES)
}

# Breakdowns where one person may stand in more than one category.
OVERLAPPING: Mapping[str, frozenset[str]] = {
    **{
        f"{one}{window}": frozenset({"programme"})
        for one in _COURSES
        for window in ("", " 12m", " year")
    },
    **{
        f"course_outcome_{weeks} {way} matched": frozenset({"programme"})
        for weeks in (26, 52)
        for way in _WAYS
    },
    "shared": frozenset({"administration"}),
}

# Counts of which a category can hold more than the total. Who is like the participants is asked for each programme without
# those who took part in it, and for all of them without those who took part in anything: where that leaves nobody, the
# total counts nobody. Whoever the total counts is counted in a programme all the same.
BEYOND_TOTAL = frozenset(
    f"course_outcome_{weeks} {way} matched" for weeks in (26, 52) for way in _WAYS
)

# Breakdowns that do not hold everybody.
PARTIAL = frozenset({"subgroup"})

# Shares whose denominator is everybody, whatever the category of this breakdown.
OF_EVERYBODY: Mapping[str, str] = {
    "referred": "scheme",
    "course_outcome_26 ended": "destination",
    "course_outcome_52 ended": "destination",
}

# Outcomes by destination, and everybody they are outcomes of.
OUTCOMES_OF: Mapping[str, str] = {
    f"course_outcome_{weeks} {way}": f"course_outcome_{weeks} ended"
    for weeks in (26, 52)
    for way in _WAYS
}

# Those of one state, group or destination are a count of its own: (quantity, breakdown, category, the count).
CATEGORY_IS: tuple[tuple[str, str, str, str], ...] = (
    ("people", "state", "unemployed", "unemployed narrow"),
    *((f"exits {way}", "destination", "job", f"exits job {way}") for way in _WAYS),
)
