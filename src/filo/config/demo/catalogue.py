"""The catalogue of Gruppo Aurora: garments in sizes and colours, furnishings, what lies in two places, swatches."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tomllib import loads
from typing import Any

from filo.config.demo.company import BUILDER, Company
from filo.foundation import clock
from filo.operational.catalogue.models import Product, StockPlace, Variant, VatClass
from filo.operational.catalogue.services.catalogues import put_into, save_catalogue
from filo.operational.catalogue.services.counting import count
from filo.operational.catalogue.services.pictures import add_image
from filo.operational.catalogue.services.products import create_product, set_product_text
from filo.operational.catalogue.services.relating import relate_products
from filo.operational.catalogue.services.settings import make_ready_vat, save_place

_PLACES = (
    ("Magazzino centrale", "aurora-moda"),
    ("Negozio di Milano", "aurora-moda"),
    ("Deposito Casa", "aurora-casa"),
)
_COLOURS = {
    "bianco": "f4f1ea", "blu": "23395d", "azzurro": "9fc0de", "nero": "1f1f22", "grigio": "8d8f94", "rosso": "a4262c",
    "verde": "4c6b4f", "beige": "d8c7a8", "rosa": "e3b7b9", "senape": "c99a2e", "cammello": "b98a5a",
    "giallo": "ecc94b",
    "noce": "6b4a32", "rovere": "c39b6a", "panna": "efe6d2", "tortora": "a69787", "ottanio": "1f6170",
}  # fmt: skip


@dataclass(frozen=True)
class _Garment:
    """What the list of the demo says of a product."""

    code: str
    facts: dict[str, Any]
    english: str
    about_english: str
    price: Decimal
    cost: Decimal
    sizes: tuple[str, ...]
    colours: tuple[str, ...]


def fill_catalogue(company: Company) -> None:
    """VAT classes, places, products, what lies where, and a catalogue that is not open yet; once."""
    make_ready_vat(BUILDER)
    if Product.objects.exists():
        return
    places = _places(company)
    found = {one.code: _add(one) for one in _listed(company)}
    _put_in_stock(places)
    _together(found)
    _reserved(company, found)


def _places(company: Company) -> dict[str, StockPlace]:
    return {
        name: save_place(
            BUILDER, None, {"name": name, "company": company.companies[code], "position": place, "active": True}
        )
        for place, (name, code) in enumerate(_PLACES)
    }


def _listed(company: Company) -> Iterator[_Garment]:
    """The lines of `catalogue.toml`: code, Italian, English, price, cost, and where it differs from its group."""
    told = loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
    vat = VatClass.objects.get(code="22").pk
    for group in told["group"]:
        line = company.lines[group["line"]]
        for row in group["products"]:
            code, italian, english, price, cost, *rest = row
            more = rest[0] if rest else {}
            sizes = tuple(more.get("sizes", group.get("sizes", ())))
            colours = tuple(more.get("colours", group.get("colours", ())))
            names = [name for name, values in (("Taglia", sizes), ("Colore", colours)) if values]
            facts = {
                "code": code,
                "name": italian,
                "category": group["category"],
                "brand": group.get("brand", ""),
                "company_id": line.company_id,
                "line_id": line.pk,
                "vat_id": vat,
                "attributes": names,
                "facts": _made_of(group, more),
                "condition": more.get("condition", "new"),
                "reserved": more.get("reserved", False),
                "low_at": group.get("low_at", 3),
                "description": more.get("about", group.get("about", "")),
            }
            about = more.get("about_en", group.get("about_en", ""))
            yield _Garment(code, facts, english, about, Decimal(price), Decimal(cost), sizes, colours)


def _made_of(group: dict[str, Any], more: dict[str, Any]) -> dict[str, str]:
    """Of what it is, and of what fibres where it is a garment."""
    found = {name: more.get(key, group.get(key, "")) for name, key in (("Materiale", "material"), ("Fibre", "fibres"))}
    return {name: said for name, said in found.items() if said}


def _add(one: _Garment) -> Product:
    product = create_product(BUILDER, one.facts, variants=list(_variants(one)))
    set_product_text(BUILDER, product, "en", name=one.english, description=one.about_english)
    colour = one.colours[0] if one.colours else "tortora"
    add_image(BUILDER, product, swatch(_COLOURS[colour]), words=f"{one.facts['name']}, {colour}")
    return product


def _variants(one: _Garment) -> Iterator[dict[str, Any]]:
    money = {"price": one.price, "cost": one.cost}
    place = 0
    for size in one.sizes or ("",):
        for colour in one.colours or ("",):
            values = {name: said for name, said in (("Taglia", size), ("Colore", colour)) if said}
            sku = "-".join([one.code, *(part.upper().replace(" ", "")[:6] for part in (size, colour) if part)])
            yield {"sku": sku, "values": values, "position": place, **money}
            place += 1


def _put_in_stock(places: dict[str, StockPlace]) -> None:
    """A few things are low and one in twenty is sold out, so that lists have something to say."""
    central, shop, home = (places[name].pk for name, _company in _PLACES)
    lines: list[tuple[Any, Any, Decimal]] = []
    variants = Variant.objects.filter(product__stocked=True).select_related("product__company").order_by("sku")
    for number, one in enumerate(variants):
        is_clothing = one.product.company is not None and one.product.company.code == "aurora-moda"
        many = 0 if number % 20 == 7 else 2 if number % 11 == 3 else 6 + number * 7 % 25
        lines.append((one.pk, central if is_clothing else home, Decimal(many)))
        if is_clothing and number % 3 == 0 and many > 2:
            lines.append((one.pk, shop, Decimal(1 + number % 4)))
    count(BUILDER, [line for line in lines if line[2]], note="Inventario iniziale")


def _together(found: dict[str, Product]) -> None:
    for code, other, kind in (
        ("CAM-OXF", "PAN-CHI", "accessory"),
        ("CAM-OXF", "CAM-LIN", "alternative"),
        ("MAG-LAN", "SCI-LAN", "accessory"),
        ("TAV-ROV", "SED-ROV", "accessory"),
        ("SCR-UFF", "POL-ERG", "accessory"),
        ("POL-ERG", "POL-PRO", "better"),
    ):
        relate_products(BUILDER, found[code], found[other], kind)


def _reserved(company: Company, found: dict[str, Product]) -> None:
    """A private view of what comes next, that nobody has opened yet."""
    facts = {
        "name": "Anteprima Capsule Inverno",
        "description": "Pezzi numerati, per pochi clienti e prima di tutti.",
        "company_id": company.companies["aurora-moda"].pk,
        "valid_to": clock.today().replace(month=12, day=31),
    }
    catalogue = save_catalogue(BUILDER, None, facts)
    put_into(BUILDER, catalogue, [one for one in found.values() if one.condition == "limited"])


def swatch(colour: str, size: int = 96) -> bytes:
    """A square of cloth as a small PNG: threads across threads."""
    plain = bytes.fromhex(colour)
    light, dark = (bytes(max(0, min(255, part + shift)) for part in plain) for shift in (7, -7))
    across = b"\0" + (light * 3 + dark * 3) * (size // 6)
    rows = (across * 3 + (b"\0" + (dark * 3 + light * 3) * (size // 6)) * 3) * (size // 6)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
