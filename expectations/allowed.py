"""What a column takes, in Danish words, as its contract has it.

Belongs here: the words, for the pages handed to those who deliver and for the list of rows that break a rule. Not here: the
pages (`dictionary`), checking what was delivered (`sources`).
"""

from __future__ import annotations

from expectations.contract import Column

WRITTEN = {
    "cpr": "Ti cifre, med eller uden bindestreg efter det sjette.",
    "serial": "Cifre; foranstillede nuller har ingen betydning.",
    "date": "`2020-06-30`, `30-06-2020`, `30.06.2020` eller `30/06/2020`.",
    "month": "`2020-06`, `202006` eller `06-2020`.",
    "number": "Decimalkomma med eller uden punktum ved tusinder, eller decimalpunktum uden tusindtegn.",
    "integer": "Kun cifre.",
    "yes_no": "`ja`/`nej`, `j`/`n`, `1`/`0` eller `true`/`false`.",
    "text": "Højst 500 tegn.",
    "week_code": "Tre cifre; blank uden ydelse.",
    "presence": "Enhver værdi betyder, at der er løn.",
}


def allowed(column: Column) -> str:
    """The words as Markdown, values between backticks: `ja`/`nej`, or 500 characters at most."""
    if not column.values:
        return " ".join(filter(None, [WRITTEN[column.kind], _bounds(column)]))
    said = ", ".join(f"`{value}`" for value in column.values)
    if column.aliases:
        also = ", ".join(f"`{alias}` for `{value}`" for alias, value in column.aliases)
        return f"{said}. Også {also}."
    return f"{said}."


def _bounds(column: Column) -> str:
    low, high = column.minimum, column.maximum
    parts = []
    if low is not None:
        parts.append(("større end " if column.exclusive_minimum else "mindst ") + _bound(low))
    if high is not None:
        parts.append(f"højst {_bound(high)}")
    hard = f"{' og '.join(parts).capitalize()}." if parts else ""
    low, high = column.plausible_minimum, column.plausible_maximum
    soft = [f"under {_bound(low)}"] if low is not None else []
    soft += [f"over {_bound(high)}"] if high is not None else []
    return " ".join(
        filter(
            None, [hard, f"{' eller '.join(soft).capitalize()} giver en advarsel." if soft else ""]
        )
    )


def _bound(bound: str | float) -> str:
    return bound if isinstance(bound, str) else danish_number(bound)


def danish_number(number: float) -> str:
    """A number as Danish readers write it; a year stands without a full stop."""
    said = f"{number:,.10g}" if abs(number) >= 10_000 else f"{number:.10g}"
    return said.translate(str.maketrans(",.", ".,"))
