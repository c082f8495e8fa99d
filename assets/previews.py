"""What Dagster's UI shows of a table of figures.

Belongs here: previews of aggregates: of unprotected figures how many rows there are, of protected ones the newest month's
totals, in Danish. Not here: anything of people; personal assets show schema and counts alone.

An unprotected total is never shown, not even a large one: together with what is published it could give away what is
hidden.
"""

import base64

import dagster as dg
import pandas as pd

from exports.plots import headline_trends
from indicators.catalogue import catalogue

MARKS = {"suppressed": "..", "not_computed": "·", "missing": "·"}
GROUPS = {"T": "målgruppen", "R": "øvrige", "P": "befolkningen", "": "sager"}


def row_counts(table: pd.DataFrame) -> dict[str, dg.MetadataValue]:
    """How many rows each indicator has, and for how many months: no figures."""
    lines = ["| Indikator | Måneder | Rækker |", "|---|---|---|"]
    for name, rows in table.groupby("indicator", sort=True):
        title = catalogue()[str(name)].title_da
        lines.append(f"| {title} | {rows['period'].nunique()} | {len(rows)} |")
    return {"indhold": dg.MetadataValue.md("\n".join(lines))}


def protected_totals(table: pd.DataFrame) -> dict[str, dg.MetadataValue]:
    """The newest month's totals of a protected table, one entry an area of statistics."""
    newest = table["period"].max()
    totals = table[(table["period"] == newest) & (table["dim1"] == "")]
    # Four narrow columns: what is wider than the page's own column is cut off there.
    head = ["| Indikator | Gruppe | Værdi | Enhed |", "|---|---|---|---|"]
    areas: dict[str, list[str]] = {}
    for row in totals.to_dict("records"):
        entry = catalogue()[row["indicator"]]
        value = MARKS.get(row["flag"]) or _number(row["value"])
        name = ", ".join(filter(None, (entry.title_da, entry.reading(row["variant"]))))
        cells = [name, GROUPS[row["group"]], value, row["unit"]]
        areas.setdefault(entry.area, [*head]).append("| " + " | ".join(cells) + " |")
    shown = {f"i_alt_{area}": dg.MetadataValue.md("\n".join(rows)) for area, rows in areas.items()}
    return {"måned": dg.MetadataValue.text(newest), **shown}


def trend_picture(table: pd.DataFrame) -> dict[str, dg.MetadataValue]:
    """The headline trends of a protected table, drawn."""
    picture = base64.b64encode(headline_trends(table)).decode("ascii")
    return {
        "udvikling": dg.MetadataValue.md(
            f"![Udviklingen i hovedtallene](data:image/png;base64,{picture})"
        )
    }


def _number(number: float) -> str:
    text = f"{number:.0f}" if float(number).is_integer() else f"{number:.3f}"
    return text.replace(".", ",")
