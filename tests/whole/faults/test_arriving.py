"""A file that changes under a night's hands: the night uses the copy it took, and what came afterwards is for the next."""

from __future__ import annotations

from tests.whole.faults.history import History
from tests.whole.faults.invariants import Tried


def test_a_file_that_is_taken_away_while_it_is_judged(house: Tried, history: History) -> None:
    ended = house.night("file_is_gone_once_copied")
    assert ended.code == 0, ended.said
    assert house.published() == history.second.published()


def test_a_file_that_grows_while_it_is_judged(house: Tried, history: History) -> None:
    """The next night judges what it grew to as a delivery of its own."""
    path = house.newest("population")
    finished = path.read_bytes()
    ended = house.night("file_grows_once_copied")
    assert ended.code == 0, ended.said
    assert house.published() == history.second.published()
    assert path.read_bytes() != finished
    path.write_bytes(finished)
