"""Rows come in, chunk by chunk: what a chunk changes and how far the import is are one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.bulk import insert
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.push.services import publish
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import Arrival, RelationshipSpec, bring_in
from filo.operational.parties.services.editing import edit_party
from filo.operational.parties.services.identities import identify_party
from filo.operational.parties.services.relations import relate
from filo.operational.transfer.comparing import changes_for, facts_now
from filo.operational.transfer.events import ImportFinished
from filo.operational.transfer.mapping import Column, from_json
from filo.operational.transfer.matching import Index
from filo.operational.transfer.models import BatchState, ImportBatch, ImportRow
from filo.operational.transfer.planning import (
    CREATED,
    REJECTED,
    THERE,
    UNCHANGED,
    UPDATED,
    Firms,
    Step,
    firms_of,
    plan,
    usable_columns,
)
from filo.operational.transfer.reading import read_rows
from filo.operational.transfer.rows import Facts, read_row
from filo.operational.transfer.services.batches import relationship_of, shape_of
from filo.operational.transfer.trial import chunks_of

CHUNK = 500
MOST_ATTEMPTS = 3
Tell = Callable[[ImportBatch], object]


def carry_on(
    principal: Principal,
    batch: ImportBatch,
    *,
    tell: Tell = lambda _batch: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> ImportBatch:
    """Bring in the rows that have not come in yet, from where the last attempt was stopped, however it was.

    `tell` hears after every chunk how far it is. Ends done, cancelled, or failed with a sentence.
    """
    batch = _begin(batch)
    try:
        columns = usable_columns(principal, from_json(batch.mapping), batch.kind)
        spec = relationship_of(principal, batch) if batch.state == BatchState.RUNNING else None
        rows = read_rows(batch.path, shape_of(batch), after=batch.position)
        for chunk in chunks_of(rows, CHUNK):
            if batch.state != BatchState.RUNNING or spec is None:
                return batch
            if is_cancelled():
                return _end(principal, batch, BatchState.CANCELLED)
            facts = [read_row(number, cells, columns, batch.kind) for number, cells in chunk]
            batch = _bring_in_surely(principal, batch, facts, columns, spec)
            tell(batch)
    except (DomainError, OSError) as refusal:
        return fail_import(principal, batch, refusal)
    return _end(principal, batch, BatchState.DONE)


def _begin(batch: ImportBatch) -> ImportBatch:
    with transaction.atomic():
        locked = _locked(batch)
        if not locked.is_under_way:
            return locked
        moment = clock.now()
        locked.state, locked.started_at = BatchState.RUNNING, locked.started_at or moment
        locked.resumed_at, locked.resumed_from = moment, locked.done
        locked.save()
        publish(f"import:{locked.id}", "state")
    return locked


def _locked(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)


def _end(principal: Principal, batch: ImportBatch, state: BatchState) -> ImportBatch:
    with transaction.atomic():
        locked = _locked(batch)
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
    return locked


def fail_import(principal: Principal, batch: ImportBatch, error: Exception) -> ImportBatch:
    """Say that an import cannot go on, and why; the rows that have come in stay."""
    with transaction.atomic():
        locked = _locked(batch)
        if not locked.is_under_way:
            return locked
        locked.state, locked.finished_at = BatchState.FAILED, clock.now()
        locked.error = _sentence(error)[:300]
        locked.save(update_fields=["state", "finished_at", "error"])
        record(
            principal,
            "import.fail",
            kind="import",
            object_id=locked.id,
            changes={"rows": (None, locked.done)},
        )
        publish(f"import:{locked.id}", "state")
    return locked


def _sentence(error: Exception) -> str:
    if isinstance(error, InvalidFields):
        return " ".join(str(sentence) for told in error.fields.values() for sentence in told)
    return str(error) if isinstance(error, DomainError) else type(error).__name__


def _bring_in_surely(
    principal: Principal,
    batch: ImportBatch,
    rows: list[Facts],
    columns: Sequence[Column],
    spec: RelationshipSpec,
) -> ImportBatch:
    """Once more from the start when somebody else wrote one of the same codes at the same moment."""
    told = [list(facts.problems) for facts in rows]
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _bring_in(principal, batch, rows, columns, spec)
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
) -> ImportBatch:
    locked = _locked(batch)
    if locked.state != BatchState.RUNNING or locked.position != batch.position:
        locked.state = BatchState.CANCELLED if locked.state == BatchState.RUNNING else locked.state
        return locked  # cancelled, or another process has gone on with it
    steps = plan(principal, Index(), rows, mode=locked.mode, columns=columns)
    _create(principal, locked, steps, spec)
    journals = _update(principal, locked, steps)
    _keep(locked, steps, journals)
    publish(f"import:{locked.id}", "progress")
    return locked


def _create(principal: Principal, batch: ImportBatch, steps: Sequence[Step], spec: RelationshipSpec) -> None:
    new = [step for step in steps if step.outcome == CREATED]
    arrivals = [
        Arrival(
            step.facts.draft,
            (spec,),
            source=batch.source,
            identities=tuple(step.facts.identities.items()),
        )
        for step in new
        if step.facts.draft
    ]
    for step, party in zip(new, bring_in(principal, arrivals) if arrivals else [], strict=True):
        if step.known:
            step.known.party_id = party.id


def _update(principal: Principal, batch: ImportBatch, steps: Sequence[Step]) -> dict[int, dict[str, Any]]:
    """Change the parties that are there, tie people to their firms; gives the journal of each changed row."""
    there = {step.known.party_id for step in steps if step.outcome == THERE and step.known and step.known.party_id}
    parties = _parties(there)
    earlier = (
        set(ImportRow.objects.filter(batch=batch, party__in=there).values_list("party_id", flat=True))
        if there
        else set()
    )
    firms = firms_of(principal, steps)
    journals: dict[int, dict[str, Any]] = {}
    for step in steps:
        if step.known is None or step.known.party_id is None:
            continue
        party_id = step.known.party_id
        step.again = step.again or party_id in earlier
        if step.outcome == THERE:
            journal = _update_one(principal, step, parties[party_id])
            if journal:
                journals[step.facts.number] = journal
                parties |= _parties({party_id})
        _tie(principal, step, firms, journals)
    return journals


def _parties(ids: set[UUID]) -> dict[UUID, Party]:
    if not ids:
        return {}
    found = Party.objects.filter(pk__in=ids).for_card()
    return {party.id: party for party in found}


def _update_one(principal: Principal, step: Step, party: Party) -> dict[str, Any]:
    """Change one party as its row says; a refusal rejects the row."""
    now = facts_now(party)
    changes = changes_for(now, step.facts)
    stored = {(row.system, row.key) for row in party.external_identities.all()}
    codes = [pair for pair in step.facts.identities.items() if pair not in stored]
    step.outcome = UPDATED if changes or codes else UNCHANGED
    if step.outcome == UNCHANGED:
        return {}
    try:
        with transaction.atomic():
            if changes:
                edit_party(principal, party, changes, version=None)
            if codes:
                identify_party(principal, party, codes)
    except DomainError as refusal:
        step.outcome = REJECTED
        step.facts.refuse("", _sentence(refusal))
        return {}
    journal = {name: [_plain(now.get(name)), _plain(value)] for name, value in changes.items()}
    return journal | ({"external_identities": [None, [list(pair) for pair in codes]]} if codes else {})


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: _plain(part) for name, part in row.items()} for row in value]
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def _tie(principal: Principal, step: Step, firms: Firms, journals: dict[int, dict[str, Any]]) -> None:
    """A person becomes a contact of the firm that the row names."""
    firm = firms.of(step.facts) if step.outcome in (CREATED, UPDATED, UNCHANGED) else None
    if firm is None or step.known is None or step.known.party_id is None:
        return
    person = step.known.party_id
    if (person, firm) in firms.ties or person == firm:
        return
    try:
        ends = Party.objects.in_bulk([person, firm])
        found = relate(principal, ends[person], to=ends[firm], role="contact", job_title=step.facts.job_title)
    except DomainError as refusal:
        step.facts.warn(step.facts.columns.get("company", ""), _sentence(refusal))
        return
    firms.ties.add((person, firm))
    journals.setdefault(step.facts.number, {})["relation"] = [None, str(found.id)]
    step.outcome = UPDATED if step.outcome == UNCHANGED else step.outcome


def _keep(batch: ImportBatch, steps: Sequence[Step], journals: dict[int, dict[str, Any]]) -> None:
    """The rows with their outcomes, and how far the import is."""
    insert(
        ImportRow,
        [
            ImportRow(
                batch=batch,
                number=step.facts.number,
                raw=step.facts.cells,
                outcome=step.outcome,
                party_id=step.known.party_id if step.known and step.outcome != REJECTED else None,
                problems=step.facts.problems,
                journal=journals.get(step.facts.number),
            )
            for step in steps
        ],
    )
    for step in steps:
        setattr(batch, step.outcome, getattr(batch, step.outcome) + 1)
        batch.duplicates += step.again
        batch.warned += bool(step.facts.problems and step.outcome != REJECTED)
    batch.position = steps[-1].facts.number
    batch.save(update_fields=["position", CREATED, UPDATED, UNCHANGED, REJECTED, "duplicates", "warned"])
