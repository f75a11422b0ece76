"""An invoice on paper: a courtesy copy in the customer's language; the file of the exchange is the original."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words, number_words, percent_words, price_words, sum_words
from filo.foundation.organisation.letterhead import logo_of
from filo.foundation.organisation.models import CompanyLook
from filo.foundation.paper.printing import printed
from filo.foundation.web.templatetags.web import full_day
from filo.operational.invoices.delivery_notes import lines_by_note
from filo.operational.invoices.euro import euro_words, sums_in_euro
from filo.operational.invoices.fatturapa.codes import METHODS, TYPES
from filo.operational.invoices.fatturapa.document import Subject
from filo.operational.invoices.frozen import fiscal_of, plain, seller_of, subject_from
from filo.operational.invoices.models import Invoice, InvoiceLine
from filo.operational.prices.exchange import EURO

TEMPLATE = Path(__file__).parent.parent / "invoice.typ"


def print_invoice(invoice: Invoice) -> bytes:
    """The PDF in the language of the invoice."""
    with translation.override(invoice.language):
        return printed(TEMPLATE, _data(invoice), images=logo_of(invoice.company_id))


def paper_name(invoice: Invoice) -> str:
    """How the file is called: Fattura-12-2026.pdf."""
    with translation.override(invoice.language):
        word = _("Credit note") if invoice.is_credit else _("Invoice")
    return f"{word}-{(invoice.number or 'draft').replace('/', '-')}.pdf".replace(" ", "-")


def _data(invoice: Invoice) -> dict[str, Any]:
    seller = invoice.seller or plain(seller_of(invoice.company, fiscal_of(invoice.company)))
    look = CompanyLook.objects.filter(company=invoice.company).first()
    from_whom, to_whom = subject_from(seller), subject_from(invoice.buyer)
    kind = TYPES.get(invoice.type, invoice.type)
    title = f"{kind} {invoice.number}" if invoice.number else f"{kind} ({_('Draft')})"
    return {
        "language": invoice.language,
        "colour": look.colour if look else "#1f5f8b",
        "title": title,
        "seller": {
            "name": from_whom.full_name,
            "lines": _lines_of(from_whom),
            "foot": (look.foot if look else "") or from_whom.full_name,
        },
        "words": {"page": _("Page"), "of": _("of")},
        "to": {
            "label": _("To") if invoice.direction == "issued" else _("Customer"),
            "lines": [to_whom.full_name, *_lines_of(to_whom)],
        },
        "facts": _facts(invoice),
        "columns": [_("Description"), _("Quantity"), _("Price"), _("Discount %"), _("VAT"), _("Amount")],
        "rows": _lines(invoice),
        "taxes": _taxes(invoice),
        "tax_columns": [_("VAT"), _("Taxable"), _("Tax"), _("Law")],
        "sums": _sums(invoice),
        "dues": [] if invoice.is_credit else _dues(invoice),
        "due_columns": [_("To be paid by"), _("Amount"), _("How")],
        "iban": f"IBAN {invoice.iban} {invoice.bank}".strip() if invoice.iban and not invoice.is_credit else "",
        "cause": "\n".join(filter(None, (invoice.cause, _in_euro(invoice)))),
        "note": _("Courtesy copy without fiscal value: the original is the electronic file sent through the exchange."),
    }


def _lines(invoice: Invoice) -> list[list[str]]:
    lines = list(invoice.lines.all())
    heads = _heads(invoice, lines)
    return [
        [
            heads.get(place, "") + line.description,
            f"{number_words(line.quantity)} {line.unit}".strip(),
            price_words(line.unit_price, invoice.currency),
            line.discounts,
            line.nature or percent_words(line.vat_rate),
            sum_words(line.amount, invoice.currency),
        ]
        for place, line in enumerate(lines, 1)
    ]


def _heads(invoice: Invoice, lines: Sequence[InvoiceLine]) -> dict[int, str]:
    """Of several delivery notes each stands above the first of its lines."""
    days = {number: full_day(day) if day else "" for number, day in invoice.delivery_notes}
    if len(days) < 2:
        return {}
    return {
        places[0]: ", ".join(filter(None, (name, days[name]))) + "\n"
        for name, places in lines_by_note(lines).items()
        if name in days
    }


def _taxes(invoice: Invoice) -> list[list[str]]:
    return [
        [
            tax.nature or percent_words(tax.rate),
            sum_words(tax.net, invoice.currency),
            sum_words(tax.vat, invoice.currency),
            tax.law,
        ]
        for tax in invoice.taxes.all()
    ]


def _dues(invoice: Invoice) -> list[list[str]]:
    return [
        [full_day(due.day), money_words(due.amount, invoice.currency), str(METHODS.get(due.method, ""))]
        for due in invoice.dues.all()
    ]


def _in_euro(invoice: Invoice) -> str:
    """Base and VAT of another currency (dir. 2006/112, article 230)."""
    if not (rate := euro_words(invoice)):
        return ""
    net, vat = (money_words(amount, EURO) for amount in sums_in_euro(invoice))
    return _("In euro: taxable %(net)s, VAT %(vat)s. %(rate)s") % {"net": net, "vat": vat, "rate": rate}


def _lines_of(subject: Subject) -> list[str]:
    place = subject.address
    found = []
    if place is not None:
        town = " ".join(part for part in (place.postal_code, place.city, place.province) if part)
        found = [place.street, town + (f" ({place.country})" if place.country not in ("", "IT") else "")]
    if subject.vat_number:
        found.append(_("VAT no. %(number)s") % {"number": f"{subject.vat_country}{subject.vat_number}"})
    if subject.tax_code:
        found.append(_("Tax code %(code)s") % {"code": subject.tax_code})
    return [line for line in found if line]


def _facts(invoice: Invoice) -> list[dict[str, str]]:
    facts = [(_("Date"), full_day(invoice.date) if invoice.date else "")]
    if invoice.credits is not None:
        facts.append((_("On invoice"), invoice.credits.number))
    facts += [(_("Order"), invoice.order_number), ("CIG", invoice.cig), ("CUP", invoice.cup)]
    return [{"label": label, "value": value} for label, value in facts if value]


def _sums(invoice: Invoice) -> list[dict[str, Any]]:
    def told(label: str, amount: Any, *, strong: bool = False) -> dict[str, Any]:
        return {
            "label": label,
            "value": (money_words if strong else sum_words)(amount, invoice.currency),
            "strong": strong,
        }

    found = [told(_("Taxable"), invoice.net), told(_("VAT"), invoice.vat), told(_("Total"), invoice.total)]
    if split := invoice.split_vat(invoice.taxes.all()):
        found.append(told(_("VAT paid by the office (split payment)"), -split))
    if invoice.held:
        found.append(told(_("Withholding"), -invoice.held))
    last = _("In your favour") if invoice.is_credit else _("To be paid")
    return [*found, told(last, invoice.payable, strong=True)]
