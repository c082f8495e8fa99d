"""The tidy table as bytes and back."""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from exports.tidy import COLUMNS, read_tidy, tidy_bytes, write_tidy

HEADER = ",".join(COLUMNS)


def _table(builder: ModuleType, *rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def test_columns_are_those_of_the_specification() -> None:
    assert HEADER == (
        "indicator,variant,period,group,dim1,value1,dim2,value2,numerator,denominator,value,low,high,unit,flag,break,"
        "definition_version"
    )


def test_counts_are_integers_shares_full_precision_and_rows_sorted(builder: ModuleType) -> None:
    share = builder.row(
        "employment_rate",
        "any",
        "2020-06",
        "T",
        numerator=1.0,
        denominator=3.0,
        value=1 / 3,
        low=0.0,
        high=1.0,
    )
    count = builder.row(
        "benefit_state", "", "2020-06", "T", dim1="state", value1="employed", numerator=7, value=7
    )
    lines = tidy_bytes(_table(builder, share, count)).decode().splitlines()
    assert lines == [
        HEADER,
        "benefit_state,,2020-06,T,state,employed,,,7,,7,,,personer,,,registered-impairment v1",
        "employment_rate,any,2020-06,T,,,,,1,3,0.3333333333333333,0.0,1.0,andel,,,registered-impairment v1",
    ]


def test_a_mean_denominator_keeps_its_fraction(builder: ModuleType) -> None:
    rate = builder.row(
        "exit_rate_job",
        "narrow|12m",
        "2020-06",
        "T",
        numerator=9,
        denominator=17.25,
        value=9 / 17.25,
    )
    assert ",9,17.25,0.5217391304347826," in tidy_bytes(_table(builder, rate)).decode()


def test_same_bytes_whatever_row_order_and_column_order(builder: ModuleType) -> None:
    table = builder.protected_table().iloc[:500]
    shuffled = table.sample(frac=1, random_state=3)[list(reversed(COLUMNS))]
    assert tidy_bytes(shuffled) == tidy_bytes(table)


def test_reading_back_gives_the_same_bytes(builder: ModuleType, tmp_path: Path) -> None:
    table = builder.protected_table().iloc[::37]
    path = tmp_path / "indicators.csv"
    write_tidy(table, path)
    read = read_tidy(path)
    assert tidy_bytes(read) == path.read_bytes()
    assert len(read) == len(table)
    assert read["value"].dtype == "float64"


@pytest.mark.parametrize(
    "label", ["=1+1", "+45", "-2", "@x", "\tx", "'=x", "Nørre, Bro", 'a"b', "a\nb", "'plain"]
)
def test_labels_survive_and_none_begins_like_a_formula(
    builder: ModuleType, tmp_path: Path, label: str
) -> None:
    path = tmp_path / "one.csv"
    write_tidy(
        _table(
            builder,
            builder.row("unemployed", "wide", "2020-06", "T", dim1="job_centre", value1=label),
        ),
        path,
    )
    assert f",job_centre,{label[0]}" not in path.read_text("utf-8") or label[0] not in "=+-@\t"
    assert read_tidy(path)["value1"].tolist() == [label]


@pytest.mark.parametrize(
    ("variant", "group", "rule", "written"),
    [
        ("wide", "T", "registered-impairment v1", "wide"),  # the usual rule goes without saying
        ("wide", "T", "either v1", "wide|either v1"),
        ("", "R", "granted-compensation v1", "granted-compensation v1"),
        ("wide", "P", "either v1", "wide"),  # the population is the same under every rule
        ("wide", "", "either v1", "wide"),
    ],
)
def test_a_variant_names_a_target_group_rule_that_is_not_the_usual(
    builder: ModuleType, tmp_path: Path, variant: str, group: str, rule: str, written: str
) -> None:
    row = builder.row("unemployed", variant, "2020-06", group, definition_version=rule)
    path = tmp_path / "one.csv"
    write_tidy(_table(builder, row), path)
    assert f"unemployed,{written},2020-06,{group}," in path.read_text("utf-8")
    assert read_tidy(path)["variant"].tolist() == [variant]


@pytest.mark.parametrize("missing", [math.nan, None, pd.NA])
def test_a_missing_number_is_blank(builder: ModuleType, missing: object) -> None:
    hidden = builder.row(
        "unemployed", "wide", "2020-06", "T", numerator=missing, value=missing, flag="suppressed"
    )
    assert ",T,,,,,,,,,,personer,suppressed," in tidy_bytes(_table(builder, hidden)).decode()


def test_an_empty_table_is_a_header(builder: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    write_tidy(_table(builder), path)
    assert path.read_text() == f"{HEADER}\n"
    assert read_tidy(path).empty


def test_a_key_twice_an_infinite_number_and_a_lost_column_are_refused(
    builder: ModuleType, tmp_path: Path
) -> None:
    one = builder.row("unemployed", "wide", "2020-06", "T", numerator=7, value=7)
    with pytest.raises(ValueError, match="two rows"):
        tidy_bytes(_table(builder, one, one))
    with pytest.raises(ValueError, match="not finite"):
        tidy_bytes(_table(builder, {**one, "value": math.inf}))
    with pytest.raises(ValueError, match="missing columns"):
        tidy_bytes(_table(builder, one).drop(columns="flag"))
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="columns of a tidy table"):
        read_tidy(path)
