"""Hears every event and keeps it for the endpoints that listen."""

from __future__ import annotations

from collections.abc import Sequence

from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.registry import on_every
from filo.foundation.webhooks.collecting import collect


@on_every
def keep_for_endpoints(rows: Sequence[OutboxEvent]) -> None:
    """Deliveries are rows here; sending them is a job."""
    collect(rows)
