"""Two-way tables and retention on people worked out by hand. All ask for March 2019, W(d) = W13."""

from __future__ import annotations

from datetime import date

from .figures import figures
from .groups import AGE_GROUPS, DISTRICTS, IMPAIRMENTS
from .model import Figure, Month
from .people_by_hand import Spans, at, delivered, dream, home, impaired

MARCH = (2019, 3)
PERIOD = "2019-03"
ALL_WEEKS = ((2018, 1), (2019, 26))


def test_two_way_tables_of_the_headline_counts() -> None:
    lives: dict[str, Spans] = {
        "man": {ALL_WEEKS: "111"},
        "woman": {ALL_WEEKS: "111"},
        "wide": {ALL_WEEKS: "730"},
        "working": {},
        "outside T": {},
    }
    changes = {"woman": {"koen": "K", "bydel": None}}
    rows = figures(
        delivered(
            [home(name, **changes.get(name, {})) for name in lives],
            [impaired(name) for name in lives if name != "outside T"],
            [dream(name, life, [] if life else [MARCH]) for name, life in lives.items()],
        ),
        [MARCH],
    )
    women = ("sex", "K", "district", "uoplyst")
    for indicator in ("unemployed", "ltu_80"):
        assert at(rows, indicator, "narrow", PERIOD, "T", *women).value == 1
        assert (
            at(rows, indicator, "narrow", PERIOD, "T", "sex", "M", "district", "Valby").value == 1
        )
        assert (
            at(rows, indicator, "narrow", PERIOD, "T", "sex", "K", "age_group", "60–64").value == 0
        )
        assert not any(key.dim2 for key in rows if key[:2] == (indicator, "wide"))
    men = at(rows, "employment_rate", "any", PERIOD, "T", "sex", "M", "impairment", "syn")
    assert (men.numerator, men.denominator) == (1, 3)  # of man, wide and working
    assert (
        at(rows, "employment_rate", "any", PERIOD, "R", "sex", "M", "age_group", "30–39").value == 1
    )
    assert not any(key.dim2 for key in rows if key[:2] == ("employment_rate", "ordinary"))
    sizes = {
        "sex": 3,
        "age_group": len(AGE_GROUPS) + 1,
        "district": len(DISTRICTS) + 1,
        "impairment": len(IMPAIRMENTS) + 1,
    }
    for group, dims in (("T", list(sizes)), ("R", list(sizes)[:3])):
        found: dict[tuple[str, str], int] = {}
        for key in rows:
            if key.dim2 and key[:4] == ("employment_rate", "any", PERIOD, group):
                pair = (key.dim1, key.dim2)
                found[pair] = found.get(pair, 0) + 1
        assert found == {
            (one, other): sizes[one] * sizes[other]
            for place, one in enumerate(dims)
            for other in dims[place + 1 :]
        }


def test_retention() -> None:
    """52 weeks before 2019-W13 is 2018-W13 (29 March 2018)."""
    before: Month = (2018, 3)
    kinds: dict[str, tuple[Spans, list[Month]]] = {
        "kept": ({}, [before, MARCH]),
        "lost": ({}, [before]),
        "found": ({}, [MARCH]),
        "to fleksjob": ({((2019, 1), (2019, 26)): "771"}, [before]),
        "moved in since": ({}, [before, MARCH]),
        "outside T": ({}, [before]),
    }
    rows = figures(
        delivered(
            [
                home(name, **({"fra": date(2019, 3, 31)} if name == "moved in since" else {}))
                for name in kinds
            ],
            [impaired(name) for name in kinds if name != "outside T"],
            [dream(name, *life) for name, life in kinds.items()],
        ),
        [MARCH, (2018, 12), (2019, 1)],
    )
    kept = at(rows, "retention", "any", PERIOD, "T")
    assert (kept.numerator, kept.denominator, kept.value) == (3, 4, 0.75)
    assert at(rows, "retention", "any", PERIOD, "R").value == 0.0
    assert at(rows, "retention", "any", PERIOD, "T", "benefit_group", "fleksjob").value == 1.0
    assert at(rows, "retention", "any", PERIOD, "T", "sex", "K").flag == "missing"
    # December 2018: W(d) is W52, and 52 weeks before it lies before the register.
    assert at(rows, "retention", "any", "2018-12", "T") == Figure(
        None, None, None, None, None, "not_computed"
    )
    # January 2019: W(d) is W4, and 2018-W4 is there.
    assert at(rows, "retention", "any", "2019-01", "R").flag == "missing"
