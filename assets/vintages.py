"""A report beside the set it follows: which published figures changed, and which delivery can have brought the change.

Belongs here: finding the set, and the cause of a change from the two sets' inputs. Not here: what is a revision
(`exports.revisions`), which set comes before (`exports.published_sets`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from assets.recipes import sources_of
from expectations.contract import load
from exports.published_sets import MANIFEST, Origin
from exports.revisions import Revisions, compare
from exports.tidy import read_tidy
from indicators.catalogue import catalogue
from plans.wording import month_words

NONE_BEFORE = "Der er ikke et tidligere sæt at sammenligne med."
OF_PROGRAM = "programmet, der er ændret siden"
OF_SETTINGS = "indstillingerne, der er ændret siden"
OF_PROTECTION = "diskretionskontrollen, fordi andre tal er ændret"


def revisions(table: pd.DataFrame, origin: Origin, before: Path | None) -> Revisions:
    """What `table`, made of `origin`, shows otherwise than the published set `before`."""
    if before is None:
        return Revisions("", (), note=NONE_BEFORE)
    manifest = json.loads((before / MANIFEST).read_text("utf-8"))
    old = read_tidy(before / "data" / "indicators.csv")
    found = compare(old, table, cache(cause_of(manifest, origin)))
    return replace(found, since=f"{month_words(manifest['month'])}, version {manifest['version']}")


def cause_of(manifest: Mapping[str, Any], origin: Origin) -> Callable[[str], str]:
    """By indicator: the deliveries in force now and not then, of the sources it is made from; else what else is new."""
    then = {(one["source"], one["delivery_id"]) for one in manifest["inputs"]}
    news = [one for one in origin.inputs if (one.source, one.delivery_id) not in then]
    own = ("figures", "not_in_force")
    settings = {k: v for k, v in origin.settings.items() if k not in own}
    said = {k: v for k, v in manifest["settings"].items() if k not in own}

    def cause(indicator: str) -> str:
        rule = str(origin.settings["target_group_rule"])
        sources = sources_of(catalogue()[indicator].area, rule)
        brought = [
            f"{load(one.source).title} ({one.delivery_id})" for one in news if one.source in sources
        ]
        if brought:
            return ", ".join(brought)
        if settings != said or origin.threshold != manifest["threshold"]:
            return OF_SETTINGS
        return OF_PROGRAM if origin.code_version != manifest["code_version"] else OF_PROTECTION

    return cause
