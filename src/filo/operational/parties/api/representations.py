"""Parties and relationships as answers show them, for any number in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.operational.parties.models import Address, ContactPoint, Party, Relationship, RelationshipMember
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
FETCHED = ("contact_points", "addresses", "external_identities")
FIELDS = (*PLAIN, *FETCHED, "relationships")
MEMBERS = Prefetch("members", RelationshipMember.objects.select_related("user").order_by("id"))


def parties_shown(
    principal: Principal, parties: Sequence[Party], *, wanted: Collection[str] = FIELDS
) -> list[dict[str, Any]]:
    """The parties with the wanted of `FIELDS`, without what this principal may not see."""
    names = [name for name in FIELDS if name in wanted and name not in principal.hidden("party")]
    prefetch_related_objects(list(parties), *(name for name in FETCHED if name in names))
    related = _relationships(principal, parties) if "relationships" in names else {}
    return [{name: _value(party, name, related) for name in names} for party in parties]


def party_shown(principal: Principal, party: Party) -> dict[str, Any]:
    """One party, whole."""
    return parties_shown(principal, [party])[0]


def _relationships(principal: Principal, parties: Sequence[Party]) -> dict[UUID, list[Relationship]]:
    found = relationships_shown(principal, parties)
    prefetch_related_objects([row for rows in found.values() for row in rows], MEMBERS)
    return found


def _value(party: Party, name: str, related: dict[UUID, list[Relationship]]) -> Any:
    if name == "relationships":
        return [relationship_shown(row) for row in related.get(party.id, [])]
    if name in _ROWS:
        return [_ROWS[name](row) for row in getattr(party, name).all()]
    return getattr(party, name)


def _point(row: ContactPoint) -> dict[str, Any]:
    names = ("id", "type", "value", "normalised", "extension", "label", "preferred")
    return {name: getattr(row, name) for name in names}


def _address(row: Address) -> dict[str, Any]:
    names = ("id", "use", "street", "locality", "postal_code", "city", "province", "country")
    found = {name: getattr(row, name) for name in names}
    return found | {"latitude": row.latitude, "longitude": row.longitude}


_ROWS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "contact_points": _point,
    "addresses": _address,
    "external_identities": lambda row: {"system": row.system, "key": row.key},
}


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
