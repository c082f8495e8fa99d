"""Narrowing between whole numbers, on sums small enough to see through."""

from __future__ import annotations

from math import inf

import pytest

from tests.attack.narrowing import Narrowing


@pytest.mark.parametrize(
    ("limits", "sums", "expected", "why"),
    [
        ({"t": (9, 9), "a": (4, 4)}, [(("a", "b"), "t")], {"b": (5, 5)}, "what is left"),
        (
            {"t": (9, 9), "a": (1, inf), "b": (1, inf)},
            [(("a", "b"), "t")],
            {"a": (1, 8)},
            "somebody",
        ),
        (
            {"t": (2, 2), "a": (1, inf), "b": (1, inf)},
            [(("a", "b"), "t")],
            {"a": (1, 1)},
            "one each",
        ),
        (
            {"t": (9, 9), "u": (7, 7), "c": (3, 3)},
            [(("a", "b"), "t"), (("b", "c"), "u")],
            {"a": (5, 5), "b": (4, 4)},
            "by way of another sum",
        ),
        (
            {"w": (20, 20), "p": (17, 17)},
            [(("p", "rest"), "w")],
            {"rest": (3, 3)},
            "who is left over",
        ),
        ({"t": (0, inf), "a": (0, inf)}, [(("a", "b"), "t")], {"a": (0, inf)}, "nothing known"),
    ],
)
def test_what_sums_leave(
    limits: dict[str, tuple[float, float]],
    sums: list[tuple[tuple[str, ...], str]],
    expected: dict[str, tuple[float, float]],
    why: str,
) -> None:
    narrowing = Narrowing()
    for name, (least, most) in limits.items():
        narrowing.between(name, least, most)
    for parts, total in sums:
        narrowing.add(parts, total)
    narrowing.settle()
    found = {name: (narrowing.least[name], narrowing.most[name]) for name in expected}
    assert found == expected, why


def test_what_one_more_number_tells_is_forgotten_again() -> None:
    narrowing = Narrowing()
    for name, least in (("t", 9), ("a", 1), ("b", 1)):
        narrowing.between(name, least, 9 if name == "t" else inf)
    narrowing.add(("a", "b"), "t")
    narrowing.settle()
    narrowing.between("a", 1, 1)
    before = narrowing.settle(["a"])
    assert narrowing.known("b")
    narrowing.restore(before)
    assert (narrowing.least["b"], narrowing.most["b"]) == (1, 8)


def test_sums_that_cannot_be_are_told() -> None:
    narrowing = Narrowing()
    narrowing.between("t", 3, 3)
    narrowing.between("a", 5)
    narrowing.add(("a", "b"), "t")
    with pytest.raises(ArithmeticError):
        narrowing.settle()
