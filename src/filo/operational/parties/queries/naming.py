"""The names of parties, for whoever names them elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import UUIDField

from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.prepared import asked_many
from filo.operational.parties.models import Party

_NAMES = PreparedFor(
    lambda principal: (
        Party.objects.visible_to(principal)
        .filter(pk__one_of=asked_many("parties", UUIDField()))
        .values_list("id", "display_name")
    )
)


def names_of(principal: Principal, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of those among these parties that this principal sees."""
    if not ids or not principal.may("party", "view"):
        return {}
    return dict(_NAMES.rows(principal, parties=list(ids)))


def names_told(principal: Principal, entries: Iterable[AuditEntry], *fields: str) -> dict[str, str]:
    """The names of the customers whom these fields of what was changed point at, as far as this principal sees them,
    by their ids as the audit has them.
    """
    ids = {UUID(str(raw)) for entry in entries for name in fields for raw in entry.changes.get(name, ()) if raw}
    return {str(key): name for key, name in names_of(principal, ids).items()}
