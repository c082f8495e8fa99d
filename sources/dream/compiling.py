"""Functions compiled to machine code: numba behind one module (ADR 0027).

Belongs here: how they are compiled and kept. Does not belong here: the functions, which are loops over
whole files that numpy would go through several times (`dream.line_kernel`, `dream.group_kernel`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., Any])


def compiled(function: _Function) -> _Function:
    """Compile a function when it is first called, letting go of the interpreter's lock.

    It is kept for the next process where there is a place to write to: beside the module, in
    NUMBA_CACHE_DIR, or among the user's caches.
    """
    try:
        made = njit(nogil=True, cache=True)(function)
    except RuntimeError:
        made = njit(nogil=True)(function)
    return cast(_Function, made)
