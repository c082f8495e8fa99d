"""What an installation may set: municipality, ages, threshold, deadlines, waiting time.

Belongs here: reading `<home>/midtvejs.toml` with environment variables over it. Not here: the pseudonym key (`keys`), what a
run is asked for (its partition and its run config).
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sources.intake import Installation

FILE = "midtvejs.toml"
PREFIX = "MIDTVEJS_"
ENGINES = ("local", "spark")
MASTER = re.compile(r"local(\[[\w,*]+\])?|spark://\S+:\d+|k8s://\S+|yarn")


class SettingsError(Exception):
    """The settings cannot be used; the message is one Danish sentence."""


@dataclass(frozen=True)
class Settings:
    """Settings of one installation.

    `threshold`: counts of persons from 1 to one below it are never shown. `rest_seconds`: how long a file must lie still.
    `parts_wait_seconds`: how long the parts that came must lie still before a delivery with one missing is given up, as
    `rest_seconds` when negative.
    `deadlines`: case deadline in days by scheme. `inbox`: where deliveries land, `<home>/inbox` when blank.
    `from_month`: the first month of the figures, the earliest baseline of the plans when blank. `engine`: where statistics
    are taken, one of ENGINES. `processes`: how many the engine `local` runs in, one a core when 0. `spark_master`: the
    cluster of the engine `spark`, as Spark writes it; `spark_driver_host`: the address its workers find this machine at;
    `spark_wait_seconds`: how long to wait while it offers no worker.
    """

    municipality: int = 101
    municipality_name: str = "Københavns Kommune"
    youngest: int = 16
    oldest: int = 64
    threshold: int = 5
    rest_seconds: float = 30.0
    parts_wait_seconds: float = -1.0
    deadlines: Mapping[str, int] = field(default_factory=dict)
    inbox: str = ""
    from_month: str = ""
    engine: str = ENGINES[0]
    processes: int = 0
    spark_master: str = "local[*]"
    spark_driver_host: str = "127.0.0.1"
    spark_wait_seconds: float = 120.0

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise SettingsError("threshold skal være mindst 2, ellers beskytter den ingen.")
        if not 0 <= self.youngest <= self.oldest:
            raise SettingsError("youngest skal være højst lig med oldest.")
        if self.engine not in ENGINES:
            raise SettingsError(f"engine skal være en af: {', '.join(ENGINES)}.")
        if not MASTER.fullmatch(self.spark_master):
            raise SettingsError(
                "spark_master skal skrives som local[*], spark://maskine:7077, k8s://https://maskine:6443 eller yarn."
            )


def load_settings(home: Path) -> Settings:
    """The settings of a home; raises SettingsError for an unknown name or a value of the wrong kind."""
    path = home / FILE
    try:
        stated: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} kan ikke læses som TOML: {error}") from None
    known = {item.name: item for item in fields(Settings)}
    unknown = sorted(stated.keys() - known.keys())
    if unknown:
        raise SettingsError(f"{path} har en ukendt indstilling: {', '.join(unknown)}.")
    for name in known:
        text = os.environ.get(PREFIX + name.upper())
        if text is not None and name != "deadlines":
            stated[name] = text
    return Settings(**{name: _typed(name, value) for name, value in stated.items()})


def installation_of(settings: Settings) -> Installation:
    """What the settings say that the intake must know."""
    from sources.inbox import Rest
    from sources.intake import Installation

    patience = settings.parts_wait_seconds
    rest = Rest(settings.rest_seconds, patience if patience >= 0 else None)
    return Installation(rest, settings.municipality)


def write_settings(home: Path, said: Mapping[str, str]) -> None:
    """Write a settings file of texts; one that is there already is kept, for somebody may have edited it."""
    path = home / FILE
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lines = [
            f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")


def _typed(name: str, value: Any) -> Any:
    default = getattr(Settings(), name)
    if name == "deadlines":
        return {str(scheme): int(days) for scheme, days in dict(value).items()}
    try:
        return type(default)(value)
    except ValueError:
        raise SettingsError(f"indstillingen {name} har en værdi, der ikke kan bruges.") from None
