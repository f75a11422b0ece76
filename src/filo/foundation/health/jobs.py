"""Once a day: note how large things are, and forget who fell silent."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from filo.foundation.health import services
from filo.foundation.health.checks.database import size_of_database
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily


@daily(at="04:10")
@job(label=_("Note how large things are"))
def note_sizes(context: JobContext) -> int:
    """So that growth can be reckoned."""
    services.note_figures({"disk-used": shutil.disk_usage(settings.DATA_DIR).used, "database-size": size_of_database()})
    return services.forget_silent()
