"""What Dagster's UI shows of a table of figures: the newest month's totals, small counts masked.

Belongs here: previews of aggregates. Not here: anything of people; personal assets show schema and counts alone.
"""

import dagster as dg
import pandas as pd

HIDDEN = ".."
SHOWN = ["indicator", "variant", "group", "numerator", "denominator", "value", "flag"]


def preview(table: pd.DataFrame, threshold: int) -> dict[str, dg.MetadataValue]:
    """The newest month's totals as a Markdown table. A figure is masked when a count behind it, or what is left of it, is
    below the threshold, since this is seen before protection."""
    if table.empty:
        return {}
    newest = table["period"].max()
    totals = table[(table["period"] == newest) & (table["dim1"] == "")]
    lines = ["| " + " | ".join(SHOWN) + " |", "|" + "---|" * len(SHOWN)]
    for row in totals[SHOWN].itertuples(index=False):
        small = _is_small(row.numerator, row.denominator, threshold)
        cells = [row.indicator, row.variant.replace("|", ", "), row.group]
        cells += [
            HIDDEN if small else _number(n) for n in (row.numerator, row.denominator, row.value)
        ]
        lines.append("| " + " | ".join([*cells, row.flag]) + " |")
    return {"måned": dg.MetadataValue.text(newest), "i_alt": dg.MetadataValue.md("\n".join(lines))}


def _is_small(numerator: float, denominator: float, threshold: int) -> bool:
    rest = denominator - numerator
    return any(0 < count < threshold for count in (numerator, denominator, rest))


def _number(number: float) -> str:
    if pd.isna(number):
        return ""
    return f"{number:.0f}" if float(number).is_integer() else f"{number:.4f}"
