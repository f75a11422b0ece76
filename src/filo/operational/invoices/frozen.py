"""Who sells and who buys, as they are on a day, kept with the invoice as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db.models import UUIDField

from filo.foundation.italy.tax import vat_country
from filo.foundation.organisation.models import CompanyLook, SellingCompany
from filo.foundation.prepared import Prepared, asked
from filo.operational.invoices.fatturapa.document import TO_FIRMS, TO_OFFICES, Address, Rea, Subject
from filo.operational.invoices.models import CompanyFiscal, Invoice
from filo.operational.parties.models import Address as PartyAddress
from filo.operational.parties.models import ContactPoint, Party

# At the exchange: no address is known, the buyer is abroad (*Specifiche tecniche*, CodiceDestinatario).
UNKNOWN, ABROAD = "0000000", "XXXXXXX"
# Asked for each invoice that is issued, while others wait for their number.
_FISCAL = Prepared(lambda: CompanyFiscal.objects.filter(company=asked("company", UUIDField())))
_LOOK = Prepared(lambda: CompanyLook.objects.filter(company=asked("company", UUIDField())))
_PLACES = Prepared(lambda: PartyAddress.objects.filter(party=asked("party", UUIDField())))
_CERTIFIED = Prepared(lambda: ContactPoint.objects.filter(party=asked("party", UUIDField()), type="pec"))
_USES = ("billing", "main", "home", "other", "shipping")


def plain(subject: Subject) -> dict[str, Any]:
    """As data that a row can keep."""
    found = asdict(subject)
    if found["rea"] and found["rea"]["capital"] is not None:
        found["rea"]["capital"] = str(found["rea"]["capital"])
    return {name: value for name, value in found.items() if value not in ("", None)}


def subject_from(kept: Mapping[str, Any]) -> Subject:
    """Back from what was kept."""
    facts = {name: value for name, value in kept.items() if name in Subject.__dataclass_fields__}
    if facts.get("address"):
        facts["address"] = Address(**facts["address"])
    if rea := facts.get("rea"):
        capital = rea.get("capital")
        facts["rea"] = Rea(**{**rea, "capital": None if capital is None else Decimal(capital)})
    return Subject(**facts)


def fiscal_of(company: SellingCompany) -> CompanyFiscal:
    """The fiscal data of a company; usual ones, not stored and of version 0, while nobody wrote any."""
    return _FISCAL.first(company=company.pk) or CompanyFiscal(company=company, version=0)


def seller_of(company: SellingCompany, fiscal: CompanyFiscal) -> Subject:
    """The company as it sells today."""
    look = _LOOK.first(company=company.pk)
    country, number = _vat(company.vat_number)
    rea = None
    if fiscal.rea_office and fiscal.rea_number:
        rea = Rea(
            office=fiscal.rea_office,
            number=fiscal.rea_number,
            capital=fiscal.capital,
            alone=fiscal.alone,
            winding_up=fiscal.winding_up,
        )
    return Subject(
        name=company.legal_name or company.name,
        vat_country=country,
        vat_number=number,
        tax_code=fiscal.tax_code,
        address=_place(look.street, look.postal_code, look.city, look.province, look.country) if look else None,
        regime=fiscal.regime,
        rea=rea,
        phone=look.phone if look else "",
        email=look.email if look else "",
    )


def buyer_of(party: Party) -> tuple[Subject, str, str]:
    """The customer as he is today, the address of the exchange, and his certified mail."""
    places = sorted(_PLACES.rows(party=party.pk), key=lambda one: _USES.index(one.use) if one.use in _USES else 9)
    place = places[0] if places else None
    letters, number = _vat(party.vat_number)
    address = _place(place.street, place.postal_code, place.city, place.province, place.country) if place else None
    mails = [point.value for point in _CERTIFIED.rows(party=party.pk)]
    subject = Subject(
        name="" if party.is_person and party.family_name else party.legal_name or party.display_name,
        given_name=party.given_name if party.is_person else "",
        family_name=party.family_name if party.is_person else "",
        vat_country=letters if number else "",
        vat_number=number,
        tax_code=party.codice_fiscale,
        address=address,
    )
    return subject, recipient_of(party, subject), mails[0] if mails else ""


def freeze_sides(invoice: Invoice, fiscal: CompanyFiscal) -> Subject:
    """Both sides as they are now, written onto the invoice (not saved); gives the seller.

    Where the customer's card is gone, the buyer stays as he was.
    """
    seller = seller_of(invoice.company, fiscal)
    invoice.seller = plain(seller)
    if invoice.party is not None:
        buyer, recipient, certified_mail = buyer_of(invoice.party)
        invoice.buyer = plain(buyer) | {"recipient": recipient, "certified_mail": certified_mail}
        invoice.counterpart = counterpart_of(buyer)
    return seller


def recipient_of(party: Party, buyer: Subject) -> str:
    """The address of the exchange: the customer's own (San Marino has one), that of all who are abroad, or none.

    Whoever has an Italian number, for VAT or of taxes, is not addressed as one abroad wherever he lives (check 00313 of
    the exchange: XXXXXXX only with a VAT number whose country is not IT; *Specifiche tecniche*, 1.1.4).
    """
    if (code := party.sdi_code.upper()) and code not in (UNKNOWN, ABROAD):
        return code
    is_italian = buyer.vat_country == "IT" if buyer.vat_number else bool(buyer.tax_code)
    country = buyer.address.country if buyer.address else "IT"
    is_abroad = code == ABROAD or country not in ("", "IT")
    return ABROAD if is_abroad and not is_italian else UNKNOWN


def is_public_body(party: Party) -> bool:
    """By its address at the exchange, which has six signs (specifications of the FatturaPA, 1.1.4)."""
    return len(party.sdi_code.strip()) == 6


def form_of(recipient: str) -> str:
    """A public office has six signs (IPA), a firm seven."""
    return TO_OFFICES if len(recipient) == 6 else TO_FIRMS


def counterpart_of(subject: Subject) -> str:
    """By what the other side is known again."""
    return (f"{subject.vat_country}{subject.vat_number}" if subject.vat_number else subject.tax_code)[:30]


def _vat(kept: str) -> tuple[str, str]:
    """Country and number of a VAT number as it is kept: without letters it is Italian, wherever its firm is."""
    number = kept.replace(" ", "").upper()
    return vat_country(number), number[2:] if number[:2].isalpha() else number


def _place(street: str, postal_code: str, city: str, province: str, country: str) -> Address:
    return Address(street=street, postal_code=postal_code, city=city, province=province[:2].upper(), country=country)
