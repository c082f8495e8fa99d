"""Tables of what a plan itself says: its activities' terms, its process, its anchoring, its money.

Belongs here: the plan's own words and amounts, and how far its papers are in the yearly documents. Not here: what else was
recorded (`themes`, `registers`, `economy`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from expectations.contract import load
from exports.workbook.labels import moment
from exports.workbook.recorded import told
from exports.workbook.sheets.whereabouts import STANDS
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Value
from plans.activities import Activity, Result
from plans.budget import UNIT, BudgetLine, BudgetTable, ControlTotal
from plans.following import ActivityStatus
from plans.goals import Goal
from plans.parts import NOT_STATED
from plans.schema import Plan

_NOTHING = "intet nævnt"
_NO_AMOUNT = "intet beløb"
_AS_WRITTEN = "Beløbene er planens egne, som papiret skriver dem."
_STANDING = {
    "granted": "afsat",
    "requested": "søgt",
    "possible": "mulig",
    "existing": "inden for andet budget",
}


def goals(plan: Plan) -> Table | None:
    """The plan's own table of goals: whose, by which effort, followed up how, what it leaves open; None without goals."""
    if not plan.goals:
        return None
    return Table(
        "Tabel_Maal_1",
        "Målene, som planen skriver dem",
        "ikke relevant",
        plan.title,
        tuple(
            Column(header, "text")
            for header in ("Målsætning", "Forbehold", "Målgruppe", "Indsats", "Opfølgning")
        ),
        [
            (
                one.title,
                one.note or "ingen",
                one.audience or _NOTHING,
                one.effort or _NOTHING,
                _followed_up(one),
            )
            for one in plan.goals
        ],
    )


def _followed_up(one: Goal) -> str:
    if one.follow_up is None:
        return _NOTHING
    return one.follow_up.source + ("" if one.follow_up.available else "; foreligger ikke endnu")


def activity_terms(name: str, activities: Sequence[Activity], plan: Plan) -> Table | None:
    """What the plan says of each activity beside its period; None without activities."""
    if not activities:
        return None
    lines = {line.id: line.title for table in plan.budget for line in table.lines}
    return Table(
        name,
        "Hvad planen siger om aktiviteterne",
        "antal og årsværk, som planen skriver dem",
        plan.title,
        tuple(
            Column(header, "text")
            for header in (
                "Aktivitet",
                "Skal give",
                "Midler",
                "Årsværk",
                "Risiko",
                "Fortsætter",
                "Formål og forbehold",
            )
        ),
        [
            (
                f"{one.id} {one.title}",
                "; ".join(_result(result) for result in one.results) or _NOTHING,
                _money(one, lines),
                "; ".join(f"{post.planned:g} {post.role}" for post in one.staffing) or _NOTHING,
                _risk(one),
                ", ".join(one.continues) or _NOTHING,
                _purpose(one),
            )
            for one in activities
        ],
    )


def _result(result: Result) -> str:
    title = f"{result.title[:1].lower()}{result.title[1:]}"
    if result.high is None:
        return f"mindst {result.low} {title}"
    span = str(result.low) if result.low == result.high else f"{result.low}–{result.high}"
    return f"{span} {title}"


def _money(one: Activity, lines: Mapping[str, str]) -> str:
    parts = [*one.funding, *([one.funder] if one.funder else [])]
    if one.funded is False:
        parts.append("ikke finansieret")
    if one.budget_lines:
        parts += [f"budgetlinjen {lines[id_]}" for id_ in one.budget_lines]
    return "; ".join(parts) or NOT_STATED


def _risk(one: Activity) -> str:
    if one.risk is None:
        return _NOTHING
    again = "skal" if one.risk.needs_committee else "skal ikke"
    return f"{one.risk.words}; {again} i udvalget igen"


def _purpose(one: Activity) -> str:
    purposes = "; ".join(one.purposes) or NOT_STATED
    waits = f" Afhænger af: {one.period.contingent_on}." if one.period.contingent_on else ""
    where = f" Opstart står i: {one.period.external_plan}." if one.period.external_plan else ""
    return f"Formål: {purposes}.{waits}{where} {one.note}".strip()


def process(plan: Plan) -> Table | None:
    """How the plan came about, step by step; None where the plan says nothing of it."""
    if not plan.process:
        return None
    return Table(
        "Tabel_Proces_1",
        "Planens tilblivelse",
        "ikke relevant",
        plan.title,
        tuple(
            Column(header, "text") for header in ("Skridt", "Instans", "Dato", "Papir", "Forbehold")
        ),
        [
            (one.title, one.body, moment(one.when), one.document or NOT_STATED, one.note or "ingen")
            for one in plan.process
        ],
    )


