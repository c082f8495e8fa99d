"""Which cells of a system are hidden, for tests that protect one beside others.

Belongs here: the choice a caller hands to `protect_again`. Not here: the systems, what must hold (the tests).
"""

from __future__ import annotations

from disclosure.patterns.cells import CellSystem, ProtectionError, Statuses
from disclosure.patterns.choice import protect


def chosen(system: CellSystem) -> Statuses:
    """Raises ProtectionError, which names them, when small counts cannot be made safe."""
    done = protect(system)
    if len(done.unsafe):
        raise ProtectionError(done.unsafe)
    return done.hidden
