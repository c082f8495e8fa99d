"""The plan's CSV files as a reader of them finds them: hidden stays hidden, text stays text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from exports.open_data.files import PLAN_TABLES
from exports.plan_files.activities import ACTIVITIES
from exports.plan_files.budget import BUDGET
from exports.plan_files.goals import GOALS
from exports.plan_files.revised import REVISIONS
from exports.plan_files.table import PlanTable
from exports.report import Report
from plans.figures import Figure


def rows(table: PlanTable[Any], report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.content(report).decode("utf-8"))))


@pytest.mark.parametrize("table", PLAN_TABLES, ids=lambda table: table.name)
def test_a_file_has_a_row_a_part_of_the_plan_and_its_key_is_unique(
    table: PlanTable[Any], report: Report
) -> None:
    found = rows(table, report)
    assert len(found) == len(table.rows(report)) > 0
    keys = [tuple(row[name] for name in table.file.key) for row in found]
    assert len(set(keys)) == len(keys)
    assert {row["plan"] for row in found} == {report.plan.id}
    for field in table.file.fields:
        cells = {row[field.name] for row in found}
        assert not (field.required and "" in cells), field.name
        assert not field.one_of or cells <= {*field.one_of, ""}, field.name


def test_what_the_office_wrote_is_text_and_shows_no_cpr_number(report: Report) -> None:
    texts = [
        '=HYPERLINK("x")',
        "+1",
        "-1",
        "@a",
        "\t=b",
        "'=d",
        "a\r\nb\x00\u2028c",
        "rullestol 070761-4286 ok",
    ]
    activities = [
        replace(one, comment=texts[number % len(texts)])
        for number, one in enumerate(report.following.activities)
    ]
    changed = replace(report, following=replace(report.following, activities=tuple(activities)))
    found = [row["comment"] for row in rows(ACTIVITIES, changed)][: len(texts)]
    safe = ['\'=HYPERLINK("x")', "'+1", "'-1", "'@a", "'=b", "''=d"]
    assert found == [*safe, "a b c", "rullestol ******-**** ok"]


def test_a_hidden_figure_shows_its_flag_and_no_number(report: Report, builder: ModuleType) -> None:
    table = report.table.copy()
    hidden = (table["indicator"] == "ltu_80") & (table["period"] == report.month)
    table.loc[hidden, ["numerator", "denominator", "value", "low", "high"]] = float("nan")
    table.loc[hidden, "flag"] = "suppressed"
    found = {row["goal"]: row for row in rows(GOALS, builder.report(table))}
    row = found["langtidsledige"]
    assert (row["latest"], row["latest_flag"]) == ("", "suppressed")
    assert row["verdict"] == "not_assessable"
    assert "kan ikke vises af hensyn til diskretion" in row["reason"]


def test_a_plan_without_target_has_a_blank_one(report: Report) -> None:
    goals = [row for row in rows(GOALS, report) if row["goal"] == "langtidsledige"]
    assert [(row["target"], row["expected"]) for row in goals] == [("", "")]


def test_money_is_never_summed_and_a_hidden_sum_is_blank(report: Report) -> None:
    few = Figure("2020-06", None, None, None, None, None, "kr.", "suppressed")
    hidden = replace(report, budgets=(replace(report.budgets[0], spent=few, share=few),))
    row = rows(BUDGET, hidden)[0]
    assert (row["spent"], row["share"], row["spent_flag"]) == ("", "", "suppressed")
    levels = [(row["line"], row["year"], row["price_level"]) for row in rows(BUDGET, report)]
    assert len(levels) == len(report.budgets)


def test_a_revision_to_or_from_hidden_shows_neither_number(report: Report) -> None:
    for row in rows(REVISIONS, report):
        both = row["old_state"] == row["new_state"] == "shown"
        assert both == bool(row["old"]) == bool(row["new"])
