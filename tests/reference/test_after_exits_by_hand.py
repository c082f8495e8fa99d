"""Jobs that last, young students and lengths of spells, on people worked out by hand.

The register runs from 2018-W01 to 2019-W26. By Thursdays February 2018 has W5-W8, March W9-W13,
June W23-W26, December W49-W52; 2019 has February W6-W9, March W10-W13, May W18-W22.
"""

from __future__ import annotations

from datetime import date

from .figures import figures
from .model import Figure, Month
from .people_by_hand import Spans, at, delivered, dream, home, impaired

NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")
TO_JOB: Spans = {((2018, 2), (2018, 8)): "111"}


def months18(*numbers: int) -> list[Month]:
    """Months of 2018."""
    return [(2018, number) for number in numbers]


def test_jobs_that_last() -> None:
    """All exit to a job with w = W9 (March 2018): asked again in W22 (May), W35 (August), 2019-W9.

    May, August 2018 and February (!) 2019 are the months of those weeks.
    """
    august = {"cpr": "of another kind", "maaned": (2018, 8), "ansaettelsesform": "løntilskud"}
    lives: dict[str, tuple[Spans, list[Month]]] = {
        "throughout": (TO_JOB, [*months18(*range(3, 13)), (2019, 1), (2019, 2)]),
        # A pause between the weeks that are asked does not matter.
        "pause": (TO_JOB, [*months18(3, 5, 8), (2019, 2)]),
        "of another kind": (TO_JOB, months18(3, 4, 5, 8)),
        "fleksjob later": ({**TO_JOB, ((2018, 35), (2019, 26)): "771"}, months18(3, 4)),
        # Unemployed in W22 itself, though May pays and W21 and W23 are job weeks.
        "that very week": ({**TO_JOB, ((2018, 22), (2018, 22)): "111"}, months18(3, 4, 5, 6)),
        "moved away since": (TO_JOB, months18(3, 4, 5, 6, 7, 8)),
        "not of T in March": (TO_JOB, months18(3, 4, 5, 6, 7, 8)),
    }
    population = [home(name) for name in lives if name != "moved away since"]
    population.append(home("moved away since", til=date(2018, 4, 30)))
    rows = figures(
        delivered(
            population,
            [
                impaired(name, fra=date(2018, 4, 1 if name == "not of T in March" else 2))
                if name.startswith("not")
                else impaired(name)
                for name in lives
            ],
            [dream(name, *life) for name, life in lives.items()],
            income=[august],
        ),
        [(2018, 6), (2018, 9), (2019, 3), (2019, 2)],
    )
    expected = {
        # May: throughout, pause, of another kind, moved away since.
        ("sustained_3", "any", "2018-06"): (4, 6),
        ("sustained_3", "ordinary", "2018-06"): (4, 6),
        # August: throughout, pause, another kind, moved; the fleksjob is a job, not ordinary.
        ("sustained_6", "any", "2018-09"): (5, 6),
        ("sustained_6", "ordinary", "2018-09"): (3, 6),
        # February 2019: throughout, pause, fleksjob.
        ("sustained_12", "any", "2019-03"): (3, 6),
        ("sustained_12", "ordinary", "2019-03"): (2, 6),
    }
    for (indicator, kind, period), figure in expected.items():
        found = at(rows, indicator, f"narrow|{kind}", period, "T")
        assert (found.numerator, found.denominator) == figure, (indicator, kind)
        assert found.value == figure[0] / figure[1]
    # The exits of February 2018: nobody, but all that is needed is there.
    assert at(rows, "sustained_12", "wide|any", "2019-02", "T").flag == "missing"
    assert (
        at(rows, "sustained_3", "narrow|any", "2018-06", "T", "job_centre", "Nord").denominator == 6
    )


def test_lasting_is_not_computed_until_the_weeks_are_there() -> None:
    data = delivered([home("a")], [impaired("a")])
    rows = figures(data, [(2018, 3), (2018, 4), (2019, 6), (2019, 7)])
    # March 2019 has W10-W13: thirteen weeks later is W23-W26, the register's last.
    assert at(rows, "sustained_3", "narrow|any", "2019-06", "T").flag == "missing"
    assert at(rows, "sustained_3", "narrow|any", "2019-07", "T") == NOT_COMPUTED
    # December 2017 lies before the register, January 2018 in it.
    assert at(rows, "sustained_3", "narrow|any", "2018-03", "T") == NOT_COMPUTED
    assert at(rows, "sustained_3", "narrow|any", "2018-04", "T").flag == "missing"
    # June 2018 has W23-W26: 52 weeks later is 2019-W26 at the last.
    assert at(rows, "sustained_12", "narrow|any", "2019-06", "T").flag == "missing"
    # Without the wages of May 2019 (W18-W22) the exits of January and February, whose W1-W9 become
    # W14-W22, cannot be followed; those of December can, to W10-W13.
    data.degree_months.remove((2019, 5))
    rows = figures(data, [(2019, 3), (2019, 4), (2019, 5)])
    assert at(rows, "sustained_3", "wide|ordinary", "2019-05", "T") == NOT_COMPUTED
    assert at(rows, "sustained_3", "wide|ordinary", "2019-04", "T") == NOT_COMPUTED
    assert at(rows, "sustained_3", "wide|ordinary", "2019-03", "T").flag == "missing"


