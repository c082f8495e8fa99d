"""Our own packages as one archive that workers can import from.

Belongs here: making the archive. Not here: sending it (`spark_session`). It goes first on a worker's path, so that a worker
runs the code of the process that asks, whatever is installed there.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

KINDS = (".py", ".yaml", ".csv", ".json")


def zipped(packages: Sequence[str], folder: Path) -> Path:
    """An archive of the packages in `folder`, named by its content and the same bytes for the same code."""
    content: dict[str, bytes] = {}
    for package in packages:
        with as_file(files(package)) as root:
            for path in sorted(root.rglob("*")):
                if path.suffix in KINDS and path.is_file():
                    content[f"{package}/{path.relative_to(root).as_posix()}"] = path.read_bytes()
    digest = hashlib.sha256()
    for name, body in content.items():
        digest.update(f"{name}\0{len(body)}\0".encode() + body)
    archive = folder / f"midtvejs-{digest.hexdigest()[:16]}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in content.items():
            out.writestr(zipfile.ZipInfo(name), body)
    return archive
