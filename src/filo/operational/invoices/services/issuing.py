"""A draft becomes an invoice: everything is frozen, and last of all it gets its number."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import CharField, IntegerField, UUIDField
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.bulk import insert, rewrite, sent_together, update_values
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.numbering.services import ask_number
from filo.foundation.prepared import Prepared, asked
from filo.operational.invoices.euro import note_rate
from filo.operational.invoices.events import InvoiceIssued
from filo.operational.invoices.exchange import document_of
from filo.operational.invoices.fatturapa.errors import Unwritable
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.frozen import fiscal_of, freeze_sides, subject_from
from filo.operational.invoices.models import Invoice, InvoiceDue, InvoiceLine, InvoiceTax
from filo.operational.invoices.policies import INVOICE_ISSUED
from filo.operational.invoices.services.drafting import clean_facts, refuse_other_credit
from filo.operational.invoices.services.lines import fit_stamp, reckoned, tax_rows
from filo.operational.invoices.services.telling import tell_of
from filo.operational.invoices.vat.due_dates import due_on, read_terms

# The longest number that a file holds is 20 signs; a trial with this one shows what is missing.
_TRIAL = "999999"
# What the number brings with it.
_NUMBER = ("serial", "number", "state", "issued_at", "version")
# Of which seller and buyer cannot be one (check 00471 of the exchange); inner passages (TD26) and notes may.
_TO_OTHERS = ("TD01", "TD02", "TD03", "TD06", "TD24", "TD25")


# What is asked while others wait for their number is put together once.
_LOCKED = Prepared(
    lambda: (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("company", "party")
        .filter(pk=asked("pk", UUIDField()))
    )
)
_LINES = Prepared(lambda: InvoiceLine.objects.filter(invoice=asked("invoice", UUIDField())))
_NUMBERED = Prepared(
    lambda: (
        Invoice.objects.filter(
            company=asked("company", UUIDField()),
            series=asked("series", CharField()),
            year=asked("year", IntegerField()),
            serial__isnull=False,
        )
        .order_by("-serial")
        .values_list("serial", "date", "number")[:1]
    )
)


def issue_invoice(principal: Principal, invoice: Invoice, *, on: date | None = None) -> Invoice:
    """Give it its number; doing it twice changes nothing. `on`: its date (today if not said).

    Raises `Forbidden`, `InvalidFields` (no lines, a date that lies before the last number's or ahead, more credit
    than is left), `Unwritable` (what the exchange wants and nobody wrote).
    """
    principal.require("invoice", "issue")
    with transaction.atomic():
        locked = _LOCKED.rows(pk=invoice.pk)[0]
        if not INVOICE_ISSUED.allows(principal, locked):
            raise Forbidden
        if not locked.is_draft:
            return locked
        day = on or locked.date or clock.today()
        if day > clock.today():
            raise InvalidFields({"date": _("An invoice cannot bear a day that has not come yet.")})
        lines = _LINES.rows(invoice=locked.pk)
        credited = _credited(locked, lines)
        taxes, dues = _freeze(locked, lines, day, credited)
        if credited is not None:
            credited.credited += locked.payable
            credited.save(update_fields=["credited"])
        with sent_together(1):  # all but its number: whoever comes next does not wait for this
            rewrite(locked)
            insert(InvoiceTax, taxes)
            insert(InvoiceDue, dues)
        _number(locked, day)
        with sent_together(1):
            update_values(Invoice, _NUMBER, [(locked.pk, *(getattr(locked, name) for name in _NUMBER))])
            _remember(principal, locked)
    return locked


def _credited(invoice: Invoice, lines: list[InvoiceLine]) -> Invoice | None:
    """The invoice that a credit note takes from, locked so that two notes cannot take the same."""
    if invoice.credits_id is None:
        return None
    refuse_other_credit(invoice)
    found = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.credits_id)
    fit_stamp(invoice, lines, found)
    if invoice.payable > found.payable - found.credited:
        left = found.payable - found.credited
        told = _("Only %(left)s are left to be credited on invoice %(number)s.")
        raise InvalidFields({"lines": told % {"left": left, "number": found.number}})
    return found


def _freeze(
    invoice: Invoice, lines: list[InvoiceLine], day: date, credited: Invoice | None
) -> tuple[list[InvoiceTax], list[InvoiceDue]]:
    """Both sides, sums and days as they are now, tried against the format before a number is given.

    Gives its VAT and what is due when, not written yet.
    """
    if not lines:
        raise InvalidFields({"lines": _("An invoice has a line at least.")})
    if invoice.party is None:
        raise InvalidFields({"party": _("Say who buys.")})
    seller = freeze_sides(invoice, fiscal_of(invoice.company))
    _refuse_oneself(invoice)
    clean_facts({"cig": invoice.cig, "cup": invoice.cup})
    invoice.date, invoice.year = day, day.year
    note_rate(invoice, day)
    found = reckoned(invoice, lines)
    if found.payable < 0:
        raise InvalidFields({"lines": _("An invoice below zero is a credit note.")})
    taxes = tax_rows(invoice, found)
    dues = [
        InvoiceDue(invoice=invoice, day=due, amount=part, method=invoice.method, iban=invoice.iban)
        for due, part in due_on(read_terms(invoice.terms), day, invoice.payable, invoice.currency)
    ]
    invoice.due_on = dues[0].day if dues else day
    invoice.number = _TRIAL
    sender = (seller.vat_country, seller.vat_number)
    if not seller.vat_number:
        raise Unwritable(_("The selling company has no VAT number yet. Write it in its fiscal data."), "IdFiscaleIVA")
    write(document_of(invoice, lines, taxes, dues, sender=sender, progressive="00001", credited=credited))
    invoice.number = ""
    return taxes, dues


def _refuse_oneself(invoice: Invoice) -> None:
    """Raises `InvalidFields` where the buyer has the seller's own number."""
    seller, buyer = subject_from(invoice.seller), subject_from(invoice.buyer)
    same = seller.vat_number and (seller.vat_country, seller.vat_number) == (buyer.vat_country, buyer.vat_number)
    if same and invoice.type in _TO_OTHERS:
        told = _("The customer is the selling company itself: the exchange rejects such an invoice (00471).")
        raise InvalidFields({"party": told})


