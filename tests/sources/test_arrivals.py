"""Files put together into deliveries: parts in order, and sets that do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.arrivals import Arrival, Candidate, gather


def files(*names: str) -> list[Candidate]:
    """Files with these names, each of a size of its own."""
    return [Candidate(Path("/in/dream") / name, at, 1, True) for at, name in enumerate(names, 1)]


def only(*names: str) -> Arrival:
    """The one delivery these files make."""
    (arrival,) = gather(files(*names), frozenset())
    return arrival


def test_parts_are_one_delivery_in_the_order_of_their_numbers() -> None:
    names = [f"dream_202006_part{n}of11.csv" for n in (10, 2, 1, 11, *range(3, 10))]
    arrival = only(*names)
    assert arrival.fault is None
    numbers = [piece.part.number for piece in arrival.pieces if piece.part]
    assert numbers == list(range(1, 12))
    assert arrival.shown == "dream_202006_part1of11.csv og 10 dele mere"


@pytest.mark.parametrize(
    ("names", "code", "words"),
    [
        (["d_part1of2.csv", "d_part2of2.csv"], "", ""),
        (["d_part1of2.csv", "d_PART02of2.parquet"], "", ""),
        (["d_part1of1.csv"], "", ""),
        (["d_part2of2.csv"], "part_missing", "Del 1 af 2"),
        (["d_part2of4.csv", "d_part3of4.csv"], "part_missing", "Del 1 og 4 af 4"),
        (["d_part1of900000000.csv"], "part_missing", "og 899999989 dele mere"),
        (["d_part1of2.csv", "d_part2of3.csv"], "parts_disagree", "2 og 3"),
        (["d_part0of2.csv", "d_part1of2.csv", "d_part2of2.csv"], "part_number", "Del 0"),
        (["d_part3of2.csv", "d_part1of2.csv", "d_part2of2.csv"], "part_number", "Del 3"),
        (["d_part0of0.csv"], "part_number", "Del 0"),
        (["d_part1of2.csv", "d_part01of2.csv", "d_part2of2.csv"], "part_doubled", "Del 1 af 2"),
        (["d_part1of2.csv", "d_part1of2.csv.gz"], "part_doubled", "Del 1 af 2"),
    ],
)
def test_what_is_wrong_with_a_set(names: list[str], code: str, words: str) -> None:
    for order in (names, names[::-1]):
        fault = only(*order).fault
        assert (fault.code if fault else "") == code
        assert words in (fault.cause if fault else "")


def test_other_prefixes_and_whole_files_are_other_deliveries() -> None:
    found = gather(
        files(
            "d_1_part1of2.csv", "d_2_part1of2.csv", "d_1_part2of2.csv", "d_1.csv", "part1of2.csv"
        ),
        frozenset(),
    )
    assert sorted(len(arrival.pieces) for arrival in found) == [1, 1, 1, 2]


def test_what_was_judged_is_left_out_until_something_changes() -> None:
    one, two, three = files("d_part1of3.csv", "d_part2of3.csv", "d_part3of3.csv")
    incomplete = frozenset({frozenset({one.look, three.look})})
    assert gather([one, three], incomplete) == []
    (whole,) = gather([one, two, three], incomplete)
    assert whole.pieces == (one, two, three)
    judged = frozenset({whole.looks})
    assert gather([one, two, three], judged) == []
    corrected = Candidate(two.path, 99, 1, True)
    assert gather([one, corrected, three], judged)[0].pieces == (one, corrected, three)


def test_a_table_may_be_cut_anew_when_the_former_cut_was_judged() -> None:
    old = files("d_part1of2.csv", "d_part2of2.csv")
    new = files("d_part1of3.csv", "d_part2of3.csv", "d_part3of3.csv")
    judged = frozenset({frozenset(item.look for item in old)})
    (arrival,) = gather([*old, *new], judged)
    assert (arrival.pieces, arrival.fault) == (tuple(new), None)
    wrong = gather([*old, *new], frozenset())[0]
    assert wrong.fault is not None
    assert gather([*old, *new], frozenset({wrong.looks})) == []
