"""Lines as they are typed in the form: kept as they are until they can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from filo.foundation.amounts import number_words, percent_words, read_number, typed_price_words
from filo.foundation.errors import InvalidFields
from filo.foundation.money import ZERO, cents
from filo.operational.invoices.models import InvoiceLine
from filo.operational.invoices.services.lines import LineFacts
from filo.operational.invoices.vat.natures import NATURES

NAMES = ("id", "code", "description", "quantity", "unit", "unit_price", "discounts", "vat")
BLANKS = 4
RATES = ("22", "10", "5", "4")


@dataclass(frozen=True)
class Row:
    """A row of the form, word for word; `id` is that of the line that it was, if it was one."""

    id: str = ""
    code: str = ""
    description: str = ""
    quantity: str = ""
    unit: str = ""
    unit_price: str = ""
    discounts: str = ""
    vat: str = "22"


def vat_choices(lines: Iterable[InvoiceLine] = ()) -> list[tuple[str, str]]:
    """Rates first, also those that only these lines have, then the reasons for none."""
    present = {line.vat_rate.normalize() for line in lines if not line.nature}
    rates = sorted({*present, *(Decimal(rate) for rate in RATES)}, reverse=True)
    return [
        *((f"{rate:f}", percent_words(rate)) for rate in rates),
        *((one.code, f"{one.code} {one.words}") for one in NATURES.values()),
    ]


def shown(lines: Sequence[InvoiceLine], currency: str) -> list[Row]:
    """Lines that are kept, with empty ones below."""
    rows = [
        Row(
            id=str(line.pk),
            code=line.code,
            description=line.description,
            quantity=number_words(line.quantity),
            unit=line.unit,
            unit_price=typed_price_words(line.unit_price, currency),
            discounts=line.discounts,
            vat=line.nature or f"{line.vat_rate.normalize():f}",
        )
        for line in lines
    ]
    return with_blanks(rows)


def with_blanks(rows: Sequence[Row]) -> list[Row]:
    """With room for more."""
    return [*rows, *(Row() for _place in range(BLANKS))]


def typed_rows(posted: MultiValueDict[str, str]) -> list[Row]:
    """The rows that were posted, without those where nothing was typed."""
    columns = {name: posted.getlist(f"line-{name}") for name in NAMES}
    count = min(max((len(column) for column in columns.values()), default=0), 2000)
    rows = [
        Row(**{name: column[place].strip()[:1100] if place < len(column) else "" for name, column in columns.items()})
        for place in range(count)
    ]
    return [row for row in rows if row.description or row.unit_price or row.code]


def facts_of(rows: Sequence[Row], lines: Iterable[InvoiceLine] = ()) -> list[LineFacts]:
    """What they say; a row that was one of these lines keeps its article, its cost, and its part of a coupon for as
    many as it is now. Raises `InvalidFields`.
    """
    known = {str(line.pk): line for line in lines}
    return [_facts(place, row, known.get(row.id)) for place, row in enumerate(rows, 1)]


def _facts(place: int, row: Row, line: InvoiceLine | None) -> LineFacts:
    nature = row.vat if row.vat in NATURES else ""
    quantity = _number(place, row.quantity or "1")
    same = line if line is not None and line.code == row.code else None
    return LineFacts(
        code=row.code,
        description=row.description,
        quantity=quantity,
        off=cents(same.off * quantity / same.quantity) if same and same.quantity else ZERO,
        variant_id=same.variant_id if same else None,
        cost=same.cost if same else None,
        reasons=same.reasons if same else (),
        shipment_id=line.shipment_id if line is not None else None,
        unit=row.unit,
        unit_price=_number(place, row.unit_price or "0"),
        discounts=row.discounts,
        vat_rate=Decimal(0) if nature else _number(place, row.vat or "22"),
        nature=nature,
    )


def _number(place: int, text: str) -> Decimal:
    try:
        return read_number(text)
    except ValueError:
        told = _("Line %(number)s: “%(text)s” is no number.") % {"number": place, "text": text[:40]}
        raise InvalidFields({"lines": told}) from None
