"""Keys that stand in more than one row of a delivery.

Belongs here: hashing rows and keys to 64 bits, so that sixteen million rows fit in memory, and
telling identical rows from conflicting ones. Does not belong here: what is done with them. With
16 million rows the chance that two different keys share a hash is below one in 100,000.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_NULL = np.uint64(0xA5A5A5A5A5A5A5A5)


class Duplicates(NamedTuple):
    """Places of rows, in file order: `extra` repeats an earlier identical row, `conflicting` rows
    share a key but differ, every one of them.
    """

    extra: Places
    conflicting: Places


def mix(values: Hashes) -> Hashes:
    """Spread 64-bit values evenly (splitmix64)."""
    mixed = values + _ODD
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
    spread: Hashes = mixed ^ (mixed >> np.uint64(31))
    return spread


def hash_rows(columns: Sequence[pa.Array]) -> Hashes:
    """One hash a row over typed columns of equal length."""
    total = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        total = mix(total ^ mix(_column(column)))
    return total


def hash_matrix(matrix: npt.NDArray[np.generic]) -> Hashes:
    """One hash a row of a matrix of unsigned integers or float32."""
    if matrix.dtype == np.float32:
        matrix = matrix.view(np.uint32)
    total = np.zeros(len(matrix), dtype=np.uint64)
    factors = mix(np.arange(1, matrix.shape[1] + 1, dtype=np.uint64)) | np.uint64(1)
    for start in range(0, matrix.shape[1], 32):
        part = matrix[:, start : start + 32].astype(np.uint64)
        total += (part * factors[start : start + 32]).sum(axis=1, dtype=np.uint64)
    return mix(total)


def find(keys: Hashes, rows: Hashes) -> Duplicates:
    """The rows that share a key with another row."""
    none = np.zeros(0, dtype=np.int64)
    ordered = np.sort(keys)
    if not (ordered[1:] == ordered[:-1]).any():
        return Duplicates(none, none)
    del ordered
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    group = np.cumsum(starts) - 1
    size = np.bincount(group)
    shared = size[group] > 1
    order, group = order[shared], group[shared]
    contents = rows[order]
    first = np.concatenate([[True], group[1:] != group[:-1]])
    first_content = contents[np.maximum.accumulate(np.where(first, np.arange(len(group)), 0))]
    differing = np.unique(group[contents != first_content])
    conflict = np.isin(group, differing)
    return Duplicates(np.sort(order[~conflict & ~first]), np.sort(order[conflict]))


def _column(column: pa.Array) -> Hashes:
    if pa.types.is_string(column.type):
        coded = column.dictionary_encode()
        known = np.array(
            [_text(text) for text in coded.dictionary.to_pylist()] + [_NULL], np.uint64
        )
        places = coded.indices.fill_null(len(coded.dictionary)).to_numpy(zero_copy_only=False)
        found: Hashes = known[places]
        return found
    nulls = column.is_null().to_numpy(zero_copy_only=False)
    if pa.types.is_floating(column.type):
        bits = column.fill_null(0.0).to_numpy(zero_copy_only=False).view(np.uint64)
    elif pa.types.is_date32(column.type):
        days = column.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
        bits = days.astype(np.int64).view(np.uint64)
    else:
        filled = column.fill_null(pa.scalar(0).cast(column.type))
        bits = filled.to_numpy(zero_copy_only=False).astype(np.uint64)
    return np.where(nulls, _NULL, bits)


def _text(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "big")
