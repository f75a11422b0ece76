"""Sends deliveries, replays the past to an endpoint, and forgets what is old."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.events.retention import forget_old_events
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily, every
from filo.foundation.webhooks.replaying import forget_old, replay_to
from filo.foundation.webhooks.sending import deliver_due


@every(minutes=5)  # it is woken by what is to be sent; this is for when the waking was lost with its process
@job(label=_("Webhooks: send events"), queue="outward", atomic=False)
def deliver(context: JobContext) -> int:
    """Send what is due to all endpoints side by side."""
    return deliver_due(context.cancelled)


@job(label=_("Webhooks: send the past again"), queue="long", atomic=False)
def replay(context: JobContext, *, endpoint: str, since: str) -> int:
    """Have everything since a moment sent to one endpoint again."""
    moment = datetime.fromisoformat(since)
    return replay_to(UUID(endpoint), moment, is_over=context.cancelled, told=context.progress)


@daily(at="03:50")
@job(label=_("Forget old events and deliveries"), queue="long", atomic=False)
def forget(context: JobContext) -> int:
    """Deliveries of a month ago, events of three months ago."""
    return forget_old() + forget_old_events(context.progress)
