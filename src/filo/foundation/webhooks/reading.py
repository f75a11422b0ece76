"""Events for programs that ask: in an order in which nothing appears before what was already read."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from filo.foundation import clock
from filo.foundation.events.models import OutboxEvent

# Two relays that work side by side commit within this time of each other.
SETTLED_AFTER = timedelta(seconds=2)


def relayed_events() -> QuerySet[OutboxEvent]:
    """The events that were relayed a moment ago or before; to be read by (`relayed_at`, `id`).

    The sequence alone would not do: a number is given before its change commits, so a smaller one may come later.
    """
    return OutboxEvent.objects.filter(relayed_at__lte=clock.now() - SETTLED_AFTER)
