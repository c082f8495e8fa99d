"""Employers, hires, shared citizens and own staff, worked out by hand.

All ask for March 2019: the twelve months begin 1 April 2018, the year 1 January 2019.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from .figures import figures
from .model import Figure, Month
from .people_by_hand import at, delivered, dream, flex, home, impaired
from .tables import Rows

MARCH = (2019, 3)
PERIOD = "2019-03"
D = date(2019, 3, 31)
NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")
MISSING = Figure(None, None, None, None, None, "missing")


def contact(day: date, cvr: int, **changes: Any) -> dict[str, Any]:
    """A company that was informed, without result."""
    return {
        "dato": day,
        "cvr": cvr,
        "art": "virksomhed",
        "emne": "information",
        "resultat": None,
        "partnerskab": None,
    } | changes


def test_contacts() -> None:
    opening = {"emne": "fleksjobåbning"}
    rows = figures(
        delivered(
            [home("a")],
            employer_contacts=[
                contact(date(2019, 3, 1), 1),
                contact(D, 1, resultat="besat", partnerskab=True),  # the same company again
                contact(date(2019, 1, 1), 2, resultat="besat", **opening),
                contact(date(2019, 3, 5), 3, resultat="formidlet", partnerskab=True, **opening),
                contact(date(2019, 3, 6), 3, resultat="ingen", **opening),
                contact(date(2018, 12, 31), 4, art="uddannelsesinstitution", **opening),
                contact(date(2018, 3, 31), 5),
                contact(date(2019, 4, 1), 6),
            ],
        ),
        [MARCH],
    )
    numbers = {
        variant: at(rows, "employers_reached", variant, PERIOD, "").value
        for variant in (
            "all",
            "all|12m",
            "all|year",
            "virksomhed|12m",
            "uddannelsesinstitution|12m",
        )
    }
    assert list(numbers.values()) == [2, 4, 3, 3, 1]
    year = ("employers_reached", "all|12m", PERIOD, "", "subgroup")
    assert at(rows, *year, "fleksjobåbning").value == 3
    assert at(rows, *year, "information").value == 1
    assert at(rows, *year, "rekruttering").value == 0
    openings = {
        variant: at(rows, "fleksjob_openings", variant, PERIOD, "").value
        for variant in ("found", "found|12m", "passed_on", "passed_on|year", "filled|12m", "filled")
    }
    assert list(openings.values()) == [2, 4, 1, 2, 1, 0]
    assert at(rows, "partnership_hires", "", PERIOD, "").value == 1  # the other is not filled
    nothing = figures(delivered([home("a")]), [MARCH])
    assert at(nothing, "employers_reached", "all|12m", PERIOD, "") == NOT_COMPUTED
    assert at(nothing, "fleksjob_openings", "filled|year", PERIOD, "") == NOT_COMPUTED


def test_hires_by_kind() -> None:
    """A's exit to a job is of June 2018; the employments are counted by the month they began."""
    june: list[Month] = [(2018, number) for number in range(6, 10)]
    names = ("a", "b", "not yet in T", "outside T")
    began = {"fleksjob": date(2019, 3, 1), "fastholdelsesfleksjob": date(2018, 4, 1)}
    rows = figures(
        delivered(
            [home(name) for name in names],
            [
                impaired("a"),
                impaired("b"),
                impaired("not yet in T", fra=date(2019, 2, 28)),
            ],
            [
                dream("a", {((2018, 1), (2018, 22)): "111"}, june),
                dream("outside T", {((2018, 1), (2018, 22)): "111"}, june),
            ],
            fleksjob=[
                flex("a", "F-1", ansat_fra=began["fleksjob"], ansaettelsestype="fleksjob"),
                flex("b", "F-2", ansat_fra=D, ansaettelsestype="fleksjob", via_klausul=True),
                flex(
                    "b",
                    "F-3",
                    ansat_fra=began["fastholdelsesfleksjob"],
                    ansaettelsestype="fastholdelsesfleksjob",
                    via_klausul=True,
                ),
                flex("b", "F-4", ansat_fra=date(2018, 3, 31), ansaettelsestype="fleksjob"),
                # In T at the end of February, not of January.
                flex(
                    "not yet in T", "F-5", ansat_fra=date(2019, 2, 1), ansaettelsestype="fleksjob"
                ),
                flex(
                    "not yet in T", "F-6", ansat_fra=date(2019, 1, 31), ansaettelsestype="fleksjob"
                ),
                flex("outside T", "F-7", ansat_fra=D, ansaettelsestype="fleksjob"),
                flex("unknown", "F-8", ansat_fra=D, ansaettelsestype="fleksjob"),
            ],
        ),
        [MARCH, (2018, 6), (2019, 6)],
    )
    found = {
        (kind, window): at(rows, "hires_by_kind", f"{kind}{window}", PERIOD, "T").value
        for kind in ("ordinær", "fleksjob", "fastholdelsesfleksjob", "via_klausul")
        for window in ("", "|12m")
    }
    assert found == {
        ("ordinær", ""): 0,
        ("ordinær", "|12m"): 1,
        ("fleksjob", ""): 2,
        ("fleksjob", "|12m"): 3,
        ("fastholdelsesfleksjob", ""): 0,
        ("fastholdelsesfleksjob", "|12m"): 1,
        ("via_klausul", ""): 1,
        ("via_klausul", "|12m"): 2,
    }
    assert at(rows, "hires_by_kind", "ordinær", "2018-06", "T").value == 1
    assert at(rows, "hires_by_kind", "ordinær", "2019-06", "T") == NOT_COMPUTED
    assert at(rows, "hires_by_kind", "fleksjob", "2019-06", "T").value == 0


