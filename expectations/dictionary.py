"""The data dictionary: a page of Danish for every source, made from its contract, for those who deliver it.

Belongs here: the form of a page, and writing them all with `python -m expectations.dictionary docs/sources`. Not here: the
words (`contracts/*.yaml`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from expectations.allowed import allowed, danish_number
from expectations.contract import SOURCES, Column, Contract, Table, load

INDEX = "README.md"
KINDS = {
    "cpr": "cpr-nummer",
    "serial": "løbenummer",
    "date": "dato",
    "month": "måned",
    "number": "tal",
    "integer": "helt tal",
    "yes_no": "ja/nej",
    "code": "kode",
    "text": "tekst",
    "week_code": "kode på tre cifre",
    "presence": "udfyldt eller blank",
}
MODES = {
    "full": "Hver leverance er hele tabellen og erstatter den forrige.",
    "append": "Hver leverance lægges til de tidligere; en nøgle, der er leveret før, er en rettelse.",
}


def page(contract: Contract) -> str:
    """The page of one source as Markdown, ending with a line break."""
    several = len(contract.tables) > 1
    parts = [
        f"# {contract.title}",
        contract.purpose,
        "## Leverancen",
        _table(("", ""), _terms(contract)),
    ]
    if several:
        sheets = [(f"[{t.name}](#{t.name})", t.title, t.description) for t in contract.tables]
        parts += ["## Arkene", _table(("Ark", "Register", "Indhold"), sheets)]
    for table in contract.tables:
        parts += [f"## {table.name}", f"{table.title}. {table.description}"] if several else []
        level = "###" if several else "##"
        rows = [_column(column) for column in table.columns]
        parts += [f"{level} Kolonner", _table(("Kolonne", "Type", "Skal", "Hvad", "Skrives"), rows)]
        parts += [f"{level} Regler", _rules(table)]
    return "\n\n".join(parts) + "\n"


def index() -> str:
    """The page that lists the sources, in the order they are taken in."""
    rows = [
        (
            f"[{contract.title}]({contract.source}.md)",
            f"`{contract.source}`",
            "hele tabellen" if contract.mode == "full" else "tilføjes",
            "ja" if contract.required else "nej",
            contract.supplier,
        )
        for contract in map(load, SOURCES)
    ]
    header = ("Kilde", "Mappe", "Leveres", "Kræves", "Spørg")
    return "\n\n".join(
        [
            "# Kilderne",
            "Dannet af kontrakterne i `expectations/contracts/` med `make dictionary`. Ret kontrakterne, ikke siderne.",
            _table(header, rows),
            "Kolonnerne må stå i hvilken rækkefølge som helst. I kolonnenavne er store og små bogstaver, "
            "blanktegn, `_` og `-` samt `æ`/`ae`, `ø`/`oe` og `å`/`aa` det samme. "
            "Et felt uden indhold er tomt, kun blanktegn eller `.`.\n",
        ]
    )


def pages() -> dict[str, str]:
    """Every page by file name."""
    return {INDEX: index(), **{f"{source}.md": page(load(source)) for source in SOURCES}}


def main(arguments: Sequence[str]) -> int:
    """Write every page to the folder named, and remove pages no source has; returns an exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m expectations.dictionary FOLDER\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for stale in {path.name for path in folder.glob("*.md")} - made.keys():
        (folder / stale).unlink()
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return 0


def _terms(contract: Contract) -> list[tuple[str, str]]:
    share = danish_number(100 * contract.tolerance)
    terms = [
        ("Mappe i indbakken", f"`{contract.source}`"),
        ("Leveres", MODES[contract.mode]),
        (
            "Kræves",
            "Ja, ellers dannes intet."
            if contract.required
            else "Nej; uden den opgøres dens tal ikke.",
        ),
        (
            "Personoplysninger",
            "Ja; cpr-numre gemmes kun som pseudonymer." if contract.has_person else "Nej.",
        ),
        (
            "Tolerance",
            f"{share} pct. af rækkerne, dog mindst {contract.tolerance_rows}; over den afvises leverancen.",
        ),
    ]
    if contract.mode == "full":
        drop = danish_number(100 * contract.max_row_drop)
        where = " i et ark med mindst ti rækker" if len(contract.tables) > 1 else ""
        said = f"Falder rækkerne{where} mere end {drop} pct., bruges leverancen først, når den er godkendt."
        terms.append(("Fald", said))
    if contract.latency is not None:
        said = (
            f"Data når til højst {contract.latency} dage før opgørelsesdagen; ellers advares der."
        )
        terms.append(("Aktualitet", said))
    return [*terms, ("Kontraktens udgave", contract.version), ("Spørg", contract.supplier)]


def _column(column: Column) -> tuple[str, str, str, str, str]:
    name = f"`{column.name}`"
    must = "kolonnen må mangle" if column.optional else "kolonnen skal være der"
    must += ", feltet udfyldt" if column.required else ", feltet må være blankt"
    kind = KINDS[column.kind] + (f" ({column.unit})" if column.unit else "")
    return name, kind, must, f"{column.label}. {column.description}", allowed(column)


def _rules(table: Table) -> str:
    key = " + ".join(f"`{name}`" for name in table.key)
    unique = [f"`{column.name}`" for column in table.columns if column.unique]
    rules = [
        f"Nøgle: {key}. Ens rækker bruges én gang; forskellige rækker med samme nøgle bruges ikke."
    ]
    if unique:
        rules.append(f"Hver værdi i {' og '.join(unique)} må kun høre til én række.")
    if not table.row_floor:
        rules.append("Arket må være tomt.")
    if table.wide:
        rules.append("Ugerne skal være sammenhængende fra den første til den sidste.")
    rules += [
        f"Rækken bruges ikke, når dette gælder: {rule.description}" for rule in table.row_rules
    ]
    return "\n".join(f"- {rule}" for rule in rules)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
