"""A quote that goes beyond what its seller may give is approved, or not, by somebody who may."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.amounts import number_words
from filo.foundation.errors import DomainError
from filo.operational.approvals.models import Approval
from filo.operational.approvals.registry import Approvable, approvable
from filo.operational.approvals.services import ask_approval, withdraw_approvals
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.caps import Beyond, beyond_caps, caps_of
from filo.operational.quotes.queries.finding import lines_of
from filo.operational.quotes.services.changing import (
    change,
    locked_quote,
    refuse_unless,
    require_quote,
)

KIND = "quote"
MOST_TOLD = 3


def ask_for_approval(principal: Principal, quote: Quote, *, why: str = "") -> Quote:
    """Ask whoever may give as much; asking twice changes nothing. Raises `Forbidden`, `DomainError`."""
    require_quote(principal, quote)
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.state == "waiting":
            return locked
        refuse_unless(locked, "draft")
        beyond = beyond_caps(principal, locked, lines_of(locked))
        if not beyond:
            raise DomainError(_("Nothing in this quote has to be approved: it can be sent."), code="quote-within-caps")
        found, _changes = change(principal, locked, {"state": "waiting"}, what="ask")
        ask_approval(
            principal,
            kind=KIND,
            subject_id=found.pk,
            what=_what(found),
            why=" ".join(part for part in (_why(beyond), why.strip()) if part),
            weight=max(one.off for one in beyond),
            party_id=found.party_id,
            company_id=found.company_id,
            unit_id=found.unit_id,
        )
    return found


def stop_asking(principal: Principal, quote: Quote) -> Quote:
    """Back to a draft, to be changed: it is not asked any more. Raises `Forbidden`, `DomainError`."""
    require_quote(principal, quote)
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.state == "draft":
            return locked
        refuse_unless(locked, "waiting")
        found, _changes = change(principal, locked, {"state": "draft"}, what="stop-asking")
        withdraw_approvals(principal, kind=KIND, subject_id=found.pk)
    return found


def _what(quote: Quote) -> str:
    return " · ".join(part for part in (quote.name, quote.party.display_name, quote.title) if part)


def _why(beyond: list[Beyond]) -> str:
    told = [
        _("%(what)s: %(off)s %% off, %(cap)s %% allowed.")
        % {
            "what": one.line.code or one.line.description[:60],
            "off": number_words(one.off),
            "cap": number_words(one.cap),
        }
        for one in beyond[:MOST_TOLD]
    ]
    more = len(beyond) - MOST_TOLD
    return " ".join(told) + (" " + _("And %(n)s lines more.") % {"n": more} if more > 0 else "")


def _decided(principal: Principal, approval: Approval) -> None:
    """What follows: the quote can be sent, or goes back to be changed."""
    quote = Quote.objects.filter(pk=approval.subject_id).first()
    if quote is None or quote.state != "waiting":
        return
    state = "approved" if approval.state == "approved" else "draft"
    change(principal, quote, {"state": state}, what="approve" if state == "approved" else "refuse")


def _may_give(principal: Principal, approval: Approval) -> bool:
    """Whoever approves so much off may give so much himself."""
    if approval.company_id is None:
        return True
    caps = caps_of(principal, approval.company_id)
    quote = Quote.objects.filter(pk=approval.subject_id).first()
    if caps is None or quote is None:
        return True
    return not beyond_caps(principal, quote, lines_of(quote))


def _url(quote_id: UUID) -> str:
    return f"/quotes/{quote_id}"


def register_approvals() -> None:
    """Called once, when the program starts."""
    approvable(Approvable(KIND, gettext_lazy("Quote"), "file-text", _url, _decided, _may_give))
