"""The rows of a file come in, from where the last attempt was stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from django.db import connection, transaction
from django.utils import translation

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.bulk import learn_sizes
from filo.foundation.errors import DomainError
from filo.foundation.events.services import announce
from filo.foundation.push.services import publish
from filo.operational.transfer.ahead import Chunk, Errand, chunks_of_file
from filo.operational.transfer.events import ImportFailed, ImportFinished
from filo.operational.transfer.mapping import Column, from_json
from filo.operational.transfer.models import BatchState, ImportBatch
from filo.operational.transfer.planning import (
    CREATED,
    REJECTED,
    UNCHANGED,
    UPDATED,
    usable_columns,
)
from filo.operational.transfer.queries import has_open_job
from filo.operational.transfer.services.belonging import spec_for
from filo.operational.transfer.services.chunks import bring_in_chunk, locked_import
from filo.operational.transfer.services.preparing import shape_of
from filo.operational.transfer.services.reckoning import reckon_anew
from filo.operational.transfer.services.sentences import sentence_of
from filo.operational.transfer.services.things import bring_in_part, way_of
from filo.operational.transfer.timing import Times

CHUNK = 1_000
# After so many rows the database looks anew how large its tables are.
MANY = 1_000
# Where there is one writer the others wait for a chunk to be in.
CHUNK_OF_ONE_WRITER = 500
Tell = Callable[[ImportBatch], object]
Step = Callable[[ImportBatch], ImportBatch]


def carry_on(
    principal: Principal,
    batch: ImportBatch,
    *,
    tell: Tell = lambda _batch: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> ImportBatch:
    """Bring in the rows that have not come in yet, from where the last attempt was stopped, however it was.

    `tell` hears after every chunk how far it is. Ends done, cancelled, or failed with a sentence; running when
    another process goes on.
    """
    batch = _begin(batch)
    try:
        columns = usable_columns(principal, from_json(batch.mapping), batch.kind)
        if batch.state != BatchState.RUNNING:
            return batch
        for bring in _steps(principal, batch, columns):
            if is_cancelled():
                if has_open_job(batch):  # another process has the job now, and goes on
                    return batch
                return _end(principal, batch, BatchState.CANCELLED)
            batch = bring(batch)
            tell(batch)
            if batch.state != BatchState.RUNNING:
                return batch
    except (DomainError, OSError) as refusal:
        return fail_import(principal, batch, refusal)
    batch = _end(principal, batch, BatchState.DONE)
    if batch.state == BatchState.DONE:
        reckon_anew(batch)
    return batch


def _steps(principal: Principal, batch: ImportBatch, columns: tuple[Column, ...]) -> Iterator[Step]:
    """What is to be done one after the other, each a transaction: chunks of customers, or parts of things."""
    times = Times(batch.times)
    spec = spec_for(principal, batch)
    way = way_of(batch, columns, spec)
    if way is not None:
        way.thing.make_ready(principal)
        for part in way.thing.parts(batch.path, batch, shape_of(batch), columns):
            yield lambda now, part=part: bring_in_part(principal, now, part, way, times)  # type: ignore[misc]
    elif spec is not None:
        for chunk in _measured(chunks_of_file(_errand(batch, columns), rows=batch.total - batch.done), times):
            yield lambda now, chunk=chunk: bring_in_chunk(  # type: ignore[misc]
                principal, now, chunk.rows, columns, spec, times
            )


def _errand(batch: ImportBatch, columns: tuple[Column, ...]) -> Errand:
    language = translation.get_language() or "it"
    size = CHUNK if connection.vendor == "postgresql" else min(CHUNK, CHUNK_OF_ONE_WRITER)
    return Errand(batch.path, shape_of(batch), columns, batch.kind, batch.position, size, language)


def _measured(chunks: Generator[Chunk, None, None], times: Times) -> Iterator[Chunk]:
    """The chunks, with what they took and how long they were waited for."""
    with closing(chunks):
        while True:
            started = time.perf_counter()
            chunk = next(chunks, None)
            if chunk is None:
                return
            times.add({**chunk.times, "waiting": time.perf_counter() - started})
            yield chunk


def _begin(batch: ImportBatch) -> ImportBatch:
    with transaction.atomic():
        locked = locked_import(batch)
        if not locked.is_under_way:
            return locked
        moment = clock.now()
        locked.state, locked.started_at = BatchState.RUNNING, locked.started_at or moment
        locked.resumed_at, locked.resumed_from = moment, locked.done
        locked.save()
        publish(f"import:{locked.id}", "state")
    return locked


def _end(principal: Principal, batch: ImportBatch, state: BatchState) -> ImportBatch:
    with transaction.atomic():
        locked = locked_import(batch)
        if locked.state != BatchState.RUNNING:
            return locked
        locked.state, locked.finished_at = state, clock.now()
        locked.save(update_fields=["state", "finished_at"])
        counts = {name: getattr(locked, name) for name in (CREATED, UPDATED, UNCHANGED, REJECTED)}
        changes = {name: (None, count) for name, count in counts.items()}
        record(principal, f"import.{state}", kind="import", object_id=locked.id, changes=changes)
        if state == BatchState.DONE:
            announce(principal, ImportFinished(batch=locked.id, **counts))
        publish(f"import:{locked.id}", "state")
    if locked.done >= MANY:
        learn_sizes()
    return locked


def fail_import(principal: Principal, batch: ImportBatch, error: Exception) -> ImportBatch:
    """Say that an import cannot go on, and why; the rows that have come in stay."""
    with transaction.atomic():
        locked = locked_import(batch)
        if not locked.is_under_way:
            return locked
        locked.state, locked.finished_at = BatchState.FAILED, clock.now()
        locked.error = sentence_of(error)[:300]
        locked.save(update_fields=["state", "finished_at", "error"])
        record(
            principal,
            "import.fail",
            kind="import",
            object_id=locked.id,
            changes={"rows": (None, locked.done)},
        )
        announce(principal, ImportFailed(batch=locked.id))
        publish(f"import:{locked.id}", "state")
    return locked
