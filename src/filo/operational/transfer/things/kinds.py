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
from filo.operational.transfer.products.columns import looks_like_products, product_columns, recognised
from filo.operational.transfer.products.ready import make_ready
from filo.operational.transfer.reading import Shape
from filo.operational.transfer.sold import parts as sold_parts
from filo.operational.transfer.sold.columns import looks_like_orders, order_columns, tells_of_sales
from filo.operational.transfer.sold.columns import recognised as sold_fields
from filo.operational.transfer.surveying import Survey
from filo.operational.transfer.thing_fields import ORDERS, PRODUCTS

Columns = Sequence[Column]


@dataclass(frozen=True)
class ThingKind:
    """right: what whoever brings them in may do, besides bringing in files. needs: of each group at least one column
    is to be there, else `missing` is said. make_ready: what has to be there before the file is read; parts: the file
    from where it stopped; bring: one part, in the caller's transaction.
    """

    code: str
    right: tuple[str, str]
    needs: tuple[frozenset[str], ...]
    missing: str | Promise
    looks_like: Callable[[Sequence[str]], bool]
    columns: Callable[[Sequence[str], Survey], tuple[Column, ...]]
    parts: Callable[[Path, ImportBatch, Shape, Columns], Iterator[Part]]
    bring: Callable[[Principal, ImportBatch, Part, Columns, RelationshipSpec | None], list[Outcome]]
    make_ready: Callable[[Principal], None] = lambda _principal: None

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
            frozenset(("customer", "customer_code", "email", "vat_number", "family_name")),
            frozenset(("quantity", "amount", "price")),
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
        (frozenset(("sku", "product")), frozenset(("name",))),
        _("Say which columns hold the code (SKU) and the name."),
        looks_like_products,
        product_columns,
        product_parts.parts,
        product_parts.bring,
        make_ready,
    ),
)


_NEARLY_SOLD = _(
    "It looks like a list of what was sold: say what its rows are, and which columns hold the day, the customer, and "
    "the quantity or the amount."
)
_NEARLY_GOODS = _(
    "It looks like a list of products: say what its rows are, and which columns hold the code (SKU) and the name."
)


def thing_of(kind: str) -> ThingKind | None:
    """The kind with this code; None for the kinds of customers."""
    return next((known for known in _KINDS if known.code == kind), None)


def things_in(headers: Sequence[str]) -> str:
    """What the rows under these headers are, if they are no customers; "" else. What tells of sales lists no goods,
    whatever is missing in it.
    """
    found = next((known.code for known in _KINDS if known.looks_like(headers)), "")
    return ORDERS if found == PRODUCTS and tells_of_sales(headers) else found


def missing_in(headers: Sequence[str]) -> str | Promise:
    """What to say of a file that nearly tells of sales, or nearly lists products; "" for any other."""
    sold, goods = sold_fields(headers).keys(), recognised(headers).fields.keys()
    needed = _KINDS[0].needs
    if sum(bool(sold & group) for group in needed) == len(needed) - 1:
        return _NEARLY_SOLD
    return _NEARLY_GOODS if goods & {"sku", "product"} and goods & {"price", "cost", "stock"} else ""


def things_under(headers: Sequence[str], found: Survey) -> str:
    """What the rows could be, for want of a name: the first kind that has what it needs; "" else."""
    return next((known.code for known in _KINDS if known.is_enough(known.columns(headers, found))), "")