def _number(invoice: Invoice, day: date) -> None:
    """The next number of the series, no day before that of the last (DPR 633/72, article 21, paragraph 2, b).

    The counter's row is locked from here to the commit, so that nobody comes between looking and writing.
    """
    series = {"company": invoice.company_id, "series": invoice.series, "year": day.year}
    with sent_together(1):
        given = ask_number(invoice.company_id, f"invoice:{invoice.series}", day.year)
        last = _NUMBERED.first(**series)
        serial = given()
    if serial > 1 and (last is None or last[0] != serial - 1):  # two begin a series at once: the other is there now
        last = _NUMBERED.first(**series)
    _serial, before, number = last or (0, None, "")
    if before and before > day:
        told = _("Number %(number)s bears %(day)s already: choose that day or a later one.")
        raise InvalidFields({"date": told % {"number": number, "day": before.strftime("%d/%m/%Y")}})
    invoice.serial = serial
    invoice.number = written_number(serial, invoice.series, day.year)
    invoice.state = "issued"
    invoice.issued_at = clock.now()
    invoice.version += 1


def written_number(serial: int, series: str, year: int) -> str:
    """As it stands on the invoice: 12/2026, or 12/A/2026 in a series."""
    return f"{serial}/{series}/{year}" if series else f"{serial}/{year}"


def _remember(principal: Principal, invoice: Invoice) -> None:
    changes = {
        "state": ("draft", "issued"),
        "number": ("", invoice.number),
        "date": (None, invoice.date),
        "total": (None, invoice.total),
    }
    record(principal, "invoice.issue", kind="invoice", object_id=invoice.id, changes=changes)
    announce(principal, InvoiceIssued(invoice=invoice.id, party=invoice.party_id, number=invoice.number))
    tell_of(principal, invoice, "invoice.credited" if invoice.is_credit else "invoice.issued")
