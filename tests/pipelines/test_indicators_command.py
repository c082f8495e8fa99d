"""`midtvejs indicators` gives the protected table unless the internal one is asked for by name."""

from __future__ import annotations

import pytest

from pipelines.cli import parser


@pytest.mark.parametrize(
    ("flag", "internal"), [([], False), (["--protected"], False), (["--internal"], True)]
)
def test_protected_unless_asked(flag: list[str], internal: bool) -> None:
    asked = ["indicators", "--home", "x", "--month", "2020-06", "--out", "y.csv", *flag]
    assert parser().parse_args(asked).internal is internal
