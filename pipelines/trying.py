"""`midtvejs whatif`: a report under other assumptions, by the same job the UI runs.

Belongs here: launching it from the command line, and its arguments. Not here: what a trial does (`assets.trials`).
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
from collections.abc import Callable
from typing import Any

from assets.trials import FOLDER, OP
from indicators.categories import TARGET_GROUP_RULES
from pipelines import outcome
from pipelines.environments import prepare
from pipelines.progress import Progress
from plans.loading import plan_ids

AGES = re.compile(r"(\d{1,3})-(\d{1,3})")


def whatif(arguments: argparse.Namespace) -> int:
    """Run the job `whatif` on the installation's Dagster and say where the reports lie."""
    prepare(arguments.home)
    import dagster as dg

    from pipelines.definitions import defs

    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    config = {
        "ops": {OP: {"config": _assumptions(arguments)}},
        "resources": {"house": {"config": {"home": str(arguments.home.resolve())}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    job = defs.resolve_job_def(FOLDER)
    with dg.DagsterInstance.get() as instance, Progress(len(arguments.plan or plan_ids()) + 1):
        result = job.execute_in_process(instance=instance, run_config=config, raise_on_error=False)
    failures = [event for event in result.all_node_events if event.is_step_failure]
    for event in failures:
        code, sentence = outcome.failure_of(event.step_failure_data)
        print(sentence, file=sys.stderr)
        return code
    made = arguments.home / FOLDER / result.run_id
    for book in sorted(made.glob("*/*.xlsx")):
        print(book)
    return outcome.DONE


def add_arguments(
    command: argparse.ArgumentParser, month: Callable[[str], str], count: Callable[[str], int]
) -> None:
    """What `midtvejs whatif` takes beside the home."""
    add = command.add_argument
    add("--month", type=month, required=True, help="rapportmåned, ÅÅÅÅ-MM")
    add("--from-month", type=month, help="første måned i tallene")
    add("--plan", action="append", choices=plan_ids(), help="kun denne plan (kan gentages)")
    add("--threshold", type=count, help="mindste antal, der vises; aldrig lavere end husets")
    add("--target-group-rule", choices=TARGET_GROUP_RULES, help="målgruppens regel")
    add("--ages", type=_ages, metavar="FRA-TIL", help="aldersgruppen i fyldte år, fx 18-64")
    add("--baseline", type=month, help="udgangsmåned for alle mål, ÅÅÅÅ-MM")


def _assumptions(arguments: argparse.Namespace) -> dict[str, Any]:
    youngest, oldest = arguments.ages or (None, None)
    said = {
        "month": arguments.month,
        "from_month": arguments.from_month,
        "plans": arguments.plan or [],
        "threshold": arguments.threshold,
        "target_group_rule": arguments.target_group_rule,
        "youngest": youngest,
        "oldest": oldest,
        "baseline": arguments.baseline,
    }
    return {name: value for name, value in said.items() if value is not None}


def _ages(text: str) -> tuple[int, int]:
    match = AGES.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError("skriv som 18-64")
    return int(match.group(1)), int(match.group(2))
