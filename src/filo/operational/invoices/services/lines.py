"""Lines of an invoice as they are typed, and what the whole comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.amounts import percent_words
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Variant, VatClass
from filo.operational.invoices.exchange import terms_of
from filo.operational.invoices.models import Invoice, InvoiceLine, InvoiceTax
from filo.operational.invoices.vat.reckoning import Reckoned, in_currency, reckon
from filo.operational.prices.kept_lines import line_again, told_line
from filo.operational.prices.sums import amount_of, read_discounts

MOST_LINES = 1000
_MOST = Decimal(10) ** 9
# Those of the law (DPR 633/72, article 16 and table A), and by which farmers are compensated (article 34).
RATES = {Decimal(rate) for rate in (22, 10, 5, 4, 0)}
FARMERS = {Decimal(rate) for rate in ("2", "6.4", "7", "7.3", "7.65", "8.3", "8.5", "8.8", "9", "9.5", "12.3")}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """A line before it is kept; the same names as `prices.document.DocumentLine`. shipment_id: with which it left."""

    description: str
    quantity: Decimal = Decimal(1)
    unit_price: Decimal = ZERO
    vat_rate: Decimal = Decimal(22)
    nature: str = ""
    discounts: str = ""
    unit: str = ""
    code: str = ""
    off: Decimal = ZERO
    variant_id: UUID | None = None
    cost: Decimal | None = None
    reasons: Sequence[dict[str, Any]] = field(default=())
    shipment_id: UUID | None = None


TOLD = tuple(one.name for one in fields(LineFacts))


def lines_from(invoice: Invoice, said: Sequence[LineFacts]) -> list[InvoiceLine]:
    """Rows that are not stored yet. Raises `InvalidFields` for what no line can be."""
    if len(said) > MOST_LINES:
        raise InvalidFields({"lines": _("An invoice has %(most)s lines at most.") % {"most": MOST_LINES}})
    rates = _rates(said) if invoice.credits_id is None and not invoice.source_kind else None
    return [_row(invoice, place, one, rates) for place, one in enumerate(said, 1)]


def _rates(said: Sequence[LineFacts]) -> set[Decimal]:
    """Those of the law, and those that the firm set up."""
    known = RATES | FARMERS
    if all(one.vat_rate in known for one in said):
        return known
    return known | set(VatClass.objects.values_list("rate", flat=True))


def _row(invoice: Invoice, place: int, said: LineFacts, rates: Collection[Decimal] | None) -> InvoiceLine:
    description = clean_text(said.description, max_length=1000)
    if not description:
        raise _wrong(place, _("say what it is for."))
    if not (said.quantity.is_finite() and said.unit_price.is_finite()):
        raise _wrong(place, _("this is no number."))
    if said.quantity < 0:
        raise _wrong(place, _("a quantity cannot be negative; a price can."))
    if said.quantity > _MOST or abs(said.unit_price) > _MOST or abs(said.quantity * said.unit_price) > _MOST:
        raise _wrong(place, _("this is more than an invoice can hold."))
    if rates is not None and said.vat_rate not in rates:
        raise _wrong(
            place,
            _("there is no VAT of %(rate)s: add it to the VAT classes first.") % {"rate": percent_words(said.vat_rate)},
        )
    try:
        read_discounts(said.discounts)
    except ValueError:
        raise _wrong(place, _("write a discount as 10, or 10+5.")) from None
    row = InvoiceLine(
        invoice=invoice,
        position=place,
        variant_id=said.variant_id,
        code=clean_line(said.code, max_length=60),
        description=description,
        quantity=said.quantity.quantize(Decimal("0.001")),
        unit=clean_line(said.unit, max_length=10),
        unit_price=said.unit_price.quantize(Decimal("0.000001")),
        discounts=said.discounts.replace(" ", "")[:60],
        off=said.off,
        vat_rate=said.vat_rate,
        nature=said.nature.strip().upper(),
        cost=said.cost,
        reasons=list(said.reasons),
        shipment_id=said.shipment_id,
    )
    row.amount = amount_of(row, invoice.currency)
    return row


def told_lines(invoice: Invoice) -> list[dict[str, Any]]:
    """Its lines as they are stored, as the audit keeps them."""
    return told_rows(InvoiceLine.objects.filter(invoice=invoice.pk).order_by("position", "id"))


def told_rows(rows: Iterable[InvoiceLine]) -> list[dict[str, Any]]:
    """Lines as the audit keeps them, with the digits that they have once they are stored."""
    return [told_line(row, TOLD) for row in rows]


def again(told: Sequence[Mapping[str, Any]]) -> list[LineFacts]:
    """The lines that `told_lines` told; one of an article that is there no more has words and price only."""
    rows = [line_again(InvoiceLine, one, TOLD) for one in told]
    there = set(Variant.objects.filter(pk__in=[row.variant_id for row in rows]).values_list("pk", flat=True))
    for row in rows:
        row.variant_id = row.variant_id if row.variant_id in there else None
    return [LineFacts(**{name: getattr(row, name) for name in TOLD}) for row in rows]


def _wrong(place: int, told: str) -> InvalidFields:
    return InvalidFields({"lines": _("Line %(number)s: %(told)s") % {"number": place, "told": told}})


def reckoned(invoice: Invoice, lines: Sequence[InvoiceLine]) -> Reckoned:
    """What it comes to, written onto the invoice (not saved). Raises `InvalidFields`."""
    found = reckon(lines, terms_of(invoice))
    invoice.net, invoice.vat, invoice.total = found.net, found.vat, found.total
    invoice.stamp, invoice.fund, invoice.held, invoice.payable = found.stamp, found.fund, found.held, found.payable
    return found


def fit_stamp(invoice: Invoice, lines: Sequence[InvoiceLine], credited: Invoice) -> None:
    """A credit note gives the stamp duty back only while that is left of what it takes from."""
    left = credited.payable - credited.credited
    charged = in_currency(invoice.stamp, terms_of(invoice))
    if invoice.stamp_charged and invoice.payable - charged <= left < invoice.payable:
        invoice.stamp_charged = False
        reckoned(invoice, lines)


def tax_rows(invoice: Invoice, found: Reckoned) -> list[InvoiceTax]:
    """The summary, not stored yet."""
    return [
        InvoiceTax(
            invoice=invoice, rate=one.rate, nature=one.nature, net=one.net, vat=one.vat, due=one.due, law=one.law
        )
        for one in found.rows
    ]
