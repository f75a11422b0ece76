"""How every verb changes a quote: lock, compare, write, record, announce, tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import Rule
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, Stale
from filo.foundation.events.base import DomainEvent
from filo.foundation.events.services import announce
from filo.foundation.push.services import publish
from filo.operational.parties.services.timeline import page_changed, tell
from filo.operational.quotes.events import QuoteChanged
from filo.operational.quotes.findable import keep_words
from filo.operational.quotes.models import Quote
from filo.operational.quotes.policies import QUOTE_EDITED
from filo.operational.quotes.words import standing_words

Facts = Mapping[str, Any] | Callable[[Quote], Mapping[str, Any]]
Telling = Callable[[Quote], DomainEvent]


def locked_quote(quote: Quote) -> Quote:
    """The same quote, with its row locked until the transaction ends."""
    rows = Quote.objects.select_for_update(of=("self",)).select_related("party", "company")
    return rows.get(pk=quote.pk)


def require_quote(principal: Principal, quote: Quote, *, action: str = "edit", rule: Rule = QUOTE_EDITED) -> None:
    """Raises `Forbidden`."""
    principal.require("quote", action)
    if not rule.allows(principal, quote):
        raise Forbidden


def refuse_unless(locked: Quote, *states: str) -> None:
    """Raises `DomainError` with a sentence about how it stands, unless it is in one of these states."""
    if locked.state not in states:
        raise DomainError(standing_words(locked), code=f"quote-{locked.state}")


def refuse_stale(locked: Quote, version: int | None, differing: Mapping[str, tuple[object, object]]) -> None:
    """Raises `Stale` where somebody saved first."""
    if version is not None and version != locked.version:
        raise Stale(differing, version=locked.version)


def change(
    principal: Principal,
    quote: Quote,
    facts: Facts,
    *,
    what: str,
    version: int | None = None,
    telling: Telling | None = None,
) -> tuple[Quote, dict[str, tuple[Any, Any]]]:
    """Write facts (or what a function makes of the locked row) and what follows from them in one transaction.

    Gives the quote and what changed; nothing changes: nothing is written. The caller has asked for the right.
    Raises `Stale`.
    """
    with transaction.atomic():
        locked = locked_quote(quote)
        wanted = facts(locked) if callable(facts) else facts
        changes = {
            name: (getattr(locked, name), value) for name, value in wanted.items() if getattr(locked, name) != value
        }
        refuse_stale(locked, version, {name: (str(a), str(b)) for name, (a, b) in changes.items()})
        if not changes:
            return locked, {}
        for name, (_before, value) in changes.items():
            setattr(locked, name, value)
        keep(locked)
        remember(principal, locked, what, changes, telling(locked) if telling else None)
    return locked, changes


def keep(locked: Quote) -> None:
    """Save a locked row as a version of its own."""
    locked.version += 1
    locked.save()


def remember(
    principal: Principal,
    quote: Quote,
    what: str,
    changes: Mapping[str, tuple[Any, Any]],
    event: DomainEvent | None = None,
) -> None:
    """In the search, the audit, for whoever waits for events, and on open pages."""
    if changes.keys() & {"title", "notes", "internal_note", "lines", "number"}:
        keep_words(quote)
    record(principal, f"quote.{what}", kind="quote", object_id=quote.id, changes=changes)
    announce(principal, event or changed(quote, sorted(changes)))
    page_of_quote_changed(principal, quote)


def about(quote: Quote) -> dict[str, Any]:
    """What every event of a quote says."""
    return {"quote": quote.id, "party": quote.party_id, "deal": quote.deal_id}


def changed(quote: Quote, fields: list[str]) -> QuoteChanged:
    """The event of a change that has no name of its own."""
    return QuoteChanged(**about(quote), fields=fields)


def page_of_quote_changed(principal: Principal, quote: Quote) -> None:
    """Other open pages of this quote, and of its customer, fetch their parts anew."""
    publish(f"quote:{quote.id}", "changed", by=principal.page)
    page_changed(principal, [quote.party_id], "quotes")


def tell_of(principal: Principal, quote: Quote, kind: str, **more: Any) -> None:
    """A line on the timeline of the customer, in the language of the house, whoever writes it."""
    with translation.override(settings.LANGUAGE_CODE):
        summary = str(quote)[:300]
    entries = tell(
        principal,
        quote.party,
        at=clock.now(),
        kind=kind,
        object="quote",
        summary=summary,
        reference_kind="quote",
        reference_id=quote.id,
        relationship_id=quote.relationship_id,
        owner_id=quote.owner_id,
        unit_id=quote.unit_id,
        company_id=quote.company_id,
        **more,
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
