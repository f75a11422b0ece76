"""What comes round: letters, digests, what was put off, and forgetting."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily, every
from filo.foundation.notices.services.letters import send_digests, send_due
from filo.foundation.notices.services.reading import forget_read, wake_due


@every(minutes=1)
@job(label=_("Notices by mail"), atomic=False)
def send_notices(_context: JobContext) -> dict[str, int]:
    """Wake what was put off; send what nobody read in time and the quiet hours let through; send digests."""
    return {"woken": wake_due(), "letters": send_due(), "digests": send_digests()}


@daily(at="03:20")
@job(label=_("Old notices are forgotten"))
def forget_notices(_context: JobContext) -> int:
    """Delete what was read long ago."""
    return forget_read()
