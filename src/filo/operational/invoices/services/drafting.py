"""A draft is written, changed and thrown away; it has no number, so that no number is lost with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.queries import differing_rows
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.euro import note_rate
from filo.operational.invoices.fatturapa.codes import (
    CREDITS,
    FUNDS,
    ISSUED,
    METHODS,
    WITHHOLDING_CAUSES,
    WITHHOLDINGS,
)
from filo.operational.invoices.frozen import buyer_of, fiscal_of, is_public_body, plain
from filo.operational.invoices.models import VAT_DUE, CompanyFiscal, Invoice
from filo.operational.invoices.policies import INVOICE_EDITED
from filo.operational.invoices.services.company import valid_iban
from filo.operational.invoices.services.lines import LineFacts, fit_stamp, lines_from, reckoned, told_lines, told_rows
from filo.operational.invoices.vat.due_dates import read_terms
from filo.operational.invoices.vat.natures import NATURES
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with
from filo.operational.prices.exchange import EURO, NoRate
from filo.operational.prices.kept_lines import lines_words
from filo.operational.prices.queries.shelf import rates_on

TEXTS = {"cause": 2000, "order_number": 20, "delivery_number": 20, "bank": 80}
MOST_NOTES = 200
# How many signs the codes of a tender and of a public project have (*Specifiche tecniche*, 2.1.2.7 and 2.1.2.6).
TENDERS = {"cig": 10, "cup": 15}
_CHOICES: Mapping[str, Sequence[str]] = {
    "type": ISSUED,
    "vat_due": [code for code, _label in VAT_DUE],
    "stamp_rule": ("", "yes", "no"),
    "method": list(METHODS),
    "held_kind": ("", *WITHHOLDINGS),
    "held_cause": ("", *WITHHOLDING_CAUSES),
    "fund_kind": ("", *FUNDS),
    "fund_nature": ("", *NATURES),
    "currency": CURRENCIES,
    "language": ("it", "en"),
}
_RATES = ("held_rate", "held_base", "fund_rate", "fund_vat_rate")
_FLAGS = ("gross", "stamp_charged", "fund_withheld")


class IssuedIsFinal(DomainError):
    """What was issued is put right by a credit note, not changed (DPR 633/72, article 26)."""

    code = "invoice-issued"

    def __init__(self) -> None:
        super().__init__(_("An invoice that was issued cannot be changed. Put it right with a credit note."))


def draft_invoice(
    principal: Principal,
    *,
    party: Party,
    company: SellingCompany,
    lines: Sequence[LineFacts] = (),
    source: tuple[str, UUID | None] | None = None,
    credits: Invoice | None = None,
    owner_id: UUID | None = None,
    unit_id: UUID | None = None,
    **facts: Any,
) -> Invoice:
    """A new draft; what is not said is as the company usually has it.

    owner_id, unit_id: whose that is of which it is made; else it is of whoever looks after the customer. Raises
    `Forbidden`, `InvalidFields`.
    """
    principal.require("invoice", "create")
    if principal.company_ids is not None and company.id not in principal.company_ids:
        raise Forbidden
    fiscal, tie = fiscal_of(company), tie_with(party, company.id, whose=owner_id or principal.user_id)
    cleaned = clean_facts({**_usual(party, fiscal, facts), **facts})
    if credits is None:
        refuse_rateless(cleaned.get("currency", EURO))
    with transaction.atomic():
        found = Invoice(
            company=company,
            party=party,
            credits=credits,
            source_kind=source[0] if source else "",
            source_id=source[1] if source else None,
            owner_id=owner_id or (tie.owner_id if tie else None) or principal.user_id,
            unit_id=unit_id or (tie.unit_id if tie else None) or principal.unit_id,
            created_at=clock.now(),
            **cleaned,
        )
        if "series" not in facts:
            found.series = fiscal.credit_series if found.is_credit and fiscal.credit_series else fiscal.series
        store_draft(found, lines, new=True)
        changes = {"type": (None, found.type), "total": (None, found.total), "party_id": (None, party.id)}
        record(principal, "invoice.draft", kind="invoice", object_id=found.id, changes=changes)
    return found


def _usual(party: Party, fiscal: CompanyFiscal, said: Mapping[str, Any]) -> dict[str, Any]:
    """As the company has it; with a credit note nothing is to be paid into an account of ours. Public bodies pay the
    VAT themselves (DPR 633/72, article 17-ter), but for what is subject to withholding.
    """
    usual = {"terms": fiscal.terms, "method": fiscal.method}
    if said.get("type") not in CREDITS:
        usual |= {"iban": fiscal.iban, "bank": fiscal.bank}
    if is_public_body(party) and not said.get("held_kind"):
        usual["vat_due"] = "S"
    return {**usual, "language": party.language if party.language in ("it", "en") else "it"}


def refuse_rateless(currency: str) -> None:
    """As a quote or an order is: nobody could say what it is worth. Raises `InvalidFields`."""
    try:
        rates_on(clock.today(), [currency]).of(currency)
    except NoRate as error:
        raise InvalidFields({"currency": str(error)}) from error


def change_draft(
    principal: Principal,
    invoice: Invoice,
    *,
    version: int | None = None,
    lines: Sequence[LineFacts] | None = None,
    **facts: Any,
) -> Invoice:
    """Change a draft. Raises `Forbidden`, `IssuedIsFinal`, `Stale`, `InvalidFields`."""
    with transaction.atomic():
        locked = locked_draft(principal, invoice)
        cleaned = clean_facts(facts)
        refuse_rateless(cleaned.get("currency", EURO))
        before = {name: getattr(locked, name) for name in (*cleaned, "total")}
        before_lines = told_lines(locked)
        if version is not None and version != locked.version:
            differing = {name: (before[name], value) for name, value in cleaned.items() if before[name] != value}
            if lines is not None and before_lines != (mine := told_rows(lines_from(locked, lines))):
                theirs, yours = differing_rows(before_lines, mine)
                differing["lines"] = (lines_words(theirs), lines_words(yours))
            raise Stale(differing, version=locked.version)
        for name, value in cleaned.items():
            setattr(locked, name, value)
        refuse_other_credit(locked)
        locked.version += 1
        store_draft(locked, lines, new=False)
        changes = {name: (old, getattr(locked, name)) for name, old in before.items() if old != getattr(locked, name)}
        if lines is not None and before_lines != (now := told_lines(locked)):
            changes["lines"] = (before_lines, now)
        record(principal, "invoice.edit", kind="invoice", object_id=locked.id, changes=changes)
    return locked


def refuse_other_credit(invoice: Invoice) -> None:
    """What takes from an invoice stays a credit note, in its currency. Raises `InvalidFields`."""
    if invoice.credits is None:
        return
    if not invoice.is_credit:
        told = _("It takes from invoice %(number)s, and stays a credit note.")
        raise InvalidFields({"type": told % {"number": invoice.credits.number}})
    if invoice.currency != invoice.credits.currency:
        told = _("It takes from invoice %(number)s, and is in the same currency.")
        raise InvalidFields({"currency": told % {"number": invoice.credits.number}})


def locked_draft(principal: Principal, invoice: Invoice) -> Invoice:
    """The draft, locked, for who may change it."""
    principal.require("invoice", "edit")
    locked = Invoice.objects.select_for_update(of=("self",)).select_related("company", "party").get(pk=invoice.pk)
    if not INVOICE_EDITED.allows(principal, locked):
        raise Forbidden
    if not locked.is_draft:
        raise IssuedIsFinal
    return locked


def clean_facts(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are kept; everything that is wrong is told at once. Raises `InvalidFields`."""
    problems: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            found[name] = _clean(name, value)
        except ValueError as error:
            problems[name] = str(error)
    if "terms" in found:
        try:
            read_terms(found["terms"])
        except InvalidFields as error:
            problems.update(error.fields)
    if problems:
        raise InvalidFields(problems)
    if "deliveries" in found:
        earliest = min(found["deliveries"], key=lambda one: str(one["day"]), default={"number": "", "day": None})
        day = earliest["day"] and date.fromisoformat(earliest["day"])
        found |= {"delivery_number": earliest["number"], "delivery_day": day}
    return found


