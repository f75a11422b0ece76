"""From what is sent about deals to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.foundation.errors import InvalidFields
from filo.foundation.fields.words import visible_values
from filo.operational.deals.api.named import CODED, coded, person, stage
from filo.operational.deals.models import Deal, Pipeline, PipelineStage
from filo.operational.deals.queries.finding import seen_deal, stages_of
from filo.operational.deals.services import (
    change_deal,
    hand_over_deal,
    move_deal,
)
from filo.operational.deals.services.changing import OWN
from filo.operational.parties.models import Party

_PLAIN = (*("title", "close_date", "probability", "source", "referral_code", "description", "next_step", "next_on"),)


def change(principal: Principal, deal: Deal, sent: dict[str, Any], *, version: int | None) -> None:
    """Do all that was sent to one of them."""
    wanted = facts(sent) | rows(sent)
    to = stage(deal.pipeline, sent["stage"]) if sent.get("stage") else None
    if to is not None and to.pk != deal.stage_id:
        moved = {name: value for name, value in wanted.items() if name != "own"}
        now = move_deal(principal, deal, to, version=version, facts=moved)
        now = change_deal(principal, now, **wanted)
    else:
        now = change_deal(principal, deal, version=version, **wanted)
    if "owner" in sent:
        hand_over_deal(principal, now, owner_id=person(sent["owner"]))


def facts(sent: dict[str, Any], *, at_opening: bool = False) -> dict[str, Any]:
    """What was sent, by the names that verbs take."""
    found = {name: sent[name] for name in _PLAIN if name in sent}
    if "value" in sent:
        value = sent["value"] or {"amount": Decimal(0), "currency": "EUR"}
        found |= {"amount": value["amount"], "currency": value.get("currency", "EUR")}
    if "contact" in sent:
        found["contact_id"] = sent["contact"]
    if sent.get("fields"):
        found["own"] = sent["fields"]
    if not at_opening and "title" in found and not found["title"]:
        raise InvalidFields({"title": _("Say what the deal is about.")})
    return found


def rows(sent: dict[str, Any]) -> dict[str, Any]:
    """Rows, as they are answered or taken."""
    return {f"{name}_id": coded(name, sent[name]) for name in CODED if name in sent}


def one(principal: Principal, deal_id: UUID) -> dict[str, Any]:
    """One of them, whole, as it is answered."""
    return shown(principal, [seen_deal(principal, deal_id)])[0]


def shown(principal: Principal, deals: Sequence[Deal]) -> list[dict[str, Any]]:
    """The deals; a customer is named only to whom sees him."""
    ids = {deal.party_id for deal in deals}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if principal.may("party", "view") and ids else []
    seen = {party.id: party for party in rows}
    own = visible_values(principal, OWN, [deal.fields for deal in deals])
    return [shape(deal, seen.get(deal.party_id)) | {"fields": values} for deal, values in zip(deals, own, strict=True)]


def shape(deal: Deal, party: Party | None) -> dict[str, Any]:
    """As it is answered."""
    plain = (
        *("id", "title", "state", "probability", "chance", "close_date", "source", "referral_code", "description"),
        *("next_step", "next_on", "score", "is_stale", "loss_note", "stage_since", "last_activity_at", "closed_at"),
        *("closed_on", "created_at", "version"),
    )
    about = {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None
    codes = {name: getattr(deal, name).code if getattr(deal, name) else "" for name in CODED}
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


def pipeline(row: Pipeline) -> dict[str, Any]:
    """A pipeline with its stages, as it is answered."""
    return {
        **{name: getattr(row, name) for name in ("id", "code", "name", "name_it", "name_en", "archived", "version")},
        "company": row.company.code if row.company else "",
        "product_line": row.product_line.code if row.product_line else "",
        "stages": [stage_shown(one) for one in stages_of(row)],
    }


def stage_shown(row: PipelineStage) -> dict[str, Any]:
    """A stage, as it is answered."""
    plain = ("id", "code", "name", "name_it", "name_en", "kind", "probability", "stale_after", "required", "version")
    return {name: getattr(row, name) for name in plain} | {"next": row.next_codes}
