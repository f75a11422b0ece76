"""The header's two sides, as they are written."""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from filo.operational.invoices.fatturapa.document import Address, Rea, Subject
from filo.operational.invoices.fatturapa.elements import Branch
from filo.operational.invoices.fatturapa.errors import Unwritable
from filo.operational.invoices.fatturapa.letters import basic

# For places that have no Italian postal code (*Specifiche tecniche*, foreign buyers).
ABROAD = "00000"
# Of who is abroad and has no VAT number, beside his country (the same).
NO_NUMBER = "0000000"
_TAX_CODE = re.compile(r"[A-Z0-9]{11,16}")


def add_seller(header: Branch, seller: Subject) -> None:
    """Raises `Unwritable` where what law asks of the seller is not known (DPR 633/72, art. 21, par. 2; c.c. 2250)."""
    node = header.branch("CedentePrestatore")
    facts = node.branch("DatiAnagrafici")
    if not seller.vat_number:
        raise Unwritable(_("The selling company has no VAT number yet. Write it in its fiscal data."), "IdFiscaleIVA")
    _add_vat(facts, seller)
    _add_tax_code(facts, seller)
    _add_name(facts, seller, _("The selling company has no name yet. Write it in its fiscal data."))
    facts.leaf("RegimeFiscale", seller.regime or "RF01")
    if seller.address is None:
        raise Unwritable(_("The selling company has no address yet. Write it in its fiscal data."), "Sede")
    _add_address(node, seller.address)
    if seller.rea is not None:
        _add_rea(node, seller.rea)
    phone, email = _phone(seller.phone), seller.email.strip()
    email = email if re.fullmatch(r".+@.+[.]+.+", email) and 7 <= len(email) <= 256 and email.isascii() else ""
    if phone or email:
        contact = node.branch("Contatti")
        contact.maybe_ascii("Telefono", phone, 12)
        contact.maybe_ascii("Email", email, 256)


def add_buyer(header: Branch, buyer: Subject) -> None:
    """Raises `Unwritable` where the buyer cannot be told: no number, no name, no address."""
    node = header.branch("CessionarioCommittente")
    facts = node.branch("DatiAnagrafici")
    numberless = not (buyer.vat_number or buyer.tax_code)
    if numberless and buyer.address is not None and not _is_italian(buyer.address):
        buyer = replace(buyer, vat_country=buyer.address.country, vat_number=NO_NUMBER)
    if not (buyer.vat_number or buyer.tax_code):
        raise Unwritable(_("The customer has neither VAT number nor tax code. Write one on the card."), "IdFiscaleIVA")
    if buyer.vat_number:
        _add_vat(facts, buyer)
    _add_tax_code(facts, buyer)
    _add_name(facts, buyer, _("The customer has no name."))
    if buyer.address is None:
        raise Unwritable(_("The customer has no address. Write it on the card."), "Sede")
    _add_address(node, buyer.address)


def _add_vat(facts: Branch, subject: Subject) -> None:
    part = facts.branch("IdFiscaleIVA")
    part.country("IdPaese", subject.vat_country or "IT")
    part.ascii("IdCodice", subject.vat_number.replace(" ", ""), 28)


def _add_tax_code(facts: Branch, subject: Subject) -> None:
    code = subject.tax_code.replace(" ", "").upper()
    if code and not _TAX_CODE.fullmatch(code):
        raise Unwritable(_("“%(code)s” is no Italian tax code.") % {"code": code[:30]}, "CodiceFiscale")
    if code:
        facts.leaf("CodiceFiscale", code)


def _add_name(facts: Branch, subject: Subject, missing: str) -> None:
    node = facts.branch("Anagrafica")
    if subject.given_name and subject.family_name and not subject.name:
        node.latin("Nome", subject.given_name, 60, missing)
        node.latin("Cognome", subject.family_name, 60, missing)
    else:
        node.latin("Denominazione", subject.full_name, 80, missing)


def _is_italian(address: Address) -> bool:
    return address.country.strip().upper() in ("", "IT")


def _add_address(parent: Branch, address: Address) -> None:
    node = parent.branch("Sede")
    italian = _is_italian(address)
    node.latin("Indirizzo", address.street, 60, _("In an address of this invoice the street is missing."))
    number = basic(address.number, 100, "NumeroCivico")
    if number and len(number) <= 8:
        node.leaf("NumeroCivico", number)
    code = address.postal_code.strip()
    if italian and not re.fullmatch(r"[0-9]{5}", code):
        raise Unwritable(_("“%(code)s” is no Italian postal code: it has five digits.") % {"code": code[:20]}, "CAP")
    node.leaf("CAP", code if italian else ABROAD)
    node.latin("Comune", address.city, 60, _("In an address of this invoice the town is missing."))
    province = address.province.strip().upper()
    if italian and re.fullmatch(r"[A-Z]{2}", province):
        node.leaf("Provincia", province)
    node.country("Nazione", address.country or "IT")


def _add_rea(parent: Branch, rea: Rea) -> None:
    if not re.fullmatch(r"[A-Z]{2}", rea.office):
        raise Unwritable(_("The office of the REA is the two letters of a province."), "Ufficio")
    node = parent.branch("IscrizioneREA")
    node.leaf("Ufficio", rea.office)
    node.ascii("NumeroREA", rea.number, 20)
    node.maybe_sum("CapitaleSociale", rea.capital)
    if rea.alone:
        node.leaf("SocioUnico", rea.alone)
    node.leaf("StatoLiquidazione", "LS" if rea.winding_up else "LN")


def _phone(text: str) -> str:
    """As the field takes it: 5 to 12 signs; a longer one is left out rather than cut."""
    digits = "".join(sign for sign in text if sign.isdigit() or sign == "+")
    digits = digits.removeprefix("+39").removeprefix("0039") if len(digits) > 12 else digits
    return digits if digits.isascii() and 5 <= len(digits) <= 12 else ""
