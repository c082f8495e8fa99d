"""Raw cells made into distinct cleaned texts, whatever way a file format stores them.

Belongs here: trimming (also of no-break and zero-width blanks), what counts as missing, and
typed cells put as text so that one set of parsers reads all formats. Does not belong here: what
the texts mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sources.rejection import Rejection

_ZERO_WIDTH = "[\u200b\u200c\u200d\u2060\ufeff\u00ad]"
_BLANKS = "[\u00a0\u2007\u202f]"
_MIDNIGHT = r"[ T]00:00(:00(\.0+)?)?(Z|\+00:?00)?$"


@dataclass(frozen=True)
class Distinct:
    """The distinct cells of a column in a batch.

    `texts` (n distinct): cleaned. `index` (n rows): which text each row holds. `missing` (n
    distinct). `typed`: the file stored numbers as numbers, so how they are written says nothing.
    """

    texts: pa.Array
    index: npt.NDArray[np.int64]
    missing: npt.NDArray[np.bool_]
    typed: bool


def distinct(cells: pa.Array) -> Distinct:
    """The distinct cleaned texts of `cells`; Rejection when the type cannot hold values."""
    if not pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_encode()
    raw = cells.dictionary
    typed = pa.types.is_floating(raw.type) or pa.types.is_decimal(raw.type)
    texts = clean(_as_text(raw))
    # One blank more at the end is where null cells point.
    texts = pa.concat_arrays([texts, pa.array([""], pa.string())])
    index = cells.indices.fill_null(len(raw)).to_numpy(zero_copy_only=False).astype(np.int64)
    missing = np.array(pc.is_in(texts, pa.array(["", "."])).to_numpy(zero_copy_only=False))
    return Distinct(texts, index, missing, typed)


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
