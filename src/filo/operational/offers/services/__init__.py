"""What is done about offers: made, turned into a quote, decided, forgotten in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.offers.events import OfferClosed, OfferMade
from filo.operational.offers.models import CHANNELS, STATES, Offer, OfferLine
from filo.operational.offers.policies import OFFER_EDITED
from filo.operational.offers.queries.picking import picked, picks_for
from filo.operational.orders.models import OrderLine
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.timeline import page_changed, tell, untell
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.models import Quote
from filo.operational.quotes.services.drafting import draft_quote

HOUSE = system("offers")


def make_offer(
    principal: Principal, party: Party, *, variants: Collection[UUID], channel: str, valid_until: date, note: str = ""
) -> Offer:
    """Propose some of what is picked for a customer that the caller sees, with the reasons as they are now.

    Raises `Forbidden`, `InvalidFields` (nothing chosen, what is no longer picked, no way, a day that has gone).
    """
    principal.require("quote", "create")
    tie = tie_with(party, None, whose=principal.user_id)
    company = tie.company if tie else None
    chosen = picked(picks_for(principal, party, company), variants)
    problems = {}
    if not variants:
        problems["variants"] = _("Choose what is to be proposed.")
    elif len(chosen) < len(set(variants)):
        problems["variants"] = _("Something of it is not to be had any more. Choose once more.")
    if channel not in dict(CHANNELS):
        problems["channel"] = _("Say in which way it is proposed.")
    if valid_until < clock.today():
        problems["valid_until"] = _("Choose a day that is not over.")
    if problems:
        raise InvalidFields(problems)
    with transaction.atomic():
        offer = Offer.objects.create(
            party=party,
            company=company,
            owner_id=principal.user_id,
            created_by_id=principal.user_id,
            unit_id=tie.unit_id if tie and tie.unit_id else principal.unit_id,
            channel=channel,
            note=clean_line(note, max_length=300),
            valid_until=valid_until,
            created_at=clock.now(),
        )
        OfferLine.objects.bulk_create(
            OfferLine(
                offer=offer,
                variant_id=one.variant_id,
                position=place,
                description=one.description[:300],
                rule=one.rule,
                reason=one.reason[:300],
                price=one.price,
            )
            for place, one in enumerate(chosen)
        )
        changes = {"products": (None, [one.description for one in chosen]), "channel": (None, channel)}
        record(principal, "offer.make", kind="offer", object_id=offer.pk, changes=changes)
        announce(principal, OfferMade(offer=offer.pk, party=party.pk, channel=channel))
        _tell(principal, offer, "offer.made", ", ".join(one.description for one in chosen))
    return offer


def quote_offer(principal: Principal, offer: Offer) -> Quote:
    """A quote of what was proposed, priced as of today; asked twice, it is made once. Raises `Forbidden`,
    `InvalidFields`.
    """
    with transaction.atomic():
        locked = _locked(principal, offer)
        if locked.quote is not None:
            return locked.quote
        lines = [LineDraft(variant_id=line.variant_id, quantity=Decimal(1)) for line in locked.lines.all()]
        facts = {"title": _("Our proposal"), "notes": locked.note}
        locked.quote = draft_quote(principal, party=locked.party, company=locked.company, lines=lines, facts=facts)
        locked.save(update_fields=["quote"])
        record(principal, "offer.quote", kind="offer", object_id=locked.pk, changes={"quote": (None, locked.quote_id)})
    return locked.quote


def close_offer(principal: Principal, offer: Offer, outcome: str) -> Offer:
    """Say what came of it; an outcome said by mistake is put right by saying the other (`open`: it is not decided).

    Raises `Forbidden`, `InvalidFields`.
    """
    if outcome not in dict(STATES):
        raise InvalidFields({"outcome": _("Choose one of the list.")})
    with transaction.atomic():
        _close(principal, _locked(principal, offer), outcome)
    return offer


def hear_of_quote(quote_id: UUID, outcome: str) -> None:
    """The quote that an offer led to was decided."""
    with transaction.atomic():
        for offer in Offer.objects.select_for_update(of=("self",)).filter(quote=quote_id, state="open"):
            _close(HOUSE, offer, outcome)


def hear_of_order(order_id: UUID, party_id: UUID) -> None:
    """A customer ordered: what he was offered and orders within its time is taken."""
    variants = OrderLine.objects.filter(order=order_id).values("variant")
    with transaction.atomic():
        rows = Offer.objects.select_for_update(of=("self",)).filter(party=party_id, state="open")
        rows = rows.filter(valid_until__gte=clock.today())
        named = OfferLine.objects.filter(offer__in=rows.values("pk"), variant__in=variants).values("offer")
        for offer in rows.filter(Q(pk__in=named)):
            _close(HOUSE, offer, "accepted")


def expire_offers() -> int:
    """Those whose day is over; gives how many."""
    number = 0
    for key in list(Offer.objects.filter(state="open", valid_until__lt=clock.today()).values_list("pk", flat=True)):
        with transaction.atomic():
            offer = Offer.objects.select_for_update(of=("self",)).filter(pk=key, state="open").first()
            if offer is not None:
                _close(HOUSE, offer, "expired")
                number += 1
    return number


def _locked(principal: Principal, offer: Offer) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related("party", "company", "quote")
    locked = rows.get(pk=offer.pk)
    if not OFFER_EDITED.allows(principal, locked):
        raise Forbidden
    return locked


def _close(principal: Principal, locked: Offer, outcome: str) -> None:
    before = locked.state
    if before == outcome:
        return
    locked.state = outcome
    locked.closed_at = None if outcome == "open" else clock.now()
    locked.save(update_fields=["state", "closed_at"])
    record(principal, "offer.close", kind="offer", object_id=locked.pk, changes={"state": (before, outcome)})
    if before != "open":
        untell("offer", locked.pk, kind=f"offer.{before}")
        page_changed(principal, [locked.party_id], "timeline")
    if outcome != "open":
        announce(principal, OfferClosed(offer=locked.pk, party=locked.party_id, outcome=outcome))
        _tell(principal, locked, f"offer.{outcome}", "")


def _tell(principal: Principal, offer: Offer, kind: str, summary: str) -> None:
    entries = tell(
        principal,
        offer.party,
        at=clock.now(),
        kind=kind,
        object="quote",
        direction="in" if kind in ("offer.accepted", "offer.refused") else "out",
        summary=summary[:300],
        reference_kind="offer",
        reference_id=offer.pk,
        owner_id=offer.owner_id,
        unit_id=offer.unit_id,
        company_id=offer.company_id,
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
