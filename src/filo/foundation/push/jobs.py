"""The hourly tidying of what no page can want to hear any more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.foundation.push import services


@every(hours=1)
@job(label=_("Forget what open pages have heard"))
def forget_old_messages(context: JobContext) -> int:
    """Delete the messages of yesterday."""
    return services.forget_old()
