"""A quote ends without an answer: it expires, is withdrawn, or was a draft that is thrown away."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.errors import DomainError
from filo.foundation.events.services import announce
from filo.operational.approvals.services import withdraw_approvals
from filo.operational.parties.services.timeline import untell
from filo.operational.quotes.events import QuoteExpired, QuoteExpiring, QuoteWithdrawn
from filo.operational.quotes.models import OUT, Quote
from filo.operational.quotes.services.approving import KIND
from filo.operational.quotes.services.changing import (
    about,
    change,
    locked_quote,
    refuse_unless,
    require_quote,
    tell_of,
)

CLOCK = system("quotes")
SOON = timedelta(days=3)
AT_ONCE = 500


def withdraw_quote(principal: Principal, quote: Quote) -> Quote:
    """We do not offer it any more; its page says so. Raises `Forbidden`, `DomainError`."""
    require_quote(principal, quote)
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.state == "withdrawn":
            return locked
        refuse_unless(locked, "sent", "viewed", "expired")
        telling = lambda found: QuoteWithdrawn(**about(found))  # noqa: E731
        found, _changes = change(principal, locked, {"state": "withdrawn"}, what="withdraw", telling=telling)
        tell_of(principal, found, "quote.withdrawn")
    return found


def discard_draft(principal: Principal, quote: Quote) -> Quote:
    """Throw away a draft that was never sent; it can be brought back. Raises `Forbidden`, `DomainError`."""
    require_quote(principal, quote)
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.deleted_at is not None:
            return locked
        refuse_unless(locked, "draft", "waiting", "approved")
        withdraw_approvals(principal, kind=KIND, subject_id=locked.pk)
        facts = {"deleted_at": clock.now(), "state": "draft"}
        found, _changes = change(principal, locked, facts, what="discard")
        untell("quote", found.pk)
    return found


def bring_back(principal: Principal, quote: Quote) -> Quote:
    """A draft that was thrown away. Raises `Forbidden`, `DomainError` (another version took its place)."""
    require_quote(principal, quote)
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.deleted_at is None:
            return locked
        if locked.previous_id and Quote.objects.filter(previous=locked.previous_id, deleted_at=None).exists():
            raise DomainError(_("Another version was begun meanwhile."), code="quote-superseded")
        found, _changes = change(principal, locked, {"deleted_at": None}, what="bring-back")
        tell_of(principal, found, "quote.drafted")
    return found


def expire_quotes() -> int:
    """Those whose last day has gone by without an answer; gives how many."""
    past = Quote.objects.filter(state__in=OUT, valid_until__lt=clock.today()).order_by("valid_until", "pk")
    number = 0
    for quote in past[:AT_ONCE]:
        with transaction.atomic():
            telling = lambda found: QuoteExpired(**about(found))  # noqa: E731
            late = lambda locked: {"state": "expired"} if locked.is_out and locked.is_past else {}  # noqa: E731
            found, changes = change(CLOCK, quote, late, what="expire", telling=telling)
            if changes:
                tell_of(CLOCK, found, "quote.expired")
                number += 1
    return number


def warn_of_expiring() -> int:
    """Tell owners, once, of quotes that nobody has answered and that hold for a few days more; gives how many."""
    today = clock.today()
    rows = Quote.objects.filter(state__in=OUT, warned_at=None, valid_until__range=(today, today + SOON))
    found = list(rows.order_by("valid_until", "pk")[:AT_ONCE])
    for quote in found:
        with transaction.atomic():
            if Quote.objects.filter(pk=quote.pk, warned_at=None).update(warned_at=clock.now()):
                announce(CLOCK, QuoteExpiring(**about(quote)))
    return len(found)
