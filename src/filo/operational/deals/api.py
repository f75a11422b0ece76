"""Deals at the API."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import people_named, person_shown
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.deals.filters import DEAL_FILTERS
from filo.operational.deals.models import Deal, LossReason, Pipeline, PipelineStage
from filo.operational.deals.queries.finding import SHOWN, deal_again, seen_deal, stages_of
from filo.operational.deals.queries.listing import SORTS, deals_found
from filo.operational.deals.services import (
    change_deal,
    delete_deal,
    hand_over_deal,
    lose_deal,
    move_deal,
    open_deal,
    reopen_deal,
    win_deal,
)
from filo.operational.deals.services.opening import Where
from filo.operational.deals.shapes import DealBody, DealChange, DealList, DealShape, LossBody, PipelineList
from filo.operational.parties.models import Party

router = Router(tags=["deals"])


@router.get("/pipelines", response=PipelineList, summary="List pipelines")
def list_pipelines(request: ApiRequest) -> dict[str, Any]:
    """The ways that deals go, with their stages."""
    require(request, "deal", "view")
    rows = Pipeline.objects.select_related("company", "product_line").prefetch_related("stages")
    return {"items": [_pipeline(row) for row in rows]}


@router.get("/deals", response=DealList, summary="List deals")
def list_deals(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The deals one sees, what is to close soonest on top. Orders: close, opened, amount, score, next, title.
    Filters as on the page. `q` is words of the deal or its customer.
    """
    principal = require(request, "deal", "view")
    found = deals_found(principal, None, asked.q).select_related(*SHOWN)
    page, count = listed(principal, found, asked, sorts=SORTS, filters=DEAL_FILTERS)
    return list_answer(_shown(principal, page.rows), page.next, count)


@router.post("/deals", response={201: DealShape}, summary="Open a deal", openapi_extra=VERSIONED)
def add_deal(request: ApiRequest, body: DealBody) -> HttpResponse:
    """There is something to sell."""
    principal = require(request, "deal", "create")
    party = Party.objects.visible_to(principal).filter(pk=body.party).first()
    if party is None:
        raise InvalidFields({"party": NotFound.sentence})
    pipeline = _pipeline_named(body.pipeline)
    facts = _facts(body.sent(), at_opening=True)
    with transaction.atomic():
        deal = open_deal(
            principal,
            party=party,
            pipeline=pipeline,
            stage=_stage(pipeline, body.stage) if body.stage else None,
            owner_id=_person(body.owner),
            where=_where(body),
            **facts,
        )
    headers = {"Location": f"/api/v1/deals/{deal.id}"}
    return versioned(request, _shown(principal, [deal_again(deal)])[0], status=201, headers=headers)


@router.get("/deals/{uuid:deal_id}", response=DealShape, summary="Read a deal", openapi_extra=VERSIONED)
def get_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """One deal."""
    principal = require(request, "deal", "view")
    return versioned(request, _one(principal, deal_id))


@router.patch("/deals/{uuid:deal_id}", response=DealShape, summary="Change a deal", openapi_extra=VERSIONED)
def patch_deal(request: ApiRequest, deal_id: UUID, body: DealChange) -> HttpResponse:
    """Change facts, give it to somebody, move it to another open stage; all of it or nothing."""
    principal = require(request, "deal", "edit")
    deal, sent = seen_deal(principal, deal_id), body.sent()
    version = version_to_write(request, deal.version)
    try:
        with transaction.atomic():
            _change(principal, deal, sent, version=version)
    except Stale as error:
        raise stale(_one(principal, deal_id), sent, error) from None
    return versioned(request, _shown(principal, [deal_again(deal)])[0])


def _change(principal: Principal, deal: Deal, sent: dict[str, Any], *, version: int | None) -> None:
    facts = _facts(sent) | _rows(sent)
    to = _stage(deal.pipeline, sent["stage"]) if sent.get("stage") else None
    if to is not None and to.pk != deal.stage_id:
        now = move_deal(principal, deal, to, version=version, facts=facts)
        now = change_deal(principal, now, **facts)
    else:
        now = change_deal(principal, deal, version=version, **facts)
    if "owner" in sent:
        hand_over_deal(principal, now, owner_id=_person(sent["owner"]))


@router.delete("/deals/{uuid:deal_id}", response={204: None}, summary="Throw a deal away")
def remove_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """Into the bin."""
    principal = require(request, "deal", "delete")
    delete_deal(principal, seen_deal(principal, deal_id))
    return HttpResponse(status=204)


@router.post("/deals/{uuid:deal_id}/win", response=DealShape, summary="Win a deal", openapi_extra=VERSIONED)
def win_a_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """The customer buys; winning it twice changes nothing."""
    principal = require(request, "deal", "edit")
    win_deal(principal, seen_deal(principal, deal_id))
    return versioned(request, _one(principal, deal_id))