def test_shared_citizens() -> None:
    def spell(name: str, where: str, since: date, until: date | None = None) -> dict[str, Any]:
        return {"cpr": name, "forvaltning": where, "fra": since, "til": until}

    rows = figures(
        delivered(
            [home("both"), home("ended"), home("last day"), home("elsewhere", kommunekode=147)],
            [impaired("both")],
            shared_cases=[
                spell("both", "SOF", date(2018, 1, 1)),
                spell("both", "BUF", D),
                spell("ended", "SOF", date(2018, 1, 1), date(2019, 3, 30)),
                spell("last day", "SOF", date(2018, 1, 1), D),
                spell("elsewhere", "SOF", date(2018, 1, 1)),
                spell("unknown", "SOF", date(2018, 1, 1)),
            ],
        ),
        [MARCH],
    )
    everybody = ("shared_citizens", "", PERIOD, "P")
    assert at(rows, *everybody).value == 2
    by_administration = [
        at(rows, *everybody, "administration", name).value for name in ("SOF", "SUF", "BUF")
    ]
    assert by_administration == [2, 0, 1]
    assert at(rows, "shared_citizens", "", PERIOD, "T").value == 1


def staff_rows(rows: Rows, variant: str, *cell: str) -> Figure:
    """A cell of the matrix."""
    return at(rows, "staff_special_terms", variant, PERIOD, "", *cell)


def test_own_staff() -> None:
    """January and March have rows, February none. BIF has fleksjob 10 and 14, løntilskud 4 once."""

    def row(month: int, where: str, scheme: str, number: int, year: int = 2019) -> dict[str, Any]:
        return {"maaned": (year, month), "forvaltning": where, "ordning": scheme, "antal": number}

    def target(where: str, scheme: str, number: int | None, **changes: Any) -> dict[str, Any]:
        bodies = dict.fromkeys(("godkendt_bif", "godkendt_oekf", "godkendt_br"), D)
        stated = {"aar": 2019, "forvaltning": where, "ordning": scheme, "maaltal": number}
        return stated | bodies | changes

    schemes = ("fleksjob", "løntilskud", "nytteindsats", "virksomhedspraktik")
    data = delivered(
        [home("a")],
        staff=[
            row(1, "BIF", "fleksjob", 10),
            row(1, "BIF", "løntilskud", 4),
            row(3, "BIF", "fleksjob", 14),
            row(3, "TMF", "fleksjob", 6),
            row(4, "BIF", "fleksjob", 99),  # after March
            row(12, "BIF", "nytteindsats", 99, 2018),  # last year
        ],
        staff_targets=[
            *(target("BIF", scheme, 7) for scheme in schemes[:3]),
            target("BIF", "virksomhedspraktik", 7, godkendt_oekf=date(2019, 4, 1)),
            target("TMF", "fleksjob", 12, godkendt_br=None),
            target("TMF", "løntilskud", None),
            target("KFF", "fleksjob", 0),
            target("SOF", "fleksjob", 50, aar=2020),
        ],
    )
    rows = figures(data, [MARCH])
    bif, tmf = ("administration", "BIF"), ("administration", "TMF")
    flex_at_bif = (*bif, "scheme", "fleksjob")
    assert staff_rows(rows, "latest", *flex_at_bif) == Figure(14, None, 14, None, None, "")
    assert staff_rows(rows, "mean", *flex_at_bif) == Figure(24, 2, 12.0, None, None, "")
    assert staff_rows(rows, "target", *flex_at_bif) == Figure(7, None, 7, None, None, "")
    assert staff_rows(rows, "fulfilment", *flex_at_bif) == Figure(14, 7, 2.0, None, None, "")
    # Last seen in January; in March it counts nought for the mean.
    wage_subsidy = (*bif, "scheme", "løntilskud")
    assert staff_rows(rows, "latest", *wage_subsidy).value == 4
    assert staff_rows(rows, "mean", *wage_subsidy).value == 2.0
    assert staff_rows(rows, "latest", *bif, "scheme", "nytteindsats") == MISSING
    assert staff_rows(rows, "mean", *bif, "scheme", "nytteindsats").value == 0.0
    # Margins: 14 + 4; all four targets of BIF are stated, one of them approved too late.
    assert staff_rows(rows, "latest", *bif).value == 18
    assert staff_rows(rows, "target", *bif) == Figure(28, None, 28, None, None, "", "ikke godkendt")
    assert staff_rows(rows, "fulfilment", *bif).value == 18 / 28
    flex_at_tmf = (*tmf, "scheme", "fleksjob")
    assert staff_rows(rows, "fulfilment", *flex_at_tmf) == Figure(
        6, 12, 0.5, None, None, "", "ikke godkendt"
    )
    assert staff_rows(rows, "target", *tmf).flag == "missing"
    assert staff_rows(rows, "target", *tmf, "scheme", "løntilskud") == MISSING
    nought = staff_rows(rows, "fulfilment", "administration", "KFF", "scheme", "fleksjob")
    assert (nought.denominator, nought.flag) == (0, "missing")
    assert staff_rows(rows, "target", "administration", "SOF", "scheme", "fleksjob") == MISSING
    assert staff_rows(rows, "latest", "scheme", "fleksjob").value == 20
    assert staff_rows(rows, "latest").value == 24
    assert staff_rows(rows, "mean").value == 17.0
    data.staff = None
    rows = figures(data, [MARCH])
    assert staff_rows(rows, "latest") == staff_rows(rows, "fulfilment") == NOT_COMPUTED
    assert staff_rows(rows, "target", *flex_at_bif).value == 7
