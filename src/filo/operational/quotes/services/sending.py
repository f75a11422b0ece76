"""A quote goes to the customer: with a number, what it comes to fixed, and the version before replaced."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.folding import clean_text
from filo.foundation.jobs.services import enqueue
from filo.foundation.mail.headers import checked_address
from filo.foundation.numbering.services import take_number
from filo.operational.quotes.events import QuoteSent, QuoteSuperseded
from filo.operational.quotes.models import Quote
from filo.operational.quotes.policies import QUOTE_SENT
from filo.operational.quotes.queries.caps import beyond_caps
from filo.operational.quotes.queries.finding import lines_of
from filo.operational.quotes.services.changing import (
    about,
    change,
    keep,
    locked_quote,
    refuse_stale,
    refuse_unless,
    remember,
    require_quote,
    tell_of,
)

SERIES = "Q"
DELIVER_JOB = "quotes.deliver"


def send_quote(
    principal: Principal, quote: Quote, *, to: str = "", message: str = "", version: int | None = None
) -> Quote:
    """Send it by mail, with the PDF and the customer's link (`to` an address), or say that it was handed over.

    The number is given now, if it has none. Sending what was sent changes nothing. Raises `Forbidden`,
    `InvalidFields` (no address), `DomainError` (empty, past its last day, beyond the caps), `Stale`.
    """
    require_quote(principal, quote, action="send", rule=QUOTE_SENT)
    address = checked_address(to.strip()) if to.strip() else ""
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.is_out:
            return locked
        refuse_stale(locked, version, {})
        refuse_unless(locked, "draft", "approved")
        _refuse_unfit(principal, locked)
        _replace_previous(principal, locked)
        changes: dict[str, tuple[Any, Any]] = {"state": (locked.state, "sent"), "sent_to": (locked.sent_to, address)}
        locked.state, locked.sent_to, locked.sent_at = "sent", address, clock.now()
        if locked.number is None:
            _number(locked)
            changes["number"] = (None, locked.name)
        keep(locked)
        event = QuoteSent(**about(locked), number=locked.name, total=str(locked.total), currency=locked.currency)
        remember(principal, locked, "send" if address else "hand-over", changes, event)
        tell_of(principal, locked, "quote.sent", direction="out", outcome=money_words(locked.total, locked.currency))
        if address:
            enqueue(
                DELIVER_JOB,
                principal=principal,
                key=f"{locked.pk}",
                quote=str(locked.pk),
                message=clean_text(message, max_length=5_000),
            )
    return locked


def _number(locked: Quote) -> None:
    """The next one of its company and year; last of all, since whoever comes next waits for this transaction."""
    locked.year = clock.today().year
    locked.number = take_number(locked.company_id, SERIES, locked.year)


def _refuse_unfit(principal: Principal, locked: Quote) -> None:
    lines = lines_of(locked)
    if not any(not line.heading for line in lines):
        raise DomainError(_("This quote is empty: put something on it first."), code="quote-empty")
    if locked.is_past:
        raise InvalidFields({"valid_until": _("Its last day has gone by: choose another.")})
    beyond = [] if locked.state == "approved" else beyond_caps(principal, locked, lines)
    if beyond:
        told = {"what": beyond[0].line.code or beyond[0].line.description[:60]}
        sentence = _("%(what)s is further below the list than you may go: ask for approval first.") % told
        raise DomainError(sentence, code="quote-beyond-caps")


def _replace_previous(principal: Principal, locked: Quote) -> None:
    """The version before is not to be accepted any more; if it was accepted meanwhile, there is nothing to replace."""
    if locked.previous_id is None:
        return
    before = Quote.objects.select_for_update(of=("self",)).select_related("party", "company").get(pk=locked.previous_id)
    if before.state == "accepted":
        raise DomainError(_("The customer has accepted the version before meanwhile."), code="quote-accepted")
    if before.state == "superseded":
        return
    telling = lambda found: QuoteSuperseded(**about(found), by=locked.pk)  # noqa: E731
    change(principal, before, {"state": "superseded"}, what="supersede", telling=telling)
