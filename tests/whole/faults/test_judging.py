"""Faults of judging and of the gate: a check that cannot be evaluated blocks, a page that cannot be written does not, and
figures nobody protected do not leave."""

from __future__ import annotations

import shutil

from sources.record import DeliveryRecord
from tests.whole.faults.history import MONTH, PLAN, History
from tests.whole.faults.invariants import Tried


def test_great_expectations_raises(house: Tried, history: History) -> None:
    """The delivery is not put in force; the night goes on with the older one and says so. It is no fault of the delivery:
    the next night judges it again."""
    house.other_bytes, house.notices = True, (1,)
    in_force, internal = DeliveryRecord(house.home).in_force("population"), house.internal()
    ended = house.night("great_expectations_raises")
    assert ended.code == 11, ended.said
    assert DeliveryRecord(house.home).in_force("population") == in_force
    assert house.internal() == internal
    assert house.night().code == 0
    assert house.internal() == history.second.internal()


def test_the_pages_of_the_checks_cannot_be_written(house: Tried, history: History) -> None:
    """A warning: what was judged counts."""
    pages = house.home / "data_docs"
    if pages.is_dir():
        shutil.rmtree(pages)
    pages.write_text("in the way")
    pages.chmod(0o600)
    ended = house.night()
    assert ended.code == 0, ended.said
    assert house.published() == history.second.published()


def test_suppression_switched_off_in_code(house: Tried) -> None:
    ended = house.night("nothing_is_hidden")
    assert ended.code == 40, ended.said


def test_a_corrected_delivery_makes_a_new_version_and_the_old_one_is_kept(
    house: Tried, history: History
) -> None:
    before = house.published()
    house.converges(history)
    after = house.published()
    pointer = f"{PLAN}/{MONTH}/latest"
    assert {name: after[name] for name in before if name != pointer} == {
        name: content for name, content in before.items() if name != pointer
    }
    assert (before[pointer], after[pointer]) == (b"v001", b"v002")
