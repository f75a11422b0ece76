"""From what is sent about imports to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.rest.answers import answer
from filo.operational.parties.models import Party
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.queries import as_seen, shown_columns


def turning(batch: ImportBatch) -> HttpResponse:
    """How far turning back is."""
    return answer(shape(batch), status=202, headers={"Location": f"/api/v1/imports/{batch.id}"})


def refuse_unknown(names: set[str]) -> None:
    """A form knows no fields but its own either."""
    if names:
        raise InvalidFields({name[:60]: _("There is no such field.") for name in sorted(names)[:20]})


def shape(batch: ImportBatch) -> dict[str, Any]:
    """As it is answered."""
    left = batch.time_left
    return {
        "id": batch.id,
        "file_name": batch.file_name,
        "kind": batch.kind,
        "mode": batch.mode,
        "conflict": batch.conflict,
        "keys": batch.keys,
        "make_firms": batch.make_firms,
        "source": batch.source,
        "format": batch.format,
        "sheet": batch.part,
        "program": batch.origin.partition(".")[0],
        "state": batch.state,
        "error": batch.error,
        "columns": [
            {"header": column.header, "field": column.field, "format": column.format}
            for column in from_json(batch.mapping)
        ],
        "total": batch.total,
        "done": batch.done,
        "created": batch.created,
        "updated": batch.updated,
        "unchanged": batch.unchanged,
        "rejected": batch.rejected,
        "duplicates": batch.duplicates,
        "with_warnings": batch.warned,
        "kept": batch.kept,
        "firms": batch.firms,
        "seconds": round(batch.seconds, 2),
        "rate": round(batch.rate, 1) if batch.rate else None,
        "seconds_left": round(left.total_seconds(), 1) if left is not None else None,
        "times": batch.times,
        "turned": batch.turned,
        "left": batch.left,
        "trial": batch.trial,
        "created_at": batch.created_at,
        "started_at": batch.started_at,
        "finished_at": batch.finished_at,
    }


def rows(principal: Principal, batch: ImportBatch, rows: list[ImportRow]) -> list[dict[str, Any]]:
    """The rows; a party is named, and a masked cell shown, only to whom may see it."""
    shown = shown_columns(principal, batch)
    parties = [row.party_id for row in rows if row.party_id]
    seen = set(Party.objects.visible_to(principal).filter(pk__in=parties).values_list("pk", flat=True))
    return [
        {
            "number": row.number,
            "outcome": row.outcome,
            "party": row.party_id if row.party_id in seen else None,
            "recognised_by": row.recognised_by,
            "cells": [cell if place >= len(shown) or shown[place] else "" for place, cell in enumerate(row.raw)],
            "problems": row.problems,
            "left": row.left,
        }
        for row in as_seen(principal, batch, rows)
    ]
