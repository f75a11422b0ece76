"""Parties by the thousand, for tables: rows as the database keeps them, without making an object of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
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
ADDRESS = ("use", "street", "locality", "postal_code", "city", "province", "country", "latitude", "longitude")
OWNER = ("owner__email", "owner__given_name", "owner__family_name")
TIE = ("stage", "ended_at", "company__name", "product_line__name", "area__name", "channel__name", "unit__name", *OWNER)
TIE_PLACES = {name: place for place, name in enumerate(TIE)}
BETWEEN = "; "
MOST_SYSTEMS = 20
Key = Any  # of a party, as the database keeps it
Row = tuple[Any, ...]


@dataclass
class TakenParties:
    """Parties (`facts`, in the order of `FACTS`), and by their keys what was asked for beside them.

    points: by type all values in one text, `first_points` the first of them. places: by use the first address
    (`ADDRESS`), `further_places` the others. ties: the relationship that is furthest along (`TIE`), and the others.
    firms: (name, position). codes: by system. own: the firm's own fields, a relation as a name.
    """

    facts: list[Row]
    points: dict[str, dict[Key, str]] = field(default_factory=dict)
    first_points: dict[str, dict[Key, str]] = field(default_factory=dict)
    places: dict[str, dict[Key, Row]] = field(default_factory=dict)
    further_places: dict[Key, list[Row]] = field(default_factory=dict)
    ties: dict[Key, Row] = field(default_factory=dict)
    further_ties: dict[Key, list[Row]] = field(default_factory=dict)
    firms: dict[Key, tuple[str, str]] = field(default_factory=dict)
    codes: dict[str, dict[Key, str]] = field(default_factory=dict)
    own: dict[Key, Mapping[str, Any]] = field(default_factory=dict)
    heard: dict[Key, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.facts)


def taken_parties(principal: Principal, ids: Sequence[UUID], needs: Collection[str]) -> TakenParties:
    """The parties with these ids, which a list of this principal gave, in this order; `needs` names of `_READ`."""
    rows = {row[0]: row for row in _FACTS.plain(ids=ids)}
    found = TakenParties([rows[key] for key in map(kept_key, ids) if key in rows])
    for need in needs:
        _READ[need](principal, ids, found)
    return found


def systems_known() -> list[str]:
    """The other systems that have codes for our parties: one step of the index each."""
    found: list[str] = []
    rows = ExternalIdentity.objects.order_by("system")
    while len(found) < MOST_SYSTEMS and (
        later := rows.filter(system__gt=found[-1] if found else "").values_list("system", flat=True).first()
    ):
        found.append(later)
    return found


def of_parties(rows: QuerySet[Any], *columns: str) -> QuerySet[Any, Any]:
    """The rows of the parties that `ids` names, their keys first."""
    return rows.filter(party__one_of=asked_many("ids", UUIDField())).values_list("party_id", *columns)


def _ties(principal: Principal) -> QuerySet[Any, Any]:
    return of_parties(Relationship.objects.visible_to(principal).order_by("created_at", "id"), *TIE)


def _firms() -> QuerySet[Any, Any]:
    found = PartyRelation.objects.filter(from_party__one_of=asked_many("ids", UUIDField()), role__in=CONTACT_ROLES)
    return found.filter(valid_to=None).order_by("id").values_list("from_party_id", "to_party_id", "job_title")


_FACTS = Prepared(lambda: Party.objects.filter(pk__one_of=asked_many("ids", UUIDField())).values_list(*FACTS))
_POINTS = Prepared(lambda: of_parties(ContactPoint.objects.order_by("-preferred", "position", "id"), "type", "value"))
_ADDRESSES = Prepared(lambda: of_parties(Address.objects.order_by("position", "id"), *ADDRESS))
_CODES = Prepared(lambda: of_parties(ExternalIdentity.objects.order_by("system", "id"), "system", "key"))
_TIES = PreparedFor(_ties)
_FIRMS = Prepared(_firms)


def _read_points(_principal: Principal, ids: Sequence[UUID], found: TakenParties) -> None:
    for key, type_, value in _POINTS.plain(ids=ids):
        of_type = found.points.setdefault(type_, {})
        if key in of_type:
            of_type[key] += BETWEEN + value
        else:
            of_type[key] = found.first_points.setdefault(type_, {})[key] = value


def _read_addresses(_principal: Principal, ids: Sequence[UUID], found: TakenParties) -> None:
    for key, *address in _ADDRESSES.plain(ids=ids):
        of_use = found.places.setdefault(address[0], {})
        if key in of_use:
            found.further_places.setdefault(key, []).append(tuple(address))
        else:
            of_use[key] = tuple(address)


def _read_codes(_principal: Principal, ids: Sequence[UUID], found: TakenParties) -> None:
    for key, system, code in _CODES.plain(ids=ids):
        of_system = found.codes.setdefault(system, {})
        of_system[key] = f"{of_system[key]}{BETWEEN}{code}" if key in of_system else code


def _read_ties(principal: Principal, ids: Sequence[UUID], found: TakenParties) -> None:
    """The living before the ended, the most advanced first, the older before the younger, as everywhere."""
    for key, *tie in _TIES.plain(principal, ids=ids):
        if key in found.ties:
            found.further_ties.setdefault(key, []).append(tuple(tie))
        else:
            found.ties[key] = tuple(tie)
    for key, further in found.further_ties.items():
        found.ties[key], *further[:] = sorted([found.ties[key], *further], key=_rank)


def _rank(tie: Row) -> tuple[bool, int]:
    return tie[1] is not None, -STAGE_ORDER[tie[0]]


def _read_firms(principal: Principal, ids: Sequence[UUID], found: TakenParties) -> None:
    """The firms that persons are contacts of, as far as one sees these firms."""
    rows = _FIRMS.rows(ids=ids)
    names = names_of(principal, {firm for _party, firm, _title in rows})
    for party, firm, title in rows:
        if firm in names:
            found.firms.setdefault(kept_key(party), (names[firm], title))


def _read_heard(principal: Principal, ids: Sequence[UUID], found: TakenParties) -> None:
    if knows_every_contact(principal):
        found.heard = {row[0]: row[PLACES["last_contact_at"]] for row in found.facts}
    else:
        found.heard = {kept_key(key): moment for key, moment in latest_known(principal, ids).items()}


def _read_own(principal: Principal, _ids: Sequence[UUID], found: TakenParties) -> None:
    kept = {row[0]: value for row in found.facts if (value := row[PLACES["fields"]]) and value != "{}"}
    values = [json.loads(value) if isinstance(value, str) else value for value in kept.values()]
    shown = visible_values(principal, ENTITY, values)
    related = [field.code for field in fields_of(ENTITY) if field.kind == "relation"]
    names = names_in(principal, [field for field in fields_of(ENTITY) if field.kind == "relation"], shown)
    for key, mine in zip(kept, shown, strict=True):
        found.own[key] = mine | {code: names[UUID(mine[code])] for code in related if code in mine}


_READ: Mapping[str, Callable[[Principal, Sequence[UUID], TakenParties], None]] = {
    "points": _read_points,
    "addresses": _read_addresses,
    "codes": _read_codes,
    "ties": _read_ties,
    "firms": _read_firms,
    "heard": _read_heard,
    "own": _read_own,
}
