"""Raw cells made into distinct cleaned texts, whatever way a file format stores them.

Belongs here: trimming (also of no-break and zero-width blanks), what counts as missing, and
typed cells put as text so that one set of parsers reads all formats. Does not belong here: what
the texts mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sources.rejection import Rejection

_ZERO_WIDTH = "[\u200b\u200c\u200d\u2060\ufeff\u00ad]"
_BLANKS = "[\u00a0\u2007\u202f]"
_MIDNIGHT = r"[ T]00:00(:00(\.0+)?)?(Z|\+00:?00)?$"


AS_TEXT, AS_NUMBER, AS_ERROR = 0, 1, 2
"""How a cell was stored where that differs from cell to cell, as in a sheet."""

_MIXED = pa.struct([("text", pa.string()), ("form", pa.uint8())])


@dataclass(frozen=True)
class Distinct:
    """The distinct cells of a column in a batch.

    `texts` (n distinct): cleaned. `index` (n rows): which text each row holds. `missing` (n
    distinct). `typed` (n distinct): stored as a number, so how it is written says nothing.
    `errors` (n distinct): an error such as `#N/A` stands where a value should.
    """

    texts: pa.Array
    index: npt.NDArray[np.int64]
    missing: npt.NDArray[np.bool_]
    typed: npt.NDArray[np.bool_]
    errors: npt.NDArray[np.bool_]


def distinct(cells: pa.Array) -> Distinct:
    """The distinct cleaned texts of `cells`; Rejection when the type cannot hold values."""
    if not pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_encode()
    raw = cells.dictionary
    forms = np.full(len(raw) + 1, AS_TEXT, dtype=np.uint8)
    if pa.types.is_struct(raw.type):
        forms[:-1] = raw.field("form").to_numpy()
        raw = raw.field("text")
    elif is_number(raw.type):
        forms[:-1] = AS_NUMBER
    texts = clean(_as_text(raw))
    # One blank more at the end is where null cells point.
    texts = pa.concat_arrays([texts, pa.array([""], pa.string())])
    index = cells.indices.fill_null(len(raw)).to_numpy(zero_copy_only=False).astype(np.int64)
    missing = np.array(pc.is_in(texts, pa.array(["", "."])).to_numpy(zero_copy_only=False))
    return Distinct(texts, index, missing, forms == AS_NUMBER, forms == AS_ERROR)


def mixed(
    texts: Sequence[str], forms: Sequence[int], index: npt.NDArray[np.int32]
) -> pa.DictionaryArray:
    """A column whose cells were stored in different ways; `index` is below 0 for empty cells."""
    values = pa.array(texts, pa.string())
    if any(forms):
        kinds = pa.array(forms, pa.uint8())
        values = pa.StructArray.from_arrays([values, kinds], fields=list(_MIXED))
    return pa.DictionaryArray.from_arrays(pa.array(index, mask=index < 0), values)


def has_forms(cells: pa.Array) -> bool:
    """True when the column's cells were stored in different ways (see `mixed`)."""
    return bool(pa.types.is_dictionary(cells.type) and pa.types.is_struct(cells.type.value_type))


def is_number(kind: pa.DataType) -> bool:
    """True for the types that store numbers."""
    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(test(kind) for test in tests)


def clean(texts: pa.Array) -> pa.Array:
    """Trim blanks of every kind, drop zero-width characters, compose accents."""
    if not pc.all(pc.string_is_ascii(texts), min_count=0).as_py():
        texts = pc.utf8_normalize(texts, form="NFC")
        texts = pc.replace_substring_regex(texts, _ZERO_WIDTH, "")
        texts = pc.replace_substring_regex(texts, _BLANKS, " ")
    return pc.utf8_trim_whitespace(texts)


def _as_text(raw: pa.Array) -> pa.Array:
    kind = raw.type
    if pa.types.is_string(kind):
        return raw.fill_null("")
    if pa.types.is_floating(kind):
        return _floats_as_text(raw)
    if pa.types.is_timestamp(kind):
        stamps = raw.cast(pa.string())
        return pc.replace_substring_regex(stamps, _MIDNIGHT, "").fill_null("")
    readable = (
        pa.types.is_integer(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_date(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_null(kind)
    )
    if not readable:
        raise Rejection(
            "column_type",
            "En kolonne i filen har en type, der ikke kan læses.",
            "Levér tabellen med tekst, tal og datoer.",
        )
    return raw.cast(pa.string()).fill_null("")


def _floats_as_text(raw: pa.Array) -> pa.Array:
    """Whole numbers without `.0`, so that codes and personal numbers stored as floats are read."""
    values = raw.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False)
    whole = np.isfinite(values) & (np.floor(values) == values) & (np.abs(values) < 1e15)
    as_whole = pa.array(np.where(whole, values, 0).astype(np.int64)).cast(pa.string())
    written = pc.if_else(pa.array(whole), as_whole, pa.array(values).cast(pa.string()))
    return pc.if_else(pa.array(np.isnan(values)), "", written)
