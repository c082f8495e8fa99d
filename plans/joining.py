"""A plan joined with the kept registers, part by part, in the plan's order.

Belongs here: which row belongs to which part, and what is known of it on the day. Not here: what comes out (`following`),
how rows are found (`kept`), whether an activity is late (`lateness`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from plans.activities import Activity
from plans.assessment import Assessment
from plans.following import (
    STAGES,
    ActivityStatus,
    Anchor,
    Approval,
    DecisionStatus,
    DeliverableStatus,
    Following,
    MilestoneStatus,
    ObjectiveStatus,
    RevisionAnswer,
    StepStatus,
    TargetStatus,
    UnknownId,
)
from plans.kept import Registers, Row, text
from plans.lateness import lateness
from plans.parts import NOT_STATED, last_day
from plans.promises import Deliverable
from plans.schema import Plan

PENDING = "afventer"
DONE = "gennemført"


def follow(plan: Plan, goals: Sequence[Assessment], kept: Registers) -> Following:
    """The plan joined with its rows of the registers, in the plan's order; `goals` are its assessments on the same day."""
    activities = tuple(_activities(plan, kept))
    titles = _titles(plan)
    objectives = tuple(_objectives(plan, activities, goals, kept))
    return Following(
        delivered=kept.delivered,
        activities=activities,
        objectives=objectives,
        revision=_answer_of(kept.of_plan("activities", plan.id), plan.id)
        or _taken_together([one.revision for one in activities]),
        milestones=tuple(_milestones(plan, kept)),
        process=tuple(_process(plan, kept)),
        decisions=tuple(
            DecisionStatus(
                text(row["emne_id"]), titles.get(row["emne_id"], ""), _approval(row, kept)
            )
            for row in kept.of_plan("decisions", plan.id)
        ),
        deliverables=tuple(_deliverables(plan, kept)),
        targets=tuple(entered_targets(plan, kept)),
        unknown_ids=tuple(_unknown(plan, kept)),
    )


def _activities(plan: Plan, kept: Registers) -> Iterable[ActivityStatus]:
    rows = {row["aktivitet_id"]: row for row in kept.of_plan("activities", plan.id)}
    options = {row["kontrakt_id"]: row["option_udnyttet"] for row in kept.rows("contracts")}
    anchoring = kept.of_plan("anchoring", plan.id)
    decided = kept.of_plan("decisions", plan.id)
    for theme in plan.themes:
        for objective in theme.objectives:
            for activity in objective.activities:
                row = rows.get(activity.id, {})
                # A status from after the day is not known yet, and neither is what was said with it.
                if row and row["statusdato"] is not None and row["statusdato"] > kept.day:
                    row = {}
                status = text(row.get("status")) or NOT_STATED
                stage = STAGES.get(status, "not_stated")
                yield ActivityStatus(
                    theme=theme,
                    objective=objective,
                    activity=activity,
                    status=status,
                    status_date=row.get("statusdato"),
                    comment=text(row.get("kommentar")),
                    lateness=lateness(
                        activity.period,
                        kept.day,
                        is_over=stage in ("done", "dropped"),
                        is_begun=None if stage == "not_stated" else stage != "planned",
                        option_used=options.get(activity.id),
                    ),
                    revision=_answer(row),
                    approvals=tuple(_approvals(activity, decided, kept)),
                    anchors=tuple(_anchors(activity.id, anchoring)),
                )


def _answer(row: Row) -> RevisionAnswer:
    return RevisionAnswer(row.get("revision_noedvendig"), text(row.get("revision_begrundelse")))


def _answer_of(rows: Sequence[Row], part: str) -> RevisionAnswer | None:
    """What the office answered for an objective or the plan by its own id."""
    found = [_answer(row) for row in rows if row["aktivitet_id"] == part]
    return next((one for one in found if one.needed is not None), None)


def _taken_together(answers: Sequence[RevisionAnswer]) -> RevisionAnswer:
    needed = [one.needed for one in answers]
    if True in needed:
        reasons = dict.fromkeys(one.reason for one in answers if one.needed and one.reason)
        return RevisionAnswer(True, " ".join(reasons))
    return RevisionAnswer(False if needed and None not in needed else None)


def _approvals(activity: Activity, decided: Sequence[Row], kept: Registers) -> Iterable[Approval]:
    own = [_approval(row, kept) for row in decided if row["emne_id"] == activity.id]
    named = {body.casefold(): body for body in activity.approvals}
    for folded, body in named.items():
        yield _latest([one for one in own if one.body.casefold() == folded]) or Approval(
            body, NOT_STATED, None
        )
    yield from (one for one in own if one.body.casefold() not in named)


def _approval(row: Row, kept: Registers) -> Approval:
    when = kept.known(row["dato"])
    outcome = text(row["udfald"]) or NOT_STATED
    if row["dato"] is not None and when is None:
        # Decided after the day: on the day it was awaited.
        return Approval(text(row["instans"]), PENDING, None)
    return Approval(text(row["instans"]), outcome, when, text(row["kommentar"]))


def _latest(approvals: Sequence[Approval]) -> Approval | None:
    return max(approvals, key=lambda one: one.when or date.min, default=None)


def _anchors(activity: str, rows: Sequence[Row]) -> Iterable[Anchor]:
    for row in rows:
        if row["aktivitet_id"] == activity:
            yield Anchor(
                text(row["dokumenttype"]), row["aar"], text(row["center"]), text(row["journalnr"])
            )


