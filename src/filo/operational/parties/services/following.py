"""Open work goes along when a customer is given to somebody else, and comes back when that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal, system
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import current_operation, one_operation
from filo.foundation.audit.services import Changes, plain
from filo.foundation.audit.undoable import PutBack, Values, still_there
from filo.foundation.events.base import EventMeta
from filo.operational.parties.events import RelationshipAssigned
from filo.operational.parties.models import Relationship

# What a piece of work has from the relationship, besides who follows it.
PLACES = ("area", "channel")
Change = Callable[[Principal, Any, Mapping[str, Any]], object]


def assigned(
    row: Relationship, changes: Changes, *, with_work: bool, undoes: UUID | None = None
) -> RelationshipAssigned:
    """The event of these changes of a relationship; what is taken back says so itself."""
    operation = current_operation()
    names = [name for name in ("owner", *PLACES) if with_work and f"{name}_id" in changes]
    return RelationshipAssigned(
        party=row.party_id,
        relationship=row.pk,
        with_work=with_work,
        undoes=undoes or (operation.undoes if operation else None),
        **{f"{name}_before": changes[f"{name}_id"][0] for name in names},
    )


def follow(
    event: RelationshipAssigned,
    meta: EventMeta,
    *,
    action: str,
    rows: Callable[[Relationship], QuerySet[Any]],
    change: Change,
    owner: str = "owner",
) -> None:
    """Let the open work that `rows` finds for a relationship follow it.

    What was its owner's goes to the present one, and into his unit; nobody's successor takes over nothing. `change`
    writes facts of one piece as `action`, in the audit of the same operation, by whom the customer was given.
    """
    row = Relationship.objects.select_related("owner").filter(pk=event.relationship).first()
    if row is None or not (event.with_work or event.undoes):
        return
    with one_operation(id=meta.operation_id, undoes=event.undoes):
        if event.undoes:
            wanted = _before_it_followed(event.undoes, action, rows(row))
        else:
            wanted = [(piece, _facts(event, row, piece, owner)) for piece in rows(row)]
        principal = _giver(meta)
        for piece, facts in wanted:
            if facts:
                change(principal, piece, facts)


def put_back_piece(principal: Principal, piece: Any, values: Values, change: Change) -> PutBack:
    """One piece as it was before it followed, for whoever takes that back; the caller has asked for the right."""
    free, since = still_there(values, plain({name: getattr(piece, name) for name in values}))
    if free:
        change(principal, piece, {name: UUID(before) if before else None for name, before in free.items()})
    return PutBack(free, since)


def _facts(event: RelationshipAssigned, row: Relationship, piece: Any, owner: str) -> dict[str, Any]:
    places = {f"{name}_id": getattr(event, f"{name}_before") for name in PLACES if hasattr(piece, f"{name}_id")}
    facts = {name: getattr(row, name) for name, was in places.items() if was and getattr(piece, name) == was}
    if event.owner_before and row.owner and getattr(piece, f"{owner}_id") == event.owner_before:
        facts |= {f"{owner}_id": row.owner_id, "unit_id": row.owner.unit_id}
    return facts


def _before_it_followed(operation: UUID, action: str, rows: QuerySet[Any]) -> list[tuple[Any, dict[str, Any]]]:
    """Pieces with each fact as it was before, unless somebody has changed it since."""
    pieces = {piece.pk: piece for piece in rows}
    entries = AuditEntry.objects.filter(operation=operation, action=action, object_id__in=pieces)
    return [(pieces[entry.object_id], _before(entry, pieces[entry.object_id])) for entry in entries]


def _before(entry: AuditEntry, piece: Any) -> dict[str, UUID | None]:
    return {
        name: UUID(before) if before else None
        for name, (before, after) in entry.changes.items()
        if plain(getattr(piece, name)) == after
    }


def _giver(meta: EventMeta) -> Principal:
    found = User.objects.filter(pk=meta.actor_id).select_related("role", "unit").first() if meta.actor_id else None
    return principal_of(found) if found else system(meta.actor)
