"""The operator's manual names only what is there: commands, options, settings, files, checks."""

from __future__ import annotations

import re
import tomllib
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from assets.freshness import CHECK
from assets.settings import Settings
from pipelines.cli import parser

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", MANUAL, re.DOTALL)
LINES = [
    line.partition("#")[0].strip()
    for kind, block in BLOCKS
    if kind == "sh"
    for line in re.split(r"\n|&&", block)
    if "midtvejs " in line
]
COMMANDS = [re.match(r"(?:\S+=\S+ )?midtvejs (.*)", line) for line in LINES]
CALLS = [match[1] for match in COMMANDS if match]


@pytest.mark.parametrize("call", CALLS)
def test_every_command_of_the_manual_is_understood(call: str) -> None:
    words = re.findall(r'"[^"]*"|\S+', call)
    if "--home" not in words and words[0] in parser_names("--home"):
        words += ["--home", "h"]
    parser().parse_args([word.strip('"') for word in words])


def test_every_setting_of_the_manual_is_one_and_every_one_is_in_it() -> None:
    known = vars(Settings())
    told: set[str] = set()
    for kind, block in BLOCKS:
        if kind != "toml":
            continue
        for name, value in tomllib.loads(block).items():
            assert name in known, name
            told.add(name)
            if is_dataclass(known[name]):
                assert set(value) <= set(vars(known[name])), name
    assert told == set(known)


def test_every_file_and_part_of_the_manual_is_there() -> None:
    for name in re.findall(r"deploy/[\w./-]+\w", MANUAL):
        assert (ROOT / name).exists(), name
    assert f"`{CHECK}`" in MANUAL
    headings = {_anchor(line) for line in re.findall(r"^## (.*)$", MANUAL, re.MULTILINE)}
    for anchor in re.findall(r"\]\(#([\w-]+)\)", MANUAL):
        assert anchor in headings, anchor


def parser_names(option: str) -> set[str]:
    """The commands that have an option."""
    actions = [action for action in parser()._actions if action.choices]
    (commands,) = (action.choices for action in actions)
    assert isinstance(commands, dict)
    return {name for name, one in commands.items() if option in one._option_string_actions}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
