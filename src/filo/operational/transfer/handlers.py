"""What follows from an import's end: whoever started it is told, also when he has long gone home."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.transfer.events import ImportFailed, ImportFinished
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.telling import FAILED, FINISHED


@on(ImportFinished)
def tell_that_it_is_in(event: ImportFinished, meta: EventMeta) -> None:
    """Every row is accounted for."""
    if is_news(meta.time):
        _tell(FINISHED, event.batch, {"rejected": event.rejected})


@on(ImportFailed)
def tell_that_it_failed(event: ImportFailed, meta: EventMeta) -> None:
    """It cannot go on."""
    if is_news(meta.time):
        _tell(FAILED, event.batch, {})


def _tell(kind: str, batch_id: UUID, data: Mapping[str, int]) -> None:
    """No actor is named: an import acts with the rights of who started it, and he is the one to be told."""
    people = ImportBatch.objects.filter(pk=batch_id).values_list("created_by", flat=True)
    notify(kind, list(people), subject=Subject("import", batch_id), data=data, url=f"/imports/{batch_id}")
