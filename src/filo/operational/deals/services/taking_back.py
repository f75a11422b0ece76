"""How acts on deals are taken back: each field as it was, where nobody has changed it since."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.foundation.errors import DomainError
from filo.operational.deals.models import Deal, PipelineStage
from filo.operational.deals.policies import DEAL_ASSIGNED
from filo.operational.deals.queries.finding import binned_deal, seen_deal
from filo.operational.deals.services.changing import require_deal
from filo.operational.deals.services.moving import take_step
from filo.operational.deals.services.removing import delete_deal, restore_deal

MOMENTS, DAYS = ("stage_since", "closed_at"), ("closed_on", "close_date", "next_on")
# What belongs together: a stage without its end would be half a deal.
TOGETHER = ("stage_id", "closed_at", "closed_on", "loss_reason_id", "loss_note")


def register_undo() -> None:
    """Called once, when the program starts."""
    for what in ("edit", "move", "win", "lose", "reopen", "next-step", "step-done"):
        undo_with("deal", f"deal.{what}", _put_back)
    undo_with("deal", "deal.assign", _give_back)
    undo_with("deal", "deal.follow", _give_back)
    undo_with("deal", "deal.open", _throw_away)
    undo_with("deal", "deal.delete", _bring_back)
    undo_with("deal", "deal.restore", _throw_away)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    deal = seen_deal(principal, entry.object_id)
    require_deal(principal, deal)
    return _written(principal, deal, entry, values)


def _give_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    deal = seen_deal(principal, entry.object_id)
    require_deal(principal, deal, action="assign", rule=DEAL_ASSIGNED)
    return _written(principal, deal, entry, values)


def _written(principal: Principal, deal: Deal, entry: AuditEntry, values: Values) -> PutBack:
    now = plain({name: getattr(deal, name, None) for name in values})
    free, since = still_there(values, now)
    if since and any(name in TOGETHER for name in since):
        kept = {name: value for name, value in free.items() if name not in (*TOGETHER, "stage_since")}
        since, free = [*since, *(name for name in free if name not in kept)], kept
    facts = {name: _typed(name, value) for name, value in free.items() if hasattr(deal, name)}
    if "stage_id" in facts and not PipelineStage.objects.filter(pk=facts["stage_id"]).exists():
        raise DomainError(_("What it was before is not there any more."), code="gone")
    if facts:
        take_step(principal, deal, facts, what=entry.action.removeprefix("deal."))
    return PutBack(free, since)


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in MOMENTS:
        return datetime.fromisoformat(value)
    if name in DAYS:
        return date.fromisoformat(value)
    if name == "amount":
        return Decimal(str(value))
    return UUID(value) if name.endswith("_id") else value


def _throw_away(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    delete_deal(principal, seen_deal(principal, entry.object_id))
    return PutBack(values)


def _bring_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    restore_deal(principal, binned_deal(principal, entry.object_id))
    return PutBack(values)
