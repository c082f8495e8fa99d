"""Runs pyreadstat in a process of its own, and is started as a script by `statistical.files`.

Belongs here: calling the library, and handing over numbers and texts as Arrow. Does not belong
here: what formats, labels and cells mean. The library is C code that reads whatever bytes a
delivery holds: here it can run out of memory, loop or crash without taking the night with it.
Nothing is ever printed but the answer, since the library's own messages may hold cell values.
Imports nothing of ours, so that starting costs little.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyreadstat

MOST_MEMORY = 4 << 30
MOST_CPU_SECONDS = 1_800
UNREADABLE, NOT_DECODABLE, OTHER = 3, 4, 5
"""How the process ends when the file is at fault (3, 4) or the program (5)."""

_CELLS_A_BATCH = 2_000_000
_READERS: dict[str, Callable[..., Any]] = {
    ".sav": pyreadstat.read_sav,
    ".dta": pyreadstat.read_dta,
    ".xpt": pyreadstat.read_xport,
    ".sas7bdat": pyreadstat.read_sas7bdat,
}


def describe(path: str, ending: str, encodings: Sequence[str]) -> dict[str, Any]:
    """Columns, formats, labels and the number of rows, under the first encoding that fits all texts.

    A blank encoding is the file's own.
    """
    for encoding in encodings:
        try:
            found = _described(path, ending, encoding)
        except UnicodeDecodeError:
            continue
        except pyreadstat.ReadstatError as error:
            if "convert" not in str(error) and "encoding" not in str(error):
                raise
            continue
        return found
    raise UnicodeError


def _described(path: str, ending: str, encoding: str) -> dict[str, Any]:
    _, meta = _call(path, ending, encoding, metadataonly=True)
    kinds = meta.readstat_variable_types
    texts = [name for name in meta.column_names if kinds[name] == "string"]
    read = 0
    for columns in _chunks(path, ending, encoding, texts or meta.column_names[:1]):
        read += len(next(iter(columns.values())))
    return {
        "names": list(meta.column_names),
        "kinds": [kinds[name] for name in meta.column_names],
        "formats": [meta.original_variable_types[name] or "" for name in meta.column_names],
        "labels": {
            name: [
                [value, text] for value, text in labels.items() if isinstance(value, int | float)
            ]
            for name, labels in meta.variable_value_labels.items()
        },
        "encoding": encoding or meta.file_encoding or "",
        "chosen": encoding,
        "declared_rows": meta.number_rows,
        "rows": read,
    }


def batches(
    path: str, ending: str, encoding: str, names: Sequence[str], kinds: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """The columns called `names`, in pieces: texts as they are, everything else as floats."""
    schema = pa.schema(
        [
            pa.field(name, pa.string() if kind == "string" else pa.float64())
            for name, kind in zip(names, kinds, strict=True)
        ]
    )
    for columns in _chunks(path, ending, encoding, names):
        arrays = [pa.array(columns[field.name], field.type) for field in schema]
        yield pa.record_batch(arrays, schema=schema)


def _chunks(
    path: str, ending: str, encoding: str, names: Sequence[str]
) -> Iterator[dict[str, list[Any]]]:
    size = max(1, _CELLS_A_BATCH // max(len(names), 1))
    first = 0
    while names:
        columns, _ = _call(
            path, ending, encoding, usecols=list(names), row_offset=first, row_limit=size
        )
        count = len(columns[names[0]])
        if count:
            yield columns
        if count < size:
            return
        first += count


def _call(path: str, ending: str, encoding: str, **how: Any) -> tuple[dict[str, list[Any]], Any]:
    found: tuple[dict[str, list[Any]], Any] = _READERS[ending](
        path,
        encoding=encoding or None,
        disable_datetime_conversion=True,
        output_format="dict",
        **how,
    )
    return found


def _answer(asked: dict[str, Any]) -> None:
    where = (asked["path"], asked["ending"])
    if "encodings" in asked:
        told = json.dumps(describe(*where, asked["encodings"]))
        sys.stdout.buffer.write(told.encode("utf-8"))
        return
    writer = None
    for batch in batches(*where, asked["encoding"], asked["names"], asked["kinds"]):
        writer = writer or pa.ipc.new_stream(sys.stdout.buffer, batch.schema)
        writer.write_batch(batch)
    if writer is not None:
        writer.close()


def _main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _answer(json.loads(sys.stdin.read()))
    except UnicodeError:
        return NOT_DECODABLE
    except (
        pyreadstat.ReadstatError,
        pyreadstat.PyreadstatError,
        ValueError,
        KeyError,
        MemoryError,
    ):
        return UNREADABLE
    except Exception:
        return OTHER
    return 0


if __name__ == "__main__":
    sys.exit(_main())
