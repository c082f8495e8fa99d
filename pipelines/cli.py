"""`midtvejs`: the command line.

Belongs here: arguments, help, and turning what happened into words and an exit code. Not here: the work (`commands`,
`night`).
"""

from __future__ import annotations

import argparse
import os
import select
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from assets.keys import KeyProblem
from assets.settings import ENGINES, SettingsError
from blocks.faults import EngineMissingError
from exports.explanation import EXAMPLE
from exports.ledger import LedgerDamaged
from indicators.calendar import parse_month
from pipelines import commands, making, operating, protecting, tracing, trying
from pipelines.outcome import INFRASTRUCTURE, OUT_OF_MEMORY, WRONG_USE
from pipelines.published import explain_command, verify_command
from pipelines.speaking import Parser
from plans.loading import PlanError, plan_ids

DESCRIPTION = "Status på kommunens beskæftigelsesplaner for borgere med handicap."
EXIT_CODES = (
    "Afslutningskoder: 0 færdig · 2 forkert brug · 10 en leverance blev afvist, og intet kunne beregnes · "
    "11 færdig, men på en ældre leverance · 20 en nødvendig kilde er aldrig leveret · 30 disk, rettigheder, hukommelse, "
    "database eller klynge · 40 diskretionskontrollen standsede offentliggørelsen"
)

