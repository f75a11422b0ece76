"""Numbers of either side that the exchange would reject: told before an invoice leaves, not by its answer."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from filo.foundation.errors import DomainError
from filo.foundation.italy.tax import has_wrong_check_digit
from filo.operational.invoices.fatturapa.document import Subject
from filo.operational.invoices.frozen import buyer_of, fiscal_of, seller_of, subject_from
from filo.operational.invoices.models import Invoice


class WouldBeRejected(DomainError):
    """The exchange looks every number up (its errors 00301 to 00306), so this one is not sent to it."""

    code, status = "exchange-would-reject", 409


def would_be_rejected(invoice: Invoice) -> list[str]:
    """Why the exchange would reject it, a sentence each, as both sides are now; an invoice that has left is not asked
    about, and one whose frozen sides are right stays as it is.
    """
    if invoice.is_draft:
        party = invoice.party
        typed = (invoice.company.vat_number, party.vat_number if party else "", party.codice_fiscale if party else "")
        if not any(has_wrong_check_digit(number) for number in typed):
            return []
    elif not invoice.is_ours or not (invoice.state == "issued" or invoice.is_returned) or not odd_in(invoice):
        return []
    seller = seller_of(invoice.company, fiscal_of(invoice.company))
    buyer = buyer_of(invoice.party)[0] if invoice.party else subject_from(invoice.buyer)
    return [*_of_seller(seller), *_of_buyer(buyer)]


def odd_in(invoice: Invoice) -> list[str]:
    """The same, of both sides as they are frozen on the invoice."""
    return [*_of_seller(subject_from(invoice.seller)), *_of_buyer(subject_from(invoice.buyer))]


def _of_seller(seller: Subject) -> Iterator[str]:
    told = {"name": seller.full_name}
    if _is_odd(seller):
        yield _(
            "The exchange would reject this invoice: the VAT number of %(name)s, %(number)s, has a wrong check digit. "
            "Correct it in the settings, under Companies."
        ) % {**told, "number": seller.vat_number}
    elif has_wrong_check_digit(seller.tax_code):
        yield _(
            "The exchange would reject this invoice: the tax code of %(name)s, %(number)s, has a wrong check digit. "
            "Correct it in the settings, under Invoices."
        ) % {**told, "number": seller.tax_code}


def _of_buyer(buyer: Subject) -> Iterator[str]:
    told = {"name": buyer.full_name}
    if _is_odd(buyer):
        yield _(
            "The exchange would reject this invoice: the VAT number of %(name)s, %(number)s, has a wrong check digit. "
            "Correct it on the card of the customer."
        ) % {**told, "number": buyer.vat_number}
    elif has_wrong_check_digit(buyer.tax_code):
        yield _(
            "The exchange would reject this invoice: the tax code of %(name)s, %(number)s, has a wrong check digit. "
            "Correct it on the card of the customer."
        ) % {**told, "number": buyer.tax_code}


def _is_odd(subject: Subject) -> bool:
    return subject.vat_country in ("", "IT") and has_wrong_check_digit(subject.vat_number)
