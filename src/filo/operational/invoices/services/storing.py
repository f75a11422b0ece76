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
from filo.foundation.italy.tax import vats_of
from filo.foundation.money import ZERO
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.events import InvoiceTakenIn
from filo.operational.invoices.fatturapa.codes import CREDITS
from filo.operational.invoices.fatturapa.document import Body, Document, Line, Subject
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.frozen import counterpart_of, plain
from filo.operational.invoices.models import CompanyFiscal, Invoice, InvoiceDue, InvoiceFile, InvoiceLine, InvoiceTax
from filo.operational.invoices.services.telling import tell_of
from filo.operational.invoices.services.terms_told import stamp_told, terms_told
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with

# As the columns hold them: what is longer is an ArithmeticError here, and not one at every read.
_THOUSANDTH, _MICRO = Decimal("0.001"), Decimal("0.000001")
_CENT = Decimal("0.01")
# What Numero may have (2.1.1.4).
MOST_NUMBER = 20
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
    numbers = vats_of(subject.vat_country, subject.vat_number) if subject.vat_number else []
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
        wanted |= Q(vat_number__in=vats_of(subject.vat_country, subject.vat_number))
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
    return rows.filter(number=body.number[:MOST_NUMBER], date=body.day).first()


def read_before(document: Document, body: Body, side: Side) -> Invoice | None:
    """The invoice that came in another file already (the constraint `invoice_read_once`)."""
    return Invoice.objects.filter(
        file__isnull=False,
        direction=side.direction,
        company=side.company,
        counterpart=_known_by(other_of(document, side)),
        number=body.number[:MOST_NUMBER],
        date=body.day,
        type=body.type,
    ).first()


def other_of(document: Document, side: Side) -> Subject:
    """The supplier, or the customer of what we sold."""
    return document.seller if side.direction == "received" else document.buyer


def _known_by(subject: Subject) -> str:
    """By what the other side is known again: its name, too, where it has no number but one of those that all have who
    have none (*Specifiche tecniche*, 1.4.1.1: OO99999999999, and noughts).
    """
    digits = set(subject.vat_number.removeprefix(subject.vat_country))
    if subject.tax_code or (subject.vat_number and digits not in ({"9"}, {"0"})):
        return counterpart_of(subject)
    return f"{counterpart_of(subject)} {subject.full_name}".strip()[:30]


def store_body(principal: Principal, document: Document, body: Body, side: Side, file: InvoiceFile) -> Invoice:
    """One invoice of a file; what it comes to is what it says."""
    other = other_of(document, side)
    party = party_of(other)
    tie = tie_with(party, side.company.id) if party else None
    invoice = Invoice(
        direction=side.direction,
        type=body.type,
        state="received" if side.direction == "received" else "kept",
        company=side.company,
        year=body.day.year,
        number=body.number[:MOST_NUMBER],
        date=body.day,
        party=party,
        counterpart=_known_by(other),
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
        **terms_told(body),
    )
    _tie_to_what_it_credits(invoice, body, other)
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


def _tie_to_what_it_credits(invoice: Invoice, body: Body, other: Subject) -> None:
    """A credit note of ours from another program, and the one invoice that it names, where that is here."""
    if invoice.direction != "issued" or not invoice.is_credit:
        return
    named = [one for one in body.references if one.kind == "invoice"]
    rows = Invoice.objects.select_for_update(of=("self",)).filter(
        direction="issued", company=invoice.company, counterpart__in=(invoice.counterpart, counterpart_of(other))
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
    return amount.quantize(_CENT, context=_SUM)


def _sums(body: Body) -> dict[str, Decimal]:
    net, vat = sum((one.net for one in body.summaries), ZERO), sum((one.vat for one in body.summaries), ZERO)
    split = sum((one.vat for one in body.summaries if one.due == "S"), ZERO)
    total = body.whole
    # Some tell as the total what is left of it after the withholding, and some discount the whole besides.
    is_net = body.held and abs(total - body.summed - body.rounding + body.held) <= _CENT
    held = ZERO if is_net else body.held
    return {
        "net": _cents(net),
        "vat": _cents(vat),
        "total": _cents(total),
        "stamp": _cents(stamp_told(body)),
        "held": _cents(body.held),
        "payable": _cents(total - held - split),
    }


def is_shortened(body: Body) -> bool:
    """Whether its number, or a quantity or a price of it has more signs than are kept."""
    return len(body.number) > MOST_NUMBER or any(
        line.unit_price != line.unit_price.quantize(_MICRO) or (line.quantity or ZERO) % _THOUSANDTH
        for line in body.lines
    )


def shortened(body: Body) -> str:
    """That, in a sentence."""
    if len(body.number) > MOST_NUMBER:
        told = _("The number %(number)s is longer than an invoice may have, and was cut.")
        return told % {"number": body.number[:100]}
    told = _("Invoice %(number)s: quantities or prices have more decimals than are shown; amounts are as in the file.")
    return told % {"number": body.number[:MOST_NUMBER]}


def _reduced(line: Line) -> tuple[str, Decimal]:
    """Percentages off one after the other (`10+5`); of sums, of surcharges and of both together what they come to."""
    steps = [one for one in line.reductions if one.percent or one.amount]
    if all(one.percent and not one.amount and not one.more for one in steps):
        return "+".join(f"{one.percent.normalize():f}" for one in steps if one.percent)[:60], ZERO
    whole = line.unit_price * (Decimal(1) if line.quantity is None else line.quantity)
    return "", _cents(whole - line.total)


def _lines(invoice: Invoice, lines: Iterable[Line]) -> list[InvoiceLine]:
    return [_line(invoice, place, line) for place, line in enumerate(lines, 1)]


def _line(invoice: Invoice, place: int, line: Line) -> InvoiceLine:
    discounts, off = _reduced(line)
    return InvoiceLine(
        invoice=invoice,
        position=place,
        code=line.code[:60],
        description=line.description[:1000] or "-",
        quantity=(Decimal(1) if line.quantity is None else line.quantity).quantize(_THOUSANDTH, context=_SUM),
        unit=line.unit[:10],
        unit_price=line.unit_price.quantize(_MICRO, context=_PRICE),
        discounts=discounts,
        off=off,
        vat_rate=line.rate,
        nature=line.nature[:4],
        amount=_cents(line.total),
        withheld=line.withheld,
    )


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
    alone = len(body.payments) == 1
    return [
        InvoiceDue(
            invoice=invoice,
            day=one.due or body.day,
            amount=invoice.payable if alone and one.lacks_amount else _cents(one.amount),
            method=one.method[:4],
            iban=one.iban[:34],
        )
        for one in body.payments
    ]
