"""A refused row about which nothing is to be done."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from filo.collaborative.connectors.models import RejectedRow
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import NotFound


def put_away(principal: Principal, row_id: UUID) -> RejectedRow:
    """It is no longer shown as something to be done; if it comes again it is told again."""
    principal.require("settings", "edit")
    with transaction.atomic():
        row = RejectedRow.objects.select_for_update().select_related("exchange").filter(pk=row_id).first()
        if row is None:
            raise NotFound
        if row.ended_at is None:
            row.ended_at = clock.now()
            row.save(update_fields=["ended_at"])
            changes = {"row": (row.key, "")}
            record(
                principal,
                "connection.put-away",
                kind="connection",
                object_id=row.exchange.connection_id,
                changes=changes,
            )
    return row
