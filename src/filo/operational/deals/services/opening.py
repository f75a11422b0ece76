"""A deal is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.fields.services.values import store_new
from filo.foundation.fields.values import clean_values
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany
from filo.operational.deals.drafts import clean_facts
from filo.operational.deals.events import DealGiven, DealOpened
from filo.operational.deals.findable import keep_words
from filo.operational.deals.models import Deal, DealStageChange, Pipeline, PipelineStage
from filo.operational.deals.queries.finding import first_stage
from filo.operational.deals.requirements import refuse_lacking
from filo.operational.deals.services.adding_up import add_up, part_of
from filo.operational.deals.services.assigning import assign_by_rules
from filo.operational.deals.services.changing import OWN, page_of_deal_changed, tell_of
from filo.operational.deals.services.scoring import score_anew
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.stages import showed_interest


@dataclass(frozen=True)
class Where:
    """What a deal counts for; what is empty is taken from the customer's relationship."""

    company: SellingCompany | None = None
    area: Area | None = None
    channel: Channel | None = None
    product_line: ProductLine | None = None


def open_deal(
    principal: Principal,
    *,
    party: Party,
    title: str = "",
    pipeline: Pipeline,
    stage: PipelineStage | None = None,
    amount: Decimal | str = Decimal(0),
    currency: str = "EUR",
    close_date: date | None = None,
    owner_id: UUID | None = None,
    where: Where | None = None,
    source: str = "",
    referral_code: str = "",
    contact_id: UUID | None = None,
    probability: int | None = None,
    next_step: str = "",
    next_on: date | None = None,
    description: str = "",
    own: Mapping[str, Any] | None = None,
) -> Deal:
    """Open a deal with a customer that the caller may see; without an owner the assignment rules find one.

    `own`: values of the firm's own fields, by their codes.
    Without a title it is called as the pipeline and the customer are. Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("deal", "create")
    raw = {
        "title": title or f"{pipeline.name}: {party.display_name}"[:200],
        "amount": amount,
        "currency": currency,
        "close_date": close_date,
        "source": source,
        "referral_code": referral_code,
        "contact_id": contact_id,
        "probability": probability,
        "next_step": next_step,
        "next_on": next_on,
        "description": description,
        "owner_id": owner_id,
    }
    facts = clean_facts(raw, party_id=party.id) | {"fields": clean_values(principal, OWN, own or {}, current={})}
    begin = _beginning(pipeline, stage)
    with transaction.atomic():
        placed = _placed(pipeline, party, where or Where(), owner_id)
        deal = Deal(party=party, pipeline=pipeline, stage=begin, **facts, **placed)
        refuse_lacking(deal, begin)
        _begin(principal, deal)
        named = deal.owner_id
        _remember(principal, deal)
        if named is None:
            assign_by_rules(deal)
        elif named != principal.user_id:
            announce(principal, DealGiven(deal=deal.id, party=deal.party_id, owner=named))
    return deal


def _beginning(pipeline: Pipeline, stage: PipelineStage | None) -> PipelineStage:
    if pipeline.archived:
        raise InvalidFields({"pipeline": _("This pipeline is not used any more: choose another.")})
    begin = stage or first_stage(pipeline)
    if begin.pipeline_id != pipeline.id or not begin.is_open:
        raise InvalidFields({"stage": _("A new deal begins in an open stage of its pipeline.")})
    return begin


def _placed(pipeline: Pipeline, party: Party, where: Where, owner_id: UUID | None) -> Mapping[str, Any]:
    """What it counts for: as said, as the pipeline has it, as the customer's relationship has it."""
    company_id = where.company.id if where.company else pipeline.company_id
    tie: Relationship | None = tie_with(party, company_id, whose=owner_id)
    of_tie = tie if tie and (company_id is None or tie.company_id == company_id) else None
    line_id = where.product_line.id if where.product_line else pipeline.product_line_id
    return {
        "relationship": of_tie,
        "company_id": company_id or (of_tie.company_id if of_tie else None),
        "product_line_id": line_id or (of_tie.product_line_id if of_tie else None),
        "area_id": where.area.id if where.area else (tie.area_id if tie else None),
        "channel_id": where.channel.id if where.channel else (tie.channel_id if tie else None),
        "unit_id": of_tie.unit_id if of_tie else None,
    }


def _begin(principal: Principal, deal: Deal) -> None:
    """Now; in the unit of its owner, or the customer's, or the opener's."""
    deal.created_at = deal.stage_since = deal.last_activity_at = clock.now()
    if deal.owner_id is not None:
        deal.unit_id = User.objects.values_list("unit_id", flat=True).get(pk=deal.owner_id)
    deal.unit_id = deal.unit_id or principal.unit_id
    deal.settle()
    deal.score = score_anew(deal)
    deal.save(force_insert=True)


def _remember(principal: Principal, deal: Deal) -> None:
    """In the sums, on the timeline, in the audit, and for whoever waits for events."""
    DealStageChange.objects.create(
        deal=deal,
        pipeline_id=deal.pipeline_id,
        to_stage_id=deal.stage_id,
        at=deal.created_at,
        actor_id=principal.user_id,
        actor_name=principal.name,
    )
    add_up([(None, part_of(deal))])
    store_new(OWN, [(deal.id, deal.fields)])
    keep_words(deal)
    showed_interest(principal, deal.party, rule="offer")
    tell_of(principal, deal, "deal.opened", data={"stage": deal.stage.name_it})
    changes = {"title": (None, deal.title), "stage_id": (None, deal.stage_id), "amount": (None, deal.amount)}
    record(principal, "deal.open", kind="deal", object_id=deal.id, changes=changes)
    announce(principal, DealOpened(deal=deal.id, party=deal.party_id, stage=deal.stage.code))
    page_of_deal_changed(principal, deal)
