"""What the facts and the acts of the catalogue are called where its changes are read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.audit.showing import Label

FIELDS: dict[str, Label] = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("Description"),
    "name_en": gettext_lazy("Name in English"),
    "description_en": gettext_lazy("Description in English"),
    "name_it": gettext_lazy("Name in Italian"),
    "description_it": gettext_lazy("Description in Italian"),
    "brand": gettext_lazy("Brand"),
    "category": gettext_lazy("Category"),
    "company_id": gettext_lazy("Company"),
    "line_id": gettext_lazy("Product line"),
    "vat_id": gettext_lazy("VAT"),
    "unit": gettext_lazy("Unit of measure"),
    "condition": gettext_lazy("Condition"),
    "status": gettext_lazy("Status"),
    "attributes": gettext_lazy("Attributes"),
    "facts": gettext_lazy("Features"),
    "stocked": gettext_lazy("Kept in stock"),
    "low_at": gettext_lazy("Low stock at"),
    "reserved": gettext_lazy("In reserved catalogues only"),
    "visible_from": gettext_lazy("Shown from"),
    "visible_until": gettext_lazy("Shown until"),
    "deleted_at": gettext_lazy("In the bin since"),
    "image": gettext_lazy("Picture"),
    "image_words": gettext_lazy("What is on the picture"),
    "accessory": pgettext_lazy("a product goes with another as", "Accessory"),
    "alternative": pgettext_lazy("a product goes with another as", "Alternative"),
    "better": pgettext_lazy("a product goes with another as", "A step up"),
    "successor": pgettext_lazy("a product goes with another as", "Successor"),
}
VARIANT_FIELDS: dict[str, Label] = {
    "sku": gettext_lazy("SKU"),
    "barcode": gettext_lazy("Barcode"),
    "values": gettext_lazy("Attributes"),
    "price": gettext_lazy("Base price"),
    "cost": gettext_lazy("Cost"),
    "currency": gettext_lazy("Currency"),
    "weight": gettext_lazy("Weight in kg"),
    "position": gettext_lazy("Place in the list"),
    "active": gettext_lazy("In use"),
}
ACTIONS: dict[str, Label] = {
    "product.create": pgettext_lazy("a product", "Created"),
    "product.edit": pgettext_lazy("a product", "Changed"),
    "product.translate": pgettext_lazy("a product", "Told in another language"),
    "product.delete": pgettext_lazy("a product", "Moved to the bin"),
    "product.restore": pgettext_lazy("a product", "Taken out of the bin"),
    "product.add-image": pgettext_lazy("a product", "Picture added"),
    "product.remove-image": pgettext_lazy("a product", "Picture taken away"),
    "product.describe-image": pgettext_lazy("a product", "Picture described"),
    "product.order-images": pgettext_lazy("a product", "Pictures put in order"),
    "product.relate": pgettext_lazy("a product", "Put beside another"),
    "product.part": pgettext_lazy("a product", "No longer beside another"),
}
VARIANT_ACTIONS: dict[str, Label] = {
    "variant.create": pgettext_lazy("a variant", "Created"),
    "variant.edit": pgettext_lazy("a variant", "Changed"),
}
STOCK_ACTIONS: dict[str, Label] = {
    "stock.count": pgettext_lazy("stock", "Counted"),
    "stock.arrival": pgettext_lazy("stock", "Arrived"),
    "stock.moved": pgettext_lazy("stock", "Moved"),
    "stock.import": pgettext_lazy("stock", "Imported"),
    "stock.back-office": pgettext_lazy("stock", "Told by the back office"),
}
SETTING_ACTIONS: dict[str, dict[str, Label]] = {
    kind: {
        f"{kind}.create": pgettext_lazy("a setting", "Made"),
        f"{kind}.edit": pgettext_lazy("a setting", "Changed"),
    }
    for kind in ("vat", "place")
}
SETTING_FIELDS: dict[str, Label] = {
    "name": gettext_lazy("Name"),
    "rate": gettext_lazy("Rate in percent"),
    "nature": gettext_lazy("Nature"),
    "law": gettext_lazy("Law"),
    "company": gettext_lazy("Company"),
    "position": gettext_lazy("Place in the list"),
    "active": gettext_lazy("In use"),
}
_TOLD: dict[str, Label] = {name: FIELDS[name] for name in ("name_en", "description_en", "name_it", "description_it")}
WORDING_FIELDS: dict[str, Label] = {"word": gettext_lazy("Word"), **_TOLD}
WORDING_ACTIONS: dict[str, Label] = {"wording.edit": pgettext_lazy("a word", "Told in another language")}
CATALOGUE_FIELDS: dict[str, Label] = {
    "name": gettext_lazy("Name"),
    **_TOLD,
    "description": gettext_lazy("Description"),
    "company_id": gettext_lazy("Company"),
    "chosen_by": gettext_lazy("Products by a filter"),
    "everybody": gettext_lazy("For everybody"),
    "for_whom": gettext_lazy("Customers by a filter"),
    "valid_from": gettext_lazy("Shown from"),
    "valid_to": gettext_lazy("Shown until"),
    "published": gettext_lazy("Published"),
    "link": gettext_lazy("Link"),
    "product": gettext_lazy("Product"),
    "guest": gettext_lazy("Guest"),
}
CATALOGUE_ACTIONS: dict[str, Label] = {
    "catalogue.create": pgettext_lazy("a catalogue", "Made"),
    "catalogue.edit": pgettext_lazy("a catalogue", "Changed"),
    "catalogue.translate": pgettext_lazy("a catalogue", "Told in another language"),
    "catalogue.put": pgettext_lazy("a catalogue", "Product put in"),
    "catalogue.take": pgettext_lazy("a catalogue", "Product taken out"),
    "catalogue.invite": pgettext_lazy("a catalogue", "Guest invited"),
    "catalogue.uninvite": pgettext_lazy("a catalogue", "Guest no longer invited"),
    "catalogue.new-link": pgettext_lazy("a catalogue", "Link made anew"),
    "catalogue.delete": pgettext_lazy("a catalogue", "Deleted"),
}
