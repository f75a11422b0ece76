"""What is done to a deal at the API, besides its facts: steps, notes, other hands, out of the bin."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.audit.operations import one_operation
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.rest.answers import answer
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import versioned
from filo.foundation.web.paging import Key, capped_count
from filo.operational.deals.api import named, telling
from filo.operational.deals.api.act_shapes import (
    BinList,
    DealNoteBody,
    HandedOver,
    HandOverBody,
    HandOverManyBody,
    NextStepBody,
)
from filo.operational.deals.api.shapes import DealShape
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.finding import SHOWN, binned_deal, deal_again, seen_deal
from filo.operational.deals.queries.listing import thrown_away
from filo.operational.deals.services import (
    do_next_step,
    hand_over_deal,
    hand_over_deals,
    note_on_deal,
    restore_deal,
    set_next_step,
)

router = Router(tags=["deals"])
LATEST_IN_BIN = (Key("deleted_at", descending=True), Key("id", descending=True))


@router.post(
    "/deals/{uuid:deal_id}/next-step", response=DealShape, summary="Say what comes next", openapi_extra=VERSIONED
)
def say_next_step(request: ApiRequest, deal_id: UUID, body: NextStepBody) -> HttpResponse:
    """What comes next, and on which day."""
    principal = require(request, "deal", "edit")
    return _told(request, set_next_step(principal, seen_deal(principal, deal_id), step=body.step, on=body.on))


@router.post("/deals/{uuid:deal_id}/step-done", response=DealShape, summary="Do the next step", openapi_extra=VERSIONED)
def do_step_of_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """It goes to the story, and nothing comes next until somebody says so; where nothing does, nothing changes."""
    principal = require(request, "deal", "edit")
    return _told(request, do_next_step(principal, seen_deal(principal, deal_id)))


@router.post(
    "/deals/{uuid:deal_id}/notes", response=DealShape, summary="Note something on a deal", openapi_extra=VERSIONED
)
def note_deal(request: ApiRequest, deal_id: UUID, body: DealNoteBody) -> HttpResponse:
    """It stands in the story of the deal and of its customer."""
    principal = require(request, "deal", "edit")
    return _told(request, note_on_deal(principal, seen_deal(principal, deal_id), body.text))


@router.post("/deals/{uuid:deal_id}/hand-over", response=DealShape, summary="Hand a deal over", openapi_extra=VERSIONED)
def hand_deal_over(request: ApiRequest, deal_id: UUID, body: HandOverBody) -> HttpResponse:
    """To a colleague, in whose unit it then is, or to nobody; the answer tells it also to who sees it no more."""
    principal = require(request, "deal", "assign")
    found = hand_over_deal(principal, seen_deal(principal, deal_id), owner_id=named.person(body.owner))
    return _told(request, found)


@router.post("/deals/hand-over", response=HandedOver, summary="Hand many deals over")
def hand_many_deals_over(request: ApiRequest, body: HandOverManyBody) -> HttpResponse:
    """Up to 200 as one act: those that one may not give away stay where they are."""
    principal = require(request, "deal", "assign")
    ids = list(dict.fromkeys(body.ids))
    seen = Deal.objects.visible_to(principal).in_bulk(ids)
    wrong = {f"ids.{place}": NotFound.sentence for place, key in enumerate(body.ids) if key not in seen}
    if wrong:
        raise InvalidFields(wrong)
    with one_operation() as operation:
        given, left = hand_over_deals(principal, list(seen.values()), owner_id=named.person(body.owner))
    return answer({"given": given, "left": left, "operation": operation.id})


@router.get("/deals/bin", response=BinList, summary="List deals in the bin")
def list_binned_deals(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """What was thrown away of what one saw, the latest first."""
    principal = require(request, "deal", "view")
    found = thrown_away(principal).select_related(*SHOWN)
    page = page_in(found, LATEST_IN_BIN, asked)
    shown = telling.shown(principal, page.rows)
    items = [one | {"deleted_at": row.deleted_at} for one, row in zip(shown, page.rows, strict=True)]
    return list_answer(items, page.next, capped_count(found))


@router.post("/deals/{uuid:deal_id}/restore", response=DealShape, summary="Bring a deal back", openapi_extra=VERSIONED)
def restore_a_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """Out of the bin, as it was."""
    principal = require(request, "deal", "delete")
    return _told(request, restore_deal(principal, binned_deal(principal, deal_id)))


def _told(request: ApiRequest, deal: Deal) -> HttpResponse:
    return versioned(request, telling.shown(request.principal, [deal_again(deal)])[0])
