"""The asset of a source leads to its page, and stands without one."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from assets.deliveries import delivered
from assets.keys import FILE_VARIABLE, VARIABLE, new_key
from assets.resources import House
from tests.sources.making import POPULATION, residents


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a key and a finished population file in its inbox."""
    new_key(tmp_path / "key")
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "key"))
    monkeypatch.delenv(VARIABLE, raising=False)
    path = tmp_path / "home" / "inbox" / "population" / "a.csv"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join([POPULATION, *residents(20)]) + "\n", encoding="utf-8")
    path.with_name("a.csv.done").touch()
    return tmp_path / "home"


def metadata(home: Path) -> dict[str, dg.MetadataValue[object]]:
    """What the asset says of itself after a night."""
    ended = dg.materialize([delivered("population")], resources={"house": House(home=str(home))})
    (made,) = ended.asset_materializations_for_node("delivered_population")
    return dict(made.metadata)


def test_the_asset_leads_to_its_page(home: Path) -> None:
    said = metadata(home)
    page = Path(str(said["kontrolside"].value))
    assert page.is_file()
    assert page.is_relative_to(home / "data_docs" / "population")
    table = str(said["kontroller"].value)
    assert "| Køn er en af de aftalte værdier. | i orden | 0 |" in table
    assert "ikke opfyldt (advarsel)" in table
    assert "advarsel" not in said


def test_without_a_page_the_delivery_is_in_force_all_the_same(home: Path) -> None:
    (home / "data_docs").write_text("i vejen", encoding="utf-8")
    said = metadata(home)
    assert str(said["advarsel"].value).startswith("Kontrolsiderne for")
    assert said["brugt"].value == 20
