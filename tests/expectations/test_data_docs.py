"""Pages of a delivery: every check, the library's words, counts alone, and not one address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from expectations.checks import CheckSpec, checks_for, delivery_checks, result, table_checks
from expectations.contract import SOURCES, load
from expectations.data_docs import Judged, delivery_page, source_page
from expectations.validation import validate
from tests.canaries import CANARIES

JUDGED = Judged(
    delivery="population-0123456789ab",
    file="population_<b>1</b>.csv",
    received_at="2020-07-01T04:30:00",
    verdict="warned",
    verdict_word="godkendt med advarsel",
    sentence="3 af 4 rækker er taget i brug.",
    period="2010-01-01 – 2019-12-31",
    counts=(("Rækker ind", 4), ("Karantæne", 1)),
    page="population-0123456789ab.html",
)
ADDRESS = re.compile(
    r"https?:|//[a-z]|<script|<link|<img|@import|url\(|\bsrc=|\bon\w+=", re.IGNORECASE
)


def in_order(spec: CheckSpec) -> Mapping[str, Any]:
    """A passed result as the record holds it."""
    return result(spec, True, {"rows": 4, "unexpected": 0}).as_dict()


@pytest.mark.parametrize("source", SOURCES)
def test_every_check_is_on_the_page(source: str) -> None:
    contract = load(source)
    page = delivery_page(contract, JUDGED, [in_order(spec) for spec in checks_for(contract)])
    for spec in checks_for(contract):
        assert f"<td>{spec.description}</td>" in page
    of_tables = len(checks_for(contract)) - len(delivery_checks(contract))
    assert page.count('lang="en"') == 2 * of_tables
    assert page.count("Efterprøvet under indlæsningen") == len(delivery_checks(contract))
    assert f"{len(checks_for(contract))} kontroller: 0 ikke opfyldt, 0 ikke efterprøvet" in page


@pytest.mark.parametrize("source", SOURCES)
def test_a_page_asks_nobody_for_anything(source: str) -> None:
    contract = load(source)
    pages = (delivery_page(contract, JUDGED, []), source_page(contract, [JUDGED]))
    for page in pages:
        assert ADDRESS.search(page.partition("</style>")[0].replace("data:", "")) is None
        assert ADDRESS.search(page.partition("</style>")[2]) is None
        assert "default-src 'none'" in page


def test_the_library_says_what_was_expected_and_found() -> None:
    contract = load("population")
    frame = pd.DataFrame(
        {
            "person": pd.array([1, 2, 3, 4], dtype="uint64").to_numpy(),
            "foedselsdato": pd.to_datetime(["1990-02-07"] * 4),
            "koen": ["K", "M", CANARIES[0], "K"],
            "kommunekode": [101] * 4,
            "bydel": ["Valby"] * 4,
            "fra": pd.to_datetime(["2010-01-01"] * 4),
            "til": pd.to_datetime(["2009-12-31", None, None, None]),
            "doedsdato": pd.to_datetime([None] * 4),
        }
    )
    page = delivery_page(
        contract, JUDGED, [item.as_dict() for item in validate(contract.table, [frame])]
    )
    assert "values must belong to this set" in page
    assert "1 unexpected values found. 25% of 4 total rows." in page
    assert "must always be greater than or equal to those in" in page
    assert "Ikke opfyldt" in page
    assert not any(number in page for number in CANARIES)


def test_what_was_not_evaluated_is_never_in_order() -> None:
    contract = load("population")
    spec = table_checks(contract.table)[1]
    broken = result(spec, True, {"rows": 4}, evaluated=False).as_dict()
    page = delivery_page(contract, JUDGED, [broken])
    assert "I orden" not in page
    assert page.count("Ikke efterprøvet") == len(checks_for(contract))


def test_a_check_the_contract_no_longer_has_is_still_told() -> None:
    contract = load("population")
    old = CheckSpec("gammel", "En gammel kontrol holder.", "warning", "delivery")
    failed = result(old, False, {"rows": 4, "unexpected": 2}).as_dict()
    page = delivery_page(contract, JUDGED, [failed])
    assert "<td>En gammel kontrol holder.</td>" in page
    assert "1 ikke opfyldt" in page


def test_the_head_and_the_list_say_the_verdict_and_escape_names() -> None:
    contract = load("population")
    for page in (delivery_page(contract, JUDGED, []), source_page(contract, [JUDGED])):
        assert JUDGED.verdict_word in page.casefold()
        assert JUDGED.sentence in page
        assert "<b>1</b>" not in page
    assert f'href="{JUDGED.page}"' in source_page(contract, [JUDGED])


def test_the_same_record_gives_the_same_page() -> None:
    contract = load("compensation")
    results = [in_order(spec) for spec in checks_for(contract)]
    assert delivery_page(contract, JUDGED, results) == delivery_page(contract, JUDGED, results)


def test_bounds_are_shown_as_dates() -> None:
    assert "1858-01-01" in delivery_page(load("population"), JUDGED, [])
    assert "1990-01-01" in delivery_page(load("income"), JUDGED, [])
