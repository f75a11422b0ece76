"""The lines of a quote as a form holds them: read, and shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.amounts import number_words, price_words, read_number, typed_price_words
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import VatClass
from filo.operational.catalogue.queries.finding import variants_by_sku
from filo.operational.quotes.drafts import MOST_LINES, LineDraft
from filo.operational.quotes.models import QuoteLine

NAMES = ("id", "variant", "what", "quantity", "unit_price", "discounts", "vat", "kind")
BLANK_ROWS = 3


@dataclass
class TypedLine:
    """A row of the form: what was typed, what the engine says where nothing was, and what is wrong with it."""

    id: str = ""
    variant: str = ""
    code: str = ""
    what: str = ""
    quantity: str = ""
    unit_price: str = ""
    discounts: str = ""
    vat: str = ""
    kind: str = ""
    line: QuoteLine | None = None
    problems: dict[str, str] = field(default_factory=dict)


def shown(lines: Sequence[QuoteLine], currency: str, vat_codes: Mapping[tuple[Decimal, str], str]) -> list[TypedLine]:
    """Lines that are kept, as rows of the form, with some empty ones below."""
    rows = [_row(line, currency, vat_codes) for line in lines]
    return [*rows, *(TypedLine() for _place in range(BLANK_ROWS))]


def _row(line: QuoteLine, currency: str, vat_codes: Mapping[tuple[Decimal, str], str]) -> TypedLine:
    free = line.variant_id is None
    by_hand = not line.heading and (free or line.price_by_hand)
    return TypedLine(
        id=str(line.pk),
        variant=str(line.variant_id or ""),
        code=line.code,
        what=line.description,
        quantity="" if line.heading else number_words(line.quantity),
        unit_price=typed_price_words(line.unit_price, currency) if by_hand else "",
        discounts=line.discounts if free or line.discounts_by_hand else "",
        vat=vat_codes.get((line.vat_rate, line.nature), "") if free and not line.heading else "",
        kind="heading" if line.heading else ("optional" if line.optional else ""),
        line=line,
    )


def typed_rows(posted: MultiValueDict[str, str]) -> list[TypedLine]:
    """The rows as they were posted, without those where nothing was typed."""
    columns = {name: posted.getlist(name) for name in NAMES}
    number = max((len(column) for column in columns.values()), default=0)
    if number > MOST_LINES + BLANK_ROWS:
        raise InvalidFields({"lines": _("A quote has at most %(n)s lines.") % {"n": MOST_LINES}})
    rows = [_typed({name: _cell(column, place) for name, column in columns.items()}) for place in range(number)]
    return [row for row in rows if row.what or row.variant]


def _typed(cells: Mapping[str, str]) -> TypedLine:
    row = TypedLine()
    for name, value in cells.items():
        setattr(row, name, value)
    return row


def _cell(column: Sequence[str], place: int) -> str:
    return column[place].strip()[:1000] if place < len(column) else ""


def drafts_of(principal: Principal, rows: Sequence[TypedLine], *, company_id: UUID) -> list[LineDraft]:
    """What the rows say. Raises `InvalidFields` by `lines.N.FIELD`, and notes it in the rows."""
    free = [row.what for row in rows if not row.variant and row.kind != "heading" and not row.unit_price]
    known = variants_by_sku(principal, free, company_id=company_id)
    rates = {one.code: (one.rate, one.nature) for one in VatClass.objects.filter(active=True)}
    found = []
    for row in rows:
        if row.what in known and not row.variant and not row.unit_price and row.kind != "heading":
            row.variant, row.what = str(known[row.what].variant_id), ""
        found.append(_draft(row, rates))
    problems = {f"lines.{place}.{name}": said for place, row in enumerate(rows) for name, said in row.problems.items()}
    if problems:
        raise InvalidFields(problems)
    return found


def _draft(row: TypedLine, rates: Mapping[str, tuple[Decimal, str]]) -> LineDraft:
    heading = row.kind == "heading"
    quantity = Decimal(0) if heading else (_number(row, "quantity") or Decimal(1))
    price = None if heading or not row.unit_price else _number(row, "unit_price")
    variant = _id(row.variant)
    if not heading and variant is None and price is None and "unit_price" not in row.problems:
        row.problems["what"] = _("No article has this code: choose one, or say what it costs.")
    rate, nature = rates.get(row.vat, (Decimal(22), ""))
    return LineDraft(
        id=_id(row.id),
        variant_id=variant,
        code=row.code,
        description=row.what,
        quantity=quantity,
        unit_price=price,
        discounts=row.discounts or None,
        vat_rate=rate,
        nature=nature,
        optional=row.kind == "optional",
        heading=heading,
    )


def _number(row: TypedLine, name: str) -> Decimal | None:
    typed = str(getattr(row, name))
    if not typed:
        return None
    try:
        return read_number(typed)
    except ValueError:
        row.problems[name] = _("This is not a number.")
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def note_problems(rows: Sequence[TypedLine], error: InvalidFields) -> list[str]:
    """What was refused, at its rows; gives what belongs to none."""
    others = []
    for name, sentences in error.fields.items():
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "lines" and parts[1].isdigit() and int(parts[1]) < len(rows):
            at = {"description": "what", "vat_rate": "vat"}.get(parts[2], parts[2])
            rows[int(parts[1])].problems[at] = str(sentences[0])
        else:
            others.append(str(sentences[0]))
    return others


def vat_choices() -> list[VatClass]:
    """The VAT classes for lines that are typed freely."""
    return list(VatClass.objects.filter(active=True))


def codes_of(classes: Sequence[VatClass]) -> dict[tuple[Decimal, str], str]:
    """By rate and nature, for showing which was chosen."""
    found: dict[tuple[Decimal, str], str] = {}
    for one in classes:
        found.setdefault((one.rate, one.nature), one.code)
    return found


def as_answer(lines: Sequence[QuoteLine], currency: str) -> list[dict[str, Any]]:
    """What the script puts beside the rows after it saved."""
    return [
        {
            "id": str(line.pk),
            "variant": str(line.variant_id or ""),
            "code": line.code,
            "what": line.description,
            "price": "" if line.heading else price_words(line.unit_price, currency),
            "discounts": line.discounts,
            "amount": "" if line.heading else price_words(line.amount, currency),
        }
        for line in lines
    ]
