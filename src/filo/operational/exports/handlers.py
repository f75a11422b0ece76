"""What follows from the end of an export, and from very many rows: whoever has to know is told."""

from __future__ import annotations

from filo.foundation.accounts.queries import people_who_govern
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.exports.events import ExportAlarm, ExportFailed, ExportFinished
from filo.operational.exports.models import Export
from filo.operational.exports.telling import ALARM, FAILED, FINISHED


@on(ExportFinished)
def tell_that_it_is_ready(event: ExportFinished, meta: EventMeta) -> None:
    """The file is there."""
    if is_news(meta.time):
        _tell(FINISHED, event)


@on(ExportFailed)
def tell_that_it_failed(event: ExportFailed, meta: EventMeta) -> None:
    """There is no file."""
    if is_news(meta.time):
        _tell(FAILED, event)


@on(ExportAlarm)
def tell_who_governs(event: ExportAlarm, meta: EventMeta) -> None:
    """Stolen tokens have emptied whole databases unseen: whoever governs hears of it at once."""
    if is_news(meta.time):
        notify(
            ALARM,
            people_who_govern(),
            subject=Subject("export", event.export),
            data={"rows": event.rows, "by_token": event.by_token},
            url=f"/exports/{event.export}",
            actor=None if event.by_token else meta.actor_id,
        )


def _tell(kind: str, event: ExportFinished | ExportFailed) -> None:
    """No actor is named: it acts with the rights of who asked, and he is the one to be told."""
    people = Export.objects.filter(pk=event.export, token=None).values_list("created_by", flat=True)
    notify(kind, list(people), subject=Subject("export", event.export), url=f"/exports/{event.export}")
