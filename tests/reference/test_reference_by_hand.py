"""The reference itself, on people and dates worked out by hand.

Most tests ask for March 2019: d is Sunday 31 March, W(d) is 2019-W13, and the 52 weeks that end
with it begin with 2018-W14. The register runs from 2018-W01 to 2019-W26.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .active_grants import last_day_of_one_off
from .compensation import measured
from .figures import figures
from .model import Figure, Week
from .people_by_hand import at, case, delivered, dream, flex, home, impaired

MARCH = (2019, 3)
D = date(2019, 3, 31)
ALL_WEEKS = ((2018, 1), (2019, 26))
MISSING = Figure(None, None, None, None, None, "missing")
NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")


def test_long_term_unemployed_from_42_of_52_weeks() -> None:
    sick_10: tuple[Week, Week] = ((2018, 14), (2018, 23))
    sick_11: tuple[Week, Week] = ((2018, 14), (2018, 24))
    rows = figures(
        delivered(
            [home("ten"), home("eleven"), home("wide"), home("stopped"), home("no dream row")],
            [impaired(name) for name in ("ten", "eleven", "wide", "stopped", "no dream row")],
            [
                dream("ten", {ALL_WEEKS: "111", sick_10: "890"}),
                dream("eleven", {ALL_WEEKS: "111", sick_11: "890"}),
                dream("wide", {ALL_WEEKS: "730"}),
                # Unemployed in 51 of the weeks, but not in W(d).
                dream("stopped", {ALL_WEEKS: "111", ((2019, 13), (2019, 13)): "890"}),
            ],
        ),
        [MARCH, (2018, 12)],
    )
    narrow = ("narrow", "2019-03", "T")
    assert at(rows, "unemployed", *narrow).value == 2
    assert at(rows, "ltu_80", *narrow).value == 1
    assert at(rows, "ltu_80_share", *narrow).value == 0.5
    assert at(rows, "ltu_80", "wide", "2019-03", "T").value == 2
    assert at(rows, "ltu_80", *narrow, "benefit_group", "dagpenge").value == 1
    assert at(rows, "ltu_80", *narrow, "benefit_group", "uoplyst").value == 0
    assert at(rows, "ltu_80_share", *narrow, "sex", "K") == Figure(
        0, 0, None, None, None, "missing"
    )
    # December 2018: the 52 weeks 2018-W01..W52 are all there, just.
    assert at(rows, "ltu_80", "narrow", "2018-12", "T").flag == ""


def test_what_cannot_be_computed_is_one_row() -> None:
    data = delivered([home("a")], [impaired("a")], compensation=[case("a")])
    rows = figures(data, [(2018, 11), (2019, 6), (2019, 7)])
    # November 2018: the 52 weeks to 2018-W47 begin before the register.
    assert at(rows, "ltu_80", "narrow", "2018-11", "T") == NOT_COMPUTED
    assert at(rows, "unemployed", "narrow", "2018-11", "T").value == 0
    # June 2019 ends with the register: states are known, the three weeks after are not.
    assert at(rows, "benefit_state", "", "2019-06", "T").value == 1
    assert at(rows, "exits", "narrow", "2019-06", "T") == NOT_COMPUTED
    # July 2019 is past it; grants are still counted, without benefit groups.
    for indicator, variant in (("unemployed", "wide"), ("employment_gap", "any|standardised")):
        found = [key for key in rows if key[:3] == (indicator, variant, "2019-07")]
        assert [rows[key] for key in found] == [NOT_COMPUTED]
    assert at(rows, "comp_persons", "all", "2019-07", "P").value == 1
    dims = {key.dim1 for key in rows if key[:3] == ("comp_persons", "all", "2019-07")}
    assert dims == {"", "sex", "age_group", "district"}
    assert at(rows, "fleksjob_referred", "", "2019-07", "P") == NOT_COMPUTED


def test_jobs_and_states() -> None:
    people = {
        "ordinary": ({}, [MARCH], "ordinær"),
        "no income row": ({}, [MARCH], None),
        "subsidised": ({}, [MARCH], "løntilskud"),
        "holiday, no wages": ({ALL_WEEKS: "121"}, [], None),
        "wage subsidy": ({ALL_WEEKS: "135"}, [], None),
        "fleksjob": ({ALL_WEEKS: "771"}, [], None),
        "unknown code, wages": ({ALL_WEEKS: "555"}, [MARCH], None),
        "nothing": ({}, [], None),
    }
    rows = figures(
        delivered(
            [home(name) for name in people],
            [impaired(name) for name in people],
            [dream(name, codes, wages) for name, (codes, wages, _) in people.items()],
            income=[
                {"cpr": name, "maaned": MARCH, "ansaettelsesform": kind}
                for name, (_, _, kind) in people.items()
                if kind
            ],
        ),
        [MARCH],
    )
    assert at(rows, "employment_rate", "ordinary", "2019-03", "T").numerator == 2
    assert at(rows, "employment_rate", "any", "2019-03", "T").numerator == 5
    states = {
        key.value1: figure.value
        for key, figure in rows.items()
        if key.dim1 == "state" and key.group == "T" and figure.value
    }
    assert states == {
        "employed": 4,  # ordinary, no income row, subsidised, holiday
        "unemployed": 1,
        "fleksjob": 1,
        "other_benefit": 1,
        "self_supporting": 1,
    }
    assert at(rows, "benefit_state", "", "2019-03", "T").value == 8
    assert at(rows, "employment_gap", "any", "2019-03", "T") == MISSING  # R is empty


def test_gap_plain_and_standardised() -> None:
    """T: one man of four working, one woman of one. R: both men of two, no woman of two.

    Plain: R 2/4, T 2/5, 10 points. Mix of T: 4/5 men x 1 + 1/5 women x 0 = 80 pct.; 40 points.
    """
    t_men, t_women = ["m1", "m2", "m3", "m4"], ["w1"]
    r_men, r_women = ["m5", "m6"], ["w2", "w3"]
    working = {"m1", "w1", "m5", "m6"}
    everybody = [*t_men, *t_women, *r_men, *r_women]
    sets: dict[str, Any] = {
        "population": [home(name, koen="K" if name[0] == "w" else "M") for name in everybody],
        "target_group": [impaired(name) for name in (*t_men, *t_women)],
        "dream_rows": [dream(name, {}, [MARCH] if name in working else []) for name in everybody],
    }
    rows = figures(delivered(**sets), [MARCH])
    assert at(rows, "employment_gap", "any", "2019-03", "T").value == 10.0
    assert at(rows, "employment_gap", "any|standardised", "2019-03", "T").value == 40.0
    women = ("2019-03", "T", "sex", "K")
    assert at(rows, "employment_gap", "ordinary|standardised", *women).value == -100.0
    # A woman of T moves to an age group without anybody of R.
    sets["population"][4]["foedselsdato"] = date(1960, 5, 5)
    rows = figures(delivered(**sets), [MARCH])
    assert at(rows, "employment_gap", "any", "2019-03", "T").value == 10.0
    assert at(rows, "employment_gap", "any|standardised", "2019-03", "T") == MISSING


def test_exit_to_job_in_month_and_year() -> None:
    """A unemployed to the end of May 2018 (W22), job from June (W23); B unemployed throughout.

    Denominators of April 2018 ... March 2019: 2, 2, 2 and nine times 1, in all 15; one exit.
    """
    data = delivered(
        [home("a"), home("b"), home("outside T")],
        [impaired("a"), impaired("b", jobcenter="Syd")],
        [
            dream("a", {((2018, 1), (2018, 22)): "111"}, [(2018, month) for month in range(6, 13)]),
            dream("b", {ALL_WEEKS: "111"}),
            dream("outside T", {((2018, 1), (2018, 22)): "111"}, [(2018, 6), (2018, 7)]),
        ],
    )
    rows = figures(data, [(2018, 6), (2019, 2), MARCH])
    june = ("narrow", "2018-06", "T")
    assert at(rows, "exits", *june).value == 1
    assert at(rows, "exits", *june, "destination", "job").value == 1
    assert at(rows, "exits_job", *june, "job_centre", "Syd").value == 0
    assert at(rows, "exit_rate_job", *june).value == 0.5
    assert at(rows, "exits_job_12m", "narrow|12m", "2019-03", "T").value == 1
    assert at(rows, "exit_rate_job", "narrow|12m", "2019-03", "T") == Figure(
        1, 1.25, 12 / 15, None, None, ""
    )
    # The year to February 2019 has March 2018 (2 unemployed at its e) for March 2019 (1): 16.
    assert at(rows, "exit_rate_job", "narrow|12m", "2019-02", "T").denominator == 16 / 12


@pytest.mark.parametrize(
    ("granted", "last"),
    [
        (date(2020, 2, 29), date(2021, 2, 27)),
        (date(2019, 2, 28), date(2020, 2, 27)),
        (date(2019, 3, 1), date(2020, 2, 29)),
        (date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_one_off_grant(granted: date, last: date) -> None:
    assert last_day_of_one_off(granted) == last


def test_grants_and_uptake() -> None:
    aid = {"ordning": "hjælpemidler"}
    rows = figures(
        delivered(
            [home("two"), home("year old"), home("day less"), home("refused"), home("ended")],
            [impaired("two"), impaired("refused")],
            compensation=[
                case("two"),
                case("two", **aid),
                case("year old", bevilget_fra=date(2018, 3, 31), **aid),
                case("day less", bevilget_fra=date(2018, 4, 1), **aid),
                case("refused", afgoerelse="afslag", bevilget_fra=None),
                case("ended", bevilget_til=date(2019, 3, 30)),
                case("unknown to the population"),
            ],
        ),
        [MARCH],
    )
    persons = {
        scheme: at(rows, "comp_persons", scheme, "2019-03", "P").value
        for scheme in ("personlig assistance", "hjælpemidler", "mentor", "all")
    }
    assert persons == {"personlig assistance": 1, "hjælpemidler": 2, "mentor": 0, "all": 2}
    uptake = at(rows, "comp_uptake", "all", "2019-03", "T")
    assert (uptake.numerator, uptake.denominator, uptake.value) == (1, 2, 500.0)
    # Poisson of 1: 0.02532 to 5.57164, times 1000 / 2.
    assert uptake.low == pytest.approx(12.66, abs=0.01)
    assert uptake.high == pytest.approx(2785.82, abs=0.01)


def test_case_days() -> None:
    rows = figures(
        delivered(
            [home("a")],
            compensation=[
                case(None, ansoegt=date(2018, 3, 22), afgjort=date(2018, 4, 1)),  # 10 days
                case("a", ansoegt=date(2019, 3, 11), afgjort=D, afgoerelse="afslag"),  # 20 days
                case("a", jobcenter="Syd"),  # 31 days
                case("a", ansoegt=date(2018, 1, 1), afgjort=date(2018, 3, 31)),  # a year too old
                case("a", afgjort=date(2019, 4, 1)),  # next month
                case("a", afgoerelse="frafaldet"),
                case("a", afgoerelse=None, afgjort=None),
            ],
        ),
        [MARCH],
    )
    whole = ("2019-03", "")
    assert at(rows, "comp_case_days", "all|median", *whole) == Figure(None, 3, 20, None, None, "")
    assert at(rows, "comp_case_days", "all|mean", *whole) == Figure(61, 3, 61 / 3, None, None, "")
    assert at(rows, "comp_case_days", "all|p90", *whole).value == 31
    assert at(rows, "comp_case_days", "all|median", *whole, "job_centre", "Nord").value == 15
    assert at(rows, "comp_case_days", "mentor|mean", *whole) == Figure(
        0, 0, None, None, None, "missing"
    )
    assert at(rows, "comp_case_days", "all|within_deadline", *whole) == NOT_COMPUTED


def test_nearest_rank_of_ten_is_the_ninth_and_of_eleven_the_tenth() -> None:
    assert measured(range(1, 11), "p90").value == 9
    assert measured(range(1, 12), "p90").value == 10
    assert measured([1], "p90").value == 1


def test_fleksjob() -> None:
    hired = {"ansat_fra": date(2019, 1, 1), "ansaettelsestype": "fleksjob", "via_klausul": True}
    kept = {"ansat_fra": date(2019, 1, 1), "ansaettelsestype": "fastholdelsesfleksjob"}
    rows = figures(
        delivered(
            [home(name) for name in ("waits", "hired", "kept", "elsewhere", "left", "unreferred")],
            [impaired("hired")],
            fleksjob=[
                flex("waits", "F-1"),
                flex("hired", "F-2", **hired),
                # Two spells begun on one day: the higher case number decides.
                flex("kept", "F-4", **kept),
                flex("kept", "F-3", **hired),
                # Employment written on the row of another decision.
                flex("elsewhere", "F-5"),
                flex("elsewhere", "F-6", afgoerelse="afslag", visiteret_fra=None, **hired),
                flex("left", "F-7", visiteret_til=D, ansat_til=date(2019, 3, 30), **hired),
                flex("unreferred", "F-8", visiteret_til=date(2019, 3, 30), **hired),
            ],
        ),
        [MARCH],
    )
    p = ("2019-03", "P")
    assert at(rows, "fleksjob_referred", "", *p).value == 5
    assert at(rows, "fleksjob_employed", "", *p).value == 3
    assert at(rows, "fleksjob_employed", "", *p, "scheme", "fleksjob").value == 2
    kept_share = at(rows, "fleksjob_employed_share", "", *p, "scheme", "fastholdelsesfleksjob")
    assert (kept_share.numerator, kept_share.denominator) == (1, 5)
    assert at(rows, "fleksjob_employed", "via_klausul", *p).value == 2
    assert at(rows, "fleksjob_employed_share", "", "2019-03", "T").value == 1.0
