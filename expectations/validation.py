"""Great Expectations over a stored table: the only module that evaluates with the library.

Belongs here: turning check specs into one suite, running it batch by batch, and copying *counts*
out. Importing the library costs seconds and 200 MB, so it is imported inside functions. Result
format is BASIC with partial lists switched off, so that counts come out and no offending value
does. Does not belong here: reading files, deciding what a failed check means.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from expectations.checks import CheckResult, CheckSpec, result, table_checks
from expectations.contract import Table, stored_columns

_RESULT_FORMAT = {
    "result_format": "BASIC",
    "partial_unexpected_count": 0,
    "exclude_unexpected_values": True,
}


def quiet_library() -> None:
    """Import the library, having settled that it posts no usage; it looks once, when it is imported.

    Raises RuntimeError where pyspark lacks its part `connect`: the import would end the process, with exit code 0.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    try:
        import great_expectations  # noqa: F401
    except SystemExit:
        broken = True
    else:
        broken = False
    if broken:
        raise RuntimeError(
            "great-expectations ends the process beside this pyspark; run 'make spark'"
        )


def profile_columns(table: Table) -> tuple[str, ...]:
    """The columns `validate` expects: a profile a person for DREAM, otherwise the table."""
    if table.wide:
        return ("person", "weeks_with_code", "wage_months")
    return tuple(column.name for column in stored_columns(table))


class Library:
    """Great Expectations set up when it is first needed; one serves all tables of a delivery."""

    @cached_property
    def batch(self) -> Any:
        """A batch definition of an ephemeral context, which takes a whole frame."""
        quiet_library()
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("table").add_dataframe_asset("table")
        return asset.add_batch_definition_whole_dataframe("batch")


def validate(
    table: Table,
    batches: Iterable[pd.DataFrame],
    prefix: str = "",
    library: Library | None = None,
) -> list[CheckResult]:
    """Evaluate a table's checks (named with `prefix`) over all batches, one suite run a batch.

    A check passes when it passes in every batch; the row floor is held against all rows
    together. No batch, a missing column or an exception inside the library means not evaluated,
    hence failed; only where a table may be empty, no rows break no rule.
    """
    specs = table_checks(table, prefix)
    totals = {spec.name: _Total() for spec in specs}
    runner: _Runner | None = None
    for batch in batches:
        runner = runner or _Runner(specs, library or Library())
        for name, verdict in runner.run(batch).items():
            totals[name].add(*verdict)
    if runner is None and not table.row_floor:
        return [result(spec, True, {"rows": 0, "unexpected": 0}) for spec in specs]
    results = []
    for spec in specs:
        total = totals[spec.name]
        if spec.form == "row_floor":
            floor = spec.minimum if isinstance(spec.minimum, int | float) else 0
            passed = total.rows >= floor
            # No batch at all is an empty table, and that is a verdict on the floor.
            evaluated = total.evaluated or total.batches == 0
            results.append(result(spec, passed, {"rows": total.rows}, evaluated=evaluated))
            continue
        counts: dict[str, int | float] = {"rows": total.rows, "unexpected": total.unexpected}
        results.append(result(spec, total.passed, counts, evaluated=total.evaluated))
    return results


class _Total:
    """Verdict and counts of one check added over batches."""

    def __init__(self) -> None:
        self.batches = 0
        self.passed = True
        self.all_evaluated = True
        self.rows = 0
        self.unexpected = 0

    @property
    def evaluated(self) -> bool:
        return self.batches > 0 and self.all_evaluated

    def add(self, evaluated: bool, passed: bool, counts: Mapping[str, int]) -> None:
        self.batches += 1
        self.all_evaluated &= evaluated
        self.passed &= passed
        self.rows += counts.get("rows", 0)
        self.unexpected += counts.get("unexpected", 0)


