"""The house as a what-if run sees it: the official deliveries and registers, own settings, own place for what is made.

Belongs here: what a trial changes, and keeping its figures away from the official ones. Not here: the steps of a trial
(`trials`), the settings themselves (`settings`).
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
from pydantic import Field

from assets.resources import House
from assets.settings import Settings, SettingsError
from indicators.calendar import parse_month
from indicators.categories import TARGET_GROUP_RULES
from plans.loading import plan_ids

if TYPE_CHECKING:
    from plans.schema import Plan

OWN = ("statistics", "internal")
"""The kinds of things a trial makes for itself."""


class Trial(dg.Config):
    """What a what-if run asks: the month, and at least one thing that is otherwise than in the official figures.

    This is the form in Dagster's UI. What is blank is as in the installation's settings and plans.
    """

    month: str = Field(description="Rapportmåned, ÅÅÅÅ-MM.")
    from_month: str = Field(
        default="", description="Første måned i tallene, ÅÅÅÅ-MM; ellers som indstillet."
    )
    plans: list[str] = Field(default=[], description="Planernes id; ellers alle planer.")
    threshold: int | None = Field(
        default=None, description="Mindste antal, der vises; aldrig lavere end husets."
    )
    target_group_rule: str = Field(
        default="", description=f"Målgruppens regel: {', '.join(TARGET_GROUP_RULES)}."
    )
    youngest: int | None = Field(default=None, description="Yngste alder i fyldte år.")
    oldest: int | None = Field(default=None, description="Ældste alder i fyldte år.")
    baseline: str = Field(
        default="", description="Udgangsmåned for alle mål, ÅÅÅÅ-MM; ellers planernes egne."
    )


class TrialHouse(House):
    """A house whose statistics and tables lie in `workplace` and are made by the trial's settings."""

    workplace: str
    threshold: int | None = None
    target_group_rule: str = ""
    youngest: int | None = None
    oldest: int | None = None
    baseline: str = ""

    def settings(self) -> Settings:
        """The installation's settings with those of the trial over them; raises SettingsError for a threshold below the
        house's."""
        stated = super().settings()
        if self.threshold is not None and self.threshold < stated.threshold:
            raise SettingsError(
                f"En prøveberegning kan ikke vise antal under husets grænse, som er {stated.threshold}."
            )
        return replace(
            stated,
            threshold=_either(self.threshold, stated.threshold),
            target_group_rule=self.target_group_rule or stated.target_group_rule,
            youngest=_either(self.youngest, stated.youngest),
            oldest=_either(self.oldest, stated.oldest),
        )

    def plan(self, plan_id: str) -> "Plan":
        """The plan with the trial's baseline for every goal whose deadline lies after it."""
        plan = super().plan(plan_id)
        if not self.baseline:
            return plan
        goals = tuple(
            goal.model_copy(update={"baseline": self.baseline})
            if goal.deadline is None or goal.deadline > self.baseline
            else goal
            for goal in plan.goals
        )
        return plan.model_copy(update={"goals": goals})

    def folder(self, kind: str, thing: str) -> Path:
        """As in the house, but what the trial makes lies in its own workplace."""
        return Path(self.workplace) / kind / thing if kind in OWN else super().folder(kind, thing)


def _either(asked: int | None, stated: int) -> int:
    return stated if asked is None else asked


def trial_house(house: House, trial: Trial, workplace: Path) -> TrialHouse:
    """The house a trial works in."""
    return TrialHouse(
        home=house.home,
        inbox=house.inbox,
        from_month=trial.from_month or house.from_month,
        engine_name=house.engine_name,
        spark_master=house.spark_master,
        workplace=str(workplace),
        threshold=trial.threshold,
        target_group_rule=trial.target_group_rule,
        youngest=trial.youngest,
        oldest=trial.oldest,
        baseline=trial.baseline,
    )


def changes(house: House, trial: Trial) -> tuple[tuple[str, str], ...]:
    """What the trial has otherwise than the house, in Danish: what, and from what to what. Raises SettingsError when that
    is nothing, or names a month or a plan there is not."""
    for text in filter(None, (trial.month, trial.from_month, trial.baseline)):
        try:
            parse_month(text)
        except ValueError as problem:
            raise SettingsError(f"{problem}.") from None
    unknown = [plan for plan in trial.plans if plan not in plan_ids()]
    if unknown:
        raise SettingsError(f"Der er ingen plan {unknown[0]}; planerne er {', '.join(plan_ids())}.")
    stated = house.settings()
    asked = (
        ("Mindste antal, der vises", stated.threshold, trial.threshold),
        ("Målgruppens regel", stated.target_group_rule, trial.target_group_rule or None),
        ("Yngste alder", stated.youngest, trial.youngest),
        ("Ældste alder", stated.oldest, trial.oldest),
        ("Udgangsmåned for målene", "planernes egne", trial.baseline or None),
    )
    found = tuple(
        (what, f"{now} (ellers {before})")
        for what, before, now in asked
        if now not in (None, before)
    )
    if not found:
        raise SettingsError("En prøveberegning skal ændre noget; angiv mindst én forudsætning.")
    return found
