"""Parties by the thousand, for files: rows as the database keeps them, without making an object of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, UUIDField

from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.words import names_in, visible_values
from filo.foundation.prepared import Prepared, asked_many, kept_key
from filo.operational.parties.models import Address, ContactPoint, ExternalIdentity, Party, PartyRelation, Relationship
from filo.operational.parties.models.links import CONTACT_ROLES
from filo.operational.parties.models.relationship import STAGE_ORDER
from filo.operational.parties.own_fields import ENTITY
from filo.operational.parties.queries.contacts import knows_every_contact, latest_known
from filo.operational.parties.queries.naming import names_of

FACTS = (
    "id", "kind", "display_name", "given_name", "family_name", "title", "gender", "birth_date", "legal_name",
    "sector", "vat_number", "codice_fiscale", "sdi_code", "language", "notes", "source", "fields",
    "last_contact_at", "created_at", "updated_at",
)  # fmt: skip
PLACES = {name: place for place, name in enumerate(FACTS)}
POINT = ("type", "value", "normalised", "extension", "label", "preferred")
ADDRESS = ("use", "street", "locality", "postal_code", "city", "province", "country", "latitude", "longitude")
OWNER = ("owner__email", "owner__given_name", "owner__family_name")
TIE = ("stage", "ended_at", "created_at", "company__name", "product_line__name", "area__name", "channel__name",
       "unit__name", *OWNER)  # fmt: skip
TIE_PLACES = {name: place for place, name in enumerate(TIE)}
MOST_SYSTEMS = 20
Rows = dict[Any, "TakenParty"]


class TakenParty:
    """A party with what was asked for beside it: tuples in the order of `FACTS`, `POINT`, `ADDRESS` and `TIE`.

    In `own`, the firm's own fields, a relation is the name of whom it leads to.
    """

    __slots__ = ("addresses", "codes", "facts", "firms", "heard", "own", "points", "ties")

    def __init__(self, facts: tuple[Any, ...]) -> None:
        self.facts = facts
        self.points: list[tuple[Any, ...]] = []
        self.addresses: list[tuple[Any, ...]] = []
        self.ties: list[tuple[Any, ...]] = []
        self.firms: list[tuple[str, str]] = []
        self.codes: list[tuple[str, str]] = []
        self.own: Mapping[str, Any] = {}
        self.heard: Any = None

    def fact(self, name: str) -> Any:
        """One of `FACTS`."""
        return self.facts[PLACES[name]]


def taken_parties(principal: Principal, ids: Sequence[UUID], needs: Collection[str]) -> list[TakenParty]:
    """The parties with these ids, which a list of this principal gave, in this order; `needs` names of `_READ`."""
    found: Rows = {row[0]: TakenParty(row) for row in _FACTS.plain(ids=ids)}
    for need in needs:
        _READ[need](principal, ids, found)
    return [found[key] for key in map(kept_key, ids) if key in found]


def systems_known() -> list[str]:
    """The other systems that have codes for our parties: one step of the index each."""
    found: list[str] = []
    rows = ExternalIdentity.objects.order_by("system")
    while len(found) < MOST_SYSTEMS and (
        later := rows.filter(system__gt=found[-1] if found else "").values_list("system", flat=True).first()
    ):
        found.append(later)
    return found


def _of_parties(rows: QuerySet[Any], *columns: str) -> QuerySet[Any, Any]:
    return rows.filter(party__one_of=asked_many("ids", UUIDField())).values_list("party_id", *columns)


def _ties(principal: Principal) -> QuerySet[Any, Any]:
    return _of_parties(Relationship.objects.visible_to(principal).order_by("created_at", "id"), *TIE)


def _firms() -> QuerySet[Any, Any]:
    found = PartyRelation.objects.filter(from_party__one_of=asked_many("ids", UUIDField()), role__in=CONTACT_ROLES)
    return found.filter(valid_to=None).order_by("id").values_list("from_party_id", "to_party_id", "job_title")


_FACTS = Prepared(lambda: Party.objects.filter(pk__one_of=asked_many("ids", UUIDField())).values_list(*FACTS))
_POINTS = Prepared(lambda: _of_parties(ContactPoint.objects.order_by("-preferred", "position", "id"), *POINT))
_ADDRESSES = Prepared(lambda: _of_parties(Address.objects.order_by("position", "id"), *ADDRESS))
_CODES = Prepared(lambda: _of_parties(ExternalIdentity.objects.order_by("system", "id"), "system", "key"))
_TIES = PreparedFor(_ties)
_FIRMS = Prepared(_firms)


def _read_points(_principal: Principal, ids: Sequence[UUID], found: Rows) -> None:
    for row in _POINTS.plain(ids=ids):
        if row[0] in found:
            found[row[0]].points.append(row[1:])


def _read_addresses(_principal: Principal, ids: Sequence[UUID], found: Rows) -> None:
    for row in _ADDRESSES.plain(ids=ids):
        if row[0] in found:
            found[row[0]].addresses.append(row[1:])


def _read_codes(_principal: Principal, ids: Sequence[UUID], found: Rows) -> None:
    for row in _CODES.plain(ids=ids):
        if row[0] in found:
            found[row[0]].codes.append(row[1:])


def _read_ties(principal: Principal, ids: Sequence[UUID], found: Rows) -> None:
    """The living before the ended, the most advanced first, as everywhere."""
    for row in _TIES.plain(principal, ids=ids):
        if row[0] in found:
            found[row[0]].ties.append(row[1:])
    for party in found.values():
        if len(party.ties) > 1:
            party.ties.sort(key=lambda tie: (tie[1] is not None, -STAGE_ORDER[tie[0]], tie[2]))


def _read_firms(principal: Principal, ids: Sequence[UUID], found: Rows) -> None:
    """The firms that persons are contacts of, as far as one sees these firms."""
    rows = _FIRMS.rows(ids=ids)
    names = names_of(principal, {firm for _party, firm, _title in rows})
    for party, firm, title in rows:
        if firm in names and kept_key(party) in found:
            found[kept_key(party)].firms.append((names[firm], title))


def _read_heard(principal: Principal, ids: Sequence[UUID], found: Rows) -> None:
    if knows_every_contact(principal):
        for party in found.values():
            party.heard = party.facts[PLACES["last_contact_at"]]
        return
    for key, moment in latest_known(principal, ids).items():
        if kept_key(key) in found:
            found[kept_key(key)].heard = moment


def _read_own(principal: Principal, _ids: Sequence[UUID], found: Rows) -> None:
    parties = list(found.values())
    kept = [json.loads(text) if isinstance(text := party.fact("fields"), str) else text or {} for party in parties]
    shown = visible_values(principal, ENTITY, kept)
    related = [field for field in fields_of(ENTITY) if field.kind == "relation"]
    names = names_in(principal, related, shown)
    for party, values in zip(parties, shown, strict=True):
        party.own = values | {field.code: names[UUID(values[field.code])] for field in related if field.code in values}


_READ: Mapping[str, Callable[[Principal, Sequence[UUID], Rows], None]] = {
    "points": _read_points,
    "addresses": _read_addresses,
    "codes": _read_codes,
    "ties": _read_ties,
    "firms": _read_firms,
    "heard": _read_heard,
    "own": _read_own,
}