def _objectives(
    plan: Plan,
    activities: Sequence[ActivityStatus],
    goals: Sequence[Assessment],
    kept: Registers,
) -> Iterator[ObjectiveStatus]:
    rows = kept.of_plan("activities", plan.id)
    for theme in plan.themes:
        for objective in theme.objectives:
            own = tuple(one for one in activities if one.objective.id == objective.id)
            yield ObjectiveStatus(
                theme,
                objective,
                own,
                tuple(one for one in goals if one.goal.objective == objective.id),
                _answer_of(rows, objective.id) or _taken_together([one.revision for one in own]),
            )


def _milestones(plan: Plan, kept: Registers) -> Iterator[MilestoneStatus]:
    rows = {row["milepael_id"]: row for row in kept.of_plan("milestones", plan.id)}
    for milestone in plan.milestones:
        row = rows.get(milestone.id, {})
        planned = row.get("planlagt") or last_day(milestone.due)
        actual = kept.known(row.get("faktisk"))
        yield MilestoneStatus(
            milestone=milestone,
            planned=planned,
            actual=actual,
            body=text(row.get("instans")) or (milestone.body or ""),
            journal_number=text(row.get("journalnr")),
            word=_milestone_word(planned, actual, kept.day, is_recorded=bool(row)),
        )


def _milestone_word(planned: date, actual: date | None, day: date, *, is_recorded: bool) -> str:
    if actual is not None:
        return "nået til tiden" if actual <= planned else "nået for sent"
    if planned >= day:
        return "forestår"
    return "forfalden" if is_recorded else NOT_STATED


def _process(plan: Plan, kept: Registers) -> Iterator[StepStatus]:
    rows = {row["milepael_id"]: row for row in kept.of_plan("milestones", plan.id)}
    for step in plan.process:
        row = rows.get(step.id, {})
        actual = kept.known(row.get("faktisk"))
        word = _milestone_word(last_day(step.when), actual, kept.day, is_recorded=bool(row))
        yield StepStatus(step, actual, text(row.get("journalnr")), word)


def _deliverables(plan: Plan, kept: Registers) -> Iterator[DeliverableStatus]:
    """Each deliverable of the plan for each of its audiences, then what the office has recorded beside them."""
    rows = {
        (text(row["leverance_id"]), text(row["maalgruppe"])): row
        for row in kept.of_plan("deliverables", plan.id)
    }
    for part in plan.deliverables:
        recorded = [audience for id_, audience in rows if id_ == part.id]
        for audience in dict.fromkeys([*part.audiences, *recorded]) or [""]:
            row = rows.pop((part.id, audience), {})
            yield _deliverable(part, part.id, audience, row, kept)
    for (id_, audience), row in rows.items():
        yield _deliverable(None, id_, audience, row, kept)


def _deliverable(
    part: Deliverable | None, id_: str, audience: str, row: Row, kept: Registers
) -> DeliverableStatus:
    due = "" if part is None or part.due is None else part.due
    when, status = row.get("dato"), text(row.get("status")) or NOT_STATED
    is_known = when is None or when <= kept.day
    is_done = is_known and status == DONE
    return DeliverableStatus(
        deliverable=id_,
        title="" if part is None else part.title,
        due=due,
        audience=audience,
        status=status if is_known else NOT_STATED,
        when=kept.known(when),
        is_done=is_done,
        is_late=not is_done and due != "" and last_day(due) < kept.day,
    )


def entered_targets(plan: Plan, kept: Registers) -> Iterator[TargetStatus]:
    """The result targets the office has entered for the plan's goals, as approved by the day."""
    titles = {goal.id: goal.title for goal in plan.goals}
    for row in kept.of_plan("targets", plan.id):
        yield TargetStatus(
            target=text(row["maal_id"]),
            title=titles.get(row["maal_id"], ""),
            year=row["aar"],
            unit=text(row["enhed"]),
            value=row["vaerdi"],
            employment_approved=kept.known(row["godkendt_bif"]),
            finance_approved=kept.known(row["godkendt_oekf"]),
            council_approved=kept.known(row["godkendt_br"]),
        )


def _titles(plan: Plan) -> dict[str, str]:
    """The plan's words for every id a decision may be about."""
    return {part.id: part.title for part in plan.parts()} | {plan.id: plan.title}


def _unknown(plan: Plan, kept: Registers) -> Iterator[UnknownId]:
    activities = {activity.id for activity in plan.activities()}
    answered = activities | {objective.id for objective in plan.objectives()} | {plan.id}
    known: Mapping[str, tuple[str, set[str]]] = {
        "activities": ("aktivitet_id", answered),
        "anchoring": ("aktivitet_id", activities),
        "milestones": ("milepael_id", {part.id for part in (*plan.milestones, *plan.process)}),
        "deliverables": ("leverance_id", {part.id for part in plan.deliverables}),
        "budgets": ("linje_id", {line.id for _, line in plan.budget_lines()}),
        "targets": ("maal_id", {goal.id for goal in plan.goals}),
    }
    for register, (column, ids) in known.items():
        named = dict.fromkeys(row[column] for row in kept.of_plan(register, plan.id))
        yield from (UnknownId(register, plan.id, id_) for id_ in named if id_ not in ids)
