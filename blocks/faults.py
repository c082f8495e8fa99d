"""What is said when an engine cannot be had or gives up; apart, so that it can be named without loading Arrow or Spark.

Belongs here: the exceptions, each with one Danish sentence and never a value. Not here: damaged blocks (`damage`).
"""

from __future__ import annotations


class EngineMissingError(Exception):
    """The engine asked for is not installed on this machine."""


class EngineUnavailableError(Exception):
    """The engine is there but cannot be reached, or gave up: a fault of machines, not of data."""


class BlockFailedError(Exception):
    """The function raised on a block; the message tells where and what kind, not the function's own words."""
