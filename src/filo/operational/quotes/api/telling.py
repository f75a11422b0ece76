"""From what is sent about quotes to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.organisation.models import SellingCompany
from filo.operational.approvals.models import Approval
from filo.operational.catalogue.queries.finding import variants_by_sku
from filo.operational.deals.models import Deal
from filo.operational.parties.models import Party
from filo.operational.quotes.api.shapes import (
    LineBody,
)
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.models import Quote, QuoteLine, QuoteSignature, QuoteView
from filo.operational.quotes.queries.finding import quote_link
from filo.operational.quotes.queries.page import page_of_quote

MONEY = ("net", "vat", "total")
OF_ONE = ("lines", "questions", "seen_by", "signature", "approval", "must_ask", "margin", "next")


def facts(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, by the names that verbs take."""
    names = (
        *("title", "valid_until", "language", "currency", "payment_terms", "delivery_terms", "notes"),
        "internal_note",
    )
    return {name: sent[name] for name in names if name in sent}


def drafts(principal: Principal, lines: Sequence[LineBody]) -> list[LineDraft]:
    """The lines that were sent. Raises `InvalidFields`."""
    known = variants_by_sku(principal, [line.sku for line in lines if line.sku])
    problems: dict[str, Any] = {}
    found = []
    for place, line in enumerate(lines):
        if line.sku and line.sku not in known:
            problems[f"lines.{place}.sku"] = _("There is no article of this code.")
            continue
        facts = line.model_dump(exclude={"sku"})
        found.append(LineDraft(variant_id=known[line.sku].variant_id if line.sku else None, **facts))
    if problems:
        raise InvalidFields(problems)
    return found


def party(principal: Principal, party_id: UUID) -> Party:
    """The customer that was named, if the caller sees him. Raises `InvalidFields`."""
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def deal(principal: Principal, deal_id: UUID | None) -> Deal | None:
    """The deal that was named, if the caller sees it. Raises `InvalidFields`."""
    if deal_id is None:
        return None
    found = Deal.objects.visible_to(principal).filter(pk=deal_id).first()
    if found is None:
        raise InvalidFields({"deal": NotFound.sentence})
    return found


def company(code: str) -> SellingCompany | None:
    """The company of a code. Raises `InvalidFields`."""
    if not code:
        return None
    found = SellingCompany.objects.filter(code=code).first()
    if found is None:
        raise InvalidFields({"company": _("Choose the company that sells.")})
    return found


def one(principal: Principal, quote: Quote) -> dict[str, Any]:
    """One of them, whole, as it is answered: what its page shows."""
    page = page_of_quote(principal, quote)
    newer = page.newer or page.draft
    return shown(principal, [quote])[0] | {
        "lines": [line(one) for one in page.lines],
        "questions": [{"at": one.at, "text": one.text} for one in page.questions],
        "seen_by": _views(principal, page.views),
        "signature": _signature(page.signature, quote) if page.signature else None,
        "approval": _approval(page.approval) if page.approval else None,
        "must_ask": page.must_ask,
        "margin": None if page.margin is None else f"{page.margin:f}",
        "next": newer.pk if newer else None,
    }


def _views(principal: Principal, views: Sequence[QuoteView]) -> list[dict[str, Any]]:
    ids = [view.party_id for view in views]
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if ids and principal.may("party", "view") else []
    names = {party.pk: party.display_name for party in rows}
    plain = ("first_at", "last_at", "times")
    return [{name: getattr(view, name) for name in plain} | {"name": names.get(view.party_id, "")} for view in views]


def _signature(found: QuoteSignature, quote: Quote) -> dict[str, Any]:
    return {
        "at": found.at,
        "name": found.name,
        "note": found.note,
        "by": person_shown(found.user) if found.user else None,
        "chosen": [str(one) for one in found.chosen],
        "total": {"amount": f"{found.total:f}", "currency": quote.currency},
    }


def _approval(found: Approval) -> dict[str, Any]:
    plain = ("id", "state", "why", "asked_at", "decided_at", "note")
    return {name: getattr(found, name) for name in plain} | {
        "weight": f"{found.weight.normalize():f}",
        "asked_by": found.asked_by_name,
        "decided_by": found.decided_by_name,
    }


def shown(principal: Principal, quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    """The quotes; a customer is named only to whom sees him."""
    ids = {quote.party_id for quote in quotes}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if principal.may("party", "view") and ids else []
    seen = {party.id: party for party in rows}
    return [shape(quote, seen.get(quote.party_id)) for quote in quotes]


def shape(quote: Quote, party: Party | None) -> dict[str, Any]:
    """As it is answered."""
    plain = (
        *("id", "revision", "state", "title", "valid_until", "language", "gross", "payment_terms", "delivery_terms"),
        *("notes", "internal_note", "created_at", "sent_at", "answered_at", "reject_reason", "views", "version"),
    )
    money = {name: {"amount": f"{getattr(quote, name):f}", "currency": quote.currency} for name in MONEY}
    about = {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None
    return (
        {name: getattr(quote, name) for name in plain}
        | money
        | dict.fromkeys(OF_ONE)
        | {
            "number": quote.name if quote.number else "",
            "party": about,
            "company": quote.company.code,
            "deal": quote.deal_id,
            "owner": person_shown(quote.owner) if quote.owner else None,
            "public_url": "" if quote.is_early else quote_link(quote),
            "sent_to": quote.sent_to if party else "",
            "previous": quote.previous_id,
        }
    )


def line(line: QuoteLine) -> dict[str, Any]:
    """A line, as it is answered."""
    plain = ("id", "description", "unit", "discounts", "nature", "optional", "chosen", "heading")
    numbers = ("quantity", "unit_price", "vat_rate", "amount")
    told = {name: f"{getattr(line, name).normalize():f}" for name in numbers} | {"amount": f"{line.amount:f}"}
    return {name: getattr(line, name) for name in plain} | told | {"sku": line.code}
