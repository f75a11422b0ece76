"""The file of an invoice leaves: under a name that was never used, again after a rejection or a refusal under a new
one and with both sides as they are then.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, NotFound
from filo.foundation.events.services import announce
from filo.foundation.files.queries import read_file
from filo.foundation.files.services import store_file
from filo.foundation.numbering.services import take_number
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.events import InvoiceSent
from filo.operational.invoices.exchange import document_of
from filo.operational.invoices.fatturapa.names import file_name, progressive, stem
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.frozen import fiscal_of, freeze_sides
from filo.operational.invoices.models import SENDING, CompanyFiscal, Invoice, InvoiceFile
from filo.operational.invoices.odd_numbers import WouldBeRejected, odd_in
from filo.operational.invoices.policies import INVOICE_ISSUED
from filo.operational.invoices.services.leaving import have_it_leave
from filo.operational.invoices.services.telling import tell_of

# Counted without years: a sender never uses a name again.
_ALWAYS = 0


def xml_of(invoice: Invoice, *, count: int = 1) -> bytes:
    """The file of an issued invoice as it would leave now; nothing is kept."""
    return write(
        document_of(
            invoice,
            list(invoice.lines.all()),
            list(invoice.taxes.all()),
            list(invoice.dues.all()),
            sender=sender_of(invoice),
            progressive=progressive(count),
            credited=invoice.credits,
        )
    )


@dataclass(frozen=True)
class ExchangeFile:
    """A file as it is handed out, under a name that any system takes."""

    content: bytes
    name: str

    @property
    def media_type(self) -> str:
        """What it is: plain, or in its signature."""
        return "application/pkcs7-mime" if self.name.lower().endswith(".p7m") else "application/xml"


def file_of(invoice: Invoice) -> ExchangeFile:
    """As it was sent or came, or as it would leave now. Raises `NotFound` where there is none."""
    kept = invoice.file or invoice.files.filter(kind="sent").order_by("at").last()
    if kept is not None:
        content, name = read_file(kept.content), kept.name
    elif invoice.is_ours:
        content, name = xml_of(invoice), f"{invoice.number.replace('/', '-')}.xml"
    else:
        raise NotFound
    return ExchangeFile(content, "".join(sign for sign in name if sign.isalnum() or sign in "._-"))


def sender_of(invoice: Invoice) -> tuple[str, str]:
    """Whose number stands in the name: the company's, or that of who sends for it."""
    fiscal = fiscal_of(invoice.company)
    if fiscal.sender:
        return fiscal.sender_country, fiscal.sender
    return str(invoice.seller.get("vat_country") or "IT"), str(invoice.seller.get("vat_number") or "")


def send_invoice(principal: Principal, invoice: Invoice, *, way: str = "") -> InvoiceFile:
    """Make the file, and have it leave by folder or certified mail; what did not come back is not sent twice.

    way: `hand` (somebody takes the file there), `folder`, `pec`; as the company has it where none is said. What cannot
    leave puts the invoice back to what it was. With a number that the exchange would reject it leaves by hand alone,
    for trying, and the file says so; once the number is corrected, that one is sent.

    Raises `Forbidden`, `InvalidFields`, `WouldBeRejected`, `DomainError`.
    """
    principal.require("invoice", "issue")
    fiscal = fiscal_of(invoice.company)
    way = _way(way or fiscal.way, fiscal)
    with transaction.atomic():
        locked = Invoice.objects.select_for_update(of=("self",)).select_related("company", "party").get(pk=invoice.pk)
        if not INVOICE_ISSUED.allows(principal, locked):
            raise Forbidden
        if not locked.is_ours:
            raise DomainError(_("Only what was issued here is sent."), code="not-ours")
        if locked.state != "issued" and not locked.is_returned:
            return InvoiceFile.objects.filter(invoice=locked, kind="sent").order_by("at").last()  # type: ignore[return-value]
        before, again = locked.state, locked.is_returned
        if again or odd_in(locked):
            freeze_sides(locked, fiscal)
        odd = odd_in(locked)
        if odd and way != "hand":
            raise WouldBeRejected(" ".join(odd))
        kept = _file(principal, locked, way, odd)
        have_it_leave(kept, fiscal)
        locked.state, locked.version = "sent", locked.version + 1
        locked.save(update_fields=["state", "version", "seller", "buyer", "counterpart"])
        changes = {"state": (before, "sent"), "file": ("", kept.name)}
        record(principal, "invoice.send", kind="invoice", object_id=locked.id, changes=changes)
        announce(principal, InvoiceSent(invoice=locked.id, party=locked.party_id, way=way))
        tell_of(principal, locked, "invoice.sent-again" if again else "invoice.sent")
    return kept


def _way(way: str, fiscal: CompanyFiscal) -> str:
    if way not in dict(SENDING):
        names = ", ".join(code for code, _label in SENDING)
        raise InvalidFields({"way": _("Choose one of: %(names)s.") % {"names": names}})
    if way == "pec" and not (fiscal.exchange_pec and fiscal.certified_mail):
        told = _("Write the company's certified mail and that of the exchange in its fiscal data first.")
        raise InvalidFields({"way": told})
    return way


def _file(principal: Principal, invoice: Invoice, way: str, odd: list[str]) -> InvoiceFile:
    count, name = _new_name(invoice)
    content = xml_of(invoice, count=count)
    return InvoiceFile.objects.create(
        kind="sent",
        invoice=invoice,
        company=invoice.company,
        content=store_file(content, name=name, media_type="application/xml"),
        sha256=hashlib.sha256(content).hexdigest(),
        name=name,
        stem=stem(name),
        way=way,
        told={"before": invoice.state} | ({"warnings": odd} if odd else {}),
        left_at=clock.now() if way == "hand" else None,
        at=clock.now(),
        by_id=principal.user_id,
    )


def _new_name(invoice: Invoice) -> tuple[int, str]:
    """The next count of who sends under which no file left, whoever counted before, and its name."""
    country, code = sender_of(invoice)
    counting = _counting(invoice, country, code)
    while True:
        count = take_number(counting, "sdi", _ALWAYS)
        name = file_name(country, code, count)
        if not InvoiceFile.objects.filter(kind="sent", stem=stem(name)).exists():
            return count, name


def _counting(invoice: Invoice, country: str, code: str) -> UUID:
    """Companies for which the same sender sends count together: that which he is himself, or the first of them."""
    own = SellingCompany.objects.filter(vat_number__in=(code, f"{country}{code}")).order_by("pk")
    if (found := own.values_list("pk", flat=True).first()) is not None:
        return found
    shared = CompanyFiscal.objects.filter(sender_country=country, sender=code).exclude(sender="").order_by("company")
    first = shared.values_list("company", flat=True).first()
    return first or invoice.company_id
