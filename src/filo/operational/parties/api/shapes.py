"""What the API takes and gives about parties."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Day, Shape, YesNo

Kind = Literal["person", "organisation"]
Stage = Literal["suspect", "lead", "prospect", "customer"]
PointType = Literal["email", "pec", "phone", "mobile", "fax", "web", "social"]
AddressUse = Literal["main", "billing", "shipping", "home", "other"]
Role = Literal[
    "contact", "owner", "employee", "legal-representative", "spouse", "parent", "part-of", "supplier", "other"
]
Degrees = Annotated[Decimal, Field(max_digits=9, decimal_places=6)]
PERSON = "A colleague, by e-mail or id."
EXAMPLE: dict[str, Any] = {
    "kind": "person",
    "given_name": "Mario",
    "family_name": "Rossi",
    "language": "it",
    "contact_points": [
        {"type": "email", "value": "mario.rossi@example.it"},
        {"type": "mobile", "value": "+39 333 1234567"},
    ],
    "addresses": [
        {"street": "Via Roma 1", "postal_code": "84121", "city": "Salerno", "province": "SA", "country": "IT"}
    ],
    "relationships": [{"company": "aurora-moda", "product_line": None, "stage": "lead", "area": "nord"}],
    "fields": {},
}


class PointBody(Body):
    """One way to reach a party."""

    type: PointType
    value: str = Field(max_length=320)
    label: str = Field("", max_length=60)
    preferred: YesNo = False


class AddressBody(Body):
    """One address; Italian provinces and CAP are checked."""

    use: AddressUse = "main"
    street: str = Field("", max_length=200)
    locality: str = Field("", max_length=120)
    postal_code: str = Field("", max_length=16)
    city: str = Field("", max_length=120)
    province: str = Field("", max_length=60)
    country: str = Field("IT", max_length=2)
    latitude: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Degrees, Field(ge=-180, le=180)] | None = None


class RelationshipBody(Body):
    """What the party is to one of our companies, everything by code; without a stage the rules decide."""

    company: str
    product_line: str | None = None
    stage: Stage | None = None
    area: str | None = None
    channel: str | None = None
    unit: str | None = None
    owner: str | None = Field(None, description=PERSON)
    members: list[str] = Field([], max_length=50, description="Colleagues, by e-mail or id.")


class IdentityBody(Body):
    """How another system calls this party."""

    system: str = Field(min_length=1, max_length=60)
    key: str = Field(min_length=1, max_length=200)


class PartyFactsBody(Body):
    """Facts of a party; lists are replaced whole."""

    given_name: str | None = None
    family_name: str | None = None
    title: str | None = None
    gender: Literal["", "female", "male"] | None = None
    birth_date: Day | None = None
    legal_name: str | None = None
    sector: str | None = None
    vat_number: str | None = None
    codice_fiscale: str | None = None
    sdi_code: str | None = None
    language: Literal["it", "en"] | None = None
    notes: str | None = Field(None, max_length=20_000)
    contact_points: list[PointBody] = Field([], max_length=60)
    addresses: list[AddressBody] = Field([], max_length=30)
    fields: dict[str, Any] = Field({}, description="Custom fields, by name; null takes a value away.")


class PartyBody(PartyFactsBody):
    """A new party. Without `relationships` it gets the default one; `stage` alone is shorthand for that one."""

    model_config = {"extra": "forbid", "json_schema_extra": {"examples": [EXAMPLE]}}

    kind: Kind
    stage: Stage | None = None
    relationships: list[RelationshipBody] | None = Field(None, max_length=20)
    source: str = Field("", max_length=80)
    external_identities: list[IdentityBody] = Field([], max_length=20)


class StageBody(Body):
    """A move by hand, and why."""

    stage: Stage
    reason: str = Field(max_length=300)


class AssignmentBody(Body):
    """Who works a customer and where he belongs; only what is sent changes."""

    owner: str | None = Field(None, description=PERSON)
    area: str | None = None
    channel: str | None = None
    unit: str | None = None
    members: list[str] = Field([], max_length=50, description="Colleagues, by e-mail or id; replaced whole.")
    with_work: YesNo = Field(True, description="Open deals, quotes and tasks go along.")


class RelationBody(Body):
    """What this party is to another: *contact* at a firm, *spouse* of a person."""

    to: UUID
    role: Role
    job_title: str = Field("", max_length=120)
    valid_from: Day | None = None
    valid_to: Day | None = None


class PersonNamedShape(Shape):
    """A colleague."""

    id: UUID
    name: str
    email: str


class MemberShape(PersonNamedShape):
    """A colleague who works the customer besides the owner."""

    role: str


class PointShape(Shape):
    """A contact point; `normalised` is what is compared."""

    id: UUID
    type: PointType
    value: str
    normalised: str
    extension: str
    label: str
    preferred: bool


class AddressShape(Shape):
    """An address."""

    id: UUID
    use: AddressUse
    street: str
    locality: str
    postal_code: str
    city: str
    province: str
    country: str
    latitude: str | None
    longitude: str | None


class RelationshipShape(Shape):
    """What a party is to one of our companies; dimensions by code."""

    id: UUID
    party: UUID
    company: str
    product_line: str | None
    stage: Stage
    stage_since: datetime
    customer_since: date | None
    ended_at: datetime | None
    end_reason: str
    area: str | None
    channel: str | None
    unit: str | None
    owner: PersonNamedShape | None
    members: list[MemberShape]
    version: int
    created_at: datetime


class IdentityShape(Shape):
    """How another system calls the party."""

    system: str
    key: str


class PartyShape(Shape):
    """A party. Fields that the role may not see are absent, relationships one may not see are left out."""

    id: UUID
    kind: Kind
    display_name: str
    salutation: str
    version: int
    created_at: datetime
    updated_at: datetime
    given_name: str
    family_name: str
    title: str
    gender: str
    birth_date: date | None = None
    legal_name: str
    legal_form: str
    sector: str
    vat_number: str = ""
    codice_fiscale: str = ""
    sdi_code: str
    language: str
    notes: str = ""
    source: str
    fields: dict[str, Any]
    contact_points: list[PointShape]
    addresses: list[AddressShape]
    relationships: list[RelationshipShape]
    external_identities: list[IdentityShape]


class PartyList(Shape):
    """A page of parties."""

    items: list[PartyShape]
    next: str | None
    count: int
    count_is_exact: bool


class PartyBrief(Shape):
    """A party as others name it."""

    id: UUID
    kind: Kind
    display_name: str


class RelationShape(Shape):
    """Who is what to whom: the first is `role` of, at or for the second."""

    id: UUID
    from_party: PartyBrief
    to_party: PartyBrief
    role: Role
    job_title: str
    valid_from: date | None
    valid_to: date | None


class RelationList(Shape):
    """The relations of a party."""

    items: list[RelationShape]
    next: str | None
    count: int
    count_is_exact: bool


class Reference(Shape):
    """Where an entry comes from."""

    kind: str
    id: UUID


class Actor(Shape):
    """Who did it; without an id when it was the system, or somebody who is gone."""

    id: UUID | None
    name: str


class EntryShape(Shape):
    """Something that happened, in one line."""

    id: UUID
    at: datetime
    kind: str
    channel: str
    direction: str
    summary: str
    excerpt: str
    outcome: str
    actor: Actor
    company: str | None
    relationship: UUID | None
    reference: Reference | None
    event_id: UUID
    data: dict[str, Any]


class Timeline(Shape):
    """A page of the story, newest first."""

    items: list[EntryShape]
    next: str | None
    count: int
    count_is_exact: bool


class Hit(Shape):
    """Something found: a party, or a note or interaction about the one that `title` names, with the line in it."""

    kind: str
    id: UUID
    title: str
    subtitle: str
    url: str
    similar: bool = Field(description="It is not called as was typed, but nearly.")


class Hits(Shape):
    """What was found, the best first."""

    items: list[Hit]
    next: str | None
    count: int
    count_is_exact: bool
