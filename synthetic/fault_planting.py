"""Plant named faults in an inbox of good deliveries, and write down what was planted where.

Here belongs: choosing rows, writing files, the list for whoever checks the answers. Here does not
belong: which faults there are (`row_faults`, `file_faults`).

The list is `<inbox>/.planted/faults.json`; a name that begins with a point is never read as a
delivery. It holds row numbers and codes, no cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from synthetic.faults import AddedRow, Cells, ChangedRow, Fault, OtherFile, Table
from synthetic.file_faults import FILE_FAULTS
from synthetic.row_faults import ROW_FAULTS

FAULTS: Mapping[str, Fault] = {fault.name: fault for fault in (*ROW_FAULTS, *FILE_FAULTS)}
EVERY = "all"
LIST = ".planted/faults.json"
FIRST_ROWS = 300
_PERSON = ("cpr", "PNR")


@dataclass(frozen=True)
class Planted:
    """A fault where it stands: its files, and the rows it spoils (the header is row 1)."""

    fault: Fault
    files: tuple[Path, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Expected:
    """What the program is to answer about one delivery; `quarantined` rows by their code."""

    source: str
    file: str
    verdict: str
    code: str
    quarantined: dict[int, str]


def chosen(names: Sequence[str]) -> list[Fault]:
    """The faults of these names, `all` for every one; ValueError when there is none so called."""
    if EVERY in names:
        return list(FAULTS.values())
    unknown = [name for name in names if name not in FAULTS]
    if unknown:
        raise ValueError(
            f"Der er ingen fejl ved navn {', '.join(unknown)}; --list-faults viser dem alle."
        )
    return [FAULTS[name] for name in dict.fromkeys(names)]


def plant_faults(out: Path, good: Mapping[str, Path], faults: Sequence[Fault]) -> list[Planted]:
    """Plant `faults` beside and in the good deliveries, and write the list.

    Args:
        out: the inbox.
        good: the file of each source's good delivery, CSV and whole.
        faults: which; all can stand together.

    Raises:
        ValueError: a source is not CSV, or no row of it fits a fault.
    """
    planted: list[Planted] = []
    for source in dict.fromkeys(fault.source for fault in faults):
        path = good.get(source)
        if path is None or path.suffix != ".csv":
            raise ValueError(f"Fejl i {source} kan kun plantes i én hel CSV-fil (--format csv).")
        own = [fault for fault in faults if fault.source == source]
        others = [fault for fault in own if isinstance(fault.form, OtherFile)]
        # Made from the good delivery before anything in it is spoilt, or a copy of it afterwards.
        contents = {fault.name: _contents(path, fault.form) for fault in others}
        planted += _spoil(path, [fault for fault in own if fault not in others])
        planted += [
            _lay_beside(path, number, fault, contents[fault.name] or {".csv": path.read_bytes()})
            for number, fault in enumerate(others, start=1)
        ]
    listed = out / LIST
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text(json.dumps(_written(planted), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return planted


def expected(planted: Sequence[Planted]) -> list[Expected]:
    """The answer to each delivery that holds or is a planted fault, good ones first."""
    answers = []
    for path in dict.fromkeys(item.files for item in planted if not item.fault.verdict):
        here = [item for item in planted if item.files == path]
        rows = {
            row: item.fault.row_code for item in here if item.fault.row_code for row in item.rows
        }
        code = "rows_quarantined" if rows else "warnings"
        answers.append(Expected(here[0].fault.source, path[0].name, "warned", code, rows))
    for item in planted:
        fault = item.fault
        if fault.verdict:
            rows = dict.fromkeys(item.rows, fault.row_code)
            answers.append(
                Expected(fault.source, item.files[0].name, fault.verdict, fault.code, rows)
            )
    return answers


def _contents(path: Path, form: ChangedRow | AddedRow | OtherFile) -> dict[str, bytes]:
    """The bytes of the other files by ending; none for a copy."""
    if not isinstance(form, OtherFile) or form.make is None:
        return {}
    header, *rows = islice(_lines(path), None if form.whole else FIRST_ROWS + 1)
    return form.make(Table(header, rows))


def _lay_beside(path: Path, number: int, fault: Fault, contents: Mapping[str, bytes]) -> Planted:
    name = f"{path.stem}-{number:02d}_{fault.name.removeprefix(fault.source + '-')}"
    files = []
    for ending, data in contents.items():
        file = path.with_name(name + ending)
        file.write_bytes(data)
        file.with_name(file.name + ".done").touch()
        files.append(file)
    rows = fault.form.rows if isinstance(fault.form, OtherFile) else ()
    return Planted(fault, tuple(files), rows)


def _spoil(path: Path, faults: Sequence[Fault]) -> list[Planted]:
    if not faults:
        return []
    changed, added, places = _choose(path, faults)
    arriving = path.with_name(f".{path.name}")
    with arriving.open("w", encoding="utf-8", newline="") as file:
        last = 0
        for last, cells in enumerate(_lines(path), start=1):
            file.write(";".join(changed.get(last, cells)) + "\n")
        for cells in added.values():
            file.write(";".join(cells) + "\n")
    arriving.replace(path)
    planted = []
    for fault in faults:
        rows: tuple[int, ...] = (places[fault.name],)
        if isinstance(fault.form, AddedRow):
            new = last + 1 + list(added).index(fault.name)
            rows = (*rows, new) if fault.form.both else (new,)
        planted.append(Planted(fault, (path,), rows))
    return planted


def _choose(
    path: Path, faults: Sequence[Fault]
) -> tuple[dict[int, list[str]], dict[str, list[str]], dict[str, int]]:
    """The new cells of rows by number, the cells to add by fault, each fault's row.

    Every fault gets the first row that fits it, of a person no other fault has.
    """
    lines = enumerate(_lines(path), start=1)
    _, header = next(lines)
    changed: dict[int, list[str]] = {}
    added: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    people = set()
    for number, cells in lines:
        row = dict(zip(header, cells, strict=True))
        person = next((row[name] for name in _PERSON if name in row), str(number))
        fault = next((one for one in faults if one.name not in places and _fits(row, one)), None)
        if fault is None or person in people:
            continue
        people.add(person)
        places[fault.name] = number
        form = fault.form
        assert not isinstance(form, OtherFile)
        new = list({**row, **form.change(row)}.values())
        if isinstance(form, AddedRow):
            added[fault.name] = new
        else:
            changed[number] = [*new, *form.more]
        if len(places) == len(faults):
            return changed, added, places
    missing = next(one.name for one in faults if one.name not in places)
    raise ValueError(f"Ingen række i leverancen passer til fejlen {missing}; lav flere personer.")


def _fits(row: Cells, fault: Fault) -> bool:
    assert isinstance(fault.form, ChangedRow | AddedRow)
    return all(
        row[name] != "" if value == "*" else row[name] == value
        for name, value in fault.form.where.items()
    )


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in file:
            yield line.rstrip("\n").split(";")


def _written(planted: Sequence[Planted]) -> dict[str, object]:
    """The list as plain data."""
    return {
        "deliveries": [
            {
                "source": one.source,
                "file": one.file,
                "verdict": one.verdict,
                "code": one.code,
                "quarantined": len(one.quarantined),
            }
            for one in expected(planted)
        ],
        "faults": [
            {
                "name": item.fault.name,
                "source": item.fault.source,
                "what": item.fault.words,
                "files": [file.name for file in item.files],
                "rows": list(item.rows),
                "row_code": item.fault.row_code,
                "check": item.fault.check,
            }
            for item in planted
        ],
    }
