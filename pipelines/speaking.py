"""A command line that answers in Danish also where argparse itself speaks.

Belongs here: argparse's own words. Not here: which commands there are (`cli`).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

WORDS = (
    (r"the following arguments are required: (.+)", r"der mangler \1"),
    (r"unrecognized arguments: (.+)", r"ukendt: \1"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 kan ikke være \2; vælg \3"),
    (r"argument (.+): invalid int value: (.+)", r"\1 skal være et helt tal, ikke \2"),
    (r"argument (.+): expected (?:one|at least one) argument", r"\1 skal have en værdi"),
    (r"argument (.+): ignored explicit argument .+", r"\1 tager ingen værdi"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 kan ikke bruges sammen med \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)
"""What argparse says of wrong use, and the Danish for it; the last is for what a command says of its own argument."""


class Formatter(argparse.HelpFormatter):
    """Help that begins `brug:`."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "brug: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser, and the parsers of its commands, whose help and faults are Danish."""

    def __init__(self, **how: Any) -> None:
        # A name cut short would mean something else the day another begins alike.
        super().__init__(
            **{"formatter_class": Formatter, **how}, add_help=False, allow_abbrev=False
        )
        self._positionals.title, self._optionals.title = "argumenter", "flag"
        self.add_argument("-h", "--help", action="help", help="vis denne hjælp")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the use, and end with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {in_danish(message)}\n")


def in_danish(message: str) -> str:
    """What argparse says, in Danish where it is known."""
    for said, ours in WORDS:
        if re.fullmatch(said, message, re.DOTALL):
            return re.sub(said, ours, message, count=1, flags=re.DOTALL)
    return message
