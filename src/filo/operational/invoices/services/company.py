"""The fiscal data of a company that sells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

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
from filo.operational.invoices.folder import FOLDER
from filo.operational.invoices.models import CompanyFiscal
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
    """Keep them. Raises `Forbidden`, `Stale`, `InvalidFields`."""
    principal.require("settings", "edit")
    cleaned = _clean({name: facts[name] for name in FIELDS if name in facts})
    if cleaned.get("way") == "folder":
        _make_folder(CompanyFiscal(company=company, folder=str(cleaned.get("folder") or "")))
    with transaction.atomic():
        found = CompanyFiscal.objects.select_for_update().filter(company=company).first()
        if found is None:
            found = CompanyFiscal(company=company, version=0)
        elif version is not None and version != found.version:
            differing = {name: (getattr(found, name), value) for name, value in cleaned.items()}
            raise Stale(differing, version=found.version)
        before = {name: getattr(found, name) for name in cleaned}
        for name, value in cleaned.items():
            setattr(found, name, value)
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


def _clean(raw: dict[str, Any]) -> dict[str, Any]:
    found = {name: value.strip() if isinstance(value, str) else value for name, value in raw.items()}
    problems: dict[str, Any] = {}
    for name, clean in _CLEANED.items():
        if not found.get(name):
            continue
        try:
            found[name] = clean(str(found[name]))
        except (ValueError, InvalidIdentity) as error:
            problems[name] = str(error)
    if found.get("way") == "pec" and not found.get("exchange_pec"):
        problems["exchange_pec"] = _(
            "Write where the exchange takes certified mail: first sdi01@pec.fatturapa.it, then what it answers."
        )
    if found.get("way") == "pec" and not found.get("certified_mail"):
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


def _recipient(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]{6,7}", text.upper()):
        raise ValueError(_("An address of the exchange has seven letters and digits."))
    return text.upper()


_CLEANED: Mapping[str, Callable[[str], str]] = {
    "tax_code": clean_codice_fiscale,
    "iban": valid_iban,
    "series": _series,
    "credit_series": _series,
    "folder": _folder,
    "rea_office": _office,
    "recipient": _recipient,
}
