"""Hypothesis strategies for lives in `dream`: nonsense, scripts, and lives on the rules' edges."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from .histories import CODES, Row, WageColumns, Week, dream_row, history


def names_of(weeks: Sequence[Week]) -> list[str]:
    """The columns of the weeks."""
    return [f"y_{year % 100:02d}{week:02d}" for year, week in weeks]


@st.composite
def week_codes(draw: st.DrawFn, number: int) -> list[str | None]:
    """The code of each week, made of pieces of one kind of life each."""
    found: list[str | None] = []
    lengths = st.one_of(st.integers(1, 7), st.integers(8, 52), st.sampled_from((25, 26, 41, 42)))
    while len(found) < number:
        # Unemployment, jobs and blanks more often than the rest: the exits lie between them.
        often = ("unemployed", "unemployed", "unemployed", "job", "blank", "blank")
        kind = draw(st.sampled_from((*often, *CODES)))
        code = draw(st.sampled_from(CODES[kind])) if CODES[kind] else None
        found.extend([code] * draw(lengths))
    return found[:number]


@st.composite
def wage_values(draw: st.DrawFn, columns: Sequence[str]) -> Row:
    """A value or a blank for each wage column, in runs, so that jobs last."""
    row: Row = {}
    working = False
    steady = draw(st.sampled_from((2, 5, 100)))
    for column in columns:
        if draw(st.integers(0, steady)) == 1:
            working = not working
        if column.startswith("grad"):
            degrees = (100.0, 6.0, 6.25) if working else (None, None, 0.0)
            row[column] = draw(st.sampled_from(degrees))
        else:
            row[column] = "862100" if working else None
    return row


@st.composite
def drawn_life(draw: st.DrawFn, cpr: str, weeks: Sequence[Week], columns: Sequence[str]) -> Row:
    """A `dream` row whose codes and wages know nothing of each other: any nonsense may come."""
    codes = dict(zip(names_of(weeks), draw(week_codes(len(weeks))), strict=True))
    return {"cpr": cpr} | codes | draw(wage_values(columns))


@st.composite
def scripted_life(draw: st.DrawFn, cpr: str, weeks: Sequence[Week], columns: Sequence[str]) -> Row:
    """A `dream` row after a script of `histories`, where wages follow jobs: exits do happen."""
    random = Random(draw(st.integers(0, 10_000)))
    degree, industry = (
        tuple((int(name[-7:-3]), int(name[-2:])) for name in columns if name.startswith(kind))
        for kind in ("grad", "branche")
    )
    lived = history(random, len(weeks))
    return dream_row(random, cpr, weeks, lived, WageColumns(degree, industry))[0]


def full_wages(columns: Sequence[str]) -> Row:
    """Wages in every month, in either kind of column: every blank week is one in a job."""
    return {column: 100.0 if column.startswith("grad") else "862100" for column in columns}


@st.composite
def alike_life(draw: st.DrawFn, cpr: str, weeks: Sequence[Week], columns: Sequence[str]) -> Row:
    """Unemployed on one code until some week, then in a job."""
    until = draw(st.integers(0, len(weeks)))
    codes: Row = {
        name: "111" if place < until else None for place, name in enumerate(names_of(weeks))
    }
    return {"cpr": cpr} | codes | full_wages(columns)


@st.composite
def almost_one_code(
    draw: st.DrawFn, cpr: str, weeks: Sequence[Week], columns: Sequence[str]
) -> Row:
    """One code all through but for up to a dozen weeks, with hardly any work."""
    names = names_of(weeks)
    code = draw(st.sampled_from(("111", "135", "730", "743", "748")))
    holes = draw(
        st.dictionaries(st.sampled_from(names), st.sampled_from((None, "890")), max_size=12)
    )
    start, length = draw(st.integers(0, len(names) - 1)), draw(st.integers(0, 5))
    holes |= dict.fromkeys(names[start : start + length])
    few = st.sampled_from((None, None, 6.0, 6.25))
    wages: Row = {column: draw(few) for column in columns if column.startswith("grad")}
    wages |= dict.fromkeys(column for column in columns if column.startswith("branche"))
    return {"cpr": cpr} | dict.fromkeys(names, code) | holes | wages


@st.composite
def comes_and_goes(draw: st.DrawFn, cpr: str, weeks: Sequence[Week], columns: Sequence[str]) -> Row:
    """In and out of unemployment, each time to a job, a study, a fleksjob or another benefit."""
    codes: list[str | None] = []
    while len(codes) < len(weeks):
        codes += [draw(st.sampled_from(("111", "730", "112")))] * draw(st.integers(1, 16))
        away = draw(st.sampled_from((None, None, None, "651", "651", "771", "890")))
        codes += [away] * draw(st.integers(2, 30))
    return {"cpr": cpr} | dict(zip(names_of(weeks), codes, strict=False)) | full_wages(columns)


LIVES = (drawn_life, scripted_life, almost_one_code, comes_and_goes)
