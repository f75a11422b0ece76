"""A quote on paper: its data in the customer's language, printed with the look of its company."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from filo.foundation.amounts import money_words, number_words, percent_words, price_words, sum_words
from filo.foundation.files.queries import read_file
from filo.foundation.organisation.letterhead import letterhead_of, logo_of
from filo.foundation.paper.printing import printed
from filo.foundation.web.templatetags.web import full_day
from filo.operational.catalogue.natures import vat_name
from filo.operational.parties.models import Party
from filo.operational.prices.sums import totals_of
from filo.operational.quotes.models import Quote, QuoteLine, QuoteSignature
from filo.operational.quotes.queries.finding import lines_of

TEMPLATE = Path(__file__).parent.parent / "quote.typ"
DRAWN = "drawn.png"


def print_quote(quote: Quote, *, with_evidence: bool = False) -> bytes:
    """The PDF as the customer gets it; `with_evidence` of the acceptance where there is one."""
    with translation.override(quote.language):
        rows = QuoteSignature.objects.filter(quote=quote).select_related("drawn", "user")
        signature = rows.first() if with_evidence else None
        return printed(TEMPLATE, _data(quote, signature), images=_images(quote, signature))


def pdf_of(quote: Quote) -> bytes:
    """The PDF: of a draft as it is now, of what was sent as the customer has it."""
    if quote.is_early:
        return print_quote(quote)
    document = quote.accepted_document if quote.state == "accepted" else quote.document
    return read_file(document) if document is not None else print_quote(quote)


def file_name(quote: Quote) -> str:
    """How the file is called: Preventivo-2026-31-v2.pdf."""
    with translation.override(quote.language):
        word = pgettext("name of a file", "Quote")
        number = f"{quote.year}-{quote.number}" if quote.number else pgettext("a quote without a number", "draft")
        version = f"-v{quote.revision}" if quote.revision > 1 else ""
    return f"{word}-{number}{version}.pdf"


def _data(quote: Quote, signature: QuoteSignature | None) -> dict[str, Any]:
    lines = lines_of(quote)
    head = letterhead_of(quote.company)
    return {
        "language": quote.language,
        "colour": head.colour,
        "seller": head.seller,
        "title": _("Quote %(number)s") % {"number": quote.name},
        "about": quote.title,
        "facts": _facts(quote),
        "to": {"label": _("To"), "lines": address_of(quote.party, quote.contact)},
        "words": _words(),
        "columns": _columns(),
        "rows": [_row(line, quote) for line in lines],
        "sums": _sums(quote, lines),
        "prices": _("Prices include VAT.") if quote.gross else _("Prices do not include VAT."),
        "terms": _terms(quote),
        "notes": quote.notes,
        "evidence": _evidence(quote, signature) if signature else None,
    }


def address_of(party: Party, contact: Party | None) -> list[str]:
    """Whom it is for, line by line."""
    lines = [party.display_name]
    if contact is not None:
        lines.append(_("attn. %(name)s") % {"name": contact.display_name})
    place = party.addresses.first()
    if place is not None:
        town = " ".join(part for part in (place.postal_code, place.city, place.province) if part)
        lines += [part for part in (place.street, town) if part]
    if party.vat_number:
        lines.append(_("VAT number %(number)s") % {"number": party.vat_number})
    return lines


def _facts(quote: Quote) -> list[dict[str, str]]:
    day = timezone.localtime(quote.sent_at or quote.created_at)
    pairs = [(_("Date"), full_day(day)), (_("Valid until"), full_day(quote.valid_until))]
    if quote.owner:
        pairs.append((pgettext("of a quote", "Your contact"), quote.owner.name))
    return [{"label": label, "value": value} for label, value in pairs]


def _words() -> dict[str, str]:
    return {
        "page": _("Page"),
        "of": pgettext("page 1 of 2", "of"),
        "optional": _("optional"),
        "chosen": pgettext("an optional line", "chosen"),
        "sign": _("For acceptance: date, stamp and signature"),
        "vat": _("VAT summary"),
    }


def _columns() -> list[str]:
    return [
        pgettext("column", "Code"),
        _("Description"),
        _("Quantity"),
        _("Price"),
        _("Discount"),
        _("VAT"),
        _("Amount"),
    ]


def _row(line: QuoteLine, quote: Quote) -> dict[str, Any]:
    if line.heading:
        return {"heading": line.description}
    unit = f" {line.unit}" if line.unit and line.unit != "pc" else ""
    return {
        "heading": "",
        "optional": line.optional,
        "chosen": line.chosen,
        "description": line.description,
        "cells": [
            line.code,
            line.description,
            f"{number_words(line.quantity)}{unit}",
            price_words(line.unit_price, quote.currency),
            line.discounts.replace(".", ",") if quote.language == "it" else line.discounts,
            percent_words(line.vat_rate) if not line.nature else line.nature,
            sum_words(line.amount, quote.currency),
        ],
    }


def _sums(quote: Quote, lines: list[QuoteLine]) -> list[dict[str, Any]]:
    totals = totals_of([line for line in lines if line.counts], gross=quote.gross, currency=quote.currency)
    pairs = [(_("Net"), totals.net, False)]
    for row in totals.rows:
        base = sum_words(row.net, quote.currency)
        name = vat_name(row.rate, row.nature)
        label = f"{name}: {base}" if row.nature else _("VAT %(rate)s on %(base)s") % {"rate": name, "base": base}
        pairs.append((label, row.vat, False))
    pairs.append((_("Total"), totals.total, True))
    return [
        {"label": label, "value": money_words(amount, quote.currency), "strong": strong}
        for label, amount, strong in pairs
    ]


def _terms(quote: Quote) -> list[dict[str, str]]:
    pairs = [(_("Payment"), quote.payment_terms), (_("Delivery"), quote.delivery_terms)]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _evidence(quote: Quote, signature: QuoteSignature) -> dict[str, Any]:
    moment = timezone.localtime(signature.at)
    told = [
        (_("Quote"), quote.name),
        (_("Total accepted"), money_words(signature.total, quote.currency)),
        (pgettext("of a quote", "Accepted by"), signature.name),
        (_("When"), f"{full_day(moment)} ({moment.tzname()})"),
        (_("Optional lines chosen"), str(len(signature.chosen)) if signature.chosen else _("none")),
        (_("Written down by"), signature.user.name if signature.user else ""),
        (_("How"), signature.note or _("on the page of the quote, by its own link")),
        (_("Address (IP)"), signature.ip or ""),
        (_("Browser"), signature.user_agent),
        (_("Fingerprint (SHA-256) of the document accepted"), signature.sha256),
    ]
    simple = _("Simple electronic signature (Regulation (EU) 910/2014, articles 3 and 25; D.Lgs. 82/2005, article 20).")
    return {
        "title": _("Evidence of acceptance"),
        "facts": [{"label": label, "value": value} for label, value in told if value],
        "drawn": signature.drawn is not None,
        "law": simple if signature.user_id is None else "",
    }


def _images(quote: Quote, signature: QuoteSignature | None) -> dict[str, bytes]:
    found = logo_of(quote.company_id)
    if signature is not None and signature.drawn is not None:
        found[DRAWN] = read_file(signature.drawn)
    return found
