"""`whatif`: a month's report under other assumptions, laid in a place of its own; nothing is published.

Belongs here: the op and its steps. Not here: what a trial changes (`trial_house`), the official path (`publishing`).

A trial reads the deliveries and registers in force. Its statistics are computed in its own folder, from which those that
the official run has made already under the same version are taken as they are. What it leaves is internal: modes 0700 and
0600, every sheet marked, no ledger line, no version, no pointer. It is not compared with the published sets.
"""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import dagster as dg

from assets.gate import failure, told_plainly
from assets.recipes import AREAS, BASE
from assets.resources import House
from assets.trial_house import Trial, TrialHouse, changes, trial_house
from indicators.calendar import parse_month
from plans.loading import plan_ids

FOLDER = "whatif"
OP = "proeveberegning"
"""The op's name; Dagster lets no op share the name of a job."""
ASSUMPTIONS = "forudsaetninger.json"
NEVER_COMPUTED = 20


@dg.op(
    name=OP,
    description="En prøveberegning: månedens rapport under andre forudsætninger. Intet offentliggøres.",
)
def whatif(context: dg.OpExecutionContext, config: Trial, house: House) -> None:
    """Make the trial's reports in `<home>/whatif/<run>/`; the run shows where they lie."""
    from assets.keeping import NothingKept

    sentence = ""
    with told_plainly():
        try:
            made = run_trial(house, config, context.run_id)
        except NothingKept as problem:
            sentence = str(problem)
    if sentence:
        raise failure(sentence, NEVER_COMPUTED)
    context.add_output_metadata({"mappe": dg.MetadataValue.path(str(made))})


def run_trial(house: House, trial: Trial, run: str) -> Path:
    """Carry out a trial; returns its folder, which appears whole or not at all.

    Raises SettingsError for assumptions that cannot be, NothingKept when the registers were never laid out, and
    ReleaseRefused when a written file shows what must not be seen.
    """
    from assets.computing import compute
    from assets.keeping import NothingKept
    from assets.laying_out import in_force
    from assets.publishing import protect_month
    from sources.files import private_directory

    changed = changes(house, trial)
    month = parse_month(trial.month)
    if any(in_force(house, thing) is None for thing in BASE):
        raise NothingKept("Der er ingen registre at regne på; kør 'midtvejs run' først.")
    place = private_directory(house.path / FOLDER)
    draft = private_directory(place / f".{run}")
    try:
        own = trial_house(house, trial, draft / "work")
        own.settings()
        # All are taken over before any is computed: one pass computes every area that is not at hand.
        for name in AREAS:
            _take_over(house, own, name)
        for name in AREAS:
            compute(own, name, [month])
        protect_month(own, month)
        for plan in trial.plans or plan_ids():
            house.tell(f"skriver prøveberegning for {plan}")
            _write(own, plan, month, changed, private_directory(draft / plan))
        shutil.rmtree(draft / "work")
        return _settle(draft, place / run)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _take_over(house: House, own: TrialHouse, area: str) -> None:
    """Have the official figures of an area at hand: a version says what it was made of, so the same version is the same."""
    official, mine = house.folder("statistics", area), own.folder("statistics", area)
    for version in official.glob("*/figures.parquet"):
        target = mine / version.parent.name
        target.mkdir(parents=True, mode=0o700)
        os.link(version, target / version.name)


def _write(
    own: TrialHouse, plan: str, month: int, changed: tuple[tuple[str, str], ...], folder: Path
) -> None:
    from assets.publishing import protected_month
    from assets.report_building import build_report, origin
    from assets.versions import code_version
    from exports.published_sets import origin_document
    from exports.release_gate import require_releasable
    from exports.revisions import Revisions
    from exports.set_files import write_trial

    figures = protected_month(own, month)
    since = Revisions(
        "", (), note="En prøveberegning sammenlignes ikke med de offentliggjorte sæt."
    )
    report = build_report(own, plan, month, figures, 0, since)
    write_trial(replace(report, official=False, what_if=changed), folder)
    made_of = {
        "official": False,
        "what_if": dict(changed),
        **origin_document(origin(own, figures.version, code_version())),
    }
    text = json.dumps(made_of, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / ASSUMPTIONS).write_text(text + "\n", "utf-8")
    require_releasable(folder, own.settings().threshold)


def _settle(draft: Path, place: Path) -> Path:
    """Close everything to others and give the folder its name."""
    for path in draft.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return draft.rename(place)
