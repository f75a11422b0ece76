"""The files of exports are let go of after a week; that they were taken out stays told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from filo.operational.exports.models import Export, ExportState
from filo.operational.exports.queries import has_old_file, is_named
from filo.operational.exports.storing import forget_file, sweep_left_behind

AT_ONCE = 200


def let_go_of_files() -> int:
    """Delete the files that were kept long enough, and what was left half written; gives how many."""
    gone = 0
    for export in has_old_file().iterator(chunk_size=AT_ONCE):
        _forget(export, ExportState.GONE)
        gone += 1
    sweep_left_behind(is_named)
    return gone


def forget_exports(keys: Sequence[Any]) -> None:
    """Delete exports with their files, for a rule of retention; in the caller's transaction."""
    for export in Export.objects.filter(pk__in=keys):
        path = export.path if export.sha256 else None
        sha256 = export.sha256
        export.delete()
        if path is not None and not is_named(sha256):
            transaction.on_commit(lambda path=path: forget_file(path))  # type: ignore[misc]


def _forget(export: Export, state: ExportState) -> None:
    """Another export may have the same file: then it stays."""
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(state=state)
        if not is_named(export.sha256):
            transaction.on_commit(lambda: forget_file(export.path))