def test_young_to_education() -> None:
    """Exits to education in W9 of 2018; ages at the end of March, the 31st."""
    to_su: Spans = {((2018, 2), (2018, 8)): "111", ((2018, 9), (2018, 30)): "651"}
    born = {
        "29": date(1988, 4, 1),
        "30": date(1988, 3, 31),
        "29 until 1 March": date(1988, 2, 29),
        "16": date(2002, 3, 31),
        "15": date(2002, 4, 1),
        "later": date(1995, 5, 5),
    }
    lives = dict.fromkeys(born, to_su) | {
        "later": {((2018, 2), (2018, 13)): "111", ((2018, 14), (2018, 30)): "651"},
    }
    rows = figures(
        delivered(
            [home(name, foedselsdato=birth) for name, birth in born.items()],
            [impaired(name) for name in born],
            [dream(name, lives[name]) for name in born],
        ),
        [(2018, 3), (2018, 4), (2019, 6)],
    )
    march = ("exits_education_young", "narrow", "2018-03", "T")
    assert at(rows, *march).value == 2
    assert at(rows, *march, "age_group", "16–24").value == 1
    assert at(rows, *march, "age_group", "25–29").value == 1
    assert at(rows, *march, "age_group", "30–39").value == 0
    assert at(rows, "exits", "narrow", "2018-03", "T", "destination", "education").value == 4
    assert at(rows, "exits_education_young", "narrow", "2018-04", "T").value == 1
    assert at(rows, "exits_education_young", "wide", "2019-06", "T") == NOT_COMPUTED


def test_lengths_of_spells() -> None:
    """Spells ended in 2018-04 ... 2019-03: 4 and 9 weeks to education, 20 to a fleksjob.

    Left out: unemployed in the register's first week; ended in March 2018; censored; not in T.
    """
    lives: dict[str, Spans] = {
        "twice": {
            ((2018, 10), (2018, 13)): "111",  # 4 weeks, ends in W14
            ((2018, 14), (2018, 20)): "651",
            # 9 weeks: a folded break of two weeks (W24, W25) is part of them.
            ((2018, 21), (2018, 23)): "111",
            ((2018, 26), (2018, 29)): "111",
            ((2018, 30), (2018, 40)): "651",
        },
        "fleksjob": {((2018, 20), (2018, 39)): "111", ((2018, 40), (2019, 26)): "771"},
        "left-censored": {((2018, 1), (2018, 20)): "111", ((2018, 21), (2018, 30)): "651"},
        "too early": {((2018, 2), (2018, 8)): "111", ((2018, 9), (2018, 30)): "651"},
        "abroad": {((2018, 20), (2018, 30)): "111", ((2018, 31), (2018, 40)): "997"},
        "outside T": {((2018, 20), (2018, 30)): "111", ((2018, 31), (2018, 40)): "651"},
    }
    rows = figures(
        delivered(
            [home(name) for name in lives],
            [impaired(name) for name in lives if name != "outside T"],
            [dream(name, life) for name, life in lives.items()],
        ),
        [(2019, 3), (2018, 11)],
    )
    figure = {
        (measure, value1): at(
            rows, "spell_length", f"narrow|{measure}", "2019-03", "T", dim1, value1
        )
        for measure in ("median", "p25", "p75")
        for dim1, value1 in (("", ""), ("destination", "education"), ("destination", "job"))
    }
    assert figure["median", ""] == Figure(None, 3, 9, None, None, "")
    assert figure["p25", ""].value == 4
    assert figure["p75", ""].value == 20
    assert figure["median", "education"] == Figure(None, 2, 6.5, None, None, "")
    assert figure["p75", "education"].value == 9
    assert figure["median", "job"] == Figure(None, 0, None, None, None, "missing")
    # December 2017 is one of the twelve months of November 2018.
    assert at(rows, "spell_length", "wide|p25", "2018-11", "T") == NOT_COMPUTED
