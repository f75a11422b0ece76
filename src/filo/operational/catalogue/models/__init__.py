"""Products and variants, VAT classes, where things lie, and catalogues for some eyes only."""

from filo.operational.catalogue.models.catalogue import Catalogue, CatalogueGuest, CatalogueItem
from filo.operational.catalogue.models.choices import CONDITIONS, STATUSES, UNITS
from filo.operational.catalogue.models.image import ProductImage
from filo.operational.catalogue.models.product import Product, ProductText
from filo.operational.catalogue.models.relation import RELATIONS, ProductRelation
from filo.operational.catalogue.models.stock import MOVES, Reservation, Stock, StockMove, StockPlace
from filo.operational.catalogue.models.value import ProductValue
from filo.operational.catalogue.models.variant import Variant
from filo.operational.catalogue.models.vat import VatClass
from filo.operational.catalogue.models.wanted import ASKED, DONE, FAILED, WantedPicture
from filo.operational.catalogue.models.wording import WORDINGS, Wording

__all__ = [
    "ASKED",
    "CONDITIONS",
    "DONE",
    "FAILED",
    "MOVES",
    "RELATIONS",
    "STATUSES",
    "UNITS",
    "WORDINGS",
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
    "WantedPicture",
    "Wording",
]
