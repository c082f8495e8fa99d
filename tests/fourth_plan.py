"""A plan that does not ship: one file in a folder.

Belongs here: writing it. Not here: what is expected of it.
"""

from __future__ import annotations

from pathlib import Path

ID = "egen-plan-2020"
TITLE = "Kontorets egen plan 2020"
YAML = f"""
id: {ID}
title: {TITLE}
short_title: Egen plan 2020
owner: Forvaltningen
committee: Udvalget
start: 2019
end: 2021
dated: 2019-01-15
target_groups:
  - {{id: v1, title: Målgruppen, words: Borgere med funktionsnedsættelse, source: Planen}}
themes:
  - id: '1'
    title: Det ene tema
    objectives:
      - id: '1.1'
        title: Den ene målsætning
        activities:
          - {{id: 1.1.a, title: Den ene aktivitet, period: {{raw: Hele perioden, start: 2019, end: 2021}}}}
goals:
  - {{id: færre, objective: '1.1', title: Færre langtidsledige, indicator: ltu_80, variant: narrow, group: T,
     direction: down, baseline: 2020-01, target: null}}
milestones:
  - {{id: status, title: Status i udvalget, due: 2020-06-30, raw: Midt 2020}}
"""


def add(folder: Path) -> Path:
    """Write the plan in a folder of plans; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{ID}.yaml").write_text(YAML, "utf-8")
    return folder
