"""What is shown while a command works."""

from __future__ import annotations

import io
from pathlib import Path

from assets.resources import House
from pipelines.progress import WIDTH, Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_how_far_a_step_has_come_moves_no_bar(tmp_path: Path) -> None:
    house, screen = House(home=str(tmp_path)), Terminal()
    with Progress(2, screen):
        house.tell("beskytter")
        house.tell("beskytter: 1 af 9", step=False)
        house.tell("skriver")
    bars = [line.partition("]")[0].count("#") for line in screen.getvalue().split("[")[1:]]
    assert [bar for bar in bars if bar] == [WIDTH // 2, WIDTH // 2, WIDTH]


def test_without_a_terminal_every_word_is_a_line(tmp_path: Path) -> None:
    stream = io.StringIO()
    with Progress(1, stream):
        House(home=str(tmp_path)).tell("beskytter: 1 af 9", step=False)
    assert stream.getvalue().endswith(" s  beskytter: 1 af 9\n")
