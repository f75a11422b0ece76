"""What the columns of files can mean whose rows are no customers: products, and lines of what was sold."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from filo.operational.transfer.meaning import Field

PRODUCTS, ORDERS = "products", "orders"
THINGS = (PRODUCTS, ORDERS)
# By what cells are read as numbers and days (see `Column.format`).
OF_WHOLE_ORDER = frozenset(("order_shipping", "order_fee", "order_discount", "order_tax", "order_total"))
NUMBERS = frozenset(("quantity", "price", "discount", "discount_amount", "vat_rate", "amount")) | OF_WHOLE_ORDER
DAYS = frozenset(("day",))

_PRODUCTS = (
    ("sku", _("Code of the variant (SKU)")),
    ("product", _("Code of the product")),
    ("name", _("Name")),
    ("name_en", _("Name in English")),
    ("description", _("Description")),
    ("description_en", _("Description in English")),
    ("price", _("Base price")),
    ("gross", _("Price with VAT")),
    ("cost", _("Cost")),
    ("vat", _("VAT class or rate")),
    ("category", _("Category")),
    ("brand", _("Brand")),
    ("barcode", _("Barcode")),
    ("stock", _("In stock")),
    ("place", _("Stock place")),
    ("weight", _("Weight in kg")),
    ("unit", _("Unit of measure")),
    ("condition", _("Condition")),
    ("status", _("Status")),
    ("line", _("Product line")),
    ("company", _("Selling company")),
    ("low_at", _("Low stock at")),
    ("short", _("Short description")),
    ("type", _("Type of the row (parent or variation)")),
    ("attributes", _("Attributes, as Colour: red; Size: S")),
    ("published", _("Published, or not")),
    ("visibility", _("Where a shop shows it")),
    ("available", _("In stock, yes or no")),
    ("currency", _("Currency")),
    ("sale_price", _("Price of an offer")),
    ("grams", _("Weight in grams")),
    ("row_id", _("Number of the row in the shop")),
    ("pieces", _("Pieces of the size that heads the column")),
    ("attribute", _("An attribute, by the name of the column")),
    ("attribute_name", _("Name of a numbered attribute")),
    ("attribute_value", _("Value of a numbered attribute")),
    ("active", _("In use")),
    ("images", _("Addresses of pictures in the web")),
    ("more_images", _("Addresses of further pictures")),
    ("image_words", _("What is on the picture")),
    ("discontinued", _("No longer sold, yes or no")),
    ("variations", _("Variations that a product names (Magento)")),
    ("variation_labels", _("Names of the attributes of these")),
    ("option_names", _("Names of the options, parted by |")),
    ("option_values", _("Values of the options, parted by |")),
    ("facets", _("Facets, as category:x|brand:y")),
    ("surcharge", _("Surcharge of a variant")),
)
_ORDERS = (
    ("number", _("Number of the order")),
    ("day", _("Day")),
    ("customer_code", _("Code of the customer")),
    ("customer", _("Name of the customer")),
    ("given_name", _("Given name of the customer")),
    ("family_name", _("Family name of the customer")),
    ("email", _("E-mail of the customer")),
    ("vat_number", _("VAT number of the customer")),
    ("code", _("Code of the product")),
    ("description", _("Description")),
    ("quantity", _("Quantity")),
    ("unit", _("Unit of measure")),
    ("price", _("Price of one")),
    ("discount", _("Discount %")),
    ("discount_amount", _("Discount of the line, as a sum")),
    ("vat_rate", _("VAT %")),
    ("amount", _("Amount of the line")),
    ("currency", _("Currency")),
    ("country", _("Country")),
    ("status", _("State")),
    ("cancelled", _("Day on which it was cancelled")),
    ("document", _("Kind of the document")),
    ("order_shipping", _("Shipping of the whole order")),
    ("order_fee", _("Fees of the whole order")),
    ("order_discount", _("Discount of the whole order, as a sum")),
    ("order_tax", _("Taxes of the whole order")),
    ("order_total", _("Total of the whole order")),
)
FIELDS_OF_THINGS: Mapping[str, Mapping[str, Field]] = {
    kind: {code: Field(code, label, (kind,), "vat_number" if code == "vat_number" else "") for code, label in told}
    for kind, told in ((PRODUCTS, _PRODUCTS), (ORDERS, _ORDERS))
}


def format_of_thing(field: str) -> str:
    """How the cells of such a column are written: "number", "date" or ""."""
    return "number" if field in NUMBERS else "date" if field in DAYS else ""
