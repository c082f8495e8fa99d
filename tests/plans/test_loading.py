"""A broken plan file is refused with one sentence that names the file and the place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indicators.catalogue import catalogue
from plans.loading import PlanError, load_plan, read_plan

GOOD = """
id: prøve
title: En prøve
short_title: Prøve
owner: Forvaltningen
committee: Udvalget
start: '2018'
end: '2022'
dated: 2018-06
target_groups:
  - {id: v1, title: Den eneste, words: Borgere, source: Planen}
themes:
  - id: '1'
    title: Et tema
    objectives:
      - id: '1.1'
        title: En målsætning
        activities:
          - {id: 1.1.a, title: Den ene, period: {raw: Igangværende}}
          - {id: 1.1.b, title: Den anden, period: {raw: Til 2019, end: '2019'}, parent: 1.1.a}
goals:
  - {id: mål, objective: '1.1', title: Færre, indicator: ltu_80, variant: narrow, group: T,
     direction: down, baseline: 2018-06, target: 100, deadline: 2022-06}
milestones:
  - {id: status, title: Status, due: 2020-06, raw: Midt 2020}
"""


def read(tmp_path: Path, text: str) -> object:
    file = tmp_path / "prøve.yaml"
    file.write_text(text, "utf-8")
    return read_plan(file, catalogue())


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("id: prøve", "id: andet", "id: andet er ikke filens navn."),
        ("dated: 2018-06", "dated: 2018-06-31", "dated: datoen findes ikke i kalenderen."),
        ("owner: Forvaltningen\n", "", "owner: feltet mangler."),
        ("owner:", "ejer: x\nowner:", "ejer: ukendt felt."),
        ("end: '2022'", "end: 2022-13", "end: ugyldig værdi."),
        ("title: En prøve", "title: [En prøve", "linje 4: filen er ikke gyldig YAML."),
        ("dated: 2018-06", "dated: ''", "dated: ugyldig værdi."),
        ("direction: down", "direction: ned", "goals[0].direction: ugyldig værdi."),
        (
            "end: '2019'",
            "end: '2019', open_ended: true",
            "themes[0].objectives[0].activities[1].period: "
            "perioden har både en slutdato og ingen slutdato.",
        ),
        (
            "end: '2019'",
            "end: '2019', start: '2020-01'",
            "themes[0].objectives[0].activities[1].period: perioden slutter, før den begynder.",
        ),
        ("id: 1.1.b", "id: 1.1.a", "activities: 1.1.a står to gange."),
        (
            "parent: 1.1.a",
            "parent: 1.2.a",
            "activities 1.1.b: målsætningen har ingen 1.2.a.",
        ),
        ("objective: '1.1'", "objective: '9'", "goals mål: der er ingen målsætning 9."),
        ("ltu_80", "ltu_81", "goals mål: kataloget har ingen indikator ltu_81."),
        ("variant: narrow", "variant: bred", "goals mål: ltu_80 har ingen variant bred."),
        (
            "direction: down",
            "direction: up",
            "goals mål: ltu_80 skal efter kataloget den anden vej.",
        ),
        (
            "deadline: 2022-06",
            "deadline: 2018-06",
            "goals mål: fristen ligger ikke efter udgangspunktet.",
        ),
        ("due: 2020-06", "due: 30.6.2020", "milestones[0].due: ugyldig værdi."),
        (
            "raw: Igangværende}",
            "raw: Igangværende}, continues: [x]",
            "activities 1.1.a: der er ingen aktivitet x.",
        ),
        (
            "raw: Igangværende}",
            "raw: Igangværende}, budget_lines: [x]",
            "activities 1.1.a: der er ingen budgetlinje x.",
        ),
        (
            "raw: Igangværende}",
            "raw: Igangværende}, indicators: [x]",
            "activities 1.1.a: kataloget har ingen indikator x.",
        ),
        (
            "milestones:",
            "kept: [{id: k, title: K, kept_in: partners, columns: [navn, x]}]\nmilestones:",
            "kept k: registret partners har ingen kolonne x.",
        ),
        (
            "milestones:",
            "references: [{figure: emp_with, year: 1999}]\nmilestones:",
            "references: der er intet emp_with for 1999.",
        ),
        (
            "milestones:",
            "legal_breaks: [{id: b, title: B, when: 2019-02-01, source: S}]\nmilestones:",
            "legal_breaks b: kataloget har intet databrud i 2019-02.",
        ),
        (
            "milestones:",
            "deliverables: [{id: d, title: D, same_as: d}]\nmilestones:",
            "deliverables d: der er ingen leverance d.",
        ),
        (
            "milestones:",
            "process: [{id: status, title: P, when: 2019, body: B}]\nmilestones:",
            "milestones: status står to gange.",
        ),
        (
            "milestones:",
            "findings: [{id: f, title: F, source: S}, {id: f, title: G, source: S}]\nmilestones:",
            "findings: f står to gange.",
        ),
        ("id: prøve", "- id: prøve", "linje 3: filen er ikke gyldig YAML."),
    ],
)
def test_one_sentence_a_fault(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    with pytest.raises(PlanError, match=f"^{re.escape(f'prøve.yaml, {sentence}')}$"):
        read(tmp_path, GOOD.replace(old, new, 1))


def test_a_file_that_is_no_plan_at_all(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"^prøve.yaml, filen: ugyldig værdi\.$"):
        read(tmp_path, "bare en tekst")


def test_a_missing_file_and_an_unknown_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"^ingen\.yaml kan ikke læses"):
        read_plan(tmp_path / "ingen.yaml", catalogue())
    with pytest.raises(PlanError, match=r"Der er ingen plan ukendt; planerne er .*indsatsplan"):
        load_plan("ukendt")
