"""Note how large things are, for whoever reckons with it: growth, and the planner of the database."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from filo.foundation.bulk import learn_grown
from filo.foundation.health import services
from filo.foundation.health.checks.database import size_of_database
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily, every


@daily(at="04:10")
@job(label=_("Note how large things are"))
def note_sizes(context: JobContext) -> int:
    """So that growth can be reckoned."""
    services.note_figures({"disk-used": shutil.disk_usage(settings.DATA_DIR).used, "database-size": size_of_database()})
    return services.forget_silent()


@every(minutes=10)
@job(label=_("Look how large the tables are"))
def look_at_tables(context: JobContext) -> int:
    """Without autovacuum PostgreSQL would plan as if what came in were not there."""
    return learn_grown()
