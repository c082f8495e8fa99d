"""The workbook as a tagged PDF/UA, made by LibreOffice where it is installed.

Belongs here: running LibreOffice within bounds, and settling the times and random ids it stamps. Not here:
what the workbook says, and whether a set gets a PDF (`assets.publishing`).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from datetime import date
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_WAIT = 180.0
_FILTER = (
    'pdf:calc_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
# The language of the document is that of the program's own settings.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse">\
<value>da-DK</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">\
<value>da-DK</value></prop></item>
</oor:items>
"""
_STAMPS = (
    (re.compile(rb"/CreationDate\(D:\d{14}"), "/CreationDate(D:{day}000000"),
    (re.compile(rb"<xmp:CreateDate>[\d-]{10}T[\d:]{8}"), "<xmp:CreateDate>{iso}T00:00:00"),
)
_IDS = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\s])")


class NoPdf(RuntimeError):  # noqa: N818 - told in words
    """There is no PDF; the message is one Danish sentence that says why."""


def write_pdf(workbook: Path, day: date) -> Path:
    """Write the PDF beside the workbook and return its path.

    The same workbook gives the same bytes with the same LibreOffice and fonts; with others it may not. Raises `NoPdf`
    when LibreOffice is not installed, fails, or takes longer than three minutes; nothing is then left behind.
    """
    program = next((found for found in map(shutil.which, _NAMES) if found), None)
    if program is None:
        raise NoPdf("PDF er udeladt: LibreOffice er ikke installeret.")
    target = workbook.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix="midtvejs-pdf-") as folder:
        user = Path(folder) / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        command = [
            program,
            f"-env:UserInstallation=file://{user.parent}",
            *("--headless", "--norestore", "--convert-to", _FILTER, "--outdir", folder),
            str(workbook.resolve()),
        ]
        _run(command, folder)
        made = Path(folder) / target.name
        if not made.is_file():
            raise NoPdf("PDF er udeladt: LibreOffice lavede ingen fil.")
        target.write_bytes(_settled(made.read_bytes(), day))
    return target


def _run(command: list[str], home: str) -> None:
    """Run to the end or kill it with all it started; what it prints is nobody's."""
    surroundings = {**os.environ, "HOME": home}
    with subprocess.Popen(  # noqa: S603 - a program found by name, with our own arguments
        command,
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_WAIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise NoPdf("PDF er udeladt: LibreOffice blev ikke færdig.") from None


def _settled(content: bytes, day: date) -> bytes:
    """The PDF with the report's day for the time of writing and ids made of its content; nothing moves."""
    for pattern, form in _STAMPS:
        stamp = form.format(day=f"{day:%Y%m%d}", iso=day.isoformat()).encode("ascii")
        content = pattern.sub(stamp, content)
    plain = _IDS.sub(b"0" * 32, content)
    own = hashlib.sha256(plain).hexdigest()[:32].upper().encode("ascii")
    return _IDS.sub(own, content)
