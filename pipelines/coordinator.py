"""Who started a run: the name that the proxy in front signed in goes on the run's tags.

Belongs here: one run coordinator. Not here: signing in (`deploy/nginx`).
"""

from dagster import DagsterRun
from dagster._core.run_coordinator import QueuedRunCoordinator, SubmitRunContext

from sources.files import shown_text

USER_HEADER = "X-Midtvejs-User"
"""Set by the proxy on every request, and by nobody else: it overwrites what a browser sends."""
USER_TAG = "bruger"
LONGEST_NAME = 80


class NamedRunCoordinator(QueuedRunCoordinator):
    """Dagster's queue; a run launched from the pages is tagged with the user's name before it is queued."""

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Tag the run and queue it."""
        name = context.get_request_header(USER_HEADER)
        if name:
            tag = {USER_TAG: shown_text(name, LONGEST_NAME)}
            self._instance.add_run_tags(context.dagster_run.run_id, tag)
        return super().submit_run(context)
