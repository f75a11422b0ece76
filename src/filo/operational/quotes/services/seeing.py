"""The customer looks at the page of a quote: counted always, known by person and moment only with consent.

Garante, provv. 284/2026: following single recipients takes their consent. The ledger of consents answers
through `consents_asked_of`; whoever never said is taken as not having consented.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import F

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.events.services import announce
from filo.foundation.push.services import publish
from filo.operational.parties.models import Party
from filo.operational.quotes.events import QuoteViewed
from filo.operational.quotes.models import Quote, QuoteView
from filo.operational.quotes.services.changing import about, locked_quote, tell_of

Consenting = Callable[[Party, str], bool]
PURPOSE = "mail_tracking"
_asked: list[Consenting] = []


def consents_asked_of(function: Consenting) -> None:
    """Say who knows whether a party has consented to a purpose."""
    _asked.append(function)


def has_consented(party: Party) -> bool:
    """Whether it may be known that this person looked, and when."""
    return any(function(party, PURPOSE) for function in _asked)


def note_view(principal: Principal, quote: Quote) -> None:
    """Its page was opened by a person (programs that open links run no scripts, and do not post)."""
    who = quote.contact or quote.party
    with transaction.atomic():
        rows = Quote.objects.filter(pk=quote.pk)
        rows.update(views=F("views") + 1)
        first = bool(rows.filter(state="sent").update(state="viewed", version=F("version") + 1))
        if has_consented(who):
            _note_person(principal, quote, who)
        if first:
            publish(f"quote:{quote.pk}", "changed", by=principal.page)


def _note_person(principal: Principal, quote: Quote, who: Party) -> None:
    locked, now = locked_quote(quote), clock.now()
    seen, is_first = QuoteView.objects.get_or_create(
        quote=locked, party=who, defaults={"first_at": now, "last_at": now}
    )
    if not is_first:
        QuoteView.objects.filter(pk=seen.pk).update(last_at=now, times=F("times") + 1)
        return
    tell_of(principal, locked, "quote.viewed", direction="in", actor_id=None, actor_name=who.display_name)
    announce(principal, QuoteViewed(**about(locked)))
