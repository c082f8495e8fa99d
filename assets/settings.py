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
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.channels import Channels
from indicators.categories import TARGET_GROUP_RULES

if TYPE_CHECKING:
    from sources.intake import Installation

FILE = "midtvejs.toml"
PREFIX = "MIDTVEJS_"
ENGINES = ("local", "spark")
MASTER = re.compile(r"local(\[[\w,*]+\])?|spark://\S+:\d+|k8s://\S+|yarn")


class SettingsError(Exception):
    """The settings cannot be used; the message is one Danish sentence."""


class SourceNeededError(SettingsError):
    """The settings ask for what a source tells that was never delivered."""


@dataclass(frozen=True)
class Publish:
    """Where a published set goes beside its folder. `database`: a SQLAlchemy URL, blank for none; its password comes from
    MIDTVEJS_DATABASE_PASSWORD. `pdf`: whether LibreOffice makes a PDF of each new workbook."""

    database: str = ""
    pdf: bool = True


@dataclass(frozen=True)
class Retention:
    """How many days each kind is kept before `midtvejs prune` removes it.

    `deliveries`: raw files and tables of deliveries that newer ones have replaced, and of refused ones. `versions`:
    registers and figures no longer in force. `runs`: Dagster's runs with their events and logs; the newest success of each
    month stays. `notices`: notices. `whatif`: sets of what-if runs. `temporary`: what killed work left.
    """

    deliveries: int = 400
    versions: int = 35
    runs: int = 90
    notices: int = 90
    whatif: int = 30
    temporary: int = 7


@dataclass(frozen=True)
class Settings:
    """Settings of one installation.

    `threshold`: counts of persons from 1 to one below it are never shown. `rest_seconds`: how long a file must lie still.
    `parts_wait_seconds`: how long the parts that came must lie still before a delivery with one missing is given up, as
    `rest_seconds` when negative.
    `deadlines`: case deadline in days by scheme. `inbox`: where deliveries land, `<home>/inbox` when blank.
    `target_group_rule`: one of the specification's rules. `demonstration`: the deliveries are made up, and every sheet says
    that its figures are not the municipality's.
    `from_month`: the first month of the figures, the earliest baseline of the plans when blank. `engine`: where statistics
    are taken, one of ENGINES. `processes`: how many the engine `local` runs in, one a core when 0. `spark_master`: the
    cluster of the engine `spark`, as Spark writes it; `spark_driver_host`: the address its workers find this machine at;
    `spark_wait_seconds`: how long to wait while it offers no worker. `disk_floor_mb`: the free megabytes below which no run
    begins. `publish`: where sets go beside their folder. `notices`: where notices of faults go. `retention`: how long
    things are kept.
    """

    municipality: int = 101
    municipality_name: str = "Københavns Kommune"
    youngest: int = 16
    oldest: int = 64
    threshold: int = 5
    rest_seconds: float = 30.0
    parts_wait_seconds: float = -1.0
    deadlines: Mapping[str, int] = field(default_factory=dict)
    target_group_rule: str = TARGET_GROUP_RULES[0]
    demonstration: bool = False
    inbox: str = ""
    from_month: str = ""
    engine: str = ENGINES[0]
    processes: int = 0
    spark_master: str = "local[*]"
    spark_driver_host: str = "127.0.0.1"
    spark_wait_seconds: float = 120.0
    disk_floor_mb: int = 1024
    publish: Publish = field(default_factory=Publish)
    notices: Channels = field(default_factory=Channels)
    retention: Retention = field(default_factory=Retention)

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise SettingsError("threshold skal være mindst 2, ellers beskytter den ingen.")
        if not 0 <= self.youngest <= self.oldest:
            raise SettingsError("youngest skal være højst lig med oldest.")
        for name, choices in (("engine", ENGINES), ("target_group_rule", TARGET_GROUP_RULES)):
            if getattr(self, name) not in choices:
                raise SettingsError(f"{name} skal være en af: {', '.join(choices)}.")
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
    for name, default in vars(Settings()).items():
        if is_dataclass(default) and not isinstance(default, type):
            stated[name] = _table(name, default, stated.get(name, {}), path)
        elif name != "deadlines":
            stated |= _from_environment(name, name)
    return Settings(**{name: _typed(name, value) for name, value in stated.items()})


def installation_of(settings: Settings) -> Installation:
    """What the settings say that the intake must know."""
    from sources.inbox import Rest
    from sources.intake import Installation

    patience = settings.parts_wait_seconds
    rest = Rest(settings.rest_seconds, patience if patience >= 0 else None)
    return Installation(rest, settings.municipality)


def write_settings(home: Path, said: Mapping[str, str | bool]) -> None:
    """Write a settings file; one that is there already is kept, for somebody may have edited it."""
    path = home / FILE
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lines = [
            f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")


def _from_environment(name: str, variable: str) -> dict[str, str]:
    text = os.environ.get(PREFIX + variable.upper())
    return {} if text is None else {name: text}


def _table(name: str, default: Any, stated: Any, path: Path) -> Any:
    """A table of settings, such as `[notices]`; its variables are MIDTVEJS_NOTICES_<NAME>."""
    known = vars(default)
    unknown = sorted(stated.keys() - known.keys()) if isinstance(stated, dict) else [name]
    if unknown:
        raise SettingsError(f"{path} har en ukendt indstilling i [{name}]: {', '.join(unknown)}.")
    said = dict(stated)
    for own in known:
        said |= _from_environment(own, f"{name}_{own}")
    return type(default)(
        **{own: _as(known[own], value, f"{name}.{own}") for own, value in said.items()}
    )


def _typed(name: str, value: Any) -> Any:
    default = getattr(Settings(), name)
    if name == "deadlines":
        return {str(scheme): int(days) for scheme, days in dict(value).items()}
    return _as(default, value, name)


def _as(default: Any, value: Any, name: str) -> Any:
    """A value as its default is; texts of the environment are read."""
    if is_dataclass(default):
        return value
    if isinstance(default, bool) and isinstance(value, str):
        value = {"true": True, "1": True, "false": False, "0": False}.get(value.casefold())
    if isinstance(default, bool) and not isinstance(value, bool):
        raise SettingsError(f"indstillingen {name} skal være true eller false.")
    try:
        return type(default)(value)
    except ValueError:
        raise SettingsError(f"indstillingen {name} har en værdi, der ikke kan bruges.") from None
