"""Looks at back offices by the clock, and on request."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.models import Connection, Exchange
from filo.collaborative.connectors.services.syncing import sync
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.foundation.jobs.services import enqueue


@every(minutes=1)
@job(label=_("Look which back offices are due"), atomic=True)
def look_at_back_offices(_context: JobContext) -> dict[str, int]:
    """Have each one looked at whose time has come."""
    due = list(Connection.objects.filter(active=True, next_at__lte=clock.now()).values_list("pk", flat=True))
    for connection in due:
        enqueue(exchange_all, connection=str(connection), how="schedule")
    return {"connections": len(due)}


@job(label=_("Exchange with the back office"), queue="outward", attempts=1, atomic=False, announced=False)
def exchange_all(context: JobContext, *, connection: str, how: str) -> dict[str, int]:
    """Every subject of one back office, items before what is told of them; the first failure ends the look."""
    found = Exchange.objects.filter(connection_id=connection, active=True).select_related("connection")
    rows = 0
    for exchange in sorted(found, key=lambda one: one.pk):
        run = sync(system("back office"), exchange, how=how, tell=lambda done: context.progress(done))
        if run is None or run.state == "failed":
            break
        rows += run.rows_in
    return {"rows": rows}
