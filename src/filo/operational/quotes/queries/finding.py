"""One quote: by its id for whoever may see it, by a link that a customer has."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.models import Quote, QuoteLine

SALT = "quotes.page"
LINK_DAYS = 365


def seen_quote(principal: Principal, quote_id: UUID) -> Quote:
    """The quote with this id, if this principal may see it. Raises `NotFound`."""
    rows = Quote.objects.visible_to(principal).for_list().select_related("contact", "previous", "unit", "deal")
    found = rows.filter(pk=quote_id).first() if principal.may("quote", "view") else None
    if found is None:
        raise NotFound
    return found


def binned_quote(principal: Principal, quote_id: UUID) -> Quote:
    """A draft in the bin, for whoever could see it outside. Raises `NotFound`."""
    found = Quote.objects.in_bin(principal).for_list().filter(pk=quote_id).first()
    if found is None or not principal.may("quote", "view"):
        raise NotFound
    return found


def lines_of(quote: Quote) -> list[QuoteLine]:
    """All its lines in their order, headings included."""
    return list(QuoteLine.objects.filter(quote=quote.pk).order_by("position", "id"))


def lines_taken(quote: Quote) -> list[QuoteLine]:
    """The lines that the customer takes: what an order is made of."""
    return [line for line in lines_of(quote) if line.counts]


def draft_of(line: QuoteLine) -> LineDraft:
    """A line as it was wanted, for a new one like it."""
    free = line.variant_id is None
    return LineDraft(
        variant_id=line.variant_id,
        code=line.code,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price if free or line.price_by_hand else None,
        discounts=line.discounts if free or line.discounts_by_hand else None,
        vat_rate=line.vat_rate,
        nature=line.nature,
        optional=line.optional,
        heading=line.heading,
    )


def draft_lines(quote: Quote) -> list[LineDraft]:
    """The lines of a quote as drafts, with their ids: what an editor begins with."""
    return [replace(draft_of(line), id=line.pk) for line in lines_of(quote)]


def quote_token(quote: Quote) -> str:
    """What stands in the customer's link: signed, for this one purpose, good for a year."""
    return signing.dumps(quote.key.hex, salt=SALT, compress=True)


def quote_link(quote: Quote) -> str:
    """The customer's own way to the page of a quote."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('quotes:public', args=[quote_token(quote)])}"


def quote_by_link(token: str) -> Quote | None:
    """The quote that a link leads to; None for one that is forged, ended, of another purpose, or too old."""
    try:
        key = UUID(hex=signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86_400))
    except (signing.BadSignature, ValueError):
        return None
    rows = Quote.objects.for_list().select_related("contact", "company__look")
    return rows.filter(key=key, deleted_at=None).first()


def newer_version(quote: Quote) -> Quote | None:
    """The version that was sent in its place, the latest of them."""
    if quote.number is None:
        return None
    rows = Quote.objects.filter(company=quote.company_id, year=quote.year, number=quote.number, deleted_at=None)
    return rows.filter(revision__gt=quote.revision, sent_at__isnull=False).order_by("-revision").first()


def next_draft(quote: Quote) -> Quote | None:
    """The newer version that is being written."""
    rows = Quote.objects.filter(previous=quote.pk, deleted_at=None, sent_at=None)
    return rows.first()


def versions_of(principal: Principal, quote: Quote) -> list[Quote]:
    """All versions of a quote that this principal may see, the first one first; a draft without a number is alone."""
    if quote.number is None:
        return [quote]
    rows = Quote.objects.visible_to(principal).for_list()
    return list(rows.filter(company=quote.company_id, year=quote.year, number=quote.number).order_by("revision"))
