"""Method sheets: a page of Danish for every indicator, made from the catalogue.

Belongs here: the form of a sheet, and writing them all with `python -m indicators.method_sheets docs/methods`. Not here:
the words (`catalogue.yaml`), the workbook's own page of definitions (`exports`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from indicators.calendar import parse_month
from indicators.catalogue import Indicator, catalogue

INDEX = "README.md"
AREAS = {
    "employment": "Beskæftigelse",
    "unemployment": "Ledighed",
    "exits": "Afgang fra ledighed",
    "compensation": "Kompenserende ordninger",
    "fleksjob": "Fleksjob",
    "spending": "Udgifter",
    "programmes": "Forløb",
    "employers": "Virksomheder",
    "hires": "Ansættelser",
    "cooperation": "Samarbejde",
    "own_employer": "Kommunen som arbejdsgiver",
    "contracts": "Leverandører",
    "budgets": "Budget",
    "kept_registers": "Kontorets registre",
    "kept_staff": "Kontorets registre om medarbejdere og undersøgelser",
}
GOOD = {"up": "højere er bedre", "down": "lavere er bedre", "none": "ingen retning"}
INTERVALS = {
    "share": "95 pct.-interval efter Wilson.",
    "per_1000": "Eksakt 95 pct.-interval efter Poisson.",
}
MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)


def sheet(indicator: Indicator) -> str:
    """The sheet of one indicator as Markdown, ending with a line break."""
    facts = [
        ("Navn i data", f"`{indicator.id}`"),
        ("Engelsk", indicator.title_en),
        ("Område", AREAS[indicator.area]),
        ("Enhed", indicator.unit),
        ("Tæller", indicator.numerator),
        ("Nævner", indicator.denominator or "ingen"),
        ("Ønsket retning", GOOD[indicator.good]),
        ("Grundlag", indicator.source),
        ("Usikkerhed", _interval(indicator)),
        ("Krav", ", ".join(indicator.requirements)),
        ("Kode", f"`indicators/{indicator.area}.py`"),
    ]
    parts = [
        f"# {indicator.title_da}",
        _table(("", ""), facts),
        "## Sådan opgøres den",
        indicator.method,
    ]
    if indicator.variants:
        rows = [
            (f"`{name}`", reading, indicator.unit_of(name))
            for name, reading in indicator.variants.items()
        ]
        parts += ["## Varianter", _table(("I kolonnen `variant`", "Betyder", "Enhed"), rows)]
    if indicator.breaks:
        breaks = [
            (_month(part.month), part.text, ", ".join(part.variants) or "alle")
            for part in indicator.breaks
        ]
        parts += ["## Databrud", _table(("Fra", "Hvad", "Varianter"), breaks)]
    return "\n\n".join(parts) + "\n"


def index(indicators: Sequence[Indicator]) -> str:
    """The page that lists the sheets, in the catalogue's order."""
    rows = [
        (f"[{entry.title_da}]({entry.id}.md)", f"`{entry.id}`", AREAS[entry.area], entry.unit)
        for entry in indicators
    ]
    return "\n\n".join(
        [
            "# Metodeark",
            "Dannet af `indicators/catalogue.yaml` med `make methods`. Ret kataloget, ikke arkene.",
            _table(("Indikator", "Navn i data", "Område", "Enhed"), rows) + "\n",
        ]
    )


def pages() -> dict[str, str]:
    """Every page by file name."""
    entries = catalogue()
    made = {f"{name}.md": sheet(entry) for name, entry in entries.items()}
    return {INDEX: index(list(entries.values())), **made}


def main(arguments: Sequence[str]) -> int:
    """Write every page to the folder named, and remove pages no indicator has; returns an exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m indicators.method_sheets FOLDER\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for stale in {path.name for path in folder.glob("*.md")} - made.keys():
        (folder / stale).unlink()
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return 0


def _interval(indicator: Indicator) -> str:
    if indicator.measure == "days" and "andel" in indicator.measure_units.values():
        return "Andele: 95 pct.-interval efter Wilson. Ellers intet interval."
    return INTERVALS.get(indicator.measure, "Intet interval.")


def _month(text: str) -> str:
    year, month = divmod(parse_month(text), 12)
    return f"{MONTHS[month]} {year}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
