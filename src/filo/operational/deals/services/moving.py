"""A deal goes from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.base import DomainEvent
from filo.operational.deals.drafts import clean_facts
from filo.operational.deals.events import DealMoved
from filo.operational.deals.models import Deal, DealStageChange, PipelineStage
from filo.operational.deals.queries.finding import may_go
from filo.operational.deals.requirements import refuse_lacking
from filo.operational.deals.services.changing import change, require_deal, tell_of

# What a move may bring along, because the stage asks for it.
BROUGHT = (
    *("amount", "currency", "close_date", "contact_id", "product_line_id", "source", "description"),
    *("next_step", "next_on"),
)


def move_deal(
    principal: Principal,
    deal: Deal,
    to: PipelineStage,
    *,
    version: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Deal:
    """Move an open deal to another open stage, with what that stage asks for (`facts`, names of `BROUGHT`).

    Moving it where it is changes nothing. Raises `Forbidden`, `InvalidFields` that names what is missing, `Stale`,
    and `DomainError` (code `deal-transition`) where the stages do not allow it.
    """
    require_deal(principal, deal)
    if not to.is_open:
        raise DomainError(_("A deal is won or lost, not moved there."), code="deal-transition")
    brought = brought_facts(deal, facts)

    def stepped(locked: Deal) -> dict[str, Any]:
        if not locked.is_open:
            raise DomainError(_("This deal is closed: open it again first."), code="deal-closed")
        return step(locked, to, brought)

    return take_step(principal, deal, stepped, what="move", version=version, telling=_moved(deal))[0]


def brought_facts(deal: Deal, facts: Mapping[str, Any] | None) -> dict[str, Any]:
    """What comes along with a move, clean. Raises `InvalidFields`."""
    raw = {name: value for name, value in (facts or {}).items() if name in BROUGHT}
    return clean_facts(raw, party_id=deal.party_id, currency=deal.currency)


def step(locked: Deal, to: PipelineStage, brought: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a step that is allowed. Raises `DomainError`, `InvalidFields`."""
    if locked.stage_id == to.id:
        return dict(brought)
    if to.pipeline_id != locked.pipeline_id:
        raise InvalidFields({"stage": _("This stage belongs to another pipeline.")})
    if not may_go(locked.stage, to):
        names = {"from": locked.stage.name, "to": to.name}
        raise DomainError(_("From “%(from)s” a deal does not go to “%(to)s”.") % names, code="deal-transition")
    refuse_lacking(locked, to, brought)
    return {"stage_id": to.id, "stage_since": clock.now(), **brought}


def take_step(
    principal: Principal, deal: Deal, facts: Any, *, what: str, version: int | None = None, telling: Any = None
) -> tuple[Deal, dict[str, tuple[Any, Any]]]:
    """Change a deal and keep the step, where its stage changed; gives the deal and what changed."""
    with transaction.atomic():
        found, changes = change(principal, deal, facts, what=what, version=version, telling=telling)
        if "stage_id" in changes:
            before, after = changes["stage_id"]
            since = changes["stage_since"][0] if "stage_since" in changes else found.stage_since
            DealStageChange.objects.create(
                deal=found,
                pipeline_id=found.pipeline_id,
                from_stage_id=before,
                to_stage_id=after,
                seconds=min(max(0, int((clock.now() - since).total_seconds())), 2_000_000_000),
                at=clock.now(),
                actor_id=principal.user_id,
                actor_name=principal.name,
            )
            if what == "move":
                tell_of(principal, found, "deal.moved", data={"to": [found.stage.name_it, found.stage.name_en]})
    return found, changes


def _moved(deal: Deal) -> Any:
    def telling(found: Deal, changes: Mapping[str, tuple[Any, Any]]) -> DomainEvent | None:
        if "stage_id" not in changes:
            return None
        before = PipelineStage.objects.get(pk=changes["stage_id"][0])
        return DealMoved(deal=found.id, party=deal.party_id, from_stage=before.code, to_stage=found.stage.code)

    return telling
