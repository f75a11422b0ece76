"""A chunk of rows comes in: what it changes and how far the import is are one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.bulk import insert_values
from filo.foundation.errors import InvalidFields
from filo.foundation.push.services import publish
from filo.operational.parties.services.arrivals import Arrival, RelationshipSpec, bring_in
from filo.operational.transfer.conflicts import ASK
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.matching import Index
from filo.operational.transfer.models import BatchState, ImportBatch, ImportRow
from filo.operational.transfer.placing import Placing
from filo.operational.transfer.planning import (
    CREATED,
    REJECTED,
    UNCHANGED,
    UPDATED,
    Step,
    plan,
)
from filo.operational.transfer.services.proposals import propose
from filo.operational.transfer.services.updating import update_known
from filo.operational.transfer.timing import Times

MOST_ATTEMPTS = 3
KEPT = ("position", CREATED, UPDATED, UNCHANGED, REJECTED, "duplicates", "warned", "kept", "firms", "times")
KEPT_OF_ROW = ("number", "raw", "outcome", "party_id", "problems", "journal", "recognised_by")


def bring_in_chunk(
    principal: Principal,
    batch: ImportBatch,
    rows: list[Facts],
    columns: Sequence[Column],
    spec: RelationshipSpec,
    times: Times,
) -> ImportBatch:
    """Once more from the start when somebody else wrote one of the same codes at the same moment."""
    told = [list(facts.problems) for facts in rows]
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            with transaction.atomic(), one_operation(id=batch.pk):
                return _bring_in(principal, batch, rows, columns, spec, times)
        except (IntegrityError, InvalidFields):
            if attempt == MOST_ATTEMPTS:
                raise
        for facts, problems in zip(rows, told, strict=True):
            facts.problems = list(problems)
    raise AssertionError  # the loop returns or raises


def _bring_in(
    principal: Principal,
    batch: ImportBatch,
    rows: list[Facts],
    columns: Sequence[Column],
    spec: RelationshipSpec,
    times: Times,
) -> ImportBatch:
    locked = locked_import(batch)
    if locked.state != BatchState.RUNNING or locked.position != batch.position:
        locked.state = BatchState.CANCELLED if locked.state == BatchState.RUNNING else locked.state
        return locked  # cancelled, or another process has gone on with it
    with times.at("matching"):
        steps = plan(principal, Index(), rows, mode=locked.mode, columns=columns, keys=locked.keys)
    with times.at("writing"):
        _create(principal, locked, steps, spec)
        journals = update_known(principal, locked, steps, spec)
        _keep(locked, steps, journals)
    locked.times = times.as_json()
    locked.save(update_fields=KEPT)
    publish(f"import:{locked.id}", "progress")
    return locked


def locked_import(batch: ImportBatch) -> ImportBatch:
    """The row as it stands now, locked."""
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)


def _create(principal: Principal, batch: ImportBatch, steps: Sequence[Step], spec: RelationshipSpec) -> None:
    new = [step for step in steps if step.outcome == CREATED]
    placing = Placing(principal, spec)
    arrivals = [
        Arrival(
            step.facts.draft,
            (placing.spec_of(step.facts),),
            source=batch.source,
            identities=tuple(step.facts.identities.items()),
            custom=step.facts.own,
            words=step.facts.words,
        )
        for step in new
        if step.facts.draft
    ]
    for step, party in zip(new, bring_in(principal, arrivals) if arrivals else [], strict=True):
        if step.known:
            step.known.party_id = party.id


def _keep(batch: ImportBatch, steps: Sequence[Step], journals: dict[int, dict[str, Any]]) -> None:
    """The rows with their outcomes, and how far the import is."""
    rows = [
        (
            step.facts.number,
            step.facts.cells,
            step.outcome,
            step.known.party_id if step.known and step.outcome != REJECTED else None,
            step.facts.problems,
            journals.get(step.facts.number),
            step.by if step.outcome != REJECTED else "",
        )
        for step in steps
    ]
    insert_values(ImportRow, KEPT_OF_ROW, rows, batch_id=batch.pk)
    if batch.conflict == ASK:
        propose(batch, steps)
    for step in steps:
        setattr(batch, step.outcome, getattr(batch, step.outcome) + 1)
        batch.duplicates += step.again
        batch.warned += bool(step.facts.problems and step.outcome != REJECTED)
        batch.kept += len(step.kept) + step.stayed
    batch.position = steps[-1].facts.number
