"""What the columns of lists of products are called, in Italian and English, by us and by shops."""

from __future__ import annotations

import re
from collections.abc import Sequence

from filo.foundation.folding import fold
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.surveying import Survey

# field → headers, folded; the first that stands in the file is taken.
KNOWN: dict[str, tuple[str, ...]] = {
    "sku": ("sku", "codice articolo", "cod articolo", "codice", "cod", "articolo", "item code", "variant sku", "code"),
    "product": ("product code", "codice prodotto", "modello", "style", "parent", "codice padre", "handle"),
    "name": ("name", "nome", "descrizione breve", "denominazione", "prodotto", "product", "titolo", "title", "nome it"),
    "name_en": ("name in english", "name en", "nome in inglese", "nome inglese", "nome en"),
    "description": ("description", "descrizione", "descrizione estesa", "descrizione lunga", "body html"),
    "description_en": ("description in english", "description en", "descrizione in inglese", "descrizione en"),
    "price": (
        "base price",
        "prezzo base",
        "prezzo",
        "prezzo di listino",
        "listino",
        "price",
        "regular price",
        "prezzo netto",
    ),
    "cost": ("cost", "costo", "costo di acquisto", "prezzo di acquisto", "purchase price", "cost price"),
    "vat": ("vat", "iva", "aliquota", "aliquota iva", "vat rate", "codice iva", "vat class"),
    "category": ("category", "categoria", "categories", "reparto", "product category", "categorie"),
    "brand": ("brand", "marca", "marchio", "vendor", "produttore"),
    "barcode": ("barcode", "ean", "ean13", "codice a barre", "gtin", "upc", "global unique id"),
    "stock": (
        "in stock",
        "giacenza",
        "quantita",
        "qta",
        "disponibilita",
        "esistenza",
        "stock",
        "stock quantity",
        "qty",
        "quantity",
    ),
    "place": ("place", "magazzino", "deposito", "luogo", "warehouse"),
    "weight": ("weight in kg", "weight kg", "peso kg", "peso", "weight"),
    "unit": ("unit of measure", "unita di misura", "um", "unita", "unit"),
    "condition": ("condition", "condizione", "stato articolo"),
    "status": ("status", "stato", "published"),
    "line": ("product line", "linea", "linea di prodotto", "linea prodotto"),
    "company": ("company", "societa", "azienda"),
    "low_at": ("low stock at", "scorta minima", "sottoscorta", "low stock amount", "riordino"),
    "short": ("short description", "descrizione sintetica"),
    "type": ("type", "tipo"),
    "attributes": ("attributes", "attributi"),
    "active": ("in use", "in uso", "attivo", "active"),
}
# Columns that are attributes of variants by themselves, and what they are called.
ATTRIBUTES = {
    "taglia": "Taglia",
    "misura": "Misura",
    "size": "Size",
    "colore": "Colore",
    "color": "Colour",
    "colour": "Colour",
    "materiale": "Materiale",
    "material": "Material",
}
_NUMBERED = re.compile(r"attribute (\d+) (name|value s)")
_SHOPIFY = re.compile(r"option(\d+) (name|value)")


Meant = tuple[dict[str, int], dict[str, int], dict[int, dict[str, int]]]


def recognised(headers: Sequence[str]) -> Meant:
    """Which column holds what: fields, attributes by name, and numbered pairs of name and value."""
    folded = [fold(header) for header in headers]
    fields: dict[str, int] = {}
    for field, names in KNOWN.items():
        place = next((folded.index(name) for name in names if name in folded), None)
        if place is not None and place not in fields.values():
            fields[field] = place
    attributes = {
        ATTRIBUTES[name]: place
        for place, name in enumerate(folded)
        if name in ATTRIBUTES and place not in fields.values()
    }
    numbered: dict[int, dict[str, int]] = {}
    for place, name in enumerate(folded):
        found = _NUMBERED.fullmatch(name) or _SHOPIFY.fullmatch(name)
        if found:
            numbered.setdefault(int(found[1]), {})["name" if found[2] == "name" else "value"] = place
    if "name" not in fields and "description" in fields:  # many lists of wholesalers call the name a description
        fields["name"] = fields.pop("description")
    return fields, attributes, numbered


def looks_like_products(headers: Sequence[str]) -> bool:
    """Whether a file with these headers is a list of products."""
    fields, _attributes, _numbered = recognised(headers)
    return "sku" in fields and "name" in fields and bool(fields.keys() & {"price", "stock", "cost", "barcode"})


def product_columns(headers: Sequence[str], _found: Survey) -> tuple[Column, ...]:
    """The meaning of each column, as an import keeps it."""
    fields, attributes, numbered = recognised(headers)
    meanings = {place: field for field, place in fields.items()} | dict.fromkeys(attributes.values(), "attribute")
    for pair in numbered.values():
        meanings |= {place: f"attribute_{part}" for part, place in pair.items()}
    return tuple(Column(header, meanings.get(place, "")) for place, header in enumerate(headers))


def meant(columns: Sequence[Column]) -> Meant:
    """The other way: which column holds what, by meanings that were guessed or chosen."""
    fields: dict[str, int] = {}
    attributes: dict[str, int] = {}
    numbered: dict[int, dict[str, int]] = {}
    for place, column in enumerate(columns):
        _first, _mark, part = column.field.partition("attribute_")
        if column.field == "attribute":
            attributes[ATTRIBUTES.get(fold(column.header), column.header)] = place
        elif part in ("name", "value"):
            number = re.search(r"\d+", column.header)
            numbered.setdefault(int(number[0]) if number else 0, {})[part] = place
        elif column.field:
            fields.setdefault(column.field, place)
    return fields, attributes, numbered
