"""What is asked of stock line by line, what is taken for it, and what is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.errors import DomainError, InvalidFields
from filo.operational.catalogue.quantities import kept_quantity, quantity_words


class Line(NamedTuple):
    """So many of a variant, out of one place or (None) out of whichever places have them."""

    variant_id: UUID
    place_id: UUID | None
    quantity: Decimal


Lines = Sequence[tuple[UUID, UUID | None, Decimal]]
Key = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Source:
    """What asks for stock: `Source("order", order.id)`; `told` stands in the journal, as the number of an order."""

    kind: str
    id: UUID
    told: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """So many of a variant out of (or back into) one place."""

    variant_id: UUID
    place_id: UUID
    quantity: Decimal

    @property
    def key(self) -> Key:
        return self.variant_id, self.place_id


@dataclass(frozen=True, slots=True)
class Lack:
    """A variant of which more was wanted than is free."""

    variant_id: UUID
    sku: str
    wanted: Decimal
    free: Decimal


class OutOfStock(DomainError):
    """Something is short; nothing was changed. `lacks` says what and how much."""

    code = "out-of-stock"

    def __init__(self, lacks: Sequence[Lack]) -> None:
        said = [
            _("%(sku)s (wanted %(wanted)s, free %(free)s)")
            % {"sku": lack.sku, "wanted": quantity_words(lack.wanted), "free": quantity_words(lack.free)}
            for lack in lacks
        ]
        super().__init__(_("Not enough in stock: %(names)s.") % {"names": "; ".join(said)})
        self.lacks = tuple(lacks)


def checked(lines: Lines) -> list[Line]:
    """The lines with quantities as stock is kept. Raises `InvalidFields` for none, negative or too fine ones."""
    found = []
    for variant_id, place_id, quantity in lines:
        kept = kept_quantity(quantity)
        if kept is None or kept <= 0:
            raise InvalidFields({"quantity": _("The quantity must be more than zero, with three decimals at most.")})
        found.append(Line(variant_id, place_id, kept))
    return found
