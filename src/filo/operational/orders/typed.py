"""The lines of an order as a form holds them: read, and shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.amounts import number_words, read_number, typed_price_words
from filo.foundation.errors import InvalidFields, Sentence
from filo.operational.catalogue.queries.finding import variants_by_sku
from filo.operational.orders.drafts import MOST_LINES, LineDraft
from filo.operational.orders.models import OrderLine

NAMES = ("id", "what", "quantity", "unit_price", "discounts")
BLANK_ROWS = 3


@dataclass
class TypedLine:
    """A row of the form: a code or free words, how many, and a price where one was typed."""

    id: str = ""
    what: str = ""
    quantity: str = ""
    unit_price: str = ""
    discounts: str = ""
    line: OrderLine | None = None
    problems: list[str] = field(default_factory=list)


def _typed(row: dict[str, str]) -> TypedLine:
    return TypedLine(**row)  # type: ignore[arg-type]  # only the columns of `NAMES`, which are text


def shown(lines: Sequence[OrderLine], currency: str) -> list[TypedLine]:
    """Lines that are kept, as rows of the form, with some empty ones below."""
    rows = [
        TypedLine(
            id=str(line.pk),
            what=line.code if line.variant_id else line.description,
            quantity=number_words(line.quantity),
            unit_price=typed_price_words(line.unit_price, currency) if line.by_hand or not line.variant_id else "",
            discounts=line.discounts if line.by_hand or not line.variant_id else "",
            line=line,
        )
        for line in lines
    ]
    return [*rows, *(TypedLine() for _place in range(BLANK_ROWS))]


def typed_rows(posted: MultiValueDict[str, str]) -> list[TypedLine]:
    """The rows as they were posted, without those where nothing was typed."""
    columns = {name: posted.getlist(name) for name in NAMES}
    number = max((len(column) for column in columns.values()), default=0)
    if number > MOST_LINES + BLANK_ROWS:
        raise InvalidFields({"lines": _("An order has at most %(n)s lines.") % {"n": MOST_LINES}})
    rows = [
        _typed({name: column[place].strip()[:1000] for name, column in columns.items() if place < len(column)})
        for place in range(number)
    ]
    return [row for row in rows if row.what]


def drafts_of(principal: Principal, rows: Sequence[TypedLine], known: Mapping[str, OrderLine]) -> list[LineDraft]:
    """The rows as lines; a code of the catalogue is that article. Raises `InvalidFields` by `lines.N.FIELD`."""
    variants = variants_by_sku(principal, [row.what for row in rows])
    problems: dict[str, Sentence | list[Sentence]] = {}
    found = []
    for place, row in enumerate(rows):
        numbers: dict[str, Decimal | None] = {}
        for name in ("quantity", "unit_price"):
            try:
                text = getattr(row, name)
                numbers[name] = read_number(text) if text else None
            except ValueError:
                problems[f"lines.{place}.{name}"] = _("Write a number, such as 12 or 12,50.")
        line, variant = known.get(row.id), variants.get(row.what)
        kept = line if line is not None and line.variant_id and line.code == row.what else None
        variant_id = variant.variant_id if variant else (kept.variant_id if kept else None)
        draft = LineDraft(
            id=UUID(row.id) if line else None,
            variant_id=variant_id,
            description="" if variant_id else row.what,
            quantity=numbers.get("quantity") or (Decimal(1) if not row.quantity else Decimal(0)),
            unit_price=numbers.get("unit_price"),
            discounts=row.discounts or None,
        )
        found.append(_like(draft, line) if line is not None and line.variant_id == variant_id else draft)
    if problems:
        raise InvalidFields(problems)
    return found


def _like(draft: LineDraft, line: OrderLine) -> LineDraft:
    """With what the form does not show of a line that stands: its stock place; and of one of free words its VAT."""
    if line.variant_id is not None:
        return replace(draft, place_id=line.place_id)
    return replace(
        draft, place_id=line.place_id, code=line.code, unit=line.unit, vat_rate=line.vat_rate, nature=line.nature
    )


def mark(rows: Sequence[TypedLine], error: InvalidFields) -> list[str]:
    """Put each sentence at its row; gives those that belong to none."""
    loose = []
    for name, sentences in error.fields.items():
        head, _dot, rest = name.partition(".")
        place = rest.partition(".")[0]
        told = [str(sentence) for sentence in sentences]
        if head == "lines" and place.isdigit() and int(place) < len(rows):
            rows[int(place)].problems += told
        else:
            loose += told
    return loose
