"""A reader with patience and a pocket calculator, written from the published description alone.

They know the columns of `indicators.csv` and the definitions of the method sheets. They subtract: parts from totals, the
target group from everybody, a month's twelve-month sum from the next one's, an earlier set from a later one; and they
multiply printed shares by their denominators. They use nothing of the house's code.

Belongs here: the attack. Not here: what it must not find (the tests).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Key = tuple[str, ...]  # indicator, variant, period, group, dim1, value1, dim2, value2
_KEYS = ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2")
_OVERLAPPING = {"programme", "subgroup", "administration", "site", "survey", "plan", "budget_line"}
_MONTHLY_OF = {
    "exits_job_12m": "exits_job",
    "comp_applications": "comp_applications",
    "comp_grants": "comp_grants",
    "comp_rejections": "comp_rejections",
    "clarified": "clarified",
    "hires_by_kind": "hires_by_kind",
    "partnership_hires": "partnership_hires",
}


@dataclass
class Notes:
    """What the reader has written down: counts they know, counts they do not (`somebody`: those that are not zero, for zeros
    are shown), and sums of both.
    """

    known: dict[Key, int] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)
    somebody: set[Key] = field(default_factory=set)
    sums: list[tuple[tuple[Key, ...], tuple[Key, ...]]] = field(default_factory=list)

    def recovered(self) -> dict[Key, int]:
        """Hidden counts the reader now knows."""
        return {key: self.known[key] for key in self.hidden if key in self.known}


def attack(later: Path, earlier: Path | None = None) -> dict[Key, int]:
    """Every count hidden in the set `later` that the reader gets at, with an `earlier` set in hand or without."""
    notes = Notes()
    rows = list(_rows(later))
    _write_down(notes, rows)
    if earlier is not None:
        # What has not changed since: a count hidden today that yesterday's set shows.
        _write_down(notes, _rows(earlier), only_new=True)
    _printed_shares(notes, later, rows)
    _sums_of_categories(notes)
    _target_group_and_the_others(notes)
    _twelve_months(notes)
    _schemes(notes)
    _subtract(notes)
    return notes.recovered()


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / "data" / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _write_down(notes: Notes, rows: Iterable[dict[str, str]], *, only_new: bool = False) -> None:
    for row in rows:
        key = tuple(row[name] for name in _KEYS)
        for part, shown in (("over", row["numerator"]), ("under", row["denominator"])):
            name = _whose(key, part)
            if name is None:
                continue
            if shown:
                if not only_new or name in notes.hidden:
                    notes.known.setdefault(name, round(float(shown)))
            elif row["flag"] == "suppressed" and not only_new and part == "over":
                notes.hidden.add(name)
                if row["unit"] != "andel":
                    notes.somebody.add(name)
    if not only_new:
        # A count whose own row is hidden is hidden, wherever else it may stand.
        notes.hidden -= notes.known.keys() - notes.somebody


def _whose(key: Key, part: str) -> Key | None:
    """The count a numerator or a denominator is: shares are made of counts that have rows of their own."""
    indicator, variant, *rest = key
    if part == "over":
        same = {"ltu_80_share": "ltu_80", "fleksjob_employed_share": "fleksjob_employed"}
        if indicator == "exit_rate_job":
            return ("exits_job_12m" if "12m" in variant else "exits_job", variant, *rest)
        return (same.get(indicator, indicator), variant, *rest)
    under = {
        "ltu_80_share": "unemployed",
        "fleksjob_employed_share": "fleksjob_referred",
        "employment_rate": "people",
        "comp_uptake": "people",
    }
    if indicator not in under or "scheme" in rest:
        return None
    return (under[indicator], "" if under[indicator] == "people" else variant, *rest)


def _printed_shares(notes: Notes, folder: Path, rows: list[dict[str, str]]) -> None:
    """A share in the workbook's map beside a hidden numerator: times the denominator, if only one whole number rounds
    to it.
    """
    path = folder / "data" / "cells.csv"
    if not path.is_file():
        return
    shown = {tuple(row[name] for name in _KEYS): row for row in rows}
    texts = _cells_of_the_page(folder)
    for figure, text in texts.items():
        *key, part = figure.split(";")
        row = shown.get(tuple(key))
        number = re.fullmatch(r"(\d+(?:,\d)?) ?(?:pct\.|%)?", text)
        under = _whose(tuple(key), "under")
        if row is None or number is None or part != "value" or under not in notes.known:
            continue
        share = float(number[1].replace(",", "."))
        whole = notes.known[under]
        fitting = [n for n in range(whole + 1) if whole and abs(100 * n / whole - share) <= 0.0501]
        over = _whose(tuple(key), "over")
        if len(fitting) == 1 and over is not None:
            notes.known.setdefault(over, fitting[0])


def _cells_of_the_page(folder: Path) -> dict[str, str]:
    page = folder / "index.html"
    if not page.is_file():
        return {}
    cells = re.findall(
        r'<td[^>]*data-figure="([^"]+)"[^>]*>(.*?)</td>', page.read_text("utf-8"), re.S
    )
    return {figure: re.sub(r"<[^>]*>", "", text).strip() for figure, text in cells}


def _sums_of_categories(notes: Notes) -> None:
    families: dict[tuple[Key, Key], list[Key]] = {}
    for key in [*notes.known, *(notes.hidden - notes.known.keys())]:
        indicator, variant, period, group, dim1, value1, dim2, value2 = key
        head = (indicator, variant, period, group)
        if dim1 and not dim2 and dim1 not in _OVERLAPPING:
            families.setdefault(((*head, "", "", "", ""), (dim1, "")), []).append(key)
        elif dim2 and not {dim1, dim2} & _OVERLAPPING:
            families.setdefault(((*head, dim1, value1, "", ""), (dim2, "")), []).append(key)
            families.setdefault(((*head, dim2, value2, "", ""), (dim1, "")), []).append(key)
    for (total, _dimension), parts in families.items():
        if total in notes.known or total in notes.hidden:
            notes.sums.append((tuple(parts), (total,)))


def _target_group_and_the_others(notes: Notes) -> None:
    """T and R are P, where all three are there."""
    for key in list(notes.known):
        if key[3] == "P":
            target, others = ((*key[:3], group, *key[4:]) for group in "TR")
            if all(one in notes.known or one in notes.hidden for one in (target, others)):
                notes.sums.append(((target, others), (key,)))


def _twelve_months(notes: Notes) -> None:
    """A year's sum is twelve months'; two sums a month apart differ by the newest month and the one that fell out."""
    for year in [*notes.known, *(notes.hidden - notes.known.keys())]:
        indicator, variant, period, *rest = year
        if indicator not in _MONTHLY_OF or not variant.endswith("12m"):
            continue
        monthly = variant.removesuffix("12m").removesuffix("|")
        months = tuple(
            (_MONTHLY_OF[indicator], monthly, _back(period, n), *rest) for n in range(12)
        )
        if all(month in notes.known or month in notes.hidden for month in months):
            notes.sums.append((months, (year,)))
        before: Key = (indicator, variant, _back(period, 1), *rest)
        fell_out: Key = (_MONTHLY_OF[indicator], monthly, _back(period, 12), *rest)
        everywhere = (before, months[0], fell_out)
        if all(one in notes.known or one in notes.hidden for one in everywhere):
            notes.sums.append(((before, months[0]), (year, fell_out)))


def _back(period: str, months: int) -> str:
    year, month = divmod(int(period[:4]) * 12 + int(period[5:]) - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}"


def _schemes(notes: Notes) -> None:
    """A case is under one scheme."""
    families: dict[Key, list[Key]] = {}
    for key in [*notes.known, *(notes.hidden - notes.known.keys())]:
        scheme, _, rest = key[1].partition("|")
        if key[0] in ("comp_applications", "comp_grants", "comp_rejections") and scheme != "all":
            total = (key[0], "|".join(filter(None, ("all", rest))), *key[2:])
            families.setdefault(total, []).append(key)
    for total, parts in families.items():
        if total in notes.known or total in notes.hidden:
            notes.sums.append((tuple(parts), (total,)))


def _subtract(notes: Notes) -> None:
    """Sum after sum with one count missing gives it, until no more do; and a total without people has none in its parts."""
    left = notes.sums
    while True:
        open_sums, found = [], False
        for parts, totals in left:
            missing = [key for key in (*parts, *totals) if key not in notes.known]
            if not missing:
                continue
            here = sum(notes.known[key] for key in parts if key in notes.known)
            there = sum(notes.known[key] for key in totals if key in notes.known)
            if len(missing) == 1:
                notes.known[missing[0]] = there - here if missing[0] in parts else here - there
                found = True
            elif set(missing) <= set(parts) & notes.somebody and there - here == len(missing):
                # Zeros are shown: so many hidden counts that sum to their own number are one each.
                notes.known.update(dict.fromkeys(missing, 1))
                found = True
            else:
                open_sums.append((parts, totals))
        if not found:
            return
        left = open_sums
