"""An invoice that was read becomes rows: of ours or to us, with the customer or supplier it is about, if known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.money import ZERO
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.events import InvoiceTakenIn
from filo.operational.invoices.fatturapa.codes import CREDITS
from filo.operational.invoices.fatturapa.document import Body, Document, Line, Subject
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.frozen import counterpart_of, plain
from filo.operational.invoices.models import CompanyFiscal, Invoice, InvoiceDue, InvoiceFile, InvoiceLine, InvoiceTax
from filo.operational.invoices.services.telling import tell_of
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with

# As the columns hold them: what is longer is an ArithmeticError here, and not one at every read.
_SUM, _PRICE = Context(prec=14), Context(prec=16)


@dataclass(frozen=True)
class Side:
    """Which company of ours it is about, and whether it sells or buys."""

    company: SellingCompany
    direction: str


def side_of(document: Document) -> Side:
    """Ours among seller and buyer. Raises `Unreadable` where neither is."""
    for subject, direction in ((document.buyer, "received"), (document.seller, "issued")):
        if (company := _company(subject)) is not None:
            return Side(company, direction)
    told = _("Neither seller (%(seller)s) nor buyer (%(buyer)s) is one of our companies, by VAT number and tax code.")
    raise Unreadable(told % {"seller": _numbers(document.seller), "buyer": _numbers(document.buyer)})


def _numbers(subject: Subject) -> str:
    return subject.vat_number or subject.tax_code or subject.full_name[:40]


def _company(subject: Subject) -> SellingCompany | None:
    numbers = [one for one in (subject.vat_number, f"{subject.vat_country}{subject.vat_number}") if subject.vat_number]
    found = SellingCompany.objects.filter(vat_number__in=numbers).first() if numbers else None
    codes = [one for one in (subject.tax_code, subject.vat_number) if one]
    if found is None and codes:
        fiscal = CompanyFiscal.objects.select_related("company").filter(tax_code__in=codes).first()
        found = fiscal.company if fiscal else SellingCompany.objects.filter(vat_number__in=codes).first()
    return found


def party_of(subject: Subject) -> Party | None:
    """The card of who is on the other side: by VAT number, then by tax code; none where two could be meant."""
    wanted = Q()
    if subject.vat_number:
        wanted |= Q(vat_number__in=[subject.vat_number, f"{subject.vat_country}{subject.vat_number}"])
    if subject.tax_code:
        wanted |= Q(codice_fiscale=subject.tax_code)
    if not wanted:
        return None
    found = list(Party.objects.filter(wanted, deleted_at=None)[:2])
    return found[0] if len(found) == 1 else None


def issued_here(body: Body, side: Side) -> Invoice | None:
    """Our own invoice that comes back: its number was given here."""
    if side.direction != "issued":
        return None
    rows = Invoice.objects.filter(company=side.company, direction="issued", serial__isnull=False)
    return rows.filter(number=body.number[:20], date=body.day).first()


def store_body(principal: Principal, document: Document, body: Body, side: Side, file: InvoiceFile) -> Invoice:
    """One invoice of a file; what it comes to is what it says."""
    other = document.seller if side.direction == "received" else document.buyer
    party = party_of(other)
    tie = tie_with(party, side.company.id) if party else None
    invoice = Invoice(
        direction=side.direction,
        type=body.type,
        state="received" if side.direction == "received" else "kept",
        company=side.company,
        year=body.day.year,
        number=body.number[:20],
        date=body.day,
        party=party,
        counterpart=counterpart_of(other),
        seller=plain(document.seller),
        buyer=plain(document.buyer) | {"recipient": document.transmission.recipient},
        currency=body.currency[:3],
        vat_due=next((one.due[:1] for one in body.summaries if one.due), "I"),
        cause="\n".join(body.causes)[:2000],
        file=file,
        owner_id=tie.owner_id if tie else None,
        unit_id=(tie.unit_id if tie else None) or principal.unit_id,
        created_at=clock.now(),
        **_sums(body),
    )
    _tie_to_what_it_credits(invoice, body)
    invoice.due_on = min((one.due for one in body.payments if one.due), default=body.day)
    invoice.save(force_insert=True)
    InvoiceLine.objects.bulk_create(_lines(invoice, body.lines))
    InvoiceTax.objects.bulk_create(_taxes(invoice, body))
    InvoiceDue.objects.bulk_create(_dues(invoice, body))
    changes = {"number": (None, invoice.number), "total": (None, invoice.total)}
    record(principal, "invoice.take-in", kind="invoice", object_id=invoice.id, changes=changes)
    announce(principal, InvoiceTakenIn(invoice=invoice.id, party=invoice.party_id, direction=side.direction))
    if party is not None:
        tell_of(principal, invoice, f"invoice.{invoice.state}")
    return invoice


def _tie_to_what_it_credits(invoice: Invoice, body: Body) -> None:
    """A credit note of ours from another program, and the one invoice that it names, where that is here."""
    if invoice.direction != "issued" or not invoice.is_credit:
        return
    named = [one for one in body.references if one.kind == "invoice"]
    rows = Invoice.objects.select_for_update(of=("self",)).filter(
        direction="issued", company=invoice.company, counterpart=invoice.counterpart
    )
    rows = rows.exclude(state="draft").exclude(type__in=CREDITS)
    found = {
        row.pk: row
        for one in named
        for row in rows.filter(number=one.number, **({"date": one.day} if one.day else {}))[:2]
    }
    if len(found) == 1:
        (credited,) = found.values()
        invoice.credits = credited
        credited.credited = min(credited.payable, credited.credited + abs(invoice.payable))
        credited.save(update_fields=["credited"])


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), context=_SUM)


def _sums(body: Body) -> dict[str, Decimal]:
    net, vat = sum((one.net for one in body.summaries), ZERO), sum((one.vat for one in body.summaries), ZERO)
    held = sum((one.amount for one in body.withholdings), ZERO)
    split = sum((one.vat for one in body.summaries if one.due == "S"), ZERO)
    total = body.whole
    return {
        "net": _cents(net),
        "vat": _cents(vat),
        "total": _cents(total),
        "stamp": _cents(body.stamp or ZERO),
        "held": _cents(held),
        "payable": _cents(total - held - split),
    }


def _lines(invoice: Invoice, lines: Iterable[Line]) -> list[InvoiceLine]:
    return [
        InvoiceLine(
            invoice=invoice,
            position=place,
            code=line.code[:60],
            description=line.description[:1000] or "-",
            quantity=(Decimal(1) if line.quantity is None else line.quantity).quantize(Decimal("0.001"), context=_SUM),
            unit=line.unit[:10],
            unit_price=line.unit_price.quantize(Decimal("0.000001"), context=_PRICE),
            discounts="+".join(f"{one.percent.normalize():f}" for one in line.reductions if one.percent)[:60],
            vat_rate=line.rate,
            nature=line.nature[:4],
            amount=_cents(line.total),
            withheld=line.withheld,
        )
        for place, line in enumerate(lines, 1)
    ]


def _taxes(invoice: Invoice, body: Body) -> list[InvoiceTax]:
    return [
        InvoiceTax(
            invoice=invoice,
            rate=one.rate,
            nature=one.nature[:4],
            net=_cents(one.net),
            vat=_cents(one.vat),
            due=one.due[:1],
            law=one.law[:100],
        )
        for one in body.summaries
    ]


def _dues(invoice: Invoice, body: Body) -> list[InvoiceDue]:
    return [
        InvoiceDue(
            invoice=invoice,
            day=one.due or body.day,
            amount=_cents(one.amount),
            method=one.method[:4],
            iban=one.iban[:34],
        )
        for one in body.payments
    ]
