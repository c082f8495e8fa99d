"""What Dagster costs of a night: the whole night less the same functions called one after the other.

Belongs here: the two ways, each in fresh processes on a new home, and the table. Not here: how long a night takes on many
people (`whole_job`).

    .venv/bin/python benchmarks/dagster_overhead.py --work /tmp/midtvejs-overhead

Both ways read the same deliveries and end with the same published sets, which is checked file by file. The functions are
those that the assets call; what an asset adds (checks, metadata, previews) is Dagster's part. Importing our packages imports
Dagster, so what that import takes alone is counted as Dagster's too. PDFs are left out: LibreOffice is neither's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import Watch, machine, markdown

MONTH, FIRST = "2020-06", "2018-01"
COMMAND = (sys.executable, "-m", "pipelines")


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds on the wall, and CPU seconds with its children's."""

    seconds: float
    cpu: float


def main() -> int:
    """Make the deliveries, go both ways in turn, print and write the table; or, with `--plain`, go the plain way here."""
    options = _parser().parse_args()
    if options.plain:
        plain_night(options.plain, options.work / "inbox")
        return 0
    work: Path = options.work
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    environment = {
        **os.environ,
        "MIDTVEJS_KEY_FILE": str(work / "key"),
        "MIDTVEJS_REST_SECONDS": "0",
    }
    environment |= {"MIDTVEJS_PUBLISH_PDF": "false", "PYTHONPATH": str(Path(__file__).parents[1])}
    months = ("--from", FIRST, "--to", MONTH)
    _spent((*COMMAND, "key", "new", str(work / "key")), environment)
    _spent(
        (
            *COMMAND,
            "generate",
            "--out",
            str(work / "inbox"),
            "--persons",
            str(options.persons),
            *months,
        ),
        environment,
    )
    about = machine()
    spent: dict[str, list[Spent]] = {"night": [], "plain": [], "import": []}
    for number in range(options.repeats):
        homes = {way: work / f"{way}-{number}" for way in ("night", "plain")}
        asked = ("--home", str(homes["night"]), "--inbox", str(work / "inbox"), "--month", MONTH)
        spent["night"].append(_spent((*COMMAND, "run", *asked, "--from-month", FIRST), environment))
        plain = (sys.executable, __file__, "--work", str(work), "--plain", str(homes["plain"]))
        spent["plain"].append(_spent(plain, environment))
        spent["import"].append(_spent((sys.executable, "-c", "import dagster"), environment))
        _same_sets(*homes.values())
    text = f"{about}; {options.persons} people, three plans, no PDF\n\n{_table(spent)}"
    print(text)
    options.out.write_text(text, "utf-8")
    return 0


def plain_night(home: Path, inbox: Path) -> None:
    """A night without Dagster's part: what each asset calls, in the order of the graph."""
    from assets.computing import compute
    from assets.deliveries import BEFORE
    from assets.laying_out import laid_out
    from assets.ledger_lines import write_deliveries
    from assets.publishing import protect_month, publish_month
    from assets.recipes import AREAS, THINGS
    from assets.resources import House
    from assets.settings import installation_of
    from expectations.contract import SOURCES, load
    from indicators.calendar import parse_month
    from plans.loading import plan_ids
    from sources.delivery_pages import refresh
    from sources.files import private_directory
    from sources.intake import take_in

    private_directory(home)
    house = House(home=str(home), inbox=str(inbox), from_month=FIRST)
    installation, month = installation_of(house.settings()), parse_month(MONTH)
    # What must be looked at first (BEFORE names who waits) comes first.
    for source in sorted(SOURCES, key=lambda name: name in BEFORE):
        contract = load(source)
        take_in(contract, inbox, home, house.key(), installation, house.now(), house.tell)
        write_deliveries(house, source)
        refresh(contract, home)
    for thing in THINGS:
        laid_out(house, thing)
    for name in AREAS:
        compute(house, name, [month])
    protect_month(house, month)
    for plan in plan_ids():
        publish_month(house, plan, month, sequence=1, run="plain")


def _spent(command: Sequence[str], environment: dict[str, str]) -> Spent:
    begun, watch = time.monotonic(), Watch()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = process.stderr.read()
    watch.finish(process)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{said[-2000:]}")
    return Spent(time.monotonic() - begun, watch.cpu[-1])


def _same_sets(*homes: Path) -> None:
    """Raise when the published files of two homes differ; the manifest names the run, and is left out."""
    files = [
        {
            path.relative_to(home): path.read_bytes()
            for path in sorted((home / "published").rglob("v001/*"))
            if path.name != "manifest.json" and path.is_file()
        }
        for home in homes
    ]
    assert files[0], "nothing was published"
    differ = [str(name) for name in files[0] if files[0][name] != files[1].get(name)]
    if differ or files[0].keys() != files[1].keys():
        raise SystemExit(f"the two ways published different files: {differ}")


def _table(spent: dict[str, list[Spent]]) -> str:
    """The least of each way, and Dagster's part: the night less the functions, and what they pay for importing it."""
    least = {
        way: Spent(min(one.seconds for one in all_), min(one.cpu for one in all_))
        for way, all_ in spent.items()
    }
    night, plain, imported = (least[way] for way in ("night", "plain", "import"))
    overhead = Spent(
        night.seconds - plain.seconds + imported.seconds, night.cpu - plain.cpu + imported.cpu
    )
    rows = [
        ("the night, `midtvejs run`", night),
        ("the same functions called directly", plain),
        ("`import dagster` alone, which both pay", imported),
        ("**Dagster's part**", overhead),
    ]
    heads = ["", "seconds, shortest", "CPU seconds, least"]
    return markdown(heads, [[name, f"{one.seconds:.1f}", f"{one.cpu:.1f}"] for name, one in rows])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--work", type=Path, default=Path("/tmp/midtvejs-overhead"))
    parser.add_argument("--persons", type=int, default=300)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--plain", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, default=Path("/tmp/midtvejs-overhead.md"))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
