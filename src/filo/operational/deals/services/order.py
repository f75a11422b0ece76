"""What a firm sets up stands in an order of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.operational.deals.models import (
    AssignmentRule,
    LossReason,
    Pipeline,
    PipelineStage,
    ScoreRule,
)

Ordered = TypeVar("Ordered", PipelineStage, LossReason, ScoreRule, AssignmentRule, Pipeline)


def put_in_order(principal: Principal, rows: Sequence[Ordered], keys: Sequence[UUID], *, kind: str) -> None:
    """Stand rows in the order of these keys; what is not named comes after. Raises `Forbidden`."""
    principal.require("settings", "edit")
    place = {key: number for number, key in enumerate(keys)}
    found = sorted(rows, key=lambda row: (place.get(row.pk, len(place)), row.position))
    with transaction.atomic():
        for number, row in enumerate(found):
            if row.position != number:
                changes = {"position": (row.position, number)}
                row.position = number
                row.save(update_fields=["position"])
                record(principal, f"{kind}.order", kind=kind, object_id=row.pk, changes=changes)
