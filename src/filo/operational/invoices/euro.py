"""An invoice in another currency as law wants it told: in euro, by the rate of its day.

Base and VAT are told in euro (DPR 633/72, article 21, paragraph 2, letter l; dir. 2006/112, article 230), by the rate
of the day, or the last before it (DPR 633/72, article 13, paragraph 4). Sums of lines and of the summary are taken for
euro whatever Divisa says, and who is established in Italy writes EUR there (Agenzia delle Entrate, FAQ no. 64 of 19
July 2019): so the file is in euro, and its Causale tells the sums that the customer knows, with the rate and its day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words
from filo.foundation.errors import InvalidFields
from filo.foundation.money import ZERO, cents, share_out
from filo.operational.invoices.fatturapa.document import Body, Fund, Line, Payment, Reduction, Summary, Withholding
from filo.operational.invoices.models import Invoice
from filo.operational.prices.exchange import EURO, NoRate
from filo.operational.prices.queries.shelf import rates_on

_EIGHT = Decimal("0.00000001")


def note_rate(invoice: Invoice, day: date) -> None:
    """What one euro buys of its currency, written onto the invoice (not saved); a credit note has that of the invoice
    that it takes from (DPR 633/72, article 26: what varies is what was taxed). Raises `InvalidFields` without a rate,
    but for a credit note: what was wrong must be given back all the same.
    """
    invoice.euro_rate, invoice.euro_rate_on = None, None
    if invoice.currency == EURO:
        return
    credited = invoice.credits
    if credited is not None and credited.euro_rate:
        invoice.euro_rate, invoice.euro_rate_on = credited.euro_rate, credited.euro_rate_on
        return
    rates = rates_on(day, [invoice.currency])
    try:
        invoice.euro_rate = rates.of(invoice.currency)
    except NoRate as error:
        if credited is not None:
            return
        raise InvalidFields({"currency": str(error)}) from error
    invoice.euro_rate_on = rates.known[invoice.currency].since


def euro_words(invoice: Invoice) -> str:
    """By which rate euro were reckoned; nothing where it is in euro."""
    if not invoice.euro_rate or invoice.euro_rate_on is None:
        return ""
    told = {
        "day": f"{invoice.euro_rate_on:%d/%m/%Y}",
        "rate": number_format(invoice.euro_rate.normalize()),
        "currency": invoice.currency,
    }
    return _("Exchange rate of %(day)s: 1 EUR = %(rate)s %(currency)s.") % told


def sums_in_euro(invoice: Invoice) -> tuple[Decimal, Decimal]:
    """Base and VAT, in euro, as the file has them."""
    rate = invoice.euro_rate or Decimal(1)
    rows = [_summary(Summary(rate=one.rate, net=one.net, vat=one.vat), rate) for one in invoice.taxes.all()]
    return sum((one.net for one in rows), ZERO), sum((one.vat for one in rows), ZERO)


def in_euro(invoice: Invoice, body: Body) -> Body:
    """The same invoice with every sum in euro, as far as its currency is another and its rate is known."""
    rate = invoice.euro_rate
    if not rate:
        return body
    summaries = tuple(_summary(one, rate) for one in body.summaries)
    held = tuple(_withholding(one, rate) for one in body.withholdings)
    total = sum((one.net + one.vat for one in summaries), ZERO)
    split = sum((one.vat for one in summaries if one.due == "S"), ZERO)
    left = total - split - sum((one.amount for one in held), ZERO)
    with translation.override("it"):  # the file is for the tax office
        told = _told(invoice)
    return replace(
        body,
        currency=EURO,
        total=total,
        withholdings=held,
        funds=tuple(_fund(one, rate) for one in body.funds),
        causes=(*body.causes, told),
        lines=tuple(_line(one, rate) for one in body.lines),
        summaries=summaries,
        payments=_payments(body.payments, left),
    )


def _told(invoice: Invoice) -> str:
    sums = {name: money_words(getattr(invoice, name), invoice.currency) for name in ("net", "vat", "total", "payable")}
    sentence = _(
        "Amounts in %(currency)s: taxable %(net)s, VAT %(vat)s, total %(total)s, to be paid %(payable)s. %(rate)s"
    )
    return sentence % {"currency": invoice.currency, "rate": euro_words(invoice), **sums}


def _summary(one: Summary, rate: Decimal) -> Summary:
    net = cents(one.net / rate)
    # By its rate, so that the exchange reckons it so, too (check 00421).
    return replace(one, net=net, vat=cents(net * one.rate / 100))


def _line(one: Line, rate: Decimal) -> Line:
    steps = tuple(
        step if step.amount is None else Reduction(amount=_fine(step.amount, rate), more=step.more)
        for step in one.reductions
    )
    return replace(one, unit_price=_fine(one.unit_price, rate), reductions=steps, total=_fine(one.total, rate))


def _fine(amount: Decimal, rate: Decimal) -> Decimal:
    return (amount / rate).quantize(_EIGHT, ROUND_HALF_UP)


def _withholding(one: Withholding, rate: Decimal) -> Withholding:
    return replace(one, amount=cents(one.amount / rate))


def _fund(one: Fund, rate: Decimal) -> Fund:
    return replace(one, amount=cents(one.amount / rate), base=None if one.base is None else cents(one.base / rate))


def _payments(payments: tuple[Payment, ...], left: Decimal) -> tuple[Payment, ...]:
    parts = share_out(left, [one.amount for one in payments])
    return tuple(replace(one, amount=part) for one, part in zip(payments, parts, strict=True))
