"""The graph as Dagster sees it: names, groups, what every asset must have, and how lightly it loads."""

from __future__ import annotations

import subprocess
import sys

import dagster as dg
import pytest

from assets.gate import RETRY, WRITES_HOME, failure
from expectations.checks import checks_for
from expectations.contract import SOURCES, load
from pipelines.definitions import build_definitions
from pipelines.jobs import NIGHTLY

GRAPH = {
    "deliveries": {"inbox", *(f"delivered_{source}" for source in SOURCES)},
    "registers": {
        *("register_people", "register_weeks", "register_income", "register_impairments"),
        *("register_compensation", "register_fleksjob", "register_spending"),
        *("register_courses", "register_shared_cases"),
    },
    "statistics": {
        *("statistics_employment", "statistics_unemployment", "statistics_exits"),
        *("statistics_compensation", "statistics_fleksjob", "statistics_spending"),
        *("statistics_programmes", "statistics_hires", "statistics_cooperation"),
        *("statistics_employers", "statistics_own_employer", "statistics_budgets"),
        "statistics_kept_registers",
    },
    "reports": {
        "report_indicators",
        "report_handicappolitik_2009_2012",
        "report_indsatsplan_2018_2022",
        "report_bi05_2024_2027",
    },
}
# In one order: processes that share the tests have to count the same ones.
SPECS = {
    spec.key.to_user_string(): spec
    for spec in sorted(build_definitions().resolve_all_asset_specs(), key=lambda spec: spec.key)
}


def test_the_graph() -> None:
    groups: dict[str, set[str]] = {}
    for name, spec in SPECS.items():
        groups.setdefault(spec.group_name or "", set()).add(name)
    assert groups == GRAPH


@pytest.mark.parametrize("name", SPECS)
def test_every_asset_says_what_it_is(name: str) -> None:
    spec = SPECS[name]
    assert spec.description
    assert spec.owners
    assert spec.kinds
    assert spec.tags["persondata"]


@pytest.mark.parametrize("name", SPECS)
def test_data_flow_one_way(name: str) -> None:
    order = list(GRAPH)
    own = order.index(SPECS[name].group_name or "")
    for dep in SPECS[name].deps:
        assert order.index(SPECS[dep.asset_key.to_user_string()].group_name or "") <= own


@pytest.mark.parametrize("source", SOURCES)
def test_every_expectation_is_a_check(source: str) -> None:
    checks = build_definitions().resolve_asset_graph().asset_check_keys
    names = {key.name for key in checks if key.asset_key == dg.AssetKey(f"delivered_{source}")}
    assert names == {spec.name for spec in checks_for(load(source))}


def test_definitions_load_without_an_installation_and_without_heavy_libraries() -> None:
    program = (
        "import sys, pipelines.definitions;"
        "print([m for m in ('great_expectations', 'pandas', 'pyarrow', 'openpyxl', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", SPECS)
def test_every_asset_waits_out_a_fault_of_the_machine_and_writes_alone(name: str) -> None:
    assets = build_definitions().resolve_asset_graph().assets_defs
    (made,) = [one for one in assets if dg.AssetKey(name) in one.keys]
    assert isinstance(made.op, dg.OpDefinition)
    assert made.op.retry_policy == RETRY
    assert made.op.pool == WRITES_HOME


def test_only_a_fault_of_the_machine_is_tried_again() -> None:
    again = [code for code in (2, 10, 20, 30, 40) if failure("Fejl.", code).allow_retries]
    assert again == [30]


def test_jobs_schedules_and_sensors_say_what_they_do_in_danish() -> None:
    definitions = build_definitions()
    parts = [
        *(definitions.jobs or ()),
        *(definitions.schedules or ()),
        *(definitions.sensors or ()),
    ]
    assert {part.name for part in parts} == {
        *("midtvejsstatus", "whatif", "every_night", "inbox_watch", "after_runs"),
    }
    for part in parts:
        assert part.description, part.name


def test_a_server_loads_the_whole_location() -> None:
    """What `midtvejs ui` needs and a job run alone does not: no two ops or jobs of one name."""
    dg.Definitions.validate_loadable(build_definitions())


def test_a_night_has_a_longest_time() -> None:
    assert build_definitions().resolve_job_def(NIGHTLY).tags["dagster/max_runtime"] == "21600"
