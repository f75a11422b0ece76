"""The kinds of rows that are no customers, and how each comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.part import Outcome, Part
from filo.operational.transfer.products import parts as product_parts
from filo.operational.transfer.products.columns import looks_like_products, product_columns
from filo.operational.transfer.reading import Shape
from filo.operational.transfer.sold import parts as sold_parts
from filo.operational.transfer.sold.columns import looks_like_orders, order_columns
from filo.operational.transfer.surveying import Survey
from filo.operational.transfer.thing_fields import ORDERS, PRODUCTS

Columns = Sequence[Column]


@dataclass(frozen=True)
class ThingKind:
    """right: what whoever brings them in may do, besides bringing in files. needs: of each group at least one column
    is to be there, else `missing` is said. parts: the file from where it stopped; bring: one part, in the caller's
    transaction.
    """

    code: str
    right: tuple[str, str]
    needs: tuple[frozenset[str], ...]
    missing: str | Promise
    looks_like: Callable[[Sequence[str]], bool]
    columns: Callable[[Sequence[str], Survey], tuple[Column, ...]]
    parts: Callable[[Path, ImportBatch, Shape, Columns], Iterator[Part]]
    bring: Callable[[Principal, ImportBatch, Part, Columns, RelationshipSpec | None], list[Outcome]]

    def is_enough(self, columns: Columns) -> bool:
        """Whether the columns say what is needed."""
        known = {column.field for column in columns}
        return all(known & group for group in self.needs)


_KINDS = (
    ThingKind(
        ORDERS,
        ("order", "create"),
        (
            frozenset(("day",)),
            frozenset(("customer", "customer_code", "email", "vat_number")),
            frozenset(("quantity", "amount")),
        ),
        _("Say which columns hold the day, the customer, and the quantity or the amount."),
        looks_like_orders,
        order_columns,
        sold_parts.parts,
        sold_parts.bring,
    ),
    ThingKind(
        PRODUCTS,
        ("product", "create"),
        (frozenset(("sku",)), frozenset(("name",))),
        _("Say which columns hold the code (SKU) and the name."),
        looks_like_products,
        product_columns,
        product_parts.parts,
        product_parts.bring,
    ),
)


def thing_of(kind: str) -> ThingKind | None:
    """The kind with this code; None for the kinds of customers."""
    return next((known for known in _KINDS if known.code == kind), None)


def things_in(headers: Sequence[str]) -> str:
    """What the rows under these headers are, if they are no customers; "" else."""
    return next((known.code for known in _KINDS if known.looks_like(headers)), "")


def things_under(headers: Sequence[str], found: Survey) -> str:
    """What the rows could be, for want of a name: the first kind that has what it needs; "" else."""
    return next((known.code for known in _KINDS if known.is_enough(known.columns(headers, found))), "")
