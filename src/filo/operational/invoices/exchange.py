"""An invoice of ours as a document of the exchange."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from filo.foundation.money import ZERO
from filo.operational.invoices.delivery_notes import lines_by_note
from filo.operational.invoices.euro import in_euro
from filo.operational.invoices.fatturapa.document import (
    Body,
    Document,
    Fund,
    Line,
    Payment,
    Reduction,
    Reference,
    Summary,
    Transmission,
    Withholding,
)
from filo.operational.invoices.frozen import UNKNOWN, form_of, subject_from
from filo.operational.invoices.models import Invoice, InvoiceDue, InvoiceLine, InvoiceTax
from filo.operational.invoices.vat.natures import STAMP_NATURE_WORDS
from filo.operational.invoices.vat.reckoning import ADVANCED, STAMP, Held, PensionFund, Terms, in_currency, line_net
from filo.operational.prices.sums import read_discounts

_EIGHT = Decimal("0.00000001")


def terms_of(invoice: Invoice) -> Terms:
    """How it is taxed, as the law's reckoning wants it."""
    held = None
    if invoice.held_kind:
        held = Held(invoice.held_kind, invoice.held_rate, invoice.held_cause, invoice.held_base)
    fund = None
    if invoice.fund_kind:
        fund = PensionFund(
            invoice.fund_kind, invoice.fund_rate, invoice.fund_vat_rate, invoice.fund_nature, invoice.fund_withheld
        )
    return Terms(
        due=invoice.vat_due,
        gross=invoice.gross,
        currency=invoice.currency,
        euro_rate=invoice.euro_rate or Decimal(1),
        held=held,
        fund=fund,
        stamp={"yes": True, "no": False}.get(invoice.stamp_rule),
        stamp_charged=invoice.stamp_charged,
    )


def document_of(
    invoice: Invoice,
    lines: Sequence[InvoiceLine],
    taxes: Sequence[InvoiceTax],
    dues: Sequence[InvoiceDue],
    *,
    sender: tuple[str, str],
    progressive: str,
    credited: Invoice | None = None,
) -> Document:
    """What is written into the file. sender: country and number of who sends it."""
    recipient = str(invoice.buyer.get("recipient") or UNKNOWN)
    return Document(
        transmission=Transmission(
            sender_country=sender[0],
            sender_code=sender[1],
            progressive=progressive,
            form=form_of(recipient),
            recipient=recipient,
            certified_mail=str(invoice.buyer.get("certified_mail") or ""),
        ),
        seller=subject_from(invoice.seller),
        buyer=subject_from(invoice.buyer),
        bodies=(in_euro(invoice, _body(invoice, lines, taxes, dues, credited)),),
    )


def _body(
    invoice: Invoice,
    lines: Sequence[InvoiceLine],
    taxes: Sequence[InvoiceTax],
    dues: Sequence[InvoiceDue],
    credited: Invoice | None,
) -> Body:
    terms = terms_of(invoice)
    written = [_line(line, place, terms) for place, line in enumerate(lines, 1)]
    if invoice.stamp_charged and invoice.stamp:
        written.append(_stamp_line(len(written) + 1, in_currency(invoice.stamp, terms)))
    return Body(
        type=invoice.type,
        day=invoice.date or invoice.created_at.date(),
        number=invoice.number or "0",
        currency=invoice.currency,
        total=invoice.total,
        stamp=invoice.stamp or None,
        withholdings=withholdings_of(invoice),
        funds=funds_of(invoice, lines, terms),
        causes=(invoice.cause,) if invoice.cause else (),
        references=references_of(invoice, credited, lines),
        lines=tuple(written),
        summaries=tuple(
            Summary(rate=one.rate, nature=one.nature, net=one.net, vat=one.vat, due=one.due, law=one.law)
            for one in taxes
        ),
        payments=_payments(invoice, dues),
    )


def _line(line: InvoiceLine, place: int, terms: Terms) -> Line:
    steps = [Reduction(percent=step) for step in read_discounts(line.discounts)]
    price, off = line.unit_price, line.off
    if terms.gross and line.vat_rate:
        price = (price * 100 / (100 + line.vat_rate)).quantize(_EIGHT, ROUND_HALF_UP)
        off = off * 100 / (100 + line.vat_rate)
    if off and line.quantity:
        # A sum is taken off each unit (check 00423 of the exchange).
        steps.append(Reduction(amount=(off / line.quantity).quantize(_EIGHT, ROUND_HALF_UP)))
    return Line(
        number=place,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        code=line.code,
        unit_price=price,
        reductions=tuple(steps),
        total=line_net(line, terms),
        rate=line.vat_rate,
        nature=line.nature,
        withheld=terms.held is not None and line.nature != ADVANCED,
    )


def _stamp_line(place: int, stamp: Decimal) -> Line:
    return Line(
        number=place,
        description=STAMP_NATURE_WORDS,
        quantity=Decimal(1),
        unit_price=stamp or STAMP,
        total=stamp or STAMP,
        rate=ZERO,
        nature="N1",
    )


def withholdings_of(invoice: Invoice) -> tuple[Withholding, ...]:
    """What is withheld."""
    if not invoice.held_kind:
        return ()
    return (Withholding(kind=invoice.held_kind, amount=invoice.held, rate=invoice.held_rate, cause=invoice.held_cause),)


def funds_of(invoice: Invoice, lines: Sequence[InvoiceLine], terms: Terms) -> tuple[Fund, ...]:
    """What goes to a pension fund."""
    if not invoice.fund_kind:
        return ()
    return (
        Fund(
            kind=invoice.fund_kind,
            rate=invoice.fund_rate,
            amount=invoice.fund,
            base=sum((line_net(line, terms) for line in lines if line.nature != ADVANCED), ZERO),
            vat_rate=invoice.fund_vat_rate,
            nature=invoice.fund_nature,
            withheld=invoice.fund_withheld,
        ),
    )


def references_of(
    invoice: Invoice, credited: Invoice | None, lines: Sequence[InvoiceLine] = ()
) -> tuple[Reference, ...]:
    """Which other documents it names; of several delivery notes each with its lines (2.1.8.3)."""
    found = []
    if invoice.order_number or invoice.cig or invoice.cup:
        found.append(
            Reference(
                kind="order",
                number=invoice.order_number or "N.D.",
                day=invoice.order_date,
                cig=invoice.cig,
                cup=invoice.cup,
            )
        )
    if credited is not None:
        found.append(Reference(kind="invoice", number=credited.number, day=credited.date))
    if not invoice.is_credit:
        notes = invoice.delivery_notes
        places = lines_by_note(lines) if len(notes) > 1 else {}
        found += [
            Reference(kind="ddt", number=number, day=day, lines=tuple(places.get(number, ()))) for number, day in notes
        ]
    return tuple(found)


def _payments(invoice: Invoice, dues: Sequence[InvoiceDue]) -> tuple[Payment, ...]:
    if invoice.is_credit:
        return ()
    terms = "TP01" if len(dues) > 1 else "TP02"
    return tuple(
        Payment(terms=terms, method=due.method, amount=due.amount, due=due.day, iban=due.iban, bank=invoice.bank)
        for due in dues
    )
