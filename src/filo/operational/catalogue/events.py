"""What happens to products, to what lies in stock and to catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutProduct(DomainEvent):
    product: UUID

    @property
    def subject(self) -> UUID:
        return self.product


@dataclass(frozen=True, kw_only=True)
class ProductCreated(_AboutProduct):
    """A product came into the catalogue."""

    type: ClassVar[str] = "product.created"


@dataclass(frozen=True, kw_only=True)
class ProductChanged(_AboutProduct):
    """Something about a product or its variants changed; `fields` says what."""

    type: ClassVar[str] = "product.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ProductDeleted(_AboutProduct):
    """A product was put into the bin."""

    type: ClassVar[str] = "product.deleted"


@dataclass(frozen=True, kw_only=True)
class ProductRestored(_AboutProduct):
    """A product was taken out of the bin."""

    type: ClassVar[str] = "product.restored"


@dataclass(frozen=True, kw_only=True)
class StockChanged(DomainEvent):
    """How many of a variant are in a place, or how many of them are promised, is another number now."""

    type: ClassVar[str] = "stock.changed"
    variant: UUID
    place: UUID

    @property
    def subject(self) -> UUID:
        return self.variant


@dataclass(frozen=True, kw_only=True)
class CatalogueChanged(DomainEvent):
    """A catalogue was made, published, withdrawn or opened to others."""

    type: ClassVar[str] = "catalogue.changed"
    catalogue: UUID

    @property
    def subject(self) -> UUID:
        return self.catalogue