class _Runner:
    """One suite, run on one in-memory batch at a time."""

    def __init__(self, specs: tuple[CheckSpec, ...], library: Library) -> None:
        self._specs = specs
        self._batch = library.batch
        import great_expectations as gx

        self._suite = gx.ExpectationSuite(
            name="contract", expectations=[_expectation(gx, spec) for spec in specs]
        )

    def run(self, frame: pd.DataFrame) -> dict[str, tuple[bool, bool, dict[str, int]]]:
        """For each check name: evaluated, passed, counts."""
        failed = {spec.name: (False, False, {"rows": len(frame)}) for spec in self._specs}
        try:
            outcome = self._batch.get_batch({"dataframe": _quick(frame, self._specs)}).validate(
                self._suite, result_format=_RESULT_FORMAT
            )
        except Exception:
            # The library's message may hold cell values: the checks count as not evaluated instead.
            return failed
        found = dict(failed)
        for item in outcome.results:
            config: Any = item.expectation_config
            name = str(config.meta["check"])
            raised = _raised(item.exception_info)
            facts: dict[str, Any] = item.result or {}
            unexpected = int(facts.get("unexpected_count") or 0)
            found[name] = (
                not raised,
                bool(item.success),
                {"rows": len(frame), "unexpected": unexpected},
            )
        return found


def _quick(frame: pd.DataFrame, specs: tuple[CheckSpec, ...]) -> pd.DataFrame:
    """The same values in the types that the library compares whole columns of.

    It goes cell by cell through any other integer than int64 and any timestamp but one of
    nanoseconds, and makes a hash of every column of the frame, asked about or not. Measured in
    `benchmarks/validation.py`.
    """
    asked = {name for spec in specs for name in spec.columns}
    coded = {spec.columns[0] for spec in specs if spec.form == "in_set"}
    columns: dict[str, pd.Series[Any]] = {}
    for name in frame.columns:
        if name not in asked:
            continue
        column = frame[name]
        if column.dtype.kind == "M":
            # A date that nanoseconds cannot hold stays as it is, and is compared cell by cell.
            with suppress(pd.errors.OutOfBoundsDatetime):
                column = column.astype("datetime64[ns]")
        elif column.dtype.kind == "i":
            column = column.astype("int64")
        elif name in coded:
            column = column.astype("category")
        columns[name] = column
    return pd.DataFrame(columns, index=frame.index)


def _raised(info: Any) -> bool:
    """Whether an expectation raised; the mark lies one level down for metric errors."""
    if not isinstance(info, Mapping):
        return False
    if "raised_exception" in info:
        return bool(info["raised_exception"])
    return any(_raised(inner) for inner in info.values())


def _expectation(gx: Any, spec: CheckSpec) -> Any:
    meta = {"check": spec.name}
    kinds = gx.expectations
    if spec.form == "row_floor":
        # Only the total over all batches is held against the floor; here the rows are just counted.
        return kinds.ExpectTableRowCountToBeBetween(min_value=0, meta=meta)
    if spec.form == "not_null":
        return kinds.ExpectColumnValuesToNotBeNull(column=spec.columns[0], meta=meta)
    if spec.form == "in_set":
        return kinds.ExpectColumnValuesToBeInSet(
            column=spec.columns[0], value_set=list(spec.values), meta=meta
        )
    if spec.form == "between":
        return kinds.ExpectColumnValuesToBeBetween(
            column=spec.columns[0],
            min_value=_bound(spec.minimum),
            max_value=_bound(spec.maximum),
            strict_min=spec.strict_minimum,
            meta=meta,
        )
    first, second = spec.columns
    return kinds.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=second,
        column_B=first,
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        meta=meta,
    )


def _bound(bound: str | float | None) -> float | np.datetime64 | pd.Timestamp | None:
    """A contract bound as the frame holds it: dates as timestamps, months as a running number."""
    if bound is None or isinstance(bound, int | float):
        return bound
    parts = [int(part) for part in bound.split("-")]
    if len(parts) == 2:
        return float(parts[0] * 12 + parts[1] - 1)
    return pd.Timestamp(year=parts[0], month=parts[1], day=parts[2])
