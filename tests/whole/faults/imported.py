"""What a night imports on its way, for the server that nights are forked from.

Belongs here: imports, and the job put together. Not here: anything that opens a file, starts a thread or reads the
environment.
"""

import alembic.command  # noqa: F401
import great_expectations  # noqa: F401
import highspy  # noqa: F401
import openpyxl  # noqa: F401
import pyarrow.dataset  # noqa: F401
import sqlalchemy.dialects.sqlite  # noqa: F401

import assets.computing
import assets.publishing  # noqa: F401
import exports.web.page
import exports.workbook.book  # noqa: F401
import pipelines.aftermath
import pipelines.event_log  # noqa: F401
from pipelines.definitions import defs
from pipelines.jobs import NIGHTLY

defs.resolve_job_def(NIGHTLY)
