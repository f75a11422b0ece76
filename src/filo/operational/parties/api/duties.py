"""Relationships at the API: stage, owner, members, area, channel, unit, and further companies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound, Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.parties.api.references import References, relationship_specs
from filo.operational.parties.api.shapes import (
    AssignmentBody,
    RelationshipBody,
    RelationshipShape,
    StageBody,
)
from filo.operational.parties.models import Relationship
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.representations import MEMBERS, relationship_shown
from filo.operational.parties.services.relationships import assign_relationship, open_relationship
from filo.operational.parties.services.stages import move_stage

router = Router(tags=["relationships"])


@router.post("/parties/{uuid:party_id}/relationships", response={201: RelationshipShape}, summary="Open a relationship")
def open_a_relationship(request: ApiRequest, party_id: UUID, body: RelationshipBody) -> HttpResponse:
    """The party becomes something to a further company or product line."""
    principal = require(request, "party", "edit")
    party = seen_party(principal, party_id)
    (spec,) = relationship_specs([body], path="")
    row = open_relationship(principal, party, spec)
    found = relationship_shown(_whole(row.id))
    return versioned(request, found, status=201, headers={"Location": f"/api/v1/relationships/{row.id}"})


@router.get(
    "/relationships/{uuid:relationship_id}",
    response=RelationshipShape,
    summary="Read a relationship",
    openapi_extra=VERSIONED,
)
def get_relationship(request: ApiRequest, relationship_id: UUID) -> HttpResponse:
    """One relationship."""
    principal = require(request, "party", "view")
    return versioned(request, relationship_shown(_seen(principal, relationship_id)))


@router.patch(
    "/relationships/{uuid:relationship_id}",
    response=RelationshipShape,
    summary="Assign a relationship",
    openapi_extra=VERSIONED,
)
def assign_a_relationship(request: ApiRequest, relationship_id: UUID, body: AssignmentBody) -> HttpResponse:
    """Set owner, area, channel, unit or members; what is not sent stays."""
    principal = require(request, "party", "assign")
    row = _seen(principal, relationship_id)
    version = version_to_write(request, row.version)
    wanted = _assignment(row, body)
    try:
        assign_relationship(principal, row, version=version, **wanted)
    except Stale as error:
        raise stale(_named(relationship_shown(_whole(row.id))), body.sent(), error) from None
    return versioned(request, relationship_shown(_whole(row.id)))


@router.post("/relationships/{uuid:relationship_id}/stage", response=RelationshipShape, summary="Move the stage")
def move_the_stage(request: ApiRequest, relationship_id: UUID, body: StageBody) -> HttpResponse:
    """Move a relationship by hand, forward or back, with a reason. Honours If-Match."""
    principal = require(request, "party", "edit")
    row = _seen(principal, relationship_id)
    version = version_to_write(request, row.version)
    move_stage(principal, row, to=body.stage, reason=body.reason, version=version)
    return versioned(request, relationship_shown(_whole(row.id)))


def _seen(principal: Principal, relationship_id: UUID) -> Relationship:
    """A relationship this principal sees, of a party that is not in the bin. Raises `NotFound`."""
    rows = Relationship.objects.visible_to(principal).for_list()
    row = rows.filter(pk=relationship_id, party__deleted_at=None).prefetch_related(MEMBERS).first()
    if row is None:
        raise NotFound
    return row


def _whole(relationship_id: UUID) -> Relationship:
    """As it is now, for whoever has just written it."""
    rows = Relationship.objects.all().for_list()
    return rows.prefetch_related(MEMBERS).get(pk=relationship_id)


def _assignment(row: Relationship, body: AssignmentBody) -> dict[str, Any]:
    """What the verb takes: what is there, overlaid with what was sent. Raises `InvalidFields`."""
    found, sent = References(), body.model_fields_set
    found.read([body])
    wanted = {
        "owner_id": found.person(body.owner, "owner") if "owner" in sent else row.owner_id,
        "members": found.members(body.members) if "members" in sent else None,
        "with_work": body.with_work,
    }
    for name in ("area", "channel", "unit"):
        wanted[name] = found.row(name, getattr(body, name)) if name in sent else getattr(row, name)
    found.stop()
    return wanted


def _named(shown: dict[str, Any]) -> dict[str, Any]:
    """People as bodies name them, so that both sides of a difference read alike."""
    owner = shown["owner"]
    return shown | {
        "owner": owner["email"] if owner else None,
        "members": [member["email"] for member in shown["members"]],
    }
