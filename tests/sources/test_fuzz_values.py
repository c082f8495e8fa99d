"""Any text in any cell gives a value within the contract or a named fault, and never an exception.

FUZZ_FACTOR=50 in the environment draws fifty times as many examples.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.contract import SOURCES, Column, load
from sources.cells import distinct, mixed
from sources.cpr import parse_cprs
from sources.faults import CODES
from sources.file_form import FileForm, Seen
from sources.quarantine import shown_value
from sources.values import LONGEST_TEXT, day_number, month_number, parse
from tests.canaries import CANARIES
from tests.fuzzing.attempt import assert_nothing_shown, examples
from tests.fuzzing.mutation import SIGNS, VALUES

NOT_PARSED = frozenset({"cpr", "week_code", "presence"})
COLUMNS = [
    column
    for source in SOURCES
    for table in load(source).tables
    for column in table.columns
    if column.kind not in NOT_PARSED
]
_DATES = "2020-06-30 30-06-2020 30.06.2020 31/02/2020 0000-00-00 9999-12-31 2020-06 06-2020 202006 000000"
_OTHERS = "1.234,50 1234.50 1.234 -0 1e3 (12) 1234,5- ja NEJ true . \u0661\u0662 Valby 0000000000"
WRITTEN = (
    *(*_DATES.split(), *_OTHERS.split(), *VALUES),
    *(CANARIES[0], f"{CANARIES[1][:6]}-{CANARIES[1][6:]}", CANARIES[0][1:]),
    *(sign.decode("utf-8", "replace") for sign in SIGNS),
)
# Digits before it or after make it some other number.
WITH_HYPHEN = re.compile("|".join(f"(?<![0-9]){n[:6]}-{n[6:]}(?![0-9])" for n in CANARIES))
FORMS = st.builds(FileForm, st.booleans(), st.booleans(), st.booleans())
SETTINGS = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Anything at all, something agreed, or that with something put in."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return draw(st.text(max_size=40))
    if kind == 1:
        return draw(st.text("0123456789.,-+/ e%", max_size=20))
    base = draw(st.sampled_from(WRITTEN))
    if kind == 2:
        return base
    at = draw(st.integers(0, min(len(base), 40)))
    return (
        base[:at]
        + draw(st.one_of(st.sampled_from(WRITTEN), st.characters(codec="utf-8")))
        + base[at:]
    )


@st.composite
def cells(draw: st.DrawFn) -> pa.Array:
    """A column as CSV gives it (with nulls), as a sheet gives it, or stored as numbers."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        numbers = draw(
            st.lists(st.one_of(st.none(), st.floats(), st.integers(-(2**53), 2**53)), max_size=8)
        )
        return pa.array([None if n is None else float(n) for n in numbers], pa.float64())
    given_texts = draw(st.lists(texts(), max_size=8))
    if kind == 1:
        forms = [draw(st.integers(0, 2)) if _is_number(text) else 0 for text in given_texts]
        index = draw(st.lists(st.integers(-1, len(given_texts) - 1), max_size=8))
        return mixed(given_texts, forms, np.array(index, np.int32))
    nulls = draw(st.booleans())
    return pa.array([*given_texts, *([None] if nulls else [])], pa.string())


@SETTINGS
@given(cells(), st.sampled_from(COLUMNS), FORMS)
def test_any_cell_gives_a_value_within_the_contract_or_a_fault(
    given_cells: pa.Array, column: Column, form: FileForm
) -> None:
    found = distinct(given_cells)
    parsed = parse(column, found, form, Seen())
    assert len(parsed.values) == len(parsed.fault) == len(found.texts)
    values = parsed.values.to_pylist()
    for text, value, fault, missing in zip(
        found.texts.to_pylist(), values, parsed.fault.tolist(), found.missing.tolist(), strict=True
    ):
        assert fault < len(CODES)
        assert_nothing_shown(shown_value(column, text))
        if fault or missing:
            assert value is None
            assert bool(fault) or not column.required
        else:
            assert value is not None
            assert_within(column, value)


def assert_within(column: Column, value: Any) -> None:
    """The value is one the contract allows."""
    if column.kind == "code":
        assert value in column.values
    elif column.kind == "text":
        assert len(value) <= LONGEST_TEXT
        assert not WITH_HYPHEN.search(value)
        assert column.required or value not in CANARIES
    elif column.kind != "yes_no":
        assert np.isfinite(_as_number(value))
        assert column.minimum is None or _bound(column, column.minimum) <= _as_number(value)
        assert column.maximum is None or _as_number(value) <= _bound(column, column.maximum)


@SETTINGS
@given(cells(), FORMS)
def test_any_cell_is_a_personal_number_or_a_fault(given_cells: pa.Array, form: FileForm) -> None:
    found = parse_cprs(given_cells, form, Seen())
    assert len(found.numbers) == len(given_cells)
    assert (found.fault < len(CODES)).all()
    assert (found.numbers[found.fault > 0] == 0).all() or found.missing.any()
    good = found.fault == 0
    assert (found.numbers[good] > 0).all()
    assert (found.numbers < 10**10).all()
    assert not np.isnat(found.birth[good]).any()
    assert not (found.replacement & found.modulus_failed).any()


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and "_" not in text


def _as_number(value: Any) -> float:
    return value.toordinal() - date(1970, 1, 1).toordinal() if isinstance(value, date) else value


def _bound(column: Column, bound: Any) -> float:
    read = {"date": day_number, "month": month_number}.get(column.kind)
    found = float(bound) if read is None else read(str(bound))
    assert found is not None
    return found
