"""Columns of texts of which few differ: each text is asked once, and every row gets its answer."""

from __future__ import annotations

import pandas as pd
import pytest

from disclosure.texts import by_text, windowed, without_window


def test_each_text_is_asked_once_and_every_row_is_answered() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    column = pd.Series(["any", "", "any", "wide"], index=[7, 3, 5, 1], dtype="str")
    said = by_text(column, length, "int64")
    assert said.to_dict() == {7: 3, 3: 0, 5: 3, 1: 4}
    assert said.dtype == "int64"
    assert sorted(asked) == ["", "any", "wide"]


@pytest.mark.parametrize("dtype", ["str", "bool", "int64"])
def test_a_column_without_rows_has_its_type_all_the_same(dtype: str) -> None:
    said = by_text(pd.Series([], dtype="str"), len, dtype)
    assert len(said) == 0
    assert said.dtype == dtype


def test_the_window_is_a_word_of_its_own() -> None:
    variants = pd.Series(["narrow|12m", "12m", "narrow", "", "x12m"], dtype="str")
    assert windowed(variants).tolist() == [True, True, False, False, False]
    assert without_window(variants).tolist() == ["narrow", "", "narrow", "", "x12m"]
