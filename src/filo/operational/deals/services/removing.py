"""A deal is thrown away, and brought back."""

from __future__ import annotations

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden
from filo.foundation.events.services import announce
from filo.foundation.search import services as search
from filo.operational.deals.events import DealDeleted, DealRestored
from filo.operational.deals.findable import KIND, keep_words
from filo.operational.deals.models import Deal
from filo.operational.deals.policies import DEAL_DELETED
from filo.operational.deals.services.adding_up import add_up, part_of
from filo.operational.deals.services.changing import locked_deal, page_of_deal_changed


def delete_deal(principal: Principal, deal: Deal) -> Deal:
    """Into the bin; its story stays on the card. Raises `Forbidden`."""
    return _put(principal, deal, gone=True)


def restore_deal(principal: Principal, deal: Deal) -> Deal:
    """Out of the bin, as it was. Raises `Forbidden`."""
    return _put(principal, deal, gone=False)


def _put(principal: Principal, deal: Deal, *, gone: bool) -> Deal:
    principal.require("deal", "delete")
    if not DEAL_DELETED.allows(principal, deal):
        raise Forbidden
    with transaction.atomic():
        locked = locked_deal(deal)
        if (locked.deleted_at is not None) == gone:
            return locked
        before, was = part_of(locked), locked.deleted_at
        locked.deleted_at = clock.now() if gone else None
        locked.version += 1
        locked.save(update_fields=["deleted_at", "version"])
        add_up([(before, part_of(locked))])
        if gone:
            search.forget_notes(KIND, [locked.pk])
        else:
            keep_words(locked)
        action = "deal.delete" if gone else "deal.restore"
        record(principal, action, kind="deal", object_id=locked.id, changes={"deleted_at": (was, locked.deleted_at)})
        event = DealDeleted if gone else DealRestored
        announce(principal, event(deal=locked.id, party=locked.party_id))
        page_of_deal_changed(principal, locked)
    return locked
