"""Who is what to whom, at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.rest.answers import answer, no_content
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import Key, capped_count
from filo.operational.parties.api.shapes import RelationBody, RelationList, RelationShape
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.representations import brief
from filo.operational.parties.services.relations import relate, unrelate

router = Router(tags=["parties"])


@router.get("/parties/{uuid:party_id}/relations", response=RelationList, summary="List relations")
def list_relations(request: ApiRequest, party_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """The relations of a party with others one sees, in the order in which they were made."""
    principal = require(request, "party", "view")
    found = _relations(principal, seen_party(principal, party_id)).select_related("from_party", "to_party")
    page = page_in(found, (Key("id"),), asked)
    return list_answer([_shown(row) for row in page.rows], page.next, capped_count(found))


@router.post("/parties/{uuid:party_id}/relations", response={201: RelationShape}, summary="Relate two parties")
def relate_parties(request: ApiRequest, party_id: UUID, body: RelationBody) -> HttpResponse:
    """Say what this party is to another."""
    principal = require(request, "party", "edit")
    party = seen_party(principal, party_id)
    try:
        other = seen_party(principal, body.to)
    except NotFound as error:
        raise InvalidFields({"to": error.sentence}) from None
    facts = body.model_dump(exclude={"to"})
    return answer(_shown(relate(principal, party, to=other, **facts)), status=201)


@router.delete(
    "/parties/{uuid:party_id}/relations/{uuid:relation_id}", response={204: None}, summary="Take a relation away"
)
def unrelate_parties(request: ApiRequest, party_id: UUID, relation_id: UUID) -> HttpResponse:
    """For one that was a mistake; one that is over gets an end."""
    principal = require(request, "party", "edit")
    party = seen_party(principal, party_id)
    row = _relations(principal, party).filter(pk=relation_id).first()
    if row is None:
        raise NotFound
    unrelate(principal, party, row)
    return no_content()


def _relations(principal: Principal, party: Party) -> QuerySet[PartyRelation]:
    """Those whose other end this principal sees."""
    ends = PartyRelation.objects.filter(Q(from_party=party) | Q(to_party=party)).values_list("from_party", "to_party")
    others = {end for pair in ends for end in pair}
    seen = list(Party.objects.visible_to(principal).filter(pk__in=others).values_list("pk", flat=True))
    return PartyRelation.objects.filter(Q(from_party=party, to_party__in=seen) | Q(to_party=party, from_party__in=seen))


def _shown(row: PartyRelation) -> dict[str, Any]:
    return {
        "id": row.id,
        "from_party": brief(row.from_party),
        "to_party": brief(row.to_party),
        "role": row.role,
        "job_title": row.job_title,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
