"""The sheet Overblik: one row a goal, the trend, and what the plan consists of.

Belongs here: the assessments as a councillor reads them. Not here: how a goal is judged (`plans.assessment`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from exports.workbook.figures import Mark, Origin, rounded
from exports.workbook.labels import counted, listed, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content
from exports.workbook.sheets import employment
from exports.workbook.sheets.promised import goals
from exports.workbook.sheets.themes import answer, revision_table
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.theme import Kind
from exports.workbook.values import Quantity, Value, Verdict
from indicators.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plans.assessment import Assessment
    from plans.figures import Figure
    from plans.following import Following

_WIDTHS = (32, 22, 14, 12, 11, 15, 12, 15, 42)

_KINDS: dict[str, Kind] = {
    "andel": "pct",
    "pct.point": "point",
    "pr. 1.000": "per_1000",
    "dage": "days",
}
_UNITS = {"andel": "pct."}
_ORDER = ("met", "on_track", "behind", "not_assessable")

_CHANGE = "Ændringen i en andel er i pct.point. Udgangspunktet er {months}."
_EXPECTED = "Forventet nu: den rette linje fra udgangspunkt til måltal; vises kun, hvor planen har et måltal."
_SYMBOLS = "Vurdering: ● opfyldt, ▲ på vej, ▼ bagud, ○ kan ikke vurderes."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    plan = content.report.plan
    sheet = Sheet(
        "Overblik",
        "Planens mål: udgangspunkt, seneste tal, vurdering og begrundelse; temaer og aktiviteter",
        _WIDTHS,
        landscape=True,
    )
    sheet.paragraph(summary(content), lead=True)
    sheet.paragraph(_ahead(content.report.following), lead=True)
    months = list(dict.fromkeys(month_name(goal.baseline) for goal in plan.goals))
    baselines = f"planens {'basismåned' if len(months) == 1 else 'basismåneder'}, {listed(months)}"
    sheet.table(
        Table(
            "Tabel_Overblik_1",
            f"Planens mål, {month_name(content.month)}",
            "står i hver række",
            "Indikatorerne på de følgende ark, se arket Definitioner; måltal af planen eller som kontoret har ført dem",
            (
                Column("Mål", "text"),
                Column("Vurdering", "verdict"),
                Column("Enhed", "text"),
                Column("Udgangspunkt", "goal"),
                Column("Seneste", "goal"),
                Column("Ændring", "goal"),
                Column("Måltal", "goal"),
                Column("Forventet nu", "goal"),
                Column("Begrundelse", "text"),
            ),
            [_goal_row(one, content.month) for one in content.report.goals]
            or [no_rows("Ingen mål", 9)],
            (_CHANGE.format(months=baselines), _EXPECTED, _SYMBOLS),
        )
    )
    sheet.charts(employment.trend(content, "Figur_Overblik_1"))
    sheet.table(goals(plan))
    sheet.table(_plan_table(content))
    following = content.report.following
    sheet.paragraph(
        f"Planens sidste spørgsmål er, om der er behov for revision. Kontorets svar for planen som helhed: "
        f"{answer(following.revision).rstrip('.')}."
    )
    sheet.table(
        revision_table(
            "Tabel_Revision",
            following.objectives,
            "Kontorets registre; vurderingen af målene ovenfor",
        )
    )
    return sheet


def _plan_table(content: Content) -> Table:
    plan = content.report.plan
    rows: list[tuple[Value, ...]] = [
        (
            f"{objective.id} {objective.title}",
            theme.title,
            len(objective.activities),
            len(plan.goals_of(objective.id)),
        )
        for theme in plan.themes
        for objective in theme.objectives
    ]
    return Table(
        "Tabel_Plan_1",
        "Planens temaer, målsætninger og aktiviteter",
        "antal aktiviteter, deraktiviteter medregnet, og antal mål med tal",
        plan.title,
        (
            Column("Målsætning", "text"),
            Column("Tema", "text"),
            Column("Aktiviteter", "number"),
            Column("Mål med tal", "number"),
        ),
        rows,
    )


def summary(content: Content) -> str:
    """How many goals stand where, and what they are measured against, in Danish."""
    goals = content.report.goals
    words = {one.verdict: one.word for one in goals}
    counts = [
        f"{sum(one.verdict == verdict for one in goals)} {words[verdict]}"
        for verdict in _ORDER
        if verdict in words
    ]
    told = (
        f"Planens {len(goals)} mål med tal: {listed(counts)}.{_not_shown(goals)}"
        if goals
        else "Planen har ingen mål med tal."
    )
    if any(goal.target is not None for goal in content.report.plan.goals):
        return told
    entered = sum(one.goal.target is not None for one in goals)
    if entered:
        return (
            f"{told} Planen har selv ingen måltal; kontoret har ført måltal ind for {entered}. De andre mål vurderes på "
            "retningen siden udgangspunktet."
        )
    return f"{told} Planen har ingen måltal; målene vurderes på retningen siden udgangspunktet."


def _not_shown(goals: Sequence[Assessment]) -> str:
    """How many goals are not assessed because their own figures are hidden: another thing than no certain change."""
    hidden = sum(
        any(figure is not None and figure.is_hidden for figure in (one.baseline, one.latest))
        for one in goals
        if one.verdict == "not_assessable"
    )
    if not hidden:
        return ""
    return f" For {hidden} af dem, der ikke kan vurderes, er det, fordi tallene ikke kan vises."


def _ahead(following: Following) -> str:
    """What is late, and what somebody has yet to decide."""
    late = sum(one.lateness.is_overdue is True for one in following.activities)
    milestones = [one.word for one in following.milestones]
    waiting = [one.approval.outcome for one in following.decisions].count("afventer")
    return (
        f"Til beslutning: forfaldne er {late} af {counted(len(following.activities), 'aktivitet', 'aktiviteter')} og "
        f"{milestones.count('forfalden')} af {counted(len(milestones), 'milepæl', 'milepæle')}; "
        f"{counted(milestones.count('forestår'), 'milepæl', 'milepæle')} forestår. "
        f"Antal afgørelser, der afventer en instans: {waiting}. Kontorets svar på, om der er behov for revision, står "
        "nederst på arket."
    )


def _goal_row(one: Assessment, month: str) -> tuple[Value, ...]:
    goal = one.goal
    unit = catalogue()[goal.indicator].unit_of(goal.variant)
    kind = _KINDS.get(unit, "count")
    baseline = _read(one, one.baseline, goal.baseline, kind)
    latest = _read(one, one.latest, month, kind)
    return (
        goal.title,
        Verdict(one.verdict, one.word),
        _UNITS.get(unit, unit),
        baseline,
        latest,
        _change(baseline, latest, kind),
        goal.target_label or _quantity(goal.target, kind),
        _expected(one, kind),
        one.reason,
    )


def _read(one: Assessment, figure: Figure | None, period: str, kind: Kind) -> Quantity:
    goal = one.goal
    (dim1, value1), (dim2, value2) = (*goal.dims.items(), ("", ""), ("", ""))[:2]
    origin = Origin(goal.indicator, goal.variant, period, goal.group, dim1, value1, dim2, value2)
    if figure is None or figure.value is None:
        hidden = figure is not None and figure.is_hidden
        return Quantity(Mark.HIDDEN if hidden else Mark.NOT_COMPUTED, "", origin)
    return replace(_quantity(figure.value, kind), origin=replace(origin, period=figure.period))


def _expected(one: Assessment, kind: Kind) -> Value:
    if one.expected is not None:
        return _quantity(one.expected, kind)
    return "ikke oplyst" if one.goal.target is None else Mark.NOT_COMPUTED


def _quantity(number: float | None, kind: Kind) -> Quantity:
    if number is None:
        return Quantity(Mark.NOT_COMPUTED, "")
    decimals = "#,##0" if kind == "count" else "#,##0.0"
    return Quantity(rounded(number, kind), f'[$-406]{decimals};-{decimals};"–"')


def _change(baseline: Quantity, latest: Quantity, kind: Kind) -> Quantity:
    """The change of the figures as printed, so that a reader who subtracts gets the same."""
    marks = (baseline.number, latest.number)
    origin = latest.origin
    if origin is not None and baseline.origin is not None:
        origin = replace(origin, compared_with=baseline.origin.period)
    if isinstance(latest.number, Mark) or isinstance(baseline.number, Mark):
        return Quantity(Mark.HIDDEN if Mark.HIDDEN in marks else Mark.NOT_COMPUTED, "", origin)
    number = round(latest.number - baseline.number, 1)
    decimals = "#,##0" if kind == "count" else "#,##0.0"
    unit = '" pct.point"' if kind in ("pct", "point") else ""
    return Quantity(number, f'[$-406]+{decimals}{unit};-{decimals}{unit};"–"', origin)
