"""The file of an export is written, kept and told of; or it is said why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, NotFound
from filo.foundation.events.services import announce
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.push.services import publish
from filo.operational.exports.events import ExportFailed, ExportFinished
from filo.operational.exports.models import UNDER_WAY, Export, ExportState
from filo.operational.exports.queries import principal_behind
from filo.operational.exports.storing import kept_file
from filo.operational.exports.wishes import Wish
from filo.operational.exports.writing import Cancelled, Tell, write_list

TELL_EVERY = 5  # chunks
MAY_GROW = 1_000
GONE_AFTER = timedelta(days=1)


def carry_out(
    export: Export,
    *,
    tell: Tell = lambda _rows: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    told: bool = True,
) -> Export:
    """Write the file anew from the beginning, however far another attempt came.

    `told` lets who asked be noticed of its end. Ends done, cancelled, or failed with a sentence.
    """
    if not _begin(export):
        return export
    with translation.override(export.language):
        try:
            with kept_file() as coming:
                rows = _write(export, coming.file, tell, lambda: is_cancelled() or _is_given_up(export))
        except Cancelled:
            return export
        except DomainError as refusal:
            return fail_export(export, refusal, told=told)
    return _end(export, rows, coming.sha256, coming.size, told=told)


def carry_out_to(export: Export, path: Path, *, tell: Tell = lambda _rows: None) -> Export:
    """The same into a file of whoever is at the command line; it appears when it is whole, and none is kept here."""
    if not _begin(export):
        return export
    coming = path.with_name(f".{path.name}.coming")
    with translation.override(export.language):
        try:
            with coming.open("wb") as file:
                rows = _write(export, file, tell, lambda: False)
            size = coming.stat().st_size
            coming.replace(path)
        except (DomainError, OSError) as refusal:
            return fail_export(export, refusal, told=False)
        except BaseException as error:
            fail_export(export, Exception(str(error)), told=False)
            raise
        finally:
            coming.unlink(missing_ok=True)
    return _end(export, rows, "", size, told=False)


def _write(export: Export, file: BinaryIO, tell: Tell, is_cancelled: Callable[[], bool]) -> int:
    """A list may grow a little while it is written; what grows beyond that was not counted in."""
    return write_list(
        lambda: principal_behind(export),
        Wish.from_json(export.wish),
        file,
        tell=_progress(export, tell),
        is_cancelled=is_cancelled,
        most=export.total + max(MAY_GROW, export.total // 10) if export.created_by_id else None,
    )


def fail_export(export: Export, error: Exception, *, told: bool = True) -> Export:
    """Say that there will be no file, and why."""
    with transaction.atomic():
        is_told = isinstance(error, DomainError | OSError)
        sentence = str(error) if is_told else _("Something went wrong here: try it again.")
        changed = _still(export).update(state=ExportState.FAILED, error=sentence[:300], finished_at=clock.now())
        export.refresh_from_db()
        if changed:
            record(_actor(export), "export.fail", kind="export", object_id=export.id)
            if told:
                announce(_actor(export), ExportFailed(export=export.id))
            publish(f"export:{export.id}", "state")
    return export


def end_abandoned() -> int:
    """End what cannot say so itself: its job was stopped or set aside, or its process is gone; gives how many."""
    still = Job.objects.filter(state__in=(JobState.READY, JobState.RUNNING))
    left = Export.objects.filter(Q(job__isnull=False) | Q(created_at__lt=clock.now() - GONE_AFTER))
    ended = left.filter(state__in=UNDER_WAY).exclude(job__in=still.values("pk"))
    stopped = set(Job.objects.filter(pk__in=ended.values("job"), state=JobState.CANCELLED).values_list("pk", flat=True))
    for export in (found := list(ended)):
        if export.job in stopped:
            with transaction.atomic():
                _still(export).update(state=ExportState.CANCELLED, finished_at=clock.now())
                publish(f"export:{export.id}", "state")
        else:
            fail_export(export, LookupError(), told=False)
    return len(found)


def _begin(export: Export) -> bool:
    moment = clock.now()
    with transaction.atomic():
        begun = _still(export).update(state=ExportState.RUNNING, started_at=moment, rows=0)
        publish(f"export:{export.id}", "state")
    export.refresh_from_db()
    return bool(begun)


def _progress(export: Export, tell: Tell) -> Tell:
    chunks = 0

    def say(rows: int) -> None:
        nonlocal chunks
        chunks += 1
        tell(rows)
        if chunks % TELL_EVERY == 0:
            with transaction.atomic():
                _still(export).update(rows=rows)
                publish(f"export:{export.id}", "progress")

    return say


def _is_given_up(export: Export) -> bool:
    return not _still(export).exists()


def _end(export: Export, rows: int, sha256: str, size: int, *, told: bool) -> Export:
    facts = {"rows": rows, "total": rows, "sha256": sha256, "size": size}
    with transaction.atomic():
        state = ExportState.DONE if sha256 else ExportState.GONE
        ended = _still(export).update(state=state, finished_at=clock.now(), **facts)
        export.refresh_from_db()
        if ended:
            changes = {name: (None, facts[name]) for name in ("rows", "size", "sha256")}
            record(_actor(export), "export.done", kind="export", object_id=export.id, changes=changes)
            if told:
                announce(_actor(export), ExportFinished(export=export.id, rows=rows))
            publish(f"export:{export.id}", "state")
    return export


def _still(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=export.pk, state__in=UNDER_WAY)


def _actor(export: Export) -> Principal:
    """Whoever asked for it, also when he has no rights any more; the system for what nobody asked for."""
    try:
        return principal_behind(export).through(export.door)
    except NotFound:
        return system("export")