READER_GONE = 128 + signal.SIGPIPE
"""As a shell calls a command whose reader stopped reading: what was to be done may be undone, so never 0."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    # New files are nobody else's business, whatever the umask was.
    os.umask(0o027)
    try:
        chosen = parser().parse_args(arguments)
        return int(chosen.command(chosen))
    except (
        *(KeyProblem, SettingsError, EngineMissingError, PlanError),
        *(commands.UsageProblem, making.MakingProblem),
    ) as problem:
        return _told(str(problem), WRONG_USE)
    except LedgerDamaged as fault:
        return _told(str(fault), INFRASTRUCTURE)
    except OSError as fault:
        if isinstance(fault, BrokenPipeError) and _nobody_reads():
            return READER_GONE
        where = f" ({fault.filename})" if fault.filename else ""
        return _told(f"Disken eller en fil svigtede{where}: {fault.strerror}.", INFRASTRUCTURE)
    except MemoryError:
        return _told(OUT_OF_MEMORY, INFRASTRUCTURE)
    except KeyboardInterrupt:
        return _told("Afbrudt.", 130)


def _nobody_reads() -> bool:
    """Whether standard output is a pipe whose reader has gone; then nothing more is said there, not on the way out either.
    A pipe to a worker or a server can break as well: that is a fault like any other."""
    watched = select.poll()
    watched.register(sys.stdout.fileno(), 0)
    gone = any(event & select.POLLERR for _, event in watched.poll(0))
    if gone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return gone


def parser() -> argparse.ArgumentParser:
    """The whole command line, with help for everything."""
    top = Parser(prog="midtvejs", description=DESCRIPTION, epilog=EXIT_CODES)
    sub = top.add_subparsers(required=True, metavar="KOMMANDO")

    def command(name: str, help_: str, function: commands.Command) -> argparse.ArgumentParser:
        added = sub.add_parser(name, help=help_, description=help_, epilog=EXIT_CODES)
        added.set_defaults(command=function)
        return added

    demo = command("demo", "lav demonstrationsleverancer og kør det hele", commands.demo)
    demo.add_argument("--persons", type=_count, default=5_000, help="antal personer (5000)")
    demo.add_argument("--home", type=Path, default=Path("demo"), help="mappe til det hele (demo)")
    demo.add_argument("--month", type=_month, default="2020-06", help="rapportmåned (2020-06)")

    generate = command("generate", "lav syntetiske leverancer i en indbakke", making.generate)
    _generate_arguments(generate)

    run = command("run", "kør hovedjobbet for en måned", commands.run)
    _home(run)
    run.add_argument(
        "--inbox", type=Path, help="indbakken (ellers som indstillet, ellers HOME/inbox)"
    )
    run.add_argument("--month", type=_month, required=True, help="rapportmåned, ÅÅÅÅ-MM")
    run.add_argument("--from-month", type=_month, help="første måned i tallene")
    run.add_argument(
        "--plan",
        nargs="+",
        action="extend",
        choices=plan_ids(),
        help="kun denne plan eller disse (kan gentages)",
    )
    run.add_argument(
        "--engine",
        choices=ENGINES,
        help="hvor statistikken regnes: denne maskine eller en Spark-klynge (ellers som indstillet, ellers local)",
    )
    run.add_argument(
        "--spark-master",
        metavar="ADRESSE",
        help="klyngen, fx spark://maskine:7077 (ellers som indstillet, ellers local[*])",
    )

    whatif = command(
        "whatif",
        "prøv en måneds rapport under andre forudsætninger; intet offentliggøres",
        trying.whatif,
    )
    _home(whatif)
    trying.add_arguments(whatif, _month, _count)

    validate = command("validate", "læs og bedøm leverancer uden at indlæse dem", commands.validate)
    _home(validate, required=False)
    validate.add_argument("--inbox", type=Path, required=True, help="indbakken")
    validate.add_argument("--source", help="kun denne kilde")

    deliveries = command("deliveries", "vis modtagne leverancer og deres dom", commands.deliveries)
    _home(deliveries)
    deliveries.add_argument("id", metavar="ID", nargs="?", help="vis alt om denne leverance")
    deliveries.add_argument("--source", help="kun denne kilde")
    deliveries.add_argument(
        "--all", action="store_true", help="alle leverancer (ellers de nyeste og dem i kraft)"
    )
    deliveries.add_argument("--json", action="store_true", help="som JSON")
    accept = command("accept", "godkend en mistænkelig leverance ved navn", commands.accept)
    _home(accept)
    accept.add_argument("id", metavar="ID", help="leverancens id fra 'midtvejs deliveries'")
    accept.add_argument("--by", required=True, help="hvem der godkender")
    accept.add_argument("--why", required=True, help="hvorfor")

    template = command("template", "skriv et regneark til udfyldning", commands.template)
    template.add_argument("what", choices=["registers"], help="kontorets førte registre")
    template.add_argument(
        "--plan",
        action="append",
        choices=plan_ids(),
        help="udfyld kun denne plans rækker på forhånd (kan gentages; ellers alle planers)",
    )
    template.add_argument("--out", type=Path, required=True, metavar="FIL.xlsx")
    template.add_argument(
        "--force", action="store_true", help="overskriv en fil, der findes i forvejen"
    )

    indicators = command(
        "indicators", "skriv tabellen over indikatorer som CSV", commands.indicators
    )
    _home(indicators)
    indicators.add_argument("--month", type=_month, required=True)
    indicators.add_argument("--plan", choices=plan_ids(), help="kun planens indikatorer")
    indicators.add_argument("--out", type=Path, required=True)
    indicators.set_defaults(internal=False)
    kind = indicators.add_mutually_exclusive_group()
    kind.add_argument(
        "--protected", dest="internal", action="store_false", help="beskyttet (standard)"
    )
    kind.add_argument("--internal", action="store_true", help="ubeskyttet, kun til internt brug")

    traced = command(
        "trace", "vis, hvor hvert krav i planernes papirer bliver besvaret", tracing.trace
    )
    traced.add_argument(
        "--plan", action="append", choices=plan_ids(), help="kun denne plans krav (kan gentages)"
    )

    protect = command(
        "protect", "skjul små antal i en hvilken som helst additiv tabel", protecting.protect
    )
    protecting.add_arguments(protect)

    explain = command(
        "explain", "vis, hvad et tal i et regneark er, og hvad det er lavet af", explain_command
    )
    explain.add_argument("workbook", type=Path, metavar="REGNEARK")
    explain.add_argument("cell", metavar="ARK!CELLE", help=f"fx '{EXAMPLE}'")
    _home(explain, required=False)

    verify = command(
        "verify",
        "kontrollér et offentliggjort sæt, eller alle i et hjem, mod manifest og hovedbog",
        verify_command,
    )
    verify.add_argument("directory", type=Path, metavar="MAPPE")

    key = command("key", "nøgle til pseudonymer", commands.new_key)
    key.add_argument("action", choices=["new"])
    key.add_argument("file", type=Path, metavar="FIL")

    doctor = command(
        "doctor", "undersøg installationen, og sig, hvad der skal gøres", operating.doctor
    )
    _home(doctor)
    doctor.add_argument("--json", action="store_true", help="som JSON")
    doctor.add_argument(
        "--clear",
        action="store_true",
        help="afslut kørsler, hvis proces er død, og prøv varsler igen",
    )

    prune = command("prune", "fjern, hvad der er ældre end sin frist, og sig hvad", operating.prune)
    _home(prune)
    prune.add_argument("--dry-run", action="store_true", help="sig det kun")

    ui = command("ui", "start Dagsters brugerflade og dæmon på denne maskine", operating.ui)
    _home(ui)
    ui.add_argument("--port", type=int, default=3000)
    return top


def _generate_arguments(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--out", type=Path, required=True, help="indbakken, der laves, hvis den ikke findes")
    add("--persons", type=_count, default=5_000, help="antal personer ud over de plantede (5000)")
    add(
        "--from",
        dest="from_month",
        type=_month,
        default="2018-01",
        help="første rapportmåned (2018-01)",
    )
    add(
        "--to",
        dest="to_month",
        type=_month,
        default="2020-06",
        help="sidste rapportmåned (2020-06)",
    )
    add("--seed", type=int, default=1, help="samme frø giver samme bytes (1)")
    add(
        "--format",
        default="csv",
        help="csv, csv.gz, parquet eller xlsx; flere med komma, så skiftes kilderne (csv). registers er altid xlsx",
    )
    add(
        "--parts",
        type=_count,
        default=1,
        help="del DREAM i så mange filer, _part1of3 og så videre (1)",
    )
    add(
        "--dream-by",
        choices=["cpr", "lobenr"],
        default="cpr",
        help="DREAM med cpr-numre, eller med løbenumre og kilden dream_key ved siden af (cpr)",
    )
    add(
        "--faults",
        default="",
        metavar="NAVN[,NAVN…]",
        help="plant fejl ved navn, eller all; hvad der blev plantet hvor, og hvad svaret skal være, "
        "står i OUT/.planted/faults.json. Kræver CSV",
    )
    add("--list-faults", nargs=0, action=making.ListFaults, help="vis de fejl, der kan plantes")


def _home(command: argparse.ArgumentParser, required: bool = True) -> None:
    stated = os.environ.get("MIDTVEJS_HOME")
    command.add_argument(
        "--home",
        type=Path,
        default=Path(stated) if stated else None,
        required=required and not stated,
        help="programmets hjem (ellers MIDTVEJS_HOME)",
    )


def _month(text: str) -> str:
    try:
        parse_month(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    return text


def _count(text: str) -> int:
    try:
        return int(text.replace("_", ""))
    except ValueError:
        raise argparse.ArgumentTypeError("et helt antal") from None


def _told(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
