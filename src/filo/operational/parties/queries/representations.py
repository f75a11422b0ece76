"""Parties and relationships as answers show them, for any number in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model, Prefetch, UUIDField

from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.foundation.fields.words import visible_values
from filo.foundation.prepared import Prepared, asked_many
from filo.operational.parties.models import (
    Address,
    ContactPoint,
    ExternalIdentity,
    Party,
    Relationship,
    RelationshipMember,
)
from filo.operational.parties.models.relationship import STAGE_ORDER
from filo.operational.parties.own_fields import ENTITY

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
RELATIONSHIP = (
    "id", "party", "stage", "stage_since", "customer_since", "ended_at", "end_reason", "version", "created_at",
    "owner_id", "owner__email",
)  # fmt: skip
DIMENSIONS = ("company", "product_line", "area", "channel", "unit")
NAMES = ("owner__given_name", "owner__family_name")
MEMBERS = Prefetch("members", RelationshipMember.objects.select_related("user").order_by("id"))


def parties_shown(
    principal: Principal, parties: Sequence[Party], *, wanted: Collection[str] = FIELDS
) -> list[dict[str, Any]]:
    """The parties with the wanted of `FIELDS`, without what this principal may not see."""
    names = [name for name in FIELDS if name in wanted and name not in principal.hidden("party")]
    parts: dict[str, dict[UUID, Any]] = {name: _parts(name, parties) for name in names if name in PARTS}
    if "relationships" in names:
        parts["relationships"] = _relationships(principal, parties)
    if "fields" in names:
        own = visible_values(principal, ENTITY, [party.fields for party in parties])
        parts["fields"] = {party.id: values for party, values in zip(parties, own, strict=True)}
    return [
        {name: parts[name].get(party.id, []) if name in parts else getattr(party, name) for name in names}
        for party in parties
    ]


def party_shown(principal: Principal, party: Party) -> dict[str, Any]:
    """One party, whole."""
    return parties_shown(principal, [party])[0]


def _prepared(model: type[Model], columns: tuple[str, ...]) -> Prepared[Any]:
    rows = model._default_manager.filter
    return Prepared(lambda: rows(party__one_of=asked_many("parties", UUIDField())).values("party_id", *columns))


_PARTS = {name: _prepared(model, columns) for name, (model, columns) in PARTS.items()}


def _parts(name: str, parties: Sequence[Party]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in _PARTS[name].rows(parties=[party.id for party in parties]):
        found.setdefault(row.pop("party_id"), []).append(row)
    return found


def _relationships(principal: Principal, parties: Sequence[Party]) -> dict[UUID, list[dict[str, Any]]]:
    """As `relationship_shown`, from plain values: a page of parties would be hundreds of objects."""
    values = _RELATIONSHIPS.rows(principal, parties=[party.id for party in parties])
    members = _members([row["id"] for row in values])
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in values:
        row |= {name: row.pop(f"{name}__code") for name in DIMENSIONS}
        row |= {"owner": _owner(row), "members": members.get(row["id"], [])}
        found.setdefault(row["party"], []).append(row)
    for mine in found.values():
        mine.sort(key=lambda row: (row["ended_at"] is not None, -STAGE_ORDER[row["stage"]]))
    return found


def _relationship_values(principal: Principal) -> Any:
    rows = Relationship.objects.visible_to(principal).filter(party__one_of=asked_many("parties", UUIDField()))
    return rows.order_by("created_at", "id").values(*RELATIONSHIP, *(f"{name}__code" for name in DIMENSIONS), *NAMES)


_RELATIONSHIPS = PreparedFor(_relationship_values)
_MEMBERS = Prepared(
    lambda: (
        RelationshipMember.objects.filter(relationship__one_of=asked_many("relationships", UUIDField()))
        .select_related("user")
        .order_by("id")
    )
)


def _owner(row: dict[str, Any]) -> dict[str, Any] | None:
    name = " ".join(filter(None, (row.pop(column) for column in NAMES)))
    owner_id, email = row.pop("owner_id"), row.pop("owner__email")
    return {"id": owner_id, "name": name or email, "email": email} if owner_id else None


def _members(ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in _MEMBERS.rows(relationships=ids) if ids else ():
        found.setdefault(row.relationship_id, []).append({**(person_shown(row.user) or {}), "role": row.role})
    return found


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