def _clean(name: str, value: Any) -> Any:
    if name in _CHOICES:
        return _choice(name, str(value or "").strip())
    if name in _RATES:
        return _rate(value)
    if name in _FLAGS:
        return bool(value)
    if name in TEXTS:
        return clean_text(str(value or ""), max_length=TEXTS[name])
    return _OTHERS[name](value)


def _choice(name: str, text: str) -> str:
    if text not in _CHOICES[name]:
        raise ValueError(_("Choose one of: %(names)s.") % {"names": ", ".join(one for one in _CHOICES[name] if one)})
    return text


def _rate(value: Any) -> Decimal:
    rate = Decimal(value or 0)
    if not rate.is_finite() or not 0 <= rate <= 100:
        raise ValueError(_("A percentage lies between 0 and 100."))
    return rate


def _day(value: Any) -> date | None:
    if value is not None and not isinstance(value, date):
        raise ValueError(_("This is no day."))
    return value


def _deliveries(value: Any) -> list[dict[str, str]]:
    """Number and day of each delivery note (2.1.8), as a row keeps them."""
    rows = [(clean_line(str(number or ""), max_length=100), day) for number, day in value or ()]
    if len(rows) > MOST_NOTES:
        raise ValueError(_("An invoice follows %(most)s delivery notes at most.") % {"most": MOST_NOTES})
    for number, day in rows:
        if not number or len(number) > TEXTS["delivery_number"] or not isinstance(day, date):
            raise ValueError(_("A delivery note has a number of 20 signs at most, and a day."))
    return [{"number": number, "day": day.isoformat()} for number, day in rows]


