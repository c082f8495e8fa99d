"""A slow and obvious reading of the specification for one person, from the CSV rows.

Here belongs: what the planted people's facts are compared with. Here does not belong: pytest.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

Row = dict[str, str]

STATES = {
    "111": "unemployed", "112": "unemployed", "124": "unemployed", "215": "unemployed",
    "121": "employed", "651": "education", "730": "unemployed_wide", "740": "unemployed_wide",
    "771": "fleksjob", "890": "sick", "997": "not_resident", "998": "old_age_pension",
    "999": "dead",
}  # fmt: skip
CENSORING = ("not_resident", "old_age_pension", "dead")
AGE_GROUPS = (
    (16, 24, "16–24"), (25, 29, "25–29"), (30, 39, "30–39"), (40, 49, "40–49"), (50, 59, "50–59"),
    (60, 64, "60–64"),
)  # fmt: skip


def parse(text: str) -> date | None:
    """An ISO or a Danish date."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(text.split("-")[0]) == 4 else date(*reversed(parts))


def known(text: str) -> date:
    """A date that must be there."""
    day = parse(text)
    assert day is not None
    return day


def covers(first: str, last: str, day: date) -> bool:
    """Whether a spell covers the day."""
    start, stop = parse(first), parse(last)
    return start is not None and start <= day and (stop is None or day <= stop)


def month_end(month: str) -> date:
    """The last day of `YYYY-MM`."""
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, calendar.monthrange(year, number)[1])


@dataclass
class Person:
    """All rows of one person."""

    mondays: list[date]
    dream: Row | None
    population: list[Row]
    income: list[Row] = field(default_factory=list)
    target_group: list[Row] = field(default_factory=list)
    compensation: list[Row] = field(default_factory=list)
    fleksjob: list[Row] = field(default_factory=list)

    def code(self, week: int) -> str:
        year, number, _ = self.mondays[week].isocalendar()
        return self.dream[f"y_{year % 100:02d}{number:02d}"] if self.dream else ""

    def state(self, week: int) -> str:
        code = self.code(week)
        if code:
            return STATES.get(code, "other_benefit")
        return "employed" if self.ordinary(week) else "self_supporting"

    def month(self, week: int) -> str:
        return (self.mondays[week] + timedelta(days=3)).isoformat()[:7]

    def degree(self, month: str) -> int:
        return int(self.dream[f"grad_{month.replace('-', '_')}"] or 0) if self.dream else 0

    def paid(self, week: int) -> bool:
        return self.code(week) in ("", "121") and self.degree(self.month(week)) > 0

    def ordinary(self, week: int) -> bool:
        rows = [row for row in self.income if row["maaned"] == self.month(week)]
        forms = {row["ansaettelsesform"] for row in rows}
        return self.paid(week) and (not rows or "ordinær" in forms)

    def any_job(self, week: int) -> bool:
        return self.paid(week) or self.code(week) in ("771", "215")

    def idle(self, week: int, wide: bool) -> bool:
        state = self.state(week)
        return state == "unemployed" or (wide and state == "unemployed_wide")

    def bridges(self, week: int) -> bool:
        month = self.month(week)
        rows = [row for row in self.income if row["maaned"] == month]
        if rows:
            ordinary = [row for row in rows if row["ansaettelsesform"] == "ordinær"]
            return sum(float(row["loentimer"].replace(",", ".")) for row in ordinary) <= 10
        return self.degree(month) <= 6

    def bridged_weeks(self, week: int) -> int:
        first, gap = week, 0
        for earlier in range(week, -1, -1):
            if self.idle(earlier, False):
                first, gap = earlier, 0
                continue
            gap += 1
            if gap > 4 or not self.bridges(earlier):
                break
        return week - first + 1

    def exits(self) -> list[tuple[int, str]]:
        """(week, destination) of narrow spells that ended."""
        found, is_open, week, last = [], False, 0, len(self.mondays)
        while week < last:
            if self.idle(week, False):
                is_open = True
            elif is_open:
                destination = self._leaves(week)
                is_open = destination is None
                if destination not in (None, "censored"):
                    found.append((week, str(destination)))
            week += 1
        return found

    def _leaves(self, week: int) -> str | None:
        state, last = self.state(week), len(self.mondays)
        if state == "education":
            return "education"
        if state in CENSORING:
            return "censored"
        if state in ("fleksjob", "subsidised_job"):
            return "supported_job"
        if self.code(week) not in ("", "121"):
            return "other_benefit"
        if all(self.ordinary(later) for later in range(week, min(week + 4, last))):
            return "job" if week + 4 <= last else "censored"
        blank = all(
            not self.code(later) and not self.any_job(later)
            for later in range(week, min(week + 26, last))
        )
        return "self_support" if blank and week + 26 <= last else None

    def facts(self, month: str) -> dict[str, object]:
        """Every fact of the month, by the names of `synthetic.planted`."""
        day = month_end(month)
        week = max(i for i, m in enumerate(self.mondays) if m + timedelta(days=6) <= day)
        year = range(week - 51, week + 1)
        homes = [row for row in self.population if covers(row["fra"], row["til"], day)]
        own = [row for row in homes if row["kommunekode"] == "101"]
        died = parse(self.population[0]["doedsdato"])
        birth = parse(self.population[0]["foedselsdato"])
        assert birth is not None
        age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
        in_population = bool(own) and 16 <= age <= 64 and (died is None or died > day)
        marks = [row for row in self.target_group if covers(row["fra"], row["til"], day)]
        marks.sort(key=lambda row: (row["primaer"] != "ja", parse(row["fra"])))
        cases = [row for row in self.fleksjob if row["afgoerelse"] == "fleksjob"]
        referred = [c for c in cases if covers(c["visiteret_fra"], c["visiteret_til"], day)]
        idle, wide = self.idle(week, False), self.idle(week, True)
        enough = sum(self.idle(w, False) for w in year) >= 42
        return {
            "in_P": in_population,
            "in_T": in_population and bool(marks),
            "unemployed|narrow": idle,
            "unemployed|wide": wide,
            "ltu_80|narrow": idle and enough,
            "ltu_80|wide": wide and sum(self.idle(w, True) for w in year) >= 42,
            "ltu_52|narrow": idle and self.bridged_weeks(week) >= 52,
            "job|any": self.any_job(week),
            "job|ordinary": self.ordinary(week),
            "ledighedsydelse_long": sum("740" <= self.code(w) <= "748" for w in year) >= 42,
            "state": self.state(week),
            "exit|narrow": next((to for w, to in self.exits() if self.month(w) == month), None),
            "comp": sorted({c["ordning"] for c in self.compensation if active(c, day)}),
            "fleksjob_referred": bool(referred),
            "fleksjob_employed": any(covers(c["ansat_fra"], c["ansat_til"], day) for c in referred),
            "primary": marks[0]["funktionsnedsaettelse"] if marks else None,
            "district": (own[0]["bydel"] or "uoplyst") if own else None,
            "age_group": next((name for low, high, name in AGE_GROUPS if low <= age <= high), None),
        }


def active(case: Row, day: date) -> bool:
    """Whether a grant is active; an aid without an end lasts a year."""
    start = parse(case["bevilget_fra"])
    if case["afgoerelse"] != "bevilget" or start is None or start > day:
        return False
    if case["ordning"] == "hjælpemidler" and not case["bevilget_til"]:
        start = date(start.year, 2, 28) if (start.month, start.day) == (2, 29) else start
        return day < date(start.year + 1, start.month, start.day)
    return covers(case["bevilget_fra"], case["bevilget_til"], day)
