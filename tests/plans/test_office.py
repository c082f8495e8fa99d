"""Registers that follow no plan: what a row comes to on the day; no number of people is read from a register."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from plans.kept import Registers
from plans.office import Office, office

DAY, MONTH, THRESHOLD = date(2020, 6, 30), "2020-06", 5
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
COLUMNS = [
    *("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"),
    *(
        "numerator",
        "denominator",
        "value",
        "low",
        "high",
        "unit",
        "flag",
        "break",
        "definition_version",
    ),
]
Cells = dict[str, Any]


def figure(
    indicator: str, variant: str, value: float | None, dims: tuple[str, ...], **more: Any
) -> Cells:
    """A row of the protected table in June; hidden where there is no value."""
    named = dict(zip(("dim1", "value1", "dim2", "value2"), dims, strict=False))
    flag = "" if value is not None else "suppressed"
    row = {
        "indicator": indicator,
        "variant": variant,
        "period": MONTH,
        "flag": flag,
        "value": value,
    }
    return {**row, "numerator": value, **named, **more}


def on_day(*figures: Cells, **sheets: list[Cells]) -> Office:
    table = pd.DataFrame(figures, columns=COLUMNS)
    return office(Registers(sheets, DAY), table, MONTH, THRESHOLD)


def contract(**cells: Any) -> Cells:
    blank: Cells = dict.fromkeys(
        ("slut", "option_til", "option_udnyttet", "krav_antal", "opnaaet_antal")
    )
    first = {"kontrakt_id": "K", "leverandoer_cvr": 10101010, "start": date(2020, 1, 1)}
    return {**blank, **first, "omsaetning_kr": 1e6, "ordning": "fleksjob", **cells}


@pytest.mark.parametrize(
    ("achieved", "expected", "word"),
    [
        (10.0, 10.0, "foran eller på linje"),
        (11.0, 10.5, "foran eller på linje"),
        (10.0, 10.5, "bagud"),
        (None, 10.5, "kan ikke vises"),
        (10.0, None, "kan ikke vises"),
    ],
)
def test_a_contract_is_judged_by_protected_figures_alone(
    achieved: float | None, expected: float | None, word: str
) -> None:
    figures = [
        figure("clause_fulfilment", of, value, ("contract", "K"))
        for of, value in (("achieved", achieved), ("expected", expected))
    ]
    # The register itself says three; that number must come out nowhere.
    (found,) = on_day(*figures, contracts=[contract(krav_antal=30, opnaaet_antal=3)]).contracts
    assert found.word == word
    assert found.achieved is not None
    assert found.achieved.value == achieved
    assert "3" not in {str(cell) for cell in vars(found).values()}


def test_a_contract_without_figures_is_not_stated() -> None:
    (found,) = on_day(contracts=[contract(krav_antal=30, opnaaet_antal=20)]).contracts
    assert (found.word, found.achieved, found.required) == ("ikke oplyst", None, None)


@pytest.mark.parametrize(("start", "shown"), [(DAY, 1), (TOMORROW, 0), (None, 0)])
def test_a_contract_begins(start: date | None, shown: int) -> None:
    assert len(on_day(contracts=[contract(start=start)]).contracts) == shown


@pytest.mark.parametrize(("used", "end"), [(True, TOMORROW), (False, DAY), (None, DAY)])
def test_a_contract_ends_with_its_option_where_that_is_used(used: bool | None, end: date) -> None:
    row = contract(slut=DAY, option_til=TOMORROW, option_udnyttet=used)
    assert on_day(contracts=[row]).contracts[0].end == end


@pytest.mark.parametrize(
    ("council", "target", "approved"),
    [(DAY, 10, True), (TOMORROW, 10, False), (None, 10, False), (DAY, None, None)],
)
def test_a_staff_target_needs_all_three(
    council: date | None, target: int | None, approved: bool | None
) -> None:
    dims = ("administration", "BIF", "scheme", "fleksjob")
    figures = [
        figure("staff_special_terms", "latest", 12.0, dims),
        figure("staff_special_terms", "fulfilment", None, dims),
    ]
    row = {"aar": 2020, "forvaltning": "BIF", "ordning": "fleksjob", "maaltal": target}
    dates = {"godkendt_bif": DAY, "godkendt_oekf": DAY, "godkendt_br": council}
    (found,) = on_day(*figures, staff_targets=[{**row, **dates}]).staff
    assert (found.administration, found.scheme, found.is_approved) == ("BIF", "fleksjob", approved)
    known = DAY if council == DAY else None
    assert dict(found.approvals) == (
        {} if target is None else {"BIF": DAY, "ØKF": DAY, "BR": known}
    )
    assert found.latest is not None
    assert found.fulfilment is not None
    assert (found.latest.value, found.fulfilment.is_hidden, found.target) == (12.0, True, None)


@pytest.mark.parametrize(
    ("assessed", "met", "advice", "closed", "words"),
    [
        (DAY, True, None, None, ("opfyldt", "")),
        (DAY, False, "rampe", None, ("ikke opfyldt", "åben")),
        (DAY, False, "rampe", DAY, ("ikke opfyldt", "lukket")),
        (DAY, False, "rampe", TOMORROW, ("ikke opfyldt", "åben")),
        (TOMORROW, True, None, None, ("ikke vurderet", "")),
        (None, None, None, None, ("ikke vurderet", "")),
        (DAY, None, None, None, ("ikke vurderet", "")),
    ],
)
def test_a_site(
    assessed: date | None,
    met: bool | None,
    advice: str | None,
    closed: date | None,
    words: tuple[str, str],
) -> None:
    row = {"lokation_id": "L", "navn": "Rådhuset", "krav_id": "adgang", "vurderet": assessed}
    (found,) = on_day(sites=[{**row, "opfyldt": met, "anbefaling": advice, "lukket": closed}]).sites
    assert (found.word, found.advice_word) == words


@pytest.mark.parametrize(
    ("year", "value", "score"), [(2020, 0.6, 3.4), (2020, None, None), (2021, 0.6, None)]
)
def test_a_survey_shows_its_score_only_beside_a_share_that_is_shown(
    year: int, value: float | None, score: float | None
) -> None:
    dims = ("survey", "tilfredshed: s1", "year", str(year))
    row = {"undersoegelse": "tilfredshed", "kilde": "egen", "aar": year, "spoergsmaal": "s1"}
    found = on_day(
        figure("survey_positive", "", value, dims), surveys=[{**row, "gennemsnit": 3.4}]
    ).surveys
    assert [one.score for one in found] == ([] if year > DAY.year else [score])


@pytest.mark.parametrize(
    ("start", "end", "word"),
    [
        (DAY, None, "gælder"),
        (YESTERDAY, DAY, "gælder"),
        (YESTERDAY, YESTERDAY, "ophørt"),
        (TOMORROW, None, "kommende"),
        (None, None, "ikke oplyst"),
    ],
)
def test_a_partner(start: date | None, end: date | None, word: str) -> None:
    row = {"partner_id": "P", "navn": "Foreningen", "type": "myndighed", "aftale": None}
    assert on_day(partners=[{**row, "fra": start, "til": end}]).partners[0].word == word


@pytest.mark.parametrize(
    ("number", "shown", "hidden"),
    [(0, 0, False), (1, None, True), (4, None, True), (5, 5, False), (None, None, False)],
)
def test_few_key_persons_are_not_shown(number: int | None, shown: int | None, hidden: bool) -> None:
    row = {"aar": 2020, "ledelsestype": "proaktiv", "noeglepersonmodel": None, "bemaerkning": None}
    (found,) = on_day(organisation=[{**row, "antal_noeglepersoner": number}]).organisation
    assert (found.key_persons, found.key_persons_hidden) == (shown, hidden)


def test_what_comes_after_the_day_is_not_known() -> None:
    found = on_day(
        tenders=[{"udbud_id": "U", "dato": TOMORROW, "adgangskrav": True}],
        training=[{"kursus_id": "K", "dato": TOMORROW, "jobcenter": None, "emne": None}],
        organisation=[{"aar": 2021}],
    )
    assert (found.tenders, found.courses, found.organisation) == ((), (), ())
