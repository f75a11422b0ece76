"""The fiscal data of a company that sells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError as MailError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.exceptions import ValidationError

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.tax import clean_codice_fiscale
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.fatturapa.codes import METHODS, REGIMES
from filo.operational.invoices.folder import FOLDER
from filo.operational.invoices.models import SENDING, CompanyFiscal
from filo.operational.invoices.models.company import ALONE
from filo.operational.invoices.services.leaving import folder_of
from filo.operational.invoices.vat.due_dates import read_terms

FIELDS = (
    *("tax_code", "regime", "rea_office", "rea_number", "capital", "alone", "winding_up", "iban", "bank"),
    *("certified_mail", "recipient", "sender_country", "sender", "series", "credit_series", "terms", "method"),
    *("way", "folder", "exchange_pec"),
)


def save_fiscal(
    principal: Principal, company: SellingCompany, facts: Mapping[str, Any], *, version: int | None = None
) -> CompanyFiscal:
    """Keep them; odd_tax_code: eleven digits are kept although the last is wrong. What is not given stays as it is.

    Raises `Forbidden`, `Stale`, `InvalidFields`.
    """
    principal.require("settings", "edit")
    given = {name: facts[name] for name in FIELDS if name in facts}
    with transaction.atomic():
        SellingCompany.objects.select_for_update().get(pk=company.pk)  # two who write first come one after the other
        found = CompanyFiscal.objects.filter(company=company).first() or CompanyFiscal(company=company, version=0)
        cleaned = _clean(given, found, odd_tax_code=bool(facts.get("odd_tax_code")))
        if version is not None and version != found.version:
            theirs = {name: getattr(found, name) for name in cleaned}
            differing = {name: (theirs[name], value) for name, value in cleaned.items() if theirs[name] != value}
            raise Stale(differing, version=found.version)
        before = {name: getattr(found, name) for name in cleaned}
        for name, value in cleaned.items():
            setattr(found, name, value)
        if found.way == "folder":
            _make_folder(found)
        found.version += 1
        found.save()
        changes = {name: (old, cleaned[name]) for name, old in before.items() if old != cleaned[name]}
        record(principal, "company.fiscal", kind="company", object_id=company.id, changes=changes)
    return found


def _make_folder(fiscal: CompanyFiscal) -> None:
    try:
        folder_of(fiscal).make()
    except OSError as error:
        raise InvalidFields({"folder": _("It cannot be made: %(why)s") % {"why": error.strerror or ""}}) from None


def _clean(raw: dict[str, Any], kept: CompanyFiscal, *, odd_tax_code: bool) -> dict[str, Any]:
    found = {name: value.strip() if isinstance(value, str) else value for name, value in raw.items()}
    problems: dict[str, Any] = {}
    cleaners: dict[str, Callable[[str], str]] = {
        **_CLEANED,
        "tax_code": partial(clean_codice_fiscale, odd_too=odd_tax_code),
    }
    for name, clean in cleaners.items():
        if not found.get(name):
            continue
        try:
            found[name] = clean(str(found[name]))
        except (ValueError, InvalidIdentity) as error:
            problems[name] = str(error)
    goes_by_mail = found.get("way", kept.way) == "pec"
    if goes_by_mail and not found.get("exchange_pec", kept.exchange_pec):
        problems["exchange_pec"] = _(
            "Write where the exchange takes certified mail: first sdi01@pec.fatturapa.it, then what it answers."
        )
    if goes_by_mail and not found.get("certified_mail", kept.certified_mail):
        problems["certified_mail"] = _("The exchange takes mail from a certified address only: write the company's.")
    try:
        read_terms(str(found.get("terms") or ""))
    except InvalidFields as error:
        problems.update(error.fields)
    if problems:
        raise InvalidFields(problems)
    return found


def valid_iban(text: str) -> str:
    """As it is kept, without blanks. Raises `ValueError`."""
    try:
        return str(iban.validate(text))
    except ValidationError:
        raise ValueError(_("This is no IBAN: its check digits do not fit.")) from None


def _series(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9-]{1,6}", text.upper()):
        raise ValueError(_("A series has six letters and digits at most."))
    return text.upper()


def _folder(text: str) -> str:
    if not FOLDER.fullmatch(text):
        raise ValueError(_("The name of a folder has small letters, digits and hyphens only."))
    return text


def _office(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text.upper()):
        raise ValueError(_("The office of the REA is the two letters of a province."))
    return text.upper()


def _known(names: Collection[str], text: str) -> str:
    if text not in names:
        raise ValueError(_("Choose one of: %(names)s.") % {"names": ", ".join(names)})
    return text


def _mail(text: str) -> str:
    try:
        validate_email(text)
    except MailError:
        raise ValueError(_("This is not a valid e-mail address.")) from None
    return text


def _sender(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]{2,28}", text.upper()):
        raise ValueError(_("The tax code of who sends has letters and digits only."))
    return text.upper()


def _recipient(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]{6,7}", text.upper()):
        raise ValueError(_("An address of the exchange has seven letters and digits."))
    return text.upper()


_CLEANED: Mapping[str, Callable[[str], str]] = {
    "iban": valid_iban,
    "series": _series,
    "credit_series": _series,
    "folder": _folder,
    "rea_office": _office,
    "regime": partial(_known, REGIMES),
    "method": partial(_known, METHODS),
    "way": partial(_known, dict(SENDING)),
    "alone": partial(_known, dict(ALONE)),
    "certified_mail": _mail,
    "exchange_pec": _mail,
    "sender": _sender,
    "recipient": _recipient,
}
