"""A reader with patience and a spreadsheet, written from the published description alone.

They know the columns of `indicators.csv` and the definitions of the method sheets. They subtract: parts from totals, the
target group from everybody, some from all, a month's twelve-month sum from the next one's, an earlier set from a later one;
and they multiply printed shares by their denominators. They use nothing of the house's code.

Belongs here: the attack. Not here: whom a figure counts (`readings`), the narrowing (`narrowing`), what must not be found
(the tests).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.attack.narrowing import Narrowing
from tests.attack.readings import (
    BOTH_WAYS,
    KEYS,
    MONTHLY,
    NOT_AMONG,
    OVERLAPPING,
    SOME_OF,
    Key,
    back,
    over,
    under,
    without,
)

SMALL = 5
SHARES = ("andel", "pr. 1.000")


@dataclass(frozen=True)
class Figure:
    """A hidden row: the counts over and under its line, None where the reader has no name for them, and whether it takes
    both to have its figure."""

    key: Key
    over: Key | None
    under: Key | None
    takes_both: bool


@dataclass(eq=False)
class Notes:
    """What the reader has written down: counts they know, counts hidden from them, the hidden `figures` these stand in, and
    what they `narrow`."""

    known: dict[Key, int] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)
    figures: list[Figure] = field(default_factory=list)
    somebody: set[Key] = field(default_factory=set)
    """Counts that are not zero, known or not: for zeros are shown."""
    shares: list[tuple[Key, Key]] = field(default_factory=list)
    narrow: Narrowing = field(default_factory=Narrowing)

    @property
    def names(self) -> set[Key]:
        """Every count written down."""
        return {*self.known, *self.hidden}

    def found(self) -> dict[Key, int]:
        """Hidden counts of which one number is left."""
        return {key: int(self.narrow.least[key]) for key in self.hidden if self.narrow.known(key)}

    def figures_found(self) -> set[Key]:
        """Hidden rows of which every number is found or printed elsewhere."""
        numbers = {*self.known, *self.found()}
        return {
            figure.key
            for figure in self.figures
            if figure.over in numbers and (not figure.takes_both or figure.under in numbers)
        }

    def small(self) -> set[Key]:
        """Counts, hidden or printed nowhere, that are certainly of one to four people."""
        limits = self.narrow.least, self.narrow.most
        return {
            key
            for key, least in limits[0].items()
            if least >= 1 and limits[1][key] < SMALL and key not in self.known
        }


def attack(later: Path, earlier: Path | None = None) -> dict[Key, int]:
    """Every count hidden in the set `later` that the reader gets at, with an `earlier` set in hand or without."""
    return worked_through(later, earlier).found()


def worked_through(later: Path, earlier: Path | None = None, nobody: Collection[Key] = ()) -> Notes:
    """The reader's notes when nothing more can be narrowed. `nobody`: hidden counts of nobody, which mislead a reader who
    takes it that zeros are shown; with them they do not take it so of these.
    """
    notes = written_down(later, earlier, nobody)
    notes.narrow.settle()
    return notes


def written_down(later: Path, earlier: Path | None = None, nobody: Collection[Key] = ()) -> Notes:
    """The reader's notes before anything is narrowed: what is shown, and what adds up."""
    notes = Notes()
    rows = list(_rows(later))
    _write_down(notes, rows)
    if earlier is not None:
        # What has not changed since: a count hidden today that yesterday's set shows.
        _write_down(notes, _rows(earlier), only_hidden=True)
    _printed_shares(notes, later, rows)
    notes.somebody.difference_update(nobody)
    for key in notes.names:
        if key in notes.known:
            notes.narrow.between(key, notes.known[key], notes.known[key])
        else:
            notes.narrow.between(key, 1 if key in notes.somebody else 0)
    _sums_of_categories(notes)
    _target_group_and_the_others(notes)
    _twelve_months(notes)
    _schemes_and_decisions(notes)
    _some_of_others(notes)
    return notes


def told_to_insiders(notes: Notes, ones: Iterable[Key]) -> dict[Key, set[Key]]:
    """By each hidden count of `ones`, which is one person who knows it: the other hidden counts that person gets at."""
    told = {}
    for one in sorted(ones):
        if notes.narrow.known(one):
            continue
        limits = notes.narrow.least[one], notes.narrow.most[one]
        notes.narrow.between(one, 1, 1)
        before = notes.narrow.settle([one])
        found = {key for key in before if key in notes.hidden and notes.narrow.known(key)}
        told[one] = found - {one}
        notes.narrow.restore({**before, one: limits})
    return {one: found for one, found in told.items() if found}


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / "data" / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _write_down(notes: Notes, rows: Iterable[dict[str, str]], *, only_hidden: bool = False) -> None:
    seen: dict[Key, int] = {}
    for row in rows:
        key = tuple(row[name] for name in KEYS)
        some, whole = over(key), under(key)
        share = row["unit"] in SHARES
        if row["flag"] == "suppressed" and not only_hidden:
            notes.figures.append(Figure(key, some, whole, share or row["unit"] == "pct.point"))
        for name, shown in ((some, row["numerator"]), (whole, row["denominator"])):
            if name is None:
                continue
            if shown:
                seen[name] = round(float(shown))
            elif row["flag"] == "suppressed" and not only_hidden:
                notes.hidden.add(name)
                if not share or name == whole:
                    notes.somebody.add(name)
        if some and whole and key[0] not in NOT_AMONG and not only_hidden:
            notes.shares.append((some, whole))
    if only_hidden:
        notes.known.update({name: seen[name] for name in notes.hidden & seen.keys()})
        return
    notes.known.update(seen)
    # Hidden in its own row is hidden, wherever else it may stand; a denominator shown elsewhere is not.
    own = {over(tuple(row[name] for name in KEYS)) for row in rows if row["flag"] == "suppressed"}
    notes.hidden -= notes.known.keys() - own


