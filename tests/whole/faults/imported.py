"""What a night imports on its way, for the server that nights are forked from.

Belongs here: imports, and the job put together. Not here: anything that opens a file, starts a thread or reads the
environment.
"""

import great_expectations  # noqa: F401
import openpyxl  # noqa: F401
import sqlalchemy.dialects.sqlite  # noqa: F401

import exports.workbook.book  # noqa: F401
from pipelines.definitions import defs
from pipelines.jobs import NIGHTLY

defs.resolve_job_def(NIGHTLY)
