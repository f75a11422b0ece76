"""Products and variants, VAT classes, where things lie, and catalogues for some eyes only."""

from filo.operational.catalogue.models.catalogue import Catalogue, CatalogueGuest, CatalogueItem
from filo.operational.catalogue.models.product import (
    CONDITIONS,
    RELATIONS,
    STATUSES,
    UNITS,
    Product,
    ProductImage,
    ProductRelation,
    ProductText,
    ProductValue,
    Variant,
)
from filo.operational.catalogue.models.stock import MOVES, Reservation, Stock, StockMove, StockPlace
from filo.operational.catalogue.models.vat import VatClass

__all__ = [
    "CONDITIONS",
    "MOVES",
    "RELATIONS",
    "STATUSES",
    "UNITS",
    "Catalogue",
    "CatalogueGuest",
    "CatalogueItem",
    "Product",
    "ProductImage",
    "ProductRelation",
    "ProductText",
    "ProductValue",
    "Reservation",
    "Stock",
    "StockMove",
    "StockPlace",
    "Variant",
    "VatClass",
]
