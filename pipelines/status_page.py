"""`<home>/status/`: what a watchdog and a hurried person look at.

Belongs here: `last_success.json` and `status.html`. Not here: what is a fault (`aftermath`).

`last_success.json` is only ever written by a success, so its age says how stale the installation is, also when nothing runs
that could write anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from dagster import DagsterRunStatus, RunRecord

from assets.settings import load_settings
from expectations.contract import SOURCES, load
from exports.notices import waiting
from pipelines.jobs import NIGHTLY
from sources.files import write_json, write_whole
from sources.record import DeliveryRecord

FOLDER, SUCCESS, PAGE = "status", "last_success.json", "status.html"
STALE_HOURS = 26
"""A night that has not succeeded for longer than a day and two hours was missed."""
SHOWN_RUNS = 14
_WORDS = {
    DagsterRunStatus.SUCCESS: "færdig",
    DagsterRunStatus.FAILURE: "standset",
    DagsterRunStatus.CANCELED: "afbrudt",
    DagsterRunStatus.QUEUED: "i kø",
}
_HEAD = """<!doctype html>
<html lang="da"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Midtvejsstatus: drift</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border-bottom: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top }}
.advarsel {{ border-left: .4rem solid #b30000; padding-left: .8rem }}
</style>
<h1>Midtvejsstatus: drift</h1>
<p>Skrevet {written}. Senest vellykket: <strong>{success}</strong>.</p>
<p class="advarsel" id="stale" hidden>Siden sidste vellykkede kørsel er der gået over {hours} timer. Kør
<code>midtvejs doctor</code>.</p>
<script>
// The page is not written while nothing runs, so it judges its own age.
document.getElementById("stale").hidden = Date.now() - Date.parse("{success_iso}") < {hours} * 3600e3;
</script>
"""


def write_status(home: Path, runs: Sequence[RunRecord], now: datetime) -> None:
    """Write both files, from runs in the order they were made. Raises OSError."""
    done = [r for r in runs if _is_success(r) and r.end_time]
    if done:
        newest = max(done, key=lambda record: record.end_time or 0)
        write_json(home / FOLDER / SUCCESS, _success(newest))
    write_whole(home / FOLDER / PAGE, _page(home, runs, now).encode("utf-8"))


def last_success(home: Path) -> datetime | None:
    """When the job last succeeded, None when it never has."""
    try:
        stated = json.loads((home / FOLDER / SUCCESS).read_text("utf-8"))
        return datetime.fromisoformat(stated["at"])
    except (FileNotFoundError, ValueError, KeyError):
        return None


def _is_success(record: RunRecord) -> bool:
    run = record.dagster_run
    return run.status is DagsterRunStatus.SUCCESS and run.job_name == NIGHTLY


def _success(record: RunRecord) -> dict[str, str]:
    run = record.dagster_run
    ended = datetime.fromtimestamp(record.end_time or 0, UTC)
    return {
        "at": ended.isoformat(timespec="seconds"),
        "month": run.tags.get("dagster/partition", ""),
        "run": run.run_id,
    }


def _page(home: Path, runs: Sequence[RunRecord], now: datetime) -> str:
    success = last_success(home)
    head = _HEAD.format(
        written=_moment(now),
        success=_moment(success) if success else "aldrig",
        success_iso=success.isoformat() if success else "",
        hours=STALE_HOURS,
    )
    unsent = waiting(home, load_settings(home).notices, now)
    notices = [(n.subject, n.created_at[:16], str(n.attempts), n.last_fault) for n in unsent]
    return "\n".join(
        [
            head,
            _table(
                "Kørsler",
                ("start", "job", "måned", "udfald"),
                map(_run, runs[: -SHOWN_RUNS - 1 : -1]),
            ),
            _table("Kilder", ("kilde", "seneste", "modtaget", "dom", "data til"), _sources(home)),
            _table("Varsler, der venter", ("varsel", "fra", "forsøg", "senest"), notices),
            "</html>\n",
        ]
    )


def _run(record: RunRecord) -> tuple[str, ...]:
    run = record.dagster_run
    started = datetime.fromtimestamp(record.start_time, UTC) if record.start_time else None
    word = _WORDS.get(run.status, "i gang")
    month = run.tags.get("dagster/partition", "")
    of_pages = run.job_name.startswith("__")
    name = "udvalgte tabeller" if of_pages else run.job_name
    return (_moment(started) if started else "", name, month, word)


def _sources(home: Path) -> Iterable[tuple[str, ...]]:
    record = DeliveryRecord(home)
    for source in SOURCES:
        entries = record.all(source)
        if not entries:
            yield (load(source).title, "ikke leveret", "", "", "")
            continue
        newest = entries[-1]
        received = newest.received_at[:16].replace("T", " ")
        yield (load(source).title, newest.id, received, newest.verdict_word, newest.period_to)


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    shown = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<h2>{title}</h2>{shown if body else '<p>Ingen.</p>'}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
