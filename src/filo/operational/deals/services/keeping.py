"""Deals stay as they should be while time goes by: they stand still or are heard of again, their sums are folded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.events.services import announce
from filo.operational.deals.events import DealStale
from filo.operational.deals.models import Deal
from filo.operational.deals.services.scoring import score_anew

WATCHER = system("deals")
AT_ONCE = 500


def customer_was_heard(party: UUID, *, by: UUID | None, at: datetime) -> int:
    """The open deals that somebody has with a customer whom he contacted do not stand still; gives how many."""
    if by is None:
        return 0
    with transaction.atomic():
        rows = Deal.objects.select_for_update(of=("self",)).filter(party=party, owner=by, state="open", deleted_at=None)
        found = list(rows.select_related("stage", "party").order_by("pk"))
        for deal in found:
            deal.last_activity_at = max(deal.last_activity_at, at)
            deal.settle()
            deal.score = score_anew(deal)
            deal.save(update_fields=["last_activity_at", "stale_at", "stale_told", "score"])
    return len(found)


def watch_stale() -> int:
    """Announce deals that stand still since the last look, once for each time; gives how many."""
    known = Deal.objects.filter(state="open", deleted_at=None, stale_at__lte=clock.now(), stale_told=False)
    return sum(_tell(pk) for pk in known.order_by("stale_at").values_list("pk", flat=True)[:AT_ONCE])


def _tell(deal_id: UUID) -> bool:
    with transaction.atomic():
        deal = Deal.objects.select_for_update().get(pk=deal_id)
        if deal.stale_told or not deal.is_stale or deal.deleted_at:
            return False
        deal.stale_told = True
        deal.save(update_fields=["stale_told"])
        announce(WATCHER, DealStale(deal=deal.id, party=deal.party_id))
    return True