def _series(value: Any) -> str:
    text = str(value or "").strip().upper()
    if len(text) > 6 or not all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in text):
        raise ValueError(_("A series has six letters and digits at most."))
    return text


def _tender(value: Any) -> str:
    """The code of a tender (CIG: L. 136/2010, article 3)."""
    return _signs(value, TENDERS["cig"], _("A CIG has ten letters and digits."))


def _project(value: Any) -> str:
    """The code of a public project (CUP: L. 3/2003, article 11)."""
    return _signs(value, TENDERS["cup"], _("A CUP has fifteen letters and digits."))


def _signs(value: Any, count: int, otherwise: str) -> str:
    code = str(value or "").replace(" ", "").upper()
    if code and not (len(code) == count and code.isascii() and code.isalnum()):
        raise ValueError(otherwise)
    return code


_OTHERS: Mapping[str, Callable[[Any], Any]] = {
    "date": _day,
    "order_date": _day,
    "delivery_day": _day,
    "deliveries": _deliveries,
    "series": _series,
    "cig": _tender,
    "cup": _project,
    "iban": lambda value: valid_iban(text) if (text := str(value or "").strip()) else "",
    "terms": lambda value: clean_line(str(value or ""), max_length=40),
}


def store_draft(invoice: Invoice, lines: Sequence[LineFacts] | None, *, new: bool) -> None:
    """The draft with its lines and what it comes to, and the buyer as far as it shows him; he is frozen when it is
    issued. Raises `InvalidFields`.
    """
    if invoice.party is not None:
        invoice.buyer = plain(buyer_of(invoice.party)[0])
    rows = list(invoice.lines.all()) if lines is None else lines_from(invoice, lines)
    note_rate(invoice, min(invoice.date or clock.today(), clock.today()))
    reckoned(invoice, rows)
    if invoice.credits is not None:
        fit_stamp(invoice, rows, invoice.credits)
    invoice.save(force_insert=new)
    if lines is not None:
        if not new:
            invoice.lines.all().delete()
        type(rows[0]).objects.bulk_create(rows) if rows else None
