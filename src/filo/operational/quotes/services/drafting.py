"""A quote is begun: from a card, from a deal, as a copy of another, as the next version of one that was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.organisation.models import SellingCompany
from filo.operational.deals.models import Deal
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.stages import showed_interest
from filo.operational.quotes.drafts import LineDraft, clean_facts, clean_lines
from filo.operational.quotes.events import QuoteDrafted
from filo.operational.quotes.findable import keep_words
from filo.operational.quotes.models import Quote, QuoteLine
from filo.operational.quotes.queries.finding import draft_of, lines_of
from filo.operational.quotes.queries.pricing import priced_lines
from filo.operational.quotes.queries.sums import sums_of
from filo.operational.quotes.services.changing import (
    about,
    locked_quote,
    page_of_quote_changed,
    require_quote,
    tell_of,
)

HOLDS_FOR = timedelta(days=30)
COPIED = ("title", "currency", "gross", "language", "payment_terms", "delivery_terms", "notes", "internal_note")
OF_PARTY = ("contact_id", "relationship_id", "area_id", "channel_id", "unit_id", "owner_id", "deal_id")


def draft_quote(
    principal: Principal,
    *,
    party: Party,
    company: SellingCompany | None = None,
    deal: Deal | None = None,
    lines: Sequence[LineDraft] = (),
    facts: Mapping[str, Any] | None = None,
) -> Quote:
    """Begin a quote for a customer that the caller may see; what is not said is as his relationship has it.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("quote", "create")
    clean, drafts = clean_facts(facts or {}), clean_lines(lines)
    if deal is not None and deal.party_id != party.id:
        raise InvalidFields({"deal": _("This deal is with another customer.")})
    quote = _placed(principal, party, company, deal)
    for name, value in clean.items():
        setattr(quote, name, value)
    made = priced_lines(quote, [replace(one, id=None) for one in drafts])  # lines of a new quote are new
    _sum_up(quote, made)
    with transaction.atomic():
        _store(principal, quote, made)
    return quote


def copy_quote(principal: Principal, quote: Quote, *, party: Party | None = None) -> Quote:
    """A new draft with the same lines, priced as of today; for the same customer, or for another."""
    principal.require("quote", "create")
    to = party or quote.party
    company = quote.company
    made = _placed(principal, to, company, None)
    for name in COPIED:
        setattr(made, name, getattr(quote, name))
    if to.pk != quote.party_id:
        made.internal_note = ""
    lines = priced_lines(made, [draft_of(line) for line in lines_of(quote)])
    _sum_up(made, lines)
    with transaction.atomic():
        _store(principal, made, lines)
    return made


def new_version(principal: Principal, quote: Quote) -> Quote:
    """The next version of a quote that was sent: it keeps the number, and takes its place when it is sent itself.

    One that is being written already is given instead of another. Raises `Forbidden`, `DomainError`.
    """
    require_quote(principal, quote)
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.number is None or locked.is_early:
            raise DomainError(_("This quote was not sent yet: change it as it is."), code="quote-draft")
        if locked.state in ("accepted", "superseded"):
            raise DomainError(_refusal(locked), code=f"quote-{locked.state}")
        known = Quote.objects.filter(previous=locked.pk, deleted_at=None).first()
        if known is not None:
            return known
        made = _next(principal, locked)
        lines = [_same(line, made) for line in lines_of(locked)]
        _sum_up(made, lines)
        _store(principal, made, lines)
    return made


def _refusal(quote: Quote) -> str:
    if quote.state == "accepted":
        return _("It was accepted: what changes now changes the order.")
    return _("There is a newer version already: change that one.")


def _placed(principal: Principal, party: Party, company: SellingCompany | None, deal: Deal | None) -> Quote:
    """Whose it is and what it counts for: as the deal says, or the customer's relationship, or the one who writes."""
    owner_id = (deal.owner_id if deal else None) or principal.user_id
    tie = tie_with(party, company.id if company else (deal.company_id if deal else None), whose=owner_id)
    company_id = _company(principal, company, deal, tie.company_id if tie else None)
    of_tie = tie if tie and tie.company_id == company_id else None
    owner_id = owner_id or (of_tie.owner_id if of_tie else None)
    unit_id = User.objects.values_list("unit_id", flat=True).filter(pk=owner_id).first() if owner_id else None
    return Quote(
        company_id=company_id,
        party=party,
        contact_id=deal.contact_id if deal else None,
        title=deal.title if deal else "",
        deal=deal,
        relationship=of_tie,
        owner_id=owner_id,
        created_by_id=principal.user_id,
        unit_id=unit_id or (of_tie.unit_id if of_tie else principal.unit_id),
        area_id=deal.area_id if deal and deal.area_id else (tie.area_id if tie else None),
        channel_id=deal.channel_id if deal and deal.channel_id else (tie.channel_id if tie else None),
        currency=deal.currency if deal else "EUR",
        gross=party.is_person,
        language="it" if (party.language or "it") == "it" else "en",
        valid_until=clock.today() + HOLDS_FOR,
        created_at=clock.now(),
    )


def _company(principal: Principal, company: SellingCompany | None, deal: Deal | None, of_tie: UUID | None) -> UUID:
    found = (company.id if company else None) or (deal.company_id if deal else None) or of_tie
    if found is None:
        found = SellingCompany.objects.values_list("pk", flat=True).first()
    if found is None or (principal.company_ids is not None and found not in principal.company_ids):
        raise InvalidFields({"company": _("Choose the company that sells.")})
    return found


def _next(principal: Principal, locked: Quote) -> Quote:
    """The row of the next version, with nothing of what happened to this one."""
    made = Quote(
        company_id=locked.company_id,
        party=locked.party,
        year=locked.year,
        number=locked.number,
        revision=locked.revision + 1,
        previous=locked,
        created_by_id=principal.user_id,
        valid_until=max(locked.valid_until, clock.today() + HOLDS_FOR),
        created_at=clock.now(),
    )
    for name in (*COPIED, *OF_PARTY):
        setattr(made, name, getattr(locked, name))
    return made


def _same(line: QuoteLine, quote: Quote) -> QuoteLine:
    """A line as it stands, on another quote: a new version begins with the prices that the customer knows."""
    fields = {field.attname: getattr(line, field.attname) for field in QuoteLine._meta.concrete_fields}
    fields.pop("id")
    return QuoteLine(**(fields | {"quote_id": quote.pk, "chosen": False}))


def _sum_up(quote: Quote, lines: Sequence[QuoteLine]) -> None:
    for name, value in sums_of(lines, gross=quote.gross, currency=quote.currency).as_facts().items():
        setattr(quote, name, value)


def _store(principal: Principal, quote: Quote, lines: Sequence[QuoteLine]) -> None:
    quote.save(force_insert=True)
    QuoteLine.objects.bulk_create(lines)
    keep_words(quote)
    showed_interest(principal, quote.party, rule="offer")
    tell_of(principal, quote, "quote.drafted")
    changes = {"title": (None, quote.title), "total": (None, quote.total)}
    record(principal, "quote.draft", kind="quote", object_id=quote.id, changes=changes)
    announce(principal, QuoteDrafted(**about(quote), previous=quote.previous_id))
    page_of_quote_changed(principal, quote)
