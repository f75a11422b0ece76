"""Parties and relationships as answers show them, for any number in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model, Prefetch, prefetch_related_objects

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.operational.parties.models import (
    Address,
    ContactPoint,
    ExternalIdentity,
    Party,
    Relationship,
    RelationshipMember,
)
from filo.operational.parties.queries.find import relationships_shown

PLAIN = (
    "id",
    "kind",
    "display_name",
    "salutation",
    "version",
    "created_at",
    "updated_at",
    "given_name",
    "family_name",
    "title",
    "gender",
    "birth_date",
    "legal_name",
    "legal_form",
    "sector",
    "vat_number",
    "codice_fiscale",
    "sdi_code",
    "language",
    "notes",
    "source",
    "fields",
)
# What belongs to parties is read as plain values: a list has hundreds of these rows.
PARTS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "contact_points": (ContactPoint, ("id", "type", "value", "normalised", "extension", "label", "preferred")),
    "addresses": (
        Address,
        (
            "id",
            "use",
            "street",
            "locality",
            "postal_code",
            "city",
            "province",
            "country",
            "latitude",
            "longitude",
        ),
    ),
    "external_identities": (ExternalIdentity, ("system", "key")),
}
FIELDS = (*PLAIN, *PARTS, "relationships")
MEMBERS = Prefetch("members", RelationshipMember.objects.select_related("user").order_by("id"))


def parties_shown(
    principal: Principal, parties: Sequence[Party], *, wanted: Collection[str] = FIELDS
) -> list[dict[str, Any]]:
    """The parties with the wanted of `FIELDS`, without what this principal may not see."""
    names = [name for name in FIELDS if name in wanted and name not in principal.hidden("party")]
    parts = {name: _parts(name, parties) for name in names if name in PARTS}
    if "relationships" in names:
        parts["relationships"] = _relationships(principal, parties)
    return [
        {name: parts[name].get(party.id, []) if name in parts else getattr(party, name) for name in names}
        for party in parties
    ]


def party_shown(principal: Principal, party: Party) -> dict[str, Any]:
    """One party, whole."""
    return parties_shown(principal, [party])[0]


def _parts(name: str, parties: Sequence[Party]) -> dict[UUID, list[dict[str, Any]]]:
    model, columns = PARTS[name]
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in model._default_manager.filter(party__in=[party.id for party in parties]).values("party_id", *columns):
        found.setdefault(row.pop("party_id"), []).append(row)
    return found


def _relationships(principal: Principal, parties: Sequence[Party]) -> dict[UUID, list[dict[str, Any]]]:
    found = relationships_shown(principal, parties)
    prefetch_related_objects([row for rows in found.values() for row in rows], MEMBERS)
    return {key: [relationship_shown(row) for row in rows] for key, rows in found.items()}


def relationship_shown(row: Relationship) -> dict[str, Any]:
    """One relationship, read with `for_list` and `MEMBERS`."""
    return {
        "id": row.id,
        "party": row.party_id,
        "company": row.company.code,
        "product_line": _code(row.product_line),
        "stage": row.stage,
        "stage_since": row.stage_since,
        "customer_since": row.customer_since,
        "ended_at": row.ended_at,
        "end_reason": row.end_reason,
        "area": _code(row.area),
        "channel": _code(row.channel),
        "unit": _code(row.unit),
        "owner": person_shown(row.owner),
        "members": [{**(person_shown(member.user) or {}), "role": member.role} for member in row.members.all()],
        "version": row.version,
        "created_at": row.created_at,
    }


def _code(row: Any) -> str | None:
    return row.code if row else None


def brief(party: Party) -> dict[str, Any]:
    """A party as others name it."""
    return {"id": party.id, "kind": party.kind, "display_name": party.display_name}
