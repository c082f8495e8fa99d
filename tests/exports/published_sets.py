"""Small published sets, as they lie on the disk, for what reads them."""

from __future__ import annotations

import json
from pathlib import Path

HEADER = (
    "indicator,variant,period,group,dim1,value1,dim2,value2,numerator,denominator,value,low,high,unit,flag,break,"
    "definition_version"
)


def small_set(folder: Path, version: int = 1, month: str = "2020-06", rows: int = 3) -> Path:
    """A set of a month: rows of a count that is `version`, one of them hidden."""
    (folder / "data").mkdir(parents=True)
    lines = [
        HEADER,
        f"unemployed,narrow,{month},T,sex,kvinder,,,,,,,,personer,suppressed,,1",
        *(
            f"unemployed,narrow,{month},T,district,Bydel {number},,,{version},,{version},,,personer,,,1"
            for number in range(1, rows)
        ),
    ]
    (folder / "data" / "indicators.csv").write_text("\n".join(lines) + "\n", "utf-8")
    manifest = {"plan": "plan", "month": month, "version": version, "threshold": 5}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder
