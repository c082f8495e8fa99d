"""The sheet Økonomi: the plan's money line by line, and what the compensation schemes cost.

Belongs here: laying them out; nothing is summed, for lines stand in different price levels. Not here:
what was spent (`indicators.budgets`, `indicators.spending`), joining it (`plans.money`).
"""

from __future__ import annotations

from exports.workbook.labels import category, month_name
from exports.workbook.outline import Sheet
from exports.workbook.recorded import figure_reading, told
from exports.workbook.series import Content, Measure
from exports.workbook.sheets.promised import budget
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Value
from indicators.categories import SCHEMES
from plans.money import INDICATOR, BudgetUse
from plans.parts import NOT_STATED, first_day, last_day

# The second column holds the words of each line, so that the years beside it can be narrow, however many there are.
_WIDTHS = (40, 42, 13, 15, 15, 15, 19, 19)
_ALL = Measure("I alt (kr.)", "amount", "comp_spending", "all", "")
_PRICES = "Linjer i forskellige prisniveauer kan ikke lægges sammen, og det er ikke gjort her."
_SPENT = "Forbrug: udgifter minus indtægter i året til og med rapportmåneden, i løbende priser."
_TWELVE = "Udgifter minus indtægter i de seneste tolv måneder, i løbende priser."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Økonomi",
        "Planens budgetlinjer og forbruget på dem, og udgifterne til de kompenserende ordninger",
        _WIDTHS,
        landscape=True,
    )
    sheet.paragraph(
        f"I de tolv måneder til og med {month_name(content.month)} var udgifterne til de kompenserende ordninger "
        f"{content.spoken(_ALL).rstrip('.')}. Planens budgetlinjer står nedenfor, en for hver linje og hvert år.",
        lead=True,
    )
    for number, table in enumerate(content.report.plan.budget, start=1):
        sheet.table(budget(f"Tabel_Planens_penge_{number}", table))
    sheet.charts(
        content.trend(
            "Figur_Oekonomi_1",
            "Udgifter til kompenserende ordninger, seneste 12 måneder",
            "Kroner",
            (_ALL, _spending(SCHEMES[0])[0], _spending(SCHEMES[1])[0]),
            names=("Alle ordninger", *(category("scheme", scheme) for scheme in SCHEMES[:2])),
        )
    )
    sheet.table(
        content.grid(
            "Tabel_Udgifter_1",
            "Udgifter til kompenserende ordninger, 12 måneder",
            "Ordning",
            [(category("scheme", scheme), _spending(scheme)) for scheme in SCHEMES],
            _TWELVE,
        )
    )
    sheet.table(
        content.headline(
            "Tabel_Udgifter_2", "Udgifter, alle ordninger, 12 måneder", (_ALL,), _TWELVE
        )
    )
    # Of a plan that is its budget it is the longest: it stands last, where its header can be repeated on every page.
    sheet.table(_budgets(content))
    return sheet


def _spending(scheme: str) -> tuple[Measure, ...]:
    return (
        Measure("Udgifter (kr.)", "amount", "comp_spending", scheme, ""),
        Measure("Andel (pct.)", "pct", "comp_spending_share", scheme, ""),
    )


def _budgets(content: Content) -> Table:
    rows = [_line(content, one) for one in content.report.budgets]
    return Table(
        "Tabel_Budget_1",
        "Budget og forbrug, linje for linje",
        "1.000 kr., kr. og pct.; prisniveauet står ved hver linje",
        "Planen, budgetregistret, ført af kontoret, og kommunens regnskab",
        (
            Column("Budgetlinje", "text"),
            Column("Kilde og bemærkning", "text"),
            Column("År", "text"),
            Column("Prisniveau", "text"),
            Column("Planens beløb (1.000 kr.)", "number"),
            Column("Budget (1.000 kr.)", "number"),
            Column("Forbrug (kr.)", "amount"),
            Column("Forbrugt (pct.)", "pct"),
        ),
        rows or [no_rows("Ingen budgetlinjer er ført ind", 8)],
        (_PRICES, _SPENT, *_outside(content)),
    )


def _outside(content: Content) -> tuple[str, ...]:
    """A note where years stand in the table that are not the plan's."""
    plan = content.report.plan
    years = range(first_day(plan.start).year, last_day(plan.end).year + 1)
    if all(one.year in years for one in content.report.budgets):
        return ()
    return (
        f"År uden for planperioden {plan.period_label}: bevillinger og forbrug på samme linje før eller efter planen; de er "
        "ikke planens penge.",
    )


def _other_level(one: BudgetUse) -> str:
    """The price level of the entered budget where it is another than that of the plan's own amount beside it."""
    if one.entered_level in ("", _level(one)):
        return ""
    if one.entered_level == NOT_STATED:
        return f"Prisniveauet af kontorets budget er {NOT_STATED}."
    return f"Kontorets budget er i {one.entered_level}."


def _level(one: BudgetUse) -> str:
    """The price level of the plan's amount, or of the office's where the plan has none that year; blank where not told."""
    own = one.price_level if one.promised is not None else one.entered_level
    return own or one.price_level or one.entered_level


def _line(content: Content, one: BudgetUse) -> tuple[Value, ...]:
    dims = (("budget_line", f"{content.report.plan.id}: {one.line}"), ("year", str(one.year)))
    return (
        one.title or one.line,
        told(" · ".join(filter(None, [one.source, _other_level(one), one.note]))),
        str(one.year),
        told(_level(one)),
        one.promised if one.promised is not None else NOT_STATED,
        one.budget if one.budget is not None else NOT_STATED,
        figure_reading(one.spent, "amount", INDICATOR, "spent", content.month, dims),
        figure_reading(one.share, "pct", INDICATOR, "share", content.month, dims),
    )
