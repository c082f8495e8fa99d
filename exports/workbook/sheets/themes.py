"""One sheet a theme of the plan: its objectives, their activities as the office recorded them, and
whether a revision is needed.

Belongs here: laying them out. Not here: joining plan and registers (`plans.joining`), the verdicts of
goals (`plans.assessment`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from exports.workbook.labels import counted, listed
from exports.workbook.outline import Sheet
from exports.workbook.recorded import dated, told
from exports.workbook.series import Content
from exports.workbook.sheets.promised import activity_terms
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Value
from indicators.categories import STATUS_NOT_STATED, STATUSES
from plans.activities import Theme
from plans.following import ActivityStatus, ObjectiveStatus, RevisionAnswer

_WIDTHS = (48, 24, 18, 13, 19, 15, 52)
_LONGEST_TAB = 31
_OFFICE = "Planen, og aktivitetsregistret, ført af kontoret"
_LATE = (
    "Frist overskredet: regnet af planens periode alene. Forfalden: perioden er udløbet, og aktiviteten er hverken "
    "gennemført eller udgået."
)
_QUESTION = "Er der behov for revision?"


def outlines(content: Content) -> tuple[Sheet, ...]:
    """A sheet for each theme, in the plan's order."""
    return tuple(_theme(content, theme) for theme in content.report.plan.themes)


def tab(theme: Theme) -> str:
    """The tab of a theme's sheet: its id and as many of its title's words as a tab can hold."""
    title = re.sub(r"[\[\]:*?/\\]", " ", theme.title)
    name = f"Tema {theme.id}"
    for word in title.split():
        if len(f"{name} {word}") > _LONGEST_TAB:
            break
        name = f"{name} {word}"
    return re.sub(r"( (og|i|på|til|for|af|med|der|den|det|en|et|\w+-))+$|[,;.]$", "", name)


def revision_table(name: str, objectives: Iterable[ObjectiveStatus], source: str) -> Table:
    """The plan's closing question for each objective: what the office says beside what the figures say."""
    rows: list[tuple[Value, ...]] = [
        (f"{one.objective.id} {one.objective.title}", answer(one.revision), _verdicts(one))
        for one in objectives
    ]
    return Table(
        name,
        _QUESTION,
        "ikke relevant",
        source,
        (
            Column("Målsætning", "text"),
            Column("Kontorets svar", "text"),
            Column("Målenes vurdering", "text"),
        ),
        rows or [no_rows("Ingen målsætninger", 3)],
    )


def answer(revision: RevisionAnswer) -> str:
    """The office's answer, with its reason where it gave one."""
    return f"{revision.word}: {revision.reason}" if revision.reason else revision.word


def _theme(content: Content, theme: Theme) -> Sheet:
    following = content.report.following
    objectives = [one for one in following.objectives if one.theme.id == theme.id]
    sheet = Sheet(
        tab(theme),
        f"Målsætninger og aktiviteter under {theme.title}",
        _WIDTHS,
        landscape=True,
        heading=f"Tema {theme.id}: {theme.title}",
    )
    sheet.paragraph(_summary(objectives, following.delivered), lead=True)
    for number, one in enumerate(objectives, start=1):
        sheet.table(_activities(f"Tabel_Tema_{_key(theme.id)}_{number}", one))
    named = [activity for one in theme.objectives for activity in one.activities]
    sheet.table(activity_terms(f"Tabel_Plandele_{_key(theme.id)}", named, content.report.plan))
    approvals = _approvals(f"Tabel_Godkendelser_{_key(theme.id)}", objectives)
    sheet.table(approvals)
    sheet.table(revision_table(f"Tabel_Revision_{_key(theme.id)}", objectives, _OFFICE))
    return sheet


def _summary(objectives: list[ObjectiveStatus], delivered: bool) -> str:
    activities = [activity for one in objectives for activity in one.activities]
    late = sum(one.lateness.is_overdue is True for one in activities)
    statuses = Counter(one.status for one in activities)
    counts = listed(
        [f"{statuses[word]} {word}" for word in (*STATUSES, STATUS_NOT_STATED) if statuses[word]]
    )
    said = (
        f"Temaet har {counted(len(objectives), 'målsætning', 'målsætninger')} og "
        f"{counted(len(activities), 'aktivitet', 'aktiviteter')}"
    )
    said += f": {counts}." if activities else "."
    if late:
        said += f" {late} er {'forfalden' if late == 1 else 'forfaldne'}."
    if not delivered:
        said += " Kontorets registre er ikke leveret, så det, kontoret skal oplyse, er ikke oplyst."
    return said


def _activities(name: str, objective: ObjectiveStatus) -> Table:
    part = objective.objective
    purposes = f" Formål: {'; '.join(part.purposes)}." if part.purposes else ""
    purposes += f" {part.note}" if part.note else ""
    return Table(
        name,
        f"{part.id} {part.title}",
        "ikke relevant",
        _OFFICE,
        (
            Column("Aktivitet", "text"),
            Column("Periode", "text"),
            Column("Status", "text"),
            Column("Opgjort", "text"),
            Column("Frist overskredet?", "text"),
            Column("Behov for revision?", "text"),
            Column("Bemærkning", "text"),
        ),
        [_activity(one) for one in objective.activities]
        or [no_rows("Planen nævner ingen aktiviteter", 7)],
        (f"Målsætning {part.id}.{purposes}", _LATE) if purposes else (_LATE,),
    )


def _activity(one: ActivityStatus) -> tuple[Value, ...]:
    activity = one.activity
    words = f"{'– ' if activity.parent else ''}{activity.id} {activity.title}"
    if activity.named:
        words += f" ({'; '.join(activity.named)})"
    remark = " ".join(filter(None, [one.comment, one.lateness.reason]))
    return (
        words,
        activity.period.raw,
        one.status,
        dated(one.status_date),
        one.lateness.word or "nej",
        answer(one.revision),
        told(remark),
    )


def _approvals(name: str, objectives: Iterable[ObjectiveStatus]) -> Table | None:
    rows: list[tuple[Value, ...]] = [
        (
            f"{activity.activity.id} {activity.activity.title}",
            approval.body,
            approval.outcome,
            dated(approval.when),
        )
        for one in objectives
        for activity in one.activities
        for approval in activity.approvals
    ]
    if not rows:
        return None
    return Table(
        name,
        "Hvem der skal godkende, og hvem der har",
        "ikke relevant",
        "Planen, og beslutningsregistret, ført af kontoret",
        (
            Column("Aktivitet", "text"),
            Column("Instans", "text"),
            Column("Afgørelse", "text"),
            Column("Dato", "text"),
        ),
        rows,
    )


def _verdicts(one: ObjectiveStatus) -> str:
    if not one.goals:
        return "ingen mål med tal"
    counts = Counter(goal.word for goal in one.goals)
    return ", ".join(f"{number} {word}" for word, number in counts.items())


def _key(theme_id: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", theme_id) or "0"