@router.post("/deals/{uuid:deal_id}/lose", response=DealShape, summary="Lose a deal", openapi_extra=VERSIONED)
def lose_a_deal(request: ApiRequest, deal_id: UUID, body: LossBody) -> HttpResponse:
    """The customer does not buy, and why."""
    principal = require(request, "deal", "edit")
    lose_deal(principal, seen_deal(principal, deal_id), reason=_reason(body.reason), note=body.note)
    return versioned(request, _one(principal, deal_id))


@router.post("/deals/{uuid:deal_id}/reopen", response=DealShape, summary="Open a deal again", openapi_extra=VERSIONED)
def reopen_a_deal(request: ApiRequest, deal_id: UUID) -> HttpResponse:
    """It goes on where it was; an open one stays as it is."""
    principal = require(request, "deal", "edit")
    reopen_deal(principal, seen_deal(principal, deal_id))
    return versioned(request, _one(principal, deal_id))


_CODED: dict[str, Any] = {"company": SellingCompany, "product_line": ProductLine, "area": Area, "channel": Channel}
_PLAIN = (*("title", "close_date", "probability", "source", "referral_code", "description", "next_step", "next_on"),)


def _facts(sent: dict[str, Any], *, at_opening: bool = False) -> dict[str, Any]:
    facts = {name: sent[name] for name in _PLAIN if name in sent}
    if "value" in sent:
        value = sent["value"] or {"amount": Decimal(0), "currency": "EUR"}
        facts |= {"amount": value["amount"], "currency": value.get("currency", "EUR")}
    if "contact" in sent:
        facts["contact_id"] = sent["contact"]
    if not at_opening and "title" in facts and not facts["title"]:
        raise InvalidFields({"title": _("Say what the deal is about.")})
    return facts


def _rows(sent: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}_id": _coded(name, sent[name]) for name in _CODED if name in sent}


def _coded(name: str, code: str) -> UUID | None:
    if not code:
        return None
    found = _CODED[name]._default_manager.filter(code=code).first()
    if found is None:
        raise InvalidFields({name: _("There is nothing of this code.")})
    key: UUID = found.pk
    return key


def _where(body: DealBody) -> Where:
    found = {}
    for name, model in _CODED.items():
        code = getattr(body, name)
        if code:
            found[name] = model._default_manager.get(pk=_coded(name, code))
    return Where(**found)


def _pipeline_named(code: str) -> Pipeline:
    rows = Pipeline.objects.select_related("company", "product_line").prefetch_related("stages")
    found = (rows.filter(code=code) if code else rows.filter(archived=False)).first()
    if found is None:
        raise InvalidFields({"pipeline": _("There is nothing of this code.")})
    return found


def _stage(pipeline: Pipeline, code: str) -> PipelineStage:
    found = next((stage for stage in pipeline.stages.all() if stage.code == code), None)
    if found is None:
        raise InvalidFields({"stage": _("There is nothing of this code.")})
    return found


def _reason(name: str) -> LossReason:
    for reason in LossReason.objects.all():
        if name in (str(reason.pk), reason.name_it, reason.name_en):
            return reason
    raise InvalidFields({"reason": _("There is no such reason.")})


def _person(name: str) -> UUID | None:
    if not name:
        return None
    found = people_named([name]).get(name)
    if found is None:
        raise InvalidFields({"owner": _("Choose somebody who works here.")})
    return found.id


def _one(principal: Principal, deal_id: UUID) -> dict[str, Any]:
    return _shown(principal, [seen_deal(principal, deal_id)])[0]


def _shown(principal: Principal, deals: Sequence[Deal]) -> list[dict[str, Any]]:
    """The deals; a customer is named only to whom sees him."""
    ids = {deal.party_id for deal in deals}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if principal.may("party", "view") and ids else []
    seen = {party.id: party for party in rows}
    return [_shape(deal, seen.get(deal.party_id)) for deal in deals]


def _shape(deal: Deal, party: Party | None) -> dict[str, Any]:
    plain = (
        *("id", "title", "state", "probability", "chance", "close_date", "source", "referral_code", "description"),
        *("next_step", "next_on", "score", "is_stale", "loss_note", "stage_since", "last_activity_at", "closed_at"),
        *("closed_on", "created_at", "version"),
    )
    about = {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None
    codes = {name: getattr(deal, name).code if getattr(deal, name) else "" for name in _CODED}
    return (
        {name: getattr(deal, name) for name in plain}
        | codes
        | {
            "party": about,
            "contact": deal.contact_id,
            "pipeline": deal.pipeline.code,
            "stage": deal.stage.code,
            "value": {"amount": str(deal.amount), "currency": deal.currency},
            "weighted": {"amount": str(deal.weighted), "currency": deal.currency},
            "owner": person_shown(deal.owner) if deal.owner else None,
            "unit": deal.unit_id,
            "loss_reason": deal.loss_reason.name if deal.loss_reason else "",
        }
    )


def _pipeline(row: Pipeline) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "company": row.company.code if row.company else "",
        "product_line": row.product_line.code if row.product_line else "",
        "archived": row.archived,
        "stages": [
            {
                **{name: getattr(stage, name) for name in ("code", "name", "kind", "probability", "stale_after")},
                "required": stage.required,
                "next": stage.next_codes,
            }
            for stage in stages_of(row)
        ],
    }
