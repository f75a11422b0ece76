"""How every verb changes a deal: lock, compare, write, add up, record, announce, tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import Rule
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, Stale
from filo.foundation.events.base import DomainEvent
from filo.foundation.events.services import announce
from filo.foundation.fields.services.values import store_values
from filo.foundation.push.services import publish
from filo.operational.deals.events import DealChanged
from filo.operational.deals.findable import keep_words
from filo.operational.deals.models import Deal
from filo.operational.deals.policies import DEAL_EDITED
from filo.operational.deals.services.adding_up import add_up, part_of
from filo.operational.deals.services.scoring import score_anew
from filo.operational.parties.services.timeline import page_changed, tell

Facts = Mapping[str, Any] | Callable[[Deal], Mapping[str, Any]]
Telling = Callable[[Deal, Mapping[str, tuple[Any, Any]]], DomainEvent]
OWN = "deal"  # as fields of one's own call it
WORDS = {"title", "description", "next_step"}


def locked_deal(deal: Deal) -> Deal:
    """The same deal, with its row locked until the transaction ends."""
    rows = Deal.objects.select_for_update(of=("self",)).select_related("party", "stage", "pipeline")
    return rows.get(pk=deal.pk)


def require_deal(principal: Principal, deal: Deal, *, action: str = "edit", rule: Rule = DEAL_EDITED) -> None:
    """Raises `Forbidden`."""
    principal.require("deal", action)
    if not rule.allows(principal, deal):
        raise Forbidden


def change(
    principal: Principal,
    deal: Deal,
    facts: Facts,
    *,
    what: str,
    version: int | None = None,
    telling: Telling | None = None,
) -> tuple[Deal, dict[str, tuple[Any, Any]]]:
    """Write facts (or what a function makes of the locked row) and what follows from them in one transaction.

    Gives the deal and what changed; nothing changes: nothing is written. The caller has asked for the right.
    Raises `Stale`.
    """
    with transaction.atomic():
        locked = locked_deal(deal)
        wanted = facts(locked) if callable(facts) else facts
        changes = {
            name: (getattr(locked, name), value) for name, value in wanted.items() if getattr(locked, name) != value
        }
        if version is not None and version != locked.version:
            raise Stale(changes, version=locked.version)
        if not changes:
            return locked, {}
        before = part_of(locked)
        for name, (_before, value) in changes.items():
            setattr(locked, name, value)
        keep(locked)
        add_up([(before, part_of(locked))])
        if "fields" in changes:
            store_values(OWN, locked.id, locked.fields)
        if changes.keys() & WORDS:
            keep_words(locked)
        record(principal, f"deal.{what}", kind="deal", object_id=locked.id, changes=changes)
        event = telling(locked, changes) if telling else None
        announce(principal, event or DealChanged(deal=locked.id, party=locked.party_id, fields=sorted(changes)))
        page_of_deal_changed(principal, locked)
    return locked, changes


def keep(locked: Deal) -> None:
    """Save a locked row as a version of its own: something happened with it just now."""
    locked.last_activity_at = max(locked.last_activity_at, clock.now())
    locked.settle()
    locked.score = score_anew(locked)
    locked.version += 1
    locked.save()


def page_of_deal_changed(principal: Principal, deal: Deal) -> None:
    """Other open pages of this deal, of its pipeline's board and of its customer fetch their parts anew."""
    publish(f"deal:{deal.id}", "changed", by=principal.page)
    publish(f"pipeline:{deal.pipeline_id}", "changed", by=principal.page)
    page_changed(principal, [deal.party_id], "deals")


def tell_of(principal: Principal, deal: Deal, kind: str, **more: Any) -> None:
    """A line on the timeline of the customer."""
    entries = tell(
        principal,
        deal.party,
        at=clock.now(),
        kind=kind,
        object="deal",
        summary=deal.title[:300],
        reference_kind="deal",
        reference_id=deal.id,
        relationship_id=deal.relationship_id,
        owner_id=deal.owner_id,
        unit_id=deal.unit_id,
        company_id=deal.company_id,
        **more,
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