def _printed_shares(notes: Notes, folder: Path, rows: list[dict[str, str]]) -> None:
    """A share on the page beside a hidden numerator: times the denominator, if only one whole number rounds to it."""
    shown = {tuple(row[name] for name in KEYS) for row in rows}
    for figure, text in _cells_of_the_page(folder).items():
        *names, part = figure.split(";")
        key = tuple(names)
        number = re.fullmatch(r"(\d+(?:,\d)?) ?(?:pct\.|%)?", text)
        whole, some = under(key), over(key)
        if key not in shown or number is None or part != "value" or whole not in notes.known:
            continue
        share, people = float(number[1].replace(",", ".")), notes.known[whole]
        fitting = [
            n for n in range(people + 1) if people and abs(100 * n / people - share) <= 0.0501
        ]
        if len(fitting) == 1 and some is not None:
            notes.known.setdefault(some, fitting[0])


def _cells_of_the_page(folder: Path) -> dict[str, str]:
    page = folder / "index.html"
    if not page.is_file():
        return {}
    cells = re.findall(
        r'<td[^>]*data-figure="([^"]+)"[^>]*>(.*?)</td>', page.read_text("utf-8"), re.S
    )
    return {figure: re.sub(r"<[^>]*>", "", text).strip() for figure, text in cells}


def _sums_of_categories(notes: Notes) -> None:
    names = notes.names
    families: dict[tuple[Key, str], list[Key]] = {}
    for key in names:
        *head, dim1, value1, dim2, value2 = key
        if {dim1, dim2} & OVERLAPPING:
            continue
        if dim1 and not dim2:
            families.setdefault(((*head, "", "", "", ""), dim1), []).append(key)
        elif dim2:
            families.setdefault(((*head, dim1, value1, "", ""), dim2), []).append(key)
            families.setdefault(((*head, dim2, value2, "", ""), dim1), []).append(key)
    for (total, _dimension), parts in families.items():
        if total in names:
            notes.narrow.add(sorted(parts), total)


def _target_group_and_the_others(notes: Notes) -> None:
    """T and R are P; where R stands nowhere it is people all the same."""
    names = notes.names
    for key in names:
        if key[3] == "P":
            target, others = ((*key[:3], group, *key[4:]) for group in "TR")
            if target in names:
                notes.narrow.add((target, others), key)


def _twelve_months(notes: Notes) -> None:
    """A year's sum is twelve months'; two sums a month apart share eleven, whether those are in the table or not."""
    years: dict[Key, list[Key]] = {}
    for key in notes.names:
        monthly = MONTHLY.get(key[0])
        if monthly is not None and key[1].endswith("12m"):
            qualifiers = key[1].removesuffix("12m").removesuffix("|")
            months = tuple((monthly, qualifiers, back(key[2], n), *key[3:]) for n in range(12))
            notes.narrow.add(months, key)
            years.setdefault((key[0], key[1], *key[3:]), []).append(key)
    for found in years.values():
        for one, next_one in pairwise(sorted(found, key=lambda key: key[2])):
            if back(next_one[2], 1) == one[2]:
                months = [
                    (MONTHLY[one[0]], one[1].removesuffix("12m").removesuffix("|"), month, *one[3:])
                    for month in (back(one[2], 11), next_one[2])
                ]
                shared: Key = ("shared by two years", *one)
                notes.narrow.add((shared, months[0]), one)
                notes.narrow.add((shared, months[1]), next_one)


def _schemes_and_decisions(notes: Notes) -> None:
    """A case is under one scheme; a case decided is granted or rejected."""
    names = notes.names
    families: dict[Key, list[Key]] = {}
    for key in names:
        scheme, _, rest = key[1].partition("|")
        cases = key[0] in ("comp_applications", "comp_grants", "comp_rejections", "decided")
        if cases and scheme != "all":
            total = (key[0], "|".join(filter(None, ("all", rest))), *key[2:])
            families.setdefault(total, []).append(key)
        if key[0] == "decided":
            outcomes = [
                (case, f"{key[1]}|12m", *key[2:]) for case in ("comp_grants", "comp_rejections")
            ]
            if all(outcome in names for outcome in outcomes):
                notes.narrow.add(outcomes, key)
    for total, parts in families.items():
        if total in names:
            notes.narrow.add(sorted(parts), total)


def _some_of_others(notes: Notes) -> None:
    """Numerators are some of their denominators, and counts some of wider ones: who is left over is people too."""
    names = notes.names
    pairs = {*notes.shares}
    for key in names:
        for part, whole, more in SOME_OF:
            if key[0] == part:
                wider = (whole, without(key[1], more), *key[2:])
                pairs.add((key, wider))
        if key[0] in BOTH_WAYS and key[1].split("|")[0] == "narrow":
            pairs.add((key, (key[0], key[1].replace("narrow", "wide", 1), *key[2:])))
    for part, whole in sorted(pairs):
        if part in names and whole in names and part != whole:
            rest: Key = ("those of the first not in the second", *whole, *part)
            notes.narrow.add((part, rest), whole)