def anchoring(plan: Plan, activities: Sequence[ActivityStatus]) -> Table | None:
    """In how many activities each yearly document is recorded; None where the plan names no documents."""
    if not plan.anchoring:
        return None
    recorded = [
        (anchor.document.casefold(), anchor.year, one.activity.id)
        for one in activities
        for anchor in one.anchors
    ]
    rows: list[tuple[Value, ...]] = []
    for part in plan.anchoring:
        for year in part.years:
            found = {
                id_
                for name, at, id_ in recorded
                if name in _names(part.id, part.title) and at == year
            }
            rows.append(
                (
                    part.title,
                    "ja" if part.by_centre else "nej",
                    str(year),
                    len(found) if found else NOT_STATED,
                )
            )
    return Table(
        "Tabel_Forankring_1",
        "Årlige dokumenter, som aktiviteterne skal skrives ind i",
        "antal aktiviteter, hvor kontoret har ført dokumentet",
        "Planen, og forankringsregistret, ført af kontoret",
        (
            Column("Dokument", "text"),
            Column("Et for hvert center?", "text"),
            Column("År", "text"),
            Column("Aktiviteter", "number"),
        ),
        rows,
    )


def anchors(activities: Sequence[ActivityStatus]) -> Table:
    """Where the office has written each activity in: document, year, centre and the number in the journal."""
    rows = [
        (
            f"{one.activity.id} {one.activity.title}",
            told(anchor.document),
            NOT_STATED if anchor.year is None else str(anchor.year),
            anchor.centre or "alle",
            told(anchor.journal_number),
        )
        for one in activities
        for anchor in one.anchors
    ]
    headers = ("Aktivitet", "Dokument", "År", "Center", "Journalnummer")
    return Table(
        "Tabel_Forankring_2",
        STANDS["anchoring"].heading,
        "ikke relevant",
        "Forankringsregistret, ført af kontoret",
        tuple(Column(header, "text") for header in headers),
        rows or [no_rows("Intet er ført ind", 5)],
    )


def _names(*words: str) -> set[str]:
    return {word.casefold() for word in words}


def registers(plan: Plan) -> Table:
    """Every register the office keeps, what the plan needs it for, and where in the workbook its rows stand."""
    needs: dict[str, list[str]] = defaultdict(list)
    for one in plan.kept:
        needs[one.kept_in].append(one.title)
    return Table(
        "Tabel_Registre_2",
        "Registrene, og hvad de fører",
        "ikke relevant",
        "Kontrakten for de førte registre",
        tuple(Column(header, "text") for header in ("Register", "Til planen", "Rækkerne står på")),
        [
            (
                f"{table.title}: {table.description}",
                "; ".join(needs.get(table.name, ())) or "alle planer",
                STANDS[table.name].sheet,
            )
            for table in load("registers").tables
        ],
    )


def budget(name: str, table: BudgetTable) -> Table:
    """The lines of one paper by year as it writes them, and its own sums. Years are columns, so nothing else is added."""
    years = tuple(sorted({year for line in table.lines for year in line.years}))
    return Table(
        name,
        table.title,
        f"{UNIT}, {table.price_level or f'prisniveau {NOT_STATED}'}",
        table.source,
        (
            Column("Linje", "text"),
            Column("Bevilling og forbehold", "text"),
            *(Column(str(year), "number") for year in years),
            *((Column("I alt", "number"),) if years else ()),
        ),
        [
            *(_line(line, years) for line in table.lines),
            *(_control(control, years) for control in table.controls),
        ],
        tuple(filter(None, (_AS_WRITTEN, table.note))),
    )


def _line(line: BudgetLine, years: Sequence[int]) -> tuple[Value, ...]:
    booked = " ".join(filter(None, [line.committee, line.grant, line.direction]))
    open_ = dict.fromkeys(filter(None, (line.words_of(year) for year in years)))
    said = [_STANDING[line.standing], line.area, booked, line.source]
    return (
        line.title,
        " ".join(filter(None, [_sentence("; ".join(filter(None, said))), line.note, *open_])),
        *(_amount(line, year) for year in years),
        *((line.total if line.total is not None else NOT_STATED,) if years else ()),
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _amount(line: BudgetLine, year: int) -> Value:
    amount = line.promised(year)
    if amount is not None:
        return amount
    settled = year not in line.years or (year in line.amounts and line.standing != "possible")
    return _NO_AMOUNT if settled else NOT_STATED


def _control(control: ControlTotal, years: Sequence[int]) -> tuple[Value, ...]:
    return (
        control.title,
        "papirets egen sum, efterregnet",
        *(control.amounts.get(year, _NO_AMOUNT) for year in years),
        control.total if control.total is not None else "lægges ikke sammen",
    )
